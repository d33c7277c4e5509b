"""Read an .odt: paragraphs, grids with covered cells, frames, page heads and feet.

Format: OpenDocument 1.2 part 1 (text:, table:, style:).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.documents.wordforms.bounds import CELLS, NESTED, Budget, damaged, encrypted, too_big
from app.documents.wordforms.gathering import TINY, Gathering, small
from app.documents.wordforms.paper import (
    PLAIN,
    Block,
    CellDraft,
    Grid,
    Mark,
    Marks,
    Paper,
    grid_of,
    lines_of,
)
from app.documents.wordforms.xml_tree import Archive, Node, figure_of

_NEAR_WHITE = re.compile("#(?:[Ff][0-9A-Fa-f]){3}")
_POINTS = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,3})?)pt")
_SPACES = re.compile("[ \t\r\n]+")
_SKIPPED = frozenset(
    "annotation annotation-end note tracked-changes sequence-decls forms bibliography-mark "
    "table-of-content-source variable-decls user-field-decls".split()
)
_HEADS = frozenset("header footer header-left footer-left header-first footer-first".split())
_MOST_REPEATED = 300
_RUNS = frozenset({"p", "h"})
_SHAPES = frozenset("frame custom-shape rect ellipse g caption circle polygon".split())


def is_odt(archive: Archive) -> bool:
    """Whether the archive says that it is a text of OpenDocument."""
    told = archive.read("mimetype").strip() if "mimetype" in archive else b""
    return told.startswith(b"application/vnd.oasis.opendocument.text")


def read_odt(archive: Archive, budget: Budget) -> Paper:
    """The paper in an archive; raises `UserError` DAMAGED, ENCRYPTED, TOO_BIG."""
    if "META-INF/manifest.xml" in archive:
        manifest = archive.tree("META-INF/manifest.xml")
        if next(manifest.all("encryption-data"), None) is not None:
            raise encrypted()
    if "content.xml" not in archive:
        raise damaged("里面没有正文。")
    content = archive.tree("content.xml")
    styles = [archive.tree("styles.xml")] if "styles.xml" in archive else []
    told = _told_styles([content, *styles])
    outer = content.first("body")
    body = outer.first("text") if outer is not None else None
    if body is None:
        raise damaged("里面没有正文。")
    reader = _Reader(budget, told)
    marked = frozenset({Mark.PAGE_FOOTER})
    feet: list[Block] = []
    for tree in styles:
        for page in tree.all("master-page"):
            for edge in page.nodes:
                if edge.name in _HEADS:
                    feet += reader.blocks(edge, marked)
    return Paper(tuple(reader.blocks(body)), (), tuple(feet))


@dataclass(frozen=True, slots=True)
class _Styles:
    """The names of styles: whose text does not count or is pale, and why; breaks; small text."""

    marks: Mapping[str, Mark]
    breaks: frozenset[str]
    small: frozenset[str]


def _told_styles(trees: Iterable[Node]) -> _Styles:
    marks: dict[str, Mark] = {}
    breaks: set[str] = set()
    raised: set[str] = set()
    parents: dict[str, str] = {}
    for tree in trees:
        for style in tree.all("style"):
            name = style.get("name")
            parents[name] = style.get("parent-style-name")
            mark = _mark_of(style.first("text-properties"))
            if _is_small(style.first("text-properties")):
                raised.add(name)
            paragraph = style.first("paragraph-properties")
            if mark is not None:
                marks[name] = mark
            begins = paragraph is not None and paragraph.get("break-before") == "page"
            if begins or style.get("master-page-name"):
                breaks.add(name)
    for _ in range(20):
        inherited = {n: marks[p] for n, p in parents.items() if p in marks and n not in marks}
        if not inherited:
            break
        marks |= inherited
    return _Styles(marks, frozenset(breaks), frozenset(raised))


def _is_small(text: Node | None) -> bool:
    """Whether the text is set above or below the line, as the figure of a note is."""
    place = text.get("text-position").split(" ")[0] if text is not None else ""
    return place not in ("", "0%")


def _mark_of(text: Node | None) -> Mark | None:
    if text is None:
        return None
    if text.get("display") == "none":
        return Mark.HIDDEN
    lines = {text.get("text-line-through-style"), text.get("text-line-through-type")}
    if lines - {"", "none"}:
        return Mark.STRUCK
    size = _POINTS.fullmatch(text.get("font-size"))
    tiny = size is not None and 0 < 2 * float(size[1]) <= TINY
    return Mark.PALE if tiny or _NEAR_WHITE.fullmatch(text.get("color")) else None


class _Reader:
    def __init__(self, budget: Budget, styles: _Styles) -> None:
        self._budget, self._styles = budget, styles
        self._depth = 0
        self._cells_read = self._lists = 0
        self._small = False

    def blocks(self, parent: Node, marks: Marks = PLAIN) -> list[Block]:
        """The paragraphs and tables inside an element, in order."""
        found: list[Block] = []
        for node in parent.nodes:
            self._budget.spend()
            if node.name in _RUNS:
                found += self._paragraph(node, marks)
            elif node.name == "table":
                found.append(self._grid(node, marks))
            elif node.name in _SHAPES:
                found += self._box(node, marks)
            elif node.name not in _SKIPPED and not self._is_hidden(node):
                found += self._below(node, marks)
        return found

    def _below(self, node: Node, marks: Marks) -> list[Block]:
        self._depth += 1
        if self._depth > NESTED * 4:
            raise too_big()
        self._lists += node.name == "list"
        found = self.blocks(node, marks)
        self._lists -= node.name == "list"
        self._depth -= 1
        return found

    def _is_hidden(self, node: Node) -> bool:
        return node.name == "section" and node.get("display") == "none"

    # -- tables

    def _grid(self, table: Node, marks: Marks) -> Grid:
        self._depth += 4
        if self._depth > NESTED * 4:
            raise too_big()
        rows: list[list[CellDraft]] = []
        for row in _rows_of(table):
            if row.get("visibility", "visible") != "visible":
                if rows and rows[-1]:
                    rows[-1][-1].marks.add(Mark.HIDDEN)
                continue
            for _ in range(_repeated(row, "number-rows-repeated")):
                rows.append(self._cells(row, marks))
        self._depth -= 4
        return grid_of(rows)

    def _cells(self, row: Node, marks: Marks) -> list[CellDraft]:
        cells: list[CellDraft] = []
        column = 0
        for cell in row.nodes:
            if cell.name not in ("table-cell", "covered-table-cell"):
                continue
            for _ in range(_repeated(cell, "number-columns-repeated")):
                self._cells_read += 1
                if self._cells_read > CELLS:
                    raise too_big()
                if cell.name == "table-cell":
                    width = _repeated(cell, "number-columns-spanned")
                    height = _repeated(cell, "number-rows-spanned")
                    inside = self.blocks(cell, marks)
                    cells.append(CellDraft(column, width, inside, rows=height, marks=set(marks)))
                column += 1
        return cells

    # -- paragraphs

    def _paragraph(self, node: Node, marks: Marks) -> list[Block]:
        gathered = Gathering(marks)
        style = node.get("style-name")
        if style in self._styles.breaks:
            gathered.page()
        if self._lists and _has_text(node):
            gathered.mark(Mark.NUMBERED)
        if self._counts(node, gathered):
            self._runs(node, gathered)
        return gathered.blocks

    def _runs(self, parent: Node, gathered: Gathering) -> None:
        for one in parent.inside:
            self._budget.spend()
            if isinstance(one, str):
                text = _SPACES.sub(" ", one)
                gathered.add(small(text) if self._small else text)
            elif one.name in _SIGNS:
                gathered.add(_SIGNS[one.name])
            elif one.name == "s":
                gathered.add(" " * min(_repeated(one, "c"), _MOST_REPEATED))
            elif one.name in _SHAPES:
                gathered.box(self._box(one, PLAIN))
            elif one.name in ("hidden-text", "hidden-paragraph"):
                if _has_text(one):
                    gathered.mark(Mark.HIDDEN)
            elif one.name in ("change", "change-start"):
                gathered.mark(Mark.TRACKED)
            elif one.name == "ruby":
                base = one.first("ruby-base")
                if base is not None:
                    self._runs(base, gathered)
            elif one.name not in _SKIPPED:
                self._span(one, gathered)

    def _span(self, node: Node, gathered: Gathering) -> None:
        self._depth += 1
        if self._depth > NESTED * 8:
            raise too_big()
        if node.name == "date" and node.get("fixed") != "true":
            gathered.mark(Mark.AUTO_DATE)
        before = self._small
        self._small = before or node.get("style-name") in self._styles.small
        if node.name != "span" or self._counts(node, gathered):
            self._runs(node, gathered)
        self._small = before
        self._depth -= 1

    def _counts(self, node: Node, gathered: Gathering) -> bool:
        """Whether the text of a paragraph or span counts; what is to be told of it is marked."""
        mark = self._styles.marks.get(node.get("style-name"))
        if mark is not None and _has_text(node):
            gathered.mark(mark)
        return mark in (None, Mark.PALE)

    def _box(self, frame: Node, marks: Marks) -> list[Block]:
        """What stands in a frame: a box of text, or a table set in one."""
        found = self._below(frame, marks | {Mark.TEXTBOX})
        return found if any(not line.blank for line in lines_of(found)) else []


_SIGNS = {"tab": "\t", "line-break": "\n", "soft-page-break": ""}


def _rows_of(table: Node) -> Iterable[Node]:
    for node in table.nodes:
        if node.name == "table-row":
            yield node
        elif node.name in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows_of(node)


def _repeated(node: Node, name: str) -> int:
    text = node.get(name, "1")
    return max(1, min(figure_of(text) or 1, _MOST_REPEATED))


def _has_text(node: Node) -> bool:
    waiting = [node]
    while waiting:
        one = waiting.pop()
        for inside in one.inside:
            if isinstance(inside, Node):
                waiting.append(inside)
            elif inside.strip():
                return True
    return False
