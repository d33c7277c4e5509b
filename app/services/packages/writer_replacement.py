"""A new writer in the place of an old one: lost PC, restored backup, copied store (§3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import msgspec

from app.domain.merging.revision import Op, Revision
from app.domain.records import TYPES, Record
from app.exchange.keys import SigningKey, new_age_key, writer_name
from app.exchange.trust import Trust
from app.services.office import private_keys
from app.services.office.duties import needs
from app.services.office.machine import machine_marker
from app.services.office.office import Identity, Office, guard_writer
from app.services.office.private_keys import Secrets
from app.services.packages.trust_store import trust_of
from app.services.records import record_folding, state_from_log
from app.services.records.append_revision import Past, write
from database.books import reports, settings
from database.log import packages, revisions, unsent_revisions
from database.log.revisions import StoredRevision
from database.store.engine import Connection

WHY = "更换电脑"


@needs("keys")
def become_new_writer(office: Office) -> Office:
    """Make new keys and a new writer name that supersedes the old one.

    What the old writer had saved but never sealed is written again under the new
    name, on top of what was sealed, so that nothing is lost and no number of the
    old writer is ever used twice. It is held at the city until approved; see
    `take_over_lost` for what was sealed but did not arrive. What was sealed to
    the old age key can still be opened. Raises `UserError` WRITER_REPLACED where another
    computer did so meanwhile.
    """
    old, key = office.identity, office.store.key
    assert key is not None
    secrets = Secrets(
        SigningKey.generate().to_openssh(), new_age_key(), office.age_identities[:MOST_KEYS]
    )
    name = writer_name(old.station, SigningKey.from_openssh(secrets.signing_key).public)
    with office.store.write() as connection:
        pc = place_among_computers(connection, old)
        identity = replace_in(old, writer=name, pc=pc, machine=machine_marker())
        fresh = replace(office, identity=identity)
        private_keys.put(connection, key, secrets)
        settings.put(connection, "identity", identity)
        settings.put(connection, "supersedes", old.writer)
        settings.remove(connection, "restored")
        reports.replace_open(connection)
        _take_over(fresh, connection, unsent_revisions.never_sent(connection, old.writer))
    guard_writer(office.store, name)
    return fresh


MOST_KEYS = 8
"""How many earlier age keys are kept."""


def replace_in(identity: Identity, **changes: object) -> Identity:
    """The identity with some members changed."""
    return msgspec.structs.replace(identity, **changes)


def place_among_computers(connection: Connection, identity: Identity) -> int:
    """A computer number that no writer of the station has had: its 编号 stay its own."""
    trust = trust_of(connection)
    if trust is None:
        return identity.pc
    others = [one for one in trust.document.writers if one.station == identity.station]
    taken = len([one for one in others if one.writer != identity.writer])
    return max(identity.pc + any(one.writer == identity.writer for one in others), taken + 1)


def take_over_lost(office: Office) -> None:
    """Write again what the old writer sealed after the last number that the city accepts.

    Called when a trust document has come: it says where the old writer ended.
    """
    with office.store.write() as connection:
        old = settings.get(connection, "supersedes", str)
        trust = trust_of(connection)
        if old is not None and trust is not None:
            _take_over(office, connection, _cut_off(office, connection, trust, old))


def predecessor(office: Office, connection: Connection) -> str | None:
    """The old writer, while what it sealed can still be taken in."""
    old = settings.get(connection, "supersedes", str)
    trust = trust_of(connection)
    if old is None or trust is None or trust.writer(office.identity.writer) is not None:
        return None
    return old


def _cut_off(
    office: Office, connection: Connection, trust: Trust, old: str
) -> list[StoredRevision]:
    """The old writer's live revisions that only packages behind its end hold."""
    if trust.writer(office.identity.writer) is None:
        return []
    ended = trust.writer(old)
    last = {to: last for to, (_, last) in ended.channels.items()} if ended else {}
    lost: dict[str, StoredRevision] = {}
    for row in packages.find(connection, direction="out", writer=old):
        if row.to != office.identity.station and (row.seq or 0) > (last.get(row.to or "") or 0):
            found = unsent_revisions.never_brought_back(connection, row.n)
            lost.update((one.h, one) for one in found if one.writer == old)
    return list(lost.values())


def _take_over(office: Office, connection: Connection, unsent: Iterable[StoredRevision]) -> None:
    """Replace unsent revisions of the old writer by one of the new writer per record."""
    by_record: dict[tuple[str, str], list[StoredRevision]] = {}
    for row in unsent:
        by_record.setdefault((row.type, row.id), []).append(row)
    for (type_name, record), rows in by_record.items():
        _take_over_record(office, connection, TYPES[type_name], record, {row.h for row in rows})


def _take_over_record(
    office: Office, connection: Connection, record_type: type[Record], record: str, unsent: set[str]
) -> None:
    stored = revisions.of_record(connection, record, status="live")
    result = record_folding.fold_decoded(record_type, record_folding.decode(stored))
    kept = [row for row in stored if row.h not in _with_descendants(stored, unsent)]
    gone = [row.n for row in stored if row.h in unsent]
    revisions.set_status(connection, gone, "withdrawn")
    past = _past(record_type, kept) if kept else None
    body = dict(result.body)
    if past is None and result.void:
        write(office, connection, record_type, record, body, op="create", why=WHY)
        past = _past(record_type, revisions.of_record(connection, record, status="live"))
    op: Op = "void" if result.void else "edit" if past else "create"
    write(office, connection, record_type, record, body, op=op, past=past, why=WHY)
    state_from_log.refold(connection, [(record_type.type_name, record)], office.standpoint)


def _with_descendants(stored: Sequence[StoredRevision], unsent: set[str]) -> set[str]:
    """The revisions named and all that stand on them (`stored` has parents first)."""
    found = set(unsent)
    for row in stored:
        if found.intersection(row.parents):
            found.add(row.h)
    return found


def _past(record_type: type[Record], kept: Sequence[StoredRevision]) -> Past:
    decoded: dict[str, Revision] = record_folding.decode(kept)
    result = record_folding.fold_decoded(record_type, decoded)
    return Past(kept, result.heads, dict(result.body), dict(result.conflicts))
