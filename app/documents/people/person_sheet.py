"""困难职工档案表: both sides of an A4 sheet for each household, and 续页 for what overflows."""

from __future__ import annotations

from collections.abc import Sequence

from app.documents.drawing import qr as qr_code
from app.documents.drawing.fonts import Role, shipped
from app.documents.drawing.layout import (
    FOOT,
    MM,
    NOTE,
    PAGE_WIDTH,
    SIZE_4,
    SIZE_5,
    SIZE_SMALL_2,
    Pen,
    Style,
    written_date,
)
from app.documents.drawing.target import Out, write_whole
from app.documents.people.person_sheet_data import PersonSheet, texts
from app.documents.people.person_sheet_plan import LEFT, START, WIDTH, Leaf, Side, plan
from app.domain.kernel.progress import Cancel, Progress, Step, silent

__all__ = ["PersonSheet", "person_sheets"]

TITLE = Style(Role.TITLE, SIZE_SMALL_2, align=0.5)
VOID = Style(Role.HEADING, SIZE_4, align=0.5)
CAPTION = Style(size=SIZE_5)
CAPTION_RIGHT = Style(size=SIZE_5, align=1)
QR_SIZE = 18 * MM
NAME = "困难职工档案表"


def person_sheets(
    sheets: Sequence[PersonSheet],
    out: Out,
    *,
    qr: bool = True,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Write the files to `out`, an even number of pages each but the last; answer the pages.

    Printed on both sides, every household begins on a sheet of its own. Raises `UserError`
    MISSING_GLYPH before anything is written, `EnvironmentProblem`, `Cancelled`.
    """
    fonts = shipped()
    lacking = fonts.lacking(place for sheet in sheets for place in texts(sheet))
    pen = Pen(fonts, NAME)
    count = 0
    for done, sheet in enumerate(sheets, 1):
        if cancel is not None:
            cancel.check()
        progress(Step(f"正在生成{NAME}", done - 1, len(sheets)))
        leaves = plan(pen, sheet)
        if len(leaves) % 2 and done < len(sheets):
            leaves.append(Leaf(Side.EMPTY))
        for number, leaf in enumerate(leaves, 1):
            _draw(pen, sheet, leaf)
            _footer(pen, sheet, number, len(leaves), qr=qr)
        count += len(leaves)
    data = pen.finish()
    if cancel is not None:
        cancel.check()
    write_whole(out, data, lacking)
    progress(Step(f"正在生成{NAME}", len(sheets), len(sheets)))
    return count


def _draw(pen: Pen, sheet: PersonSheet, leaf: Leaf) -> None:
    top = START[leaf.side]
    if leaf.side is Side.FRONT:
        pen.text(PAGE_WIDTH / 2, top + 10 * MM, NAME, TITLE)
        pen.text(LEFT, top + 2 * MM, f"填报单位：{sheet.unit}", CAPTION)
        days = [f"建档日期：{written_date(sheet.person.filed_on)}"]
        if sheet.person.rechecked_on:
            days.append(f"复核日期：{written_date(sheet.person.rechecked_on)}")
        pen.text(LEFT + WIDTH, top + 2 * MM, "\u3000".join(days), CAPTION_RIGHT)
    if leaf.side is Side.MORE:
        pen.text(PAGE_WIDTH / 2, top + 10 * MM, f"{NAME}（续页）", TITLE)
        pen.text(LEFT, top + 2 * MM, f"姓名：{sheet.person.name}", CAPTION)
    if leaf.side is Side.EMPTY:
        pen.text(PAGE_WIDTH / 2, top, "（此页无内容）", Style(size=SIZE_5, align=0.5))
    for strip, y in leaf.placed:
        strip.draw(pen, LEFT, y)


def _footer(pen: Pen, sheet: PersonSheet, number: int, total: int, *, qr: bool) -> None:
    """编号, page of pages, 已作废, and the QR code."""
    words = [f"编号：{sheet.number}"] if sheet.number else []
    pen.text(LEFT, FOOT, "\u3000".join([*words, f"第{number}页 共{total}页"]), NOTE)
    if sheet.void:
        pen.text(PAGE_WIDTH / 2, FOOT, "已作废", VOID)
    if qr and (code := sheet.code_of(number, total)):
        qr_code.draw(pen.canvas, LEFT + WIDTH - QR_SIZE, FOOT - 2, QR_SIZE, code)
    pen.next_page()
