"""程序更新: what runs now, a newer version from a file, and the way back."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from app.exchange.updates import SUFFIX
from app.services.updating import installing, office_updates, passing_down
from app.services.updating.looking import Offer
from app.services.updating.office_updates import Standing
from app.ui.keys import ESCAPE, SAVE_NEXT, Action, key
from app.ui.page_context import PageContext
from app.ui.pages.settings.form import PlaceField
from app.ui.pages.settings.panel import Panel
from app.ui.pages.settings.subject import Subject
from app.ui.parts.label import label

LOOK = key("Alt+1", "看更新文件")
GO_BACK = key("Alt+2", "回到原来的版本")
MAKE = key("Alt+3", "给各单位做更新文件")
PASS_DOWN = key("Alt+4", "随回执下发")
TAKE_BACK = key("Alt+5", "不再下发")
_FOLDER = "updates/folder"


class UpdatesSubject(Subject):
    """The version and the file that brings a newer one; the city also makes such files."""

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk, "程序更新", "从优盘换成新版本，数据不动")
        self.updating = UpdatePanel(desk)
        self.making = MakeUpdatePanel(desk)
        for panel in (self.updating, self.making):
            self.add_panel(panel)
        self.updating.make.triggered.connect(lambda: self.show_panel(self.making))
        self.making.given_up.triggered.connect(lambda: self.show_panel(self.updating))

    def load(self) -> None:
        self.updating.load()

    def begin(self, file: Path) -> None:
        """Look at an update file that was brought."""
        self.show_panel(self.updating)
        self.updating.begin(file)


class UpdatePanel(Panel):
    """First the file is looked at, then its version is installed for the next start."""

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self.offer: Offer | None = None
        self._looked_at: Path | None = None
        self.version, self.news = label(), label()
        self.place = PlaceField("更新文件", "更新文件（.zfupdate）", suffix=SUFFIX)
        self.offered, self.signed, self.notes = label(), label(), label()
        self.below = label()
        self.form.add_text("现在的版本", self.version)
        self.form.add_text("它的新内容", self.news)
        self.form.add_text("随回执下发", self.below)
        self.form.add("更新文件", self.place)
        self.form.add_text("换成", self.offered)
        self.form.add_text("谁签的", self.signed)
        self.form.add_text("有什么新的", self.notes)
        self.column.addWidget(self.form)
        self.explain(
            "新版本装在原来的旁边，下一次打开程序时使用；改数据格式以前先存一份副本。"
            "它启动不了，程序会自动回到原来的版本，数据和更新前一样。"
        )
        self.column.addStretch(1)
        self.look = Action(LOOK, self._look, self)
        self.back = Action(GO_BACK, self._go_back, self)
        self.make = Action(MAKE, lambda: None, self)
        self.save = Action(SAVE_NEXT("更新"), self._install, self)
        self.down = Action(PASS_DOWN, self._pass_down, self)
        self.stop = Action(TAKE_BACK, self._take_back, self)
        self.add_bar([self.look, self.back, self.make, self.down, self.stop], self.save)
        self.place.changed.connect(self._forget)
        self.form.left_last.connect(self._look)
        for action in (self.back, self.make, self.down, self.stop):
            action.setVisible(False)
        self._forget()

    def activate(self) -> None:
        if self.work.isHidden():
            self.place.setFocus()

    def load(self) -> None:
        """Look again how the program stands."""
        job = partial(office_updates.standing, self.desk.office)
        self.await_first(self.desk.worker.read(job)).done.connect(self._show)

    def begin(self, file: Path) -> None:
        """Look at this file at once."""
        self.place.set_path(str(file))
        self._look()

    def _show(self, standing: Standing) -> None:
        ahead = standing.next_start
        self.version.setText(
            f"{standing.version}　下一次打开程序时使用 {ahead}" if ahead else standing.version
        )
        self.news.setText("\n".join(standing.news))
        self.form.show_row(self.news, bool(standing.news))
        self.back.setVisible(standing.may_go_back)
        self.make.setVisible(standing.may_make)
        self.down.setVisible(standing.may_pass_down)
        self.stop.setVisible(bool(standing.passed_down))
        self.below.setText(f"版本 {standing.passed_down} 随以后写的回执下发给下级")
        self.form.show_row(self.below, bool(standing.passed_down))
        if standing.ready is not None and self.place.path is None:
            self.place.set_path(str(standing.ready))
            self.say("info", f"有一个新版本放在这里，按 {LOOK.shown} 看一看。")

    def _forget(self) -> None:
        self.offer = None
        for shown in (self.offered, self.signed, self.notes):
            self.form.show_row(shown, False)
        self.save.setEnabled(False)

    def _look(self) -> None:
        if self.missing((self.place.line, "请选择更新文件。")):
            return
        file = self._looked_at = self.place.path
        assert file is not None
        job = partial(office_updates.look, self.desk.office, file)
        looking = self.watch(
            self.desk.worker.read(job, long=True), "正在核对更新文件", "停止后什么都没有改动。"
        )
        looking.done.connect(self.show_offer)

    def show_offer(self, offer: Offer) -> None:
        """Say which version it is, who answers for it, and what is new."""
        self.offer = offer
        size = f"{offer.size / 1e6:.1f} MB"
        self.offered.setText(f"{offer.header.version}　{offer.header.created[:10]}　{size}")
        self.signed.setText(f"{offer.from_whom}，核对码 {offer.code}")
        self.notes.setText("\n".join(f"· {note}" for note in offer.header.notes))
        self.form.show_row(self.offered, True)
        self.form.show_row(self.signed, True)
        self.form.show_row(self.notes, bool(offer.header.notes))
        self.save.setEnabled(True)

    def _install(self) -> None:
        file = self._looked_at
        if self.offer is None or file is None:
            return
        job = partial(office_updates.install, self.desk.office, file)
        installing_it = self.watch(
            self.desk.worker.read(job, long=True), "正在装入新版本", "停止后还用现在的版本。"
        )
        installing_it.done.connect(self._installed)

    def _installed(self, offer: Offer) -> None:
        self._forget()
        self.say("ok", f"已装好。退出程序再打开，就是版本 {offer.header.version}。")
        self.load()

    def _pass_down(self) -> None:
        file = self.place.path
        if self.missing((self.place.line, "请选择要下发的更新文件。")) or file is None:
            return
        job = partial(passing_down.pass_down, self.desk.office, file)
        passing = self.watch(
            self.desk.worker.write(job, long=True), "正在放进回执", "停止后什么都没有改动。"
        )
        passing.done.connect(self._passes_down)

    def _passes_down(self, version: str) -> None:
        self.say("ok", f"版本 {version} 随以后写的回执下发给下级。")
        self.load()

    def _take_back(self) -> None:
        job = partial(passing_down.take_back, self.desk.office)
        taking = self.watch(self.desk.worker.write(job), "正在撤下")
        taking.done.connect(lambda _: self.say("ok", "以后写的回执不再带新版程序。"))
        taking.done.connect(lambda _: self.load())

    def _go_back(self) -> None:
        going = self.watch(self.desk.worker.read(installing.go_back), "正在换回")
        going.done.connect(lambda version: self.say("ok", f"退出程序再打开，就回到了{version}。"))


class MakeUpdatePanel(Panel):
    """The city's program as an update file for the offices below."""

    heading = "给各单位做更新文件"

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self.place = PlaceField("放到哪个文件夹", "优盘或电脑上的文件夹")
        self.place.set_path(desk.memory.text(_FOLDER))
        self.form.add("放到", self.place, needed=True)
        self.column.addWidget(self.form)
        self.explain(
            "把这台电脑上的程序做成一个更新文件，用这台电脑的钥匙签名。"
            "各单位在“设置 → 程序更新”里选它；不是市总工会或发布方签的，程序不收。"
        )
        self.column.addStretch(1)
        self.given_up = Action(ESCAPE, lambda: None, self)
        self.save = Action(SAVE_NEXT("做更新文件"), self._make, self)
        self.add_bar([self.given_up], self.save)

    def _make(self) -> None:
        folder = self.place.path
        if self.missing((self.place.line, "还没有选择放到哪个文件夹。")) or folder is None:
            return
        self.desk.memory.keep(_FOLDER, str(folder))
        job = partial(office_updates.make, self.desk.office, folder)
        making = self.watch(
            self.desk.worker.read(job, long=True), "正在做更新文件", "停止后什么都不留下。"
        )
        making.done.connect(lambda path: self.say("ok", f"已生成：{path}"))
