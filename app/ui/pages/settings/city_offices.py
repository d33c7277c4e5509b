"""What the city does for an office that joins: the 启用包, and registering its computers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from app.services.registering import enrolment, registration
from app.services.registering.enrolment import Approval, Invitation
from app.services.registering.registration import Asking, Computer, Standing
from app.ui.keys import ESCAPE, PRINT, SAVE_NEXT, Action
from app.ui.page_context import PageContext
from app.ui.pages.settings.form import PlaceField, passphrase_field, text_field
from app.ui.pages.settings.panel import Panel, big_text
from app.ui.pages.settings.paper import Sheet
from app.ui.parts.combo import Combo
from app.ui.parts.label import label


class CityPanel(Panel):
    """One thing the city does; `finished(words)` when it is done and nothing is left to read."""

    finished = Signal(str)

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self.root = passphrase_field("根钥匙口令")
        self.place = PlaceField("放文件的文件夹", "优盘上的文件夹")
        self.given_up = Action(ESCAPE, lambda: None, self)

    def begin(
        self, seen: Standing | None, chosen: Computer | None, waiting: Sequence[Asking]
    ) -> None:
        """The panel is about to be shown; `chosen` is the computer of the list."""

    def lay_out(self, primary: Action, left: Sequence[Action] = ()) -> None:
        """The form, room below it, and the buttons."""
        self.column.addWidget(self.form)
        self.column.addStretch(1)
        self.add_bar([self.given_up, *left], primary)
        self.watch_caps_lock()

    @property
    def out(self) -> Path:
        """The folder given."""
        return self.place.path or Path()

    def lacks(self, *, root: bool = True) -> bool:
        """Ask for the root key's passphrase and the folder where they are missing."""
        asked = [(self.root, "请输入根钥匙的口令。")] if root else []
        return self.missing(*asked, (self.place.line, "请选择放文件的文件夹。"))


class InvitePanel(CityPanel):
    """启用包: for which unit, and both codes for the sealed letter."""

    heading = "制作启用包"

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self._made: Invitation | None = None
        self._station = ""
        self._stations: Sequence[tuple[str, str]] = ()
        self.what = self.explain(
            "启用包的文件放在优盘上交给对方；启用函（启用码和核对码）另外密封送达，不要放在一起。"
        )
        self.code = big_text("启用码")
        self.column.addWidget(self.code)
        self.unit = Combo()
        self.form.add("给哪个单位", self.unit, needed=True)
        self.form.add("放到", self.place, needed=True)
        self.form.add("根钥匙口令", self.root, width=300)
        self.form.add_note("只有新增加的单位才要输入根钥匙的口令。")
        self.print = Action(PRINT("打印启用函"), lambda: None, self, icon="printer")
        self.save = Action(SAVE_NEXT("制作"), self._make, self)
        self.lay_out(self.save, [self.print])

    def begin(
        self, seen: Standing | None, chosen: Computer | None, waiting: Sequence[Asking]
    ) -> None:
        self._made = None
        self.code.hide()
        self.print.setEnabled(False)
        job = partial(registration.stations_to_invite, self.desk.office)
        self.desk.worker.read(job).done.connect(self._offer)

    def _offer(self, stations: Sequence[tuple[str, str]]) -> None:
        if stations == self._stations:
            return
        self._stations = stations
        self.unit.clear()
        for code, name in stations:
            self.unit.addItem(f"{name}　{code}", code)

    def _make(self) -> None:
        if self.lacks(root=False):
            return
        self._station = str(self.unit.currentData())
        job = partial(
            enrolment.invite,
            self.desk.office,
            self._station,
            self.out,
            root_passphrase=self.root.text() or None,
        )
        self.watch(self.desk.worker.write(job), "正在制作启用包").done.connect(self._show)

    def _show(self, made: Invitation) -> None:
        self._made = made
        self.forget_passphrases()
        self.code.setText(f"启用码　{made.enable_code}\n核对码　{made.check_code}")
        self.code.show()
        self.print.setEnabled(True)
        names = "、".join(file.name for file in made.files)
        self.say(
            "ok", f"已放到{self.out}：{names}。启用码不会再显示，请按 Ctrl+P 打印启用函或抄下。"
        )

    def sheet(self) -> Sheet | None:
        """The 启用函, once there is a 启用包."""
        if self._made is None:
            return None
        make = partial(registration.print_invitation, self.desk.office, self._station, self._made)
        return Sheet(f"启用函-{self._station}", make)


