"""首页（待办）: what is due, and what waits for a person at this office (R40)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TypeVar

import msgspec

from app.domain import coverage
from app.domain.firms import Directory
from app.domain.records import Campaign, Demand, Hazard, Phase, Record
from app.services import drafts, reviewing, submitting
from app.services.channels import acknowledged
from app.services.grounds import Gathered, campaign_of
from app.services.linking import Links
from app.services.office import Office
from database import packages, settings, states
from database.engine import Connection

R = TypeVar("R", bound=Record)


class Deadline(msgspec.Struct, frozen=True):
    """The next thing this office owes; `days` from today, negative when it is past."""

    title: str
    due: dt.date
    days: int


class Waiting(msgspec.Struct, frozen=True):
    """One line of 接下来做什么: `page` is the place to go to, `due` None without a date."""

    name: str
    title: str
    note: str
    count: int
    due: dt.date | None
    page: str


class LastBackup(msgspec.Struct, frozen=True):
    """When the data was last backed up (RFC 3339), and into which file."""

    at: str
    file: str


class Today(msgspec.Struct, frozen=True):
    """What 首页 shows; `waiting` holds only what there is something of, the urgent first."""

    date: dt.date
    campaign: str
    phases: tuple[Phase, ...]
    deadline: Deadline | None
    waiting: tuple[Waiting, ...]
    backup: LastBackup | None


def today(office: Office) -> Today:
    """What there is to do on the office's today.

    Raises `UserError` NO_CAMPAIGN where no campaign is known yet.
    """
    with office.store.read() as connection:
        links = Links(office, connection)
        campaign = campaign_of(links, None)
        unit = links.own_unit
        deadline = _deadline(campaign, unit.kind if unit else "", office.today())
        ends = deadline.due if deadline else None
        found = [
            *_hazards(office, connection),
            *_demands(office, connection),
            *_outgoing(office, connection, ends),
            *_to_visit(office, connection, ends),
        ]
        backup = settings.get(connection, "last_backup", LastBackup)
    found += [*_trays(office), *_drafts(office, ends)]
    waiting = sorted((one for one in found if one.count), key=lambda one: one.due or dt.date.max)
    return Today(office.today(), campaign.title, campaign.phases, deadline, tuple(waiting), backup)


def _deadline(campaign: Campaign, kind: str, day: dt.date) -> Deadline | None:
    """The next date for a unit of this kind, or the last one when all are past."""
    mine = [one for one in campaign.dues if one.due and (not one.kinds or kind in one.kinds)]
    dated = sorted((one.due, one.title) for one in mine if one.due)
    if not dated:
        return None
    due, title = next((one for one in dated if one[0] >= day), dated[-1])
    return Deadline(title, due, (due - day).days)


def _own(office: Office, connection: Connection, kind: type[R]) -> Iterator[R]:
    """The records of a type that belong to this office and stand."""
    table = states.table(kind.type_name)
    mine = table.c.owner == office.identity.station
    for state in states.iterate(connection, kind.type_name, mine, table.c.void == 0):
        if isinstance(state.record, kind):
            yield state.record


def _hazards(office: Office, connection: Connection) -> Iterable[Waiting]:
    """隐患 neither resolved nor reported to both the Party committee and the union above (R24)."""
    found = [
        one
        for one in _own(office, connection, Hazard)
        if one.closed_on is None and not (one.reported_to_party and one.reported_to_union)
    ]
    first = min((one.found_at.date() for one in found if one.found_at), default=None)
    yield Waiting("hazards", "隐患还没报告", "要报党政和上级工会", len(found), first, "hazards")


def _demands(office: Office, connection: Connection) -> Iterable[Waiting]:
    day = office.today()
    due = [
        one.due
        for one in _own(office, connection, Demand)
        if one.due and one.due < day and one.closed_on is None
    ]
    yield Waiting(
        "demands",
        "意见诉求超期",
        "过了办理期限，还没有办结",
        len(due),
        min(due, default=None),
        "demands",
    )


def _outgoing(office: Office, connection: Connection, ends: dt.date | None) -> Iterable[Waiting]:
    """What was never sent, and what was sent and is not acknowledged; the city sends nothing up."""
    if office.is_city:
        return
    to = submitting.addressee(office, connection)
    rows = submitting.unsent(office, connection, to)
    records = {(row.type, row.id) for row in rows}
    yield Waiting("unsent", "有改动未报送", "上次报送以后", len(records), ends, "submit")
    writer = office.identity.writer
    got = acknowledged(connection, writer, to, to)
    sent = packages.find(connection, direction="out", writer=writer, to=to)
    open_ones = [row for row in sent if (row.seq or 0) > got and row.kind == "submission"]
    yield Waiting("sent", "报送还没有回执", "请向上级要回执", len(open_ones), ends, "submit")


def _to_visit(office: Office, connection: Connection, ends: dt.date | None) -> Iterable[Waiting]:
    """规上 enterprises of this office that no cadre has visited (R7); the city's are all."""
    figure = coverage.cadre_coverage(Directory(Gathered(office, connection, None).ground))
    here = office.identity.station
    left = [one for one in figure.uncovered if office.is_city or one.unit == here]
    yield Waiting("uncovered", "规上企业还没走访", "", len(left), ends, "visits")


def _trays(office: Office) -> Iterable[Waiting]:
    for verdict, title, note in (
        ("return", "上级退回", "改好以后再报送"),
        ("propose", "电话更正待采用", "核对后采用，或写明不采用"),
    ):
        items = reviewing.open_items(reviewing.tray(office, verdict))
        yield Waiting(verdict, title, note, len(items), None, "visits")


def _drafts(office: Office, ends: dt.date | None) -> Iterable[Waiting]:
    kept = drafts.every(office)
    note = f"最早一条 {min(one.at for one in kept)[5:10]}" if kept else ""
    yield Waiting("drafts", "没有填完", note, len(kept), ends, "visits")
