"""报送单位登记: who may write, decided by the city and carried in the trust document (§3)."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from app.domain.errors import UserError
from app.domain.ownership import station_of
from app.exchange import files
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
from app.services.receiving import Account, receive, retry_held
from app.services.reviewing import speaks_to
from app.services.trusting import keep_trust, require_trust, trust_of
from app.services.units import everyone, require_unit, subordinates
from database import packages, revisions, settings
from database.engine import Connection
from database.revisions import StoredRevision, Written

KINDS = {
    "city": ("submission", "answer", "reference", "restore", "trust", "enrol"),
    "county": ("submission", "urgent", "answer", "enrol"),
    "township": ("submission", "urgent", "enrol"),
}
"""What a writer of each role may send (package format §7)."""


def root_of(office: Office, passphrase: str) -> SigningKey:
    """The city's root key; raises `UserError` NOT_CITY, KEY_UNREADABLE."""
    place = office.folder.root_key
    if not place.exists():
        raise UserError("NOT_CITY", "只有市总工会可以办理登记。", remedy="请与市总工会联系。")
    fresh = _fresh_root(place)
    if fresh.exists():
        with suppress(UserError):
            return _took_over(office, fresh, passphrase)
    return SigningKey.from_openssh(place.read_bytes(), passphrase)


def _fresh_root(place: Path) -> Path:
    """Where a new root key lies until the trust document that names it is kept."""
    return place.with_suffix(".new")


def _took_over(office: Office, fresh: Path, passphrase: str) -> SigningKey:
    """The new root key, if a change was cut short just after it had come into force."""
    key = SigningKey.from_openssh(fresh.read_bytes(), passphrase)
    with office.store.read() as connection:
        if require_trust(connection).root != key.public:
            raise UserError("KEY_UNREADABLE", "这把钥匙没有启用。")
    fresh.replace(office.folder.root_key)
    return key


def found_trust(office: Office, root: SigningKey) -> Trust:
    """Version 1: the city's own writer."""
    with office.store.write() as connection:
        me = _city_writer(office, connection)
        recipients = [TrustRecipient(office.identity.station, office.recipient)]
        trust = issue(None, root, writers=[me], recipients=recipients)
        keep_trust(connection, trust)
    return trust


def _city_writer(office: Office, connection: Connection) -> TrustWriter:
    return TrustWriter(
        writer=office.identity.writer,
        station=office.identity.station,
        role="city",
        signing_key=office.signing_key.public.text,
        age=office.recipient,
        kinds=KINDS["city"],
        channels=_channels(office, connection, "city", office.identity.station),
    )


def _channels(
    office: Office, connection: Connection, role: str, station: str
) -> dict[str, tuple[int, int | None]]:
    """To whom a writer may send: up, to its own office, to those directly below."""
    if role == "city":
        stations = [EVERYONE, *(one.code for one in everyone(connection))]
    else:
        above = require_unit(connection, station).parent or office.identity.city
        below = [one.code for one in subordinates(connection, station)]
        stations = [office.identity.city, above, station, *below]
    return dict.fromkeys(stations, (1, None))


@dataclass(frozen=True, slots=True)
class Invitation:
    """启用包: the files for a new office, the 启用码 and the 核对码 for the sealed letter."""

    files: tuple[Path, ...]
    enable_code: str
    check_code: str


def invite(
    office: Office, station: str, out: Path, *, root_passphrase: str | None = None
) -> Invitation:
    """Make the 启用包 for one office: the trust chain, and all reference data so far.

    A unit that came after the last trust version needs the root key, since
    nobody may write to it yet. Raises `UserError` UNKNOWN_UNIT, ROOT_NEEDED.
    """
    code = "-".join(secrets.token_hex(2) for _ in range(5)).upper()
    with sealing.writing(office) as connection:
        require_unit(connection, station)
        trust = require_trust(connection)
        if not _may_write_to(trust, office.identity.writer, station):
            trust = _issue(office, connection, trust, _root_needed(office, root_passphrase))
        sealed = [_seal_trust(office, connection, trust)]
        sealed.append(_seal_all_reference(office, connection, station, trust, code))
    copied = sealing.copy_out([one.path for one in sealed], out)
    return Invitation(tuple(copied), code, trust.check_code)


