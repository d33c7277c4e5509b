"""A new writer in the place of an old one: lost PC, restored backup, copied store (§3)."""

from __future__ import annotations

from dataclasses import replace

from app.domain import revision
from app.domain.revision import Revision
from app.exchange.keys import SigningKey, new_age_key, writer_name
from app.services import folding
from app.services.machine import machine_marker
from app.services.office import Identity, Office, Secrets
from app.services.writing import Past, write
from database import revisions, settings
from database.engine import Connection


def become_new_writer(office: Office) -> Office:
    """Make new keys and a new writer name that supersedes the old one.

    What the old writer had saved but never sent is written again under the new
    name, on top of what was sent, so that nothing is lost and no number of the
    old writer is ever used twice. It is held at the city until approved.
    """
    secrets = Secrets(SigningKey.generate().to_openssh(), new_age_key())
    old = office.identity
    public = SigningKey.from_openssh(secrets.signing_key).public
    identity = Identity(
        old.station,
        old.role,
        old.city,
        writer_name(old.station, public),
        old.pc + 1,
        machine_marker(),
    )
    fresh = replace(office, identity=identity)
    with office.store.write() as connection:
        settings.put(connection, "secrets", secrets)
        settings.put(connection, "identity", identity)
        settings.put(connection, "supersedes", old.writer)
        settings.remove(connection, "restored")
        for type_name, record in _unsent_records(connection, old.writer):
            _take_over(fresh, connection, type_name, record, old.writer)
    return fresh


def _unsent_records(connection: Connection, writer: str) -> list[tuple[str, str]]:
    rows = revisions.never_sent(connection, writer)
    return list(dict.fromkeys((row.type, row.id) for row in rows))


def _take_over(
    office: Office, connection: Connection, type_name: str, record: str, old: str
) -> None:
    """Replace the old writer's unsent revisions of one record by one of the new writer."""
    stored = revisions.of_record(connection, record, status="live")
    result = folding.fold_decoded(type_name, folding.decode(stored))
    unsent = {row.h for row in revisions.never_sent(connection, old) if row.id == record}
    kept = [row for row in stored if row.h not in unsent]
    revisions.set_status(connection, [r.n for r in stored if r.h in unsent], "withdrawn")
    past = _past(type_name, kept) if kept else None
    op: revision.Op = "void" if result.void else "edit" if past else "create"
    write(
        office, connection, type_name, record, dict(result.body), op=op, past=past, why="更换电脑"
    )


def _past(type_name: str, kept: list[revisions.StoredRevision]) -> Past:
    decoded: dict[str, Revision] = folding.decode(kept)
    result = folding.fold_decoded(type_name, decoded)
    return Past(kept, result.heads, dict(result.body), dict(result.conflicts))
