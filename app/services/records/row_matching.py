"""Which record of this office a row speaks of: found by what names it, or by saying the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import fields_of
from app.domain.records import Record, body_of
from app.services.office.office import Office
from database.state import states
from database.state.filters import equal, live, owned_by
from database.state.states import State
from database.store.engine import Connection


@dataclass(frozen=True, slots=True)
class Known:
    """A record found; `same` when it says already everything the row says."""

    id: str
    number: str
    same: bool


class Existing:
    """Finds records of one type within one transaction."""

    def __init__(self, office: Office, connection: Connection, record_type: type[Record]) -> None:
        self._connection = connection
        self._type = record_type
        self._owner = office.identity.station
        self._certain = record_type.facts.certain
        carried = record_type.facts.carried_over
        required = [s.name for s in fields_of(record_type) if s.field.required]
        self._telling = [name for name in required if name not in carried]
        self._contents: dict[bytes, list[tuple[str, dict[str, Any]]]] | None = None

    def find(self, body: Mapping[str, Any]) -> Known | None:
        """The record that a body (links as kept) speaks of; raises `UserError` NUMBER_UNKNOWN."""
        if body.get("number"):
            return self._numbered(str(body["number"]))
        for names in self._certain:
            if body.get(names[0]) and (state := self._named(names, body)):
                return Known(state.id, state.record.number, False)
        return None if self._certain else self._saying(body)

    def add(self, state: State[Record]) -> None:
        """Remember a record saved since."""
        if self._contents is not None:
            self._put(self._contents, state)

    def _numbered(self, number: str) -> Known:
        found = states.find(self._connection, self._type, equal("number", number), limit=1)
        if not found:
            raise UserError(
                "NUMBER_UNKNOWN",
                f"没有编号为“{number}”的记录。",
                remedy="请核对编号；新记录的编号请留空。",
            )
        return Known(found[0].id, number, False)

    def _named(self, names: tuple[str, ...], body: Mapping[str, Any]) -> State[Record] | None:
        same = [equal(name, body.get(name) or None) for name in names]
        mine = (live(), owned_by(self._owner))
        found = states.find(self._connection, self._type, *same, *mine, limit=1)
        return found[0] if found else None

    def _saying(self, body: Mapping[str, Any]) -> Known | None:
        """A record with everything the body says: the row was imported before."""
        if self._contents is None:
            self._contents = self._read()
        wanted = _plain(body)
        for record, kept in self._contents.get(self._key(wanted), ()):
            if all(kept.get(name) == value for name, value in wanted.items()):
                return Known(record, str(kept.get("number", "")), True)
        return None

    def _read(self) -> dict[bytes, list[tuple[str, dict[str, Any]]]]:
        contents: dict[bytes, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
        mine = (live(), owned_by(self._owner))
        for state in states.iterate(self._connection, self._type, *mine):
            self._put(contents, state)
        return contents

    def _put(
        self, contents: dict[bytes, list[tuple[str, dict[str, Any]]]], state: State[Record]
    ) -> None:
        body = _plain(body_of(state.record))
        contents.setdefault(self._key(body), []).append((state.id, body))

    def _key(self, body: Mapping[str, Any]) -> bytes:
        return msgspec.json.encode([body.get(name) for name in self._telling])


def _plain(body: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(body))
    return plain
