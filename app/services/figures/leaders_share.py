"""领导带队 of a campaign: what the leadership of each office did itself (R38).

look(office).offices                      # one line an office, with its members
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec

from app.documents.drawing.target import Out
from app.documents.reports.list_content import ListColumn, ListContent, Value
from app.documents.reports.list_paper import print_list
from app.documents.workbooks.list_sheet import write_list
from app.domain.campaign.campaign_data import REPORTING
from app.domain.campaign.leaders_share import LedVisits, OfficeShare, leaders_shares
from app.domain.records import Leader, Unit
from app.services.figures.figure_records import campaign_of
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.records.link_resolving import Links
from app.services.records.units import name_of
from database.state import counts, states
from database.state.filters import live
from database.store.engine import Connection


class LeadersShare(msgspec.Struct, frozen=True):
    """The offices of a campaign as of a day."""

    campaign: str
    title: str
    as_of: dt.date
    offices: tuple[OfficeShare, ...]


def look(office: Office, campaign: str | None = None) -> LeadersShare:
    """Count a campaign (a code or title, else that of today).

    A township stands there once it says who leads it. Raises `UserError` NO_CAMPAIGN.
    """
    with office.store.read() as connection:
        chosen = campaign_of(Links(office, connection), campaign)
        units = [state.record for state in states.find(connection, Unit, live())]
        found = leaders_shares(
            chosen, units, leaders_of(connection), _visits(connection, chosen.code)
        )
        kinds = {unit.code: unit.kind for unit in units}
        own = office.identity.station
        offices = tuple(
            one
            for one in found
            if one.members or one.unit == own or kinds.get(one.unit) in REPORTING
        )
    return LeadersShare(chosen.code, chosen.short_title or chosen.title, office.today(), offices)


def leaders_of(connection: Connection) -> dict[str, tuple[str, Leader]]:
    """By record id every leader, with the code of the office that is led."""
    return {
        state.id: (state.record.unit or state.owner, state.record)
        for state in states.find(connection, Leader, live())
    }


def _visits(connection: Connection, campaign: str) -> list[LedVisits]:
    decode = msgspec.json.Decoder(tuple[str, ...]).decode
    return [
        LedVisits(
            unit,
            decode(leaders) if leaders else (),
            None if by_chief is None else bool(by_chief),
            dt.date.fromisoformat(day) if day else None,
            count,
        )
        for unit, leaders, by_chief, day, count in counts.led_visits(connection, campaign)
    ]


def content_of(office: Office, seen: LeadersShare) -> ListContent:
    """The offices, and beneath each its leadership, as a list to be written."""
    with office.store.read() as connection:
        own = name_of(connection, office.identity.station)
    lines = [line for one in seen.offices for line in _lines(one)]
    return ListContent(
        title=f"{seen.title}领导带队情况",
        office=own,
        made_on=seen.as_of,
        columns=_COLUMNS,
        rows=lambda: lines,
        count=len(lines),
        numbered=False,
    )


def file_name(seen: LeadersShare, suffix: str) -> str:
    """领导带队_2011-12-03.xlsx."""
    return f"领导带队_{seen.as_of}{suffix}"


@needs("print")
def write_sheet(office: Office, seen: LeadersShare, out: Path) -> Path:
    """The table as a workbook; raises `EnvironmentProblem`."""
    write_list(out, content_of(office, seen))
    return out


@needs("print")
def write_paper(office: Office, seen: LeadersShare, out: Out) -> int:
    """The table as a PDF; answers its pages. Raises `EnvironmentProblem`."""
    return print_list(content_of(office, seen), out)


_COLUMNS = (
    ListColumn("单位、领导"),
    ListColumn("职务"),
    ListColumn("班子成员\n（人）", 10, "right"),
    ListColumn("参加走访\n（人）", 10, "right"),
    ListColumn("参加率", 10, "right"),
    ListColumn("走访\n（次）", 10, "right"),
    ListColumn("主要领导带队\n（次）", 14, "right"),
)


def _lines(one: OfficeShare) -> list[tuple[Value, ...]]:
    """An office, then who leads it with the visits each took part in."""
    known = (len(one.members), one.took_part) if one.members else ("—", "—")
    led = one.led_words if one.untold else one.by_chief
    first: tuple[Value, ...] = (one.name, "", *known, one.share, one.visits, led)
    rest: list[tuple[Value, ...]] = [
        (f"　{m.name}", m.post, None, None, "主要负责同志" if m.chief else "", m.visits, None)
        for m in one.members
    ]
    return [first, *rest]
