"""随机抽取: all draws, one of them with its units, a new one, and its paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import Problem
from app.domain.kernel.file_names import safe_file_name
from app.domain.records import Draw, Enterprise, Link, Plan
from app.services.papers.draw_papers import print_draw
from app.services.planning import draw_files, draws
from app.services.planning.draws import DrawSeen, Made, Replaced
from app.services.planning.placing import Placed
from app.ui.fields.suggestion import Surroundings
from app.ui.help.topics import about
from app.ui.keys import EXPORT, NEW, PRINT, UP_DOWN, VOID, Action, Key, key, tell
from app.ui.page_context import PageContext
from app.ui.pages.draws.draw_card import REPLACE, DrawCard
from app.ui.pages.draws.file_check import FileCheck
from app.ui.pages.draws.new_draw import NewDraw
from app.ui.parts.card import Card
from app.ui.parts.empty import EmptyState
from app.ui.parts.late_focus import focus_late
from app.ui.parts.loading import Awaited
from app.ui.parts.reading import Reading
from app.ui.parts.table import Cell, Column, Table
from app.ui.printing.paper_panel import PaperPanel
from app.ui.theme import LIGHT
from app.ui.worker import Job
from database.state.states import State

CHECK = key("Ctrl+K", "重新核验")
PLAN = key("Ctrl+M", "排进工作安排")
_COLUMNS = (Column("抽取"), Column("抽中", 56, right=True))
_LIST, _NARROW = 300, 240
_FOLDER = "export/folder"
_WHY = (
    "从单位名录里随机抽取要走访的单位，可以分层抽。\n"
    "名单、种子和结果都记下来，谁都可以照着重新算一遍。"
)


class DrawsView(QWidget):
    """`shown` when a draw stands there, `listed` when the list was read, `refused`.

    `reshaped` when the header offers other actions.
    """

    shown = Signal()
    listed = Signal()
    refused = Signal()
    done = Signal()
    reshaped = Signal()

    def __init__(self, desk: PageContext, around: Surroundings) -> None:
        super().__init__()
        about(self, "draws")
        self._desk = desk
        self._draws: Sequence[State[Draw]] = ()
        self._wanted = ""
        self._said = ("", "")
        self.seen: DrawSeen | None = None
        self.paper: PaperPanel | None = None
        self.work = QWidget()
        self.table = Table("抽取的清单", _COLUMNS)
        tell(self.table, UP_DOWN("选抽取"), Key("Enter", "到单位"))
        self._make_actions()
        self.card = DrawCard([self.void, self.replace, self.check], self.plan)
        self.new = NewDraw(desk, around)
        self.reading = Reading(desk.worker, partial(draws.listed, desk.office), self)
        self._lay_out()
        self._listen()

    # -- what the page asks

    @property
    def actions_shown(self) -> Sequence[Action]:
        """What the header offers here."""
        if not self._at_rest:
            return ()
        of_one = (self.export, self.print) if self.work.isVisibleTo(self) else ()
        return (self.verify, *of_one, self.begin)

    @property
    def _at_rest(self) -> bool:
        """Whether the list stands there, or is read: nothing is drawn or looked at as paper."""
        return self._stack.currentWidget() is self._awaited

    def activate(self) -> None:
        """Put the focus where work goes on; read the list when it was never read."""
        if self._awaited.waits and self.reading.under_way is None:
            self.reading.start()
        if self._stack.currentWidget() is self.new:
            self.new.activate()
        elif self.paper is not None and self._stack.currentWidget() is self.paper:
            self.paper.go_in()
        elif self._awaited.waits:
            self._awaited.sign.setFocus()
        else:
            (self.focusWidget() or self._first).setFocus()

    def changed(self, changes: Changes) -> None:
        """Records were written, here or elsewhere."""
        if self._awaited.waits:
            return
        if changes.types & {Draw.type_name, Plan.type_name}:
            self.reading.start()
        if changes.types & {Enterprise.type_name, Link.type_name} and not self.new.isHidden():
            self.new.outdate()

    def search(self, text: str) -> None:
        """There is nothing here that the search box narrows."""

    def set_narrow(self, narrow: bool) -> None:
        """The window is small."""
        self._list.setFixedWidth(_NARROW if narrow else _LIST)
        self.card.set_narrow(narrow)

    # -- making

    def _make_actions(self) -> None:
        self.begin = Action(NEW("新的抽取"), self._begin, self, icon="plus")
        self.print = Action(PRINT("打印结果单"), self.show_paper, self.work, icon="printer")
        self.export = Action(
            EXPORT("导出核验文件"), self._ask_where, self.work, icon="upload-simple"
        )
        self.file_check = FileCheck(self._desk, self)
        self.verify = self.file_check.action(self)
        self.plan = Action(PLAN, self._plan, self.work)
        self.check = Action(CHECK, self._check, self.work)
        self.void = Action(VOID, self._ask_void, self.work)
        self.replace = Action(REPLACE, self._ask_replacement, self.work)

    def _lay_out(self) -> None:
        self._list = Card("随机抽取", " ")
        self._list.body.setContentsMargins(0, 0, 0, 0)
        self._list.body.addWidget(self.table)
        row = QHBoxLayout(self.work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LIGHT.gap)
        row.addWidget(self._list)
        row.addWidget(self.card, 1)
        self._list.setFixedWidth(_LIST)
        self._nothing = EmptyState("dice-five", "还没有抽取", _WHY, [self.begin])
        self._list_or_none = QStackedWidget()
        for part in (self._nothing, self.work):
            self._list_or_none.addWidget(part)
        self._awaited = Awaited(self._list_or_none)
        self._awaited.follow(self.reading)
        self._stack = QStackedWidget()
        for place in (self._awaited, self.new):
            self._stack.addWidget(place)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _listen(self) -> None:
        self.reading.done.connect(self._show_list)
        self.table.chosen_row.connect(self._choose)
        self.table.entered_row.connect(lambda row: self.card.table.setFocus())
        self.card.replacing.connect(self._replace)
        self.card.voiding.connect(self._void)
        self.new.closed.connect(self._leave_new)
        self.new.made.connect(self._made)

    # -- the list

    @property
    def _first(self) -> QWidget:
        if self._awaited.waits:
            return self._awaited.sign
        return self.table if self._draws else self._nothing

    def _show_list(self, found: Sequence[State[Draw]]) -> None:
        chosen = self._wanted or (self.seen.state.id if self.seen else "")
        self._draws = found
        self.table.set_rows([_row(one) for one in found])
        self._list_or_none.setCurrentWidget(self.work if found else self._nothing)
        places = [n for n, one in enumerate(found) if one.id == chosen]
        row = places[0] if places else 0
        if self.table.row != row and found:
            self.table.selectRow(row)
        elif found:
            self._choose(row)
        waited = self._awaited.sign.hasFocus()
        self._awaited.answer()
        if waited:
            self._first.setFocus()
        self._settle()
        self.reshaped.emit()
        self.listed.emit()

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._draws):
            self._wanted = self._draws[row].id
            job = partial(draws.seen, self._desk.office, self._wanted)
            self._desk.worker.read(job).done.connect(self._show)

    def _show(self, seen: DrawSeen) -> None:
        if seen.state.id != self._wanted:
            return
        other = self.seen is None or self.seen.state.id != seen.state.id
        self.seen = seen
        self.card.show_draw(seen)
        if other or self._said[0]:
            self.card.say(*self._said)
            self._said = ("", "")
        self._settle()
        self.shown.emit()

    def _settle(self) -> None:
        there = bool(self._draws) and self.seen is not None
        own = there and self.seen is not None and self.seen.own and not self.seen.state.void
        for action in (self.print, self.export, self.check):
            action.setEnabled(there)
        for action in (self.void, self.replace, self.plan):
            action.setEnabled(own)

    # -- a new one

    def _begin(self) -> None:
        self._show_place(self.new)
        self.new.begin()

    def _leave_new(self) -> None:
        self._show_place(self._awaited)
        self._first.setFocus()

    def _show_place(self, place: QWidget) -> None:
        """While a draw is made or a paper looked at, the keys of the list are not heard."""
        self._stack.setCurrentWidget(place)
        for action in (self.begin, self.verify):
            action.setEnabled(self._at_rest)
        self.reshaped.emit()

    def _made(self, made: Made) -> None:
        draw = made.state.record
        self._wanted = made.state.id
        self._said = ("ok", f"抽中 {len(draw.results)} 家，已记为 {draw.number}。请打印，签字。")
        self._show_place(self._awaited)
        focus_late(self, self.table)
        self.reading.start()

    # -- what is done with one

    def _ask_void(self) -> None:
        self.card.ask_void()

    def _ask_replacement(self) -> None:
        self.card.ask_replacement()

    def _replace(self, unit: str, reason: str) -> None:
        assert self.seen is not None
        job = partial(draws.replace, self._desk.office, self.seen.state.id, unit, reason)
        self._write(job, lambda came: self._tell(_came(came)))

    def _void(self, reason: str) -> None:
        assert self.seen is not None
        job = partial(draws.void, self._desk.office, self.seen.state.id, reason)
        words = "这次抽取已作废，编号留着。已经排进工作安排的没有动。"
        self._write(job, lambda done: self._tell(words))

    def _plan(self) -> None:
        if self.seen is not None:
            job = partial(draws.make_plans, self._desk.office, self.seen.state.id)
            self._write(job, lambda placed: self._tell(_placed(placed)))

    def _check(self) -> None:
        if self.seen is not None:
            checking = self._desk.worker.read(
                partial(draw_files.check, self._desk.office, self.seen.state.id), long=True
            )
            words = "照名单和种子重新算过，结果相同。"
            checking.done.connect(lambda file: self._tell(words))
            checking.failed.connect(self._refuse)

    def _write(self, job: Job, told: Callable[..., None]) -> None:
        writing = self._desk.worker.write(job)
        writing.done.connect(told)
        writing.failed.connect(self._refuse)

    def _tell(self, words: str) -> None:
        self._said = ("ok", words)
        self.card.say("ok", words)
        self.done.emit()

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, Problem):
            self.card.say("error", str(error))
        else:
            self._desk.problems.show(error)
        self.refused.emit()

    # -- paper and file

    def show_paper(self) -> None:
        """抽取结果单 in the place of the list."""
        if self.seen is None:
            return
        if self.paper is None:
            self.paper = PaperPanel(self._desk)
            self.paper.closed.connect(self._leave_new)
            self._stack.addWidget(self.paper)
        self._show_place(self.paper)
        render = partial(print_draw, self._desk.office, draw=self.seen.state.id)
        title = f"随机抽取结果单　{self.seen.state.record.number}"
        self.paper.show_paper(title, "抽取人和监督人当场签字，留存备查。", render)
        self.paper.go_in()

    def _ask_where(self) -> None:
        if self.seen is None:
            return
        folder = Path(self._desk.memory.text(_FOLDER, str(Path.home())))
        name = safe_file_name(f"随机抽取 {self.seen.state.record.number}.json")
        dialog = QFileDialog(self, "导出核验文件", str(folder / name), "抽取文件 (*.json)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.fileSelected.connect(lambda chosen: self.save_to(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_to(self, place: Path) -> None:
        """Write the file that anybody can check."""
        assert self.seen is not None
        self._desk.memory.keep(_FOLDER, str(place.parent))
        job = partial(draw_files.write_file, self._desk.office, self.seen.state.id, place)
        writing = self._desk.worker.read(job, long=True)
        writing.done.connect(lambda written: self._tell(f"核验文件已存为“{written}”。"))
        writing.failed.connect(self._refuse)


def _row(one: State[Draw]) -> list[Cell | str]:
    draw = one.record
    day = f"{draw.drawn_at:%Y-%m-%d}" if draw.drawn_at else ""
    note = f"{day}　已作废" if one.void else day
    return [Cell(draw.title, note=note), f"{len(draw.results):,}"]


def _came(came: Replaced) -> str:
    moved = "，走访安排也换成了它" if came.planned else ""
    return f"换成“{came.unit.name}”（第 {came.unit.place} 家）{moved}。"


def _placed(placed: Placed) -> str:
    left = f"{placed.skipped} 家以前排过，没有重排。" if placed.skipped else ""
    return f"排进 {len(placed.plans)} 家，在“安排表”的“没定日期”一栏（Alt+1）。{left}"
