"""What the city does with computers that are registered, and with its own root key."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QCheckBox

from app.services.registering import enrolment
from app.services.registering.enrolment import Approval
from app.services.registering.registration import Asking, Computer, Standing
from app.ui.keys import SAVE_NEXT, Action
from app.ui.page_context import PageContext
from app.ui.pages.settings.city_offices import CityPanel
from app.ui.pages.settings.form import passphrase_field


class ClosePanel(CityPanel):
    """停用: what a lost computer sends from now on is refused."""

    heading = "停用"

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self._writer = ""
        self.what = self.explain("")
        self.form.add("根钥匙口令", self.root, needed=True, width=300)
        self.form.add("放到", self.place, needed=True)
        self.save = Action(SAVE_NEXT("停用"), self._close, self)
        self.lay_out(self.save)

    def begin(
        self, seen: Standing | None, chosen: Computer | None, waiting: Sequence[Asking]
    ) -> None:
        if chosen is not None:
            self._writer = chosen.writer
            self.what.setText(
                f"停用{chosen.station_name}的电脑{chosen.writer}：电脑丢失、报废或钥匙被别人拿到时用。"
                "已经收到的不变，以后它发来的一律不收。停用后不能恢复，要重新登记。"
            )

    def _close(self) -> None:
        if self.lacks():
            return
        job = partial(
            enrolment.revoke,
            self.desk.office,
            self._writer,
            self.out,
            root_passphrase=self.root.text(),
        )
        self.watch(self.desk.worker.write(job), "正在停用").done.connect(self._done)

    def _done(self, made: Approval) -> None:
        names = "、".join(file.name for file in made.files)
        self.finished.emit(f"{self._writer}已停用。请把{names}发给各单位。")


class RootPanel(CityPanel):
    """换根钥匙: signed by both, so that every office goes on trusting. Or only its passphrase."""

    heading = "换根钥匙"

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self.explain(
            "根钥匙决定谁可以报送。保管人变动或怀疑被别人拿到时要换。换了以后核对码也变，"
            "请用电话告诉各单位。只是口令不好记或太简单时，改口令就行。"
        )
        self.only = QCheckBox("只改口令，根钥匙和核对码不变")
        self.new = passphrase_field("新根钥匙口令")
        self.again = passphrase_field("再输一次")
        self.form.add("", self.only)
        self.form.add("根钥匙口令", self.root, needed=True, width=300)
        self.form.add("新根钥匙口令", self.new, needed=True, width=300)
        self.form.add_note("至少10个字，可以是一句话。")
        self.form.add("再输一次", self.again, needed=True, width=300)
        self.form.add("放到", self.place, needed=True)
        self.save = Action(SAVE_NEXT("换根钥匙"), self._change, self)
        self.lay_out(self.save)
        self.only.toggled.connect(self._settle)

    def begin(
        self, seen: Standing | None, chosen: Computer | None, waiting: Sequence[Asking]
    ) -> None:
        self.only.setChecked(False)

    def activate(self) -> None:
        self.root.setFocus()

    def _settle(self, only: bool) -> None:
        self.form.show_row(self.place, not only)
        self.save.setText("改口令" if only else "换根钥匙")

    def _change(self) -> None:
        asked = (self.root, "请输入根钥匙的口令。"), (self.new, "请输入新的口令。")
        if self.missing(*asked) or self.differs(self.new, self.again):
            return
        office, given = self.desk.office, self.root.text()
        if self.only.isChecked():
            job = partial(
                enrolment.change_root_passphrase,
                office,
                root_passphrase=given,
                new_passphrase=self.new.text(),
            )
            changing = self.watch(self.desk.worker.write(job), "正在改口令")
            changing.done.connect(lambda _: self.finished.emit("根钥匙口令已改，核对码不变。"))
        elif not self.lacks():
            renew = partial(
                enrolment.change_root,
                office,
                self.out,
                root_passphrase=given,
                new_passphrase=self.new.text(),
            )
            self.watch(self.desk.worker.write(renew), "正在换根钥匙").done.connect(self._done)

    def _done(self, made: Approval) -> None:
        names = "、".join(file.name for file in made.files)
        self.finished.emit(f"根钥匙已换，核对码变了。请把{names}发给各单位，并用电话报新的核对码。")


class GiveBackPanel(CityPanel):
    """交还记录: everything an office sent, for its new computer."""

    heading = "交还记录"

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self._station = ""
        self.what = self.explain("")
        self.form.add("放到", self.place, needed=True)
        self.save = Action(SAVE_NEXT("交还"), self._give, self)
        self.lay_out(self.save)

    def begin(
        self, seen: Standing | None, chosen: Computer | None, waiting: Sequence[Asking]
    ) -> None:
        if chosen is not None:
            self._station = chosen.station
            self.what.setText(
                f"把{chosen.station_name}报送过的全部记录做成一个文件，交还给它：换了电脑、"
                "数据丢失又没有备份时用。"
            )

    def _give(self) -> None:
        if self.lacks(root=False):
            return
        job = partial(enrolment.restore_package, self.desk.office, self._station, self.out)
        self.watch(self.desk.worker.write(job, long=True), "正在生成").done.connect(
            lambda file: self.finished.emit(f"已生成{file.name}，请交给对方，在设置里装入。")
        )
