"""Find the rows of headings in a sheet and know which field each column holds."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from openpyxl.utils import column_index_from_string, get_column_letter

from app.documents.workbooks.heading_words import RUNNING
from app.documents.workbooks.known_words import Known, standing
from app.documents.workbooks.raster import Cells
from app.documents.workbooks.scales import scale_above, scale_of
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import Kind
from app.domain.kernel.text import lookup_key

RESULT_HEADING = "检查结果"
BARE = "（没有列名）"
SEARCHED_ROWS = 20
"""The headings stand among the first rows; above them titles, units and blank lines."""
_DEEPEST = 3
"""Rows that headings in levels take."""
_IGNORED = frozenset(map(lookup_key, (RESULT_HEADING, *RUNNING)))
_UNITS = re.compile(
    r"[（(【\[]?\s*(?:单位[:：])?\s*(?:元|万元|千元|人|户|人次|个|家|平方米|㎡|年|岁|%|％|必填|选填)\s*[）)】\]]?"
)
_NUMBERS = (Kind.MONEY, Kind.INTEGER)
_SHORT = 20
_LETTERS = re.compile("[A-Za-z]{1,3}")
_FIGURES = re.compile("[0-9０-９]{3}")


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a sheet: what stands over it, and which field it holds ("" for none).

    `ignored` are running numbers and the result of an earlier check; `close` is the label of a
    field that may be meant; `times` by how much its numbers are to be multiplied (万元); a `bare`
    column has no heading, but content.
    """

    number: int
    text: str
    field: str = ""
    ignored: bool = False
    close: str = ""
    times: int = 1
    hidden: bool = False
    bare: bool = False

    @property
    def letter(self) -> str:
        """A, B, …"""
        return get_column_letter(self.number)


@dataclass(frozen=True, slots=True)
class Headings:
    """Where the headings are: sheet, last row of them, and all columns that have one.

    `first` is their first row; `lacking` are the labels of required fields no column holds.
    """

    sheet: str
    row: int
    all: tuple[SheetColumn, ...]
    first: int = 0
    lacking: tuple[str, ...] = ()
    columns: Mapping[str, int] = field(init=False)
    ignored: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", {c.field: c.number for c in self.all if c.field})
        object.__setattr__(self, "ignored", {c.text: c.number for c in self.all if c.ignored})

    def address(self, field_name: str, row: int) -> str:
        """The cell of a field in a row, such as C7; "" when the sheet has no such column."""
        column = self.columns.get(field_name)
        return f"{get_column_letter(column)}{row}" if column else ""

    @property
    def left_out(self) -> tuple[SheetColumn, ...]:
        """The columns that hold no field and do not only count rows."""
        return tuple(one for one in self.all if not one.field and not one.ignored)

    @property
    def last(self) -> int:
        """The last column with a heading."""
        return max((one.number for one in self.all), default=0)

    @property
    def result_column(self) -> int:
        """Where 检查结果 stands, or is to be added."""
        return self.ignored.get(RESULT_HEADING, self.last + 1)


def find_headings(
    sheet: str,
    lines: Sequence[tuple[int, Cells]],
    known: Known,
    *,
    given: Mapping[str, str] | None = None,
    merged: Iterable[tuple[int, int, int, int]] = (),
    hidden: Collection[int] = (),
    optional: Collection[str] = (),
    guess: bool = False,
) -> Headings | None:
    """The headings among the first lines, or None when this sheet has none.

    `given` says for a text (or a column's letter) which field it holds, "" for none;
    `optional` are required fields that may be known without a column; with `guess` a row of
    words is taken of which none is known, for a person to say what they mean.
    Raises `UserError` DOUBLE_HEADING.
    """
    candidates = list(_candidates(lines, _across(merged)))
    told = {lookup_key(text): name for text, name in (given or {}).items()}
    scored = [(_score(texts, known, told), -depth, -row) for row, depth, texts in candidates]
    best = max(scored, default=(0, 0, 0))
    if standing(lines, known)[1] > max(best[0], 1):
        return None
    at = scored.index(best) if best[0] else -1
    if best[0] < min(2, len(known.specs)) and not (best[0] and _reads_as_headings(candidates[at])):
        at = next((n for n, one in enumerate(candidates) if guess and _reads_as_headings(one)), -1)
        if at < 0:
            return None
    row, depth, texts = candidates[at]
    texts, bare = _with_bare(texts, lines, row, given or {}, guess=guess)
    columns = _Settler(known, told, scale_above(lines, row - depth)).settle(texts)
    shown = tuple(
        replace(one, hidden=one.number in hidden, bare=one.number in bare) for one in columns
    )
    taken = {column.field for column in shown}
    lacking = tuple(
        spec.label
        for spec in known.specs
        if spec.field.required and spec.name not in taken and spec.name not in optional
    )
    return Headings(sheet, row, shown, row - depth + 1, lacking)


