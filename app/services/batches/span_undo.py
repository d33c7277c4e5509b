"""What many saves in a row brought is taken back, but for what something was built on since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec

from app.domain.kernel.changes import Changes
from app.domain.kernel.fields import Kind, fields_of
from app.domain.kernel.progress import Cancel
from app.domain.kernel.readable import readable
from app.domain.records import TYPES, Link
from app.domain.records.told import key_field
from app.services.office.office import Office
from app.services.records.field_words import texts_in
from app.services.records.state_from_log import refold
from app.services.reporting.frozen_report import Frozen
from database.books import reports
from database.log import log_spans, revisions
from database.state import states
from database.state.filters import filled, live
from database.store.engine import Connection

CHANGED = "后来又改过"
SENT = "已经报送"
FROZEN = "正在送审"
USED = "别的记录用到它"


class Staying(msgspec.Struct, frozen=True):
    """A record that stays as it is, and why."""

    type: str
    id: str
    number: str
    why: str


class Outlook(msgspec.Struct, frozen=True):
    """What taking back does: new records that go, changes that go, and what stays.

    `records` are those it touches, as (type, id); `kinds` says how many go, by type.
    """

    gone: int
    undone: int
    staying: tuple[Staying, ...]
    records: tuple[tuple[str, str], ...]
    kinds: dict[str, int]

    @property
    def changes(self) -> Changes:
        """What to redraw."""
        return Changes.of(self.records)

    @property
    def why(self) -> dict[str, int]:
        """How many stay, by reason."""
        return dict(Counter(one.why for one in self.staying))


def outlook(connection: Connection, first: int, last: int) -> Outlook:
    """What taking these revisions back (by their arrival numbers) would do."""
    lines = log_spans.between(connection, first, last)
    begun = {(line.type, line.id): line.begins for line in lines}
    why = _built_on(connection, (first, last))
    _add_used(connection, begun, why)
    going = tuple(pair for pair in begun if pair[1] not in why)
    kinds = Counter(pair[0] for pair in going if begun[pair])
    gone, staying = kinds.total(), tuple(_staying(connection, begun, why))
    return Outlook(gone, len(going) - gone, staying, going, dict(kinds))


def withdraw(
    office: Office,
    connection: Connection,
    span: tuple[int, int],
    found: Outlook,
    cancel: Cancel | None,
) -> None:
    """Take back what `outlook` said: it leaves the records and stays in the log."""
    going = set(found.records)
    lines = log_spans.between(connection, *span)
    withdrawn = (line.n for line in lines if (line.type, line.id) in going)
    revisions.set_status(connection, withdrawn, "withdrawn")
    refold(connection, found.records, office.standpoint, cancel)


def _built_on(connection: Connection, span: tuple[int, int]) -> dict[str, str]:
    """The records that stay for what happened to themselves."""
    frozen = [
        name
        for content in reports.open_contents(connection)
        for name in msgspec.json.decode(content, type=readable(Frozen)).revisions
    ]
    why = dict.fromkeys(log_spans.named_in(connection, *span, frozen), FROZEN)
    why |= dict.fromkeys(log_spans.packed_of(connection, *span), SENT)
    why |= dict.fromkeys(log_spans.changed_after(connection, *span), CHANGED)
    return why


def _add_used(
    connection: Connection, begun: Mapping[tuple[str, str], bool], why: dict[str, str]
) -> None:
    """Add new records that stay because one that stays, or is no part of this, points at them."""
    pointers = list(_pointers(connection, begun))
    while True:
        found = {
            target
            for source, target in pointers
            if target not in why and (source in why or source not in {key for _, key in begun})
        }
        if not found:
            return
        why |= dict.fromkeys(found, USED)


def _pointers(
    connection: Connection, begun: Mapping[tuple[str, str], bool]
) -> Iterator[tuple[str, str]]:
    """Who points at whom: (record, new record of this import)."""
    new = {type_name: set[str]() for type_name, _ in begun}
    for (type_name, key), begins in begun.items():
        if begins:
            new[type_name].add(key)
    for kind in TYPES.values():
        for spec in fields_of(kind):
            targets = new.get(spec.field.links, set())
            if not targets or key_field(TYPES[spec.field.links]) != "id":
                continue
            columns = ("id", spec.name)
            for source, value in states.pick(connection, kind, columns, live(), filled(spec.name)):
                pointed = texts_in(spec, value) if spec.kind is Kind.LINKS else (value,)
                yield from ((source, one) for one in pointed if one in targets)
    everything = set().union(*new.values())
    for source, *ends in states.pick(connection, Link, ("id", "one", "other"), live()):
        yield from ((source, one) for one in ends if one in everything)


def _staying(
    connection: Connection, begun: Mapping[tuple[str, str], bool], why: Mapping[str, str]
) -> Iterator[Staying]:
    for type_name, key in begun:
        if key in why:
            state = states.get(connection, TYPES[type_name], key)
            number = state.record.number if state else ""
            yield Staying(type_name, key, number, why[key])
