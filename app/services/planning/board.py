"""工作安排 as it stands: the board of an office, read in one look."""

from __future__ import annotations

import datetime as dt

from app.domain.campaign.board_making import BoardData, plan_board
from app.domain.campaign.campaign_data import CampaignData
from app.domain.campaign.counted_visit import FirstVisit
from app.domain.campaign.enterprise_groups import Directory, Firm
from app.domain.campaign.plan_board import PlanBoard
from app.domain.records import Campaign, Demand, Hazard
from app.services.figures.figure_records import campaign_of, counted_members
from app.services.figures.office_scope import OfficeScope, reach_of
from app.services.office.office import Office
from app.services.records.link_resolving import Links
from database.state import counts
from database.state.filters import not_
from database.state.standing import closed_demands, open_hazards
from database.store.engine import Connection

_MEMBERS = ("units", "areas", "enterprises", "links", "groups", "plans")


def board(office: Office, campaign: str | None = None) -> PlanBoard:
    """The board of a campaign (a code or title, else the one of today).

    Raises `UserError` NO_CAMPAIGN.
    """
    with office.store.read() as connection:
        links = Links(office, connection)
        chosen = campaign_of(links, campaign)
        ground = _ground(connection, chosen)
        reach = reach_of(links)
        data = BoardData(
            directory=Directory(ground),
            station=office.identity.station,
            today=office.today(),
            demands=counts.by_enterprise(connection, Demand, not_(closed_demands())),
            hazards=counts.by_enterprise(connection, Hazard, open_hazards()),
            holds=lambda firm: _holds(reach, firm),
        )
        return plan_board(data)


def _ground(connection: Connection, campaign: Campaign) -> CampaignData:
    """The directory, groups and plans; of the visits the first of everyone to each enterprise."""
    visits = {
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
    found = counted_members(connection, _MEMBERS)
    return CampaignData(campaign=campaign, visits=visits, heard={}, **found)


def _holds(reach: OfficeScope, firm: Firm) -> bool:
    """The city's groups go anywhere; the others where they are at home."""
    if reach.area:
        return firm.area == reach.area
    return reach.whole or firm.unit == reach.unit
