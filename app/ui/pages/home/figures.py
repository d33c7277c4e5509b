"""Four figures: 走访单位, 走访职工, 意见诉求, 困难帮扶."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.todo.campaign_progress import CampaignProgress
from app.ui.pages.home.phases import HEIGHT
from app.ui.pages.home.words import yuan
from app.ui.parts.card import Card
from app.ui.parts.label import label
from app.ui.parts.loading import Awaited
from app.ui.theme import LIGHT

_NAMES = (("走访单位", "户"), ("走访职工", "人次"), ("意见诉求", "件"), ("困难帮扶", "人"))


class FigureCard(Card):
    """A dash for every figure that cannot be counted."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self.figures = [_Figure(name, unit) for name, unit in _NAMES]
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
            figure.say(f"{number:,}", note)
        self.awaited.answer()


class _Figure(QWidget):
    def __init__(self, name: str, unit: str) -> None:
        super().__init__()
        self._name, self._unit = name, unit
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
        column.addWidget(label(name, "label"))
        column.addLayout(row)
        column.addWidget(self.note, 1)

    def say(self, number: str, note: str) -> None:
        """Show a number and what is to be said of it."""
        self.number.setText(number)
        self.note.setText(note)
        self.setAccessibleName(f"{self._name} {number} {self._unit}，{note}")
