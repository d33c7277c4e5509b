"""未填完: what is being typed comes back after a crash, and never travels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import msgspec

from app.domain.kernel.readable import readable
from app.domain.records import Operator, Record
from app.services.office.office import Office
from database.books import drafts
from database.state import states
from database.store.engine import Store


class Draft(msgspec.Struct, frozen=True):
    """Unfinished work on a record.

    `key` is the record's id (for a new record the id it may get); `typed` maps
    field names to what was typed so far; `base` is the version a change began
    from, None for a new record; `at` and `by_name` say when and who.
    """

    key: str
    type: str
    typed: dict[str, Any]
    base: str | None
    at: str
    by: str
    by_name: str = ""


class _Body(msgspec.Struct, frozen=True):
    typed: dict[str, Any]
    base: str | None = None


def save(
    office: Office,
    record_type: type[Record],
    typed: Mapping[str, Any],
    *,
    key: str | None = None,
    base: str | None = None,
) -> Draft:
    """Keep what was typed so far in the place of an earlier draft with its key."""
    return keep(office, record_type.type_name, key or office.new_id(), typed, base)


def keep(
    office: Office, kind: str, key: str, typed: Mapping[str, Any], base: str | None = None
) -> Draft:
    """As `save`; a `kind` that is no type of records is in no list of drafts."""
    body = msgspec.to_builtins(_Body(dict(typed), base))
    kept = drafts.Draft(key, kind, office.now(), office.operator, body)
    with _file(office) as store:
        drafts.save(store, kept)
    return _shown(kept, {})


def every(office: Office) -> list[Draft]:
    """All drafts of this computer, the latest first, whoever typed them."""
    if not office.folder.drafts.exists():
        return []
    with _file(office) as store:
        found = [draft for draft in drafts.saved(store) if ":" not in draft.type]
    with office.store.read() as connection:
        people = states.find(connection, Operator)
    names = {p.id: p.record.name for p in people}
    return [_shown(draft, names) for draft in found]


def get(office: Office, key: str) -> Draft | None:
    """One draft, or None."""
    if not office.folder.drafts.exists():
        return None
    with _file(office) as store:
        found = drafts.get(store, key)
    return _shown(found, {}) if found else None


def remove(office: Office, key: str) -> None:
    """Forget a draft, because it was saved as a record or given up."""
    with _file(office) as store:
        drafts.remove(store, key)


def _shown(draft: drafts.Draft, names: Mapping[str, str]) -> Draft:
    body = msgspec.convert(draft.body, readable(_Body))
    return Draft(
        draft.key,
        draft.type,
        body.typed,
        body.base,
        draft.at,
        draft.by,
        names.get(draft.by, ""),
    )


@contextmanager
def _file(office: Office) -> Iterator[Store]:
    store = drafts.open_store(office.folder.drafts, office.store.key)
    try:
        yield store
    finally:
        store.close()
