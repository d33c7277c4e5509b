"""经办人: who works here; take somebody on, correct what is known, let somebody go."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from app.domain.codes.office import DUTY
from app.domain.kernel.errors import Problem
from app.services.office.duties import ADMIN
from app.services.office.seen_base import CODE as CHANGED
from app.services.people import operators
from app.services.people.operators import Colleague, NewKey
from app.ui.keys import ESCAPE, NEW, SAVE, UP_DOWN, Action, key, tell
from app.ui.page_context import PageContext
from app.ui.pages.settings.form import Ticks, passphrase_field, text_field
from app.ui.pages.settings.keying_pace import PacePanel
from app.ui.pages.settings.panel import Panel, fit_height
from app.ui.pages.settings.recovery import CodePanel
from app.ui.pages.settings.subject import Subject
from app.ui.parts.label import label
from app.ui.parts.table import Cell, Column, Table
from app.ui.theme import LIGHT

LEAVE = key("Alt+1", "离岗")
PACE = key("Alt+2", "录入情况")
_COLUMNS = (
    Column("姓名", 110),
    Column("职责", 160),
    Column("部门", 0),
    Column("电话", 130),
    Column("在岗", 120),
    Column("", 116),
)
_MOST_ROWS = 8
_DUTIES = tuple((one.value, one.label) for one in DUTY)


class PeopleSubject(Subject):
    """The list with a form below it; a form for a newcomer; a question before one goes."""

    action = "people"

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk, "经办人", "每人用自己的口令打开数据")
        self.listed = PeoplePanel(desk)
        self.newcomer = NewcomerPanel(desk)
        self.leaving = LeavingPanel(desk)
        self.code = CodePanel(desk)
        self.pace = PacePanel(desk)
        for panel in (self.listed, self.newcomer, self.leaving, self.code, self.pace):
            self.add_panel(panel)
        self.listed.add.triggered.connect(self._ask_newcomer)
        self.listed.leave.triggered.connect(self._ask_leave)
        self.listed.pace.triggered.connect(self._show_pace)
        self.pace.back.triggered.connect(lambda: self.show_panel(self.listed))
        for panel in (self.newcomer, self.leaving):
            panel.given_up.triggered.connect(lambda: self.show_panel(self.listed))
            panel.finished.connect(self._back)
        self.leaving.handed_out.connect(self._show_code)
        self.code.kept.connect(self._put_away)
        self.print_from(self.code, self.code.print, self.code.sheet)
        self._left = ("", "")

    def can_leave(self) -> bool:
        if not self.code.holds_code:
            return True
        self.panel.say("error", "新的恢复码或临时口令还没有收好。请抄下，勾选后按“完成”。")
        return False

    def load(self) -> None:
        if self.panel is self.listed:
            self.listed.load()

    def _ask_newcomer(self) -> None:
        self.newcomer.begin()
        self.show_panel(self.newcomer)

    def _ask_leave(self) -> None:
        if self.listed.chosen is not None:
            self.leaving.show_person(self.listed.chosen)
            self.show_panel(self.leaving)

    def _show_pace(self) -> None:
        self.show_panel(self.pace)
        self.pace.load()

    def _show_code(self, person: str, words: str, made: NewKey) -> None:
        self._left = (person, words)
        self.code.show_handed_out(made)
        self.show_panel(self.code)
        self.code.say("ok", words)

    def _put_away(self, noted: object) -> None:
        self.code.forget_code()
        self._back(*self._left)

    def _back(self, person: str, words: str) -> None:
        self.show_panel(self.listed)
        self.listed.load(person)
        self.listed.say("ok", words)


class PeoplePanel(Panel):
    """Everybody; the one chosen can be corrected below."""

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self._people: Sequence[Colleague] = ()
        self._wanted = ""
        self.table = Table("经办人", _COLUMNS)
        tell(self.table, UP_DOWN("选经办人"))
        self.department = text_field("如：办公室")
        self.telephone = text_field()
        self.begins = text_field("如 2011-7-4")
        self.duties = Ticks(_DUTIES)
        self.who = label(role="strong")
        self.column.setContentsMargins(0, 0, 0, LIGHT.gap)
        self.column.addWidget(self.table)
        self.who.setContentsMargins(LIGHT.margin, 4, 0, 0)
        self.column.addWidget(self.who)
        self.form.setContentsMargins(LIGHT.margin, 0, LIGHT.margin, 0)
        self.form.add("部门", self.department, width=300)
        self.form.add("电话", self.telephone, width=240)
        self.form.add("职责", self.duties)
        self.form.add("在岗开始", self.begins, width=160)
        self.column.addWidget(self.form)
        self.column.addStretch(1)
        self.add = Action(NEW("添加"), lambda: None, self, icon="plus")
        self.leave = Action(LEAVE, lambda: None, self)
        self.pace = Action(PACE, lambda: None, self)
        self.save = Action(SAVE, self._save, self)
        self.add_bar([self.add, self.leave, self.pace], self.save)
        self.table.chosen_row.connect(self._show_person)
        self.table.entered_row.connect(lambda row: self.department.setFocus())

    @property
    def chosen(self) -> Colleague | None:
        """The operator whose row is chosen."""
        row = self.table.row
        return self._people[row] if 0 <= row < len(self._people) else None

    def activate(self) -> None:
        self.table.setFocus()

    def load(self, person: str = "") -> None:
        """Read the list again, and choose one of it."""
        self._wanted = person or (self.chosen.id if self.chosen else "")
        job = partial(operators.everyone, self.desk.office)
        self.await_first(self.desk.worker.read(job)).done.connect(self._show)

    def _show(self, people: Sequence[Colleague]) -> None:
        self._people = people
        self.table.set_rows([_row(one) for one in people])
        fit_height(self.table, len(people), _MOST_ROWS)
        places = [place for place, one in enumerate(people) if one.id == self._wanted]
        if places:
            self.table.selectRow(places[0])
        self._show_person(self.table.row)

    def _show_person(self, row: int) -> None:
        person = self.chosen
        if person is None:
            return
        self.who.setText(f"{person.name}的资料")
        self.department.setText(person.record.department)
        self.telephone.setText(person.record.telephone)
        began = person.record.on_duty_from
        self.begins.setText(began.isoformat() if began else "")
        self.duties.tick(person.record.duties)
        self.leave.setEnabled(person.record.on_duty_to is None)

    def _save(self) -> None:
        person = self.chosen
        if person is None:
            return
        typed = {
            "department": self.department.text().strip() or None,
            "telephone": self.telephone.text().strip() or None,
            "duties": self.duties.values,
            "on_duty_from": self.begins.text().strip() or None,
        }
        seen = person.record
        job = partial(operators.change, self.desk.office, person.id, typed, base=seen)
        saving = self.watch(self.desk.worker.write(job), "正在保存")
        saving.failed.connect(partial(self._look_again, person))
        saving.done.connect(lambda _: self._saved(person))

    def _look_again(self, person: Colleague, error: Exception) -> None:
        """What somebody else changed is seen now: the next time it is known."""
        if isinstance(error, Problem) and error.code == CHANGED:
            self.load(person.id)

    def _saved(self, person: Colleague) -> None:
        self.load(person.id)
        self.say("ok", f"{person.name}的资料已保存。")


def _row(one: Colleague) -> list[Cell | str]:
    record = one.record
    duties = "、".join(DUTY.label_of(duty) for duty in record.duties)
    began = record.on_duty_from.isoformat() if record.on_duty_from else ""
    ended = record.on_duty_to.isoformat() if record.on_duty_to else ""
    if ended:
        state = Cell("已离岗", chip="neutral")
    elif one.can_open:
        state = Cell("在岗", chip="ok")
    else:
        state = Cell("本机没有口令", chip="warning")
    days = f"到 {ended}" if ended else f"{began} 起" if began else ""
    return [Cell(one.name, bold=True), duties, record.department, record.telephone, days, state]


class NewcomerPanel(Panel):
    """Somebody new, who types their own passphrase; `finished(operator id, words)`."""

    heading = "添加经办人"

    finished = Signal(str, str)

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self.name = text_field()
        self.department = text_field("如：办公室")
        self.telephone = text_field()
        self.duties = Ticks(_DUTIES)
        self.duties.tick(["clerk"])
        self.new = passphrase_field("新经办人的口令")
        self.again = passphrase_field("再输一次")
        self.own = passphrase_field("您的口令")
        self.form.add("姓名", self.name, needed=True, width=240)
        self.form.add("部门", self.department, width=300)
        self.form.add("电话", self.telephone, width=240)
        self.form.add("职责", self.duties)
        self.form.add("新经办人口令", self.new, needed=True, width=300)
        self.form.add_note("请新经办人自己输入，至少10个字，可以是一句话。")
        self.form.add("再输一次", self.again, needed=True, width=300)
        self.form.add("您的口令", self.own, needed=True, width=300)
        self.column.addWidget(self.form)
        self.column.addStretch(1)
        self.given_up = Action(ESCAPE, lambda: None, self)
        self.save = Action(SAVE("添加"), self._save, self)
        self.add_bar([self.given_up], self.save)
        self.watch_caps_lock()

    def begin(self) -> None:
        """Nothing is left of the one before."""
        for field in (self.name, self.department, self.telephone):
            field.clear()
        self.duties.tick(["clerk"])

    def _save(self) -> None:
        asked = (
            (self.name, "请填写姓名。"),
            (self.new, "请新经办人输入口令。"),
            (self.own, "请输入您自己的口令。"),
        )
        if self.missing(*asked) or self.differs(self.new, self.again):
            return
        job = partial(
            operators.add,
            self.desk.office,
            self.own.text(),
            self.name.text(),
            self.new.text(),
            duties=self.duties.values,
            department=self.department.text().strip(),
            telephone=self.telephone.text().strip(),
        )
        adding = self.watch(self.desk.worker.write(job), "正在添加")
        adding.done.connect(
            lambda made: self.finished.emit(
                made.id, f"已添加{made.name}，现在可以用自己的口令打开。"
            )
        )


class LeavingPanel(Panel):
    """离岗: what it means, from which day, whose passphrase; `finished(operator id, words)`.

    Or `handed_out(operator id, words, NewKey)` where something has to be put away first.
    """

    heading = "办理离岗"

    finished = Signal(str, str)
    handed_out = Signal(str, str, object)

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self._person = ""
        self._name = ""
        self.what = self.explain("")
        self.day = text_field("如 2011-7-4")
        self.own = passphrase_field("您的口令")
        self.recovery = QCheckBox("恢复码也换新的（他见过恢复码时）")
        self.form.add("离岗日期", self.day, needed=True, width=160)
        self.form.add("", self.recovery)
        self.form.add("您的口令", self.own, needed=True, width=300)
        self.column.addWidget(self.form)
        self.column.addStretch(1)
        self.given_up = Action(ESCAPE, lambda: None, self)
        self.save = Action(SAVE("办理离岗"), self._save, self)
        self.add_bar([self.given_up], self.save)
        self.watch_caps_lock()

    def show_person(self, person: Colleague) -> None:
        """Whom it is about."""
        self._person, self._name = person.id, person.name
        self.what.setText(
            f"{person.name}离岗后不能再打开这份数据：数据钥匙换新的，他拷走的口令文件也打不开；"
            "填过的记录全部保留。"
            "有没做完的工作时，请改用左边的“工作交接”。"
        )
        self.recovery.setChecked(ADMIN in person.record.duties)
        self.day.setText(self.desk.office.today().isoformat())

    def activate(self) -> None:
        self.own.setFocus()

    def _save(self) -> None:
        if self.missing((self.day, "请填写离岗日期。"), (self.own, "请输入您自己的口令。")):
            return
        job = partial(
            operators.leave,
            self.desk.office,
            self.own.text(),
            self._person,
            on=self.day.text(),
            new_recovery=self.recovery.isChecked(),
        )
        leaving = self.watch(self.desk.worker.write(job, long=True), "正在办理，换数据钥匙")
        leaving.done.connect(self._left)

    def _left(self, made: NewKey) -> None:
        words = f"{self._name}已离岗，口令不能再用。"
        if made.recovery_code or made.temporary:
            self.handed_out.emit(self._person, words, made)
        else:
            self.finished.emit(self._person, words)
