"""The findings as rows: of a hundred thousand only those are made that are seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import overload

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from app.services.deciding.findings import Line, Look, Standing
from app.ui.pages.inbox.grid import Cell, Column
from app.ui.pages.inbox.grid import Line as Group
from app.ui.parts.table import Table

COLUMNS = (Column("程度", 72), Column("单位", 150), Column("记录", 176), Column("问题", least=160))
BY: Mapping[str, Callable[[Line], str]] = {
    "rule": lambda line: line.rule,
    "owner": lambda line: line.record.owner,
    "severity": lambda line: line.severity,
}
"""What findings are told apart by."""
_KINDS = {"错误": "error", "核对": "warning", "提醒": "neutral"}
_ALL = "全部"
_SIDES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class FindingRows(Sequence[Sequence[Cell | str]]):
    """These lines as rows of the table."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines

    @overload
    def __getitem__(self, place: int) -> Sequence[Cell | str]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Sequence[Cell | str]]: ...
    def __getitem__(
        self, place: int | slice
    ) -> Sequence[Cell | str] | Sequence[Sequence[Cell | str]]:
        if isinstance(place, slice):
            return FindingRows(self.lines[place])
        return _row(self.lines[place])

    def __len__(self) -> int:
        return len(self.lines)


def _row(line: Line) -> Sequence[Cell]:
    one = line.record
    told = f"　{line.reason}" if line.reason else ""
    return (
        Cell(line.severity, chip=_KINDS.get(line.severity, "neutral")),
        Cell(line.owner_name),
        Cell(one.number or one.type.label),
        Cell(line.finding.sentence, note=told.strip()),
    )


class FindingTable(Table):
    """Several rows may be selected; `sideways(step)` for ← and →; `left` on Esc."""

    sideways = Signal(int)

    def __init__(self) -> None:
        super().__init__("逻辑检查的结果", COLUMNS)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    @property
    def places(self) -> list[int]:
        """The rows that are selected, in their order; else the one one stands on."""
        ranges = self.selectionModel().selection()
        found = {row for one in ranges.toList() for row in range(one.top(), one.bottom() + 1)}
        return sorted(found) or ([self.row] if self.row >= 0 else [])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if not event.modifiers() and key in _SIDES:
            self.sideways.emit(_SIDES[key])
        else:
            super().keyPressEvent(event)


def narrowed(
    lines: Iterable[Line], standing: Standing, within: Mapping[str, str], but: str = ""
) -> list[Line]:
    """The lines of a standing and of all that is chosen, but for one way to tell them apart."""
    asked = [(BY[by], key) for by, key in within.items() if key and by != but]
    return [
        line
        for line in lines
        if line.standing is standing and all(of(line) == key for of, key in asked)
    ]


def groups(look: Look, lines: Sequence[Line], by: str) -> list[Group]:
    """How many of these lines there are of each, all of them above the gravest or the most."""
    of = BY[by]
    counts = Counter(map(of, lines))
    named = {of(line): _named(look, line, by) for line in reversed(lines)}
    first = Group("", (Cell(_ALL, bold=True), Cell(f"{len(lines):,}")))
    ranked = counts.most_common() if by == "owner" else counts.items()
    rest = [Group(key, (Cell(named[key]), Cell(f"{count:,}"))) for key, count in ranked]
    return [first, *rest]


def _named(look: Look, line: Line, by: str) -> str:
    if by == "rule":
        return look.rules[line.rule]
    return line.owner_name if by == "owner" else line.severity


def narrowed_words(
    look: Look | None, lines: Sequence[Line], within: Mapping[str, str], text: str
) -> str:
    """What these lines were narrowed to, in words: 待办，沙湾区总工会，错误."""
    if not lines or look is None:
        return text
    one = lines[0]
    told = [_named(look, one, by) for by in BY if within.get(by)]
    return "，".join([one.standing.value, *told, *filter(None, [text])])


def answers(line: Line, wanted: str, key: Callable[[str], str]) -> bool:
    """Whether a line answers what is looked for."""
    one = line.record
    told = (one.number, line.owner_name, line.finding.sentence, one.type.label)
    return any(wanted in key(text) for text in told)
