"""恢复码: where the sheet is kept, and a new code in the place of the old one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox

from app.domain.kernel.errors import Problem
from app.services.office.office import Office
from app.services.office.seen_base import CODE as CHANGED
from app.services.people import operators
from app.services.people.operators import NewKey
from app.services.people.recovery_place import (
    RecoveryPlace,
    note_recovery_place,
    print_recovery_sheet,
    recovery_place,
)
from app.ui.keys import ESCAPE, PRINT, SAVE, Action, key
from app.ui.page_context import PageContext
from app.ui.pages.settings.form import passphrase_field, text_field
from app.ui.pages.settings.panel import Panel, big_text
from app.ui.pages.settings.paper import Sheet
from app.ui.pages.settings.subject import Subject
from app.ui.parts.label import label

RENEW = key("Alt+1", "换新的恢复码")
REKEY = key("Alt+2", "换数据钥匙")


class RecoverySubject(Subject):
    """Where it is; the passphrase for a new one; the new one, shown once."""

    action = "keys"

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk, "恢复码", "忘记口令时只有它能打开数据")
        self.place = PlacePanel(desk)
        self.ask = RenewPanel(desk)
        self.rekey = RekeyPanel(desk)
        self.code = CodePanel(desk)
        for panel in (self.place, self.ask, self.rekey, self.code):
            self.add_panel(panel)
        self.place.rekey.triggered.connect(lambda: self.show_panel(self.rekey))
        self.rekey.given_up.triggered.connect(lambda: self.show_panel(self.place))
        self.rekey.made.connect(self._rekeyed)
        self.place.renew.triggered.connect(lambda: self.show_panel(self.ask))
        self.ask.given_up.triggered.connect(lambda: self.show_panel(self.place))
        self.ask.made.connect(self._show_code)
        self.code.kept.connect(self._keep)
        self.print_from(self.code, self.code.print, self.code.sheet)
        self._words = ""

    def load(self) -> None:
        if self.panel is self.place:
            self.place.load()

    def can_leave(self) -> bool:
        if not self.code.holds_code:
            return True
        self.panel.say("error", "恢复码还没有收好。请打印或抄下，勾选后按“完成”。")
        return False

    def _show_code(self, code: str) -> None:
        self._words = "新的恢复码已启用，以前打印的请销毁。"
        self.code.show_handed_out(NewKey(code))
        self.show_panel(self.code)

    def _rekeyed(self, made: NewKey) -> None:
        self._words = f"数据钥匙已换。{'以前打印的恢复码请销毁。' if made.recovery_code else ''}"
        if made.recovery_code or made.temporary:
            self.code.show_handed_out(made)
            self.show_panel(self.code)
        else:
            self._keep(None)

    def _keep(self, noted: RecoveryPlace | None) -> None:
        self.code.forget_code()
        self.show_panel(self.place)
        if noted is not None:
            self.place.show_place(noted)
        self.place.say("ok", self._words)


class PlacePanel(Panel):
    """Where the sheet lies and who keeps it."""

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self.explain(
            "恢复码打印后应装入信封封好，由负责人锁起来。这里只记它放在哪里，不记恢复码本身。"
        )
        self._base: RecoveryPlace | None = None
        self.where = text_field("如：办公室保险柜")
        self.keeper = text_field("如：分管副主席姓名")
        self.made = label()
        self.form.add("存放地点", self.where)
        self.form.add("保管人", self.keeper, width=240)
        self.form.add_text("现在的恢复码", self.made)
        self.column.addWidget(self.form)
        self.column.addStretch(1)
        self.renew = Action(RENEW, lambda: None, self)
        self.save = Action(SAVE, self._save, self)
        self.rekey = Action(REKEY, lambda: None, self)
        self.add_bar([self.renew, self.rekey], self.save)

    def load(self) -> None:
        """Read what was noted."""
        job = partial(recovery_place, self.desk.office)
        self.await_first(self.desk.worker.read(job)).done.connect(self.show_place)

    def show_place(self, known: RecoveryPlace) -> None:
        """Show what is noted."""
        if not (self.where.isModified() or self.keeper.isModified()):
            self.where.setText(known.place)
            self.keeper.setText(known.keeper)
            self._base = known
        self._base = self._base or known
        self.made.setText(f"{known.renewed}换过" if known.renewed else "初次使用时做的")

    def _save(self) -> None:
        typed = self.where.text(), self.keeper.text()
        job = partial(note_recovery_place, self.desk.office, *typed, self._base)
        saving = self.desk.worker.write(job)
        self.watch(saving, "正在保存").done.connect(self._saved)
        saving.failed.connect(self._look_again)

    def _look_again(self, error: Exception) -> None:
        """What somebody else changed is seen now: the next time it is known."""
        if isinstance(error, Problem) and error.code == CHANGED:
            self._base = None
            self.load()

    def _saved(self, noted: RecoveryPlace) -> None:
        for field in (self.where, self.keeper):
            field.setModified(False)
        self.show_place(noted)
        self.say("ok", "已保存。")


class RenewPanel(Panel):
    """Whoever renews it gives their own passphrase once more; `made(code)`."""

    heading = "换新的恢复码"

    made = Signal(object)

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self.explain(
            "换新以后，以前打印的恢复码不能再用。新的恢复码只显示这一次，请先准备好打印机或纸笔。"
        )
        self.own = passphrase_field("您的口令")
        self.form.add("您的口令", self.own, needed=True, width=300)
        self.column.addWidget(self.form)
        self.column.addStretch(1)
        self.given_up = Action(ESCAPE, lambda: None, self)
        self.save = Action(SAVE("换新"), self._save, self)
        self.add_bar([self.given_up], self.save)
        self.watch_caps_lock()

    def _save(self) -> None:
        if self.missing((self.own, "请输入您的口令。")):
            return
        job = partial(operators.renew_recovery, self.desk.office, self.own.text())
        self.watch(self.desk.worker.write(job), "正在换新").done.connect(self.made)


class RekeyPanel(Panel):
    """换数据钥匙 at will: a stick or computer was lost, a passphrase was seen; `made(NewKey)`."""

    heading = "换数据钥匙"

    made = Signal(object)

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self.explain(
            "优盘、备份或电脑丢了，或怀疑有人拷走了口令文件时用。换了以后，以前拷走的口令文件"
            "打不开今天的数据；大家的口令不变，以前的备份照样能恢复。数据多时要等一会儿。"
        )
        self.recovery = QCheckBox("恢复码也换新的（可能有人看到过恢复码时）")
        self.own = passphrase_field("您的口令")
        self.form.add("", self.recovery)
        self.form.add("您的口令", self.own, needed=True, width=300)
        self.column.addWidget(self.form)
        self.column.addStretch(1)
        self.given_up = Action(ESCAPE, lambda: None, self)
        self.save = Action(SAVE("换数据钥匙"), self._save, self)
        self.add_bar([self.given_up], self.save)
        self.watch_caps_lock()

    def activate(self) -> None:
        self.own.setFocus()

    def _save(self) -> None:
        if self.missing((self.own, "请输入您的口令。")):
            return
        job = partial(
            operators.change_store_key,
            self.desk.office,
            self.own.text(),
            new_recovery=self.recovery.isChecked(),
        )
        self.watch(self.desk.worker.write(job, long=True), "正在换数据钥匙").done.connect(self.made)


class CodePanel(Panel):
    """What is shown once: the new recovery code with where its sheet goes, and 临时口令.

    `kept(RecoveryPlace)` when it is put away, None where there was no code.
    """

    heading = "新的恢复码"

    kept = Signal(object)

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self._made = NewKey()
        self._office = desk.office
        self.code = big_text("恢复码")
        self.column.addWidget(self.code)
        self.given = label()
        self.given.setWordWrap(True)
        self.given.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.addWidget(self.given)
        self.explain("它不会再显示。请现在打印或抄下，逐组核对。")
        self.sure = QCheckBox("已打印或抄下，并逐组核对过")
        self.where = text_field("如：办公室保险柜")
        self.keeper = text_field("如：分管副主席姓名")
        self.form.add("", self.sure)
        self.form.add("存放地点", self.where)
        self.form.add("保管人", self.keeper, width=240)
        self.column.addWidget(self.form)
        self.column.addStretch(1)
        self.print = Action(PRINT("打印"), lambda: None, self, icon="printer")
        self.save = Action(SAVE("完成"), self._save, self)
        self.save.setEnabled(False)
        self.sure.toggled.connect(self.save.setEnabled)
        self.add_bar([self.print], self.save)

    def serve(self, office: Office) -> None:
        """Work for another operator: the one who was at work may have just left."""
        self._office = office

    def show_handed_out(self, made: NewKey) -> None:
        """Show what was just made."""
        self._made = made
        code = made.recovery_code
        half = len(code) // 2
        self.code.setText(f"{code[:half]}\n{code[half + 1 :]}")
        self.code.setVisible(bool(code))
        words = [f"{name}的临时口令　{word}" for name, word in made.temporary.items()]
        self.given.setText("\n".join([*words, _TEMPORARY] if words else []))
        self.given.setVisible(bool(words))
        self.print.setEnabled(bool(code))
        for field in (self.where, self.keeper):
            field.clear()
            self.form.show_row(field, bool(code))
        self.sure.setChecked(False)

    def forget_code(self) -> None:
        """It was shown once."""
        self._made = NewKey()
        self.code.clear()
        self.given.clear()

    @property
    def holds_code(self) -> bool:
        """Whether something is shown that nobody has put away yet."""
        return bool(self._made.recovery_code or self._made.temporary)

    def sheet(self) -> Sheet:
        """The sheet to be sealed."""
        return Sheet(
            "恢复码", partial(print_recovery_sheet, self._office, self._made.recovery_code)
        )

    def _save(self) -> None:
        if not self._made.recovery_code:
            self.kept.emit(None)
            return
        job = partial(note_recovery_place, self._office, self.where.text(), self.keeper.text())
        noting = self.watch(self.desk.worker.write(job), "正在保存")
        noting.done.connect(self.kept)


_TEMPORARY = (
    "他们还没有用新版本打开过，原来的口令不能再用。请交给本人，打开后在“我的口令”里换成自己的。"
)
