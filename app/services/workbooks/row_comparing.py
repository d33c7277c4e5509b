"""What a row says beside what a record holds: field by field, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from app.domain.kernel.fields import FieldSpec, Kind
from app.domain.kernel.text import lookup_key
from app.domain.records import Record
from app.domain.records.told import own_titles
from app.services.records.bulk_saving import Planned
from app.services.records.field_words import Wording
from app.services.records.row_matching import Body, Existing, Known
from app.services.workbooks.import_account import FieldChange
from database.state.record_rows import says
from database.store.columns import kept
from database.store.engine import Connection


class RowComparing:
    """Compares the rows of one type within one transaction; `station` is who may change records."""

    def __init__(
        self,
        connection: Connection,
        record_type: type[Record],
        specs: Sequence[FieldSpec],
        existing: Existing,
        station: str,
    ) -> None:
        self._type, self._station = record_type, station
        self._spec = {spec.name: spec for spec in specs}
        self._existing = existing
        self._words = Wording(connection)

    def differences(self, body: Body, known: Known) -> tuple[FieldChange, ...]:
        """What the row says otherwise than the record, as far as it can be told from the list."""
        before = self._existing.past(known.id).body if known.owner == self._station else {}
        return self.changes(before, {**before, **body}) if before else ()

    def changes(self, before: Body, after: Body) -> tuple[FieldChange, ...]:
        """The fields in which two bodies differ, by their labels."""
        found: list[FieldChange] = []
        for name in before.keys() | after.keys() - {"accepted", "number"}:
            if name == "extra":
                old, new = before.get(name, {}), after.get(name, {})
                found += self.changes(old, {**old, **new})
            elif name in self._spec and not self._spec[name].field.hidden:
                found += self._one_change(self._spec[name], before.get(name), after.get(name))
        return tuple(sorted(found, key=lambda change: change.label))

    def told_anew(self, body: Body, known: Known) -> dict[str, Any]:
        """What of a row the record does not say."""
        return {n: v for n, v in body.items() if not says(self._type, {n: v}, known.held)}

    def is_said_by(self, planned: Planned, body: Body) -> bool:
        """Whether a record that is planned says all that a row says."""
        said = msgspec.json.decode(planned.body)
        held = {n: kept(self._spec[n], said.get(n)) for n in body if n in self._spec}
        return says(self._type, body, held)

    def question(self, body: Body, known: Known) -> str:
        """What is asked before this record is changed as the row says."""
        for name in own_titles(self._type):
            old, new = known.held.get(name), body.get(name)
            if old and new and lookup_key(str(old)) != lookup_key(str(new)):
                return "OTHER_NAME"
        return "CORRECTED" if self._existing.said_before(known.id, body) else ""

    def carried(self, body: Body, filled: Mapping[str, Any]) -> tuple[str, ...]:
        """What was left blank and other records say."""
        said = []
        for carry in self._type.facts.carried:
            for name in carry.fields:
                spec = self._spec[name]
                if name in filled and name not in body and spec.kind is not Kind.LINK:
                    words = self._words.of(spec, filled[name])
                    source = self._spec[carry.link].label
                    said.append(f"“{spec.label}”没有填，照“{source}”填为{words}。")
        return tuple(said)

    def _one_change(self, spec: FieldSpec, old: Any, new: Any) -> Iterator[FieldChange]:
        if kept(spec, old) != kept(spec, new):
            yield FieldChange(spec.label, self._words.of(spec, old), self._words.of(spec, new))
