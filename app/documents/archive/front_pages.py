"""封面 and 卷内目录 of an archive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.documents.drawing.fonts import Role, shipped
from app.documents.drawing.layout import (
    MM,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SIZE_3,
    SIZE_SMALL_5,
    Box,
    Pen,
    Style,
    written_date,
)
from app.documents.drawing.ledger import Column, Ledger, Row, print_ledger
from app.documents.drawing.target import Target
from app.domain.kernel.progress import Cancel

_OFFICE = Style(Role.TITLE, 26, 40, align=0.5)
_TITLE = Style(Role.TITLE, 36, 54, align=0.5)
_LINE = Style(size=SIZE_3)
_LABELS_LEFT, _VALUES_LEFT = 38 * MM, 78 * MM
_WIDTH = 150 * MM


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands on the 封面; `pages` are those with a 页号, `forms` sheets of 登记表."""

    office: str
    campaign: str
    document_number: str
    begins: date | None
    ends: date | None
    forms: int
    entries: int
    pages: int
    made_on: date
    made_by: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the 卷内目录: what it is, its day, its 页号; a `part` heads those below."""

    title: str
    day: str
    page: int
    part: bool = False


def cover_pdf(cover: Cover) -> bytes:
    """The 封面: one page."""
    pen = Pen(shipped(), cover.office)
    top = PAGE_HEIGHT - 50 * MM
    for text, style in (
        (cover.office, _OFFICE),
        (cover.campaign, Style(Role.TITLE, 22, 34, align=0.5)),
        ("走访档案", _TITLE),
    ):
        lines = pen.by_sense(text, _WIDTH, style)
        box = Box((PAGE_WIDTH - _WIDTH) / 2, top, _WIDTH, style.pitch * len(lines))
        pen.centred(box, lines, style)
        top = box.bottom - 10 * MM
    y = 118 * MM
    for label, value in _lines(cover):
        pen.text(_LABELS_LEFT, y, label, _LINE)
        pen.text(_VALUES_LEFT, y, value, _LINE)
        pen.rules([(_VALUES_LEFT - 1 * MM, y - 1.6 * MM, _VALUES_LEFT + 92 * MM, y - 1.6 * MM)])
        y -= 12.5 * MM
    pen.next_page()
    return pen.finish()


def _lines(cover: Cover) -> Sequence[tuple[str, str]]:
    span = "　至　".join(written_date(day) if day else "　　" for day in (cover.begins, cover.ends))
    return (
        ("文　　号", cover.document_number),
        ("起止日期", span),
        ("卷内文件", f"登记表 {cover.forms:,} 张，共 {cover.entries:,} 件 {cover.pages:,} 页"),
        ("归档日期", written_date(cover.made_on)),
        ("整 理 人", cover.made_by),
        ("检 查 人", ""),
        ("保管期限", ""),
    )


def contents_pdf(
    entries: Sequence[Entry], foot: str, cancel: Cancel | None = None
) -> tuple[bytes, int]:
    """The 卷内目录 and its pages: every paper with the 页号 where it begins."""
    number = 0
    rows: list[Row] = []
    for entry in entries:
        number += not entry.part
        place = "" if entry.part else str(number)
        rows.append(Row((place, entry.title, entry.day, str(entry.page)), "卷内目录", entry.part))
    ledger = Ledger(
        title="卷内目录",
        columns=(
            Column("序号", 14, 0.5),
            Column("题名", 118),
            Column("日期", 26, 0.5),
            Column("页号", 16, 1),
        ),
        rows=tuple(rows),
        foot=foot,
        landscape=False,
        height=6.2 * MM,
        letters=SIZE_SMALL_5,
    )
    target = Target()
    pages = print_ledger(ledger, target, cancel=cancel)
    return target.data, pages
