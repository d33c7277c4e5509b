"""工作交接: what is left open, on paper for three to sign, and the act of giving it over.

Records stay as they are. The successor works under their own name and passphrase,
the one who leaves opens the data no more, and a new recovery code takes the place
of the one that both have known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from app.documents.handover_list import HandoverList, OpenItem, OpenItems, handover_list
from app.domain.entry import read_value
from app.domain.errors import UserError
from app.domain.fields import fields_of
from app.domain.records import TYPES, Case, Demand, Hazard, Record
from app.services import drafts, operators, reviewing, submitting
from app.services.channels import acknowledged
from app.services.keyring import Cost
from app.services.listing import LOOKS, lines
from app.services.office import Office
from app.services.operators import Colleague
from app.services.people import computer_name
from app.services.recovery_place import recovery_place
from app.services.safekeeping import overview
from app.services.units import name_of
from database import packages, scans, settings, states
from database.engine import Connection

_NAME = "handovers"
_HELD = ("visit", "demand", "person", "case", "aid", "hazard", "enterprise", "plan", "document")


@dataclass(frozen=True, slots=True)
class Handover:
    """What is given over: `sections` are 没有填完, 上级退回 and so on, empty ones too."""

    sections: tuple[OpenItems, ...]
    holdings: tuple[tuple[str, str], ...]
    recovery_code: str
    backups: str

    @property
    def open(self) -> int:
        """How many things are left to do."""
        return sum(len(one.items) for one in self.sections)


def gather(office: Office) -> Handover:
    """Everything that somebody has still to do at this office."""
    plan, place = overview(office), recovery_place(office)
    last = f"最近一次{plan.last.at[:10]}" if plan.last else "还没有备份"
    with office.store.read() as connection:
        sections = [
            _drafts(office),
            _unsent(office, connection),
            *_trays(office, connection),
            _section(
                office, connection, "应回访的帮扶事项", "case", _to_follow_up(office, connection)
            ),
            _section(
                office,
                connection,
                "没有办结的意见诉求",
                "demand",
                _open_demands(office, connection),
            ),
            _section(
                office, connection, "没有化解的隐患", "hazard", _open_hazards(office, connection)
            ),
            _packages(office, connection),
        ]
        holdings = tuple(_holdings(office, connection))
    where = "，".join(filter(None, (plan.plan.folder, last)))
    return Handover(tuple(sections), holdings, place.words or "还没有登记", where)


def _drafts(office: Office) -> OpenItems:
    items = [
        OpenItem(
            "", f"{TYPES[one.type].label}　{_called(one.typed)}".strip(), f"{one.by_name}填到一半"
        )
        for one in drafts.every(office)
        if one.type in TYPES
    ]
    return OpenItems("没有填完", tuple(items))


def _called(typed: dict[str, object]) -> str:
    """What an unfinished record can be told by."""
    known = (typed.get(name) for name in ("enterprise_name", "name", "title", "leaders"))
    return next((one for one in known if isinstance(one, str) and one), "")


def _unsent(office: Office, connection: Connection) -> OpenItems:
    """What was saved and never sent; the city sends nothing up."""
    title = "有改动未报送"
    if office.is_city:
        return OpenItems(title)
    rows = submitting.unsent(office, connection, submitting.addressee(office, connection))
    found: dict[str, list[str]] = {}
    for row in rows:
        if row.id not in found.setdefault(row.type, []):
            found[row.type].append(row.id)
    items = [
        item
        for type_name, ids in found.items()
        for item in _items(office, connection, type_name, dict.fromkeys(ids, "报送"))
    ]
    return OpenItems(title, tuple(items))


def _trays(office: Office, connection: Connection) -> Iterator[OpenItems]:
    words = (
        ("return", "上级退回", "改好以后再报送"),
        ("propose", "电话更正待采用", "核对后采用，或写明不采用"),
    )
    for verdict, title, note in words:
        found = reviewing.open_items(reviewing.tray(office, verdict))
        yield OpenItems(
            title,
            tuple(
                item
                for one in found
                for item in _items(office, connection, one.type, {one.record.id: note})
            ),
        )


def _to_follow_up(office: Office, connection: Connection) -> Iterator[tuple[str, str]]:
    """Cases that were helped and not visited again; with the day that was planned."""
    for record, case in _own(office, connection, Case):
        if isinstance(case, Case) and not case.closed_on and not case.followed_up_on:
            if case.follow_up_due:
                yield record, f"{case.follow_up_due.isoformat()}前回访"
            elif case.aided_on:
                yield record, f"{case.aided_on.isoformat()}帮扶，还没有回访"


def _open_demands(office: Office, connection: Connection) -> Iterator[tuple[str, str]]:
    for record, demand in _own(office, connection, Demand):
        if isinstance(demand, Demand) and not demand.closed_on:
            due = f"{demand.due.isoformat()}到期" if demand.due else "办理"
            yield record, "，".join(filter(None, (demand.referred_to, due)))


def _open_hazards(office: Office, connection: Connection) -> Iterator[tuple[str, str]]:
    for record, hazard in _own(office, connection, Hazard):
        if isinstance(hazard, Hazard) and not hazard.closed_on:
            told = hazard.reported_to_party and hazard.reported_to_union
            yield record, "跟进到化解" if told else "向党政和上级工会报告"


def _own(
    office: Office, connection: Connection, kind: type[Record]
) -> Iterator[tuple[str, Record]]:
    table = states.table(kind.type_name)
    mine = table.c.owner == office.identity.station
    for state in states.iterate(connection, kind.type_name, mine, table.c.void == 0):
        yield state.id, state.record


def _section(
    office: Office,
    connection: Connection,
    title: str,
    type_name: str,
    found: Iterable[tuple[str, str]],
) -> OpenItems:
    return OpenItems(title, tuple(_items(office, connection, type_name, dict(found))))


def _items(
    office: Office, connection: Connection, type_name: str, notes: dict[str, str]
) -> Iterator[OpenItem]:
    """A line for each record, with what is to be done about it."""
    label = TYPES[type_name].label
    if type_name in LOOKS:
        for line in lines(office, type_name, list(notes)):
            subject = f"{label}　{line.title or line.who}".strip()
            yield OpenItem(line.number, subject, notes[line.id])
        return
    for record, note in notes.items():
        state = states.get(connection, type_name, record)
        yield OpenItem(state.record.number if state else "", label, note)


def _packages(office: Office, connection: Connection) -> OpenItems:
    """What was sent and not confirmed, and what came and waits for a decision."""
    items: list[OpenItem] = []
    if not office.is_city:
        to = submitting.addressee(office, connection)
        got = acknowledged(connection, office.identity.writer, to, to)
        sent = packages.find(
            connection, direction="out", writer=office.identity.writer, to=to, kind="submission"
        )
        items += [
            OpenItem(f"第{row.seq}次报送", row.file or "", "等上级回执")
            for row in sent
            if (row.seq or 0) > got
        ]
    for state, note in (("held", "等对方办好登记"), ("frozen", "请人工决定")):
        rows = packages.find(connection, direction="in", state=state)
        items += [OpenItem("收件", row.note or row.file or "", note) for row in rows]
    return OpenItems("报送文件", tuple(items))


def _holdings(office: Office, connection: Connection) -> Iterator[tuple[str, str]]:
    for name in _HELD:
        table = states.table(name)
        mine = table.c.owner == office.identity.station
        count = states.count(connection, name, mine, table.c.void == 0)
        if count:
            yield TYPES[name].label, f"{count:,} 条"
    yield "附件", f"{scans.count(office.scans):,} 份"


@dataclass(frozen=True, slots=True)
class Parties:
    """移交人, 接交人, 监交人 and the day, as they sign."""

    giver: str
    taker: str
    witness: str
    on: dt.date


def read_day(office: Office, typed: str) -> dt.date:
    """A day as it is typed (2011.7.4, 20110704); raises `UserError` as `entry.read_value`."""
    spec = next(one for one in fields_of(TYPES["operator"]) if one.name == "on_duty_to")
    return dt.date.fromisoformat(read_value(spec, typed, office.today()))


def print_list(office: Office, parties: Parties, out: Path) -> int:
    """Print the 移交清单 as things stand now; returns its pages."""
    found = gather(office)
    with office.store.read() as connection:
        unit = name_of(connection, office.identity.station)
    paper = HandoverList(
        office=unit,
        made_on=parties.on,
        giver=parties.giver,
        taker=parties.taker,
        witness=parties.witness,
        holdings=found.holdings,
        recovery_code=found.recovery_code,
        backups=found.backups,
        computer=computer_name(office),
        sections=found.sections,
    )
    return handover_list(paper, out)


class Done(msgspec.Struct, frozen=True):
    """One handover that took place."""

    on: str
    giver: str
    taker: str
    witness: str


@dataclass(frozen=True, slots=True)
class Successor:
    """Who takes over: somebody new with a name, or a colleague (`id`); with their passphrase."""

    name: str
    passphrase: str
    id: str = ""
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The successor, now the one at work, and the new recovery code to print."""

    successor: Colleague
    recovery_code: str


