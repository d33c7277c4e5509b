"""What changed after 送审: record by record, and what it does to the totals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.domain.records import TYPES, Operator, Record
from app.services.lists.listing import lines
from app.services.office.office import Office
from app.services.records.record_folding import decode
from app.services.reporting import paper_totals
from app.services.reporting.frozen_report import report_of, unsent
from database.log.unsent_revisions import Sealable
from database.state import states
from database.state.states import State
from database.store.engine import Connection


@dataclass(frozen=True, slots=True)
class Since:
    """One record changed after 送审; it waits for 重新送审 or the next time.

    `change` is 新增, 修改 or 作废; `subject` says what the record is about; `by`
    is the operator's name and `at` when it was last saved (RFC 3339).
    """

    type: str
    id: str
    number: str
    change: str = ""
    subject: str = ""
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class TotalLine:
    """One total of the 送审表: as frozen (送审时), and with what was saved since (现在)."""

    name: str
    unit: str
    frozen: str
    now: str
    difference: str


def changed_since(office: Office, n: int) -> list[Since]:
    """What was saved after the totals of report `n` were frozen, the newest last."""
    content = report_of(office, n).content
    frozen = set(content.revisions)
    with office.store.read() as connection:
        later: dict[tuple[str, str], list[Sealable]] = defaultdict(list)
        for row in unsent(office, connection, content.to):
            if row.h not in frozen:
                later[row.type, row.id].append(row)
        subjects = _subjects(office, list(later))
        found = [
            _since(connection, state, TYPES[type_name], rows, subjects)
            for (type_name, record), rows in later.items()
            if (state := states.get(connection, TYPES[type_name], record))
        ]
    return sorted(found, key=lambda one: one.at)


def _subjects(office: Office, records: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    """What each record is about, as its list says it."""
    wanted = defaultdict(list)
    for type_name, record in records:
        wanted[type_name].append(record)
    return {
        line.id: line.title
        for type_name, ids in wanted.items()
        if TYPES[type_name].facts.place is not None
        for line in lines(office, TYPES[type_name], ids)
    }


def _since(
    connection: Connection,
    state: State[Record],
    record_type: type[Record],
    rows: Sequence[Sealable],
    subjects: Mapping[str, str],
) -> Since:
    is_new = any(not one.parents for one in decode(rows).values())
    who = states.get(connection, Operator, state.changed_by)
    return Since(
        record_type.type_name,
        state.id,
        state.record.number,
        "作废" if state.void else "新增" if is_new else "修改",
        f"{record_type.label} {subjects.get(state.id, '')}".strip(),
        who.record.name if who else "",
        state.changed_at,
    )


def compare_totals(office: Office, n: int) -> list[TotalLine]:
    """The totals of report `n` as frozen, and as they would be now."""
    content = report_of(office, n).content
    with office.store.read() as connection:
        every = [row.h for row in unsent(office, connection, content.to)]
        frozen = paper_totals.gather(connection, content.revisions)
        now = paper_totals.gather(connection, dict.fromkeys((*content.revisions, *every)))
    counts = {one.name: one.unit for one in (*now.counts, *frozen.counts)}
    before, after = ({o.name: o.count for o in t.counts} for t in (frozen, now))
    lines = [
        _line(name, unit, before.get(name, 0), after.get(name, 0), ",d")
        for name, unit in counts.items()
    ]
    sums = zip(frozen.sums, now.sums, strict=True)
    return lines + [_line(a.name, "元", a.amount, b.amount, ",.2f") for a, b in sums]


def _line(name: str, unit: str, frozen: int | Decimal, now: int | Decimal, form: str) -> TotalLine:
    difference = now - frozen
    told = format(difference, f"+{form}") if difference else "0"
    return TotalLine(name, unit, format(frozen, form), format(now, form), told)
