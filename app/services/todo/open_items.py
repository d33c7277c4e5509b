"""What is left open at an office: unfinished, unsent, returned, to be revisited, not resolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from app.documents.reports.handover_list import OpenItem, OpenItems
from app.domain.checking.state import is_reported
from app.domain.records import TYPES, Case, Demand, Hazard, Record
from app.domain.records.registry import shown
from app.domain.records.told import title_in
from app.services.backup.backup_schedule import overview
from app.services.lists.listing import lines
from app.services.office.office import Office
from app.services.packages.forwarding import unconfirmed_reports
from app.services.people.recovery_place import recovery_place
from app.services.records import drafts
from app.services.reporting import frozen_report
from app.services.reviewing import trays
from database.log import packages
from database.state import states
from database.state.filters import Filter, live, not_, owned_by
from database.state.standing import cases_to_revisit, closed_demands, open_hazards
from database.state.states import State
from database.store import attachments
from database.store.engine import Connection

R = TypeVar("R", bound=Record)


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
                office,
                connection,
                "应回访的帮扶事项",
                Case,
                _to_follow_up(office, connection),
            ),
            _section(
                office,
                connection,
                "没有办结的意见诉求",
                Demand,
                _open_demands(office, connection),
            ),
            _section(
                office,
                connection,
                "没有化解的隐患",
                Hazard,
                _open_hazards(office, connection),
            ),
            _packages(office, connection),
        ]
        holdings = tuple(_holdings(office, connection))
    where = "，".join(filter(None, (plan.plan.folder, last)))
    return Handover(tuple(sections), holdings, place.words or "还没有登记", where)


def _drafts(office: Office) -> OpenItems:
    items = [
        OpenItem(
            "",
            f"{TYPES[one.type].label}　{title_in(TYPES[one.type], one.typed)}".strip(),
            f"{one.by_name}填到一半",
        )
        for one in drafts.every(office)
        if one.type in TYPES
    ]
    return OpenItems("没有填完", tuple(items))


def _unsent(office: Office, connection: Connection) -> OpenItems:
    """What was saved and never sent; the city sends nothing up."""
    title = "有改动未报送"
    if office.is_city:
        return OpenItems(title)
    rows = frozen_report.unsent(office, connection, frozen_report.addressee(office, connection))
    found: dict[str, list[str]] = {}
    for row in rows:
        if row.id not in found.setdefault(row.type, []):
            found[row.type].append(row.id)
    items = [
        item
        for type_name, ids in found.items()
        for item in _items(office, connection, TYPES[type_name], dict.fromkeys(ids, "报送"))
    ]
    return OpenItems(title, tuple(items))


def _trays(office: Office, connection: Connection) -> Iterator[OpenItems]:
    words = (
        ("return", "上级退回", "改好以后再报送"),
        ("propose", "电话更正待采用", "核对后采用，或写明不采用"),
    )
    for verdict, title, note in words:
        found = trays.open_items(trays.tray(office, verdict))
        yield OpenItems(
            title,
            tuple(
                item
                for one in found
                for item in _items(office, connection, TYPES[one.type], {one.record.id: note})
            ),
        )


def _to_follow_up(office: Office, connection: Connection) -> Iterator[tuple[str, str]]:
    """Cases that were helped and not visited again; with the day that was planned."""
    for one in _own(office, connection, Case, cases_to_revisit()):
        due, aided = one.record.follow_up_due, one.record.aided_on
        yield one.id, f"{due}前回访" if due else f"{aided}帮扶，还没有回访"


def _open_demands(office: Office, connection: Connection) -> Iterator[tuple[str, str]]:
    for one in _own(office, connection, Demand, not_(closed_demands())):
        due = f"{one.record.due}到期" if one.record.due else "办理"
        yield one.id, "，".join(filter(None, (one.record.referred_to, due)))


def _open_hazards(office: Office, connection: Connection) -> Iterator[tuple[str, str]]:
    for one in _own(office, connection, Hazard, open_hazards()):
        yield one.id, "跟进到化解" if is_reported(one.record) else "向党政和上级工会报告"


def _own(
    office: Office, connection: Connection, kind: type[R], wanted: Filter
) -> Iterator[State[R]]:
    return states.iterate(connection, kind, owned_by(office.identity.station), live(), wanted)


def _section(
    office: Office,
    connection: Connection,
    title: str,
    record_type: type[Record],
    found: Iterable[tuple[str, str]],
) -> OpenItems:
    return OpenItems(title, tuple(_items(office, connection, record_type, dict(found))))


def _items(
    office: Office, connection: Connection, record_type: type[Record], notes: dict[str, str]
) -> Iterator[OpenItem]:
    """A line for each record, with what is to be done about it."""
    label = record_type.label
    if record_type.facts.place is not None:
        for line in lines(office, record_type, list(notes)):
            subject = f"{label}　{line.title or line.who}".strip()
            yield OpenItem(line.number, subject, notes[line.id])
        return
    for record, note in notes.items():
        state = states.get(connection, record_type, record)
        yield OpenItem(state.record.number if state else "", label, note)


def _packages(office: Office, connection: Connection) -> OpenItems:
    """What was sent and not confirmed, and what came and waits for a decision."""
    items: list[OpenItem] = []
    if not office.is_city:
        to = frozen_report.addressee(office, connection)
        items += [
            OpenItem(f"第{row.seq}次报送", row.file or "", "等上级回执")
            for row in unconfirmed_reports(connection, office.identity.writer, to)
        ]
    for state, note in (("held", "等对方办好登记"), ("frozen", "请人工决定")):
        rows = packages.find(connection, direction="in", state=state)
        items += [OpenItem("收件", row.note or row.file or "", note) for row in rows]
    return OpenItems("报送文件", tuple(items))


def _holdings(office: Office, connection: Connection) -> Iterator[tuple[str, str]]:
    for kind in shown():
        mine = owned_by(office.identity.station)
        count = states.count(connection, kind, mine, live()) if kind.facts.handed_over else 0
        if count:
            yield kind.label, f"{count:,} 条"
    yield "附件", f"{attachments.count(office.scans):,} 份"
