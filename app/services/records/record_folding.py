"""From the revisions of one record to what it is now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import msgspec

from app.domain.kernel.added_values import EXTRA, held_in, lifted
from app.domain.kernel.fields import ADDED_NAME, by_name, fields_of
from app.domain.kernel.readable import readable
from app.domain.merging import revision
from app.domain.merging.merge import Folded, Node, Shape, fold
from app.domain.merging.ownership import (
    Standpoint,
    owner_of_root,
)
from app.domain.merging.phone_corrections import Told, last_said, overlay
from app.domain.merging.revision import Revision
from app.domain.records import Record
from database.log.revisions import StoredRevision, Written
from database.state import record_rows
from database.state.states import State


@cache
def shapes(record_type: type[Record]) -> Mapping[str, Shape]:
    """How the members of a type merge, those that are not one plain value."""
    specs = fields_of(record_type)
    return {spec.name: spec.shape for spec in specs if spec.shape != "value"}


def decode(stored: Iterable[Written]) -> dict[str, Revision]:
    """The revisions by h, in the order given."""
    return {row.h: revision.read(row.raw) for row in stored}


def fold_decoded(record_type: type[Record], decoded: Mapping[str, Revision]) -> Folded:
    """What these revisions of one record, whole in their ancestry, add up to."""
    nodes = [Node(h, tuple(r.parents), r.op, r.body) for h, r in decoded.items()]
    return fold(nodes, shapes(record_type))


def typed(record_type: type[Record], body: Mapping[str, Any]) -> Record | None:
    """The record of a body, or None when it does not fit its fields or the columns."""
    try:
        record = msgspec.convert(body, readable(record_type))
    except msgspec.ValidationError:
        return None
    return record if record_rows.fits(record) else None


def state_of(
    record_type: type[Record],
    stored: Sequence[StoredRevision],
    told: Sequence[Told],
    standpoint: Standpoint,
) -> State[Record]:
    """The state row of one record from its live revisions (at least one).

    The owner's own screen keeps the owner's values; others see what was told.
    """
    decoded = decode(stored)
    result = fold_decoded(record_type, decoded)
    root = next(r for r in decoded.values() if not r.parents)
    owner = owner_of_root(root.writer, root.body, standpoint.city)
    last = max((decoded[h] for h in result.heads), key=lambda r: (r.at, r.writer))
    heard = _heard(record_type, result.body, told, owner) if owner != standpoint.here else ()
    bodies = {h: r.body for h, r in decoded.items()}
    shown, pending = _overlaid(record_type, result.body, list(heard), bodies)
    return State(
        id=root.id,
        h=result.heads[0],
        changed_at=last.at,
        changed_by=last.by,
        writer=last.writer,
        void=result.void,
        record=msgspec.convert(shown | {"owner": owner}, readable(record_type)),
        conflicts={p: [[c.value, c.h] for c in cs] for p, cs in result.conflicts.items()},
        pending=pending,
    )


def _overlaid(
    record_type: type[Record],
    body: Mapping[str, Any],
    heard: Sequence[Told],
    bodies: Mapping[str, Mapping[str, Any]],
) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """`overlay`, in the type's own fields and in those that campaigns add."""
    added = [word for word in heard if _is_added(record_type, word.field)]
    shown, pending = overlay(body, [word for word in heard if word not in added], bodies)
    if added:
        there = {h: held_in(one) for h, one in bodies.items()}
        held, more = overlay(held_in(body), added, there)
        shown, pending = {**shown, EXTRA: held}, {**pending, **more}
    return shown, pending


def _is_added(record_type: type[Record], name: str) -> bool:
    """Whether a word about a record speaks of a field that a campaign adds."""
    return name not in by_name(record_type) and ADDED_NAME.fullmatch(name) is not None


def _heard(
    record_type: type[Record], body: Mapping[str, Any], told: Iterable[Told], owner: str
) -> Iterator[Told]:
    """What was said to the owner of the record, and can stand in its field."""
    for word in last_said(told):
        added = (word.field,) if _is_added(record_type, word.field) else ()
        shown = lifted({**body, word.field: word.value}, added)
        if word.station == owner and typed(record_type, shown) is not None:
            yield word
