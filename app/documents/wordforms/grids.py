"""What a grid says: labels with what stands right of them, below them, or in the same cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.documents.wordforms.bounds import Budget
from app.documents.wordforms.labels import (
    PRIMARY,
    Item,
    Label,
    key_of,
    label_of,
    looks_like_label,
)
from app.documents.wordforms.paper import Cell, Grid, Line
from app.documents.wordforms.saying import (
    Event,
    Listed,
    Reading,
    Rows,
    Said,
    Sign,
    cost_of,
    is_day,
    is_title,
    labelled,
)

_COLON = re.compile("[:：]")
_MOST_LINES = 24
_TOGETHER = 40
"""Characters within which a label stands that begins a cell."""
_COUNTED = frozenset({"序号", "编号"})
_FOOT = frozenset({Item.REPORTER, Item.FILED})


@dataclass(slots=True, eq=False)
class Look:
    """A cell and what it was recognised as: a label, a label with words behind it, or neither."""

    cell: Cell
    lines: list[Line]
    label: Label | None = None
    rest: list[Line] | None = None
    several: bool = False
    used: bool = False
    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.text = "\n".join(line.text for line in self.lines)

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.text.strip()

    @property
    def alone(self) -> bool:
        """Whether it is a label and nothing else."""
        return self.label is not None and self.rest is None

    @property
    def speaks(self) -> bool:
        """Whether it holds a label at all."""
        return self.label is not None or self.several


class GridReading:
    """One grid: its cells by place, then what they say in reading order."""

    def __init__(self, grid: Grid, budget: Budget) -> None:
        self._budget = budget
        self.looks = [_look(cell, budget) for cell in grid.cells]
        self._at: dict[tuple[int, int], Look] = {}
        for look in self.looks:
            cell = look.cell
            for row in range(cell.row, cell.row + cell.rows):
                budget.spend(cell.columns)
                for column in range(cell.column, cell.column + cell.columns):
                    self._at.setdefault((row, column), look)
        self._last = grid.rows
        self._drop_repeated()

    def events(self) -> Iterator[Event | Look]:
        """What the grid says; a cell that holds lines of its own comes as it is."""
        if self._is_list():
            yield Listed(self._rows())
            return
        said: dict[int, Said] = {}
        for number, look in enumerate(self.looks):
            if look.label is not None and not look.used:
                said[number] = self._said(look, look.label)
        for number, look in enumerate(self.looks):
            if number in said:
                yield from with_foot(said[number], self._budget)
            elif look.used or look.blank:
                continue
            elif is_title(look.text):
                yield Sign.TITLE
            elif is_day(look.text):
                yield Said(Item.FILED, look.lines)
            else:
                yield look

    def _rows(self) -> Rows:
        """The texts of the cells, each at its first row and column."""
        wide = max(_right_of(look.cell) for look in self.looks)
        self._budget.spend(wide * self._last)
        rows = [[""] * wide for _ in range(self._last)]
        for look in self.looks:
            rows[look.cell.row][look.cell.column] = look.text.strip()
        return tuple(map(tuple, rows))

    # -- one label

    def _said(self, look: Look, label: Label) -> Said:
        if look.rest is not None:
            return Said(label.item, look.rest, label.words, label.sure)
        found = self._below(look) if self._heads(look) else self._beside(look)
        for one in found:
            one.used = True
        filled = [one for one in found if not one.blank]
        lines = [line for one in (filled or found) for line in one.lines]
        spread = len(filled) > 1 and not self._is_tall(look, filled)
        return Said(label.item, lines, label.words, label.sure, spread)

    def _heads(self, look: Look) -> bool:
        """Whether what belongs to a label stands below it."""
        right, left = self._right(look), self._left(look)
        if right is None or right.alone:
            return True
        return left is not None and left.alone and looks_like_label(right.text)

    def _right(self, look: Look) -> Look | None:
        return self._at.get((look.cell.row, look.cell.column + look.cell.columns))

    def _left(self, look: Look) -> Look | None:
        return self._at.get((look.cell.row, look.cell.column - 1))

    def _is_tall(self, look: Look, filled: Sequence[Look]) -> bool:
        """Whether the cells stand one below the other beside a label as tall as they are."""
        columns = {one.cell.column for one in filled}
        return len(columns) == 1 and all(
            one.cell.row < look.cell.row + look.cell.rows for one in filled
        )

    def _beside(self, look: Look) -> list[Look]:
        cell = look.cell
        found: list[Look] = []
        for row in range(cell.row, cell.row + cell.rows):
            found += [one for one in self._run(row, cell.column + cell.columns) if one not in found]
        row = cell.row + cell.rows
        if not any(not one.blank for one in found):
            below = self._at.get((row, cell.column))
            alone = below is not None and self._alone_in_row(below)
            if below is not None and alone and not below.speaks and not below.blank:
                return [*found, below] if not is_day(below.text) else found
        while self._goes_on(row, cell):
            found += self._run(row, cell.column + cell.columns)
            row += 1
        return found

    def _goes_on(self, row: int, cell: Cell) -> bool:
        """Whether a row below has nothing where the label was, and goes on beside it."""
        self._budget.spend()
        under = self._at.get((row, cell.column))
        if under is None or not under.blank or under.cell.columns != cell.columns:
            return False
        more = self._run(row, cell.column + cell.columns)
        return any(not one.blank for one in more)

    def _run(self, row: int, column: int) -> list[Look]:
        """The cells from here to the right up to the next label."""
        found: list[Look] = []
        while (look := self._at.get((row, column))) is not None:
            self._budget.spend()
            if look.speaks or look.used or (found and looks_like_label(look.text)):
                break
            if look not in found:
                found.append(look)
            column = look.cell.column + look.cell.columns
        return found

    def _below(self, look: Look) -> list[Look]:
        cell = look.cell
        found: list[Look] = []
        for column in range(cell.column, cell.column + cell.columns):
            under = self._at.get((cell.row + cell.rows, column))
            if under is not None and not under.speaks and under not in found and not under.used:
                found.append(under)
        inside = [one for one in found if one.cell.column >= cell.column]
        if len(inside) == 1 and inside[0].blank:
            return inside
        return [one for one in inside if not looks_like_label(one.text)]

    def _alone_in_row(self, look: Look) -> bool:
        cell = look.cell
        return self._at.get((cell.row, cell.column - 1)) is None and (
            self._at.get((cell.row, cell.column + cell.columns)) is None
        )

    def _drop_repeated(self) -> None:
        """A text that begins with its own label once more is the text of that label."""
        for look in self.looks:
            left = self._left(look)
            if look.alone or left is None or not left.alone or left.label is None:
                continue
            same = look.label is not None and look.label.item is left.label.item
            if same or left.label.item in (Item.OPINIONS, Item.NOTE):
                look.label, look.rest, look.several = None, None, False

    # -- lists

    def _is_list(self) -> bool:
        return self._has_heading_row() or self._has_heading_column()

    def _has_heading_row(self) -> bool:
        """A row of labels with a visit in each row below."""
        rows: dict[int, list[Look]] = {}
        for look in self.looks:
            rows.setdefault(look.cell.row, []).append(look)
        for row, looks in rows.items():
            labels = [look.label for look in looks if look.alone and look.label is not None]
            items = {label.item for label in labels} & set(PRIMARY)
            counted = any(key_of(look.text) in _COUNTED for look in looks)
            if not items or len(labels) < 2 or not (counted or len(items) > 1):
                continue
            if not all(look.alone or look.blank or looks_like_label(look.text) for look in looks):
                continue
            if self._filled_below(rows, row) > (0 if counted else 1):
                return True
        return False

    def _filled_below(self, rows: dict[int, list[Look]], row: int) -> int:
        """How many rows below this one are filled in, up to the next label; two are enough."""
        count = 0
        for number in range(row + 1, self._last):
            self._budget.spend()
            looks = rows.get(number, [])
            if count > 1 or any(look.speaks for look in looks):
                break
            count += sum(not look.blank for look in looks) > 1
        return count

    def _has_heading_column(self) -> bool:
        """Labels below each other with a visit in each column beside them."""
        wide: set[Item] = set()
        for look in self.looks:
            if look.alone and look.label is not None and look.label.item in PRIMARY:
                beside = [] if self._heads(look) else self._run(look.cell.row, _right_of(look.cell))
                if sum(not one.blank for one in beside) > 1:
                    wide.add(look.label.item)
        return Item.ENTERPRISE in wide and len(wide) > 1


def _right_of(cell: Cell) -> int:
    return cell.column + cell.columns


def _look(cell: Cell, budget: Budget) -> Look:
    """Recognise what a cell is."""
    look = Look(cell, cell.lines)
    text = look.text
    budget.spend(cost_of(text))
    whole = label_of(text)
    if whole is not None:
        look.label = whole
        return look
    if _holds_form(cell, budget):
        look.several = True
        return look
    if sum(bool(labelled(line)) for line in look.lines) > 1 or any(
        len(labelled(line)) > 1 for line in look.lines
    ):
        look.several = True
        return look
    for label, rest in (_behind_colon(look.lines), _below_lines(look.lines), _behind_blank(look)):
        if label is not None:
            look.label, look.rest = label, rest
            return look
    look.several = any(labelled(line) for line in look.lines)
    return look


def _holds_form(cell: Cell, budget: Budget) -> bool:
    """Whether a table with labels of its own lies in a cell."""
    labels = 0
    for block in cell.content:
        for one in block.cells if isinstance(block, Grid) else ():
            text = "\n".join(line.text for line in one.lines)
            budget.spend(cost_of(text))
            labels += label_of(text) is not None
    return labels > 1


Found = tuple[Label | None, list[Line]]


def _behind_colon(lines: Sequence[Line]) -> Found:
    """参与走访领导：王建国, the label over several lines or not."""
    begun = ""
    for number, line in enumerate(lines[:_MOST_LINES]):
        colon = _COLON.search(line.text)
        if colon is not None:
            label = label_of(begun + line.text[: colon.start()])
            if label is None:
                return None, []
            first = Line(line.text[colon.end() :].strip(" \u3000"), line.marks)
            return label, [first, *lines[number + 1 :]]
        begun += line.text
        if len(begun) > _TOGETHER:
            break
    return None, []


def _below_lines(lines: Sequence[Line]) -> Found:
    """参与走访领导, and below it in the same cell 王建国."""
    begun = ""
    found: Found = (None, [])
    for number, line in enumerate(lines[:_MOST_LINES]):
        begun += line.text
        if len(begun) > _TOGETHER:
            break
        label = label_of(begun)
        rest = list(lines[number + 1 :])
        if label is not None and label.sure and any(not one.blank for one in rest):
            found = label, rest
    return found


def _behind_blank(look: Look) -> Found:
    """参与走访领导　王建国: a label and its words parted by a blank."""
    if not look.lines:
        return None, []
    first = look.lines[0]
    best: Found = (None, [])
    for blank in list(re.finditer(r"\s+", first.text[:_TOGETHER]))[:8]:
        label = label_of(first.text[: blank.start()])
        rest = first.text[blank.end() :]
        if label is not None and label.sure and len(label.words) > 3 and rest.strip():
            best = label, [Line(rest, first.marks), *look.lines[1:]]
    return best


def with_foot(said: Said, budget: Budget) -> Iterator[Event]:
    """A long text, and apart from it the foot of the form, where that stands in the same cell."""
    if said.item not in (Item.OPINIONS, Item.NOTE):
        yield said
        return
    kept: list[Line] = []
    foot: list[Line] = []
    for line in said.lines:
        found = labelled(line)
        foots = bool(found) and found[0][0].item in _FOOT and not line.text[: found[0][1]].strip()
        # 时间：10月10日前落实 is a part of what was said.
        foots = foots and (found[0][0].sure or is_day(line.text[found[0][2] :]))
        (foot if foots or (foot and is_day(line.text)) else kept).append(line)
    said.lines = kept
    yield said
    yield from Reading(budget).lines(foot)
