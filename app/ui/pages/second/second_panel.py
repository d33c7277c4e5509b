"""二次录入: paper after paper is keyed again into an empty form, and what differs is decided."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.kernel.errors import Problem
from app.domain.records import Record
from app.domain.records.paper_mark import PAPER_MARKS
from app.services.records import keying_samples, second_comparison, second_drafts, second_papers
from app.services.records.keying_samples import Sample
from app.services.records.second_comparison import Again, Compared, Settled
from app.services.records.second_papers import Paper, Waiting
from app.ui.fields.suggestion import Surroundings
from app.ui.forms.record_form import RecordForm
from app.ui.help.topics import about
from app.ui.keys import ESCAPE, MARK, NEW, SAVE_NEXT, Action, key, tell
from app.ui.page_context import PageContext
from app.ui.pages.records.kind import WorkPanel
from app.ui.pages.second.choice_table import ChoiceTable
from app.ui.pages.second.paper_layout import paper_layout
from app.ui.pages.second.start_view import StartView, sample_words
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.loading import Awaited
from app.ui.parts.message_line import MessageLine
from app.ui.theme import LIGHT
from app.ui.worker import Word

SECOND = key("Ctrl+Shift+K", "二次录入")
_START, _FORM, _CHOICE = range(3)


class SecondPanel(WorkPanel):
    """Stands in the place of the records of one type.

    `listed` when it is known what waits, `given` when the form of a paper is there, `compared`
    when something differs, `settled(Settled)` when a paper is done, `refused` when something
    could not be done.
    """

    listed = Signal()
    given = Signal()
    compared = Signal()
    settled = Signal(object)
    refused = Signal()

    def __init__(self, record_type: type[Record], desk: PageContext, around: Surroundings) -> None:
        super().__init__()
        about(self, "second")
        self._type, self._desk, self._office = record_type, desk, desk.office
        self._paper: Paper | None = None
        self._again: Again | None = None
        self._found: Compared | None = None
        self._waiting = Waiting((), 0, 0, 0, 0)
        self._busy = False
        self.form = RecordForm(around, layouts={record_type: paper_layout(record_type)})
        self.form.begin(record_type)
        self.table = ChoiceTable(lambda name: self.form.cells()[name].placed.label)
        self.start, self.said = StartView(desk.memory), MessageLine()
        self._make_actions()
        self._lay_out()
        self.form.draft_due.connect(lambda typed: self.keep())

    # -- what the page asks

    def begin(self, record: str | None) -> None:
        """Show what waits."""
        self._say("")
        self._look()

    def activate(self) -> None:
        place = self._stack.currentIndex()
        if place == _FORM:
            self.form.jump_to(self.form.here or next(iter(self.form.cells())))
        elif place == _CHOICE:
            self.table.setFocus()
        else:
            self.start.every.setFocus()
            self.start.every.selectAll()

    def keep(self) -> None:
        """What was typed of a paper that is not finished comes back with it."""
        if self._paper is not None and not self._busy and self.form.dirty:
            job = partial(
                second_drafts.keep, self._office, self._type, self._paper.record, self.form.typed()
            )
            self._desk.worker.write(job).failed.connect(self._refuse)

    @property
    def note(self) -> str:
        """Which paper is to be taken out, "" while none is."""
        return self._card.note.text()

    # -- making

    def _make_actions(self) -> None:
        self.back = Action(ESCAPE("返回"), self._leave, self)
        self.draw = Action(NEW("抽样"), self._draw, self)
        self.go = Action(SAVE_NEXT("开始录"), self._go_on, self)

    def _lay_out(self) -> None:
        self._card = Card("二次录入", " ")
        self._stack = QStackedWidget()
        self._awaited = Awaited(self.start)
        for part in (self._awaited, self.form, self.table):
            self._stack.addWidget(part)
        self._below = QWidget()
        below = QHBoxLayout(self._below)
        below.setContentsMargins(LIGHT.margin, 6, LIGHT.margin, 6)
        below.addWidget(self.said)
        body = self._card.body
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self._stack, 1)
        body.addWidget(self._below)
        bar = self._card.add_bar()
        bar.addWidget(KeyButton(self.back))
        bar.addStretch(1)
        for action in (self.draw, self.table.first, self.table.second):
            bar.addWidget(KeyButton(action))
        bar.addWidget(KeyButton(self.go, primary=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[LIGHT.margin] * 4)
        column.addWidget(self._card)

    # -- what is shown

    def _turn(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        starting, choosing = place == _START, place == _CHOICE
        self.draw.setVisible(starting)
        self.draw.setEnabled(starting)
        self.table.first.setVisible(choosing)
        self.table.second.setVisible(choosing)
        words = {_START: "开始录", _FORM: "录完，比对", _CHOICE: "存好，下一张"}
        self.go.setText(words[place])
        self.go.setEnabled(not self._busy and (not starting or bool(self._waiting.mine)))
        self._tell_keys(place)
        self.activate()

    def _tell_keys(self, place: int) -> None:
        """What can be pressed now, for whatever has the focus here."""
        usable = [one for one in (self.go, self.draw, self.back) if one.isEnabled()]
        marks = (MARK,) if place == _FORM else ()
        tell(self, *marks, *(one.key(one.text()) for one in usable))

    def _look(self) -> None:
        job = partial(second_papers.waiting, self._office, self._type)
        reading = self._desk.worker.read(job)
        self._awaited.wait(reading, at_once=False)
        reading.done.connect(self._show_waiting)
        reading.failed.connect(self._refuse)

    def _show_waiting(self, found: Waiting) -> None:
        self._waiting = found
        self._paper = self._again = self._found = None
        self._card.note.setText("")
        self.start.show_waiting(found)
        self._awaited.answer()
        self._turn(_START)
        self.listed.emit()

    # -- drawing

    def _draw(self) -> None:
        job = partial(keying_samples.draw, self._office, self._type, self.start.take_every())
        drawing = self._desk.worker.write(job)
        drawing.done.connect(self._drawn)
        drawing.failed.connect(self._refuse)

    def _drawn(self, sample: Sample) -> None:
        self._say(sample_words(sample), "ok")
        self._look()

    # -- keying

    def _go_on(self) -> None:
        """The one big key: begin, compare, keep."""
        place = self._stack.currentIndex()
        if self._busy:
            return
        if place == _START and self._waiting.mine:
            self._say("")
            self._open(self._waiting.mine[0])
        elif place == _FORM:
            self._compare()
        elif place == _CHOICE:
            self._keep()

    def _open(self, record: str) -> None:
        reading = self._desk.worker.read(
            partial(second_papers.paper, self._office, self._type, record)
        )
        reading.done.connect(self._show_paper)
        reading.failed.connect(self._refuse)

    def _show_paper(self, paper: Paper) -> None:
        self._paper = paper
        told = "　".join(filter(None, (paper.number, paper.title, paper.day)))
        left = len(self._waiting.mine)
        self._card.note.setText(f"请拿出这一张：{told}　连这张还有 {left} 张")
        self.form.begin(self._type, paper.campaign)
        self.form.date_by(paper.windows)
        if paper.half is not None:
            self.form.restore(paper.half.typed)
            self._say(f"接着 {paper.half.at[5:16].replace('T', ' ')} 录了一半的。", "info")
        self._turn(_FORM)
        self.form.focus_first()
        self.given.emit()

    def _compare(self) -> None:
        """What cannot be read is mended first; nothing else is asked of the paper."""
        assert self._paper is not None
        self.form.body()
        if problems := self.form.problems:
            self.form.show_findings(problems)
            self.form.go_back_to(problems[0])
            self._say(problems[0].sentence, "error")
            self.refused.emit()
            return
        fields = tuple(self.form.cells())
        named = {*fields, PAPER_MARKS}
        typed = {name: value for name, value in self.form.typed().items() if name in named}
        self._again = Again(self._paper.record, self._paper.h, fields, typed)
        self._work(
            partial(second_comparison.compare, self._office, self._type, self._again)
        ).connect(self._show_compared)

    def _show_compared(self, found: Compared) -> None:
        self._busy = False
        self._found = found
        if not found.differing:
            self._settle(())
            return
        self._say(f"有 {len(found.differing)} 栏不一样，请看纸定哪个对。", "warning")
        self.table.begin(found.differing)
        self._turn(_CHOICE)
        self.compared.emit()

    def _keep(self) -> None:
        assert self._found is not None
        if open_ := self.table.go_to_open():
            self._say(f"还有 {open_} 栏没有定，按 1 或 2。", "error")
            self.refused.emit()
            return
        self._settle(self.table.second_right)

    def _settle(self, second_right: tuple[str, ...]) -> None:
        assert self._again is not None
        job = partial(second_comparison.settle, self._office, self._type, self._again, second_right)
        self._work(job).connect(self._show_settled)

    def _show_settled(self, done: Settled) -> None:
        self._busy, self._paper = False, None
        same = f"两遍一样，{done.compared} 栏，已核对。"
        mended = f"改正 {done.mended} 栏。" if done.mended else "原来录的都对。"
        self._say(same if not done.differing else f"不一样 {done.differing} 栏，{mended}", "ok")
        self.settled.emit(done)
        job = partial(second_papers.waiting, self._office, self._type)
        reading = self._desk.worker.read(job)
        reading.done.connect(self._go_to_next)
        reading.failed.connect(self._refuse)

    def _go_to_next(self, found: Waiting) -> None:
        if not found.mine:
            self._show_waiting(found)
            return
        self._waiting = found
        self._open(found.mine[0])

    # -- leaving, and what goes wrong

    def _leave(self) -> None:
        """Out of a paper first, which is kept as far as it was keyed; then out of the panel."""
        place = self._stack.currentIndex()
        if place == _START:
            self.closed.emit()
        elif place == _CHOICE:
            self._turn(_FORM)
        elif not self._busy:
            begun = self.form.dirty
            self.keep()
            self.form.load({})
            self._say("这一张录了一半，留着了，下次接着录。" if begun else "", "ok")
            self._look()

    def _work(self, job: Callable[[], object]) -> Word:
        self._busy = True
        self._say("")
        writing = self._desk.worker.write(job)
        writing.failed.connect(self._refuse)
        return writing.done

    def _refuse(self, error: Exception) -> None:
        self._busy = False
        if isinstance(error, Problem):
            self._say(str(error), "error")
        else:
            self._desk.problems.show(error)
        self.refused.emit()

    def _say(self, words: str, kind: str = "info") -> None:
        self.said.say(kind, words)
        self._below.setVisible(bool(words))
