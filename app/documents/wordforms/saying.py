"""What a paper says, piece by piece: a label with what stands beside it, a title, a page's end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from app.documents.wordforms.bounds import Budget
from app.documents.wordforms.labels import PRIMARY, Item, Label, label_of
from app.documents.wordforms.paper import PLAIN, Line, Marks


class Sign(Enum):
    """What parts one form from the next."""

    TITLE = "title"
    PAGE = "page"


Rows = tuple[tuple[str, ...], ...]
"""A list of visits, row by row."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A table with a line for each visit, which is no form."""

    rows: Rows


@dataclass(slots=True)
class Said:
    """What stands beside one label.

    `label` as it stands, "" for a day without any; `spread` when it lay in several cells;
    `left` for what stands beside no label: in the table, or, where that is not `sure`, below it.
    """

    item: Item
    lines: list[Line]
    label: str = ""
    sure: bool = True
    spread: bool = False
    left: bool = False

    @property
    def text(self) -> str:
        """The words, line by line."""
        return "\n".join(line.text for line in self.lines).strip("\n")

    @property
    def blank(self) -> bool:
        """Whether nothing was filled in."""
        return all(line.blank for line in self.lines)

    @property
    def marks(self) -> Marks:
        """What is to be told of the words."""
        return PLAIN.union(*(line.marks for line in self.lines))


Event = Said | Sign | Listed

_COLON = re.compile("[:：]")
_STARTS = re.compile(r"(?:(?<=[\s,，;；。、|│()（）【】])|^)(?=\S)")
_APART = re.compile("\t+|[ \u3000\xa0]{2,}")
_MOST_COLONS = 60
_LONGEST_LABEL = 40
_TITLE = re.compile("登\\s*记\\s*表")
_TITLE_AT_MOST = 70
_FIGURE = "[0-9０-９〇零○oOＯ一二三四五六七八九十廿卅]"
_BLANKS = r"[\s_＿\u3000]*"
DAY = re.compile(
    rf"(?:公元)?(?:{_FIGURE}{_BLANKS}){{0,4}}年{_BLANKS}(?:{_FIGURE}{_BLANKS}){{0,3}}月"
    rf"{_BLANKS}(?:(?:{_FIGURE}{_BLANKS}){{0,3}}[日号])?"
    r"|[0-9０-９]{2,4}\s*[-./－．／]\s*[0-9０-９]{1,2}\s*[-./－．／]\s*[0-9０-９]{1,2}"
)
"""A day as it stands at the foot of a form, also one that was not filled in."""
_ONLY_DAY = re.compile(rf"[\s（(]*(?:{DAY.pattern})[\s）)。.]*")


_LEFT_AT_MOST = 2_000
_PROSE = re.compile(r"[。；;，]\s*\Z|\A\s*[（(]?[0-9一二三四五六七八九十]{1,2}[)）]?[、.．]")
"""What is written as an opinion is, sentence by sentence."""
_CONTINUES = re.compile("续表|续上|续前|接上页|接前页|转下页|接下页|[（(]续[)）]")
_CONTINUES_AT_MOST = 20


def continues(text: str) -> bool:
    """Whether a line says that a form goes on: 续表, 接上页."""
    return len(text) <= _CONTINUES_AT_MOST and _CONTINUES.search(text) is not None


def cost_of(text: str) -> int:
    """The steps that looking for labels in a text takes at most."""
    colons = min(text.count("：") + text.count(":"), _MOST_COLONS)
    return 40 + len(text) // 20 + 300 * colons


def is_title(text: str) -> bool:
    """Whether a line is the title of a form."""
    return len(text) <= _TITLE_AT_MOST and _TITLE.search(text) is not None and "：" not in text


def is_day(text: str) -> bool:
    """Whether a line holds a day and nothing else; its figures may be blanks."""
    return _ONLY_DAY.fullmatch(text) is not None


