"""Who is missing: what was due against what came, and the numbers missing in each channel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import msgspec

from app.domain.campaign import dues as due
from app.domain.campaign.campaign_data import CampaignData
from app.domain.campaign.dues import FORMS, How, Received, Standing
from app.domain.merging.ownership import station_of
from app.domain.records import TYPES, Document, Unit, Visit
from app.services.figures.figure_records import FigureRecords
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.packages.channels import RECEIVED, channel_reach, named
from app.services.packages.trust_store import trust_of
from app.services.records.units import name_of, with_contacts
from database.books import paper_ticks
from database.books.paper_ticks import PaperTick
from database.log import delivery_times, packages
from database.log.packages import PackageRow
from database.state import first_arrivals
from database.store.engine import Connection

_MEMBERS = ("units", "areas", "groups")
"""Who owes something; what was handed in is asked of the store."""


class StandingView(msgspec.Struct, frozen=True):
    """One thing that one unit owes: whether it came, when, how; `number` is its 编号.

    `at_any_time`: it is told as it happens, and no day was set for it. `lacking` are the parts
    that a 综合调研报告 does not have (R17).
    """

    unit: str
    unit_name: str
    item: str
    title: str
    group: str
    due: dt.date | None
    state: str
    words: str
    came: dt.date | None
    how: str
    number: str
    leader_telephone: str
    clerk: str
    clerk_telephone: str
    at_any_time: bool = False
    lacking: tuple[str, ...] = ()


class ChannelView(msgspec.Struct, frozen=True):
    """What came of one channel: without a gap up to `contiguous`, and the numbers missing."""

    station: str
    station_name: str
    writer: str
    to: str
    received: int
    contiguous: int
    highest: int
    missing: tuple[int, ...]
    words: str
    last: str


class PackageView(msgspec.Struct, frozen=True):
    """A package that waits: its writer is not enrolled (held) or a person must decide (frozen)."""

    package: int
    file: str
    station: str
    station_name: str
    writer: str
    seq: int
    state: str
    code: str
    arrived: str


class ParkedView(msgspec.Struct, frozen=True):
    """One record or scan that was set aside, and of whose package."""

    package: int
    station: str
    station_name: str
    seq: int
    h: str
    code: str
    reason: str


class WaitingView(msgspec.Struct, frozen=True):
    """Versions of a record whose earlier ones have not come."""

    type: str
    label: str
    id: str
    station: str
    station_name: str
    count: int


class MissingView(msgspec.Struct, frozen=True):
    """Everything that is missing or waits; `tally` counts the standings by state."""

    campaign: str
    title: str
    standings: tuple[StandingView, ...]
    tally: dict[str, int]
    channels: tuple[ChannelView, ...]
    silent: tuple[str, ...]
    held: tuple[PackageView, ...]
    frozen: tuple[PackageView, ...]
    parked: tuple[ParkedView, ...]
    waiting: tuple[WaitingView, ...]


class Paper(msgspec.Struct, frozen=True):
    """已收（纸质/邮件）: what a unit handed in otherwise, ticked by a person."""

    unit: str
    item: str
    on: dt.date
    group: str = ""


def missing(office: Office, campaign: str | None = None) -> MissingView:
    """What was due against what came on the office's today; `campaign` is a code or title.

    `silent` are the enrolled writers that have not submitted anything yet.
    """
    with office.store.read() as connection:
        gathered = FigureRecords(office, connection, campaign, members=_MEMBERS)
        ground = gathered.ground
        received = tuple(_received(office, connection, gathered))
        standings = due.judge(due.expectations(ground), received, today=office.today())
        reach = {unit.code: unit for unit in with_contacts(connection, ground.row_units)}
        return MissingView(
            ground.campaign.code,
            ground.campaign.title,
            tuple(_standing(gathered, reach, one) for one in standings),
            {str(state): count for state, count in due.tally(standings).items()},
            tuple(_channels(connection)),
            tuple(_silent(office, connection)),
            tuple(_waiting_packages(connection, "held")),
            tuple(_waiting_packages(connection, "frozen")),
            tuple(_parked(connection)),
            tuple(_waiting(connection)),
        )


@needs("remind")
def tick_paper(office: Office, campaign: str, paper: Paper) -> None:
    """Write down that something was received on paper or by mail."""
    with office.store.write() as connection:
        tick_within(office, connection, campaign, paper)


def tick_within(office: Office, connection: Connection, campaign: str, paper: Paper) -> None:
    """`tick_paper` as a part of a larger transaction."""
    on, at, by = paper.on.isoformat(), office.now(), office.operator
    tick = PaperTick(campaign, paper.unit, paper.item, paper.group, on, at, by)
    paper_ticks.put(connection, tick)


@needs("remind")
def untick_paper(office: Office, campaign: str, paper: Paper) -> None:
    """Take such a tick back."""
    with office.store.write() as connection:
        untick_within(office, connection, campaign, paper)


def untick_within(office: Office, connection: Connection, campaign: str, paper: Paper) -> None:
    """`untick_paper` as a part of a larger transaction."""
    paper_ticks.remove(connection, campaign, paper.unit, paper.item, paper.group)


def _received(
    office: Office, connection: Connection, gathered: FigureRecords
) -> Iterator[Received]:
    ground = gathered.ground
    came = _days_of(office, connection, gathered)
    yield from due.received_documents(ground, gathered.documents, came)
    for unit, day in _first_forms(office, connection, ground).items():
        yield Received(unit, FORMS, day, How.PACKAGE)
    for tick in paper_ticks.of(connection, ground.campaign.code):
        day = dt.date.fromisoformat(tick.on)
        yield Received(tick.unit, tick.item, day, How.PAPER, tick.group)


def _first_forms(
    office: Office, connection: Connection, ground: CampaignData
) -> Mapping[str, dt.date]:
    """The day on which the first 登记表 of each reporting unit came."""
    came = first_arrivals.first_carried(connection, Visit, ground.campaign.code)
    if office.is_city:
        station = office.identity.station
        came |= first_arrivals.first_saved(connection, Visit, ground.campaign.code, station)
    found: dict[str, dt.date] = {}
    for filer, at in came.items():
        unit, day = ground.reporting_unit(filer.unit or filer.owner), _day(at)
        found[unit] = min(day, found.get(unit, day))
    return found


def _days_of(office: Office, connection: Connection, gathered: FigureRecords) -> dict[str, dt.date]:
    """The day each document came (or was sent); the city's own came when they were saved."""
    times = delivery_times.first_carried(connection, Document, gathered.documents)
    if office.is_city:
        own = (r for r, s in gathered.ground.owner_of.items() if s == office.identity.station)
        times = delivery_times.first_saved(connection, Document, own) | times
    return {record: _day(at) for record, at in times.items()}


