"""合成一份: the files of one person or unit on one page, with the histories of all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from app.domain.kernel.changes import Changes
from app.domain.kernel.fields import by_name
from app.domain.records import Case, Enterprise, Link, Person, Record, Visit
from app.services.deciding import joined_files
from app.services.deciding.joined_files import FileHeld, JoinedFile, Told, mark_of
from app.services.lists.record_history import lines_of
from app.services.papers.joined_papers import print_joined
from app.ui.fields.links import LinkEditor
from app.ui.fields.suggestion import Surroundings
from app.ui.help.topics import about
from app.ui.keys import CODES, ESCAPE, PRINT, UP_DOWN, Action, Key, key, tell
from app.ui.lists.timeline_list import Moment, TimelineList
from app.ui.page_context import PageContext
from app.ui.pages.inbox.doubles.comparison import VERDICTS
from app.ui.pages.records.kind import WorkPanel
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.loading import Awaited
from app.ui.parts.message_line import MessageLine
from app.ui.parts.table import Cell, Column, Table
from app.ui.printing.paper_panel import PaperPanel
from app.ui.theme import LIGHT

JOINED = key("Ctrl+Shift+J", "合成一份")
_LOOK = Key("Enter", "看另一份")
_JOIN = Key("Ctrl+Enter", "合成一份", ("Ctrl+Return", "Ctrl+Enter"))
_PART = key("Ctrl+Z", "拆开这一份")
_OPEN = key("Ctrl+O", "打开这一份")
_NAMING = {Person: by_name(Case)["person"], Enterprise: by_name(Visit)["enterprise"]}
"""The field with which other records name one of these."""
_LABEL, _VERDICT, _LEAST = 188, 92, 150
_HISTORY = 380
_ASKED = "姓名、名称、编号"
_CHOOSE = "按 Esc 回到记录，在列表里选一份，再按 Ctrl+Shift+J。"
_NOTHING = "这一份没有和别的合成。要合成，填另一份的姓名、名称或编号，按 Enter 先看一看。"
_SURE = "看清楚：是同一个（同一家）的，写理由，按 Ctrl+Enter 合成一份；不是的，按 Esc。"
_KEPT = "各单位的档案都留着、照样能改，统计只算一次；随时可以拆开。"


class JoinedPanel(WorkPanel):
    """Looks at one file with all that are one with it; Esc goes back to the records."""

    def __init__(self, record_type: type[Record], desk: PageContext, around: Surroundings) -> None:
        super().__init__()
        about(self, "joined")
        self._desk, self._type = desk, record_type
        self._record, self._beside = "", ""
        self.seen: JoinedFile | None = None
        self.table = Table("各份的内容", (Column("项目", _LABEL),), by_cell=True, head_height=44)
        self.history = TimelineList("各份的历史")
        search = partial(around.lookups.find, record_type.type_name)
        self.other = LinkEditor(_NAMING[record_type], around, search)
        self.reason = QLineEdit()
        self.said = MessageLine()
        self._make_actions()
        self._lay_out()

    def begin_with(self, record: str | None, selected: Sequence[str]) -> None:
        """Show the file of this record, and beside it the other one that is selected."""
        others = [one for one in selected if one != record]
        self.begin(record or next(iter(others), None))
        if record and others:
            self._show_beside(others[0])

    def begin(self, record: str | None) -> None:
        """Show the file of this record."""
        self._pages.setCurrentWidget(self._card)
        self._record, self._beside = record or "", ""
        self.seen = None
        self.other.left_out = self._record
        self.other.load(None)
        self.reason.clear()
        self._read(self._settle)

    def activate(self) -> None:
        """Put the focus where the files stand."""
        if self._on_paper:
            self.paper.go_in()
            return
        self.table.setFocus()
        self._settle()

    def _settle(self) -> None:
        """One file alone waits for the number of another, unless one went elsewhere meanwhile."""
        alone = self.seen is not None and len(self.seen.files) < 2
        if alone and self.table.hasFocus():
            self.other.setFocus()

    def changed(self, changes: Changes) -> None:
        """A decision, or one of the files, is other than before."""
        if self.isVisible() and changes.types & {Link.type_name, self._type.type_name}:
            self._read()

    # -- making

    def _make_actions(self) -> None:
        self.back = Action(ESCAPE("回到记录"), self.closed.emit, self)
        self.join = Action(_JOIN, self._join, self)
        self.part = Action(_PART, self._part, self)
        self.open = Action(_OPEN, self._open, self)
        self.print = Action(PRINT, self._print, self, icon="printer")
        self.other.next_wanted.connect(self._look)
        self.other.picked.connect(lambda one: self._look())
        self.reason.returnPressed.connect(self._join)
        self.other.line.setPlaceholderText(_ASKED)
        self.reason.setPlaceholderText("理由，例如：电话问过对方")
        self.other.line.setAccessibleName(f"另一份的{_ASKED}")
        self.reason.setAccessibleName("理由")
        tell(self.other, _LOOK, CODES("从列表里选"), _JOIN, ESCAPE)
        tell(self.reason, _JOIN, ESCAPE)
        tell(self.table, UP_DOWN, Key("← →", "选哪一份"), _OPEN, _PART, PRINT, ESCAPE)
        tell(self.history, UP_DOWN, ESCAPE)

    def _lay_out(self) -> None:
        card = Card("合成一份", _KEPT)
        for action in (self.print, self.back):
            card.head.addWidget(KeyButton(action))
        card.body.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        halves = QHBoxLayout(inside)
        halves.setContentsMargins(0, 0, 0, 0)
        halves.setSpacing(0)
        halves.addWidget(self.table, 1)
        self.history.setFixedWidth(_HISTORY)
        halves.addWidget(self.history)
        self._awaited = Awaited(inside)
        card.body.addWidget(self._awaited, 1)
        below = QHBoxLayout()
        below.setContentsMargins(LIGHT.margin, 4, LIGHT.margin, 4)
        below.addWidget(self.said)
        card.body.addLayout(below)
        bar = card.add_bar()
        bar.setSpacing(8)
        for action in (self.open, self.part):
            bar.addWidget(KeyButton(action))
        bar.addWidget(label("另一份", "label"))
        bar.addWidget(self.other, 2)
        bar.addWidget(self.reason, 3)
        bar.addWidget(KeyButton(self.join, primary=True))
        self._card, self.paper = card, PaperPanel(self._desk)
        self.paper.closed.connect(self._leave_paper)
        self._pages = QStackedWidget()
        for page in (self._card, self.paper):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(LIGHT.margin, 8, LIGHT.margin, LIGHT.margin)
        column.addWidget(self._pages)

    # -- what is shown

    def _read(self, then: Callable[[], object] = lambda: None) -> None:
        if not self._record:
            self._show_none()
            return
        job = partial(
            joined_files.joined_file, self._desk.office, self._type, self._record, self._beside
        )
        reading = self._desk.worker.read(job)
        reading.done.connect(partial(self._show, then))
        reading.failed.connect(self._not_found)
        self._awaited.watch(reading)

    def _show_none(self) -> None:
        """Opened before any file was chosen in the list."""
        self.table.set_rows([])
        self.history.moments.show_moments([])
        self._card.title.setText("合成一份")
        self._set_enabled()
        self.said.say("info", _CHOOSE)
        self._awaited.answer()

    def _not_found(self, error: Exception) -> None:
        """There is no such other file: the page stays as it was."""
        self._beside = ""
        self._desk.problems.show(error)

    def _show(self, then: Callable[[], object], seen: JoinedFile) -> None:
        self.seen = seen
        heads = [Column(_head(place, one), least=_LEAST) for place, one in enumerate(seen.files)]
        compared = "比较" if len(heads) > 1 else ""
        self.table.set_columns([Column("项目", _LABEL), *heads, Column(compared, _VERDICT)])
        self.table.set_rows([_cells(line, several=len(seen.files) > 1) for line in _told(seen)])
        self.history.moments.show_moments([_moment(seen, told) for told in seen.history])
        self._card.title.setText(_title(seen))
        self.said.say("info", "；".join(seen.why) or (_SURE if len(seen.files) > 1 else _NOTHING))
        self._set_enabled()
        self._awaited.answer()
        then()

    def _set_enabled(self) -> None:
        """On the paper its own keys work."""
        seen = None if self._on_paper else self.seen
        self.back.setEnabled(not self._on_paper)
        for action in (self.open, self.print):
            action.setEnabled(seen is not None)
        self.part.setEnabled(seen is not None and seen.is_joined)
        self.join.setEnabled(seen is not None and any(not one.joined for one in seen.files))

    @property
    def _on_paper(self) -> bool:
        return self._pages.currentWidget() is self.paper

    @property
    def _chosen(self) -> FileHeld | None:
        """The file whose column is chosen, else the first."""
        if self.seen is None:
            return None
        place = max(self.table.currentIndex().column() - 1, 0)
        return self.seen.files[min(place, len(self.seen.files) - 1)]

    # -- what is done

    def _look(self) -> None:
        """Show another file beside, before anything is decided."""
        self._beside = self._meant
        if self._beside:
            self._read(self.reason.setFocus)

    def _show_beside(self, record: str) -> None:
        """As if it had been chosen in the line."""
        self.other.load(record)
        self._look()

    @property
    def _meant(self) -> str:
        """The other file: the one chosen, else its 编号 as it was typed."""
        return str(self.other.typed() or "").strip()

    def _join(self) -> None:
        """Only what was looked at is joined."""
        if not self._beside or self._meant != self._beside:
            self._look()
            return
        job = partial(
            joined_files.join,
            self._desk.office,
            self._type,
            self._record,
            self._beside,
            self.reason.text(),
            known=self.seen.decided if self.seen else None,
        )
        writing = self._desk.worker.write(job)
        writing.done.connect(lambda saved: self._joined())
        writing.failed.connect(self._not_joined)

    def _joined(self) -> None:
        self._beside = ""
        self.other.load(None)
        self.reason.clear()
        self._read(self.table.setFocus)

    def _not_joined(self, error: Exception) -> None:
        """Why is said, and what stands there now is seen."""
        self._desk.problems.show(error)
        self._read()

    def _part(self) -> None:
        one = self._chosen
        if one is not None:
            known = self.seen.links if self.seen else None
            job = partial(joined_files.part, self._desk.office, self._type, one.id, known=known)
            writing = self._desk.worker.write(job)
            writing.ended.connect(self._read)

    def _open(self) -> None:
        one = self._chosen
        if one is not None:
            self.closed.emit()
            self._desk.open(self._type.type_name, one.id)

    # -- taken along

    def _print(self) -> None:
        if self.seen is not None:
            self._turn(self.paper)
            render = partial(print_joined, self._desk.office, self.seen)
            self.paper.show_paper(_title(self.seen), "有个人信息，注意保管。", render)
            self.paper.go_in()

    def _leave_paper(self) -> None:
        self._turn(self._card)
        self.table.setFocus()

    def _turn(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        self._set_enabled()


def _head(place: int, one: FileHeld) -> str:
    state = "，已作废" if one.void else "" if one.joined else "，还没有合成"
    return f"{mark_of(place)}　{one.number}\n{one.unit}{state}"


def _title(seen: JoinedFile) -> str:
    count = sum(one.joined for one in seen.files)
    name = seen.files[0].name or seen.files[0].number
    return f"{name}：{count} 份合成一份" if seen.is_joined else f"{name}：一份"


def _told(seen: JoinedFile) -> list[joined_files.Line]:
    """What differs stands above what all say alike."""
    return sorted(seen.lines, key=lambda line: line.verdict == "same")


def _cells(line: joined_files.Line, *, several: bool) -> list[Cell]:
    words, kind = VERDICTS[line.verdict]
    end = Cell(words, chip=kind) if several else Cell()
    return [Cell(line.label), *(Cell(text or "—") for text in line.words), end]


def _moment(seen: JoinedFile, told: Told) -> Moment:
    entry, held = told.entry, seen.files[told.file]
    mark = f"{mark_of(told.file)}　" if len(seen.files) > 1 else ""
    return Moment(
        f"{mark}{entry.who}　{entry.deed}",
        entry.at[:16].replace("T", " "),
        lines_of(entry),
        "现在的内容" if entry.now else "还没有汇总" if entry.waits else "",
        "ok" if entry.now else "held",
        full=entry.now,
        key=held.id,
    )
