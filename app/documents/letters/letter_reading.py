"""The text of a .docx that came back from WPS: title, headings, paragraphs and tables.

A file from outside: how large it may be, unpacked too, is asked before anything is read.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph as WordParagraph

from app.documents.letters.letter import Block, Column, Grid, Heading, Letter, Paragraph
from app.domain.kernel.errors import UserError

MOST_BYTES, MOST_PARTS, MOST_BLOCKS = 64 << 20, 2000, 5000
_CELLS = 40
_MOST_SPANNED = 200_000
"""Columns that the cells of a table span."""
_TITLE_SIZE = 20.0
"""Points: letters as large as these, centred at the top, are the title."""

_LEVELS = (
    (1, re.compile(r"^[一二三四五六七八九十百]+、\s*\S")),
    (2, re.compile(r"^（[一二三四五六七八九十百]+）\s*\S")),
)
_HEADING_LONGEST = 40


def read_letter(data: bytes) -> Letter:
    """The letter that a .docx holds; what is no text (pictures) is left out.

    Raises `UserError` WORD_BROKEN when it is none, is locked or too large.
    """
    _look_at(data)
    try:
        document = Document(io.BytesIO(data))
        blocks = list(_blocks(document))
    except UserError:
        raise
    except Exception as problem:
        # The library has no errors of its own: a bad file ends in whatever its bytes led to.
        raise _broken("它不是完整的 .docx 文件，或者加了密码。") from problem
    title = ""
    if blocks and isinstance(blocks[0], Heading) and blocks[0].level == 0:
        title = blocks.pop(0).text  # type: ignore[union-attr]
    return Letter(title, tuple(blocks))


def read_plain(data: bytes) -> Letter:
    """The letter that a .txt holds, in UTF-8 or as Windows wrote it (GB 18030)."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return Letter("", tuple(_of_line(line) for line in lines[:MOST_BLOCKS]))


def _of_line(text: str) -> Block:
    level = _level_of(text)
    return Heading(text, level) if level else Paragraph(text)


def _level_of(text: str) -> int:
    """The level of a heading by its numeral, 0 for a sentence."""
    if len(text) <= _HEADING_LONGEST and text[-1] not in "。；：，":
        return next((level for level, pattern in _LEVELS if pattern.match(text)), 0)
    return 0


def _look_at(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, struct.error) as problem:
        raise _broken("它不是完整的 .docx 文件，或者加了密码。") from problem
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise _broken("文件太大。")


def _broken(why: str) -> UserError:
    return UserError(
        "WORD_BROKEN",
        "这个 Word 文件读不出来。",
        why=why,
        remedy="请用 WPS 打开，另存为 .docx 再试。",
    )


def _blocks(document: Any) -> Iterator[Block]:
    first = True
    for count, part in enumerate(document.iter_inner_content()):
        if count >= MOST_BLOCKS:
            raise _broken("内容太多。")
        if isinstance(part, Table):
            yield from _grid(part)
        elif text := _text(part):
            yield _titled(part, text, first=first)
            first = False


def _text(part: WordParagraph) -> str:
    return part.text.replace("\t", "\u3000").strip()


def _titled(part: WordParagraph, text: str, *, first: bool) -> Block:
    style = (part.style.name or "") if part.style is not None else ""
    if first and (style == "Title" or _large(part)):
        return Heading(text, 0)
    if style.startswith("Heading ") and style[8:] in ("1", "2", "3"):
        return Heading(text, int(style[8:]))
    return _of_line(text)


def _large(part: WordParagraph) -> bool:
    sizes = [run.font.size.pt for run in part.runs if run.font.size is not None]
    return bool(sizes) and min(sizes) >= _TITLE_SIZE


def _grid(table: Table) -> Iterator[Grid]:
    _require_narrow(table)
    rows = [tuple(cell.text.strip() for cell in row.cells[:_CELLS]) for row in table.rows]
    width = max(map(len, rows), default=0)
    if width:
        head, *rest = (row + ("",) * (width - len(row)) for row in rows)
        yield Grid("", tuple(Column(text) for text in head), tuple(rest))


def _require_narrow(table: Table) -> None:
    """The library counts a cell once for every column that it says it spans."""
    spans = (span.get(qn("w:val"), "") for span in table._tbl.iter(qn("w:gridSpan")))
    columns = sum(int(told[:9]) for told in spans if told.isascii() and told.isdecimal())
    if len(table.rows) > MOST_BLOCKS or columns > _MOST_SPANNED:
        raise _broken("表格太大。")
