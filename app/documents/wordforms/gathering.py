"""The text of one paragraph while it is gathered: lines, marks, and what stands beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.documents.wordforms.bounds import CHARACTERS, too_big
from app.documents.wordforms.paper import PLAIN, Block, Break, Line, Mark, Marks

CLOCK = re.compile(r"\s*(?:DATE|TIME|SAVEDATE|PRINTDATE|CREATEDATE)\b", re.IGNORECASE)
"""Codes of fields whose result is another one every time they are looked at."""

TINY = 8
"""Half points of a letter that nobody sees."""
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


_TURNS = re.compile("[\u202a\u202b\u202d\u202e\u2066-\u2068]")
_UNSEEN = dict.fromkeys(
    (
        0xAD,
        0x61C,
        0x180E,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x206A),
        0xFEFF,
    )
)
"""Signs that nobody sees: they part no words, and turn at most the order in which one reads."""


def small(text: str) -> str:
    """Text set small above or below the line: its figures are no part of the number beside them."""
    return text.translate(_RAISED)


class Gathering:
    """Takes pieces of text in order; `blocks` are its lines, then the boxes anchored in it."""

    def __init__(self, marks: Marks = PLAIN) -> None:
        self._marks = set(marks)
        self._text: list[str] = []
        self._length = 0
        self._before: list[Block] = []
        self._boxes: list[Block] = []

    def add(self, text: str) -> None:
        """Text that counts."""
        self._length += len(text)
        if self._length > CHARACTERS:
            raise too_big()
        if _TURNS.search(text):
            self._marks.add(Mark.TURNED)
        self._text.append(text.translate(_UNSEEN))

    def mark(self, mark: Mark) -> None:
        """Something is to be told of this paragraph."""
        self._marks.add(mark)

    def box(self, blocks: Iterable[Block]) -> None:
        """What stands in a text box that is anchored here."""
        self._boxes += blocks

    def page(self) -> None:
        """A page ends here."""
        self._before += self._lines()
        self._before.append(Break.PAGE)
        self._text = []

    @property
    def blocks(self) -> list[Block]:
        """The paragraph and what is anchored in it."""
        return [*self._before, *self._lines(), *self._boxes]

    def carry_on(self, other: Gathering) -> None:
        """Go on with the next paragraph: the mark between the two was deleted."""
        other._text[:0] = self._text
        other._marks |= self._marks
        other._before[:0] = self._before
        other._boxes[:0] = self._boxes

    def _lines(self) -> list[Line]:
        marks = frozenset(self._marks)
        return [Line(part, marks) for part in "".join(self._text).split("\n")]
