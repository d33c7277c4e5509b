"""A letter as a .docx to go on with in WPS or Word, laid out by GB/T 9704-2012.

The fonts are named, not embedded: 仿宋, 黑体, 楷体 and 小标宋 are on the office's computer; where
one is not, WPS takes another. Headings are real headings, so that the outline works.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from app.documents.drawing.layout import written_date
from app.documents.drawing.target import Out, write_whole
from app.documents.letters.briefing_word import add_colophon, add_masthead
from app.documents.letters.letter import Column, Grid, Heading, Letter, Paragraph
from app.documents.letters.letter_measures import TABLE_SIZE, columns_of, wide
from app.documents.letters.word_fonts import FANGSONG, HEITI, KAITI, TITLE, set_font
from app.domain.kernel.text import clean_text

_LEADING = 28.95
"""Points: 22 lines in 225 mm, as WPS and Word round them."""

_TIGHTER = -5
"""Twentieths of a point by which characters of 16 pt stand closer: a pitch of 15.75 pt."""

_BESIDE = 1.4
"""Points beside the texts of a table, half a millimetre."""

_ALIGN = {
    0: WD_ALIGN_PARAGRAPH.LEFT,
    0.5: WD_ALIGN_PARAGRAPH.CENTER,
    1: WD_ALIGN_PARAGRAPH.RIGHT,
}
_HEADING_FONTS = {1: (HEITI, False), 2: (KAITI, False), 3: (FANGSONG, True)}
_LONGEST = 255
"""Characters of a property of the file, as the library bounds it."""
_LONG_AGO = datetime(2000, 1, 1)  # noqa: DTZ001 - the file's own property has no zone


def letter_word(letter: Letter, out: Out) -> None:
    """Write the letter as .docx to `out`. Raises `EnvironmentProblem`.

    What no XML holds is left out, whoever wrote the words.
    """
    document = Document()
    _set_page(document)
    _set_styles(document)
    if letter.masthead is not None:
        add_masthead(document, letter.masthead)
    if letter.title:
        _add_title(document, letter)
    for block in letter.blocks:
        if isinstance(block, Grid):
            _add_grid(document, block)
        elif isinstance(block, Heading):
            document.add_paragraph(clean_text(block.text), f"Heading {block.level}")
        else:
            _add_paragraph(document, block)
    if letter.signer:
        _add_signature(document, letter)
    add_colophon(document, letter.colophon)
    _name(document, letter)
    data = io.BytesIO()
    document.save(data)
    write_whole(out, data.getvalue())


def _name(document: Any, letter: Letter) -> None:
    """What the file says of itself: its title, and nobody's name or clock."""
    own = document.core_properties
    own.title, own.author, own.last_modified_by = clean_text(letter.name)[:_LONGEST], "", ""
    own.comments = ""
    own.created = own.modified = _LONG_AGO


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.start_type = WD_SECTION.NEW_PAGE
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(23)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(round(_LEADING * 20)))
    document.settings.odd_and_even_pages_header_footer = True
    _number_pages(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _number_pages(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)


def _number_pages(paragraph: WordParagraph, align: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 —, one character from the edge: odd pages right, even pages left."""
    paragraph.alignment = align
    edge = Pt(14)
    paragraph.paragraph_format.first_line_indent = Pt(0)
    paragraph.paragraph_format.left_indent = edge
    paragraph.paragraph_format.right_indent = edge
    for kind, text in (("", "— "), ("begin", ""), ("instr", "PAGE"), ("end", ""), ("", " —")):
        run = paragraph.add_run(text if not kind else "")
        set_font(run, "宋体", 14)
        if kind == "instr":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = text
            run._r.append(code)
        elif kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _set_styles(document: Any) -> None:
    normal = document.styles["Normal"]
    set_font(normal, FANGSONG, 16)
    _tighten(normal)
    _set_lines(normal, indent=32)
    normal.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    for level, (font, bold) in _HEADING_FONTS.items():
        style = document.styles[f"Heading {level}"]
        set_font(style, font, 16, bold=bold)
        _tighten(style)
        _set_lines(style, indent=32)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.keep_with_next = True
    title = document.styles["Title"]
    set_font(title, TITLE, 22)
    _set_lines(title, indent=0, leading=34)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(_LEADING)
    _without_border(title)


def _tighten(style: Any) -> None:
    properties = style._element.get_or_add_rPr()
    for old in properties.findall(qn("w:spacing")):
        properties.remove(old)
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(_TIGHTER))
    size = properties.find(qn("w:sz"))
    size.addprevious(spacing)


def _set_lines(style: ParagraphStyle, *, indent: float, leading: float = _LEADING) -> None:
    form = style.paragraph_format
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = Pt(leading)
    form.space_before = form.space_after = Pt(0)
    form.first_line_indent = Pt(indent)
    form.widow_control = True


def _without_border(style: Any) -> None:
    """The library's own Title has a blue rule below."""
    properties = style._element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _add_title(document: Any, letter: Letter) -> None:
    document.add_paragraph(clean_text(letter.title), "Title")
    if letter.addressee:
        paragraph = document.add_paragraph(clean_text(letter.addressee))
        paragraph.paragraph_format.first_line_indent = Pt(0)


def _add_paragraph(document: Any, block: Paragraph) -> None:
    for text in clean_text(block.text).split("\n"):
        if text.strip():
            run = document.add_paragraph().add_run(text.strip())
            if not block.written:
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _add_grid(document: Any, grid: Grid) -> None:
    if grid.caption:
        caption = document.add_paragraph()
        set_font(caption.add_run(clean_text(grid.caption)), HEITI, 14)
        caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
        caption.paragraph_format.first_line_indent = Pt(0)
        caption.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(grid.columns), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _narrow_margins(table)
    size, widths = columns_of(grid, _BESIDE)
    _fill_row(table.rows[0].cells, [one.title for one in grid.columns], grid.columns, head=size)
    _repeat(table.rows[0])
    for row in grid.rows:
        _fill_row(table.add_row().cells, row, grid.columns)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Pt(width)
        for cell in column.cells:
            cell.width = Pt(width)
    after = document.add_paragraph()
    after.paragraph_format.line_spacing = Pt(_LEADING / 2)


def _narrow_margins(table: Any) -> None:
    """Half a millimetre beside the texts of narrow columns."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(round(_BESIDE * 20)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is None:
        properties.append(margins)
    else:
        look.addprevious(margins)


def _fill_row(
    cells: tuple[_Cell, ...],
    texts: list[str] | tuple[str, ...],
    columns: tuple[Column, ...],
    *,
    head: float = 0,
) -> None:
    for cell, text, column in zip(cells, texts, columns, strict=True):
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(clean_text(text))
        set_font(run, HEITI if head else "宋体", head or TABLE_SIZE)
        paragraph.alignment = _ALIGN[0.5 if head else column.align]
        form = paragraph.paragraph_format
        form.first_line_indent = Pt(0)
        form.line_spacing_rule = WD_LINE_SPACING.SINGLE
        form.space_before = form.space_after = Pt(2)
        _off_grid(paragraph)


def _off_grid(paragraph: WordParagraph) -> None:
    """The lines of a table are not as far apart as those of the text."""
    mark = OxmlElement("w:snapToGrid")
    mark.set(qn("w:val"), "0")
    properties = paragraph._p.get_or_add_pPr()
    spacing = properties.find(qn("w:spacing"))
    spacing.addprevious(mark)


def _repeat(row: Any) -> None:
    """The head of a table stands again on the next page."""
    properties = row._tr.get_or_add_trPr()
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    properties.append(mark)


def _add_signature(document: Any, letter: Letter) -> None:
    """落款: the day four characters from the right, the office centred over it."""
    day = written_date(letter.day)
    over = (wide(letter.signer) - wide(day)) / 2
    document.add_paragraph()
    document.add_paragraph()
    for text, room in ((clean_text(letter.signer), 4 - over), (day, 4)):
        paragraph = document.add_paragraph(text)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        form = paragraph.paragraph_format
        form.first_line_indent = Pt(0)
        form.right_indent = Pt(16 * max(0, room))
        form.keep_with_next = text != day