def _with_bare(
    texts: dict[int, str],
    lines: Sequence[tuple[int, Cells]],
    row: int,
    given: Mapping[str, str],
    *,
    guess: bool,
) -> tuple[dict[int, str], set[int]]:
    """The headings with columns that have none: those a person spoke of, with `guess` all."""
    words = {lookup_key(text) for text in texts.values()}
    letters = [one for one in given if _LETTERS.fullmatch(one) and lookup_key(one) not in words]
    told = {number for letter in letters for number in _columns_of(letter)}
    below = {n for number, cells in lines if number > row and len(cells) > 1 for n in cells}
    bare = (told | (below if guess else set())) - texts.keys()
    return texts | dict.fromkeys(sorted(bare), BARE), bare


def _columns_of(letter: str) -> Iterator[int]:
    with suppress(ValueError):
        yield column_index_from_string(letter)


def _reads_as_headings(candidate: tuple[int, int, dict[int, str]]) -> bool:
    """Whether a row may be headings in words nobody knows: several short ones, no figures."""
    _, depth, texts = candidate
    short = [text for text in texts.values() if len(text) <= _SHORT and not _FIGURES.search(text)]
    return depth == 1 and len(texts) > 1 and len(short) == len(texts)


def _candidates(
    lines: Sequence[tuple[int, Cells]], across: Mapping[tuple[int, int], str | None]
) -> Iterable[tuple[int, int, dict[int, str]]]:
    """Every row, and every few rows together, as (last row, depth, text by column)."""
    texts = [(row, {n: str(v).strip() for n, v in cells.items()}) for row, cells in lines]
    spread = _spread(texts, across)
    for at, (row, own) in enumerate(texts):
        yield row, 1, own
        for depth in range(2, _DEEPEST + 1):
            levels = spread[at - depth + 1 : at + 1]
            if len(levels) == depth and own and levels[0][0] == row - depth + 1:
                yield row, depth, _joined([level for _, level in levels[:-1]], own)


def _across(merged: Iterable[tuple[int, int, int, int]]) -> dict[tuple[int, int], str | None]:
    """Cells of the first rows that show the text of the first cell of their merged range."""
    found: dict[tuple[int, int], str | None] = {}
    for top, left, bottom, right in merged:
        if top <= SEARCHED_ROWS and right - left < 200 and bottom - top < SEARCHED_ROWS:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    found[row, column] = f"{top},{left}"
    return found


def _spread(
    texts: Sequence[tuple[int, dict[int, str]]], across: Mapping[tuple[int, int], str | None]
) -> list[tuple[int, dict[int, str]]]:
    """Each row with what merged cells show in all of their columns."""
    by_place = {f"{row},{column}": text for row, own in texts for column, text in own.items()}
    spread = []
    for row, own in texts:
        wide = dict(own)
        for (at, column), origin in across.items():
            if at == row and column not in wide and origin in by_place:
                wide[column] = by_place[origin]
        spread.append((row, wide))
    return spread


