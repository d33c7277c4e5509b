"""建会等比率: the rates of the directory by office, township, industry and ownership."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.kernel.changes import Changes
from app.domain.records import Enterprise
from app.services.figures import rate_sheets, union_rates
from app.services.figures.rate_sheets import WHAT, RateColumn, RateSheet, number_of, share_of
from app.services.figures.statistics import Statistics
from app.services.figures.union_rates import BY, RateLine, UnionRates
from app.services.lists.chips import of_these
from app.ui.keys import UP_DOWN, Action, Key, tell
from app.ui.page_context import PageContext
from app.ui.pages.statistics.tally_view import COPY_TABLE
from app.ui.parts.card import Card
from app.ui.parts.choice import Choice
from app.ui.parts.clipboard import put_table
from app.ui.parts.column_widths import wide_enough
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.loading import Awaited
from app.ui.parts.table import Cell, Column, Table
from app.ui.theme import LIGHT
from app.ui.worker import Operation

_NAME, _LEAST, _TALL = 152, 40, 44
_ALL_OFFICES, _ALL_SECTIONS = ("", "各单位合起来"), ("", "各行业合起来")
_ADVICE = "选中一个数按 Enter，看是哪些单位。"


class RatesView(QWidget):
    """`listed` when a table stands there, `told(words)` for the hint bar."""

    listed = Signal()
    told = Signal(str)

    def __init__(self, desk: PageContext, export: Action, print_it: Action) -> None:
        super().__init__()
        self._desk = desk
        self._campaign: str | None = None
        self._seen: UnionRates | None = None
        self._narrow = False
        self._reading: Operation | None = None
        self._outdated = True
        self.shown: RateSheet | None = None
        self.what, self.by = Choice("看什么"), Choice("按什么分")
        self.office, self.section = Choice("哪个单位"), Choice("哪个行业")
        self.table = Table("建会等比率", (Column(" "),), by_cell=True, head_height=44)
        self.note = label(_ADVICE, "note")
        self._copy = Action(COPY_TABLE, self.copy, self)
        self._lay_out(export, print_it)
        self.what.offer([(name, words) for name, (words, _) in WHAT.items()])
        self.by.offer([(name, f"按{words}") for name, words in BY.items()])
        self.table.entered_cell.connect(self.open)
        self.table.selectionModel().currentChanged.connect(lambda now, before: self._say(now))
        for one in (self.what, self.by, self.office, self.section):
            one.taken.connect(lambda name: self._show())

    def activate(self) -> None:
        """Put the focus where one begins to look; read what changed."""
        if self._outdated:
            self._read()
        self.table.setFocus()

    def set_narrow(self, narrow: bool) -> None:
        """Where there is no room a rate stands above its fraction; the choices keep their words."""
        self._narrow = narrow
        self.table.verticalHeader().setDefaultSectionSize(_TALL if narrow else LIGHT.row)
        self._show()

    def show_statistics(self, seen: Statistics) -> None:
        """Something was counted anew, perhaps of another campaign."""
        self.set_campaign(seen.campaign)

    def set_campaign(self, code: str) -> None:
        """Whose offices have a row."""
        self._campaign, self._outdated = code, True
        if self.isVisible():
            self._read()

    def outdated(self, changes: Changes) -> None:
        """Records were written."""
        self._outdated = self._outdated or Enterprise.type_name in changes.types

    def copy(self) -> None:
        """The whole table onto the clipboard."""
        if self.shown is not None:
            copied = rate_sheets.copied(self.shown)
            put_table(copied.text, copied.html)
            self.told.emit("整张表已复制，带栏目名")

    def open(self, row: int, column: int) -> None:
        """The list of the units behind the number chosen."""
        shown = self.shown
        ids = shown.ids(row, column - 1) if shown is not None and column else ()
        if shown is not None and ids:
            chip = of_these(ids, shown.said(row, column - 1))
            self._desk.show_list(Enterprise.type_name, (chip,))

    def _lay_out(self, export: Action, print_it: Action) -> None:
        card = Card(" ", " ")
        card.title.hide()
        for n, part in enumerate((self.what, self.by, self.office, self.section)):
            card.head.insertWidget(n, part)
        card.head.setSpacing(8)
        card.body.setContentsMargins(0, 0, 0, 0)
        self._awaited = Awaited(self.table, "正在统计")
        card.body.addWidget(self._awaited)
        bar = card.add_bar()
        bar.addWidget(self.note, 1)
        bar.addWidget(KeyButton(export))
        bar.addWidget(KeyButton(print_it, primary=True))
        self._card = card
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        keys = (UP_DOWN("选一行"), Key("← →", "选一栏"), Key("Enter", "看是哪些单位"), COPY_TABLE)
        tell(self.table, *keys)

    def _say(self, now: QModelIndex) -> None:
        """What stands above and below the line of the rate one is at."""
        place = now.column() - 1
        told = self.shown.columns[place].basis if self.shown is not None and place >= 0 else ""
        self.note.setText(f"{told}按 Enter 看是哪些单位。" if told else _ADVICE)

    # -- reading

    def _read(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
        self._outdated = False
        job = partial(union_rates.look, self._desk.office, self._campaign)
        self._reading = reading = self._desk.worker.scan(job)
        reading.done.connect(partial(self._take, reading))
        self._awaited.wait(reading, at_once=False)

    def _take(self, reading: Operation, seen: UnionRates) -> None:
        if reading is not self._reading:
            return
        first, self._seen = self._seen is None, seen
        if first:
            self.by.go("office" if seen.by_unit else "place")
        self.office.offer([_ALL_OFFICES, *seen.choices("office").items()])
        self.office.setVisible(seen.by_unit)
        self.section.offer([_ALL_SECTIONS, *seen.choices("section").items()])
        self._show()
        self._awaited.answer()
        self.listed.emit()

    @property
    def _within(self) -> Mapping[str, str]:
        chosen = {"office": self.office.name, "section": self.section.name}
        return {by: code for by, code in chosen.items() if code}

    def _show(self) -> None:
        if self._seen is None:
            return
        words = [one.currentText() for one in (self.office, self.section) if one.name]
        sheet = rate_sheets.sheet(
            self._seen, self.what.name, self.by.name, self._within, "，".join(words)
        )
        self.shown = sheet
        self.table.set_columns(_columns(sheet, self._gap))
        rows = [_cells(sheet, line, self._gap, bold=not n) for n, line in enumerate(sheet.lines)]
        self.table.set_rows(rows)
        self._say_day()

    @property
    def _gap(self) -> str:
        """What parts a rate from its fraction."""
        return "\n" if self._narrow else "　"

    def _say_day(self) -> None:
        if self._seen is not None:
            whose = "" if self._narrow else f"{self._seen.office}，"
            self._card.note.setText(f"{whose}截至 {self._seen.as_of}")


def _columns(sheet: RateSheet, gap: str) -> list[Column]:
    """As wide as its widest number; the names get what is left over, where anything is."""
    made = [_column(one, sheet, gap, last=one is sheet.columns[-1]) for one in sheet.columns]
    return [Column(sheet.table.first, least=_NAME), *made]


def _column(one: RateColumn, sheet: RateSheet, gap: str, *, last: bool) -> Column:
    unit = "分子／分母" if gap == "\n" else "%　分子／分母"
    head = f"{one.title}\n{unit if one.is_share else one.unit}"
    texts = (part for line in sheet.lines for part in _text(one, line, gap).split("\n"))
    return Column(head, max(_LEAST, wide_enough(head, texts, bold=True, last=last)), right=True)


def _cells(sheet: RateSheet, line: RateLine, gap: str, *, bold: bool) -> list[Cell]:
    return [
        Cell(line.name, bold=bold),
        *(Cell(_text(one, line, gap), bold=bold) for one in sheet.columns),
    ]


def _text(one: RateColumn, line: RateLine, gap: str) -> str:
    if one.is_share:
        return gap.join(filter(None, share_of(one, line)))
    return f"{number_of(one, line):,}"
