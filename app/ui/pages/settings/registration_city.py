"""报送单位登记 at the city: who is registered, 启用包 for new offices, approving, closing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel

from app.services import enrolling, registration
from app.services.enrolling import Approval, Invitation
from app.services.registration import Asking, Computer, Standing
from app.ui.desk import Desk
from app.ui.keys import ESCAPE, NEW, PRINT, SAVE_NEXT, UP_DOWN, VOID, Action, key, tell
from app.ui.pages.settings.form import PlaceField, passphrase_field, text_field
from app.ui.pages.settings.panel import Panel, big_text
from app.ui.pages.settings.paper import Sheet
from app.ui.pages.settings.subject import Subject
from app.ui.parts.label import label
from app.ui.parts.table import Cell, Column, Table
from app.ui.theme import LIGHT

APPROVE = "登记一台电脑"
CHANGE_ROOT = key("Alt+1", "换根钥匙")
GIVE_BACK = key("Alt+2", "交还记录")

_COLUMNS = (Column("单位"), Column("电脑", 180), Column("核对码", 190), Column("", 88))


class CityRegistrationSubject(Subject):
    """The list, and a panel for each thing the city does with it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "报送单位登记", "谁可以报送，由市总工会决定")
        self.listed = ListedPanel(desk)
        self.inviting = InvitePanel(desk)
        self.approving = ApprovePanel(desk)
        self.closing = ClosePanel(desk)
        self.root = RootPanel(desk)
        self.giving = GiveBackPanel(desk)
        self.add_panel(self.listed)
        ways = (
            (self.listed.invite, self.inviting),
            (self.listed.approve, self.approving),
            (self.listed.close_one, self.closing),
            (self.listed.change_root, self.root),
            (self.listed.give_back, self.giving),
        )
        for action, panel in ways:
            self.add_panel(panel)
            action.triggered.connect(partial(self._go, panel))
            panel.given_up.triggered.connect(lambda: self.show_panel(self.listed))
            panel.finished.connect(self._back)
        self.print_from(self.inviting, self.inviting.print, self.inviting.sheet)

    def load(self) -> None:
        self.listed.load()

    def _go(self, panel: CityPanel) -> None:
        panel.begin(self.listed.known, self.listed.chosen, self.listed.waiting)
        self.show_panel(panel)

    def _back(self, words: str) -> None:
        self.show_panel(self.listed)
        self.listed.load()
        self.listed.say("ok", words)


