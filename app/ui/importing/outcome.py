"""What becomes of the rows of a workbook: how many of each kind, and each row with its reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import overload

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.services.workbooks.import_account import ImportAccount, ImportRow
from app.ui.importing.questions import Questions
from app.ui.keys import SPACE, UP_DOWN, tell
from app.ui.parts.label import label, surface
from app.ui.parts.table import Cell, Column, Table
from app.ui.theme import CHIPS, LIGHT

_COLUMNS = (
    Column("行", 64, right=True),
    Column("结果", 104),
    Column("编号", 156),
    Column("名称", 176),
    Column("格", 72),
    Column("说明"),
)
_FIGURE = 64
_REFUSED, _ASKED = 3, 4
"""Which of the kinds below cannot come in, and which wait for a person."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """Rows that go together: their words before and after, the chip, which they are."""

    coming: str
    done: str
    chip: str
    holds: Callable[[ImportRow], bool]


def _outcome(name: str) -> Callable[[ImportRow], bool]:
    return lambda row: row.outcome == name


_KINDS = (
    _Kind("将新增", "已新增", "ok", _outcome("add")),
    _Kind("将改动", "已改动", "info", _outcome("change")),
    _Kind("相同", "相同", "neutral", _outcome("same")),
    _Kind("不能导入", "没有导入", "error", _outcome("refused")),
    _Kind("要您定", "没有定", "warning", _outcome("asked")),
    _Kind(
        "有提醒",
        "有提醒",
        "warning",
        lambda row: row.outcome in ("add", "change") and bool(row.sentences),
    ),
)


class Outcome(QWidget):
    """A figure for each kind, which shows only its rows when it is chosen; below, the rows."""

    def __init__(self) -> None:
        super().__init__()
        self._account: ImportAccount | None = None
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.figures = [self._figure(kind) for kind in _KINDS]
        self.questions = Questions()
        self.table = Table("表格的各行", _COLUMNS)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        tell(self.table, UP_DOWN)
        self.reason = label(role="note")
        self.reason.setWordWrap(True)
        self.reason.setContentsMargins(LIGHT.margin, 8, LIGHT.margin, 8)
        self.table.chosen_row.connect(self._say_reason)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._row)
        column.addWidget(surface("rule"))
        self.aside = label(role="note")
        self.aside.setWordWrap(True)
        self.aside.setContentsMargins(LIGHT.margin, 8, LIGHT.margin, 8)
        column.addWidget(self.aside)
        column.addWidget(self.questions)
        self._below_questions = surface("rule")
        column.addWidget(self._below_questions)
        column.addWidget(self.table, 1)
        column.addWidget(surface("rule"))
        column.addWidget(self.reason)
        self._shown: Sequence[ImportRow] = ()

    def show_account(self, account: ImportAccount) -> None:
        """Show these rows; first those that are refused, else those that are asked about."""
        self._account = account
        self.questions.show_account(account)
        self._below_questions.setVisible(not self.questions.isHidden())
        words = aside_words(account)
        self.aside.setText(words)
        self.aside.setVisible(bool(words))
        for kind, figure in zip(_KINDS, self.figures, strict=True):
            count = sum(map(kind.holds, account.rows))
            figure.say(count, kind.coming if account.dry_run else kind.done)
        first = _REFUSED if account.refused else _ASKED if account.asked else None
        self._choose(None if first is None else self.figures[first])

    def _choose(self, chosen: Figure | None) -> None:
        for figure in self.figures:
            figure.setChecked(figure is chosen)
        self._fill()

    def _figure(self, kind: _Kind) -> Figure:
        figure = Figure(kind.chip)
        figure.clicked.connect(lambda: self._choose(figure if figure.isChecked() else None))
        tell(figure, SPACE("只看这些行"))
        self._row.addWidget(figure, 1)
        return figure

    def _fill(self) -> None:
        if self._account is None:
            return
        chosen = [
            kind for kind, figure in zip(_KINDS, self.figures, strict=True) if figure.isChecked()
        ]
        rows = self._account.rows
        self._shown = [row for row in rows if not chosen or chosen[0].holds(row)]
        self.table.set_rows(_Seen(self._shown, self._cells))
        self.table.scrollToTop()
        self._say_reason(self.table.row)

    def _cells(self, row: ImportRow) -> list[Cell | str]:
        assert self._account is not None
        dry = self._account.dry_run
        kind = next(kind for kind in _KINDS if kind.holds(row))
        words = kind.coming if dry else kind.done
        number = "" if dry and row.outcome == "add" else row.number
        note = row.told
        return [
            str(row.row),
            Cell(words, chip=kind.chip),
            number,
            row.title,
            "、".join(row.cells),
            note,
        ]

    def _say_reason(self, place: int) -> None:
        """The whole reason of the row chosen: a cell of the table cuts it short."""
        row = self._shown[place] if 0 <= place < len(self._shown) else None
        words = f"第 {row.row} 行：{row.told}" if row and row.told else ""
        self.reason.setText(words)
        self.reason.setVisible(bool(words))


def aside_words(account: ImportAccount) -> str:
    """What of the sheet is not read: rows by kind, columns, hidden sheets."""
    kinds = "、".join(f"{kind} {count:,} 行" for kind, count in account.skipped_by_kind.items())
    columns = "、".join(f"{one.letter} 列“{one.text}”" for one in account.left_out)
    again = "（Ctrl+Y 可以指定）" if account.dry_run else ""
    aside = "、".join(account.aside)
    hidden = "、".join(f"{c.letter} 列“{c.text}”" for c in account.columns if c.hidden and c.field)
    told = (
        kinds and f"不算记录：{kinds}。",
        columns and f"不导入的列：{columns}{again}。",
        hidden and f"隐藏的列也读了：{hidden}。",
        aside and f"没有看隐藏的工作表：{aside}。",
    )
    return "\n".join(filter(None, told))


class _Seen(Sequence[list[Cell | str]]):
    """The cells of the rows that are looked at; of a hundred thousand rows nobody sees all."""

    def __init__(
        self, rows: Sequence[ImportRow], cells: Callable[[ImportRow], list[Cell | str]]
    ) -> None:
        self._rows, self._cells = rows, cells

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> list[Cell | str]: ...
    @overload
    def __getitem__(self, place: slice) -> list[list[Cell | str]]: ...
    def __getitem__(self, place: int | slice) -> list[Cell | str] | list[list[Cell | str]]:
        if isinstance(place, slice):
            return [self._cells(row) for row in self._rows[place]]
        return self._cells(self._rows[place])


class Figure(QPushButton):
    """A number with its words below; pressed, it stays down."""

    def __init__(self, chip: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAutoDefault(False)
        self._tone = CHIPS[chip]
        self.number, self.words = label("0", "figure"), label(role="note")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 8)
        column.setSpacing(0)
        for part in (self.number, self.words):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(part)
        self.setStyleSheet(
            f"Figure {{ border: none; border-right: 1px solid {LIGHT.line}; border-radius: 0;"
            f" background: {LIGHT.card}; min-height: {_FIGURE}px; max-height: {_FIGURE}px; }}"
            f"Figure:hover {{ background: {LIGHT.hover}; }}"
            f"Figure:checked {{ background: {self._tone.ground}; }}"
            f"Figure:focus {{ border: 2px solid {LIGHT.focus}; }}"
        )

    def say(self, count: int, words: str) -> None:
        """Show this many."""
        self.number.setText(f"{count:,}")
        self.number.setStyleSheet(f"color: {self._tone.text if count else LIGHT.text3};")
        self.words.setText(words)
        self.setAccessibleName(f"{words} {count} 行")
