"""The figures of a report, counted once from the records of a campaign, as of a day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

import msgspec

from app.domain.campaign.campaign_data import CampaignData
from app.domain.checking.state import is_open, is_overdue, is_reported
from app.domain.codes import METHOD, SIX_ITEMS
from app.domain.kernel.progress import Cancel, Progress
from app.domain.kernel.readable import readable
from app.domain.records import Campaign, Demand, Hazard, Visit
from app.domain.records.visit import ItemDone
from app.services.figures.figure_records import FigureRecords
from app.services.figures.statistics import Statistics, statistics
from app.services.figures.totals_table import COLUMNS
from app.services.letters.letter_choices import Choice, choices
from app.services.office.office import Office
from app.services.records.units import superiors, unit_of
from database.state import states
from database.state.filters import equal, live
from database.store.engine import Connection

_MEMBERS = ("units", "areas", "visits", "demands", "cases")


@dataclass(frozen=True, slots=True)
class LetterFigures:
    """All a report says of a campaign; counts of records, `six` and `methods` by label.

    `visits` 次, `townships` and `zones` are not parted; money in yuan. `above` is the name of
    the office reported to, "" at the city.
    """

    campaign: Campaign
    seen: Statistics
    above: str
    visits: int
    six: tuple[tuple[str, int], ...]
    methods: tuple[tuple[str, int], ...]
    hazards: int
    hazards_closed: int
    hazards_reported: int
    demands_late: int
    choices: tuple[Choice, ...]

    def total(self, title: str) -> int | Decimal | str:
        """A value of the line 合计 of the 汇总表, without what stands in two rows twice."""
        line = self.seen.table.distinct or self.seen.table.total
        return line.values[[name for name, _ in COLUMNS].index(title)]


def letter_figures(
    office: Office, campaign: str, *, progress: Progress, cancel: Cancel
) -> LetterFigures:
    """Count them. Raises `UserError` NO_CAMPAIGN, `Cancelled`."""
    seen = statistics(office, campaign or None, progress=progress, cancel=cancel)
    with office.store.read() as connection:
        ground = FigureRecords(office, connection, seen.campaign, members=_MEMBERS).ground
        cancel.check()
        six, methods, visits = _done(connection, seen.campaign)
        hazards = _hazards(connection, ground)
        return LetterFigures(
            campaign=ground.campaign,
            seen=seen,
            above=_above(office, connection),
            visits=visits,
            six=tuple((code.label, six[code.value]) for code in SIX_ITEMS),
            methods=tuple((code.label, methods[code.value]) for code in METHOD),
            hazards=len(hazards),
            hazards_closed=sum(not is_open(one) for one in hazards),
            hazards_reported=sum(is_reported(one) for one in hazards),
            demands_late=_late(connection, ground, office.today()),
            choices=choices(connection, ground, office.today()),
        )


def _above(office: Office, connection: Connection) -> str:
    above = superiors(connection, office.identity.station)
    unit = unit_of(connection, above[0]) if above else None
    return unit.name if unit else ""


def _done(connection: Connection, campaign: str) -> tuple[Counter[str], Counter[str], int]:
    """How often each of the 六个到位 and each way of asking stands on a visit; the visits."""
    six: Counter[str] = Counter()
    methods: Counter[str] = Counter()
    rows = states.pick(connection, Visit, ("items", "methods"), equal("campaign", campaign), live())
    for items, ways in rows:
        six.update(
            {one.item for one in msgspec.json.decode(items or "[]", type=readable(list[ItemDone]))}
        )
        methods.update(set(msgspec.json.decode(ways or "[]", type=list[str])))
    return six, methods, len(rows)


def _hazards(connection: Connection, ground: CampaignData) -> list[Hazard]:
    """Of the campaign as 分类统计 counts them: by their visit, without one by their day."""
    found = (state.record for state in states.iterate(connection, Hazard, live()))
    return [one for one in found if ground.belongs(ground.visits.get(one.visit), _day(one))]


def _day(hazard: Hazard) -> dt.date | None:
    return hazard.found_at.date() if hazard.found_at else None


def _late(connection: Connection, ground: CampaignData, today: dt.date) -> int:
    names = ("visit", "raised_on", "due", "state", "closed_on")
    return sum(
        is_overdue(one, today)
        for one in _of_campaign(ground, states.parts(connection, Demand, names))
    )


def _of_campaign(ground: CampaignData, found: Iterable[tuple[str, Demand]]) -> Iterable[Demand]:
    return (one for _, one in found if ground.belongs(ground.visits.get(one.visit), one.raised_on))
