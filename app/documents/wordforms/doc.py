"""Read an old .doc (also .wps where it is one): paragraphs and the grids of its tables.

Deleted and hidden text never counts; cells lie where their edges do, so that no row of a cell
merged over several rows is lost. Format: [MS-DOC] 2.4 (retrieving text, cells, rows).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.documents.wordforms.bounds import NESTED, Budget, damaged, too_big
from app.documents.wordforms.doc_formats import Look, TableRow
from app.documents.wordforms.doc_streams import BROKEN, streams_of
from app.documents.wordforms.doc_text import DocText, Paragraph, whole
from app.documents.wordforms.gathering import CLOCK, Gathering, small
from app.documents.wordforms.paper import (
    PLAIN,
    Block,
    Break,
    CellDraft,
    Grid,
    Mark,
    Marks,
    Paper,
    grid_of,
)

_CELL, _PAGE = "\x07", "\x0c"
_BEGIN, _MIDDLE, _END = "\x13", "\x14", "\x15"
_SIGNS = {"\t": "\t", "\x0b": "\n", "\x1e": "-", "\x0e": "\n"}
_NEAR = 30
"""Twentieths of a point between two edges that are one."""


def read_doc(data: bytes, budget: Budget) -> Paper:
    """The paper in the bytes of a .doc.

    Raises `UserError` NOT_WORD, DAMAGED, ENCRYPTED, TOO_BIG; `Cancelled`.
    """
    streams = streams_of(data)
    try:
        text = DocText(streams, budget)
        stories = {
            name: _Assembling(marks).of(text.paragraphs(*streams.stories[name]))
            for name, marks in _READ.items()
        }
    except BROKEN as error:
        raise damaged() from error
    return Paper(
        tuple(stories["main"]),
        tuple(stories["boxes"]),
        (*stories["heads"], *stories["head_boxes"]),
    )


_READ: dict[str, Marks] = {
    "main": PLAIN,
    "heads": frozenset({Mark.PAGE_FOOTER}),
    "boxes": frozenset({Mark.TEXTBOX}),
    "head_boxes": frozenset({Mark.PAGE_FOOTER}),
}


@dataclass(slots=True)
class _Row:
    cells: list[list[Block]]
    told: TableRow | None


@dataclass(slots=True)
class _Table:
    """A table while its cells are gathered."""

    rows: list[_Row] = field(default_factory=list)
    cells: list[list[Block]] = field(default_factory=list)
    content: list[Block] = field(default_factory=list)


class _Assembling:
    """Puts the paragraphs of one story into blocks."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks
        self._body: list[Block] = []
        self._open: list[_Table] = []
        self._fields: list[bool] = []
        self._carried: Gathering | None = None

    def of(self, paragraphs: Iterable[Paragraph]) -> list[Block]:
        """The blocks of the story."""
        for paragraph in paragraphs:
            self._take(paragraph)
        if self._carried is not None:
            (self._open[-1].content if self._open else self._body).extend(self._carried.blocks)
        while self._open:
            self._close()
        return self._body

    def _take(self, paragraph: Paragraph) -> None:
        look = paragraph.look
        depth = look.depth or (1 if paragraph.mark == _CELL else 0)
        if depth > NESTED:
            raise too_big()
        while len(self._open) > depth:
            self._close()
        while len(self._open) < depth:
            self._open.append(_Table())
        if look.ends_row and self._open:
            self._end_row(look.row)
            return
        gathered = self._gathered(paragraph)
        if self._carried is not None:
            self._carried.carry_on(gathered)
        self._carried = gathered if paragraph.joined and not look.ends_cell else None
        if self._carried is not None:
            return
        ends_cell = depth > 0 and (look.ends_cell or (depth == 1 and paragraph.mark == _CELL))
        blocks = gathered.blocks
        here = self._open[-1].content if self._open else self._body
        here += blocks
        if ends_cell:
            table = self._open[-1]
            table.cells.append(table.content)
            table.content = []
        if paragraph.mark == _PAGE and not self._open:
            self._body.append(Break.PAGE)

    def _end_row(self, told: TableRow | None) -> None:
        table = self._open[-1]
        if table.content:
            table.cells.append(table.content)
        if table.cells:
            table.rows.append(_Row(table.cells, told))
        table.cells, table.content = [], []

    def _close(self) -> None:
        table = self._open.pop()
        if table.cells or table.content:
            self._open.append(table)
            self._end_row(None)
            self._open.pop()
        here = self._open[-1].content if self._open else self._body
        here.append(_grid(table.rows))

    def _gathered(self, paragraph: Paragraph) -> Gathering:
        gathered = Gathering(self._marks)
        if paragraph.look.numbered and any(run.text.strip() for run in paragraph.runs):
            gathered.mark(Mark.NUMBERED)
        for run in paragraph.runs:
            text = self._shown(run.text, gathered)
            mark, counts = _told_by(run.look)
            if mark is not None and text.strip():
                gathered.mark(mark)
            if counts:
                gathered.add(small(text) if run.look.small else whole(text))
        return gathered

    def _shown(self, text: str, gathered: Gathering) -> str:
        """Text without the codes of fields and the signs that stand for objects."""
        shown: list[str] = []
        if any(self._fields) and CLOCK.match(text):
            gathered.mark(Mark.AUTO_DATE)
        for char in text:
            if char == _BEGIN:
                self._fields.append(True)
            elif char == _MIDDLE and self._fields:
                self._fields[-1] = False
            elif char == _END and self._fields:
                self._fields.pop()
            elif not any(self._fields):
                shown.append(_SIGNS.get(char, char if char >= " " else ""))
        return "".join(shown)


def _told_by(look: Look) -> tuple[Mark | None, bool]:
    """What is to be told of characters that look so, and whether they count."""
    if look.deleted or look.hidden:
        return (Mark.TRACKED if look.deleted else Mark.HIDDEN), False
    if look.struck:
        return Mark.STRUCK, False
    if look.inserted:
        return Mark.TRACKED, True
    return (Mark.PALE if look.pale or look.tiny else None), True


def _grid(rows: Sequence[_Row]) -> Grid:
    """The grid of a table; cells lie in the columns that the edges of all rows make."""
    edges = _edges([row.told for row in rows])
    return grid_of([_drafts(row, edges) for row in rows])


def _edges(told: Iterable[TableRow | None]) -> list[int]:
    """The edges of all rows from left to right, those close together as one."""
    found = sorted({edge for row in told if row is not None for edge in row.edges})
    kept: list[int] = []
    for edge in found:
        if not kept or edge - kept[-1] > _NEAR:
            kept.append(edge)
    return kept


def _drafts(row: _Row, edges: Sequence[int]) -> list[CellDraft]:
    told = row.told
    if told is None or len(told.down) != len(row.cells):
        return [CellDraft(place, 1, content) for place, content in enumerate(row.cells)]
    places = [_place(edge, edges) for edge in told.edges]
    drafts: list[CellDraft] = []
    for number, content in enumerate(row.cells):
        begin, end = places[number], max(places[number + 1], places[number] + 1)
        if told.across[number] and drafts:
            drafts[-1].columns = end - drafts[-1].column
            drafts[-1].content += content
        else:
            drafts.append(CellDraft(begin, end - begin, content, told.down[number]))
    return drafts


def _place(edge: int, edges: Sequence[int]) -> int:
    return min(range(len(edges)), key=lambda place: abs(edges[place] - edge))
