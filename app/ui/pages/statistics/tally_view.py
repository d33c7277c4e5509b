"""分类统计: a table of one kind, as numbers or as a picture, and the records behind each number."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.services.figures import tally_files, tally_look
from app.services.figures.statistics import Choice as Campaign
from app.services.figures.statistics import Statistics
from app.services.figures.tallies import Asked, Line, TallyView, words
from app.services.figures.tally_kinds import ACROSS, KINDS, TallyKind
from app.services.lists.chips import behind_figure, of_these
from app.ui.keys import TABLE, UP_DOWN, Action, Key, tell
from app.ui.page_context import PageContext
from app.ui.parts.card import Card
from app.ui.parts.chart import Picture
from app.ui.parts.choice import Choice
from app.ui.parts.clipboard import put_table
from app.ui.parts.column_widths import wide_enough
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.loading import Awaited
from app.ui.parts.open_chart import OpenChart, Series
from app.ui.parts.table import Cell, Column, Table
from app.ui.worker import Operation

COPY_TABLE = Key("Ctrl+C", "复制整张表", ("Ctrl+C",))
_NAME, _LEAST = 168, 84
_LONGEST, _OTHER_WIDTH = 9, 220
"""Characters of a heading, pixels of the choice of another campaign."""
_NO_OTHER = ("", "不对比")
_MOST_BARS = 26


class TalliesView(QWidget):
    """`listed` when a table stands there, `told(words)` for the hint bar."""

    listed = Signal()
    told = Signal(str)

    def __init__(self, desk: PageContext, export: Action, print_it: Action) -> None:
        super().__init__()
        self._desk = desk
        self._campaign: str | None = None
        self._shown: TallyView | None = None
        self._reading: Operation | None = None
        self._outdated = True
        self._kinds: Sequence[TallyKind] = ()
        self.kind, self.across = Choice("统计什么"), Choice("按什么分")
        self.measure, self.against = Choice("数什么"), Choice("和哪个活动对比")
        self.table = Table("分类统计", (Column(" "),), by_cell=True, head_height=44)
        self.chart = OpenChart({Series.BAR: ""})
        self.note = label(role="note")
        self._turn = Action(TABLE("图或表"), self.turn, self, icon="chart-bar")
        self._copy = Action(COPY_TABLE, self.copy, self)
        self._lay_out(export, print_it)
        self._listen()
        self._offer()

    @property
    def shown(self) -> TallyView | None:
        """The table that stands there."""
        return self._shown

    @property
    def is_picture(self) -> bool:
        """Whether the picture is shown in place of the table."""
        return self._stack.currentWidget() is self.chart

    def activate(self) -> None:
        """Put the focus where one begins to look; count what was not counted yet."""
        if self._outdated:
            self._read()
        (self.table if self._shown else self.kind).setFocus()

    def set_narrow(self, narrow: bool) -> None:
        """The table is pushed sideways where there is no room."""

    def offer_campaigns(self, campaigns: Sequence[Campaign]) -> None:
        """The campaigns that may be compared with."""
        self.against.offer([_NO_OTHER, *((one.code, f"对比 {one.title}") for one in campaigns)])

    def show_statistics(self, seen: Statistics) -> None:
        """Something was counted anew, perhaps of another campaign."""
        self.set_campaign(seen.campaign)

    def set_campaign(self, code: str) -> None:
        """Count this campaign from now on, and again."""
        self._campaign, self._outdated = code, True
        if self.isVisible():
            self._read()

    def turn(self) -> None:
        """The picture in place of the table, and back."""
        self._stack.setCurrentWidget(self.table if self.is_picture else self.chart)
        picture = self.chart if self.chart.chosen else self.kind
        (picture if self.is_picture else self.table).setFocus()

    def copy(self) -> None:
        """The whole table onto the clipboard."""
        if self._shown is not None:
            copied = tally_files.copied(self._shown)
            put_table(copied.text, copied.html)
            self.told.emit("整张表已复制，带栏目名")

    # -- making

    def _lay_out(self, export: Action, print_it: Action) -> None:
        card = Card(" ", " ")
        card.title.hide()
        for n, part in enumerate((self.kind, self.across, self.measure, self.against)):
            card.head.insertWidget(n, part)
        card.head.setSpacing(8)
        self.against.setMaximumWidth(_OTHER_WIDTH)
        card.body.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.chart)
        self._awaited = Awaited(self._stack, "正在统计")
        card.body.addWidget(self._awaited)
        bar = card.add_bar()
        bar.addWidget(self.note, 1)
        for action in (self._turn, export):
            bar.addWidget(KeyButton(action))
        bar.addWidget(KeyButton(print_it, primary=True))
        self._card = card
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        keys = (UP_DOWN("选一行"), Key("← →", "选一栏"), Key("Enter", "看是哪些记录"), COPY_TABLE)
        tell(self.table, *keys)

    def _listen(self) -> None:
        self.table.entered_cell.connect(self.open)
        self.chart.opened.connect(lambda series, place: self.open(place + 1, 1))
        self.kind.taken.connect(lambda name: self._take_kind())
        for one in (self.across, self.measure, self.against):
            one.taken.connect(lambda name: self._read())

    def _offer(self) -> None:
        words = {"": "只看合计"} | {name: f"按{title}" for name, title in ACROSS.items() if name}
        usual = "unit" if self._desk.office.is_city else "area"
        self.across.offer(list(words.items()), usual)
        self.against.offer([_NO_OTHER])
        self._offer_kinds(KINDS)

    def _offer_kinds(self, kinds: Sequence[TallyKind]) -> None:
        """Those of a campaign: what it adds can be counted too."""
        if kinds != self._kinds:
            self._kinds = kinds
            self.kind.offer([(one.name, one.title) for one in kinds])
            self._offer_measures()

    def _offer_measures(self) -> None:
        kind = next(one for one in self._kinds if one.name == self.kind.name)
        self.measure.offer([(one.name, f"数{one.heading}") for one in kind.measures])
        if kind.measures[0].name == kind.part:
            # Whoever chose a number wants its sum first.
            self.measure.setCurrentIndex(0)

    def _take_kind(self) -> None:
        self._offer_measures()
        self._read()

    # -- counting

    @property
    def asked(self) -> Asked:
        """The table that is wanted."""
        return Asked(
            self.kind.name,
            self.across.name,
            self.measure.name,
            self._campaign,
            self.against.name or None,
        )

    def _read(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
        self._outdated = False
        self.measure.setEnabled(bool(self.across.name or self.against.name))
        job = partial(tally_look.look, self._desk.office, self.asked)
        self._reading = reading = self._desk.worker.scan(job)
        reading.done.connect(partial(self._show, reading))
        self._awaited.wait(reading, at_once=False)

    def _show(self, reading: Operation, view: TallyView) -> None:
        if reading is not self._reading:
            return
        first, self._shown = self._shown is None, view
        self._offer_kinds(view.kinds)
        self.table.set_columns(_columns(view))
        self.table.set_rows([_cells(line, bold=not n) for n, line in enumerate(view.lines)])
        self._card.note.setText(f"截至 {view.as_of}")
        self.note.setText(view.note or "选中一个数按 Enter，看是哪些记录。")
        self._draw(view)
        self._awaited.answer()
        if first and self.isVisible() and self.kind.hasFocus():
            self.table.setFocus()
        self.listed.emit()

    def _draw(self, view: TallyView) -> None:
        lines = view.lines[1:][:_MOST_BARS]
        bars = [int(line.numbers[0] or 0) for line in lines]
        if any(bars):
            names = tuple(_short(line.name) for line in lines)
            self.chart.show_picture(Picture(view.title, names, tuple(bars)))
        else:
            self.chart.say("还没有可以画的数。")

    # -- what stands behind a number

    def open(self, row: int, column: int) -> None:
        """The list of the records behind the number chosen."""
        view = self._shown
        place = max(column - 1, 0)
        cell = view.lines[row].cells[place] if view is not None else None
        if view is None or cell is None:
            return
        words = view.said(row, place)
        chip = of_these(cell, words) if isinstance(cell, tuple) else behind_figure(cell, words)
        self._desk.show_list(view.record_type.type_name, (chip,))


def _columns(view: TallyView) -> list[Column]:
    widths = [_width(view, n) for n in range(len(view.heads))]
    heads = zip(view.heads, widths, strict=True)
    return [
        Column(view.first, least=_NAME),
        *(Column(f"{_cut(head.title)}\n{head.unit}", wide, right=True) for head, wide in heads),
    ]


def _width(view: TallyView, column: int) -> int:
    """As wide as its heading and its longest number."""
    texts = (words(line.numbers[column]) for line in view.lines)
    heading, last = _cut(view.heads[column].title), column == len(view.heads) - 1
    return max(_LEAST, wide_enough(heading, texts, bold=True, last=last))


def _cut(title: str) -> str:
    return title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}…"


def _cells(line: Line, *, bold: bool) -> list[Cell]:
    return [
        Cell(line.name, bold=bold),
        *(Cell(words(number), bold=bold) for number in line.numbers),
    ]


def _short(name: str) -> str:
    """The name of an office without what all of them have."""
    return name.removesuffix("总工会").removesuffix("工会")[:7]
