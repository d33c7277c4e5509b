"""Four figures: 走访单位, 走访职工, 意见诉求, 困难帮扶."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.todo.campaign_progress import CampaignProgress
from app.services.todo.progress_behind import Number
from app.ui.keys import Key, tell
from app.ui.pages.home.phases import HEIGHT
from app.ui.pages.home.words import yuan
from app.ui.parts.card import Card
from app.ui.parts.label import label
from app.ui.parts.loading import Awaited
from app.ui.theme import LIGHT

_UNITS = {
    Number.VISITED: "户",
    Number.WORKERS: "人次",
    Number.DEMANDS: "件",
    Number.PERSONS: "人",
}
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class FigureCard(Card):
    """A dash for every figure that cannot be counted.

    `asked(Number)` when the records behind one are: Enter, a click.
    """

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self.figures = [_Figure(number, unit) for number, unit in _UNITS.items()]
        for place, figure in enumerate(self.figures):
            figure.entered.connect(partial(self.asked.emit, figure.what))
            figure.left.connect(partial(self._step, place))
        figures = QWidget()
        row = QHBoxLayout(figures)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for place, figure in enumerate(self.figures):
            if place:
                line = QWidget()
                line.setFixedWidth(1)
                line.setStyleSheet(f"background: {LIGHT.line};")
                row.addWidget(line)
            row.addWidget(figure, 1)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.awaited = Awaited(figures, "正在统计")
        self.body.addWidget(self.awaited)

    def open(self) -> bool:
        """Ask for the records behind the figure that has the focus; whether there is one."""
        figure = next((one for one in self.figures if one.hasFocus()), None)
        if figure is not None:
            self.asked.emit(figure.what)
        return figure is not None

    def _step(self, place: int, by: int) -> None:
        """Go to the next figure that opens something."""
        rest = self.figures[place + 1 :] if by > 0 else self.figures[:place][::-1]
        there = (one for one in rest if one.focusPolicy() != Qt.FocusPolicy.NoFocus)
        next(there, self.figures[place]).setFocus()

    def show_headway(self, seen: CampaignProgress) -> None:
        """Show what was counted."""
        short = seen.wanted - seen.covered
        which = "" if seen.all_firms else "规上"
        visits = f"{which}应访 {seen.wanted:,}，差 {short:,}"
        visits = visits if seen.wanted else f"没有{which}应访的企业"
        overdue = f"，超期 {seen.overdue:,} 件" if seen.overdue else ""
        told = (
            (seen.visited, visits),
            (seen.workers, f"本月新增 {seen.workers_this_month:,} 人次"),
            (seen.demands, f"办结 {seen.closed:,} 件{overdue}"),
            (seen.persons, f"发放 {yuan(seen.money)} 元"),
        )
        for figure, (number, note) in zip(self.figures, told, strict=True):
            figure.say(number, note)
        self.awaited.answer()


class _Figure(QWidget):
    """One figure; `entered` when it is clicked, `left(by)` when a neighbour is wanted."""

    entered = Signal()
    left = Signal(int)

    def __init__(self, what: Number, unit: str) -> None:
        super().__init__()
        self.what, self._unit = what, unit
        self.number, self.note = label("—", "figure"), label(" ", "note")
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.note.setMinimumHeight(34)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.number)
        row.addWidget(label(unit, "label"), 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(LIGHT.margin, 13, 8, 4)
        column.setSpacing(2)
        column.addWidget(label(what, "label"))
        column.addLayout(row)
        column.addWidget(self.note, 1)
        tell(self, Key("← →", "换一个数"), Key("Enter", "看是哪些记录"))

    def say(self, number: int, note: str) -> None:
        """Show a number and what is to be said of it; there is nothing behind a nought."""
        self.number.setText(f"{number:,}")
        self.note.setText(note)
        self.setAccessibleName(f"{self.what} {number:,} {self._unit}，{note}")
        policy = Qt.FocusPolicy.StrongFocus if number else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)
        shape = Qt.CursorShape.PointingHandCursor if number else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = Qt.Key(event.key())
        if pressed == Qt.Key.Key_Space:
            self.entered.emit()
        elif pressed in _STEPS:
            self.left.emit(_STEPS[pressed])
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if inside and self.focusPolicy() != Qt.FocusPolicy.NoFocus:
            self.entered.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            with QPainter(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(QColor(LIGHT.focus), 2))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), 6, 6)
