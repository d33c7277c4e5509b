"""汇总表 on the screen: its columns chosen, what was issued beside what is now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.services.figures import issued_totals, totals_behind
from app.services.figures.issued_totals import (
    USUAL,
    Difference,
    Issued,
    Shown,
    TotalsColumn,
    offered,
)
from app.services.figures.statistics import Statistics
from app.services.figures.totals_behind import Found
from app.services.figures.totals_table import Value
from app.services.lists.table_columns import TableColumn
from app.services.office.office import Office
from app.ui.keys import DISCARD, ESCAPE, UP_DOWN, Action, Key, key, tell
from app.ui.lists.table.columns_panel import ColumnsPanel
from app.ui.page_context import PageContext
from app.ui.pages.statistics.issue_line import IssueLine
from app.ui.pages.statistics.web_page import WebPage
from app.ui.parts.card import Card
from app.ui.parts.choice import Choice
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.table import Cell, Column, Table
from app.ui.problems import Notice
from app.ui.theme import LIGHT

_WIDTH, _MONEY, _NAME = 84, 112, 168
_CHARACTER, _FIGURE = 14, 9
COLUMNS = key("Ctrl+D", "选栏目")
ISSUE = key("Ctrl+J", "定稿")
_USUAL_NAME, _NOW = "usual", ("", "现在的数")
_KEEP = Key("Enter", "记住这些栏目")


class TableView(QWidget):
    """合计 stands first, so that it is always seen; then units, at a county its townships.

    `arranged` when a table stands there.
    """

    arranged = Signal()

    def __init__(self, desk: PageContext, export: Action, print_it: Action) -> None:
        super().__init__()
        self._desk = desk
        self._seen: Statistics | None = None
        self._names: Sequence[str] = USUAL
        self._kept: Mapping[str, tuple[str, ...]] = {}
        self._issued: Sequence[Issued] = ()
        self._turn = 0
        self._narrow = False
        self.shown: Shown | None = None
        self.table = Table("汇总表", (Column("单位"),), head_height=44, by_cell=True)
        self.layouts, self.versions = Choice("栏目"), Choice("现在的数或定稿")
        self._known: Mapping[str, TotalsColumn] = {}
        self.columns = ColumnsPanel({})
        self.name = QLineEdit()
        self.note = label(role="note")
        self.note.setWordWrap(True)
        self._choose = Action(COLUMNS, self._choose_columns, self)
        self._issue = Action(ISSUE, self._freeze, self)
        self._forget = Action(DISCARD("不要这种栏目"), self._drop_layout, self)
        self._forget.setEnabled(False)
        self.web = WebPage(desk, self, lambda: self._chosen_issue or next(iter(self._issued), None))
        self.asking = IssueLine(self.table.setFocus)
        self._lay_out(export, print_it)
        self._listen()

    def activate(self) -> None:
        """Put the focus where one begins to look."""
        self.table.setFocus()

    def set_narrow(self, narrow: bool) -> None:
        """The figures keep their room, wide tables are pushed sideways; the note gives way."""
        self._narrow = narrow
        self._fit_note()

    def show_statistics(self, seen: Statistics) -> None:
        """Show what was counted."""
        self._seen, self._known = seen, offered(seen)
        self.columns.learn(
            {
                one.name: TableColumn(one.name, one.title, 0, one.group or one.unit)
                for one in self._known.values()
            }
        )
        self._read_notes()
        self._arrange()

    # -- making

    def _lay_out(self, export: Action, print_it: Action) -> None:
        self.name.setPlaceholderText("起个名字，按 Enter 记住")
        self.name.setMaxLength(issued_totals.LONGEST_NAME)
        naming = QVBoxLayout()
        naming.setContentsMargins(0, 4, 0, 0)
        naming.addWidget(self.name)
        naming.addWidget(KeyButton(self._forget, quiet=True))
        self.columns.body.addLayout(naming)
        tell(self.name, _KEEP, ESCAPE("好了"))
        self.card = Card("汇总表", " ")
        self.card.head.addWidget(self.versions)
        self.card.head.addWidget(self.layouts)
        self.card.head.setSpacing(8)
        self.card.body.setContentsMargins(0, 0, 0, 0)
        self.card.body.addWidget(self.asking)
        self.card.body.addWidget(self.table)
        self.note.setContentsMargins(LIGHT.margin, 6, LIGHT.margin, 6)
        self.card.body.addWidget(self.note)
        bar = self.card.add_bar()
        bar.addStretch(1)
        for action in (self._choose, self._issue, self.web.action, export):
            bar.addWidget(KeyButton(action))
        bar.addWidget(KeyButton(print_it, primary=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LIGHT.gap)
        row.addWidget(self.card, 1)
        column = QVBoxLayout()
        column.addWidget(self.columns)
        row.addLayout(column)
        tell(self.table, UP_DOWN("选一行"), Key("← →", "选一栏"), Key("Enter", "看是哪些记录"))

    def _listen(self) -> None:
        self.table.entered_cell.connect(self.open)
        self.layouts.taken.connect(self._take_layout)
        self.versions.taken.connect(lambda name: self._show_version())
        self.columns.chosen.connect(self._take_columns)
        self.columns.usual_wanted.connect(self._take_usual)
        self.columns.closed.connect(self._close_columns)
        self.name.returnPressed.connect(self._keep_layout)

    # -- which columns

    def _choose_columns(self) -> None:
        self.columns.begin([name for name in self._names if name in self._known])
        self._fit_note()
        self._arrange()

    def _fit_note(self) -> None:
        """Beside the columns its words, or what is chosen, would be cut where there is no room."""
        for one in (self.note, self.card.note):
            one.setVisible(self.columns.isHidden() or not self._narrow)

    def _take_columns(self, names: Sequence[str]) -> None:
        self._names = names
        self._arrange()

    def _take_usual(self) -> None:
        self.columns.begin(USUAL)
        self._take_columns(USUAL)

    def _close_columns(self) -> None:
        self.columns.hide()
        self._fit_note()
        self._arrange()
        self.table.setFocus()

    def _take_layout(self, name: str) -> None:
        self._forget.setEnabled(name in self._kept)
        self._take_columns(self._kept.get(name, USUAL))

    def _drop_layout(self) -> None:
        """Forget the columns chosen; they stay on the table, and their name to be kept again."""
        name = self.layouts.name
        seen = self._kept.get(name, ())
        job = partial(issued_totals.drop_layout, self._desk.office, name, base=seen)
        dropping = self._desk.worker.write(job)
        dropping.done.connect(lambda done: self._layout_dropped(name))
        dropping.failed.connect(self._not_kept)

    def _not_kept(self, error: Exception) -> None:
        """What a colleague kept meanwhile is seen now."""
        self._desk.problems.show(error)
        self._read_notes()

    def _layout_dropped(self, name: str) -> None:
        words = f"不再记着“{name}”。栏目还在表上，按 Enter 可以再记住。"
        self._desk.problems.noticed.emit(Notice("ok", words))
        self._choose_columns()
        self.name.setText(name)
        self.name.setFocus()
        self._read_notes()

    def _keep_layout(self) -> None:
        name = self.name.text()
        seen = self._kept.get(issued_totals.layout_name(name), ())
        job = partial(
            issued_totals.keep_layout, self._desk.office, name, tuple(self._names), base=seen
        )
        keeping = self._desk.worker.write(job)
        keeping.done.connect(self._layout_kept)
        keeping.failed.connect(self._not_kept)

    def _layout_kept(self, name: str) -> None:
        self.name.clear()
        self._desk.problems.noticed.emit(Notice("ok", f"栏目记为“{name}”，下次在上面选。"))
        self._read_notes(name)

    def _read_notes(self, chosen: str = "") -> None:
        reading = self._desk.worker.read(partial(_notes, self._desk.office, self._campaign))
        reading.done.connect(partial(self._offer, chosen))

    @property
    def _campaign(self) -> str:
        return self._seen.campaign if self._seen is not None else ""

    def _offer(self, chosen: str, notes: Notes) -> None:
        self._kept, self._issued = notes
        names = [(_USUAL_NAME, "常用栏目"), *((name, name) for name in self._kept)]
        self.layouts.offer(names, chosen)
        if chosen:
            self.layouts.setCurrentIndex([name for name, _ in names].index(chosen))
        self.layouts.setVisible(bool(self._kept))
        self._forget.setEnabled(self.layouts.name in self._kept)
        self.versions.offer([_NOW, *((str(one.n), one.words) for one in self._issued)])
        self.versions.setVisible(bool(self._issued))

    # -- the table

    def _arrange(self) -> None:
        seen = self._seen
        if seen is None:
            return
        self._turn += 1
        issued = self._chosen_issue
        names = issued.table.names if issued is not None else tuple(self._names)
        job = partial(issued_totals.shown, self._desk.office, seen, names)
        show = partial(self._show, self._turn, issued)
        if issued_totals.is_counted_already(names):
            show(job())
        else:
            self._desk.worker.read(job).done.connect(show)

    @property
    def _chosen_issue(self) -> Issued | None:
        return next((one for one in self._issued if str(one.n) == self.versions.name), None)

    def _show_version(self) -> None:
        self._arrange()

    def _show(self, turn: int, issued: Issued | None, now: Shown) -> None:
        if turn != self._turn:
            return
        table = issued.table if issued is not None else now
        changed = issued_totals.differences(table, now) if issued is not None else ()
        self.shown = table
        self.asking.end()
        self.card.title.setText(f"{table.title}汇总表")
        self.card.note.setText(f"{table.office}，截至 {table.as_of}")
        later = {(one.row, one.column): one for one in changed}
        lines = [*table.sums, *table.rows]
        cells = [_cells(line, later, bold=n < len(table.sums)) for n, line in enumerate(lines)]
        self.table.set_columns(_columns(table, cells))
        self.table.set_rows(cells)
        self.note.setText(_note(table, issued, changed))
        self._issue.setEnabled(issued is None)
        self.arranged.emit()

    # -- 定稿, and what stands behind a number

    def _freeze(self) -> None:
        """Asked first: what is frozen stays for good."""
        if self.shown is not None and not self.asking.asks:
            self.columns.hide()
            self._fit_note()
            self.asking.ask()
            self.table.setFocus()
        elif self.shown is not None:
            self.asking.end()
            job = partial(issued_totals.issue, self._desk.office, self.shown, self._seen)
            self._desk.worker.write(job).done.connect(self._frozen)

    def _frozen(self, one: Issued) -> None:
        words = f"已定稿：{one.at[:10]}，{one.by}。以后数变了，在上面选这一份，变了的格子会标出来。"
        self._desk.problems.noticed.emit(Notice("ok", words))
        self._read_notes()

    def open(self, row: int, column: int) -> None:
        """The list of the records behind the number chosen."""
        table, seen = self.shown, self._seen
        if table is None or seen is None or column < 1:
            return
        place = row - len(table.sums)
        code = table.codes[place] if place >= 0 else None
        name = str([*table.sums, *table.rows][row][0])
        job = partial(
            totals_behind.records_behind,
            self._desk.office,
            seen,
            table.names[column - 1],
            code,
            name,
        )
        self._desk.worker.read(job).done.connect(self._open)

    def _open(self, found: Found | None) -> None:
        if found is None:
            self.note.setText("还没有走访到的；没有走访的名单在“走访覆盖”里，按 Alt+1。")
        else:
            record_type, chip = found
            self._desk.show_list(record_type.type_name, (chip,))


Notes = tuple[Mapping[str, tuple[str, ...]], tuple[Issued, ...]]


def _notes(office: Office, campaign: str) -> Notes:
    return issued_totals.layouts(office), issued_totals.issued(office, campaign)


def _columns(table: Shown, cells: Sequence[Sequence[Cell]]) -> list[Column]:
    widths = []
    for n, (title, unit) in enumerate(table.columns, 1):
        longest = max((len(line[n].text) for line in cells), default=0)
        least = _MONEY if unit == "元" else _WIDTH
        widths.append(max(least, len(title) * _CHARACTER + 24, longest * _FIGURE + 24))
    heads = zip(table.columns, widths, strict=True)
    return [
        Column(table.first, least=_NAME),
        *(Column(f"{title}\n{unit}", width, right=True) for (title, unit), width in heads),
    ]


def _cells(
    line: Sequence[Value], later: Mapping[tuple[str, int], Difference], *, bold: bool
) -> list[Cell]:
    name, *numbers = line
    cells = [Cell(str(name), bold=bold)]
    for column, number in enumerate(numbers):
        changed = later.get((str(name), column))
        now = f" → {_text(changed.now)}" if changed is not None else ""
        cells.append(Cell(f"{_text(number)}{now}", bold=bold or changed is not None))
    return cells


def _note(table: Shown, issued: Issued | None, changed: Sequence[Difference]) -> str:
    if issued is not None:
        what = f"有 {len(changed)} 格现在的数不一样，写在 → 后面" if changed else "和现在的数一样"
        return f"定稿：{issued.at[:10]}，{issued.by}；{what}。"
    if len(table.sums) > 1:
        return "两个单位都走访过的企业、都帮扶过的人，在“合计（不重复）”里只算一次。"
    return "选中一个数按 Enter，看是哪些记录。"


def _text(value: Value) -> str:
    if isinstance(value, str):
        return value
    return f"{value:,.2f}" if isinstance(value, Decimal) else f"{value:,}"