def _joined(above: Sequence[Mapping[int, str]], below: Mapping[int, str]) -> dict[int, str]:
    """The levels over each column, the upper first; a unit alone belongs to what is over it."""
    columns = sorted({column for level in (*above, below) for column in level})
    joined = {}
    for column in columns:
        levels = [level[column] for level in (*above, below) if level.get(column)]
        joined[column] = "\n".join(dict.fromkeys(levels))
    return joined


def _score(texts: Mapping[int, str], known: Known, told: Mapping[str, str]) -> int:
    found = {_named(text, known, told, column)[0] for column, text in texts.items()} - {""}
    return len(found)


def _named(text: str, known: Known, told: Mapping[str, str], column: int) -> tuple[str, bool]:
    """The field of a column: as a person said, by all levels, by the lowest, by an upper one."""
    for key in (lookup_key(shown_heading(text)), get_column_letter(column).lower()):
        if key in told:
            return told[key], True
    levels = text.split("\n")
    own = levels[-1]
    candidates = ["".join(levels), own] if len(levels) > 1 else [text]
    if len(levels) > 1 and _UNITS.fullmatch(own):
        candidates.append(levels[-2])
    for candidate in candidates:
        name, exact = known.field_of(candidate)
        if name:
            return name, exact
    return "", False


def shown_heading(text: str) -> str:
    """A heading in one line, as it is shown and remembered."""
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class _Settler:
    """Gives every column its field, each field once."""

    known: Known
    told: Mapping[str, str]
    above: int

    def settle(self, texts: Mapping[int, str]) -> list[SheetColumn]:
        """All columns in order; raises `UserError` DOUBLE_HEADING."""
        columns: list[SheetColumn] = []
        taken: dict[str, tuple[int, int]] = {}
        for column, text in sorted(texts.items()):
            name, exact = _named(text, self.known, self.told, column)
            sure = 2 if exact else int("证" in text and "号" in text)
            first = taken.get(name)
            if name and first and first[1] == sure:
                self._require_one(name, texts, first[0], column, exact=exact)
            if first and sure <= first[1]:
                name = ""
            elif first:
                columns = [self._freed(one) if one.field == name else one for one in columns]
            if name:
                taken[name] = column, sure
            columns.append(self._column(column, text, name))
        return columns

    def _require_one(
        self, name: str, texts: Mapping[int, str], first: int, second: int, *, exact: bool
    ) -> None:
        """Two words for one thing leave the second out; amounts, and the same word, do not."""
        spec = next(spec for spec in self.known.specs if spec.name == name)
        words = shown_heading(texts[first]), shown_heading(texts[second])
        if exact or words[0] == words[1] or spec.kind in _NUMBERS:
            raise _double((first, second), words, spec.label)

    def _column(self, number: int, text: str, name: str) -> SheetColumn:
        shown = shown_heading(text)
        if name:
            return SheetColumn(number, shown, name, times=self._times(text, name))
        if lookup_key(text) in _IGNORED and lookup_key(shown) not in self.told:
            return SheetColumn(number, shown, ignored=True)
        return SheetColumn(number, shown, close=self._close(shown))

    def _times(self, text: str, name: str) -> int:
        kind = next(spec.kind for spec in self.known.specs if spec.name == name)
        scale = scale_of(text)
        if kind in _NUMBERS and scale:
            return scale
        return self.above if kind is Kind.MONEY else 1

    def _freed(self, column: SheetColumn) -> SheetColumn:
        return replace(column, field="", times=1, close=self._close(column.text))

    def _close(self, text: str) -> str:
        labels = [spec.label for spec in self.known.specs]
        return next(iter(difflib.get_close_matches(text, labels, 1, 0.5)), "")


def _double(columns: tuple[int, int], words: tuple[str, str], label: str) -> UserError:
    letters = [f"{get_column_letter(column)} 列" for column in columns]
    if words[0] != words[1]:
        letters = [f"{letter}“{word}”" for letter, word in zip(letters, words, strict=True)]
    else:
        label = words[0]
    return UserError(
        "DOUBLE_HEADING",
        f"{letters[0]}和 {letters[1]}都是“{label}”。",
        remedy="请只留一列，把另一列删去。",
    )
