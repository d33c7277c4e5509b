"""报头 and 版记 of 简报 in a .docx."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph

from app.documents.drawing.layout import written_date
from app.documents.letters.letter import Masthead
from app.documents.letters.word_fonts import FANGSONG, TITLE, set_font
from app.domain.kernel.text import clean_text

_RED = "D60000"
_NAME_SIZE = 48
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
    """版记 behind the text, in 四号 between thin rules."""
    if not lines:
        return
    _plain(document, WD_ALIGN_PARAGRAPH.LEFT)
    for place, words in enumerate(lines):
        line = _plain(document, WD_ALIGN_PARAGRAPH.LEFT)
        set_font(line.add_run(clean_text(words)), FANGSONG, 14)
        line.paragraph_format.keep_with_next = place < len(lines) - 1
        _border(line, "top", "000000", 4)
        if place == len(lines) - 1:
            _border(line, "bottom", "000000", 4)


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
