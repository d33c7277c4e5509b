"""报送单位登记: who may write, decided by the city and carried in the trust document (§3)."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from app.domain import revision
from app.domain.errors import UserError
from app.exchange.enrol import EnrolRequest, read_enrol, seal_enrol
from app.exchange.header import EVERYONE
from app.exchange.keys import PublicKey, SigningKey, check_code, same_code
from app.exchange.kinds import CARRIES
from app.exchange.packagereader import open_package
from app.exchange.packagewriter import Sealed, seal_package, seal_trust
from app.exchange.trust import Trust, TrustRecipient, TrustWriter, issue
from app.services import sealing
from app.services.channels import channel_reach
from app.services.office import Office
from app.services.receiving import Account, retry_held
from app.services.trusting import keep_trust, require_trust, trust_of
from app.services.units import everyone, require_unit, subordinates
from database import packages, revisions, settings
from database.engine import Connection
from database.revisions import StoredRevision

KINDS = {
    "city": ("submission", "answer", "reference", "restore", "trust", "enrol"),
    "county": ("submission", "urgent", "answer", "enrol"),
    "township": ("submission", "urgent", "enrol"),
}
"""What a writer of each role may send (package format §7)."""


def root_of(office: Office, passphrase: str) -> SigningKey:
    """The city's root key; raises `UserError` NOT_CITY, KEY_UNREADABLE."""
    if not office.folder.root_key.exists():
        raise UserError("NOT_CITY", "只有市总工会可以办理登记。", remedy="请与市总工会联系。")
    return SigningKey.from_openssh(office.folder.root_key.read_bytes(), passphrase)


def found_trust(office: Office, root: SigningKey) -> Trust:
    """Version 1: the city's own writer."""
    with office.store.write() as connection:
        me = _city_writer(office, connection)
        recipients = [TrustRecipient(office.identity.station, office.recipient)]
        trust = issue(None, root, writers=[me], recipients=recipients)
        keep_trust(connection, trust)
    return trust


def _city_writer(office: Office, connection: Connection) -> TrustWriter:
    stations = [EVERYONE, *(unit.code for unit in everyone(connection))]
    return TrustWriter(
        writer=office.identity.writer,
        station=office.identity.station,
        role="city",
        signing_key=office.signing_key.public.text,
        age=office.recipient,
        kinds=KINDS["city"],
        channels=dict.fromkeys(stations, (1, None)),
    )


@dataclass(frozen=True, slots=True)
class Invitation:
    """启用包: the files for a new office, the 启用码 and the 核对码 for the sealed letter."""

    files: tuple[Path, ...]
    enable_code: str
    check_code: str


def invite(office: Office, station: str, out: Path) -> Invitation:
    """Make the 启用包 for one office: the trust chain, and all reference data so far."""
    sealing.refuse_copied(office)
    code = "-".join(secrets.token_hex(2) for _ in range(5)).upper()
    with office.store.write() as connection:
        require_unit(connection, station)
        trust = require_trust(connection)
        sealed = [_seal_trust(office, connection, trust)]
        sealed.append(_seal_all_reference(office, connection, station, trust, code))
    files = sealing.copy_out([one.path for one in sealed], out)
    return Invitation(tuple(files), code, trust.check_code)


def _seal_trust(office: Office, connection: Connection, trust: Trust) -> Sealed:
    envelope = sealing.next_envelope(office, connection, EVERYONE, "trust", trust)
    path = office.folder.outbox / sealing.advisory_name(envelope)
    sealed = seal_trust(path, envelope, trust, key=office.signing_key)
    sealing.record_sealed(office, connection, sealed)
    return sealed


def _seal_all_reference(
    office: Office, connection: Connection, station: str, trust: Trust, code: str
) -> Sealed:
    """A new office gets everything the city wrote, whatever other offices have already."""
    rows = revisions.written_by(
        connection, office.identity.writer, sorted(CARRIES["reference"].types)
    )
    envelope = sealing.next_envelope(office, connection, station, "reference", trust)
    sealed = seal_package(
        office.folder.outbox / sealing.advisory_name(envelope),
        envelope,
        key=office.signing_key,
        passphrase=code,
        lines=((row.h, row.raw) for row in rows),
    )
    line = sealing.record_sealed(office, connection, sealed)
    packages.deliver(connection, line.n, (row.n for row in rows))
    return sealed


