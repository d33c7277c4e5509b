"""An existing record is found before a second one is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import value_of
from app.domain.records import Campaign, Record, Unit
from app.domain.records.base import OWN
from app.services.office.office import Office
from database.state import states
from database.state.filters import equal
from database.store.engine import Connection


class Twin(UserError):
    """TWIN: the office keeps the same person or enterprise already; `field` is what tells so."""

    def __init__(self, number: str, field: str) -> None:
        what = f"已经登记过，编号{number}。" if number else "已经登记过。"
        super().__init__("TWIN", what, remedy="填错了请改；是同一个请打开原来的那一条修改。")
        self.field = field


def refuse_twin(connection: Connection, office: Office, record: Record) -> None:
    """Raise `Twin` when this office already keeps the same person or enterprise.

    Only what is certain (`Facts.certain`) is refused: the same ID number, the same credit
    code, or the same name in the same place. The rest is a candidate to be looked at. What
    the city alone makes may say one thing twice, for two times, but not a campaign or a unit:
    by their codes all others name them.
    """
    kind = type(record)
    if not (kind.travels >= OWN or kind in (Campaign, Unit)):
        return
    for names in kind.facts.certain:
        values = {name: value_of(record, name) for name in names}
        if values[names[0]]:
            _refuse(connection, office, kind, values)


def _refuse(
    connection: Connection, office: Office, kind: type[Record], same: Mapping[str, Any]
) -> None:
    conditions = [equal(name, value or None) for name, value in same.items()]
    # Asked for with its office, the store would go through all records of the office.
    alike = states.find(connection, kind, *conditions, order=())
    found = next((s for s in alike if s.owner == office.identity.station and not s.void), None)
    if found is not None:
        raise Twin(found.record.number, next(iter(same)))
