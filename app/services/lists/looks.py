"""谁看过全号: who saw or took along full numbers, when, of whom and why (R71)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.documents.reports.list_content import ListColumn, ListContent, Value
from app.documents.workbooks.list_sheet import write_list
from app.domain.kernel.fields import by_name
from app.domain.records import TYPES, Operator
from app.domain.records.told import title_of
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.records.units import name_of
from database.books import reveals
from database.books.reveals import Looks
from database.state import linked_names, states
from database.store.engine import Connection

MOST = 5000
"""Lines shown; what lies further back is in the log of the store all the same."""


@dataclass(frozen=True, slots=True)
class Look:
    """One line: when (local time), who, at what, which fields, and why."""

    at: str
    who: str
    what: str
    fields: str
    why: str
    count: int


@needs("looks")
def looks(office: Office) -> list[Look]:
    """The newest first; what was seen in one go stands in one line. Raises NOT_YOUR_DUTY."""
    with office.store.read() as connection:
        rows = reveals.together(connection, MOST)
        people = linked_names.named(connection, Operator, {row.operator for row in rows})
        return [_look(connection, row, people.get(row.operator, row.operator)) for row in rows]


def _look(connection: Connection, row: Looks, who: str) -> Look:
    record_type = TYPES[row.type]
    specs = by_name(record_type)
    names = dict.fromkeys(row.fields.split())
    labels = "、".join(specs[name].label if name in specs else name for name in names)
    if row.count > 1:
        what = f"{record_type.label} {row.count:,} 条"
    else:
        state = states.get(connection, record_type, row.record)
        told = (title_of(state.record), state.record.number) if state else (row.record,)
        what = "　".join(filter(None, told))
    return Look(row.at[:16].replace("T", " "), who, what, labels, row.reason, row.count)


@needs("looks")
def write_looks(office: Office, shown: Sequence[Look], out: Path) -> Path:
    """These lines as a workbook; raises `EnvironmentProblem`."""
    with office.store.read() as connection:
        own = name_of(connection, office.identity.station)

    def rows() -> list[Sequence[Value]]:
        return [(one.at, one.who, one.what, one.count, one.fields, one.why) for one in shown]

    columns = (
        ListColumn("时间"),
        ListColumn("谁"),
        ListColumn("看了什么"),
        ListColumn("条数", side="right", summed=True),
        ListColumn("哪几项"),
        ListColumn("原因"),
    )
    write_list(out, ListContent("全号查看记录", own, office.today(), columns, rows, len(shown)))
    return out