def _may_write_to(trust: Trust, writer: str, station: str) -> bool:
    found = trust.writer(writer)
    return found is not None and station in found.channels


def _root_needed(office: Office, passphrase: str | None) -> SigningKey:
    if passphrase is None:
        raise UserError(
            "ROOT_NEEDED",
            "这个单位是新增加的，登记文件里还没有它。",
            remedy="请输入市级根钥匙的口令后再制作启用包。",
        )
    return root_of(office, passphrase)


def _issue(
    office: Office,
    connection: Connection,
    trust: Trust,
    root: SigningKey,
    *,
    ended: str | None = None,
    added: Sequence[TrustWriter] = (),
    new_root: SigningKey | None = None,
) -> Trust:
    """The next version: one writer ended, others added, all in use able to write to new units."""
    writers = [
        _ended(connection, one) if one.writer == ended else _refreshed(office, connection, one)
        for one in trust.document.writers
    ]
    writers += added
    newer = issue(trust, root, writers=writers, recipients=_recipients(writers), new_root=new_root)
    keep_trust(connection, newer)
    return newer


def _refreshed(office: Office, connection: Connection, one: TrustWriter) -> TrustWriter:
    """A writer in use may write to units that have come since; one that ended may not."""
    if not one.in_use:
        return one
    now = _channels(office, connection, one.role, one.station)
    return msgspec.structs.replace(one, channels=now | one.channels)


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
    types = sorted(CARRIES["reference"].types)
    rows = revisions.written_by(connection, office.identity.writer, types)
    return _seal_reference(office, connection, station, trust, rows, code=code)


def _seal_reference(
    office: Office,
    connection: Connection,
    station: str,
    trust: Trust,
    rows: Sequence[Written],
    *,
    code: str | None = None,
) -> Sealed:
    """Reference data for one office: with a 启用码, or once enrolled with its key."""
    envelope = sealing.next_envelope(office, connection, station, "reference", trust)
    sealed = seal_package(
        office.folder.outbox / sealing.advisory_name(envelope),
        envelope,
        key=office.signing_key,
        recipients=() if code else sealing.recipients(office, connection, trust, station),
        passphrase=code,
        lines=((row.h, row.raw) for row in rows),
    )
    line = sealing.record_sealed(office, connection, sealed)
    packages.deliver(connection, line.n, (row.n for row in rows))
    return sealed


def _seal_missed_reference(
    office: Office, connection: Connection, station: str, trust: Trust
) -> list[Sealed]:
    """What went out to everyone after the 启用包, when the newcomer had no key to open it."""
    types = CARRIES["reference"].types
    rows = revisions.unsent(connection, office.identity.writer, station)
    missed = [row for row in rows if row.type in types]
    return [_seal_reference(office, connection, station, trust, missed)] if missed else []


def request(office: Office, out: Path, *, supersedes: str | None = None) -> tuple[Path, str]:
    """Ask the city to enrol this installation; returns the file and our 核对码.

    `supersedes` is the writer of a lost PC in whose place this new one stands.
    Raises `UserError` NO_TRUST, NOT_OURS, COPIED_STORE.
    """
    if supersedes is not None and station_of(supersedes) != office.identity.station:
        raise _not_ours(supersedes)
    with sealing.writing(office) as connection:
        if supersedes is not None:
            settings.put(connection, "supersedes", supersedes)
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

    Raises `UserError` CODE_DIFFERS, NOT_CITY, UNKNOWN_UNIT, ALREADY_ENROLLED, NOT_OURS,
    or `Refused` when the file is not a sound request.
    """
    root = root_of(office, root_passphrase)
    asked, signer = _asked(office, file)
    if code is not None and not same_code(code, signer):
        raise UserError(
            "CODE_DIFFERS", "核对码与登记文件不一致。", remedy="请用电话与报送单位重新核对。"
        )
    receive(office, file)
    with sealing.writing(office) as connection:
        trust = require_trust(connection)
        if trust.signer(signer) is not None:
            raise UserError("ALREADY_ENROLLED", "这台电脑已经登记过了。")
        newcomer = _new_writer(office, connection, asked, signer)
        newer = _issue(office, connection, trust, root, ended=asked.supersedes, added=[newcomer])
        sealed = [_seal_trust(office, connection, newer)]
        sealed += _seal_missed_reference(office, connection, asked.station, newer)
        if asked.supersedes:
            sealed.append(_seal_restore(office, connection, asked.station, newer))
    copied = sealing.copy_out([one.path for one in sealed], out)
    return Approval(newer.version, tuple(copied), tuple(retry_held(office)))


def _asked(office: Office, file: Path) -> tuple[EnrolRequest, PublicKey]:
    """The request, and whose key it is; nobody takes the place of another office's writer."""
    with office.store.read() as connection:
        trust = trust_of(connection)
    with open_package(file, trust=trust, identities=[office.secrets.age_identity]) as package:
        asked = read_enrol(package)
    if asked.supersedes and station_of(asked.supersedes) != asked.station:
        raise _not_ours(asked.supersedes)
    return asked, package.signer


