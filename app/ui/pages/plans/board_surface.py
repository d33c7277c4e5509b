"""The board as it is seen: weeks across, groups down, the units placed as cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from app.domain.campaign.plan_board import BoardPlan, BoardRow, PlanBoard
from app.ui.pages.plans import board_paint as paint
from app.ui.pages.plans.words import plan_words, spot_words
from app.ui.theme import LIGHT

_LEFT = 186
_WEEK, _WEEK_NARROW = 156, 138


class BoardSurface(QAbstractScrollArea):
    """Paints a `PlanBoard`; the spot is the group and week where units are placed.

    `row`, `week` and `place` are the spot and which of its cards is chosen (-1: none). Weeks
    count from 0; -1 is without a day. `spot_changed` when another spot or card is chosen.
    """

    spot_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.board: PlanBoard | None = None
        self.row, self.week, self.place = 0, -1, -1
        self._left, self._each = _LEFT, _WEEK
        self._tops: list[int] = [0]
        self._over: tuple[int, int] | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("工作安排表")

    @property
    def chosen(self) -> BoardPlan | None:
        """The card chosen."""
        cards = self._cards(self.row, self.week)
        return cards[self.place] if 0 <= self.place < len(cards) else None

    @property
    def group(self) -> BoardRow | None:
        """The group of the spot."""
        return self.board.rows[self.row] if self.board else None

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
            return plan_words(self.chosen)
        count = len(self._cards(self.row, self.week))
        return f"{spot_words(board, group, self.week)}　" + (f"{count} 家" if count else "空着")

    def spot(self) -> str:
        """Where units would go, in words."""
        board, group = self.board, self.group
        return spot_words(board, group, self.week) if board and group else ""

    def minimumSizeHint(self) -> QSize:
        return QSize(300, paint.HEAD + 2 * paint.row_height(0))

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
