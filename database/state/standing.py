"""The rules of `app.domain.checking.state`, asked of the store: one filter for each.

`tests/database/test_standing.py` compares both on generated records.
"""

from __future__ import annotations

import datetime as dt

from app.domain.checking.state import CLOSED, GRAVE, SEEN_AGAIN, SOON
from database.state.filters import (
    Filter,
    among,
    before,
    empty,
    equal,
    filled,
    not_,
    until,
)


def closed_demands() -> Filter:
    """办结."""
    return filled("closed_on") | equal("state", CLOSED)


def overdue_demands(today: dt.date) -> Filter:
    """超期."""
    return before("due", today) & not_(closed_demands())


def closed_cases() -> Filter:
    """办结."""
    return filled("closed_on") | equal("stage", CLOSED)


def cases_to_revisit() -> Filter:
    """应回访."""
    expected = filled("follow_up_due") | filled("aided_on")
    seen_again = filled("followed_up_on") | equal("stage", SEEN_AGAIN)
    return expected & not_(seen_again | closed_cases())


def revisits_near(today: dt.date) -> Filter:
    """待回访."""
    return cases_to_revisit() & until("follow_up_due", today + SOON)


def open_hazards() -> Filter:
    """没有化解."""
    return empty("closed_on")


def hazards_to_report() -> Filter:
    """Neither resolved nor told to both the Party committee and the union above."""
    told = equal("reported_to_party", True) & equal("reported_to_union", True)
    return open_hazards() & not_(told)


def grave_hazards() -> Filter:
    """重大, not resolved."""
    return open_hazards() & among("level", GRAVE)