def request(office: Office, out: Path) -> tuple[Path, str]:
    """Ask the city to enrol this installation; returns the file and our 核对码."""
    with office.store.write() as connection:
        trust = require_trust(connection)
        envelope = sealing.next_envelope(office, connection, office.identity.city, "enrol", trust)
        sealed = seal_enrol(
            office.folder.outbox / sealing.advisory_name(envelope),
            envelope,
            EnrolRequest(
                office.signing_key.public.text,
                office.recipient,
                office.identity.station,
                office.identity.machine,
                settings.get(connection, "supersedes", str),
            ),
            record_id=office.new_id(),
            by=office.operator,
            key=office.signing_key,
            recipients=sealing.recipients(office, connection, trust, office.identity.city),
        )
        sealing.record_sealed(office, connection, sealed)
    (path,) = sealing.copy_out([sealed.path], out)
    return path, check_code(office.signing_key.public)


@dataclass(frozen=True, slots=True)
class Approval:
    """What an approval made: the new trust version, its file, and what was held until now."""

    version: int
    files: tuple[Path, ...]
    accounts: tuple[Account, ...]


def approve(
    office: Office,
    file: Path,
    out: Path,
    *,
    root_passphrase: str,
    code: str | None = None,
) -> Approval:
    """Enrol the writer that a request names, after its 核对码 was compared by telephone.

    Raises `UserError` CODE_DIFFERS, NOT_CITY, UNKNOWN_UNIT, ALREADY_ENROLLED, or
    `Refused` when the file is not a sound request.
    """
    root = root_of(office, root_passphrase)
    asked, signer = _asked(office, file)
    if code is not None and not same_code(code, signer):
        raise UserError(
            "CODE_DIFFERS", "核对码与登记文件不一致。", remedy="请用电话与报送单位重新核对。"
        )
    with office.store.write() as connection:
        trust = require_trust(connection)
        if trust.signer(signer) is not None:
            raise UserError("ALREADY_ENROLLED", "这台电脑已经登记过了。")
        writers = [
            _ended(connection, one) if one.writer == asked.supersedes else one
            for one in _own_refreshed(office, connection, trust)
        ]
        writers.append(_new_writer(office, connection, asked, signer))
        newer = issue(trust, root, writers=writers, recipients=_recipients(writers))
        keep_trust(connection, newer)
        sealed = [_seal_trust(office, connection, newer)]
        if asked.supersedes:
            sealed.append(_seal_restore(office, connection, asked.station, newer))
    files = sealing.copy_out([one.path for one in sealed], out)
    return Approval(newer.version, tuple(files), tuple(retry_held(office)))


def _asked(office: Office, file: Path) -> tuple[EnrolRequest, PublicKey]:
    with office.store.read() as connection:
        trust = trust_of(connection)
    with open_package(file, trust=trust, identities=[office.secrets.age_identity]) as package:
        return read_enrol(package), package.signer


def _own_refreshed(office: Office, connection: Connection, trust: Trust) -> list[TrustWriter]:
    """The writers so far; ours may write to units that have come since."""
    mine = office.identity.writer
    return [
        _city_writer(office, connection) if one.writer == mine else one
        for one in trust.document.writers
    ]


def _new_writer(
    office: Office, connection: Connection, asked: EnrolRequest, signer: PublicKey
) -> TrustWriter:
    unit = require_unit(connection, asked.station)
    role = unit.kind if unit.kind in ("city", "township") else "county"
    above = unit.parent or office.identity.city
    below = [one.code for one in subordinates(connection, asked.station)]
    stations = dict.fromkeys([office.identity.city, above, asked.station, *below])
    if role == "city":
        stations = dict.fromkeys([EVERYONE, *(one.code for one in everyone(connection))])
    return TrustWriter(
        writer=f"{asked.station}-{signer.key_id[:8]}",
        station=asked.station,
        role=role,
        signing_key=asked.signing_key,
        age=asked.age,
        kinds=KINDS[role],
        channels=dict.fromkeys(stations, (1, None)),
        supersedes=asked.supersedes,
    )


