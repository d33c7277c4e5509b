"""历史: who changed what and when, with the old and the new values in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.kernel.added_values import flat, said_in
from app.domain.kernel.fields import FieldSpec, Kind, fields_of
from app.domain.merging.merge import changed_fields
from app.domain.merging.ownership import station_of
from app.domain.merging.revision import Revision
from app.domain.records import Operator, Record
from app.services.office.office import Office
from app.services.records.field_words import Wording
from app.services.records.indicator_names import in_words
from app.services.records.link_resolving import Links
from app.services.records.record_folding import decode
from app.services.records.removed_fields import shown_with
from app.services.records.saving import find_one
from app.services.records.units import name_of
from database.log import revisions
from database.state import states
from database.store.engine import Connection

DEEDS: Mapping[str, str] = {
    "create": "添加",
    "edit": "修改",
    "merge": "选定不一致",
    "void": "作废",
    "restore": "改回",
    "adopt": "采用更正",
}


_ADDED = 6
"""Fields of a record that was added, before the rest is only counted."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after, in words; sensitive values are masked."""

    field: str
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One save: `at` is RFC 3339, `who` a name (of another office: the office's).

    `now` marks the content that counts today, `waits` one that an office has not
    merged yet; `why` is the reason given.
    """

    h: str
    at: str
    who: str
    deed: str
    why: str
    changes: tuple[Change, ...]
    now: bool
    waits: bool


def lines_of(entry: Entry) -> str:
    """What a save changed, a line each; of a record that was added the first few."""
    changes = entry.changes
    told = changes[:_ADDED] if entry.deed == "添加" else changes
    lines = [_line(change) for change in told]
    if len(changes) > len(told):
        lines.append(f"等{len(changes)}项")
    if entry.why:
        lines.insert(0, f"原因：{entry.why}")
    return "\n".join(lines)


def _line(change: Change) -> str:
    if change.old:
        return f"{change.label}：{change.old} → {change.new or '（空）'}"
    return f"{change.label}：{change.new}"


def told(office: Office, record_type: type[Record], key: str) -> list[Entry]:
    """The history of a record, the newest first. Raises `UserError` NOT_FOUND."""
    with office.store.read() as connection:
        state = find_one(connection, record_type, key)
        stored = revisions.of_record(connection, state.id)
        decoded = decode(stored)
        teller = _Teller(office, connection, record_type, decoded)
        entries = [
            teller.entry(row.h, now=row.h == state.h, waits=row.status == "waiting")
            for row in stored
        ]
    return entries[::-1]


class _Teller:
    def __init__(
        self,
        office: Office,
        connection: Connection,
        record_type: type[Record],
        decoded: Mapping[str, Revision],
    ) -> None:
        self._connection = connection
        self._decoded = decoded
        self._links = Links(office, connection)
        self._type = record_type
        self._wording = Wording(connection)

    def entry(self, h: str, *, now: bool, waits: bool) -> Entry:
        revision = self._decoded[h]
        before = next((self._decoded[p].body for p in revision.parents if p in self._decoded), {})
        why = "" if revision.op == "adopt" else revision.why or ""
        return Entry(
            h,
            revision.at,
            self._who(revision),
            DEEDS[revision.op],
            why,
            tuple(self._changes(before, revision.body)),
            now,
            waits,
        )

    def _changes(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
        beside = said_in(old)
        specs = fields_of(self._type, shown_with(self._links, self._type, new, beside=beside))
        old, new = flat(old), flat(new)
        names = changed_fields(old, new)
        old, new = (in_words(self._links, self._type, one) for one in (old, new))
        for spec in specs:
            if spec.name not in names or spec.field.hidden:
                continue
            if spec.kind is Kind.ROWS and old.get(spec.name) and new.get(spec.name):
                yield from self._of_rows(spec, old[spec.name], new[spec.name])
            else:
                yield Change(spec.name, spec.label, self._words(spec, old), self._words(spec, new))

    def _of_rows(self, spec: FieldSpec, old: Any, new: Any) -> Iterator[Change]:
        """Row by row: which are new, which are gone, and of the others the cells that differ."""
        before, after = ({row.get("id", ""): row for row in rows} for rows in (old, new))
        for key in dict.fromkeys([*before, *after]):
            was, now = before.get(key, {}), after.get(key, {})
            shown = [one for one in spec.columns if not one.field.hidden]
            differing = [one for one in shown if was.get(one.name) != now.get(one.name)]
            if not differing:
                continue
            told = [self._cells(differing, row) for row in (was, now)]
            name = self._cells(shown[:1], now) if was and now and shown[0] not in differing else ""
            yield Change(spec.name, f"{spec.label}“{name}”" if name else spec.label, *told)

    def _cells(self, columns: Iterable[FieldSpec], row: Mapping[str, Any]) -> str:
        words = (self._wording.of(one, row.get(one.name)) for one in columns)
        return " ".join(filter(None, words))

    def _words(self, spec: FieldSpec, body: Mapping[str, Any]) -> str:
        return self._wording.of(spec, body.get(spec.name))

    def _who(self, revision: Revision) -> str:
        state = states.get(self._connection, Operator, revision.by)
        if state is not None:
            return state.record.name
        return name_of(self._connection, station_of(revision.writer))
