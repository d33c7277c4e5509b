"""Links of many rows at once: asked of the store in sets, and remembered for a batch."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec, Kind, value_of
from app.domain.records import TYPES, Enterprise, Record
from app.domain.records.registry import linked_type
from app.domain.records.told import key_field
from app.services.office.office import Office
from app.services.records.enterprise_names import NamedUnit, NamedUnits
from app.services.records.link_resolving import Links
from database.log.revisions import chunks
from database.state import states
from database.state.filters import among, live
from database.store.engine import Connection

R = TypeVar("R", bound=Record)


class BulkLinks(Links):
    """As `Links`, for the rows of one type; `load` comes before every batch."""

    def __init__(
        self,
        office: Office,
        connection: Connection,
        record_type: type[Record],
        specs: Iterable[FieldSpec],
    ) -> None:
        super().__init__(office, connection)
        self._type = record_type
        self._linking = [spec for spec in specs if spec.kind in (Kind.LINK, Kind.LINKS)]
        self._units: NamedUnits | None = None
        self._known: dict[tuple[type[Record], str], Record | None] = {}

    def load(self, bodies: Collection[Mapping[str, Any]]) -> None:
        """Look up what these rows link to by code, id or 编号, and what is carried over of it."""
        self._found.clear()
        self._known.clear()
        for spec in self._linking:
            texts = {text for body in bodies for text in _texts(body.get(spec.name))}
            self._ask(spec.field.links, texts)
        for one in self._type.facts.carried:
            spec = next(spec for spec in self._linking if spec.name == one.link)
            texts = {str(body[one.link]) for body in bodies if body.get(one.link)}
            found = (self._found.get((spec.field.links, text)) for text in texts)
            self._ask_records(linked_type(self._type, one.link), set(filter(None, found)))

    def linked(self, kind: type[R], key: str) -> R | None:
        """The record that a link as it is kept points at."""
        if (kind, key) not in self._known:
            self._known[kind, key] = super().linked(kind, key)
        known = self._known[kind, key]
        assert known is None or isinstance(known, kind)
        return known

    def enterprise(self, name: str, area: str = "") -> NamedUnit | None:
        """The one unit of this name; raises `UserError` WHICH_ENTERPRISE."""
        return self._all_units().named(name, area)

    def add_enterprise(self, record: str, enterprise: Enterprise) -> None:
        """Know a unit that these rows bring."""
        self._all_units().add(record, enterprise)

    def resolved(
        self, body: Mapping[str, Any]
    ) -> tuple[dict[str, Any], list[tuple[FieldSpec, UserError]]]:
        """A body with its links as they are kept, and the fields whose links name nothing."""
        kept, faults = dict(body), []
        for spec in self._linking:
            value = body.get(spec.name)
            if value is not None:
                try:
                    kept[spec.name] = self.value(spec, value)
                except UserError as error:
                    faults.append((spec, error))
        return kept, faults

    def _all_units(self) -> NamedUnits:
        if self._units is None:
            named = [one for one in self._type.facts.carried if one.named]
            fields = [there for one in named for there in one.fields.values()]
            self._units = NamedUnits(self.connection, fields)
        return self._units

    def _exact(self, record_type: type[Record], text: str) -> str | None:
        """`load` has asked already."""
        return None

    def _ask(self, type_name: str, texts: set[str]) -> None:
        """By code, id or 编号: what no two records share."""
        record_type = TYPES[type_name]
        kept = key_field(record_type)
        for name in dict.fromkeys((kept, "id", "number")):
            found: dict[str, list[str]] = {}
            open_ones = sorted(text for text in texts if (type_name, text) not in self._found)
            for chunk in chunks(open_ones):
                same = among(name, chunk)
                for text, key in states.pick(self.connection, record_type, (name, kept), same):
                    found.setdefault(text, []).append(key)
            self._found |= {(type_name, t): keys[0] for t, keys in found.items() if len(keys) == 1}

    def _ask_records(self, kind: type[Record], keys: Collection[str]) -> None:
        kept = key_field(kind)
        for chunk in chunks(sorted(keys)):
            filters = (live(), among(kept, chunk)) if kept == "code" else (among(kept, chunk),)
            for state in states.iterate(self.connection, kind, *filters, order=()):
                key = state.id if kept == "id" else str(value_of(state.record, kept))
                self._known[kind, key] = state.record


def _texts(value: Any) -> Iterable[str]:
    return () if value is None else (value,) if isinstance(value, str) else value
