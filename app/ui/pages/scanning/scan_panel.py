"""扫描件归位: choose scans, see which went to their records, and place the rest by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.checking.signed_paper import TRAY, Standing
from app.domain.kernel.errors import Problem
from app.domain.kernel.file_names import shown_name
from app.services.papers import page_tray, scanned_paper
from app.services.papers.scan_account import WORDS, Gap, PagesBack, Paper, ScanAccount
from app.services.papers.scanned_paper import ENDINGS
from app.ui.dropping import local_files
from app.ui.fields.suggestion import Surroundings
from app.ui.help.topics import about
from app.ui.keys import ESCAPE, UNDO, UP_DOWN, Action, Key, key, tell
from app.ui.page_context import PageContext
from app.ui.pages.records.kind import WorkPanel
from app.ui.pages.scanning.page_view import PageView
from app.ui.parts.card import Card
from app.ui.parts.empty import EmptyState
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.late_focus import focus_late
from app.ui.parts.loading import Awaited
from app.ui.parts.message_line import MessageLine
from app.ui.parts.table import Cell, Column, Table
from app.ui.parts.work_bar import WorkBar
from app.ui.theme import LIGHT
from app.ui.worker import Operation

_FILES = key("Ctrl+O", "选扫描件")
_FOLDER = key("Ctrl+Shift+O", "选文件夹")
_GIVE = Key("Ctrl+Enter", "归入", ("Ctrl+Return", "Ctrl+Enter"))
_DROP = Key("Ctrl+Del", "不要", ("Ctrl+Del",))
_MEMORY = "scans/folder"
_PICTURE, _LEAST = 460, 280
_COLUMNS = (Column("情况", 140), Column("记录", 176), Column("名称"), Column("文件", 160))
_CHIPS = {Standing.ATTACHED: "ok", Standing.RECEIVED: "ok", Standing.TICKED: "ok"}
_WHY = (
    "签字盖章以后扫描或者用手机拍，一次选很多页，也可以选整个文件夹。\n"
    "程序照纸上的二维码归入各自的记录；认不出的留在这里，您再归。\n"
    "文件也可以拖到这里。"
)


class ScanPanel(WorkPanel):
    """Stands in the place of a page's content.

    `taken(ScanAccount)` when files were read, `given(Paper)` when a page went to a record by
    hand, `listed` when the tray is shown, `refused` when something could not be done.
    """

    taken = Signal(object)
    given = Signal(object)
    listed = Signal()
    refused = Signal()

    def __init__(self, desk: PageContext, around: Surroundings) -> None:
        super().__init__()
        about(self, "scans")
        self._desk = desk
        self._papers: tuple[Paper, ...] = ()
        self._run = 0
        self._beside = ""
        self.table = Table("扫描的纸", _COLUMNS)
        self.view, self.work, self.said = PageView(desk), WorkBar(), MessageLine()
        self.number = QLineEdit()
        self.setAcceptDrops(True)
        self._make_actions()
        self._lay_out()
        self.table.chosen_row.connect(self._choose)

    # -- beginning

    def begin(self, record: str | None) -> None:
        """Show the pages of this record too."""
        self._beside = record or ""

    def activate(self) -> None:
        """Show what waits for a person, or how to begin; what was taken last stays."""
        if self._run:
            self.table.setFocus()
        else:
            self._begin()

    def _begin(self) -> None:
        self._run = 0
        self._say("")
        self._read()

    def take(self, files: Sequence[Path]) -> None:
        """Read these files and folders."""
        if files:
            self._desk.memory.keep(_MEMORY, str(files[0].parent))
        job = partial(scanned_paper.take, self._desk.office, tuple(files))
        taking = self._desk.worker.write(job, long=True)
        taking.done.connect(self._tell_taken)
        self._watch(taking)

    # -- making

    def _make_actions(self) -> None:
        self.back = Action(ESCAPE("返回"), self.closed.emit, self)
        self.files = Action(_FILES, self._ask_files, self, icon="upload-simple")
        self.folder = Action(_FOLDER, self._ask_folder, self, icon="folder-open")
        self.give = Action(_GIVE, self._give, self)
        self.drop = Action(_DROP, self._drop, self)
        self.undo = Action(UNDO("撤回"), self._take_back, self)

    def _lay_out(self) -> None:
        self._card = Card("扫描件归位", " ")
        self._empty = EmptyState(
            "upload-simple", "选签过字的扫描件", _WHY, [self.files, self.folder]
        )
        tell(self._empty, _FILES, _FOLDER, self.back.key)
        tell(self.table, UP_DOWN, _GIVE, _DROP)
        self._stack = QStackedWidget()
        for part in (self._empty, self._looking()):
            self._stack.addWidget(part)
        self._awaited = Awaited(self._stack)
        self._below = QWidget()
        below = QHBoxLayout(self._below)
        below.setContentsMargins(LIGHT.margin, 6, LIGHT.margin, 6)
        below.addWidget(self.said)
        body = self._card.body
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        for part, stretch in ((self._awaited, 1), (self.work, 0), (self._below, 0)):
            body.addWidget(part, stretch)
        bar = self._card.add_bar()
        bar.addWidget(KeyButton(self.back))
        self._more = KeyButton(self.files)
        bar.addWidget(self._more)
        bar.addStretch(1)
        for action in (self.undo, self.drop):
            bar.addWidget(KeyButton(action))
        bar.addWidget(KeyButton(self.give, primary=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[LIGHT.margin] * 4)
        column.addWidget(self._card)

    def _looking(self) -> QWidget:
        self.number.setPlaceholderText("沙湾-2011-0137")
        self.number.setAccessibleName("归入哪一条，写编号")
        self._by_hand = QWidget()
        line = QHBoxLayout(self._by_hand)
        line.setContentsMargins(LIGHT.margin, 6, LIGHT.margin, 6)
        line.addWidget(label("归入编号"))
        line.addWidget(self.number, 1)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.table, 1)
        left.addWidget(self._by_hand)
        self.view.setMinimumWidth(_LEAST)
        self.view.setMaximumWidth(_PICTURE)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 3)
        row.addWidget(self.view, 2)
        return both

    # -- showing

    def _read(self) -> None:
        job = partial(page_tray.waiting, self._desk.office, self._beside)
        reading = self._desk.worker.read(job)
        self._awaited.wait(reading, at_once=False)
        reading.done.connect(self._show_tray)
        reading.failed.connect(self._refuse)

    def _show_tray(self, papers: tuple[Paper, ...]) -> None:
        if not self._run:
            self._show(papers)
        self.listed.emit()

    def _show(self, papers: Iterable[Paper]) -> None:
        """Those that wait for a person come first."""
        self._papers = tuple(sorted(papers, key=lambda paper: paper.standing not in TRAY))
        waiting = sum(paper.standing in TRAY for paper in self._papers)
        self._card.note.setText(f"待处理 {waiting} 页" if self._papers else "")
        self.table.set_rows([_row(paper) for paper in self._papers])
        self._stack.setCurrentIndex(1 if self._papers else 0)
        self._awaited.answer()
        focus_late(self, self.table if self._papers else self._empty)
        self._choose(self.table.row)

    def _choose(self, row: int) -> None:
        paper = self._chosen
        self.view.show_page(paper.row.sha256 if paper else "")
        self.number.setText(paper.number if paper and paper.standing in TRAY else "")
        self._set_enabled()

    @property
    def _chosen(self) -> Paper | None:
        row = self.table.row
        return self._papers[row] if 0 <= row < len(self._papers) else None

    def _set_enabled(self) -> None:
        rest, paper = self.work.isHidden(), self._chosen
        waits = rest and paper is not None and paper.standing in TRAY
        for action in (self.files, self.folder, self.back):
            action.setEnabled(rest)
        self._more.setVisible(bool(self._papers))
        for action in (self.give, self.drop):
            action.setEnabled(waits)
            action.setVisible(bool(self._papers))
        self._by_hand.setVisible(paper is not None and paper.standing in TRAY)
        self.undo.setVisible(bool(self._run))
        self.undo.setEnabled(rest and bool(self._run))

    # -- taking

    def _tell_taken(self, account: ScanAccount) -> None:
        self._run = account.run if account.papers else 0
        if account.papers:
            self._show([*account.papers, *account.waiting])
        self._say(_told(account), "warning" if account.refused or account.gaps else "ok")
        self._set_enabled()
        self.taken.emit(account)

    def _take_back(self) -> None:
        taking = self._desk.worker.write(partial(page_tray.take_back, self._desk.office, self._run))
        taking.done.connect(self._tell_back)
        taking.failed.connect(self._refuse)

    def _tell_back(self, back: PagesBack) -> None:
        self._begin()
        if back.staying:
            kept = "、".join(dict.fromkeys(paper.number for paper in back.staying[:5]))
            said = f"撤回了，但有 {len(back.staying)} 页还留在记录里，那些记录现在改不了：{kept}。"
            self._say(said, "warning")
        else:
            self._say("撤回了：这一次归入的纸都从记录里取下了。", "ok")

    # -- by hand

    def _give(self) -> None:
        paper, number = self._chosen, self.number.text().strip()
        if paper is None or paper.standing not in TRAY:
            return
        if not number:
            self._say("请写这一页归入哪一条的编号。", "error")
            self.number.setFocus()
            return
        job = partial(page_tray.give, self._desk.office, paper.row.n, number)
        giving = self._desk.worker.write(job)
        giving.done.connect(self._tell_given)
        giving.failed.connect(self._refuse)

    def _tell_given(self, given: Paper) -> None:
        self._show(given if one.row.n == given.row.n else one for one in self._papers)
        self._say(f"已归入 {given.number} {given.title}。", "ok")
        self.given.emit(given)

    def _drop(self) -> None:
        paper = self._chosen
        if paper is not None and paper.standing in TRAY:
            job = partial(page_tray.drop, self._desk.office, paper.row.n)
            dropping = self._desk.worker.write(job)
            dropping.done.connect(lambda _: self._forget(paper))
            dropping.failed.connect(self._refuse)

    def _forget(self, gone: Paper) -> None:
        self._show(one for one in self._papers if one.row.n != gone.row.n)
        self._say("这一页不要了，记录没有变。", "ok")
        self.listed.emit()

    # -- words

    def _watch(self, operation: Operation) -> None:
        self._say("")
        operation.failed.connect(self._refuse)
        self.work.watch(operation, "正在读扫描件", "停止后，已经归入的留下，没有读的不归。")
        operation.ended.connect(self._set_enabled)
        self._set_enabled()

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, Problem):
            self._say(str(error), "error")
        else:
            self._desk.problems.show(error)
        self.refused.emit()

    def _say(self, words: str, kind: str = "info") -> None:
        self.said.say(kind, words)
        self._below.setVisible(bool(words))

    # -- files

    def _ask_files(self) -> None:
        endings = " ".join(f"*.{ending}" for ending in ENDINGS)
        dialog = self._dialog("选扫描件", QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(f"扫描件和照片 ({endings})")
        dialog.open()

    def _ask_folder(self) -> None:
        self._dialog("选文件夹", QFileDialog.FileMode.Directory).open()

    def _dialog(self, title: str, mode: QFileDialog.FileMode) -> QFileDialog:
        folder = self._desk.memory.text(_MEMORY, str(Path.home()))
        dialog = QFileDialog(self, title, folder)
        dialog.setFileMode(mode)
        dialog.filesSelected.connect(lambda chosen: self.take([Path(one) for one in chosen]))
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.work.isHidden() and local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take(local_files(event.mimeData()))


def _row(paper: Paper) -> list[Cell | str]:
    row = paper.row
    page = f"第{row.page}页" if row.page else ""
    kind = _CHIPS.get(paper.standing, "warning")
    leaf = f"第{row.leaf}页" if row.leaf > 1 else ""
    return [
        Cell(WORDS[paper.standing], chip=kind),
        Cell(paper.number, note=page),
        paper.title,
        Cell(shown_name(row.file), note=leaf),
    ]


def _told(account: ScanAccount) -> str:
    """归入 3 页，待处理 1 页。沙湾-2011-0137缺第2页。坏了的.pdf：……"""
    counts = (
        (account.count(Standing.ATTACHED), "归入 {} 页"),
        (account.count(Standing.RECEIVED), "收到纸质件 {} 页"),
        (account.count(Standing.TICKED), "报送单 {} 张，在“谁还没报”里记为已收纸质"),
        (account.count(*TRAY), "待处理 {} 页"),
        (account.again, "{} 页以前归过"),
    )
    parts = [words.format(count) for count, words in counts if count]
    said = ("已停止，" if account.stopped else "") + "，".join(parts or ["没有读到纸"]) + "。"
    if account.papers and account.waiting:
        said += f"以前的还有 {len(account.waiting)} 页待处理。"
    return said + _gap_words(account.gaps) + _refused_words(account.refused)


def _gap_words(gaps: Sequence[Gap]) -> str:
    told = "；".join(f"{gap.number} {gap.words}" for gap in gaps[:5])
    more = f"等 {len(gaps)} 份" if len(gaps) > 5 else ""
    return f"{told}{more}。" if told else ""


def _refused_words(refused: Sequence[tuple[str, Problem]]) -> str:
    told = "".join(f"{shown_name(name)}：{problem.what}" for name, problem in refused[:3])
    more = f"还有 {len(refused) - 3} 个文件没有读。" if len(refused) > 3 else ""
    return told + more
