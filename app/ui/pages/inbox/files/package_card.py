"""The card at the right of the list: what a file holds, or why it cannot be taken in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.exchange.kinds import WORDS
from app.services.receiving.inbox import Delivery
from app.ui.keys import Action
from app.ui.pages.inbox.files.package_facts import Figures, Matters, Totals
from app.ui.pages.inbox.words import figures_of, matters_of, standing_chip, totals_of
from app.ui.parts.card import Card
from app.ui.parts.chip import Chip
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label, tip
from app.ui.theme import LIGHT

WIDTH, WIDTH_NARROW = 416, 376
_DECIDE = "要人决定的，汇总以后再办也可以"


class PackageCard(Card):
    """Shows one `Delivery`; `actions` stand in its bar, the last one outermost."""

    def __init__(self, actions: Sequence[Action]) -> None:
        super().__init__(" ")
        self.chip = Chip()
        self.note.hide()
        self.head.insertWidget(1, self.chip)
        self.facts = _wrapped("note")
        self.message = _wrapped("")
        self.figures = Figures()
        self.totals = Totals()
        self.matters = Matters()
        self.nothing = label("选一份文件，这里显示它的内容", "note")
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._area())
        self._lay_out(actions)
        self.setFixedWidth(WIDTH)
        self.show_delivery(None)

    def _area(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._facts_row = _padded(self.facts)
        self._message_row = _padded(self.message)
        parts = (self._facts_row, self._message_row, self.figures, self.totals, self.matters)
        for part in parts:
            column.addWidget(part)
        column.addWidget(self.nothing, 1, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        return area

    def _lay_out(self, actions: Sequence[Action]) -> None:
        bar: QHBoxLayout = self.add_bar()
        bar.setSpacing(8)
        bar.addStretch(1)
        for action in actions:
            bar.addWidget(KeyButton(action))

    def show_delivery(self, one: Delivery | None) -> None:
        """Show a file, or that none is chosen."""
        self.nothing.setVisible(one is None)
        account = one.account if one else None
        known = account is not None and bool(account.contained or account.cover)
        self._facts_row.setVisible(one is not None)
        self._message_row.setVisible(False)
        self.figures.setVisible(known)
        self.totals.show_totals(totals_of(account) if account and known else ())
        matters = matters_of(account) if account and known else ()
        self.matters.show_matters(_DECIDE, matters)
        if one is None:
            self.title.setText("没有选文件")
            self.chip.say("")
            return
        self.title.setText(one.title)
        self.title.setToolTip(tip(one.title))
        self.chip.say(*standing_chip(one))
        self.facts.setText(_facts(one))
        if account and known:
            self.figures.show_figures(figures_of(account))
        self._say(one)

    def _say(self, one: Delivery) -> None:
        """What happened and what to do, where anything is to be done."""
        words = one.sentence + one.remedy
        self.message.setText(words)
        self._message_row.setVisible(bool(words))


def _facts(one: Delivery) -> str:
    parts = [WORDS.get(one.kind, ""), one.dated, one.writer]
    parts += [f"收件 {one.package}"] if one.package else []
    parts += [f"收于 {one.arrived[:16].replace('T', ' ')}"] if one.arrived else []
    return "　".join(filter(None, [*parts, one.name if one.title != one.name else ""]))


def _wrapped(role: str) -> QLabel:
    made = label(role=role)
    made.setWordWrap(True)
    return made


def _padded(inner: QWidget) -> QFrame:
    frame = QFrame()
    frame.setProperty("role", "head")
    row = QVBoxLayout(frame)
    row.setContentsMargins(LIGHT.margin, 8, LIGHT.margin, 8)
    row.addWidget(inner)
    return frame