class ApprovePanel(CityPanel):
    """A request: read first, compared by telephone, then registered."""

    heading = "登记一台电脑"

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self._waiting: Sequence[Asking] = ()
        self._asking: Asking | None = None
        self.came = Combo()
        self.file = PlaceField("登记申请", "报送单位交来的登记申请文件", suffix=".zfpkg")
        self.what = self.explain("请打电话给对方，请他报屏幕上的核对码，把听到的输入下面。")
        self.about = label()
        self.heard = text_field("电话里听到的核对码")
        self.form.add("收到的申请", self.came)
        self.form.add("申请文件", self.file)
        self.form.add_text("申请登记的", self.about)
        self.form.add("核对码", self.heard, needed=True, width=300)
        self.form.add("根钥匙口令", self.root, needed=True, width=300)
        self.form.add("放到", self.place, needed=True)
        for field in (self.file, self.place):
            field.hear_only_inside()
        self.save = Action(SAVE_NEXT("登记"), self._approve, self)
        self.lay_out(self.save)
        self.came.currentIndexChanged.connect(self._choose)
        self.file.changed.connect(self._file_changed)

    def begin(
        self, seen: Standing | None, chosen: Computer | None, waiting: Sequence[Asking]
    ) -> None:
        self._waiting = waiting
        self.came.blockSignals(True)
        self.came.clear()
        for one in waiting:
            self.came.addItem(f"{one.station_name}　{one.writer}")
        self.came.addItem("另外的文件…")
        self.came.setCurrentIndex(0)
        self.came.blockSignals(False)
        self.heard.clear()
        self._choose(0)

    def _choose(self, place: int) -> None:
        other = not 0 <= place < len(self._waiting)
        self.form.show_row(self.file, other)
        self.show_asking(None if other else self._waiting[place])

    def _file_changed(self) -> None:
        self.show_asking(None)
        path = self.file.path
        if path is None or path.suffix != ".zfpkg":
            return
        job = partial(registration.look_at, self.desk.office, path)
        reading = self.desk.worker.read(job)
        reading.done.connect(self.show_asking)
        reading.failed.connect(self.refuse)

    def show_asking(self, asking: Asking | None) -> None:
        """Show who asks; nobody without a request."""
        self._asking = asking
        self.message.clear()
        if asking is None:
            self.about.setText("请先选择登记申请。")
            return
        instead = f"，代替{asking.supersedes}" if asking.supersedes else ""
        self.about.setText(f"{asking.station_name}　{asking.writer}{instead}")
        if asking.known:
            self.say("warning", "这台电脑已经登记过了。")

    def _approve(self) -> None:
        if self._asking is None:
            self.say("error", "请先选择登记申请。")
            return
        if self.missing((self.heard, "请输入电话里听到的核对码。")) or self.lacks():
            return
        job = partial(
            enrolment.approve,
            self.desk.office,
            self._asking.file,
            self.out,
            root_passphrase=self.root.text(),
            code=self.heard.text().strip(),
        )
        self.watch(self.desk.worker.write(job, long=True), "正在登记").done.connect(self._done)

    def _done(self, made: Approval) -> None:
        assert self._asking is not None
        taken = sum(one.state == "merged" for one in made.accounts)
        more = f"等着它的{taken}个报送文件已汇总。" if taken else ""
        names = "、".join(file.name for file in made.files)
        self.finished.emit(
            f"{self._asking.station_name}已登记（登记文件第{made.version}版）。"
            f"请把{names}交给对方。{more}"
        )
