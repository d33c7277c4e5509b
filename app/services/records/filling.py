"""补填: what many units of 单位名录 lack, asked for and saved many at once.

seen = gaps(office, BASIS)                            # who lacks what
done = fill(office, [Filling(id, h, {"area": "沙湾镇"}), …])
take_back(office, done)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from app.domain.campaign.enterprise_groups import GONE
from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.records import Enterprise, body_of
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.records.link_resolving import Links
from app.services.records.saving import save_within
from app.services.records.undone_save import take_save_back
from database.state import states
from database.state.filters import Filter, empty, live, owned_by
from database.store.engine import Connection

BASIS = ("area", "kind", "above_scale", "headcount", "industry", "ownership")
"""What coverage and rates are counted of (R7, R11, R61)."""

OF_UNION = (
    "has_union",
    "members",
    "wage_contract",
    "wage_contract_from",
    "wage_contract_to",
    "workers_congress",
    "open_affairs",
)
"""What the rates are counted by (R26, R27, R64)."""

_MAY_BE_OPEN = frozenset({"wage_contract_from", "wage_contract_to"})
"""A contract without a term goes on: that is no gap."""

WHY = "补填"
_UNDONE = "撤销补填"
MOST = 500
"""So many rows are saved at once."""


class Lacking(msgspec.Struct, frozen=True):
    """A unit with gaps: the version one fills in, and what it says of the fields asked for."""

    id: str
    h: str
    number: str
    name: str
    values: Mapping[str, Any]


class Gaps(msgspec.Struct, frozen=True):
    """The units that lack any of the fields, by place and name; `of` are all units.

    `missing` counts the gaps by field.
    """

    rows: tuple[Lacking, ...]
    of: int
    missing: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Filling:
    """What was typed for one unit, by field; `base` is the version it was typed over."""

    id: str
    base: str
    typed: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Filled:
    """What was saved (record and version), and why the rest was not, by record."""

    saved: tuple[tuple[str, str], ...]
    refused: Mapping[str, UserError]
    changes: Changes


def gaps(office: Office, fields: Sequence[str]) -> Gaps:
    """Which units of this office, those gone left out, lack one of the fields."""
    asked = [name for name in fields if name not in _MAY_BE_OPEN]
    with office.store.read() as connection:
        mine = live(), owned_by(office.identity.station)
        order = ("area", "name", "id")
        lacking: Filter = empty(asked[0])
        for name in asked[1:]:
            lacking = lacking | empty(name)
        found = states.find(connection, Enterprise, *mine, lacking, order=order)
        held = [state for state in found if state.record.verification not in GONE]
        every = states.pick(connection, Enterprise, ("verification",), *mine)
    rows = []
    missing: Counter[str] = Counter()
    for state in held:
        body = body_of(state.record)
        missing.update(name for name in asked if name not in body)
        values = {name: body.get(name) for name in fields}
        rows.append(Lacking(state.id, state.h, state.record.number, state.record.name, values))
    return Gaps(tuple(rows), sum(word not in GONE for (word,) in every), missing)


@needs("key")
def fill(office: Office, rows: Sequence[Filling]) -> Filled:
    """Save what was typed for many units in one go; a row that cannot be is told, and left.

    Raises `UserError` TOO_MANY, NOT_YOUR_DUTY.
    """
    if len(rows) > MOST:
        raise UserError("TOO_MANY", f"一次最多补填 {MOST} 家。", remedy="请先保存一部分。")
    saved: list[tuple[str, str]] = []
    refused: dict[str, UserError] = {}
    with office.store.write() as connection:
        links = Links(office, connection)
        for row in rows:
            try:
                saved.append((row.id, _save(office, connection, row, links)))
            except UserError as error:
                refused[row.id] = error
    return Filled(tuple(saved), refused, _changes([record for record, _ in saved]))


def _save(office: Office, connection: Connection, row: Filling, links: Links) -> str:
    done = save_within(
        office,
        connection,
        Enterprise,
        row.typed,
        record=row.id,
        base=row.base,
        why=WHY,
        links=links,
    )
    return done.state.h


@needs("key")
def take_back(office: Office, saved: Sequence[tuple[str, str]]) -> Changes:
    """Undo one 补填 whole: what was changed again since stays."""
    with office.store.write() as connection:
        for record, h in saved:
            state = states.get(connection, Enterprise, record)
            if state is not None and not state.void:
                take_save_back(office, connection, state, h, _UNDONE)
    return _changes([record for record, _ in saved])


def _changes(records: Collection[str]) -> Changes:
    return Changes.of([(Enterprise.type_name, record) for record in records])
