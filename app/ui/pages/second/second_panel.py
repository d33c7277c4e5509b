"""二次录入: paper after paper is keyed again into an empty form, and what differs is decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from app.domain.kernel.errors import Problem
from app.domain.records import Record
from app.services.records import second_keying
from app.services.records.second_keying import (
    LEAST,
    MOST,
    Again,
    Compared,
    Paper,
    Sample,
    Settled,
    Waiting,
)
from app.ui.fields.suggestion import Surroundings
from app.ui.forms.layouts import LAYOUTS
from app.ui.forms.layouts.shape import BEHIND, Cell, Group, Layout, Line, cell
from app.ui.forms.record_form import RecordForm
from app.ui.help.topics import about
from app.ui.keys import ESCAPE, NEW, SAVE_NEXT, UP_DOWN, Action, Key, key, tell
from app.ui.page_context import PageContext
from app.ui.pages.records.kind import WorkPanel
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.message_line import MessageLine
from app.ui.parts.table import Cell as Shown
from app.ui.parts.table import Column, Table
from app.ui.theme import LIGHT
from app.ui.worker import Word

SECOND = key("Ctrl+Shift+K", "二次录入")
_FIRST_RIGHT, _SECOND_RIGHT = key("1", "原来录的对"), key("2", "这次录的对")
_MEMORY, _USUAL = "second/every", "10"
_WHAT = (
    "从新录的里面抽几张，换一位经办人照着纸再录一遍，录的时候看不到原来的。"
    "两遍一样的就算已核对；不一样的并排列出来，看纸定哪个对。"
)
_COLUMNS = (Column("项目", 200), Column("原来录的"), Column("这次录的"), Column("哪个对", 120))
_START, _FORM, _CHOICE = range(3)


def paper_layout(record_type: type[Record]) -> Layout:
    """What the paper has of a type, without offers that would tell what was keyed before."""
    groups = LAYOUTS[record_type].groups
    return Layout(
        tuple(replace(one, lines=_plain(one)) for one in groups if one.title != BEHIND), rest=False
    )


def _plain(group: Group) -> tuple[Line, ...]:
    return tuple(
        (_bare(line[0]), _bare(line[1])) if isinstance(line, tuple) else _bare(line)
        for line in group.lines
    )


def _bare(part: str | Cell) -> Cell:
    return replace(cell(part), suggests="", fills="", opens="")


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
        self._chosen: dict[str, int] = {}
        self._waiting = Waiting((), 0, 0, 0, 0)
        self._leaving = self._busy = False
        self.form = RecordForm(
            around, layouts={record_type: paper_layout(record_type)}, marks=False
        )
        self.form.begin(record_type)
        self.table = Table("不一样的栏", _COLUMNS)
        self.every, self.said = QLineEdit(), MessageLine()
        self._make_actions()
        self._lay_out()
        self.table.entered_row.connect(lambda row: self._choose(2))

    # -- what the page asks

    def begin(self, record: str | None) -> None:
        """Show what waits."""
        self._say("")
        self._look()

    def activate(self) -> None:
        place = self._stack.currentIndex()
        if place == _FORM:
            self.form.jump_to(self.form.here or next(iter(self.form.cells())))
        else:
            (self.table if place == _CHOICE else self.every).setFocus()

    @property
    def note(self) -> str:
        """Which paper is to be taken out, "" while none is."""
        return self._card.note.text()

    # -- making

    def _make_actions(self) -> None:
        self.back = Action(ESCAPE("返回"), self._leave, self)
        self.draw = Action(NEW("抽样"), self._draw, self)
        self.go = Action(SAVE_NEXT("开始录"), self._go_on, self)
        self.first = Action(_FIRST_RIGHT, partial(self._choose, 1), self.table)
        self.second = Action(_SECOND_RIGHT, partial(self._choose, 2), self.table)

    def _lay_out(self) -> None:
        self._card = Card("二次录入", " ")
        tell(self.table, UP_DOWN, _FIRST_RIGHT, _SECOND_RIGHT, Key("Enter", "这次录的对"))
        self._stack = QStackedWidget()
        for part in (self._starting(), self.form, self.table):
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
        for action in (self.draw, self.first, self.second):
            bar.addWidget(KeyButton(action))
        bar.addWidget(KeyButton(self.go, primary=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[LIGHT.margin] * 4)
        column.addWidget(self._card)

    def _starting(self) -> QWidget:
        page = QWidget()
        what = label(_WHAT, "note")
        what.setWordWrap(True)
        self.every.setValidator(QIntValidator(LEAST, MOST, self))
        self.every.setText(self._desk.memory.text(_MEMORY, _USUAL))
        self.every.setFixedWidth(72)
        self.every.setAccessibleName("每几条抽一条")
        line = QHBoxLayout()
        for part in (label("每"), self.every, label("条新录的抽一条，从随机的一条起")):
            line.addWidget(part)
        line.addStretch(1)
        self.waits, self.others, self.rate = label("", "strong"), label(), label("", "note")
        column = QVBoxLayout(page)
        column.setContentsMargins(*[LIGHT.margin] * 4)
        column.setSpacing(LIGHT.gap)
        column.addWidget(what)
        column.addLayout(line)
        for told in (self.waits, self.others, self.rate):
            told.setWordWrap(True)
            column.addWidget(told)
        column.addStretch(1)
        return page

    # -- what is shown

    def _turn(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        starting, choosing = place == _START, place == _CHOICE
        self.draw.setVisible(starting)
        self.draw.setEnabled(starting)
        self.first.setVisible(choosing)
        self.second.setVisible(choosing)
        words = {_START: "开始录", _FORM: "录完，比对", _CHOICE: "存好，下一张"}
        self.go.setText(words[place])
        self.go.setEnabled(not self._busy and (not starting or bool(self._waiting.mine)))
        self._leaving = False
        self.activate()

    def _look(self) -> None:
        job = partial(second_keying.waiting, self._office, self._type)
        reading = self._desk.worker.read(job)
        reading.done.connect(self._show_waiting)
        reading.failed.connect(self._refuse)

    def _show_waiting(self, found: Waiting) -> None:
        self._waiting = found
        self._paper = self._again = self._found = None
        self._card.note.setText("")
        mine, others = len(found.mine), found.others
        self.waits.setText(f"等您录的有 {mine} 张。" if mine else "没有等您录的。")
        self.others.setText(
            f"还有 {others} 张是您自己录的，要换一位经办人来录（Ctrl+L）。" if others else ""
        )
        self.others.setVisible(bool(others))
        self.rate.setText(rate_words(found))
        self._turn(_START)
        self.listed.emit()

    # -- drawing

    def _draw(self) -> None:
        typed = self.every.text().strip()
        every = int(typed) if typed.isascii() and typed.isdigit() else 0
        self._desk.memory.keep(_MEMORY, typed)
        job = partial(second_keying.draw, self._office, self._type, every)
        drawing = self._desk.worker.write(job)
        drawing.done.connect(self._drawn)
        drawing.failed.connect(self._refuse)

    def _drawn(self, sample: Sample) -> None:
        self._say(
            f"新录的 {sample.among} 条，每 {sample.every} 条抽一条，从第 {sample.start} 条起，"
            f"抽到 {sample.drawn} 张。",
            "ok",
        )
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
            partial(second_keying.paper, self._office, self._type, record)
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
        typed: Mapping[str, object] = {
            name: value for name, value in self.form.typed().items() if name in self.form.cells()
        }
        fields = tuple(self.form.cells())
        self._again = Again(self._paper.record, self._paper.h, fields, typed)
        self._work(partial(second_keying.compare, self._office, self._type, self._again)).connect(
            self._show_compared
        )

    def _show_compared(self, found: Compared) -> None:
        self._busy = False
        self._found, self._chosen = found, {}
        if not found.differing:
            self._settle(())
            return
        self._say(f"有 {len(found.differing)} 栏不一样，请看纸定哪个对。", "warning")
        self._show_choice(0)
        self._turn(_CHOICE)
        self.compared.emit()

    def _show_choice(self, row: int) -> None:
        assert self._found is not None
        self.table.set_rows(
            [
                [
                    self.form.cells()[one.field].placed.label,
                    Shown(one.first or "（空）", bold=self._chosen.get(one.field) == 1),
                    Shown(one.second or "（空）", bold=self._chosen.get(one.field) == 2),
                    Shown(_WORDS[self._chosen.get(one.field, 0)]),
                ]
                for one in self._found.differing
            ]
        )
        self.table.selectRow(row)

    def _choose(self, which: int) -> None:
        row = self.table.row
        if self._found is None or self._busy or not 0 <= row < len(self._found.differing):
            return
        self._chosen[self._found.differing[row].field] = which
        self._show_choice(min(row + 1, len(self._found.differing) - 1))

    def _keep(self) -> None:
        assert self._found is not None
        open_ = [n for n, d in enumerate(self._found.differing) if d.field not in self._chosen]
        if open_:
            self.table.selectRow(open_[0])
            self._say(f"还有 {len(open_)} 栏没有定，按 1 或 2。", "error")
            self.refused.emit()
            return
        self._settle(tuple(name for name, which in self._chosen.items() if which == 2))

    def _settle(self, second_right: tuple[str, ...]) -> None:
        assert self._again is not None
        job = partial(second_keying.settle, self._office, self._type, self._again, second_right)
        self._work(job).connect(self._show_settled)

    def _show_settled(self, done: Settled) -> None:
        self._busy = False
        same = f"两遍一样，{done.compared} 栏，已核对。"
        mended = f"改正 {done.mended} 栏。" if done.mended else "原来录的都对。"
        self._say(same if not done.differing else f"不一样 {done.differing} 栏，{mended}", "ok")
        self.settled.emit(done)
        job = partial(second_keying.waiting, self._office, self._type)
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
        """Out of a paper first, asked once where something was typed; then out of the panel."""
        place = self._stack.currentIndex()
        if place == _START:
            self.closed.emit()
        elif (place == _CHOICE or self.form.dirty) and not self._leaving:
            self._leaving = True
            self._say("这一张还没有存好。再按一次 Esc 就不要了，接着做就留着。", "warning")
        elif not self._busy:
            self.form.load({})
            self._say("")
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


_WORDS = ("请定", "原来录的", "这次录的")


def rate_words(found: Waiting) -> str:
    """How often two operators read one paper differently."""
    if not found.done:
        return ""
    rate = f"（{found.differing / found.compared:.1%}）" if found.compared else ""
    return f"已再录 {found.done} 张，比对 {found.compared} 栏，不一样 {found.differing} 栏{rate}。"