class ListedPanel(Panel):
    """The city's 核对码, and every computer that may send."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.known: Standing | None = None
        self.waiting: Sequence[Asking] = ()
        self.code = big_text("市总工会的核对码")
        self.what = label(role="note")
        self.table = Table("登记过的电脑", _COLUMNS)
        self.table.setMinimumHeight(5 * LIGHT.row)
        tell(self.table, UP_DOWN("选电脑"))
        self.column.addWidget(self.code)
        self.column.addWidget(self.what)
        self.column.addWidget(self.table, 1)
        self.invite = Action(NEW("制作启用包"), lambda: None, self)
        self.close_one = Action(VOID("停用"), lambda: None, self)
        self.change_root = Action(CHANGE_ROOT, lambda: None, self)
        self.give_back = Action(GIVE_BACK, lambda: None, self)
        self.approve = Action(SAVE_NEXT(APPROVE), lambda: None, self)
        self.add_bar([self.invite, self.close_one, self.change_root, self.give_back], self.approve)
        self.table.chosen_row.connect(self._enable)

    @property
    def chosen(self) -> Computer | None:
        """The computer whose row is chosen."""
        row = self.table.row
        shown = self.known.computers if self.known else ()
        return shown[row] if 0 <= row < len(shown) else None

    def activate(self) -> None:
        self.table.setFocus()

    def load(self) -> None:
        """Look again, also for requests that came by 收件."""
        worker, office = self.desk.worker, self.desk.office
        worker.read(partial(registration.standing, office)).done.connect(self._show)
        worker.read(partial(registration.waiting, office)).done.connect(self._show_waiting)

    def _show(self, seen: Standing) -> None:
        self.known = seen
        self.code.setText(seen.check_code)
        self.table.set_rows([_row(one, seen.writer) for one in seen.computers])
        self._say()
        self._enable()

    def _show_waiting(self, found: Sequence[Asking]) -> None:
        self.waiting = found
        self._say()

    def _say(self) -> None:
        version = self.known.version if self.known else 0
        asked = f"　收到{len(self.waiting)}份登记申请，等待核对。" if self.waiting else ""
        self.what.setText(f"市总工会的核对码，写在每封启用函上。登记文件第{version}版。{asked}")

    def _enable(self) -> None:
        one = self.chosen
        other = one is not None and self.known is not None and one.writer != self.known.writer
        self.close_one.setEnabled(other and one is not None and one.in_use)
        self.give_back.setEnabled(other)


def _row(one: Computer, writer: str) -> list[Cell | str]:
    state = Cell("在用", chip="ok") if one.in_use else Cell("已停用", chip="neutral")
    note = "这台" if one.writer == writer else ""
    return [Cell(one.station_name, note), one.writer, one.check_code, state]


class CityPanel(Panel):
    """One thing the city does; `finished(words)` when it is done and nothing is left to read."""

    finished = Signal(str)

    def __init__(self, desk: Desk) -> None:
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

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._made: Invitation | None = None
        self._station = ""
        self._stations: Sequence[tuple[str, str]] = ()
        self.what = self.explain(
            "启用包的文件放在优盘上交给对方；启用函（启用码和核对码）另外密封送达，不要放在一起。"
        )
        self.code = big_text("启用码")
        self.column.addWidget(self.code)
        self.unit = QComboBox()
        self.unit.setMaxVisibleItems(12)
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
            enrolling.invite,
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

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._waiting: Sequence[Asking] = ()
        self._asking: Asking | None = None
        self.came = QComboBox()
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
            enrolling.approve,
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


class ClosePanel(CityPanel):
    """停用: what a lost computer sends from now on is refused."""

    def __init__(self, desk: Desk) -> None:
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
            enrolling.revoke,
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
    """换根钥匙: signed by both, so that every office goes on trusting."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.explain(
            "根钥匙决定谁可以报送。保管人变动或怀疑被别人拿到时要换。换了以后核对码也变，"
            "请用电话告诉各单位。"
        )
        self.new = passphrase_field("新根钥匙的口令")
        self.again = passphrase_field("再输一次")
        self.form.add("根钥匙口令", self.root, needed=True, width=300)
        self.form.add("新根钥匙口令", self.new, needed=True, width=300)
        self.form.add("再输一次", self.again, needed=True, width=300)
        self.form.add("放到", self.place, needed=True)
        self.save = Action(SAVE_NEXT("换根钥匙"), self._change, self)
        self.lay_out(self.save)

    def _change(self) -> None:
        asked = (self.root, "请输入根钥匙的口令。"), (self.new, "请输入新根钥匙的口令。")
        if self.missing(*asked) or self.differs(self.new, self.again) or self.lacks():
            return
        job = partial(
            enrolling.change_root,
            self.desk.office,
            self.out,
            root_passphrase=self.root.text(),
            new_passphrase=self.new.text(),
        )
        self.watch(self.desk.worker.write(job), "正在换根钥匙").done.connect(self._done)

    def _done(self, made: Approval) -> None:
        names = "、".join(file.name for file in made.files)
        self.finished.emit(f"根钥匙已换，核对码变了。请把{names}发给各单位，并用电话报新的核对码。")


class GiveBackPanel(CityPanel):
    """交还记录: everything an office sent, for its new computer."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._station = ""
        self.what: QLabel = self.explain("")
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
        job = partial(enrolling.restore_package, self.desk.office, self._station, self.out)
        self.watch(self.desk.worker.write(job, long=True), "正在生成").done.connect(
            lambda file: self.finished.emit(f"已生成{file.name}，请交给对方，在设置里装入。")
        )
