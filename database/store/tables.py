"""The tables: the revision log, the package ledger, and one state table per record type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from app.domain.kernel.fields import fields_of
from app.domain.records import TYPES, Record
from database.store.columns import column
from database.store.noted_tables import noted

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

STATE_HEAD = ("id", "h", "changed_at", "changed_by", "writer", "void", "conflicts", "pending")
"""The columns every state table begins with, before those of the record's fields."""


@dataclass(frozen=True)
class Schema:
    """All tables of a store; `states` maps a record type's name to its state table."""

    metadata: MetaData
    states: Mapping[str, Table]


def build(types: Mapping[str, type[Record]]) -> Schema:
    """The schema for these record types: the fixed tables and a state table for each."""
    metadata = MetaData(naming_convention=NAMING)
    _log(metadata)
    _ledger(metadata)
    _office(metadata)
    noted(metadata)
    states = {name: _state(metadata, record_type) for name, record_type in types.items()}
    return Schema(metadata, states)


def _log(metadata: MetaData) -> None:
    Table(
        "revision",
        metadata,
        Column("n", Integer, primary_key=True, comment="order of arrival here"),
        Column("h", Text, nullable=False),
        Column("id", Text, nullable=False),
        Column("type", Text, nullable=False),
        Column("parents", Text, nullable=False, comment="h's parted by spaces"),
        Column("writer", Text, nullable=False),
        Column("at", Text, nullable=False),
        Column("by", Text, nullable=False),
        Column("op", Text, nullable=False),
        Column("raw", LargeBinary, nullable=False, comment="the bytes h is the sha256 of"),
        Column("status", Text, nullable=False, comment="live, waiting, withdrawn, barred"),
        # The ids of one package lie beside each other in their index and its h's all over theirs,
        # which therefore holds eight bytes of each and no more.
        Column("mark", Integer, nullable=False, index=True, comment="what h begins with"),
        UniqueConstraint("id", "mark"),
        Index("ix_revision_waiting", "id", sqlite_where=Column("status") == "waiting"),
    )
    Table(
        "turned",
        metadata,
        Column("n", Integer, primary_key=True, comment="order in which it happened here"),
        Column("revision", Integer, nullable=False, comment="that came to count, or ceased to"),
    )


def _ledger(metadata: MetaData) -> None:
    Table(
        "package",
        metadata,
        Column("n", Integer, primary_key=True),
        Column("direction", Text, nullable=False, comment="in, out"),
        Column("digest", Text, nullable=False, comment="sha256 of the file"),
        Column("tip", Text, index=True),
        Column("package_id", Text),
        Column("kind", Text),
        Column("writer", Text),
        Column("to", Text),
        Column("seq", Integer),
        Column("prev", Text),
        Column("created", Text),
        Column("file", Text, comment="name in the inbox or outbox folder"),
        Column("size", Integer),
        Column("state", Text, nullable=False),
        Column("code", Text, comment="why it was refused, held or flagged"),
        Column("note", Text),
        Column("account", Text, comment="what it held and what became of it, JSON"),
        Column("arrived", Text, nullable=False),
        Index("ix_package_channel", "writer", "to", "seq"),
    )
    Table(
        "delivery",
        metadata,
        # A hundred thousand lines of a package are not each looked for twice; `check` does it.
        Column("package", Integer, primary_key=True),
        Column("revision", Integer, primary_key=True, index=True),
        sqlite_with_rowid=False,
    )
    Table(
        "carried",
        metadata,
        Column("package", ForeignKey("package.n"), primary_key=True),
        Column("sha256", Text, primary_key=True, index=True, comment="of a scan in it"),
        sqlite_with_rowid=False,
    )
    Table(
        "parked",
        metadata,
        Column("n", Integer, primary_key=True),
        Column("package", ForeignKey("package.n"), nullable=False, index=True),
        Column("h", Text),
        Column("code", Text, nullable=False),
        Column("reason", Text, nullable=False),
        Column("raw", LargeBinary),
    )
    Table(
        "acknowledgement",
        metadata,
        Column("teller", Text, primary_key=True, comment="the writer who told us"),
        Column("writer", Text, primary_key=True),
        Column("to", Text, primary_key=True),
        Column("seq", Integer, nullable=False),
        Column("tip", Text),
        Column("detail", Text, nullable=False, comment="missing, rejected, parked, JSON"),
    )


def _office(metadata: MetaData) -> None:
    Table(
        "trust",
        metadata,
        Column("version", Integer, primary_key=True),
        Column("document", LargeBinary, nullable=False),
        Column("signature", LargeBinary, nullable=False),
        Column("new_signature", LargeBinary),
    )
    Table(
        "setting",
        metadata,
        Column("name", Text, primary_key=True),
        Column("value", LargeBinary, nullable=False),
    )
    Table(
        "numbering",
        metadata,
        Column("prefix", Text, primary_key=True),
        Column("last", Integer, nullable=False),
    )
    Table(
        "report",
        metadata,
        Column("n", Integer, primary_key=True),
        Column("kind", Text, nullable=False, comment="daily, annual"),
        Column("state", Text, nullable=False, comment="frozen, approved, sealed, replaced"),
        Column("frozen_at", Text, nullable=False),
        Column("content", Text, nullable=False, comment="h's and totals as frozen, JSON"),
        Column("signer", Text),
        Column("signed_on", Text),
    )
    Table(
        "reveal",
        metadata,
        Column("n", Integer, primary_key=True),
        Column("at", Text, nullable=False),
        Column("operator", Text, nullable=False, comment="who looked"),
        Column("type", Text, nullable=False),
        Column("record", Text, nullable=False, index=True),
        Column("fields", Text, nullable=False, comment="names parted by spaces"),
        Column("reason", Text, nullable=False),
    )
    Table(
        "proof",
        metadata,
        Column("record", Text, primary_key=True),
        Column("h", Text, nullable=False, comment="the version read against its paper"),
        Column("operator", Text, nullable=False),
        Column("at", Text, nullable=False),
    )


def _state(metadata: MetaData, record_type: type[Record]) -> Table:
    """One row per record: the folded body, who changed it last, what is open about it."""
    facts = record_type.facts
    counted = {columns[0] for columns in facts.counted_fast}
    return Table(
        f"state_{record_type.type_name}",
        metadata,
        Column("id", Text, primary_key=True),
        Column("h", Text, nullable=False, comment="of the revision it stands at"),
        Column("changed_at", Text, nullable=False),
        Column("changed_by", Text, nullable=False),
        Column("writer", Text, nullable=False),
        Column("void", Integer, nullable=False),
        Column("conflicts", Text, comment="fields with more than one value, JSON"),
        Column("pending", Text, comment="fields shown as corrected by telephone, JSON"),
        *(column(s, begins_another=s.name in counted) for s in fields_of(record_type)),
        Index(
            f"ix_state_{record_type.type_name}_standing", "owner", "void", "id", *facts.filed_fast
        ),
        *_for_counting(record_type),
        comment=record_type.label,
    )


def _for_counting(record_type: type[Record]) -> list[Index]:
    """What counts of a whole table read instead of its wide rows."""
    return [
        Index(f"ix_state_{record_type.type_name}_by_{columns[0]}", *columns, "void")
        for columns in record_type.facts.counted_fast
    ]


SCHEMA = build(TYPES)
METADATA = SCHEMA.metadata
