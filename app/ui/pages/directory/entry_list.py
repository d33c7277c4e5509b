"""The card of all entries: those that wait and those checked, the list, and how far one is."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtWidgets import QProgressBar

from app.domain.codes.enterprise import VERIFICATION
from app.services.deciding.to_verify import MISSING, VERIFIED, Entry, Work
from app.services.records.same_units import DUPLICATE
from app.ui.pages.inbox.two_lines import TwoLineList, TwoLines
from app.ui.parts.card import Card
from app.ui.parts.label import label
from app.ui.parts.message_line import MessageLine
from app.ui.parts.tabs import Tabs
from app.ui.theme import LIGHT

WIDE, NARROW = 304, 248
_CHIPS = {VERIFIED: "ok", MISSING: "error", DUPLICATE: "warning"}


class EntryList(Card):
    """`tabs`, `list`, and `said`: what was done last."""

    def __init__(self) -> None:
        super().__init__(" ")
        self.list = TwoLineList("名录里的单位")
        self.tabs = Tabs((("waiting", "待核实"), ("done", "核实过")), underlined=False)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(6)
        self.counts, self._where = label(role="note"), label(role="note")
        self.counts.setWordWrap(True)
        self.said = MessageLine()
        self.title.hide()
        self.note.hide()
        self.head.insertWidget(0, self.tabs)
        self.setFixedWidth(WIDE)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(self.list, 1)
        below = Card()
        below.setProperty("role", "")
        below.body.setContentsMargins(LIGHT.margin, 8, LIGHT.margin, 8)
        below.body.setSpacing(4)
        for part in (self.progress, self.counts, self._where, self.said):
            below.body.addWidget(part)
        self.body.addWidget(below)

    def show_progress(self, work: Work) -> None:
        """Say how many are checked, and as what."""
        self.tabs.count("waiting", len(work.waiting))
        self.tabs.count("done", len(work.done))
        self.progress.setRange(0, max(work.total, 1))
        self.progress.setValue(len(work.done))
        parts = [
            f"{VERIFICATION.label_of(code)} {work.counts[code]:,}"
            for code in _CHIPS
            if work.counts.get(code)
        ]
        told = f"共 {work.total:,} 家，核实过 {len(work.done):,} 家"
        self.counts.setText(f"{told}：{'，'.join(parts)}。" if parts else f"{told}。")

    def show_entries(self, entries: Sequence[Entry], later: Collection[str], place: int) -> None:
        """Show these with one chosen."""
        self.list.show_rows([_row(one, put_off=one.id in later) for one in entries], place)
        self._where.setText("")

    def show_place(self, count: int) -> None:
        """Say where in the list one is."""
        self._where.setText(f"第 {self.list.place + 1:,} 家，共 {count:,} 家")


def _row(one: Entry, *, put_off: bool) -> TwoLines:
    if one.open:
        words = "先放着" if put_off else ""
        return TwoLines(one.name, words, "neutral", one.area or "没有填所在地", one.number)
    words, kind = VERIFICATION.label_of(one.standing), _CHIPS.get(one.standing, "neutral")
    who = "　".join(filter(None, (one.by, one.on)))
    return TwoLines(one.name, words, kind, one.area, who)
