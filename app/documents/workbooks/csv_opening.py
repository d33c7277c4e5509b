"""Open a .csv or a text with tabs: GBK, UTF-8 or UTF-16, parted by whatever parts it."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from functools import partial

from app.documents.workbooks.leaves import Leaf
from app.documents.workbooks.raster import COLUMNS, ROWS, Raster, Remarks
from app.documents.workbooks.source import damaged, no_sheet, too_large
from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TRIED = ("utf-8", "gb18030")
_PARTING = ("\t", ",", ";", "，", "；", "|")
_AS_TEXT = re.compile('^="([^"]*)"$')
_LONGEST = 200_000
_SAMPLE = 1 << 16


def open_csv(data: bytes, title: str) -> list[Leaf]:
    """The one sheet a text holds, called `title`; every cell is text.

    Raises `UserError` WORKBOOK_FORMAT for what is no text.
    """
    text = _decoded(data)
    rows = text.count("\n") + text.count("\r") + 1
    lines = partial(_lines, text, _parted_by(text[:_SAMPLE]))

    def read(cancel: Cancel) -> Raster:
        cancel.check()
        return Raster(title, False, min(rows, ROWS), 1, lines, Remarks())

    return [Leaf(title, False, read)]


def _decoded(data: bytes) -> str:
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    for name in (marked,) if marked else (*_unmarked(data), *_TRIED):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise no_sheet()


def _unmarked(data: bytes) -> Iterator[str]:
    """UTF-16 without its mark: every second byte of its figures and commas is 0."""
    start = data[:2000]
    if len(data) % 2 == 0 and start.count(0) > len(start) // 20:
        yield "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"


def _parted_by(sample: str) -> str:
    """The mark that parts most lines into the same number of cells."""
    lines = [line for line in re.split(r"[\r\n]+", re.sub(r'"[^"]*"', "", sample)) if line][:50]
    best, score = ",", 0
    for mark in _PARTING:
        counts = [line.count(mark) for line in lines]
        usual = max(set(counts), key=counts.count, default=0)
        told = counts.count(usual) * min(usual, 5)
        if usual and told > score:
            best, score = mark, told
    return best


def _lines(text: str, mark: str) -> Iterator[list[object]]:
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, delimiter=mark, strict=True, skipinitialspace=mark != "\t")
    number = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise _long_cell(number + 1) from error
        if cells is None:
            return
        number += 1
        if number > ROWS or len(cells) > COLUMNS:
            raise too_large(f"第 {number:,} 行以后超出了表格能有的行列数。")
        yield [_plain(cell) for cell in cells]


def _plain(cell: str) -> object:
    """A number kept as text the way Excel asks for it: ="0123"."""
    found = _AS_TEXT.match(cell) if cell.startswith('="') else None
    return found[1] if found else cell


def _long_cell(row: int) -> UserError:
    return damaged(f"从第 {row:,} 行起引号没有成对，读不出一格到哪里为止。")
