"""Word files as offices make them, written element by element: what python-docx cannot say."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = f"""<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType=
"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/word/footer1.xml" ContentType=
"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>
<Override PartName="/word/styles.xml" ContentType=
"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>"""
_RELS = f"""<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type=
"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
Target="word/document.xml"/></Relationships>"""
_STYLE_RELS = f"""<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="s1" Type=
"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"
Target="styles.xml"/></Relationships>"""
_OWN_RELS = f"""<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="f1" Type=
"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"
Target="footer1.xml"/></Relationships>"""


@dataclass(frozen=True)
class C:
    """A cell: its lines, how many columns it spans, whether it begins or goes on downwards."""

    text: str | tuple[str, ...] = ""
    span: int = 1
    down: str = ""
    inside: str = ""


Cells = Sequence["str | C"]


def p(text: str, *, page: bool = False) -> str:
    """A paragraph, line breaks and tabs as they are; with `page` a page ends in it."""
    runs = []
    for number, line in enumerate(text.split("\n")):
        if number:
            runs.append("<w:r><w:br/></w:r>")
        for place, part in enumerate(line.split("\t")):
            tab = "<w:r><w:tab/></w:r>" if place else ""
            runs.append(f'{tab}<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>')
    if page:
        runs.append('<w:r><w:br w:type="page"/></w:r>')
    return f"<w:p>{''.join(runs)}</w:p>"


def table(*rows: Cells) -> str:
    """A table of rows of cells."""
    widest = max(sum(one.span if isinstance(one, C) else 1 for one in row) for row in rows)
    columns = "".join(f'<w:gridCol w:w="{9000 // widest}"/>' for _ in range(widest))
    inside = "".join(
        f"<w:tr>{''.join(_cell(one, 9000 // widest) for one in row)}</w:tr>" for row in rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{inside}</w:tbl>"


def _cell(told: str | C, width: int) -> str:
    cell = told if isinstance(told, C) else C(told)
    lines = (cell.text,) if isinstance(cell.text, str) else cell.text
    merged = {"": "", "begins": '<w:vMerge w:val="restart"/>', "goes on": "<w:vMerge/>"}[cell.down]
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width * cell.span}" w:type="dxa"/>'
        f'<w:gridSpan w:val="{cell.span}"/>{merged}</w:tcPr>{cell.inside}'
        f"{''.join(map(p, lines))}</w:tc>"
    )


def box(*paragraphs: str) -> str:
    """A text box anchored in a paragraph of its own."""
    return (
        '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" '
        'style="width:280pt;height:120pt"><v:textbox><w:txbxContent>'
        f"{''.join(paragraphs)}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )


def docx(*blocks: str, footer: str = "", styles: str = "") -> bytes:
    """The bytes of a .docx of these blocks, with this text at the foot of its pages."""
    out = io.BytesIO()
    section = (
        '<w:sectPr xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<w:footerReference w:type="default" r:id="f1"/></w:sectPr>'
        if footer
        else "<w:sectPr/>"
    )
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELS)
        body = f"<w:body>{''.join(blocks)}{section}</w:body>"
        archive.writestr(
            "word/document.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_W}">{body}</w:document>',
        )
        if styles:
            archive.writestr("word/_rels/document.xml.rels", _STYLE_RELS)
            archive.writestr("word/styles.xml", f'<w:styles xmlns:w="{_W}">{styles}</w:styles>')
        if footer:
            archive.writestr("word/_rels/document.xml.rels", _OWN_RELS)
            archive.writestr("word/footer1.xml", f'<w:ftr xmlns:w="{_W}">{p(footer)}</w:ftr>')
    return out.getvalue()


def control(inside: str, properties: str = "") -> str:
    """A content control around blocks, cells or runs."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def run(text: str, properties: str) -> str:
    """A paragraph of one run that looks so: `<w:strike/>`."""
    return f"<w:p>{piece(text, properties)}</w:p>"


def piece(text: str, properties: str = "") -> str:
    """A run inside a paragraph."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
