"""工作安排 as it stands: the board of an office, read in one look."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from app.domain.campaign.board_making import BoardData, plan_board
from app.domain.campaign.campaign_data import CampaignData
from app.domain.campaign.counted_visit import FirstVisit
from app.domain.campaign.enterprise_groups import Directory, Firm
from app.domain.campaign.plan_board import PlanBoard
from app.domain.kernel.collecting import uncollected
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.domain.records import Campaign, Demand, Hazard
from app.services.figures.figure_records import campaign_of, counted_members, needed
from app.services.figures.office_scope import OfficeScope, reach_of
from app.services.office.office import Office
from app.services.records.link_resolving import Links
from database.state import counts
from database.state.filters import not_
from database.state.standing import closed_demands, open_hazards
from database.store.engine import Connection

_MEMBERS = ("units", "areas", "enterprises", "links", "groups", "plans", "notices")

_STEPS = ("正在读取单位名录和安排", "正在读取走访", "正在整理单位", "正在排出安排表")


def board(
    office: Office,
    campaign: str | None = None,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> PlanBoard:
    """The board of a campaign (a code or title, else the one of today).

    Raises `UserError` NO_CAMPAIGN, `Cancelled`.
    """
    watch = cancel or Cancel()

    def begin(place: int) -> None:
        watch.check()
        progress(Step(_STEPS[place], place, len(_STEPS)))

    with office.store.read() as connection, uncollected():
        begin(0)
        links = Links(office, connection)
        chosen = campaign_of(links, campaign)
        ground = _ground(office, connection, chosen)
        begin(1)
        ground = replace(ground, visits=_visits(connection, chosen))
        reach = reach_of(links)
        demands = counts.by_enterprise(connection, Demand, not_(closed_demands()))
        hazards = counts.by_enterprise(connection, Hazard, open_hazards())
        begin(2)
        data = BoardData(
            directory=Directory(ground),
            station=office.identity.station,
            today=office.today(),
            demands=demands,
            hazards=hazards,
            holds=lambda firm: _holds(reach, firm),
        )
        begin(3)
        return plan_board(data)


def _ground(office: Office, connection: Connection, campaign: Campaign) -> CampaignData:
    """The directory, groups and plans, and at a county where the city was."""
    found = counted_members(connection, needed(office, _MEMBERS))
    return CampaignData(campaign=campaign, heard={}, **found)


def _visits(connection: Connection, campaign: Campaign) -> dict[str, FirstVisit]:
    """Of the visits the first of everyone to each enterprise."""
    return {
        f"{enterprise} {group} {level} {unit}": FirstVisit(
            campaign.code,
            enterprise,
            dt.date.fromisoformat(day) if day else None,
            unit=unit,
            group=group,
            level=level,
        )
        for enterprise, group, level, unit, day in counts.first_visits_by_visitor(
            connection, campaign.code
        )
    }


def _holds(reach: OfficeScope, firm: Firm) -> bool:
    """The city's groups go anywhere; the others where they are at home."""
    if reach.area:
        return firm.area == reach.area
    return reach.whole or firm.unit == reach.unit
