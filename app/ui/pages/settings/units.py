"""报送单位 in 设置: the city keeps the list; every office keeps how it is reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal

from app.domain.codes import UNIT_KIND
from app.domain.kernel.errors import Problem
from app.domain.records import Contact, Record, Unit, body_of
from app.services.office.seen_base import CODE as CHANGED
from app.services.registering import unit_list
from app.services.registering.unit_list import ListedUnit
from app.ui.forms.layouts import LAYOUTS
from app.ui.forms.layouts.shape import Layout
from app.ui.keys import NEW, UP_DOWN, Action, key, tell
from app.ui.page_context import PageContext
from app.ui.pages.settings.entry_panel import EntryPanel
from app.ui.pages.settings.panel import Panel
from app.ui.pages.settings.subject import Subject
from app.ui.parts.table import Cell, Column, Table
from app.ui.theme import LIGHT

OPEN = key("Alt+1", "打开")
OWN = key("Alt+2", "改本单位的联系方式")
_COLUMNS = (
    Column("单位"),
    Column("类别", 164),
    Column("经办人", 84),
    Column("电话", 132),
    Column("", 76),
)


class UnitsSubject(Subject):
    """The list; one unit; below the city, how this office is reached."""

    def __init__(self, desk: PageContext) -> None:
        words = "市总工会管名单，各单位管自己的电话"
        super().__init__(desk, "报送单位", words)
        self.action = "settings" if desk.office.is_city else ""
        self.listed = ListPanel(desk)
        self.sheet = SheetPanel(desk, Unit, writes=desk.office.is_city)
        self.own = SheetPanel(desk, Contact, writes=True)
        for panel in (self.listed, self.sheet, self.own):
            self.add_panel(panel)
        self.listed.open.triggered.connect(self._open)
        self.listed.table.entered_row.connect(lambda row: self._open())
        self.listed.add.triggered.connect(self._begin)
        self.listed.own.triggered.connect(self._tell_own)
        for panel in (self.sheet, self.own):
            panel.given_up.triggered.connect(partial(self._leave, panel))
            panel.saved.connect(self._back)

    def load(self) -> None:
        if self.panel is self.listed:
            self.listed.load()

    def can_leave(self) -> bool:
        panel = self.panel
        if not isinstance(panel, SheetPanel) or not panel.parts.dirty:
            return True
        panel.say("error", "改了还没有保存。请先按 Ctrl+S 保存，或按 Esc 不要这些改动。")
        return False

    def _open(self) -> None:
        one = self.listed.chosen
        if one is not None:
            self.sheet.show_unit(one)
            self.show_panel(self.sheet)

    def _begin(self) -> None:
        job = partial(unit_list.proposed, self.desk.office)
        self.desk.worker.read(job).done.connect(self._begin_with)

    def _begin_with(self, body: Mapping[str, Any]) -> None:
        self.sheet.begin(body, "新的报送单位")
        self.show_panel(self.sheet)

    def _tell_own(self) -> None:
        job = partial(unit_list.own_contact, self.desk.office)
        self.desk.worker.read(job).done.connect(self._show_own)

    def _show_own(self, body: Mapping[str, Any]) -> None:
        self.own.begin(body, "本单位的联系方式")
        self.show_panel(self.own)

    def _leave(self, panel: SheetPanel) -> None:
        if panel.may_go():
            self.show_panel(self.listed)
            self.listed.load()

    def _back(self, words: str) -> None:
        self.show_panel(self.listed)
        self.listed.load()
        self.listed.say("ok", words)


class ListPanel(Panel):
    """Every unit, and whom to ring up there."""

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self.rows: Sequence[ListedUnit] = ()
        self.table = Table("报送单位", _COLUMNS)
        self.table.setMinimumHeight(6 * LIGHT.row)
        tell(self.table, UP_DOWN("选单位"))
        self.column.setContentsMargins(0, 0, 0, LIGHT.gap)
        self.column.addWidget(self.table, 1)
        is_city = desk.office.is_city
        self.open = Action(OPEN, lambda: None, self)
        self.add = Action(NEW("添加单位"), lambda: None, self, icon="plus")
        self.own = Action(OWN, lambda: None, self)
        self.add.setEnabled(is_city)
        self.own.setEnabled(not is_city)
        self.add_bar([self.add] if is_city else [self.own], self.open)
        self.table.chosen_row.connect(lambda row: self._enable())

    @property
    def chosen(self) -> ListedUnit | None:
        """The unit whose row is chosen."""
        row = self.table.row
        return self.rows[row] if 0 <= row < len(self.rows) else None

    def activate(self) -> None:
        self.table.setFocus()

    def load(self) -> None:
        """Read the list again; the same unit stays chosen."""
        job = partial(unit_list.listed, self.desk.office)
        reading = self.await_first(self.desk.worker.read(job))
        reading.done.connect(partial(self._show, self.chosen.id if self.chosen else ""))

    def _show(self, wanted: str, rows: Sequence[ListedUnit]) -> None:
        self.rows = rows
        self.table.set_rows([_row(one) for one in rows])
        places = [place for place, one in enumerate(rows) if one.id == wanted]
        self.table.selectRow(places[0] if places else 0)
        self._enable()

    def _enable(self) -> None:
        self.open.setEnabled(self.chosen is not None)


class SheetPanel(EntryPanel):
    """One unit, or how this office is reached; `saved(words)`."""

    saved = Signal(str)

    def __init__(self, desk: PageContext, record_type: type[Record], *, writes: bool) -> None:
        super().__init__(desk, record_type, [("whole", "", _first(record_type))], writes=writes)
        self._type = record_type
        self._unit: ListedUnit | None = None
        self._told: Mapping[str, Any] = {}

    def show_unit(self, one: ListedUnit) -> None:
        """Show a unit as it stands."""
        self._unit = one
        self.show_body(body_of(one.unit), one.unit.name, new=False)

    def begin(self, body: Mapping[str, Any], title: str) -> None:
        """Show what is known of something new."""
        self._unit, self._told = None, body
        self.show_body(body, title, new=True)

    def write(self) -> None:
        one, office = self._unit, self.desk.office
        if self._type is Contact:
            typed = self.parts.body() | _emptied(self)
            job: Any = partial(unit_list.save_contact, office, typed, base=self._told)
            words = "已保存，随下次报送交市总工会。"
        else:
            typed = self.parts.changes() if one else self.parts.body()
            known = (one.id, one.h) if one else (None, None)
            job = partial(unit_list.save_unit, office, typed, *known)
            words = "已保存。下次给各单位回执时一起发下去。"
        saving_it = self.watch(self.desk.worker.write(job), "正在保存")
        saving_it.done.connect(lambda made: self.saved.emit(words))
        if self._type is Contact:
            saving_it.failed.connect(self._look_again)

    def _look_again(self, error: Exception) -> None:
        """What somebody else said is known the next time; what is typed stays."""
        if isinstance(error, Problem) and error.code == CHANGED:
            reading = self.desk.worker.read(partial(unit_list.own_contact, self.desk.office))
            reading.done.connect(self._know)

    def _know(self, body: Mapping[str, Any]) -> None:
        self._told = body


def _first(record_type: type[Record]) -> Layout:
    """What is said of a unit, without what every record has."""
    return Layout(LAYOUTS[record_type].groups[:1], rest=False)


def _emptied(panel: SheetPanel) -> dict[str, Any]:
    return {name: None for name, value in panel.parts.changes().items() if value is None}


def _row(one: ListedUnit) -> list[Cell | str]:
    unit = one.unit
    telephone = unit.clerk_telephone or unit.leader_telephone
    state = "" if one.in_force else Cell("已停用", chip="neutral")
    if one.told and one.in_force:
        state = Cell("自报", chip="info")
    return [
        Cell(unit.name, bold=True),
        UNIT_KIND.label_of(unit.kind),
        unit.clerk or unit.leader,
        telephone,
        state,
    ]
