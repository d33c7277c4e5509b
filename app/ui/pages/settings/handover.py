"""工作交接: the list to sign, then the act, then the new recovery code."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from app.domain.kernel.errors import UserError
from app.services.office.office import Office
from app.services.people import operators
from app.services.people.operators import Colleague, NewKey
from app.services.todo import handover as handing_over
from app.services.todo.handover import Done, HandedOver, Parties, Successor
from app.services.todo.open_items import Handover, gather
from app.ui.keys import ESCAPE, PRINT, SAVE_NEXT, Action
from app.ui.page_context import PageContext
from app.ui.pages.settings.form import passphrase_field, text_field
from app.ui.pages.settings.panel import Panel
from app.ui.pages.settings.paper import Sheet
from app.ui.pages.settings.recovery import CodePanel
from app.ui.pages.settings.subject import Subject
from app.ui.parts.combo import Combo
from app.ui.parts.label import label
from app.ui.parts.table import Column, Table
from app.ui.theme import LIGHT

_COLUMNS = (
    Column("还没有做完的", 150),
    Column("件数", 64, right=True),
    Column("编号", 150),
    Column("其中"),
)
_NEW = "新来的经办人"


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything the first panel shows."""

    people: Sequence[Colleague]
    handover: Handover
    past: Sequence[Done]
    today: dt.date


class HandoverSubject(Subject):
    """The list; the passphrases; the new recovery code, after which one opens anew."""

    action = "people"

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk, "工作交接", "记录不变，经办人换人")
        self.listed = ListPanel(desk)
        self.act = ActPanel(desk)
        self.code = CodePanel(desk)
        for panel in (self.listed, self.act, self.code):
            self.add_panel(panel)
        self.listed.go_on.triggered.connect(self._go_on)
        self.act.given_up.triggered.connect(lambda: self.show_panel(self.listed))
        self.act.handed_over.connect(self._show_code)
        self.code.kept.connect(self._end)
        self.print_from(self.listed, self.listed.print, self.listed.sheet)
        self.print_from(self.code, self.code.print, self.code.sheet)
        self._words = ""

    def load(self) -> None:
        if self.panel is self.listed:
            self.listed.load()

    def can_leave(self) -> bool:
        if not self.code.holds_code:
            return True
        self.panel.say("error", "新的恢复码还没有收好。请打印或抄下，勾选后按“完成”。")
        return False

    def _go_on(self) -> None:
        parties = self.listed.parties()
        if parties is None or self.listed.giver is None:
            return
        self.act.begin(self.listed.giver, self.listed.taker, parties)
        self.show_panel(self.act)

    def _show_code(self, done: HandedOver) -> None:
        self._words = f"工作已移交给{done.successor.name}，请用自己的口令打开。"
        if self.act.giver == self.desk.office.operator:
            self.code.serve(self.desk.office.as_operator(done.successor.id))
        self.code.show_handed_out(NewKey(done.recovery_code, done.temporary))
        self.show_panel(self.code)
        self.code.say("ok", f"已移交给{done.successor.name}。这是新的恢复码，以前的请销毁。")

    def _end(self, noted: object) -> None:
        self.code.forget_code()
        self.show_panel(self.listed)
        self.desk.reopen(self._words, None)


