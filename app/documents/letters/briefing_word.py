"""报头 and 版记 of 简报 in a .docx."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from app.documents.drawing.layout import written_date
from app.documents.letters.letter import Masthead
from app.documents.letters.letter_measures import NUMBER_SIZE, WIDTH, wide
from app.documents.letters.word_fonts import FANGSONG, TITLE, set_font
from app.documents.letters.word_foot import stand_below
from app.domain.kernel.text import clean_text

_RED = "D60000"
_NAME_SIZE = 48
_CLOSE = 22.0
"""Points from line to line of 版记."""
_PER_LINE = 29
"""Characters of 四号 in a line of it, one left free on either side."""
_RULES = """<w:tblBorders {names}>
<w:top w:val="single" w:sz="8" w:space="0" w:color="000000"/>
<w:bottom w:val="single" w:sz="8" w:space="0" w:color="000000"/>
<w:insideH w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:tblBorders>"""
_INDENT = '<w:tblInd {names} w:w="{beside}" w:type="dxa"/>'
"""Without it a table stands as far to the left as its cells have room beside their words."""
_BESIDE = """<w:tblCellMar {names}><w:left w:w="{beside}" w:type="dxa"/>
<w:right w:w="{beside}" w:type="dxa"/></w:tblCellMar>"""
_ORDER = ("w:pStyle", "w:keepNext", "w:keepLines", "w:pageBreakBefore", "w:framePr",
          "w:widowControl", "w:numPr", "w:suppressLineNumbers")  # fmt: skip
"""What stands before the border in the properties of a paragraph."""


def add_masthead(document: Any, told: Masthead) -> None:
    """The name in red, the issue, and above a red rule who edits it and the day."""
    name = _plain(document, WD_ALIGN_PARAGRAPH.CENTER)
    run = name.add_run(clean_text(told.name))
    set_font(run, TITLE, _NAME_SIZE)
    run.font.color.rgb = RGBColor.from_string(_RED)
    name.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    name.paragraph_format.space_after = Pt(6)
    _plain(document, WD_ALIGN_PARAGRAPH.CENTER).add_run(clean_text(told.number))
    line = _plain(document, WD_ALIGN_PARAGRAPH.LEFT)
    line.paragraph_format.tab_stops.add_tab_stop(Mm(156), WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(f"{clean_text(told.editor)}\t{written_date(told.day)}")
    _border(line, "bottom", _RED, 12)
    _plain(document, WD_ALIGN_PARAGRAPH.LEFT)


def add_colophon(document: Any, lines: Sequence[str]) -> None:
    """版记 at the foot of the last page, in 四号 (GB/T 9704-2012, 7.4).

    Its rules are as wide as the 版心, 首条 and 末条 0.35 mm thick, that above the last line 0.25;
    between 主送 and 抄送 there is none. Beside the words one character is left free.
    """
    if not lines:
        return
    parts = [list(lines[:-1]), [lines[-1]]] if len(lines) > 1 else [list(lines)]
    table = document.add_table(rows=len(parts), cols=1)
    table.autofit = False
    for row, words in zip(table.rows, parts, strict=True):
        row.cells[0].width = Pt(WIDTH)
        for line, text in enumerate(words):
            inside = row.cells[0]
            _set_line(inside.add_paragraph() if line else inside.paragraphs[0], text)
    properties = table._tbl.tblPr
    layout = properties.find(qn("w:tblLayout"))
    told = {"names": nsdecls("w"), "beside": round(NUMBER_SIZE * 20)}
    for part in (_INDENT, _RULES):
        layout.addprevious(parse_xml(part.format(**told)))
    layout.addnext(parse_xml(_BESIDE.format(**told)))
    rows = sum(-(-wide(text) // _PER_LINE) for text in lines)
    stand_below(document, "版记", table._tbl, rows * _CLOSE + _CLOSE / 2)


def _set_line(paragraph: WordParagraph, words: str) -> None:
    set_font(paragraph.add_run(clean_text(words)), FANGSONG, NUMBER_SIZE)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.first_line_indent = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(_CLOSE)


def _plain(document: Any, align: WD_ALIGN_PARAGRAPH) -> WordParagraph:
    paragraph: WordParagraph = document.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.first_line_indent = Pt(0)
    return paragraph


def _border(paragraph: WordParagraph, side: str, colour: str, eighths: int) -> None:
    """A rule above or below; `eighths` of a point thick."""
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        before = [one for one in properties if one.tag in map(qn, _ORDER)]
        properties.insert(len(before), borders)
    rule = OxmlElement(f"w:{side}")
    told = {"val": "single", "sz": str(eighths), "space": "1", "color": colour}
    for name, value in told.items():
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)
