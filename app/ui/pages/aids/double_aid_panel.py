"""一年内重复帮扶: whom several units gave aid to, with sums; printed, kept, and opened."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from app.domain.kernel.changes import Changes
from app.domain.records import Aid, Case, Link, Person
from app.domain.values.money import format_money
from app.services.figures import double_aid
from app.services.figures.double_aid import ALL, BY_TWO, WHICH, DoubleAid, DoubleLine
from app.services.lists.chips import of_these
from app.ui.fields.suggestion import Surroundings
from app.ui.help.topics import about
from app.ui.keys import ESCAPE, PRINT, SAVE_AS, UP_DOWN, Action, Key, key, tell
from app.ui.page_context import PageContext
from app.ui.pages.records.kind import WorkPanel
from app.ui.parts.card import Card
from app.ui.parts.choice import Choice
from app.ui.parts.empty import EmptyState
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.loading import Awaited
from app.ui.parts.table import Cell, Column, Table
from app.ui.printing.paper_panel import PaperPanel
from app.ui.problems import Notice
from app.ui.theme import LIGHT

DOUBLE_AID = key("F10", "重复帮扶")
_COLUMNS = (
    Column("年度", 64),
    Column("姓名", 132),
    Column("各次帮扶", least=300),
    Column("次数", 60, right=True),
    Column("合计（元）", 112, right=True),
    Column("最多一次以外（元）", 148, right=True),
    Column("认定", 116),
)
_READ = frozenset(one.type_name for one in (Aid, Case, Person, Link))
_EVERY = ("", "各年")
_KINDS = {"已认定重复": "warning", "已认定不重复": "neutral", "待认定": "info"}
_SHOW = Key("Enter", "看是哪几笔")
_NOTHING = "没有一年内重复的帮扶"
_WHY = "同一个人、同一户一年里没有得到两次以上帮扶；\n上面可以改成“两次以上的都列出”。"


class DoubleAidPanel(WorkPanel):
    """The list of the whole store, of one year or of all; Esc goes back to the records."""

    def __init__(self, desk: PageContext, around: Surroundings) -> None:
        super().__init__()
        about(self, "double-aid")
        self._desk = desk
        self._stale = True
        self.shown: DoubleAid | None = None
        self.save_to: Callable[[str], str] = self._dialog
        self.which, self.year = Choice("列哪些"), Choice("哪一年")
        self.table = Table("一年内重复帮扶", _COLUMNS)
        self.back = Action(ESCAPE("回到记录"), self._leave, self)
        self.export = Action(SAVE_AS("存为 Excel"), self._export, self, icon="table")
        self.print = Action(PRINT, self._print, self, icon="printer")
        self.which.offer(list(WHICH.items()), BY_TWO)
        self.year.offer([_EVERY])
        self._lay_out()
        self.table.entered_row.connect(self._open)
        self.which.taken.connect(lambda name: self._read())
        self.year.taken.connect(lambda name: self._read())

    def begin(self, record: str | None) -> None:
        """Read what changed since it was looked at."""
        self._pages.setCurrentWidget(self._card)
        if self._stale:
            self._read()

    def activate(self) -> None:
        """The list is where one begins."""
        (self.paper if self._on_paper else self.table).setFocus()

    def changed(self, changes: Changes) -> None:
        """Aid, a file or a decision is other than before."""
        if changes.types & _READ:
            self._stale = True
            if self.isVisible():
                self._read()

    # -- making

    def _lay_out(self) -> None:
        self._card = Card(double_aid.TITLE, " ")
        for place, choice in enumerate((self.which, self.year), 1):
            self._card.head.insertWidget(place, choice)
        self._card.head.setSpacing(8)
        self._card.head.addWidget(KeyButton(self.back))
        self._card.body.setContentsMargins(0, 0, 0, 0)
        self._empty = EmptyState("gift", _NOTHING, _WHY)
        self._stack = QStackedWidget()
        for part in (self._empty, self.table):
            self._stack.addWidget(part)
        self._awaited = Awaited(self._stack, "正在查找")
        self._card.body.addWidget(self._awaited)
        self.sums = label(role="note")
        bar = self._card.add_bar()
        bar.addWidget(self.sums, 1)
        bar.addWidget(KeyButton(self.export))
        bar.addWidget(KeyButton(self.print, primary=True))
        self.paper = PaperPanel(self._desk)
        self.paper.closed.connect(self._leave_paper)
        self._pages = QStackedWidget()
        for page in (self._card, self.paper):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(LIGHT.margin, 8, LIGHT.margin, LIGHT.margin)
        column.addWidget(self._pages)
        tell(self.table, UP_DOWN("选一户"), _SHOW, SAVE_AS("存为 Excel"), PRINT, ESCAPE)

    # -- what is shown

    def _read(self) -> None:
        self._stale = False
        year = int(self.year.name) if self.year.name else None
        job = partial(double_aid.look, self._desk.office, year, self.which.name or ALL)
        reading = self._desk.worker.scan(job)
        reading.done.connect(self._show)
        self._awaited.wait(reading, at_once=False)

    def _show(self, shown: DoubleAid) -> None:
        self.shown = shown
        self.year.offer([_EVERY, *((str(one), f"{one} 年") for one in shown.years)])
        self.table.set_rows([_cells(one) for one in shown.lines])
        self._stack.setCurrentWidget(self.table if shown.lines else self._empty)
        self._card.note.setText(f"{shown.office}，截至 {shown.as_of}")
        told = f"{len(shown.lines):,} 户，钱物合计 {format_money(shown.total)} 元，"
        told += f"最多一次以外共 {format_money(shown.beyond)} 元。按 Enter 看是哪几笔。"
        self.sums.setText(told if shown.lines else "")
        self._set_enabled()
        self._awaited.answer()

    def _set_enabled(self) -> None:
        there = self.shown is not None and bool(self.shown.lines) and not self._on_paper
        for action in (self.export, self.print):
            action.setEnabled(there)
        self.back.setEnabled(not self._on_paper)

    def _open(self, row: int) -> None:
        if self.shown is not None:
            one = self.shown.lines[row]
            chip = of_these(one.aids, f"{one.names} {one.year}年的帮扶")
            self.closed.emit()
            self._desk.show_list(Aid.type_name, (chip,))

    # -- taken along

    @property
    def _on_paper(self) -> bool:
        return self._pages.currentWidget() is self.paper

    def _print(self) -> None:
        if self.shown is not None:
            self._turn(self.paper)
            render = partial(double_aid.write_paper, self._desk.office, self.shown)
            self.paper.show_paper(self.shown.title, "有姓名和编号，注意保管。", render)
            self.paper.go_in()

    def _leave_paper(self) -> None:
        self._turn(self._card)
        self.table.setFocus()

    def _turn(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        self._set_enabled()

    def _leave(self) -> None:
        self.closed.emit()

    def _export(self) -> None:
        shown = self.shown
        chosen = self.save_to(double_aid.file_name(shown, ".xlsx")) if shown is not None else ""
        if shown is not None and chosen:
            job = partial(double_aid.write_sheet, self._desk.office, shown, Path(chosen))
            self._desk.worker.read(job, long=True).done.connect(self._written)

    def _written(self, path: Path) -> None:
        self._desk.problems.noticed.emit(Notice("ok", f"已存为“{path}”。"))

    def _dialog(self, name: str) -> str:
        kinds = "Excel 表格 (*.xlsx)"
        return QFileDialog.getSaveFileName(self, "存到", str(Path.home() / name), kinds)[0]


def _cells(one: DoubleLine) -> list[Cell]:
    return [
        Cell(str(one.year)),
        Cell(one.names, bold=True),
        Cell("；".join(one.times)),
        Cell(str(len(one.aids))),
        Cell(format_money(one.money + one.goods)),
        Cell(format_money(one.beyond), bold=True),
        Cell(one.decided, chip=_KINDS[one.decided]),
    ]
