"""Read a .docx: paragraphs, grids, content controls, text boxes, page heads and feet.

Deleted text never counts, inserted text does, hidden text does not; each is marked.
Format: ECMA-376 part 1, 17 (WordprocessingML).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable

from app.documents.wordforms.bounds import NESTED, Budget, damaged, too_big
from app.documents.wordforms.docx_looks import (
    hidden_styles,
    hides,
    is_clock,
    is_on,
    is_pale,
    is_small,
)
from app.documents.wordforms.docx_nodes import (
    BLOCKS,
    WIDEST,
    chosen_entry,
    ends_page,
    has_text,
    is_merged,
    joins_next,
    number_of,
    rows_or_cells,
)
from app.documents.wordforms.gathering import Gathering, small
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
    lines_of,
)
from app.documents.wordforms.xml_tree import Archive, Node

_EDGES = re.compile(r"(?:header|footer)\d*\.xml")
_THROUGH = frozenset(
    "hyperlink smartTag customXml fldSimple dir bdo sdtContent rubyBase ins moveTo r oMath "
    "oMathPara subDoc".split()
)
_GONE = frozenset({"del", "moveFrom"})
_HOLDERS = frozenset({"drawing", "pict", "object", "AlternateContent"})


def read_docx(archive: Archive, budget: Budget) -> Paper:
    """The paper in an archive; raises `UserError` DAMAGED, TOO_BIG."""
    main = _main_part(archive)
    reader = _Reader(budget, hidden_styles(archive, posixpath.dirname(main)))
    body = archive.tree(main).first("body")
    if body is None:
        raise damaged()
    folder = posixpath.dirname(main)
    edges = [
        name
        for name in archive.names
        if posixpath.dirname(name) == folder and _EDGES.fullmatch(posixpath.basename(name))
    ]
    marked = frozenset({Mark.PAGE_FOOTER})
    feet = [block for name in edges for block in reader.blocks(archive.tree(name), marked)]
    return Paper(tuple(reader.blocks(body)), (), tuple(feet))


def _main_part(archive: Archive) -> str:
    name = "word/document.xml"
    if "_rels/.rels" in archive:
        for node in archive.tree("_rels/.rels").all("Relationship"):
            if node.get("Type").endswith("/officeDocument"):
                name = posixpath.normpath(node.get("Target").replace("\\", "/").lstrip("/"))
    if name not in archive:
        raise damaged("里面没有正文。")
    return name


class _Reader:
    def __init__(self, budget: Budget, hidden: frozenset[str]) -> None:
        self._budget = budget
        self._hidden = hidden
        self._depth = 0
        self._small = False
        self._ways: dict[str, Callable[[Node, Gathering, list[str]], None]] = {
            "t": self._text,
            "fldChar": self._field,
            "br": self._break,
            "sdt": self._control,
            "instrText": self._code,
            "ruby": self._ruby,
            "sym": self._symbol,
        }

    def blocks(self, parent: Node, marks: Marks = PLAIN) -> list[Block]:
        """The paragraphs and tables inside an element, in order."""
        found: list[Block] = []
        self._fill(parent.nodes, marks, found, [])
        return found

    def _fill(
        self, nodes: Iterable[Node], marks: Marks, found: list[Block], fields: list[str]
    ) -> None:
        carried: Gathering | None = None
        for node in nodes:
            self._budget.spend()
            if node.name == "p":
                gathered = self._paragraph(node, marks, fields)
                if carried is not None:
                    carried.carry_on(gathered)
                carried = gathered if joins_next(node) else None
                if carried is None:
                    found += gathered.blocks
                    if ends_page(node):
                        found.append(Break.PAGE)
            elif node.name == "tbl":
                found.append(self._grid(node, marks))
            elif node.name == "sdt" and is_on(node.first("sdtPr"), "showingPlcHdr"):
                continue
            elif node.name in BLOCKS:
                inner = marks | {Mark.TRACKED} if node.name in ("ins", "moveTo") else marks
                self._fill(node.nodes, inner, found, fields)
            elif node.name in _HOLDERS:
                found += self._boxes(node, marks)
        if carried is not None:
            found += carried.blocks

    # -- tables

    def _grid(self, table: Node, marks: Marks) -> Grid:
        self._depth += 1
        if self._depth > NESTED:
            raise too_big()
        rows: list[list[CellDraft]] = []
        for row in rows_or_cells(table, "tr"):
            told = row.first("trPr")
            gone = told is not None and told.first("del") is not None
            hidden = told is not None and told.first("hidden") is not None
            if not gone and not hidden:
                tracked = told is not None and told.first("ins") is not None
                inner = marks | {Mark.TRACKED} if tracked else marks
                rows.append(self._cells(row, told, inner))
            elif rows and rows[-1]:
                rows[-1][-1].marks.add(Mark.TRACKED if gone else Mark.HIDDEN)
        self._depth -= 1
        return grid_of(rows)

    def _cells(self, row: Node, told: Node | None, marks: Marks) -> list[CellDraft]:
        cells: list[CellDraft] = []
        column = number_of(told, "gridBefore")
        for cell in rows_or_cells(row, "tc"):
            properties = cell.first("tcPr")
            width = min(number_of(properties, "gridSpan") or 1, WIDEST)
            inside = self.blocks(cell, marks)
            if is_merged(properties, "hMerge") and cells:
                cells[-1].columns += width
                cells[-1].content += inside
            else:
                goes_on = is_merged(properties, "vMerge")
                cells.append(CellDraft(column, width, inside, goes_on, marks=set(marks)))
            column += width
        return cells

    # -- paragraphs

    def _paragraph(self, node: Node, marks: Marks, fields: list[str]) -> Gathering:
        gathered = Gathering(marks)
        properties = node.first("pPr")
        if properties is not None and properties.first("pageBreakBefore") is not None:
            gathered.page()
        if properties is not None and properties.first("numPr") is not None and has_text(node):
            gathered.mark(Mark.NUMBERED)
        style = properties.first("pStyle") if properties is not None else None
        hidden = style is not None and style.get("val") in self._hidden
        self._runs(node, gathered, fields, hidden=hidden)
        return gathered

    def _runs(
        self, parent: Node, gathered: Gathering, fields: list[str], *, hidden: bool = False
    ) -> None:
        for node in parent.nodes:
            self._budget.spend()
            name = node.name
            if name in _GONE:
                if has_text(node):
                    gathered.mark(Mark.TRACKED)
            elif name == "r" and (mark := self._left_out(node, hidden=hidden)) is not None:
                if has_text(node):
                    gathered.mark(mark)
            elif name in _HOLDERS:
                gathered.box(self._boxes(node, PLAIN))
            elif name in _THROUGH:
                self._tell(node, gathered)
                self._runs(node, gathered, fields, hidden=hidden)
            elif name in self._ways:
                self._ways[name](node, gathered, fields)
            elif name in _SIGNS and "code" not in fields:
                gathered.add(_SIGNS[name])

    def _tell(self, node: Node, gathered: Gathering) -> None:
        """What is to be told of an element whose text counts, and how its text is set."""
        if node.name in ("ins", "moveTo"):
            gathered.mark(Mark.TRACKED)
        elif node.name == "bdo" and node.get("val") == "rtl":
            gathered.mark(Mark.TURNED)
        elif node.name == "fldSimple" and is_clock(node.get("instr")):
            gathered.mark(Mark.AUTO_DATE)
        elif node.name == "r":
            self._small = is_small(node.first("rPr"))
            if is_pale(node.first("rPr")) and has_text(node):
                gathered.mark(Mark.PALE)

    def _left_out(self, run: Node, *, hidden: bool) -> Mark | None:
        """Why a run does not count: it is hidden, or struck out."""
        properties = run.first("rPr")
        told = hides(properties)
        style = properties.first("rStyle") if properties is not None else None
        styled = style is not None and style.get("val") in self._hidden
        if told or (told is None and (hidden or styled)):
            return Mark.HIDDEN
        struck = is_on(properties, "strike") or is_on(properties, "dstrike")
        return Mark.STRUCK if struck else None

    def _text(self, node: Node, gathered: Gathering, fields: list[str]) -> None:
        if "code" not in fields:
            held = "".join(one for one in node.inside if isinstance(one, str))
            text = re.sub("[\r\n]+", " ", held)
            gathered.add(small(text) if self._small else text)

    def _field(self, node: Node, gathered: Gathering, fields: list[str]) -> None:
        """A field shows its result, never the code before it; a box that is ticked, its state."""
        kind = node.get("fldCharType")
        if kind == "begin":
            if "code" not in fields:
                gathered.add(chosen_entry(node))
            fields.append("code")
        elif kind == "separate" and fields:
            fields[-1] = "result"
        elif kind == "end" and fields:
            fields.pop()

    def _code(self, node: Node, gathered: Gathering, fields: list[str]) -> None:
        """The code of a field says whether its result changes by itself."""
        if is_clock("".join(one for one in node.inside if isinstance(one, str))):
            gathered.mark(Mark.AUTO_DATE)

    def _break(self, node: Node, gathered: Gathering, fields: list[str]) -> None:
        if node.get("type") == "page":
            gathered.page()
        else:
            gathered.add("\n")

    def _control(self, node: Node, gathered: Gathering, fields: list[str]) -> None:
        """A content control counts, unless it shows only the words that ask for something."""
        told = node.first("sdtPr")
        inside = node.first("sdtContent")
        if inside is not None and not is_on(told, "showingPlcHdr"):
            self._runs(inside, gathered, fields)

    def _symbol(self, node: Node, gathered: Gathering, fields: list[str]) -> None:
        """A sign of a font of signs: a box that is ticked, one that is not, or any other."""
        if "code" not in fields:
            gathered.add(_BOXES.get(node.get("char").upper()[-2:], "■"))

    def _ruby(self, node: Node, gathered: Gathering, fields: list[str]) -> None:
        base = node.first("rubyBase")
        if base is not None:
            self._runs(base, gathered, fields)

    def _boxes(self, node: Node, marks: Marks) -> list[Block]:
        """What stands in text boxes; of two ways to draw the same, the first that holds words."""
        if node.name == "AlternateContent":
            for way in node.nodes:
                found = self._boxes(way, marks)
                if any(not line.blank for line in lines_of(found)):
                    return found
            return []
        self._depth += 1
        if self._depth > NESTED:
            raise too_big()
        found = []
        for child in node.nodes:
            if child.name == "txbxContent":
                found += self.blocks(child, marks | {Mark.TEXTBOX})
            else:
                found += self._boxes_below(child, marks)
        self._depth -= 1
        return found

    def _boxes_below(self, node: Node, marks: Marks) -> list[Block]:
        waiting, found = [node], list[Block]()
        while waiting:
            one = waiting.pop(0)
            self._budget.spend()
            if one.name == "txbxContent":
                found += self.blocks(one, marks | {Mark.TEXTBOX})
            elif one.name == "AlternateContent":
                found += self._boxes(one, marks)
            else:
                waiting[:0] = list(one.nodes)
        return found


_BOXES = {"FE": "☑", "52": "☑", "FD": "☒", "54": "☒", "A8": "□", "6F": "□", "A3": "□"}
"""Boxes of the fonts Wingdings and Wingdings 2, by the end of their number."""
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