def hand_over(
    office: Office,
    own_passphrase: str,
    giver: str,
    successor: Successor,
    *,
    witness: str,
    on: dt.date | None = None,
    cost: Cost | None = None,
) -> HandedOver:
    """Give the work of an operator (`giver`, an id) to another, who gets their duties.

    `own_passphrase` is that of who is at work. Each step stands for itself, so that
    what was cut off is taken up by doing it again. Raises `UserError` SAME_PERSON,
    WITNESS_NEEDED and as `operators.add` and `operators.leave`.
    """
    if not witness.strip():
        raise UserError("WITNESS_NEEDED", "没有填写监交人。", remedy="请填写在场监交的负责人。")
    leaver = operators.find(office, giver)
    taker = _taker(office, own_passphrase, leaver, successor, cost)
    duties = list(dict.fromkeys((*taker.record.duties, *leaver.record.duties)))
    theirs = office.as_operator(taker.id)
    passphrase = own_passphrase if taker.id == office.operator else successor.passphrase
    operators.require_passphrase(theirs, passphrase)
    operators.change(theirs, taker.id, {"duties": duties})
    operators.leave(theirs, passphrase, leaver.id, on=on)
    code = operators.renew_recovery(theirs, passphrase, cost=cost)
    _remember(office, leaver, taker, witness.strip(), on)
    return HandedOver(operators.find(office, taker.id), code)


def _taker(
    office: Office,
    own_passphrase: str,
    leaver: Colleague,
    successor: Successor,
    cost: Cost | None,
) -> Colleague:
    if successor.id:
        taker = operators.find(office, successor.id)
    else:
        taker = operators.add(
            office,
            own_passphrase,
            successor.name,
            successor.passphrase,
            duties=leaver.record.duties,
            department=leaver.record.department,
            telephone=successor.telephone,
            cost=cost,
        )
    if taker.id == leaver.id:
        raise UserError("SAME_PERSON", "移交人和接交人是同一个人。", remedy="请选择接交人。")
    return taker


def _remember(
    office: Office, leaver: Colleague, taker: Colleague, witness: str, on: dt.date | None
) -> None:
    day = (on or office.today()).isoformat()
    with office.store.write() as connection:
        known = settings.get(connection, _NAME, list[Done]) or []
        settings.put(connection, _NAME, [*known, Done(day, leaver.name, taker.name, witness)])


def past(office: Office) -> Sequence[Done]:
    """The handovers so far, the latest first."""
    with office.store.read() as connection:
        return (settings.get(connection, _NAME, list[Done]) or [])[::-1]
