"""签字盖章的纸: which pages of a record's form came here, on which day and to whom."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.checking.signed_paper import CAME, PageThere, Standing, missing_pages, page_words
from app.domain.records import Operator
from database.books import scanned_pages
from database.state import states
from database.store.engine import Connection


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """Pages of a form that came (0: the paper does not tell which), and those that are missing.

    `received` where an office above keeps it, not the owner; `at` (RFC 3339) and `who` are of the
    last that came.
    """

    pages: tuple[int, ...]
    missing: tuple[int, ...]
    received: bool
    at: str
    who: str

    @property
    def words(self) -> str:
        """纸质已收; 纸质缺第2页."""
        if self.missing:
            return f"{'纸质' if self.received else '扫描件'}缺{page_words(self.missing)}"
        return "纸质已收" if self.received else "有扫描件"

    @property
    def details(self) -> str:
        """纸质已收：第1、2页（2011-12-03 王新）; 纸质缺第2页，有第1页（…）."""
        there = page_words(self.pages) if any(self.pages) else f"{len(self.pages)}页"
        between = "，有" if self.missing else "："
        last = " ".join(filter(None, (self.at[:10], self.who)))
        return f"{self.words}{between}{there}（{last}）"


def of_record(connection: Connection, record: str) -> SignedPaper | None:
    """The paper of a record; None where no page of it came."""
    rows = [row for row in scanned_pages.of_record(connection, record) if row.standing in CAME]
    if not rows:
        return None
    last = max(rows, key=lambda row: row.at)
    who = states.get(connection, Operator, last.by)
    return SignedPaper(
        tuple(dict.fromkeys(row.page for row in rows if row.page)) or (0,) * len(rows),
        missing_pages([PageThere(row.page, row.pages) for row in rows]),
        last.standing == Standing.RECEIVED,
        last.at,
        who.record.name if who else "",
    )