def labelled(line: Line) -> list[tuple[Label, int, int]]:
    """The labels with a colon in a line: each with where it begins and where its value does."""
    found: list[tuple[Label, int, int]] = []
    begin = 0
    for count, colon in enumerate(_COLON.finditer(line.text)):
        if count >= _MOST_COLONS:
            break
        label = _ending_at(line.text, begin, colon.start())
        if label is not None:
            found.append((label[0], label[1], colon.end()))
            begin = colon.end()
    return found


def _ending_at(text: str, begin: int, end: int) -> tuple[Label, int] | None:
    """The longest label that ends before a colon."""
    begin = max(begin, end - _LONGEST_LABEL)
    for start in _STARTS.finditer(text[begin:end]):
        label = label_of(text[begin + start.start() : end])
        if label is not None:
            return label, begin + start.start()
    return None


def side_by_side(line: Line) -> list[str]:
    """The pieces of a line that tabs or wide blanks part."""
    return [piece for piece in _APART.split(line.text.strip()) if piece.strip()]


class Reading:
    """Reads lines that stand in no grid: labels with colons, labels alone, what goes on below."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._open: Said | None = None

    def lines(self, lines: Iterable[Line]) -> Iterator[Event]:
        """What these lines say; a label without words takes the lines below it."""
        for line in lines:
            self._budget.spend(cost_of(line.text))
            yield from self._of(line)

    def end(self) -> None:
        """What comes next belongs to no label above it."""
        self._open = None

    def _of(self, line: Line) -> Iterator[Event]:
        if is_title(line.text):
            self._open = None
            yield Sign.TITLE
            return
        found = labelled(line)
        if found:
            before = line.text[: found[0][1]]
            if before.strip() and self._open is not None:
                self._open.spread = self._open.spread or not self._wants_more()
                self._open.lines.append(Line(before.strip(), line.marks))
            for (label, _, begin), (_, end, _) in zip(
                found, [*found[1:], (found[0][0], len(line.text), 0)], strict=True
            ):
                yield self._begin(label, line, begin, end)
            return
        pairs = list(_pairs(side_by_side(line)))
        if pairs:
            for label, words in pairs:
                self._open = Said(label.item, [Line(words, line.marks)], label.words, label.sure)
                yield self._open
            return
        alone = label_of(line.text) if not line.blank else None
        if alone is not None and alone.sure:
            self._open = Said(alone.item, [], alone.words, alone.sure)
            yield self._open
        elif is_day(line.text) and not self._wants_more(day=True):
            yield Said(Item.FILED, [line])
        elif self._open is not None and self._wants_more():
            self._open.lines.append(line)
        elif self._open is not None and self._open.item in PRIMARY and not line.blank:
            yield Said(Item.OTHER, [line], left=True)
        elif self._open is None and (_PROSE.search(line.text) or continues(line.text)):
            yield Said(
                Item.OTHER, [Line(line.text[:_LEFT_AT_MOST], line.marks)], sure=False, left=True
            )

    def _begin(self, label: Label, line: Line, begin: int, end: int) -> Said:
        words = line.text[begin:end]
        self._open = Said(label.item, [Line(words.strip(" \u3000\xa0"), line.marks)], label.words)
        self._open.sure = label.sure
        return self._open

    def _wants_more(self, *, day: bool = False) -> bool:
        """Whether a line below still belongs to the label above it."""
        said = self._open
        if said is None:
            return False
        if said.blank:
            return not day or said.item in (Item.FILED, Item.VISITED)
        if said.item in (Item.OPINIONS, Item.NOTE):
            return not day
        return said.item is Item.LEADERS and said.text.rstrip().endswith(("、", "，", ","))


def _pairs(pieces: Sequence[str]) -> Iterator[tuple[Label, str]]:
    """Labels and words that stand side by side in one line."""
    at = 0
    while at + 1 < len(pieces):
        label = label_of(pieces[at])
        if label is not None and label.sure and label_of(pieces[at + 1]) is None:
            yield label, pieces[at + 1]
            at += 2
        else:
            at += 1
