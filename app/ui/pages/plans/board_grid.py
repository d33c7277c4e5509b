"""The board under the keys and the mouse: to walk on it, to carry cards, to drop units."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QToolTip

from app.domain.campaign.plan_board import PlanBoard
from app.ui.keys import Key, tell
from app.ui.pages.plans import drag
from app.ui.pages.plans.board_surface import BoardSurface
from app.ui.pages.plans.words import plan_words
from app.ui.parts.label import tip

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


class BoardGrid(BoardSurface):
    """A `PlanBoard` to walk on and to place units on, by keys and by mouse.

    `move_wanted(plans, row, week)`; `units_dropped(units, row, week)`; `opened(plan)`;
    `removed(plan)`; `filling` on Enter where no card is chosen.
    """

    move_wanted = Signal(object, int, int)
    units_dropped = Signal(object, int, int)
    opened = Signal(str)
    removed = Signal(str)
    filling = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._pressed: QPoint | None = None
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
            QToolTip.showText(globally, tip(plan_words(cards[place])), self)
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
