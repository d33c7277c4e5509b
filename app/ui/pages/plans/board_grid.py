"""The board itself: weeks across, groups down, the units placed as cards; by keys and by mouse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip

from app.domain.campaign.plan_board import BoardPlan, BoardRow, PlanBoard
from app.ui.keys import Key, tell
from app.ui.pages.plans import board_paint as paint
from app.ui.pages.plans import drag
from app.ui.pages.plans.words import plan_words, spot_words
from app.ui.parts.label import tip
from app.ui.theme import LIGHT

_LEFT = 150
_WEEK, _WEEK_NARROW = 156, 138
_LEAP = 4
"""Weeks that PgUp and PgDn go."""

ARROWS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
"""What an arrow is in rows and weeks."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class BoardGrid(QAbstractScrollArea):
    """Shows a `PlanBoard`; the spot is the group and week where units are placed.

    `spot_changed` when another spot or card is chosen; `move_wanted(plans, row, week)`;
    `units_dropped(units, row, week)`; `opened(plan)`; `removed(plan)`; `filling` on Enter where
    no card is chosen. Weeks count from 0; -1 is without a day.
    """

    spot_changed = Signal()
    move_wanted = Signal(object, int, int)
    units_dropped = Signal(object, int, int)
    opened = Signal(str)
    removed = Signal(str)
    filling = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.board: PlanBoard | None = None
        self.row, self.week, self.place = 0, -1, -1
        self._left, self._each = _LEFT, _WEEK
        self._tops: list[int] = [0]
        self._over: tuple[int, int] | None = None
        self._pressed: QPoint | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("工作安排表")
        self.viewport().setAcceptDrops(True)
        self.viewport().setMouseTracking(True)
        tell(
            self,
            Key("← → ↑ ↓", "换组、换周、选单位"),
            Key("Ctrl+← →", "挪一周"),
            Key("Ctrl+↑ ↓", "换给别的组"),
            Key("Enter", "打开、去选单位"),
            Key("Del", "取下"),
            Key("Home", "本周"),
        )

    # -- what it shows

    def show_board(self, board: PlanBoard) -> None:
        """Show this board; the spot and the card stay as far as they are still there."""
        chosen = self.chosen
        first = self.board is None or self.board.campaign.code != board.campaign.code
        self.board = board
        self._measure()
        if first:
            self.row, self.place = 0, -1
            self.week = board.week_of(board.today)
        self.row = min(self.row, len(board.rows) - 1)
        self.week = min(self.week, len(board.weeks) - 1)
        if chosen is None or not self.choose(chosen.plan):
            self.place = min(self.place, len(self._cards(self.row, self.week)) - 1)
            self._come_to_spot()

    @property
    def chosen(self) -> BoardPlan | None:
        """The card chosen."""
        cards = self._cards(self.row, self.week)
        return cards[self.place] if 0 <= self.place < len(cards) else None

    @property
    def group(self) -> BoardRow | None:
        """The group of the spot."""
        return self.board.rows[self.row] if self.board else None

    def choose(self, plan: str) -> bool:
        """Go to the card of a plan; False where it is not on the board."""
        for row, week, cards in self._every_cell():
            for place, one in enumerate(cards):
                if one.plan == plan:
                    self._go(row, week, place)
                    return True
        return False

    def step(self, rows: int, weeks: int) -> None:
        """Choose the spot so many rows and weeks away, without a card."""
        self._go(self.row + rows, self.week + weeks, -1)

    def set_narrow(self, narrow: bool) -> None:
        """Less room for each week."""
        self._each = _WEEK_NARROW if narrow else _WEEK
        self._measure()

    def words(self) -> str:
        """What stands at the spot, in a line."""
        board, group = self.board, self.group
        if board is None or group is None:
            return ""
        if self.chosen is not None:
            return plan_words(board, self.chosen)
        count = len(self._cards(self.row, self.week))
        return f"{spot_words(board, group, self.week)}　" + (f"{count} 家" if count else "空着")

    def spot(self) -> str:
        """Where units would go, in words."""
        board, group = self.board, self.group
        return spot_words(board, group, self.week) if board and group else ""

    def minimumSizeHint(self) -> QSize:
        return QSize(300, paint.HEAD + 2 * paint.row_height(0))

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in ARROWS and held == Qt.KeyboardModifier.ControlModifier:
            self._carry(*ARROWS[key])
        elif held != Qt.KeyboardModifier.NoModifier or not self._understands(key):
            super().keyPressEvent(event)

    def _understands(self, key: Qt.Key) -> bool:
        chosen = self.chosen
        if key in ARROWS:
            self._walk(*ARROWS[key])
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.step(0, -_LEAP if key == Qt.Key.Key_PageUp else _LEAP)
        elif key == Qt.Key.Key_Home and self.board is not None:
            self._go(self.row, self.board.week_of(self.board.today), -1)
        elif key == Qt.Key.Key_End and self.board is not None:
            self._go(self.row, len(self.board.weeks) - 1, -1)
        elif key in _ENTER and chosen is not None:
            self.opened.emit(chosen.plan)
        elif key in _ENTER:
            self.filling.emit()
        elif key == Qt.Key.Key_Delete and chosen is not None:
            self.removed.emit(chosen.plan)
        else:
            return False
        return True

    def _walk(self, rows: int, weeks: int) -> None:
        """From card to card within a cell, then to the cell beside."""
        cards = len(self._cards(self.row, self.week))
        if weeks:
            self._go(self.row, self.week + weeks, min(self.place, 0))
        elif rows > 0 and self.place + 1 < cards:
            self._go(self.row, self.week, self.place + 1)
        elif rows < 0 and self.place > 0:
            self._go(self.row, self.week, self.place - 1)
        elif rows < 0 and self.row > 0:
            above = len(self._cards(self.row - 1, self.week))
            self._go(self.row - 1, self.week, above - 1)
        elif rows > 0 and self.board is not None and self.row + 1 < len(self.board.rows):
            self._go(self.row + 1, self.week, 0)

    def _carry(self, rows: int, weeks: int) -> None:
        """Put the chosen card elsewhere; without one the spot goes."""
        chosen = self.chosen
        row, week = self._within(self.row + rows, self.week + weeks)
        if chosen is None:
            self._go(row, week, -1)
        elif (row, week) != (self.row, self.week):
            self.move_wanted.emit([chosen.plan], row, week)

    def _go(self, row: int, week: int, place: int) -> None:
        self.row, self.week = self._within(row, week)
        self.place = min(place, len(self._cards(self.row, self.week)) - 1)
        self._come_to_spot()

    def _within(self, row: int, week: int) -> tuple[int, int]:
        board = self.board
        if board is None:
            return 0, -1
        return min(max(row, 0), len(board.rows) - 1), min(max(week, -1), len(board.weeks) - 1)

    # -- the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        at = self._spot_at(event.position().toPoint())
        self._pressed = None
        if event.button() == Qt.MouseButton.LeftButton and at is not None:
            self._go(at[0], at[1], self._place_at(event.position().toPoint()))
            self._pressed = event.position().toPoint() if self.chosen else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        chosen = self.chosen
        if chosen is not None and drag.is_far(self._pressed, event.position().toPoint()):
            self._pressed = None
            drag.begin(self, drag.PLANS, [chosen.plan])
            return
        self._tell_card(event.position().toPoint(), event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.chosen is not None:
            self.opened.emit(self.chosen.plan)
        else:
            self.filling.emit()

    def _tell_card(self, where: QPoint, globally: QPoint) -> None:
        at = self._spot_at(where)
        cards = self._cards(*at) if at is not None else ()
        place = self._place_at(where)
        if self.board is not None and 0 <= place < len(cards):
            QToolTip.showText(globally, tip(plan_words(self.board, cards[place])), self)
        else:
            QToolTip.hideText()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        data = event.mimeData()
        if data.hasFormat(drag.UNITS) or data.hasFormat(drag.PLANS):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._over = self._spot_at(event.position().toPoint())
        if self._over is not None:
            event.acceptProposedAction()
        else:
            event.ignore()
        self.viewport().update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._over = None
        self.viewport().update()

    def dropEvent(self, event: QDropEvent) -> None:
        at, self._over = self._spot_at(event.position().toPoint()), None
        self.viewport().update()
        if at is None:
            event.ignore()
            return
        event.acceptProposedAction()
        self._go(at[0], at[1], -1)
        if units := drag.ids_in(event.mimeData(), drag.UNITS):
            self.units_dropped.emit(list(units), *at)
        elif plans := drag.ids_in(event.mimeData(), drag.PLANS):
            self.move_wanted.emit(list(plans), *at)

    # -- where what lies

    def _cards(self, row: int, week: int) -> Sequence[BoardPlan]:
        if self.board is None or not 0 <= row < len(self.board.rows):
            return ()
        return self.board.cells.get((self.board.rows[row].group, week), ())

    def _every_cell(self) -> Iterator[tuple[int, int, Sequence[BoardPlan]]]:
        rows = {row.group: n for n, row in enumerate(self.board.rows)} if self.board else {}
        for (group, week), cards in (self.board.cells if self.board else {}).items():
            yield rows[group], week, cards

    def _measure(self) -> None:
        """How high each row is, and how far one can scroll."""
        if self.board is None:
            return
        most = [0] * len(self.board.rows)
        for row, _, cards in self._every_cell():
            most[row] = max(most[row], len(cards))
        self._tops = [0]
        for count in most:
            self._tops.append(self._tops[-1] + paint.row_height(count))
        room = self.viewport().size()
        wide = (len(self.board.weeks) + 1) * self._each - (room.width() - self._left)
        high = self._tops[-1] - (room.height() - paint.HEAD)
        for bar, rest, page in (
            (self.horizontalScrollBar(), wide, self._each),
            (self.verticalScrollBar(), high, paint.row_height(2)),
        ):
            bar.setRange(0, max(rest, 0))
            bar.setPageStep(page)
            bar.setSingleStep(page // 2)
        self.viewport().update()

    def _cell(self, row: int, week: int) -> QRect:
        left = self._left + (week + 1) * self._each - self.horizontalScrollBar().value()
        top = paint.HEAD + self._tops[row] - self.verticalScrollBar().value()
        return QRect(left, top, self._each, self._tops[row + 1] - self._tops[row])

    def _spot_at(self, where: QPoint) -> tuple[int, int] | None:
        board = self.board
        if board is None or where.x() < self._left or where.y() < paint.HEAD:
            return None
        across = where.x() - self._left + self.horizontalScrollBar().value()
        down = where.y() - paint.HEAD + self.verticalScrollBar().value()
        week = across // self._each - 1
        rows = range(len(board.rows))
        row = next((n for n in rows if self._tops[n] <= down < self._tops[n + 1]), -1)
        return (row, week) if row >= 0 and week < len(board.weeks) else None

    def _place_at(self, where: QPoint) -> int:
        at = self._spot_at(where)
        if at is None:
            return -1
        places = range(len(self._cards(*at)))
        cell = self._cell(*at)
        return next((n for n in places if paint.card_at(cell, n).contains(where)), -1)

    def _come_to_spot(self) -> None:
        """Scroll to the spot, and say what stands there."""
        if self.board is None:
            return
        cell = self._cell(self.row, self.week)
        if self.place >= 0:
            cell = paint.card_at(cell, self.place)
        room = self.viewport().rect().adjusted(self._left, paint.HEAD, 0, 0)
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(
            across.value() + _reach(cell.left(), cell.right(), room.left(), room.right())
        )
        down.setValue(down.value() + _reach(cell.top(), cell.bottom(), room.top(), room.bottom()))
        self.setAccessibleDescription(self.words())
        self.viewport().update()
        self.spot_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()
        self._come_to_spot()

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            painter.fillRect(self.viewport().rect(), QColor(LIGHT.card))
            if self.board is None:
                return
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for row in range(len(self.board.rows)):
                self._paint_row(painter, self.board, row)
            self._paint_heads(painter, self.board)

    def _paint_row(self, painter: QPainter, board: PlanBoard, row: int) -> None:
        seen = self.viewport().rect()
        for week in range(-1, len(board.weeks)):
            cell = self._cell(row, week)
            if not cell.intersects(seen):
                continue
            spot, over = (row, week) == (self.row, self.week), (row, week) == self._over
            outside = week >= 0 and board.is_outside(week)
            paint.paint_cell(painter, cell, outside=outside, spot=spot, over=over)
            cards = self._cards(row, week)
            for place in paint.places_seen(cell, seen, len(cards)):
                chosen = spot and place == self.place
                card = paint.card_at(cell, place)
                paint.paint_card(painter, card, board, cards[place], chosen=chosen)
        cell = self._cell(row, -1)
        head = QRect(0, cell.top(), self._left, cell.height())
        if head.intersects(seen):
            paint.paint_row_head(painter, head, board, board.rows[row], row == self.row)
            edge = QRect(0, head.bottom(), self._left, 1)
            painter.fillRect(edge, QColor(LIGHT.line))

    def _paint_heads(self, painter: QPainter, board: PlanBoard) -> None:
        room = self.viewport().rect()
        painter.fillRect(QRect(0, 0, room.width(), paint.HEAD), QColor(LIGHT.sub))
        for week in range(-1, len(board.weeks)):
            cell = self._cell(0, week)
            head = QRect(cell.left(), 0, cell.width(), paint.HEAD)
            if head.intersects(room):
                paint.paint_week(painter, head, board, week, week == self.week)
        painter.fillRect(QRect(0, 0, self._left, paint.HEAD), QColor(LIGHT.sub))
        painter.fillRect(QRect(0, paint.HEAD - 1, room.width(), 1), QColor(LIGHT.line))
        painter.fillRect(QRect(self._left - 1, 0, 1, paint.HEAD), QColor(LIGHT.line))


def _reach(first: int, last: int, least: int, most: int) -> int:
    """How far to scroll so that what lies from first to last is seen, its beginning above all."""
    if first < least:
        return first - least
    return max(min(last - most, first - least), 0)
