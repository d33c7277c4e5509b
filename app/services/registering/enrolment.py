"""报送单位登记: who may write, decided by the city and carried in the trust document (§3)."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.domain.kernel.errors import UserError
from app.domain.merging.ownership import station_of
from app.exchange import files
from app.exchange.enrol import EnrolRequest, read_enrol, seal_enrol
from app.exchange.envelope import EVERYONE
from app.exchange.keys import PublicKey, SigningKey, check_code, same_code
from app.exchange.kinds import CARRIES
from app.exchange.packagereader import open_package
from app.exchange.packagewriter import Sealed, seal_package, seal_trust
from app.exchange.trust import Trust, TrustWriter
from app.services.office import small_files
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.office.passphrases import require_firm
from app.services.packages import sealing
from app.services.packages.trust_issuing import (
    fresh_root,
    issue_next,
    new_writer,
    root_file_of,
    root_of,
)
from app.services.packages.trust_store import require_trust, trust_of
from app.services.receiving.take_package import Account, retry_held, take_in
from app.services.records.units import require_unit
from app.services.reviewing.told_words import SPOKEN, speaks_to
from database.books import settings
from database.log import packages, revisions, unsent_revisions
from database.log.revisions import StoredRevision, Written
from database.store.engine import Connection


@dataclass(frozen=True, slots=True)
class Invitation:
    """启用包: the files for a new office, the 启用码 and the 核对码 for the sealed letter."""

    files: tuple[Path, ...]
    enable_code: str
    check_code: str


@needs("register")
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
            trust = issue_next(office, connection, trust, _root_needed(office, root_passphrase))
        sealed = [_seal_trust(office, connection, trust)]
        sealed.append(_seal_all_reference(office, connection, station, trust, code))
    copied = sealing.copy_out(office, [one.path for one in sealed], out)
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


def _seal_trust(office: Office, connection: Connection, trust: Trust) -> Sealed:
    envelope = sealing.next_envelope(office, connection, EVERYONE, "trust", trust)
    path = office.folder.outbox / sealing.advisory_name(envelope)
    sealed = seal_trust(path, envelope, trust, key=office.signing_key)
    sealing.record_sealed(office, connection, sealed)
    return sealed


def seal_trust_again(office: Office) -> None:
    """Seal the present trust document once more, under a new number."""
    with sealing.writing(office) as connection:
        _seal_trust(office, connection, require_trust(connection))


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
    rows = unsent_revisions.unsent(connection, office.identity.writer, station)
    missed = [row for row in rows if row.type in types]
    return [_seal_reference(office, connection, station, trust, missed)] if missed else []


@needs("register")
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
    (path,) = sealing.copy_out(office, [sealed.path], out)
    return path, check_code(office.signing_key.public)


@dataclass(frozen=True, slots=True)
class Approval:
    """What an approval made: the new trust version, its file, and what was held until now."""

    version: int
    files: tuple[Path, ...]
    accounts: tuple[Account, ...]


@needs("register")
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
    take_in(office, file)
    with sealing.writing(office) as connection:
        trust = require_trust(connection)
        if trust.signer(signer) is not None:
            raise UserError("ALREADY_ENROLLED", "这台电脑已经登记过了。")
        newcomer = new_writer(office, connection, asked, signer)
        newer = issue_next(
            office, connection, trust, root, ended=asked.supersedes, added=[newcomer]
        )
        sealed = [_seal_trust(office, connection, newer)]
        sealed += _seal_missed_reference(office, connection, asked.station, newer)
        if asked.supersedes:
            sealed.append(_seal_restore(office, connection, asked.station, newer))
    copied = sealing.copy_out(office, [one.path for one in sealed], out)
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


@needs("register")
def revoke(office: Office, writer: str, out: Path, *, root_passphrase: str) -> Approval:
    """Close a writer (a lost PC): what it sends after the last number received is refused."""
    root = root_of(office, root_passphrase)
    with sealing.writing(office) as connection:
        trust = require_trust(connection)
        if trust.writer(writer) is None or writer == office.identity.writer:
            raise UserError("UNKNOWN_WRITER", f"没有登记过“{writer}”。", remedy="请核对名称。")
        newer = issue_next(office, connection, trust, root, ended=writer)
        sealed = _seal_trust(office, connection, newer)
    copied = sealing.copy_out(office, [sealed.path], out)
    return Approval(newer.version, tuple(copied), ())


@needs("keys")
def change_root(
    office: Office, out: Path, *, root_passphrase: str, new_passphrase: str
) -> Approval:
    """Put a new root key in the place of the old one, signed by both.

    Raises `UserError` PASSPHRASE_TOO_SHORT, PASSPHRASE_COMMON, KEY_UNREADABLE, NOT_CITY.
    """
    require_firm(new_passphrase, (office.identity.station,))
    root = root_of(office, root_passphrase)
    key = SigningKey.generate()
    fresh = fresh_root(office.folder.root_key)
    files.write_private(fresh, key.to_openssh(new_passphrase))
    with sealing.writing(office) as connection:
        newer = issue_next(office, connection, require_trust(connection), root, new_root=key)
        sealed = _seal_trust(office, connection, newer)
    small_files.replace(fresh, office.folder.root_key)
    copied = sealing.copy_out(office, [sealed.path], out)
    return Approval(newer.version, tuple(copied), ())


@needs("keys")
def change_root_passphrase(office: Office, *, root_passphrase: str, new_passphrase: str) -> None:
    """Another passphrase for the same root key: the 核对码 stays, nobody has to be told.

    Raises `UserError` PASSPHRASE_TOO_SHORT, PASSPHRASE_COMMON, KEY_UNREADABLE, NOT_CITY, or
    CHANGED_MEANWHILE where another computer changed the key or its passphrase.
    """
    require_firm(new_passphrase, (office.identity.station,))
    base, key = root_file_of(office, root_passphrase)
    fresh = key.to_openssh(new_passphrase)
    # One at a time, also of two programs in one folder.
    with office.store.write():
        small_files.write(office.folder.root_key, fresh, base)


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
    for row in revisions.written_by(connection, office.identity.writer, SPOKEN):
        if speaks_to(row, station):
            yield row


@needs("register")
def restore_package(office: Office, station: str, out: Path) -> Path:
    """Give a station its own records back (R53): everything of it that the city has."""
    with sealing.writing(office) as connection:
        trust = require_trust(connection)
        sealed = _seal_restore(office, connection, station, trust)
    (path,) = sealing.copy_out(office, [sealed.path], out)
    return path


def writers_of(office: Office) -> Sequence[TrustWriter]:
    """Every writer the trust document lists."""
    with office.store.read() as connection:
        return require_trust(connection).document.writers
