"""收到的文件: one list, a preview beside it, 汇总 one or all, taken back as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.pinyin import initials_key, matcher
from app.domain.text import lookup_key
from app.services.inbox import MERGEABLE, Delivery, stick_of
from app.ui.desk import Desk
from app.ui.icons import icon
from app.ui.keys import UNDO, UP_DOWN, Action, Key, tell
from app.ui.pages.inbox.grid import Cell, Column, Grid, Line
from app.ui.pages.inbox.package_card import WIDTH, WIDTH_NARROW, PackageCard
from app.ui.pages.inbox.receipt import ReceiptPanel
from app.ui.pages.inbox.tabs import Tabs
from app.ui.pages.inbox.taking import Taking
from app.ui.pages.inbox.words import standing_chip
from app.ui.parts.card import Card
from app.ui.parts.empty import EmptyState
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.message_line import MessageLine
from app.ui.parts.work_bar import WorkBar
from app.ui.theme import LIGHT
from app.ui.worker import Operation

_OPEN = Key("Ctrl+O", "收文件", ("Ctrl+O",))
_FOLDER = Key("Ctrl+Shift+O", "收文件夹", ("Ctrl+Shift+O",))
_STICK = Key("Ctrl+D", "看优盘", ("Ctrl+D",))
_RECEIPT = Key("Ctrl+R", "当面回执", ("Ctrl+R",))
_ALL = Key("Ctrl+Enter", "汇总", ("Ctrl+Return", "Ctrl+Enter"))
_DO = Key("F5", "汇总这一份", ("F5",))
_RECORDS = Key("Enter", "看明细")
_AWAY = Key("Delete", "不再列出", ("Del",))
_SIDE = Key("← →", "换一栏")

COLUMNS = (
    Column("报送单位", 176), Column("次数", 80), Column("日期", 58), Column("条数", 52, right=True),
    Column("状态", 108), Column("说明", 0),
)  # fmt: skip
_VIEWS = (("pending", "待处理"), ("merged", "已汇总"), ("all", "全部"))
_DEEDS = {
    "unseen": "核对这一份", "ready": "汇总这一份", "gap": "先汇总这一份", "withdrawn": "恢复这一份",
    "held": "去设置登记", "frozen": "以这一份为准", "enrol": "去设置登记",
}  # fmt: skip
_EMPTY = (
    "下级单位送来的报送文件列在这里：先核对，看清楚了再汇总。\n文件先拷进本机，优盘上什么都不写。"
)
_PUT_AWAY = ("unseen", "ready", "gap", "enrol", "refused")
_SURE = "另外那一份和它后面的就不再计入。确实以这一份为准，请再按一次 F5。"


class FilesView(QWidget):
    """The list of what came.

    `pending_changed(int)`; `records_wanted(Delivery)` for 看明细; `wanted` when a key of the
    header is pressed while another view is shown.
    """

    pending_changed = Signal(int)
    wanted = Signal()
    records_wanted = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._all: Sequence[Delivery] = ()
        self._shown: dict[str, Delivery] = {}
        self._digest = self._text = self._sure = ""
        self._fresh = True
        self.taking = Taking(desk, self)
        self.tabs = Tabs(_VIEWS, underlined=False)
        self.sum = label(role="note")
        self.grid = Grid(COLUMNS, "收到的文件")
        self.said = MessageLine()
        self.work = WorkBar()
        self.receipt = ReceiptPanel(desk)
        self._make_actions()
        self.card = PackageCard([self.away, self.undo, self.records, self.do])
        self._lay_out()
        self._listen()

    # -- what the page asks

    def activate(self) -> None:
        """Show the list, and look at what waits since the last time."""
        self._fresh = True
        self._focus()
        self.taking.refresh()

    def _focus(self) -> None:
        (self.grid if self._shown else self).setFocus()

    def search(self, text: str) -> None:
        """Only files whose office, number or name answers."""
        self._text = text
        self._show_list()

    def set_narrow(self, narrow: bool) -> None:
        """Leave the list room where the window is small."""
        self.card.setFixedWidth(WIDTH_NARROW if narrow else WIDTH)
        self.grid.set_width(0, 148 if narrow else 176)

    @property
    def chosen(self) -> Delivery | None:
        """The file whose preview is shown."""
        return self._shown.get(self.grid.key)

    # -- making

    def _make_actions(self) -> None:
        self.open = Action(_OPEN, self._choose_files, self, icon="download-simple")
        self.folder = Action(_FOLDER, self._choose_folder, self)
        self.stick = Action(_STICK, self._look_on_sticks, self)
        self.answer = Action(_RECEIPT, self._ask_receipt, self)
        self.all = Action(_ALL, self._merge_all, self)
        self.do = Action(_DO, self._do, self)
        self.undo = Action(UNDO("撤销这一份"), self._undo, self)
        self.records = Action(_RECORDS, self._want_records, self)
        self.away = Action(_AWAY, self._put_away, self)
        tell(self.grid, UP_DOWN("选一份"), _SIDE, _RECORDS, _DO, _ALL, UNDO, _AWAY)
        tell(self, _STICK, _OPEN, _FOLDER)

    def _lay_out(self) -> None:
        self.list_card = Card(" ")
        self.list_card.title.hide()
        self.list_card.note.hide()
        self.list_card.head.insertWidget(0, self.tabs)
        self.list_card.head.addWidget(self.sum)
        self.list_card.body.setContentsMargins(0, 0, 0, 0)
        self.list_card.body.setSpacing(0)
        self.list_card.body.addWidget(self.grid, 1)
        self._empty = EmptyState(
            "tray", "没有要处理的文件", _EMPTY, [self.stick, self.open, self.folder]
        )
        self.list_card.body.addWidget(self._empty, 1)
        self._nothing = label("", "note")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setWordWrap(True)
        self.list_card.body.addWidget(self._nothing, 1)
        self._said_row = _padded(self.said)
        self.list_card.body.addWidget(self._said_row)
        self._said_row.hide()
        self._fill_bar()
        self._work_card = QFrame()
        self._work_card.setProperty("role", "card")
        inside = QVBoxLayout(self._work_card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.work)
        self._work_card.hide()
        left = QVBoxLayout()
        left.setSpacing(LIGHT.gap)
        left.addWidget(self.list_card, 1)
        left.addWidget(self._work_card)
        left.addWidget(self.receipt)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LIGHT.gap)
        row.addLayout(left, 1)
        row.addWidget(self.card)

    def _fill_bar(self) -> None:
        bar = self.list_card.add_bar()
        sign = QLabel()
        sign.setPixmap(icon("download-simple").pixmap(16, 16))
        bar.addWidget(sign)
        bar.addWidget(label("把报送文件或文件夹拖到这里，或插上优盘按 Ctrl+D", "note"))
        bar.addStretch(1)
        self.all_button = KeyButton(self.all, primary=True)
        bar.addWidget(self.all_button)

    def _listen(self) -> None:
        self.taking.listed.connect(self._listed)
        self.taking.said.connect(self.say)
        self.taking.began.connect(self.watch)
        self.receipt.began.connect(self.watch)
        self.receipt.said.connect(self._answered)
        self.receipt.closed.connect(self._focus)
        self.tabs.chosen.connect(lambda name: self._show_list())
        self.grid.sideways.connect(self.tabs.step)
        self.grid.moved.connect(lambda key: self._show_chosen())
        self.grid.entered_line.connect(lambda key: self._want_records())

    # -- what happens

    def watch(self, operation: Operation, words: str, on_stop: str) -> None:
        """Show a long job under the list."""
        self._work_card.show()
        operation.ended.connect(self._work_card.hide)
        self.work.watch(operation, words, on_stop)

    def say(self, kind: str, words: str) -> None:
        """Say what came of it, under the list."""
        self.said.say(kind, words)
        self._said_row.show()

    def _answered(self, kind: str, words: str) -> None:
        self.say(kind, words)
        self.taking.refresh()

    def take_in(self, paths: Sequence[Path]) -> None:
        """Files or folders were dropped or chosen."""
        self._said_row.hide()
        self.tabs.go("pending")
        self.taking.take_in(paths)

    def _listed(self, found: list[Delivery]) -> None:
        self._all = found
        self._show_list()
        waits = sum(one.pending for one in found)
        self.tabs.count("pending", waits)
        self.tabs.count("merged", sum(map(_is_merged, found)))
        self.tabs.count("all", len(found))
        self.pending_changed.emit(waits)
        if self.hasFocus():
            self._focus()
        if self._fresh:
            self._fresh = False
            self.taking.look_again(one for one in found if one.standing == "unseen")
            if any(one.standing == "held" for one in found):
                self.taking.retry()

    def _show_list(self) -> None:
        chosen = [one for one in self._all if self._belongs(one) and self._answers(one)]
        self._shown = {one.key: one for one in chosen}
        same = next((one.key for one in chosen if one.digest and one.digest == self._digest), "")
        self.grid.show_lines([_line(one) for one in chosen], same)
        self.grid.setVisible(bool(chosen))
        empty = not chosen and not self._text and self.tabs.current == "pending"
        self._empty.setVisible(empty)
        self._nothing.setVisible(not chosen and not empty)
        self._nothing.setText(
            "没有找到。请换一个词，或按 Esc 清除。" if self._text else "这里还没有文件。"
        )
        self.all_button.setVisible(not empty)
        ready = self._ready()
        lines = sum(one.records or 0 for one in ready)
        self.sum.setText(f"可汇总 {len(ready)} 份，共 {lines:,} 条" if ready else "")
        self.all.setText(f"汇总可汇总的 {len(ready)} 份" if ready else "没有可汇总的")
        self.all.setEnabled(bool(ready) and not self.taking.busy)
        self._show_chosen()

    def _belongs(self, one: Delivery) -> bool:
        if self.tabs.current == "pending":
            return one.pending
        return self.tabs.current == "all" or _is_merged(one)

    def _answers(self, one: Delivery) -> bool:
        wanted, answers = lookup_key(self._text), matcher(self._text)
        told = (one.title, one.name, one.number)
        return not wanted or any(wanted in lookup_key(t) or answers(initials_key(t)) for t in told)

    def _show_chosen(self) -> None:
        one = self.chosen
        if one is None or one.key != self._sure:
            self._sure = ""
        self._digest = one.digest if one else ""
        self.card.show_delivery(one)
        deed = _DEEDS.get("frozen" if one.contested else one.standing, "") if one else ""
        self.do.setText(deed)
        merged = one is not None and one.standing == "merged"
        put_away = one is not None and one.pending and one.standing in _PUT_AWAY
        for action, fits in (
            (self.do, bool(deed)),
            (self.undo, merged and one is not None and not one.answered and not one.contested),
            (self.records, merged),
            (self.away, put_away),
        ):
            action.setVisible(fits)
            action.setEnabled(fits)
        self.away.setText("不收这一份" if one and one.waiting else "不再列出")
        self.answer.setEnabled(one is not None and one.from_below)

    # -- what can be done

    def _ready(self) -> list[Delivery]:
        return [one for one in self._all if one.standing == "ready" and one.waiting]

    def _merge_all(self) -> None:
        self._said_row.hide()
        rest = [one for one in self._all if one.waiting and one.standing != "ready"]
        self.taking.merge(self._ready(), rest)

    def _do(self) -> None:
        one = self.chosen
        if one is None:
            return
        self._said_row.hide()
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
            self.say("warning", _SURE)

    def _same_channel(self, one: Delivery) -> Sequence[Delivery]:
        waits = (other for other in self._all if other.waiting and other.key != one.key)
        return [other for other in waits if (other.writer, other.to) == (one.writer, one.to)]

    def _undo(self) -> None:
        if self.chosen is not None:
            self.taking.undo(self.chosen)

    def _put_away(self) -> None:
        if self.chosen is not None:
            self._said_row.hide()
            self.taking.put_away(self.chosen)

    def _want_records(self) -> None:
        if self.chosen is not None and self.chosen.standing == "merged":
            self.records_wanted.emit(self.chosen)

    def _ask_receipt(self) -> None:
        one = self.chosen
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


def _is_merged(one: Delivery) -> bool:
    """What an office above sent is taken in on another page."""
    return one.standing == "merged" and one.from_below


def _line(one: Delivery) -> Line:
    words, kind = standing_chip(one)
    return Line(
        one.key,
        (
            Cell(one.station_name or one.name, bold=one.standing in MERGEABLE),
            Cell(one.number),
            Cell(one.dated[5:]),
            Cell("—" if one.records is None else f"{one.records:,}"),
            Cell(words, chip=kind),
            Cell(one.note, quiet=True),
        ),
    )


def _padded(inner: QWidget) -> QWidget:
    row = QWidget()
    column = QVBoxLayout(row)
    column.setContentsMargins(LIGHT.margin, 6, LIGHT.margin, 6)
    column.addWidget(inner)
    return row
