"""收到的文件: one list, a preview beside it, 汇总 one or all, taken back as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.services.receiving import run_account
from app.services.receiving.inbox import MERGEABLE, Delivery, stick_of
from app.services.receiving.take_package import Account
from app.ui.keys import PRINT, SIDEWAYS, UNDO, UP_DOWN, Action, Key, tell
from app.ui.page_context import PageContext
from app.ui.pages.inbox.files.delivery_list import DeliveryList
from app.ui.pages.inbox.files.inbox_jobs import InboxJobs
from app.ui.pages.inbox.files.package_card import WIDTH, WIDTH_NARROW, PackageCard
from app.ui.pages.inbox.files.receipt_card import ReceiptPanel
from app.ui.pages.inbox.work_card import WorkCard
from app.ui.parts.loading import Awaited
from app.ui.printing.paper_panel import PaperPanel
from app.ui.theme import LIGHT

_OPEN = Key("Ctrl+O", "收文件", ("Ctrl+O",))
_FOLDER = Key("Ctrl+Shift+O", "收文件夹", ("Ctrl+Shift+O",))
_STICK = Key("Ctrl+D", "看优盘", ("Ctrl+D",))
_RECEIPT = Key("Ctrl+R", "当面回执", ("Ctrl+R",))
_TO_TOWNSHIPS = _RECEIPT("给乡镇回执")
_ALL = Key("Ctrl+Enter", "汇总", ("Ctrl+Return", "Ctrl+Enter"))
_DO = Key("Ctrl+J", "汇总这一份", ("Ctrl+J",))
_RECORDS = Key("Enter", "看明细")
_AWAY = Key("Delete", "不再列出", ("Del",))
_ADVICE = "留一份，或给对方一份：收了哪些，还要办什么。"

_DEEDS = {
    "unseen": "核对这一份", "ready": "汇总这一份", "gap": "先汇总这一份", "withdrawn": "恢复这一份",
    "held": "去设置登记", "frozen": "以这一份为准", "enrol": "去设置登记",
}  # fmt: skip
_SIDES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_PUT_AWAY = ("unseen", "ready", "gap", "enrol", "refused")
_SURE = "另外那一份和它后面的就不再计入。确实以这一份为准，请再按一次 Ctrl+J。"


class FilesView(QWidget):
    """The list of what came.

    `pending_changed(all that waits for somebody, what of it waits for 汇总)`;
    `records_wanted(Delivery)` for 看明细; `wanted` when a key of the header is pressed while
    another view is shown.
    """

    pending_changed = Signal(int, int)
    wanted = Signal()
    records_wanted = Signal(object)

    def __init__(self, desk: PageContext) -> None:
        super().__init__()
        self._desk = desk
        self._all: Sequence[Delivery] = ()
        self._sure = ""
        self._fresh = True
        self._just_merged = False
        self.taking = InboxJobs(desk, self)
        self._make_actions()
        begin = [self.stick, self.open, self.folder]
        self.list = DeliveryList(self.all, begin, is_city=desk.office.is_city)
        self.work_card = WorkCard()
        self.receipt = ReceiptPanel(desk)
        self.card = PackageCard([self.printing, self.away, self.undo, self.records, self.do])
        self.paper = PaperPanel(desk)
        self._show_chosen()
        tell(self, _STICK, _OPEN, _FOLDER)
        self._lay_out()
        self._listen()

    # -- what the page asks

    def activate(self) -> None:
        """Show the list, and look at what waits since the last time."""
        self._fresh = True
        self._focus()
        self.taking.refresh()

    def _focus(self) -> None:
        if self._stack.currentWidget() is self.paper:
            self.paper.go_in()
            return
        listed = self.list.shown and not self._awaited.waits
        (self.list.grid if listed else self).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From a view that is empty the arrows still lead to the next one."""
        by = _SIDES.get(Qt.Key(event.key()), 0)
        if by:
            self.list.tabs.step(by)
        else:
            super().keyPressEvent(event)

    def search(self, text: str) -> None:
        """Only files whose office, number or name answers."""
        self.list.search(text)

    def set_narrow(self, narrow: bool) -> None:
        """Leave the list room where the window is small."""
        self.card.setFixedWidth(WIDTH_NARROW if narrow else WIDTH)
        self.list.set_narrow(narrow)

    def take_in(self, paths: Sequence[Path]) -> None:
        """Files or folders were dropped or chosen."""
        self._leave_paper()
        self.list.hush()
        self.list.tabs.go("pending")
        self.taking.take_in(paths)

    # -- making

    def _make_actions(self) -> None:
        self.open = Action(_OPEN, self._choose_files, self, icon="download-simple")
        self.folder = Action(_FOLDER, self._choose_folder, self)
        self.stick = Action(_STICK, self._look_on_sticks, self, icon="hard-drives")
        receipt = _RECEIPT if self._desk.office.is_city else _TO_TOWNSHIPS
        self.answer = Action(receipt, self._ask_receipt, self, icon="paper-plane-tilt")
        self.all = Action(_ALL, self._merge_all, self)
        self.all.setEnabled(False)
        self.do = Action(_DO, self._do, self)
        self.undo = Action(UNDO, self._undo, self)
        self.records = Action(_RECORDS, self._want_records, self)
        self.away = Action(_AWAY, self._put_away, self)
        self.printing = Action(PRINT, self._print, self)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(LIGHT.gap)
        left.addWidget(self.list, 1)
        left.addWidget(self.work_card)
        left.addWidget(self.receipt)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LIGHT.gap)
        row.addLayout(left, 1)
        row.addWidget(self.card)
        self._stack = QStackedWidget()
        for part in (inside, self.paper):
            self._stack.addWidget(part)
        self._awaited = Awaited(self._stack)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._awaited)

    def _listen(self) -> None:
        work = self.work_card.work
        self.taking.listed.connect(self._listed)
        self.taking.reading.connect(self._awaited.watch)
        self.taking.said.connect(self.list.say)
        self.taking.began.connect(work.watch)
        self.taking.taken.connect(self._taken)
        self.receipt.began.connect(work.watch)
        self.receipt.said.connect(self._answered)
        self.receipt.closed.connect(self._focus)
        self.paper.closed.connect(self._leave_paper)
        self.list.chosen_changed.connect(self._show_chosen)
        self.list.entered.connect(self._want_records)
        self.list.tabs.chosen.connect(lambda name: self._focus())

    # -- what is shown

    def _answered(self, kind: str, words: str) -> None:
        self.list.say(kind, words)
        self.taking.refresh()

    def _taken(self, done: Sequence[Account]) -> None:
        self._just_merged = bool(done)
        self.taking.refresh()

    def _follow_merged(self) -> None:
        """When nothing waits any more, show what was just merged: the receipt is for that."""
        waits = self.taking.busy or any(one.pending for one in self._all)
        if self._just_merged and not waits and self.list.tabs.current == "pending":
            self._just_merged = False
            self.list.tabs.go("done")

    def _listed(self, found: list[Delivery]) -> None:
        self._all = found
        had_focus = self.hasFocus() or self.list.grid.hasFocus()
        self.list.show_deliveries(found)
        to_merge = sum(one.waiting is not None for one in found)
        self.pending_changed.emit(sum(one.pending for one in found), to_merge)
        ready = self._ready()
        lines = sum(one.records or 0 for one in ready)
        self.list.sum.setText(f"可汇总 {len(ready)} 份，共 {lines:,} 条" if ready else "")
        self.all.setText(f"汇总可汇总的 {len(ready)} 份" if ready else "没有可汇总的")
        self.all.setEnabled(bool(ready))
        self._show_chosen()
        self._awaited.answer()
        self._follow_merged()
        if had_focus:
            self._focus()
        if self._fresh and not self.taking.busy:
            self._fresh = False
            self.taking.look_again(one for one in found if one.standing == "unseen")
            if any(one.standing == "held" for one in found):
                self.taking.retry()

    def _show_chosen(self) -> None:
        one = self.list.chosen
        if one is None or one.key != self._sure:
            self._sure = ""
        self.card.show_delivery(one)
        deed = _DEEDS.get("frozen" if one.contested else one.standing, "") if one else ""
        self.do.setText(deed)
        merged = one is not None and one.standing == "merged"
        listable = merged and one is not None and one.listable
        put_away = one is not None and one.pending and one.standing in _PUT_AWAY
        for action, fits in (
            (self.do, bool(deed)),
            (self.undo, merged and one is not None and not one.answered and not one.contested),
            (self.records, listable),
            (self.away, put_away),
            (self.printing, one is not None and bool(one.package) and one.account is not None),
        ):
            action.setVisible(fits)
            action.setEnabled(fits)
        self.away.setText("不收这一份" if one and one.waiting else _AWAY.words)
        self._tell(deed)
        self.answer.setEnabled(one is not None and one.from_below)

    def _tell(self, deed: str) -> None:
        """The keys of the list that do something to the file chosen; `deed` is what Ctrl+J does."""
        does = (
            (self.records, _RECORDS),
            (self.printing, PRINT("打印这一份的情况")),
            (self.do, _DO(deed)),
            (self.all, _ALL),
            (self.undo, UNDO("撤销这一份")),
            (self.away, _AWAY(self.away.text())),
        )
        works = (key for action, key in does if action.isEnabled())
        tell(self.list.grid, UP_DOWN("选一份"), SIDEWAYS, *works)

    # -- what can be done

    def _ready(self) -> list[Delivery]:
        ready = [one for one in self._all if one.standing == "ready" and one.waiting]
        return [one for one in ready if not self.taking.has_begun(one)]

    def _merge_all(self) -> None:
        self.list.hush()
        rest = [one for one in self._all if one.waiting and one.standing != "ready"]
        self.taking.merge(self._ready(), rest)

    def _do(self) -> None:
        one = self.list.chosen
        if one is None:
            return
        self.list.hush()
        if one.standing in MERGEABLE:
            self.taking.merge([one], self._same_channel(one))
        elif one.standing == "unseen":
            self.taking.look_again([one])
        elif one.standing == "withdrawn":
            self.taking.take_again(one)
        elif one.standing in ("held", "enrol"):
            self._desk.go("settings")
        elif one.standing == "frozen" or one.contested:
            self._settle(one)

    def _settle(self, one: Delivery) -> None:
        """Ask once more: what is decided against stays out."""
        if self._sure == one.key:
            self._sure = ""
            self.taking.settle(one)
        else:
            self._sure = one.key
            self.list.say("warning", _SURE)

    def _same_channel(self, one: Delivery) -> Sequence[Delivery]:
        waits = (other for other in self._all if other.waiting and other.key != one.key)
        return [other for other in waits if (other.writer, other.to) == (one.writer, one.to)]

    def _undo(self) -> None:
        if self.list.chosen is not None:
            self.taking.undo(self.list.chosen)

    def _put_away(self) -> None:
        if self.list.chosen is not None:
            self.list.hush()
            self.taking.put_away(self.list.chosen)

    def _want_records(self) -> None:
        if self.list.chosen is not None and self.records.isEnabled():
            self.records_wanted.emit(self.list.chosen)

    def _print(self) -> None:
        """Look at the account of this file on paper, in the place of the list; Esc goes back."""
        one = self.list.chosen
        if one is None or one.account is None:
            return
        run = run_account.of_one(one.account, one.title, one.standing, one.arrived)
        self._stack.setCurrentWidget(self.paper)
        render = partial(run_account.print_run, self._desk.office, run)
        self.paper.show_paper(f"汇总情况_{one.title}", _ADVICE, render)
        self.paper.go_in()

    def _leave_paper(self) -> None:
        self._stack.setCurrentIndex(0)
        self._focus()

    def _ask_receipt(self) -> None:
        one = self.list.chosen
        if one is not None and one.station:
            self.wanted.emit()
            self.receipt.ask(one.station, one.station_name, stick_of(one, self.taking.sources))

    def _look_on_sticks(self) -> None:
        self.wanted.emit()
        self.taking.look_on_sticks()

    def _choose_files(self) -> None:
        self.wanted.emit()
        chosen, _ = QFileDialog.getOpenFileNames(
            self, "收文件", "", "报送文件 (*.zfpkg);;所有文件 (*)"
        )
        if chosen:
            self.take_in([Path(name) for name in chosen])

    def _choose_folder(self) -> None:
        self.wanted.emit()
        chosen = QFileDialog.getExistingDirectory(self, "收文件夹里的报送文件")
        if chosen:
            self.take_in([Path(chosen)])
