"""What came of scanned pages: where each stands, of which record, and which are missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.domain.checking.signed_paper import (
    CAME,
    TRAY,
    PageThere,
    Standing,
    missing_pages,
    page_words,
)
from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import Problem
from app.domain.records import TYPES
from app.domain.records.told import title_of
from app.services.papers import scanned_slips
from database.books import scanned_pages
from database.books.scanned_pages import ScannedPage
from database.state import states
from database.store.engine import Connection

WORDS = {
    Standing.ATTACHED: "已归入",
    Standing.RECEIVED: "收到纸质件",
    Standing.UNREAD: "没有读出二维码",
    Standing.UNKNOWN: "没有这条记录",
    Standing.CHANGED: "打印以后内容已改",
    Standing.VOID: "记录已作废",
    Standing.REFUSED: "记录现在改不了",
    Standing.TICKED: "报送单，记为已收纸质",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A page, and the record it belongs to in words ("" where none is known)."""

    row: ScannedPage
    number: str = ""
    title: str = ""

    @property
    def standing(self) -> Standing:
        """What came of it."""
        return Standing(self.row.standing)

    @property
    def changes(self) -> Changes:
        """What to redraw where the page went to its record."""
        return Changes.of([(self.row.type, self.row.record)] if self.standing in CAME else [])


@dataclass(frozen=True, slots=True)
class PagesBack:
    """What came of taking pages back: what to redraw, and those that their record keeps."""

    changes: Changes
    staying: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A record of whose form some pages were not among those scanned."""

    type: str
    record: str
    number: str
    title: str
    missing: tuple[int, ...]

    @property
    def words(self) -> str:
        """缺第2页."""
        return f"缺{page_words(self.missing)}"


@dataclass(frozen=True, slots=True)
class ScanAccount:
    """What came of files: the pages, those that were there before, gaps, and refused files.

    `waiting` are the pages of other times that still wait for a person.
    """

    run: int
    papers: tuple[Paper, ...]
    waiting: tuple[Paper, ...]
    again: int
    gaps: tuple[Gap, ...]
    refused: tuple[tuple[str, Problem], ...]
    stopped: bool
    changes: Changes

    def count(self, *standings: Standing) -> int:
        """How many pages came to one of these."""
        return sum(paper.standing in standings for paper in self.papers)


def told(connection: Connection, rows: Iterable[ScannedPage]) -> tuple[Paper, ...]:
    """These pages, each with its record in words."""
    known: dict[str, tuple[str, str]] = {"": ("", "")}
    for row in (rows := list(rows)):
        if row.standing == Standing.TICKED:
            known[row.record] = ("", scanned_slips.words(connection, row.record))
        elif row.record not in known and not row.type:
            known[row.record] = ("", scanned_slips.made_by(connection, row.record))
        elif row.record not in known:
            state = states.get(connection, TYPES[row.type], row.record)
            known[row.record] = (state.record.number, title_of(state.record)) if state else ("", "")
    return tuple(Paper(row, *known[row.record]) for row in rows)


def gaps_among(connection: Connection, papers: Iterable[Paper]) -> Iterator[Gap]:
    """The records of these pages of whose form others did not come."""
    seen = {one.row.record: one for one in papers if one.standing not in TRAY and one.row.pages}
    for record, one in seen.items():
        missing = missing_pages(there(connection, record))
        if missing:
            yield Gap(one.row.type, record, one.number, one.title, missing)


def there(connection: Connection, record: str) -> list[PageThere]:
    """The pages that are with their record."""
    rows = scanned_pages.of_record(connection, record)
    return [PageThere(row.page, row.pages) for row in rows if row.standing in CAME]
