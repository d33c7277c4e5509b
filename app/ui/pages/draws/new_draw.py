"""A new draw: the list is fixed first and shown, then the seed is said, then it is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.campaign.random_draw import Allocation, numbers
from app.domain.kernel.errors import Problem, UserError
from app.domain.records import Enterprise
from app.domain.values.person_names import parted_names
from app.services.figures.statistics import Choice as Campaign
from app.services.figures.statistics import campaigns
from app.services.planning import draws
from app.services.planning.draw_frames import PARTS, DrawnFrom, FrameFound, frame_of
from app.services.planning.draws import DrawWish, Made
from app.ui.fields.suggestion import Surroundings
from app.ui.forms.layouts import titles_of
from app.ui.help.topics import about
from app.ui.keys import ESCAPE, FILTER, UP_DOWN, Action, Key, tell
from app.ui.lists.chips.chip_bar import ChipBar
from app.ui.lists.chips.narrowing import Narrowing
from app.ui.lists.chips.saved_menu import SavedMenu
from app.ui.page_context import PageContext
from app.ui.pages.draws.draw_card import grouped
from app.ui.pages.settings.form import Form, text_field
from app.ui.parts.card import Card
from app.ui.parts.choice import Choice
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.loading import Awaited
from app.ui.parts.message_line import MessageLine
from app.ui.parts.reading import Reading
from app.ui.parts.table import Column, Table
from app.ui.parts.work_bar import WorkBar
from app.ui.theme import LIGHT

DRAW = Key("Ctrl+Enter", "抽取", ("Ctrl+Return", "Ctrl+Enter"))
_COLUMNS = (Column("层"), Column("家数", 90, right=True), Column("抽取", 90, right=True))
_WIDE, _NUMBER = 330, 90
_ALLOCATIONS = (
    (Allocation.PROPORTIONAL, "按各层家数的比例，共抽"),
    (Allocation.EQUAL, "每层一样多，每层抽"),
    (Allocation.FIXED, "逐层指定"),
)
ROLLED, RANDOM = "rolled", "random"
_SEEDS = ((ROLLED, "现场报出（掷骰子、日期）"), (RANDOM, "电脑取随机数"))


class NewDraw(QWidget):
    """`closed` when nothing is drawn after all, `made(Made)` when it was.

    `looked` when the list is known, `refused` when something could not be done.
    """

    closed = Signal()
    made = Signal(object)
    looked = Signal()
    refused = Signal()

    def __init__(self, desk: PageContext, around: Surroundings) -> None:
        super().__init__()
        about(self, "draws")
        # While it is drawn nothing is typed: the keys are those of the panel.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._desk = desk
        self._found: FrameFound | None = None
        self._fixed: dict[str, int] = {}
        self._choices: Sequence[Campaign] = ()
        self._make_fields()
        self.narrowing = Narrowing(self)
        self.bar = ChipBar(Enterprise, titles_of(Enterprise), around, self.narrowing, upright=True)
        self.saved = SavedMenu(desk, Enterprise, self.narrowing, self)
        self.back = Action(ESCAPE("不抽了"), self.closed.emit, self)
        self.filter = Action(FILTER, self._narrow, self, icon="funnel")
        self.draw = Action(DRAW, self._draw, self)
        self.reading = Reading(desk.worker, partial(frame_of, desk.office, DrawnFrom()), self)
        self._lay_out()
        self._listen()

    # -- what the tab asks

    def begin(self) -> None:
        """Ask for a new draw; what was chosen last stands there, but no seed."""
        self.seed.clear()
        self._say("", "")
        if not self._choices:
            known = self._desk.worker.read(partial(campaigns, self._desk.office))
            known.done.connect(self._offer)
        self._look()
        self.title.setFocus()

    def activate(self) -> None:
        """Put the focus where it was; a list that was stopped is read again."""
        if self._found is None and self.reading.under_way is None:
            self._look()
        (self.focusWidget() or self.title).setFocus()

    def outdate(self) -> None:
        """The directory changed: the list is looked at again before anything is drawn."""
        self._found = None
        self._settle()
        self.reading.outdate()

    # -- making

    def _make_fields(self) -> None:
        self.title, self.witnesses = text_field("如：下半年走访单位"), text_field("如：王主任")
        self.drawn_by = text_field("不写就是经办人")
        self.campaign, self.part = Choice("活动"), Choice("分层")
        self.how, self.seed_from = Choice("各层抽取家数"), Choice("种子来源")
        self.number, self.one, self.seed = text_field(), text_field(), text_field("如：3 5 2 6 1 4")
        self.part.offer(list(PARTS.items()))
        self.how.offer([(one.value, words) for one, words in _ALLOCATIONS])
        self.seed_from.offer(_SEEDS)
        self.scope = label(role="note")
        self.table, self.proof = Table("各层", _COLUMNS, row_height=LIGHT.table_row), label()
        self.proof.setWordWrap(True)
        tell(self.table, UP_DOWN("选层"))
        self.said, self.work = MessageLine(), WorkBar()

    def _lay_out(self) -> None:
        self._card = Card("新的抽取", "先定名单，再报种子，抽出来立即记下，以后不能改")
        self._form = Form()
        for words, field, width in (
            ("抽取事项", self.title, _WIDE),
            ("活动", self.campaign, _WIDE),
            ("分层", self.part, _WIDE),
            ("各层家数", self.how, _WIDE),
            ("抽取家数", self.number, _NUMBER),
            ("抽取人", self.drawn_by, _WIDE),
            ("监督人", self.witnesses, _WIDE),
            ("种子来源", self.seed_from, _WIDE),
            ("种子", self.seed, _WIDE),
        ):
            self._form.add(words, field, needed=field in self._needed, width=width)
        left, right = QVBoxLayout(), QVBoxLayout()
        scope = QHBoxLayout()
        scope.addWidget(self.scope, 1)
        for action in (self.filter, self.saved.action):
            scope.addWidget(KeyButton(action))
        right.addLayout(scope)
        right.addWidget(self.bar)
        right.addWidget(self._looking(), 1)
        # Here there is room: below both, the form would be squeezed where the window is small.
        right.addWidget(self.work)
        left.addWidget(self._form)
        left.addStretch(1)
        both = QHBoxLayout()
        both.setContentsMargins(*[LIGHT.margin] * 4)
        both.setSpacing(LIGHT.margin)
        both.addLayout(left)
        both.addLayout(right, 1)
        self._card.body.setContentsMargins(0, 0, 0, 0)
        self._card.body.addLayout(both, 1)
        bar = self._card.add_bar()
        bar.addWidget(KeyButton(self.back))
        bar.addWidget(self.said, 1)
        bar.addWidget(KeyButton(self.draw, primary=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._card)

    @property
    def _needed(self) -> tuple[QWidget, ...]:
        return self.title, self.number, self.witnesses, self.seed

    def _looking(self) -> QWidget:
        """The strata with the numbers drawn, one of them typed; below, what proves the list."""
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        self._by_hand = QWidget()
        line = QHBoxLayout(self._by_hand)
        line.setContentsMargins(0, 0, 0, 0)
        self._of = label()
        line.addWidget(self._of)
        self.one.setFixedWidth(_NUMBER)
        line.addWidget(self.one)
        line.addWidget(label("家"))
        line.addStretch(1)
        column.addWidget(self._by_hand)
        column.addWidget(self.proof)
        self._awaited = Awaited(content, "正在看名单")
        return self._awaited

    def _listen(self) -> None:
        self._awaited.follow(self.reading, stops=True)
        self._awaited.currentChanged.connect(self._settle)
        self.reading.begun.connect(self._settle_until_read)
        self.reading.done.connect(self._show)
        self.reading.failed.connect(self._not_read)
        self.narrowing.changed.connect(self._look)
        self.bar.left.connect(self._narrowed)
        self.bar.row.changing.connect(lambda chip: self._settle())
        for choice in (self.part, self.campaign):
            choice.taken.connect(lambda name: self._look())
        for choice in (self.how, self.seed_from):
            choice.taken.connect(lambda name: self._count())
        for line in (self.title, self.number, self.witnesses, self.seed):
            line.textChanged.connect(lambda text: self._count())
        self.one.textChanged.connect(self._take_one)
        self.one.returnPressed.connect(lambda: self.table.selectRow(self.table.row + 1))
        self.table.chosen_row.connect(self._follow)
        self.table.entered_row.connect(lambda row: self.one.setFocus())
        self._form.left_last.connect(self._draw)

    # -- the list

    def _offer(self, choices: Sequence[Campaign]) -> None:
        """Those there are, once it is known of which one today is."""
        self._choices = choices
        if self._found is not None and not self.campaign.name:
            now = self._found.campaign.code
            self.campaign.offer([(one.code, one.title) for one in choices], now)

    def _look(self) -> None:
        """Another list is asked for: what stands there answers no longer."""
        self._found = None
        self._fixed = {}
        self._settle()
        job = partial(frame_of, self._desk.office, self._wanted)
        self.reading.replace(job)
        if self.reading.under_way is not None:
            self._awaited.wait(self.reading.under_way, at_once=False, stops=True)

    def _settle_until_read(self) -> None:
        if self.reading.under_way is not None:
            self.reading.under_way.ended.connect(self._settle)
        self._settle()

    def _narrow(self) -> None:
        self.bar.begin()
        self._settle()

    def _narrowed(self) -> None:
        self._settle()
        self.table.setFocus()

    @property
    def _wanted(self) -> DrawnFrom:
        return DrawnFrom(self.campaign.name or None, self.narrowing.chips, self.part.name)

    def _show(self, found: FrameFound) -> None:
        self._found = found
        self._offer(self._choices)
        self._awaited.answer()
        self._count()
        self.looked.emit()

    def _not_read(self, error: Exception) -> None:
        self.table.set_rows([])
        self.proof.clear()
        self._awaited.answer()
        self._refuse(error)

    # -- the numbers

    @property
    def _allocation(self) -> Allocation:
        return Allocation(self.how.name) if self.part.name else Allocation.WHOLE

    def _numbers(self) -> dict[str, int]:
        """Raises `UserError` where they cannot be drawn."""
        assert self._found is not None
        number = _number(self.number.text())
        return numbers(self._found.frame.sizes, self._allocation, number, self._fixed)

    def _count(self) -> None:
        """Show how many are drawn of each stratum, and say what is still missing."""
        self._settle()
        if self._found is None:
            return
        sizes = self._found.frame.sizes
        try:
            wanted, problem = self._numbers(), ""
        except UserError as error:
            wanted, problem = dict(self._fixed), str(error)
        told = [
            [name or "全部", f"{size:,}", f"{wanted[name]:,}" if name in wanted else ""]
            for name, size in sizes.items()
        ]
        self.table.set_rows(told)
        gone = f"另有 {self._found.gone} 家核实不存在或重复登记，不算。" if self._found.gone else ""
        whole, drawn = sum(sizes.values()), sum(wanted.values())
        said = f"名单 {whole:,} 家，抽 {drawn:,} 家。{gone}\n"
        self.proof.setText(f"{said}名单校验值：{grouped(self._found.sha256)}")
        typed = self.number.text().strip() or self._fixed
        self._say("info", (problem if typed else "") or self._missing())

    def _missing(self) -> str:
        wanted = (
            (self.title, "抽取事项"),
            (self.number, "抽取家数"),
            (self.witnesses, "监督人"),
            (self.seed, "种子"),
        )
        lacking = [
            words for line, words in wanted if not line.isHidden() and not line.text().strip()
        ]
        if self._by_strata and not any(self._fixed.values()):
            lacking.insert(0, "各层抽几家")
        return f"还要写：{'、'.join(lacking)}。" if lacking else ""

    @property
    def _by_strata(self) -> bool:
        """Whether every stratum has a number of its own (逐层指定)."""
        return bool(self.part.name) and self._allocation is Allocation.FIXED

    def _settle(self) -> None:
        """What may be typed and pressed now."""
        rest, known = self.work.isHidden(), self._found is not None
        fixed = self._by_strata
        self._form.show_row(self.how, bool(self.part.name))
        self._form.show_row(self.number, not fixed)
        self._form.show_row(self.seed, self.seed_from.name == ROLLED)
        # While a condition is made the list is about to be another: the strata take the room.
        self._by_hand.setVisible(fixed and not self.bar.asks)
        self.proof.setVisible(not self.bar.asks)
        self.seed.setEnabled(known)
        for part in (self._form, self.bar, self.table):
            part.setEnabled(rest)
        for action in (self.filter, self.saved.action):
            action.setEnabled(rest)
        # While a condition is made, Esc gives that up; while the list is read, it stops that.
        self.back.setEnabled(rest and not self.bar.asks and not self._awaited.has_esc)
        words = len(self.narrowing.chips)
        self.scope.setText(f"单位名录，{words} 个条件" if words else "单位名录里的全部单位")
        self.draw.setEnabled(rest and known and not self._missing())

    def _follow(self, row: int) -> None:
        """The number typed is that of the stratum chosen."""
        if self._found is not None and 0 <= row < len(self._found.frame.sizes):
            name = list(self._found.frame.sizes)[row]
            self._of.setText(f"“{name}”抽")
            told = str(self._fixed[name]) if name in self._fixed else ""
            if self.one.text() != told:
                self.one.setText(told)

    def _take_one(self, text: str) -> None:
        row = self.table.row
        if self._found is None or not 0 <= row < len(self._found.frame.sizes):
            return
        name = list(self._found.frame.sizes)[row]
        if _number(text) != self._fixed.get(name, 0):
            self._fixed[name] = _number(text)
            self._count()

    # -- drawing

    def _draw(self) -> None:
        if not self.draw.isEnabled() or self._found is None:
            self._say("info", self._missing())
            return
        wish = DrawWish(
            self.title.text(),
            self._wanted,
            self._allocation,
            _number(self.number.text()),
            dict(self._fixed),
            self.seed.text() if self.seed_from.name == ROLLED else "",
            self.drawn_by.text(),
            parted_names(self.witnesses.text()),
            self._found.sha256,
        )
        drawing = self._desk.worker.write(partial(draws.make, self._desk.office, wish), long=True)
        drawing.done.connect(self._tell)
        drawing.failed.connect(self._refuse)
        self.setFocus()
        self.work.watch(drawing, "正在抽取", "停止后什么也没有抽。")
        # The bar goes first: as long as it is there nothing may be typed.
        drawing.ended.connect(self._rest)
        self._settle()

    def _rest(self) -> None:
        """Drawn, refused or stopped: typing goes on where it was."""
        self._settle()
        if self.isVisible() and self.hasFocus():
            self.title.setFocus()

    def _tell(self, made: Made) -> None:
        self.title.clear()
        self.made.emit(made)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, Problem):
            self._say("error", str(error))
            if error.code == "FRAME_CHANGED":
                self._look()
        else:
            self._desk.problems.show(error)
        self.refused.emit()

    def _say(self, kind: str, words: str) -> None:
        self.said.say(kind, words)


def _number(text: str) -> int:
    """A whole number as people write it; 0 for what is none."""
    plain = text.strip().replace(",", "").replace("，", "")
    return int(plain) if plain.isdecimal() and len(plain) < 10 else 0
