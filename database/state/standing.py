"""The rules of `app.domain.checking.state`, asked of the store: one filter for each.

So are those of `app.domain.campaign.joined_units`, which know that two entries are one unit.

`tests/database/test_standing.py` compares both on generated records.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from app.domain.campaign.enterprise_groups import GONE
from app.domain.campaign.joined_units import JoinedUnits
from app.domain.checking.signed_paper import CAME
from app.domain.checking.state import (
    CLOSED,
    DECIDED,
    GRAVE,
    LARGE_SUM,
    RESEARCH,
    SEEN_AGAIN,
    SOON,
    UNVERIFIED,
    YEAR,
)
from app.domain.codes import REPORT_SECTION
from app.domain.records import Aid, Case, Diary, Notice, Visit
from app.domain.records.paper_mark import PAPER_MARKS
from database.state.filters import (
    Filter,
    adding_up,
    among,
    before,
    empty,
    equal,
    filled,
    live,
    met_by,
    named,
    named_by,
    naming_one,
    not_,
    on_paper,
    owned_by,
    paired_with,
    since,
    until,
)


def closed_demands() -> Filter:
    """办结."""
    return filled("closed_on") | equal("state", CLOSED)


def overdue_demands(today: dt.date) -> Filter:
    """超期."""
    return before("due", today) & not_(closed_demands())


def demands_waiting_above() -> Filter:
    """待上级答复."""
    return filled("requested") & empty("upper_reply") & not_(closed_demands())


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


def large_aids() -> Filter:
    """大额."""
    return adding_up(("money", "goods_value"), int(LARGE_SUM.scaleb(2)))


def unverified_enterprises() -> Filter:
    """待核实."""
    known = tuple(one for one in UNVERIFIED if one)
    return empty("verification") | among("verification", known)


def visited_enterprises(joined: JoinedUnits, campaign: str = "") -> Filter:
    """走访过, in any campaign or in this one."""
    of_campaign = (equal("campaign", campaign),) if campaign else ()
    return met_by(Visit, "enterprise", "id", joined.of, live(), *of_campaign)


def unvisited_enterprises(joined: JoinedUnits, campaign: str = "") -> Filter:
    """未走访, in any campaign or in this one."""
    gone = among("verification", tuple(GONE))
    if joined.of:
        gone = named(sorted(joined.aside)) | (gone & not_(named(sorted(joined.of))))
    return not_(gone) & not_(visited_enterprises(joined, campaign))


def missed_plans(today: dt.date, joined: JoinedUnits, station: str) -> Filter:
    """到期未走访; what the city told of itself is not of this office, the `station`."""
    past, of = before("planned", today), joined.of
    visited = met_by(Visit, "enterprise", "enterprise", of, live(), shared=("campaign",))
    told = live() & not_(owned_by(station))
    city = met_by(Notice, "enterprise", "enterprise", of, told, shared=("campaign",))
    return past & not_(visited | city)


def unaided_persons(alike: Mapping[str, str]) -> Filter:
    """未帮扶; `alike` is by file the one that stands for all of the same person."""
    aided = met_by(Aid, "person", "id", alike, live())
    by_case = live() & named_by(Aid, "case", live(), empty("person"))
    return not_(aided | met_by(Case, "person", "id", alike, by_case))


def persons_to_recheck(today: dt.date) -> Filter:
    """一年未复核."""
    first = today - YEAR
    return not_(since("rechecked_on", first)) & not_(since("filed_on", first))


def partial_documents() -> Filter:
    """内容不全."""
    there = (filled(part.value) | naming_one("sections", (part.value,)) for part in REPORT_SECTION)
    lacking = [not_(one) for one in there]
    any_lacking = lacking[0]
    for one in lacking[1:]:
        any_lacking |= one
    return equal("kind", RESEARCH) & any_lacking


def submitted_documents() -> Filter:
    """已报出."""
    return filled("submitted_on") | filled("outcome")


def undecided_documents() -> Filter:
    """报出待定."""
    return submitted_documents() & not_(among("outcome", DECIDED))


def unfulfilled_meetings(today: dt.date) -> Filter:
    """到期未落实."""
    return before("due", today) & empty("done_on")


def unlogged_visits() -> Filter:
    """没有日志."""
    logged = paired_with(Diary, {"group": "group", "visited_on": "kept_on"}, live())
    return filled("group") & filled("visited_on") & not_(logged)


def unclear_on_paper() -> Filter:
    """纸上没写清."""
    return filled(PAPER_MARKS)


def signed_paper_came() -> Filter:
    """纸质已到."""
    return on_paper(CAME)
