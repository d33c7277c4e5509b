"""签字盖章的纸: where a scanned page of a form stands, and whether all pages of a form came."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import NamedTuple


class Standing(StrEnum):
    """What came of a scanned page."""

    ATTACHED = "attached"
    RECEIVED = "received"
    UNREAD = "unread"
    UNKNOWN = "unknown"
    CHANGED = "changed"
    VOID = "void"
    REFUSED = "refused"
    TICKED = "ticked"


CAME = (Standing.ATTACHED, Standing.RECEIVED)
"""The page is with its record: attached by its owner, or received by an office above."""
TRAY = tuple(one for one in Standing if one not in (*CAME, Standing.TICKED))
"""What a person has to look at."""


class PageThere(NamedTuple):
    """Page `page` of `pages` that is with its record; 0 where the paper does not tell."""

    page: int
    pages: int


def page_words(pages: Iterable[int]) -> str:
    """第1、2页; a page that the paper does not tell is left out."""
    return f"第{'、'.join(map(str, filter(None, pages)))}页"


def missing_pages(there: Collection[PageThere]) -> tuple[int, ...]:
    """The pages of a form that did not come, by those that did."""
    most = max((one.pages for one in there), default=0)
    return tuple(sorted(set(range(1, most + 1)) - {one.page for one in there}))


def has_come(there: Collection[PageThere]) -> bool:
    """纸质已到: some page of a form came, and none is missing."""
    return bool(there) and not missing_pages(there)
