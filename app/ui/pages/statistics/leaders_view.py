"""领导带队: how many visits the main leader led, and who of the leadership took part (R38)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.campaign.leaders_share import OfficeShare
from app.domain.kernel.changes import Changes
from app.domain.records import Leader, Visit
from app.services.figures import leaders_behind, leaders_share
from app.services.figures.leaders_behind import Number
from app.services.figures.leaders_share import LeadersShare
from app.services.figures.statistics import Statistics
from app.ui.found_list import open_found
from app.ui.keys import UP_DOWN, Key, tell
from app.ui.page_context import PageContext
from app.ui.parts.card import Card
from app.ui.parts.loading import Awaited
from app.ui.parts.table import Cell, Column, Table
from app.ui.theme import LIGHT

_OFFICES = (
    Column("单位"),
    Column("班子\n人", 60, right=True),
    Column("参加\n人", 60, right=True),
    Column("参加率", 72, right=True),
    Column("走访\n次", 60, right=True),
    Column("主要领导带队\n次", 136, right=True),
)
_MEMBERS = (
    Column("领导", 150),
    Column("职务"),
    Column("参加走访（次）", 116, right=True),
)
_NUMBERS = {
    1: Number.MEMBERS,
    2: Number.TOOK_PART,
    3: Number.MEMBERS,
    4: Number.VISITS,
    5: Number.BY_CHIEF,
}
"""What is counted in the columns of an office; a rate opens those it is of."""
_TIMES = 2
"""The column of how often one of the leadership took part."""
_LOOKED_AT = {Leader.type_name, Visit.type_name}


class LeadersView(QWidget):
    """`opened(type name, record)` when a leader is to be looked at; `listed` when it is counted.

    Enter on a number opens the list of the records behind it.
    """

    opened = Signal(str, str)
    listed = Signal()

    def __init__(self, desk: PageContext) -> None:
        super().__init__()
        self._desk = desk
        self._campaign: str | None = None
        self._seen: LeadersShare | None = None
        self._outdated = True
        self.table = Table("领导带队", _OFFICES, by_cell=True, head_height=44)
        self.members = Table("班子成员", _MEMBERS, quiet=True, by_cell=True)
        self.table.chosen_row.connect(self._show_members)
        self.table.entered_cell.connect(self._open_number)
        self.members.entered_cell.connect(self._open)
        aside = Key("← →", "选一栏")
        tell(self.table, UP_DOWN("选单位"), aside, Key("Enter", "看是哪些记录"))
        tell(self.members, UP_DOWN("选一位"), aside, Key("Enter", "打开"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LIGHT.gap)
        left, self.right = Card("领导带队", " "), Card("班子成员", " ")
        self._note = left.note
        self._awaited = Awaited(self.table, "正在统计")
        for card, part in ((left, self._awaited), (self.right, self.members)):
            card.body.setContentsMargins(0, 0, 0, 0)
            card.body.addWidget(part)
        row.addWidget(left, 3)
        row.addWidget(self.right, 2)

    @property
    def shown(self) -> LeadersShare | None:
        """What stands there."""
        return self._seen

    def activate(self) -> None:
        """Put the focus where one begins to look; read what changed."""
        if self._outdated:
            self._read()
        self.table.setFocus()

    def set_narrow(self, narrow: bool) -> None:
        """Names of leaders take less where there is little room."""
        self.members.setColumnWidth(0, 142 if narrow else 150)

    def show_statistics(self, seen: Statistics) -> None:
        """Something was counted anew, perhaps of another campaign."""
        self.set_campaign(seen.campaign)

    def set_campaign(self, code: str) -> None:
        """Whose visits are counted."""
        self._campaign, self._outdated = code, True
        if self.isVisible():
            self._read()

    def outdated(self, changes: Changes) -> None:
        """Records were written."""
        self._outdated = self._outdated or bool(_LOOKED_AT & changes.types)

    def _read(self) -> None:
        self._outdated = False
        reading = self._desk.worker.scan(
            partial(leaders_share.look, self._desk.office, self._campaign)
        )
        reading.done.connect(self._show)
        self._awaited.wait(reading, at_once=False)

    def _show(self, seen: LeadersShare) -> None:
        self._seen = seen
        known = any(one.members for one in seen.offices)
        self._note.setText("" if known else "还没有填领导班子，请到工作安排的“领导班子”里填。")
        self.table.set_rows([_cells(one) for one in seen.offices])
        self._show_members(self.table.row)
        self._awaited.answer()
        self.listed.emit()

    def _show_members(self, row: int) -> None:
        one = self._office(row)
        without = "，没有填领导班子" if one and not one.members else ""
        self.right.note.setText(f"{one.name}{without}" if one else "")
        self.members.set_rows(_member_cells(one) if one else [])

    def _office(self, row: int) -> OfficeShare | None:
        offices = self._seen.offices if self._seen else ()
        return offices[row] if 0 <= row < len(offices) else None

    def _open_number(self, row: int, column: int) -> None:
        """The members beside it, of the name of an office."""
        one = self._office(row)
        if one is None or self._seen is None:
            return
        number = _NUMBERS.get(column)
        if number is None:
            self.members.setFocus()
        else:
            open_found(
                self._desk,
                partial(leaders_behind.behind, self._desk.office, self._seen, one, number),
            )

    def _open(self, row: int, column: int) -> None:
        one = self._office(self.table.row)
        if one is None or self._seen is None or not 0 <= row < len(one.members):
            return
        member = one.members[row].id
        if column == _TIMES:
            job = partial(leaders_behind.behind_member, self._desk.office, self._seen, one, member)
            open_found(self._desk, job)
        else:
            self.opened.emit(Leader.type_name, member)


def _cells(one: OfficeShare) -> Sequence[Cell]:
    return (
        Cell(one.name),
        Cell(f"{len(one.members):,}" if one.members else "—"),
        Cell(f"{one.took_part:,}" if one.members else "—"),
        Cell(one.share if one.members else "没有填"),
        Cell(f"{one.visits:,}"),
        Cell(one.led_words),
    )


def _member_cells(one: OfficeShare) -> list[Sequence[Cell]]:
    """Who did not take part is told by a word, not by a number alone."""
    return [
        (
            Cell(member.name, note="主要领导" if member.chief else ""),
            Cell(note=member.post),
            Cell(f"{member.visits:,}") if member.visits else Cell("没有参加"),
        )
        for member in one.members
    ]
