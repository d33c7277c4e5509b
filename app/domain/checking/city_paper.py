"""市里收到的纸质: what the city told of the signed paper of a record, from all its words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from app.domain.checking.signed_paper import PageThere, missing_pages, page_words
from app.domain.records.notice import PaperPage

MOST_PAGES = 255
"""Pages of one form that are considered, whatever was told."""


class CityPaper(StrEnum):
    """Where the signed paper of a record stands at the city."""

    CAME = "came"
    OLD = "old"
    MISSING = "missing"


def joined(told: Iterable[PaperPage]) -> tuple[PaperPage, ...]:
    """One word for each page, in their order, however often and in whatever order it was told.

    What was accepted counts before what waits there, then the later day.
    """
    best: dict[int, PaperPage] = {}
    for page in sorted(map(_plain, told), key=_rank):
        best[page.page or 0] = page
    return tuple(best[number] for number in sorted(best))[:MOST_PAGES]


def _plain(page: PaperPage) -> PaperPage:
    """What is not told is told in one way only, and the line it stood in does not count."""
    return PaperPage(
        page=page.page or None,
        pages=page.pages or None,
        came_on=page.came_on,
        version=page.version,
        accepted=bool(page.accepted),
    )


def _rank(page: PaperPage) -> tuple[bool, dt.date, str, int]:
    return bool(page.accepted), page.came_on or dt.date.min, page.version, page.pages or 0


def missing_of(pages: Iterable[PaperPage]) -> tuple[int, ...]:
    """The pages (续页) that did not come, by those that did."""
    return missing_pages([PageThere(one.page or 0, one.pages or 0) for one in pages])


def standing_of(pages: tuple[PaperPage, ...], *, is_old: bool) -> CityPaper | None:
    """Where it stands; `is_old` where the record says otherwise than the paper. None: 未收."""
    if not pages:
        return None
    if is_old or not all(one.accepted for one in pages):
        return CityPaper.OLD
    return CityPaper.MISSING if missing_of(pages) else CityPaper.CAME


def words_of(standing: CityPaper | None, missing: tuple[int, ...]) -> str:
    """市里已收; 版本旧; 缺第2页; 未收."""
    if standing is CityPaper.MISSING:
        return f"缺{page_words(missing)}"
    return {None: "未收", CityPaper.CAME: "市里已收", CityPaper.OLD: "版本旧"}[standing]
