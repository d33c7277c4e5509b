"""Unfinished work (未填完) as it is typed: it comes back after a crash and never travels."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Column, LargeBinary, MetaData, Table, Text

from database.store.dialect import insert, run, upsert
from database.store.engine import Store, opened_with

METADATA = MetaData()
_NAMES = ("key", "type", "at", "by", "body")

Table(
    "draft",
    METADATA,
    Column("key", Text, primary_key=True, comment="the record's id"),
    Column("type", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("body", LargeBinary, nullable=False, comment="what was typed so far, JSON"),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What an operator `by` had typed of a record by `at` (RFC 3339)."""

    key: str
    type: str
    at: str
    by: str
    body: Any


def open_store(path: Path, key: bytes | None) -> Store:
    """The drafts file, made if it is not there yet."""
    return opened_with(path, key, METADATA)


def save(store: Store, draft: Draft) -> None:
    """Keep a draft in the place of an earlier one with its key."""
    with store.write() as connection:
        run(
            connection,
            upsert(insert("draft", _NAMES), ("key",), _NAMES[1:]),
            (draft.key, draft.type, draft.at, draft.by, msgspec.json.encode(draft.body)),
        )


def get(store: Store, key: str) -> Draft | None:
    """One draft, or None."""
    return next((draft for draft in saved(store) if draft.key == key), None)


def saved(store: Store) -> list[Draft]:
    """All drafts, the latest first."""
    with store.read() as connection:
        rows = run(
            connection, 'SELECT "key", type, at, "by", body FROM draft ORDER BY at DESC, "key"'
        ).all()
    return [Draft(key, kind, at, by, msgspec.json.decode(body)) for key, kind, at, by, body in rows]


def remove(store: Store, key: str) -> None:
    """Forget a draft, because it was saved as a record or given up."""
    with store.write() as connection:
        run(connection, 'DELETE FROM draft WHERE "key" = ?', (key,))
