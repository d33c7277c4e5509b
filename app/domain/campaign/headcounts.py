"""How many work at a unit: who said so when, and whose word holds.

单位名录 says a number with its 截至日期; every visit says one for its day. The newest dated word
holds. It is withdrawn with its source: a visit that is corrected, by its office or by telephone,
says the corrected number; one that is 作废 says nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from app.domain.records import Enterprise, Visit


class Told(NamedTuple):
    """A headcount with its day (`date.min` for none) and the visit that says it ("" for none).

    Of two of one day the visit's holds, for 单位名录 may only repeat it; of two visits the larger.
    """

    on: dt.date
    by_visit: bool
    headcount: int
    visit: str = ""


def of_unit(unit: Enterprise) -> Told | None:
    """What 单位名录 says."""
    if unit.headcount is None:
        return None
    return Told(unit.headcount_on or dt.date.min, False, unit.headcount)


def of_visit(record: str, visit: Visit) -> Told | None:
    """What a visit (its id) says."""
    if visit.headcount is None or visit.visited_on is None:
        return None
    return Told(visit.visited_on, True, visit.headcount, record)


def newest(told: Iterable[Told | None]) -> Told | None:
    """Whose word holds."""
    return max((one for one in told if one is not None), default=None)


def by_unit(visits: Mapping[str, Visit]) -> dict[str, Told]:
    """The newest word of visits on each unit (its id); `visits` by id."""
    found: dict[str, Told] = {}
    for record, visit in visits.items():
        one = of_visit(record, visit) if visit.enterprise else None
        if one is not None:
            found[visit.enterprise] = max(one, found.get(visit.enterprise, one))
    return found