class ListPanel(Panel):
    """Who gives, takes and watches, and what is left open."""

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self._people: Sequence[Colleague] = ()
        self._loaded = False
        self._giver, self._taker = Combo(), Combo()
        self.name = text_field()
        self.witness = text_field("在场监交的负责人")
        self.day = text_field("如 2011-7-4")
        self.form.add("移交人", self._giver, needed=True, width=240)
        self.form.add("接交人", self._taker, needed=True, width=240)
        self.form.add("接交人姓名", self.name, needed=True, width=240)
        self.form.add("监交人", self.witness, needed=True, width=240)
        self.form.add("移交日期", self.day, needed=True, width=160)
        self.where = label()
        self.form.add_text("恢复码存放", self.where)
        self.table = Table("还没有做完的", _COLUMNS)
        self.table.setMinimumHeight(5 * LIGHT.row)
        self.column.addWidget(self.form)
        self.column.addWidget(self.table, 1)
        self.print = Action(PRINT("打印移交清单"), lambda: None, self, icon="printer")
        self.go_on = Action(SAVE_NEXT("办理移交"), lambda: None, self)
        self.add_bar([self.print], self.go_on)
        self._taker.currentIndexChanged.connect(self._show_name)

    @property
    def giver(self) -> Colleague | None:
        """Who leaves."""
        return self._person(self._giver)

    @property
    def taker(self) -> Colleague | None:
        """The colleague who takes over; None for somebody new."""
        return self._person(self._taker)

    def choose(self, giver: str, taker: str = "") -> None:
        """Choose by name; an empty `taker` is somebody new."""
        self._giver.setCurrentText(giver)
        self._taker.setCurrentText(taker or _NEW)

    def load(self) -> None:
        """Gather again what is open."""
        reading = self.desk.worker.read(partial(_see, self.desk.office), long=True)
        self.await_first(reading).done.connect(self.show_seen)

    def show_seen(self, seen: Seen) -> None:
        """Show who works here and what is left open."""
        self._people = [one for one in seen.people if one.can_open]
        if not self._loaded:
            self._loaded = True
            self._fill()
            self.day.setText(seen.today.isoformat())
        self.where.setText(seen.handover.recovery_code)
        rows = [
            [
                section.title,
                f"{len(section.items):,}",
                section.items[0].number if section.items else "",
                "；".join(f"{one.subject}（{one.note}）" for one in section.items[:2]),
            ]
            for section in seen.handover.sections
        ]
        self.table.set_rows(rows)
        self.say("info", _open_words(seen))

    def parties(self) -> Parties | None:
        """Who signs and when; None, said in words, where something is missing."""
        asked = (
            (self.name, "请填写接交人的姓名。"),
            (self.witness, "请填写监交人。"),
            (self.day, "请填写移交日期。"),
        )
        if self.missing(*asked):
            return None
        try:
            day = operators.read_day(self.desk.office, self.day.text())
        except UserError as problem:
            self.refuse(problem)
            self.day.setFocus()
            return None
        giver, taker = self.giver, self.taker
        name = taker.name if taker else self.name.text().strip()
        return Parties(giver.name if giver else "", name, self.witness.text().strip(), day)

    def sheet(self) -> Sheet | None:
        """The 移交清单 to sign; None, said in words, where something is missing."""
        parties = self.parties()
        if parties is None:
            return None
        return Sheet("移交清单", partial(handing_over.print_list, self.desk.office, parties))

    def _fill(self) -> None:
        for box, people in ((self._giver, self._people), (self._taker, self._others())):
            box.clear()
            for one in people:
                box.addItem(one.name, one.id)
        self._taker.insertItem(0, _NEW, "")
        self._taker.setCurrentIndex(0)
        ids = [one.id for one in self._people]
        me = self.desk.office.operator
        self._giver.setCurrentIndex(ids.index(me) if me in ids else 0)
        self._show_name()

    def _others(self) -> Sequence[Colleague]:
        return self._people if len(self._people) > 1 else ()

    def _person(self, box: QComboBox) -> Colleague | None:
        wanted = box.currentData()
        return next((one for one in self._people if one.id == wanted), None)

    def _show_name(self) -> None:
        self.form.show_row(self.name, self.taker is None)


def _see(office: Office) -> Seen:
    return Seen(
        operators.everyone(office),
        gather(office),
        handing_over.past(office),
        office.today(),
    )


def _open_words(seen: Seen) -> str:
    last = (
        f"上次移交：{seen.past[0].on}　{seen.past[0].giver}→{seen.past[0].taker}。"
        if seen.past
        else ""
    )
    return f"{last}先打印移交清单，三方签字，再办理移交。"


class ActPanel(Panel):
    """The passphrases of both; `handed_over(HandedOver)`."""

    heading = "办理移交"

    handed_over = Signal(object)

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self._giver: Colleague | None = None
        self._taker: Colleague | None = None
        self._parties: Parties | None = None
        self.what = self.explain("")
        self.own = passphrase_field("您的口令")
        self.new = passphrase_field("接交人的口令")
        self.again = passphrase_field("再输一次")
        self.telephone = text_field()
        self.form.add("您的口令", self.own, needed=True, width=300)
        self.form.add("接交人的口令", self.new, needed=True, width=300)
        self.form.add("再输一次", self.again, needed=True, width=300)
        self.form.add("接交人电话", self.telephone, width=240)
        self.column.addWidget(self.form)
        self.column.addStretch(1)
        self.given_up = Action(ESCAPE, lambda: None, self)
        self.save = Action(SAVE_NEXT("移交"), self._hand_over, self)
        self.add_bar([self.given_up], self.save)
        self.watch_caps_lock()

    @property
    def giver(self) -> str:
        """The id of who leaves."""
        return self._giver.id if self._giver else ""

    def begin(self, giver: Colleague, taker: Colleague | None, parties: Parties) -> None:
        """Show what will happen and ask for the passphrases it needs."""
        self._giver, self._taker, self._parties = giver, taker, parties
        me = self.desk.office.operator
        takes_over_oneself = taker is not None and taker.id == me
        self.what.setText(
            f"移交以后：{giver.name}的口令作废，数据钥匙换新的，他不能再打开；{parties.taker}接过他的职责，用自己的口令打开；"
            "恢复码换新的；填过的记录不变。"
        )
        self.form.show_row(self.new, not takes_over_oneself)
        self.form.show_row(self.again, taker is None)
        self.form.show_row(self.telephone, taker is None)
        words = "接交人的新口令 *" if taker is None else "接交人的口令 *"
        self.form.rename(self.new, words)

    def _hand_over(self) -> None:
        assert self._giver is not None
        assert self._parties is not None
        asked = (self.own, "请输入您的口令。"), (self.new, "请接交人输入口令。")
        if self.missing(*asked):
            return
        if self._taker is None and self.differs(self.new, self.again):
            return
        successor = Successor(
            self._parties.taker,
            self.new.text(),
            self._taker.id if self._taker else "",
            self.telephone.text().strip(),
        )
        job = partial(
            handing_over.hand_over,
            self.desk.office,
            self.own.text(),
            self._giver.id,
            successor,
            witness=self._parties.witness,
            on=self._parties.on,
        )
        self.watch(self.desk.worker.write(job), "正在办理移交").done.connect(self.handed_over)