def _day(at: str) -> dt.date:
    return dt.datetime.fromisoformat(at).date()


def _standing(gathered: FigureRecords, reach: Mapping[str, Unit], one: Standing) -> StandingView:
    expected, came = one.expectation, one.received
    unit = reach.get(expected.unit) or gathered.ground.unit_by_code.get(expected.unit)
    return StandingView(
        expected.unit,
        expected.unit_name,
        expected.item,
        expected.title,
        expected.group,
        expected.due,
        one.state,
        one.words,
        came.at if came else None,
        came.how if came else "",
        gathered.named(Document, came.record).number if came and came.record else "",
        unit.leader_telephone if unit else "",
        unit.clerk if unit else "",
        unit.clerk_telephone if unit else "",
        expected.at_any_time,
        came.lacking if came else (),
    )


def _channels(connection: Connection) -> Iterator[ChannelView]:
    for writer, to in packages.channels(connection):
        rows = [r for r in packages.of_channel(connection, writer, to) if r.state in RECEIVED]
        gap = channel_reach(connection, writer, to)
        station = station_of(writer)
        yield ChannelView(
            station,
            name_of(connection, station),
            writer,
            to,
            len({row.seq for row in rows}),
            gap.contiguous,
            gap.highest,
            named(gap),
            gap.words,
            max((row.arrived for row in rows), default=""),
        )


def _silent(office: Office, connection: Connection) -> Iterator[str]:
    trust = trust_of(connection)
    came = packages.find(connection, direction="in", kind="submission")
    heard = {row.writer for row in came} | {office.identity.writer}
    for one in trust.document.writers if trust else ():
        if one.writer not in heard:
            yield one.writer


def _waiting_packages(connection: Connection, state: str) -> Iterator[PackageView]:
    for row in packages.find(connection, direction="in", state=state):
        station = station_of(row.writer or "")
        yield PackageView(
            row.n,
            row.note or "",
            station,
            name_of(connection, station),
            row.writer or "",
            row.seq or 0,
            row.state,
            row.code or "",
            row.arrived,
        )


def _parked(connection: Connection) -> Iterator[ParkedView]:
    rows: dict[int, PackageRow] = {}
    for aside in packages.parked(connection):
        row = rows.setdefault(aside.package, packages.get(connection, aside.package))
        station = station_of(row.writer or "")
        name = name_of(connection, station)
        yield ParkedView(
            aside.package, station, name, row.seq or 0, aside.h or "", aside.code, aside.reason
        )


def _waiting(connection: Connection) -> Iterator[WaitingView]:
    for type_name, record, writer, count in delivery_times.waiting(connection):
        station = station_of(writer)
        label = TYPES[type_name].label if type_name in TYPES else type_name
        yield WaitingView(type_name, label, record, station, name_of(connection, station), count)
