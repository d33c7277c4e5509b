"""我的口令: a new one for who is at work."""

from __future__ import annotations

from functools import partial

from app.services.people import operators
from app.ui.keys import SAVE, Action
from app.ui.page_context import PageContext
from app.ui.pages.settings.form import passphrase_field
from app.ui.pages.settings.panel import Panel
from app.ui.pages.settings.subject import Subject


class PassphraseSubject(Subject):
    """One panel."""

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk, "我的口令")
        self.change = ChangePanel(desk)
        self.add_panel(self.change)


class ChangePanel(Panel):
    """The present passphrase, and the new one twice."""

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self.explain(
            "口令只有本人知道，本系统和市总工会都查不到。请用一句自己记得住、别人想不到的话，"
            "至少10个字；生日、电话、姓名、123456这一类不行。"
        )
        self.own = passphrase_field("现在的口令")
        self.new = passphrase_field("新口令")
        self.again = passphrase_field("再输一次新口令")
        for field in (self.own, self.new, self.again):
            self.form.add(field.accessibleName(), field, needed=True, width=300)
        self.column.addWidget(self.form)
        self.column.addStretch(1)
        self.save = Action(SAVE("修改口令"), self._save, self)
        self.add_bar([], self.save)
        self.watch_caps_lock()

    def _save(self) -> None:
        asked = (self.own, "请输入现在的口令。"), (self.new, "请输入新口令。")
        if self.missing(*asked) or self.differs(self.new, self.again):
            return
        job = partial(
            operators.change_passphrase, self.desk.office, self.own.text(), self.new.text()
        )
        self.watch(self.desk.worker.write(job), "正在修改口令").done.connect(self._saved)

    def _saved(self, nothing: object) -> None:
        self.forget_passphrases()
        self.say("ok", "口令已修改，以前的口令不能再用。")
