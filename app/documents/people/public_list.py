"""公示名单: what hangs on the wall for objections; no number but amounts and telephone is on it.

A person is shown by full name and unit: without them nobody could object. ID number, telephone,
address, illness and family stay inside.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.documents.drawing.layout import MM, SIZE_SMALL_4, written_date
from app.documents.drawing.ledger import Column, Ledger, Row, print_ledger
from app.documents.drawing.target import Out
from app.domain.kernel.progress import Cancel, Progress, silent


@dataclass(frozen=True, slots=True)
class Shown:
    """A line; `number` is the 编号, said only when a character cannot be printed."""

    name: str
    workplace: str
    kind: str
    value: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class PublicList:
    """The contents of a 公示名单.

    `kind` and `value` are the titles of the last two columns (困难类别, or 帮扶类型 and 金额);
    without `value` there is only one. An open date is left to write by hand.
    """

    title: str
    office: str
    kind: str
    value: str
    rows: tuple[Shown, ...]
    opens: date | None
    closes: date | None
    telephone: str
    dated: date | None


def public_list(
    content: PublicList, out: Out, *, progress: Progress = silent, cancel: Cancel | None = None
) -> int:
    """Write the list to `out` and answer its pages; raises as `print_ledger`."""
    ledger = Ledger(
        title=content.title,
        columns=_columns(content),
        rows=tuple(_rows(content)),
        introduction=_introduction(content),
        closing=(content.office, written_date(content.dated)),
        landscape=False,
        height=9 * MM,
        letters=SIZE_SMALL_4,
    )
    return print_ledger(ledger, out, progress=progress, cancel=cancel)


def _rows(content: PublicList) -> Iterator[Row]:
    for place, one in enumerate(content.rows, 1):
        value = (one.value,) if content.value else ()
        yield Row((str(place), one.name, one.workplace, one.kind, *value), one.number)


def _columns(content: PublicList) -> tuple[Column, ...]:
    value = (Column(content.value, 32, 1),) if content.value else ()
    return (
        Column("序号", 14, 0.5),
        Column("姓名", 32, 0.5),
        Column("单位", 94 - 32 * bool(value)),
        Column(content.kind, 34, 0.5),
        *value,
    )


def _introduction(content: PublicList) -> str:
    period = f"{written_date(content.opens)}至{written_date(content.closes)}"
    return (
        f"现将{content.title.removesuffix('公示')}予以公示，接受监督。"
        f"对名单有不同意见的，请在公示期内向{content.office}反映。\n"
        f"公示期：{period}\n监督电话：{content.telephone}"
    )