def _recipients(writers: Iterable[TrustWriter]) -> list[TrustRecipient]:
    """The age keys of every writer still in use."""
    return [
        TrustRecipient(one.station, one.age)
        for one in writers
        if any(last is None for _, last in one.channels.values())
    ]


def _ended(connection: Connection, writer: TrustWriter) -> TrustWriter:
    """The writer with every channel ended at what was received and acknowledged without a gap."""
    ended = {
        to: (first, channel_reach(connection, writer.writer, to).contiguous)
        for to, (first, _) in writer.channels.items()
    }
    return msgspec.structs.replace(writer, channels=ended)


def revoke(office: Office, writer: str, out: Path, *, root_passphrase: str) -> Approval:
    """Close a writer (a lost PC): what it sends after the last number received is refused."""
    root = root_of(office, root_passphrase)
    with office.store.write() as connection:
        trust = require_trust(connection)
        if trust.writer(writer) is None or writer == office.identity.writer:
            raise UserError("UNKNOWN_WRITER", f"没有登记过“{writer}”。", remedy="请核对名称。")
        writers = [
            _ended(connection, one) if one.writer == writer else one
            for one in _own_refreshed(office, connection, trust)
        ]
        newer = issue(trust, root, writers=writers, recipients=_recipients(writers))
        keep_trust(connection, newer)
        sealed = _seal_trust(office, connection, newer)
    files = sealing.copy_out([sealed.path], out)
    return Approval(newer.version, tuple(files), ())


def change_root(
    office: Office, out: Path, *, root_passphrase: str, new_passphrase: str
) -> Approval:
    """Put a new root key in the place of the old one, signed by both."""
    root = root_of(office, root_passphrase)
    fresh = SigningKey.generate()
    with office.store.write() as connection:
        trust = require_trust(connection)
        writers = _own_refreshed(office, connection, trust)
        newer = issue(trust, root, writers=writers, recipients=_recipients(writers), new_root=fresh)
        keep_trust(connection, newer)
        sealed = _seal_trust(office, connection, newer)
        _replace_root(office, fresh, new_passphrase)
    files = sealing.copy_out([sealed.path], out)
    return Approval(newer.version, tuple(files), ())


def _replace_root(office: Office, key: SigningKey, passphrase: str) -> None:
    fresh = office.folder.root_key.with_suffix(".new")
    fresh.write_bytes(key.to_openssh(passphrase))
    fresh.chmod(0o600)
    fresh.replace(office.folder.root_key)


def _seal_restore(office: Office, connection: Connection, station: str, trust: Trust) -> Sealed:
    """The station's own revisions, with their original writers, for its new PC."""
    rows = [*revisions.of_station(connection, station), *_spoken_to(office, connection, station)]
    envelope = sealing.next_envelope(office, connection, station, "restore", trust)
    sealed = seal_package(
        office.folder.outbox / sealing.advisory_name(envelope),
        envelope,
        key=office.signing_key,
        recipients=sealing.recipients(office, connection, trust, station),
        lines=((row.h, row.raw) for row in rows),
        attachments=sealing.scans_named(office, rows),
    )
    line = sealing.record_sealed(office, connection, sealed)
    packages.deliver(connection, line.n, (row.n for row in rows))
    return sealed


def _spoken_to(office: Office, connection: Connection, station: str) -> Iterator[StoredRevision]:
    """What this office said about the station's records."""
    for row in revisions.written_by(connection, office.identity.writer, ("review", "link")):
        if revision.read(row.raw).body.get("station") == station:
            yield row


def restore_package(office: Office, station: str, out: Path) -> Path:
    """Give a station its own records back (R53): everything of it that the city has."""
    with office.store.write() as connection:
        trust = require_trust(connection)
        sealed = _seal_restore(office, connection, station, trust)
    (path,) = sealing.copy_out([sealed.path], out)
    return path


def writers_of(office: Office) -> Sequence[TrustWriter]:
    """Every writer the trust document lists."""
    with office.store.read() as connection:
        return require_trust(connection).document.writers
