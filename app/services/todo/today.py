"""首页（待办）: what is due, and what waits for a person at this office (R40)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from app.domain.checking.state import is_over
from app.domain.kernel.errors import UserError
from app.domain.merging.ownership import station_of
from app.domain.records import Campaign, Phase
from app.domain.records.facts import Part
from app.domain.records.registry import shown
from app.services.backup.backup import LastBackup
from app.services.figures.figure_records import campaign_of
from app.services.office.office import Office
from app.services.packages.forwarding import KINDS_UP, unconfirmed_reports
from app.services.records.link_resolving import Links
from app.services.records.units import unit_of
from app.services.reporting import frozen_report
from app.services.todo import evaluation_lines, todo_city, todo_office
from app.services.todo.deadlines import Deadline, deadline_of
from app.services.todo.todo_office import Waiting
from database.books import settings
from database.log import packages
from database.log.packages import PackageRow
from database.state import counts, states
from database.store.engine import Connection

__all__ = ["Parcel", "Today", "Waiting", "today"]

SHOWN = 2
"""Packages listed beside the last backup."""


class Parcel(msgspec.Struct, frozen=True):
    """A package that was sent, or (at the city) came: `done` when it was acknowledged or merged."""

    title: str
    on: dt.date | None
    records: int
    done: bool


class Today(msgspec.Struct, frozen=True):
    """What 首页 shows at once; `waiting` holds only what there is something of, the urgent first.

    `campaign` is its code, empty where none is known yet; `fresh` says that nothing was
    typed or received so far, `over` that the campaign ended long ago.
    """

    date: dt.date
    campaign: str
    title: str
    phases: tuple[Phase, ...]
    deadline: Deadline | None
    waiting: tuple[Waiting, ...]
    parcels: tuple[Parcel, ...]
    backup: LastBackup | None
    fresh: bool
    over: bool


def today(office: Office) -> Today:
    """What there is to do on the office's today, as far as it is found at once."""
    with office.store.read() as connection:
        links = Links(office, connection)
        campaign = _campaign(links)
        unit = links.own_unit
        kind = unit.kind if unit else ""
        deadline = deadline_of(office, connection, campaign, kind)
        over = is_over(campaign, office.today())
        ends = deadline.due if deadline and not deadline.sent and not over else None
        found = list(todo_office.own(office, connection, ends))
        found += todo_office.papers(office, connection, campaign, kind)
        found.append(todo_office.campaign_news(office, links))
        found += evaluation_lines.appeals(office, connection)
        found += evaluation_lines.results(office, connection)
        found += todo_office.newer_program(connection)
        if office.is_city:
            found += todo_city.arrived(office, connection)
            found += todo_city.passed_on(office, connection)
            found += todo_city.refused(office, connection)
            found += todo_city.grave(connection)
        backup = settings.get(connection, "last_backup", LastBackup)
        parcels = tuple(_parcels(office, connection))
        fresh = not _any_work(connection)
    found += todo_office.beside(office, ends)
    lines = todo_office.in_order(found)
    typed = any(one.name == "drafts" for one in lines)
    return Today(
        office.today(),
        campaign.code,
        campaign.short_title or campaign.title,
        campaign.phases,
        deadline,
        lines,
        parcels,
        backup,
        fresh and not typed,
        over,
    )


def _campaign(links: Links) -> Campaign:
    """The campaign of today; an empty one before the city has sent any."""
    try:
        return campaign_of(links, None)
    except UserError:
        return Campaign()


def _any_work(connection: Connection) -> bool:
    daily = (one for one in shown() if one.facts.place and one.facts.place.part is Part.DAILY)
    return any(states.count(connection, one) for one in daily)


def _parcels(office: Office, connection: Connection) -> Iterator[Parcel]:
    """The newest packages, the last first."""
    if office.is_city:
        came = packages.find(connection, direction="in", kind="submission", state="merged")
        for row in came[: -SHOWN - 1 : -1]:
            unit = unit_of(connection, station_of(row.writer or ""))
            name = unit.short_name if unit else row.writer
            yield _parcel(connection, row, f"{name}第{row.seq}次报送", done=True)
        return
    to, writer = frozen_report.addressee(office, connection), office.identity.writer
    waits = {row.n for row in unconfirmed_reports(connection, writer, to)}
    sent = packages.find(connection, direction="out", writer=writer, to=to)
    work = [row for row in sent if row.kind in KINDS_UP]
    for row in work[: -SHOWN - 1 : -1]:
        yield _parcel(connection, row, f"第{row.seq}次报送", done=row.n not in waits)


def _parcel(connection: Connection, row: PackageRow, title: str, *, done: bool) -> Parcel:
    moment = row.created or row.arrived
    day = dt.datetime.fromisoformat(moment).date() if moment else None
    return Parcel(title, day, counts.delivered(connection, row.n), done)