def _not_ours(writer: str) -> UserError:
    return UserError(
        "NOT_OURS",
        f"“{writer}”不是这个单位的电脑，不能代替它登记。",
        remedy="请核对原来电脑的名称。",
    )


def _new_writer(
    office: Office, connection: Connection, asked: EnrolRequest, signer: PublicKey
) -> TrustWriter:
    unit = require_unit(connection, asked.station)
    role = unit.kind if unit.kind in ("city", "township") else "county"
    return TrustWriter(
        writer=f"{asked.station}-{signer.key_id[:8]}",
        station=asked.station,
        role=role,
        signing_key=asked.signing_key,
        age=asked.age,
        kinds=KINDS[role],
        channels=_channels(office, connection, role, asked.station),
        supersedes=asked.supersedes,
    )


def _recipients(writers: Iterable[TrustWriter]) -> list[TrustRecipient]:
    """The age keys of every writer still in use."""
    return [TrustRecipient(one.station, one.age) for one in writers if one.in_use]


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
    with sealing.writing(office) as connection:
        trust = require_trust(connection)
        if trust.writer(writer) is None or writer == office.identity.writer:
            raise UserError("UNKNOWN_WRITER", f"没有登记过“{writer}”。", remedy="请核对名称。")
        newer = _issue(office, connection, trust, root, ended=writer)
        sealed = _seal_trust(office, connection, newer)
    copied = sealing.copy_out([sealed.path], out)
    return Approval(newer.version, tuple(copied), ())


def change_root(
    office: Office, out: Path, *, root_passphrase: str, new_passphrase: str
) -> Approval:
    """Put a new root key in the place of the old one, signed by both."""
    root = root_of(office, root_passphrase)
    key = SigningKey.generate()
    fresh = _fresh_root(office.folder.root_key)
    with files.appearing(fresh) as key_file:
        key_file.write(key.to_openssh(new_passphrase))
    fresh.chmod(0o600)
    with sealing.writing(office) as connection:
        newer = _issue(office, connection, require_trust(connection), root, new_root=key)
        sealed = _seal_trust(office, connection, newer)
    fresh.replace(office.folder.root_key)
    copied = sealing.copy_out([sealed.path], out)
    return Approval(newer.version, tuple(copied), ())


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
        attachments=sealing.scans_named(office, (row.raw for row in rows)),
    )
    line = sealing.record_sealed(office, connection, sealed)
    packages.deliver(connection, line.n, (row.n for row in rows))
    return sealed


def _spoken_to(office: Office, connection: Connection, station: str) -> Iterator[StoredRevision]:
    """What this office said about the station's records."""
    for row in revisions.written_by(connection, office.identity.writer, ("review", "link")):
        if speaks_to(row, station):
            yield row


def restore_package(office: Office, station: str, out: Path) -> Path:
    """Give a station its own records back (R53): everything of it that the city has."""
    with sealing.writing(office) as connection:
        trust = require_trust(connection)
        sealed = _seal_restore(office, connection, station, trust)
    (path,) = sealing.copy_out([sealed.path], out)
    return path


def writers_of(office: Office) -> Sequence[TrustWriter]:
    """Every writer the trust document lists."""
    with office.store.read() as connection:
        return require_trust(connection).document.writers
