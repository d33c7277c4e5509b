"""The root key, and the next version of the trust document (package format §3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from app.domain.kernel.errors import EnvironmentProblem, UserError
from app.exchange.enrol import EnrolRequest
from app.exchange.envelope import EVERYONE
from app.exchange.keys import PublicKey, SigningKey
from app.exchange.trust import Trust, TrustRecipient, TrustWriter, issue
from app.services.office import small_files
from app.services.office.office import Office
from app.services.office.wrong_tries import ROOT, Tries
from app.services.packages.channels import channel_reach
from app.services.packages.trust_store import keep_trust, require_trust
from app.services.records.units import everyone, require_unit, subordinates
from database.store.engine import Connection

KINDS = {
    "city": ("submission", "answer", "reference", "restore", "trust", "enrol"),
    "county": ("submission", "urgent", "answer", "enrol"),
    "township": ("submission", "urgent", "enrol"),
}
"""What a writer of each role may send (package format §7)."""

_LARGEST = 1 << 16
"""Bytes of a root key that are read."""


def root_of(office: Office, passphrase: str) -> SigningKey:
    """The city's root key; raises as `root_file_of`."""
    return root_file_of(office, passphrase)[1]


def root_file_of(office: Office, passphrase: str) -> tuple[bytes, SigningKey]:
    """The file of the city's root key as it is, and the key in it.

    Raises `UserError` NOT_CITY, ROOT_KEY_MISSING, KEY_UNREADABLE, TRY_LATER. One
    that was kept without a passphrase before opens with any: see `root_lies_open`.
    """
    place = office.folder.root_key
    there = small_files.exists(place)
    if not there and office.is_city:
        raise UserError(
            "ROOT_KEY_MISSING",
            "找不到总钥匙文件（root.key）。",
            why="没有它不能办理登记。",
            remedy="请从最近的备份补上：zoufang rescue 备份文件。",
        )
    if not there:
        raise UserError("NOT_CITY", "只有市总工会可以办理登记。", remedy="请与市总工会联系。")
    with Tries(office.folder.root).counted(ROOT):
        fresh = fresh_root(place)
        if fresh.exists():
            with suppress(UserError):
                _took_over(office, fresh, passphrase)
        return _read_root(place, passphrase)


def root_lies_open(office: Office) -> bool:
    """Whether the root key is kept without a passphrase, as was possible before."""
    try:
        SigningKey.from_openssh(small_files.read(office.folder.root_key, _LARGEST))
    except (OSError, EnvironmentProblem, UserError):
        return False
    return True


def _read_root(place: Path, passphrase: str) -> tuple[bytes, SigningKey]:
    raw = small_files.read(place, _LARGEST)
    try:
        return raw, SigningKey.from_openssh(raw, passphrase)
    except UserError:
        with suppress(UserError):
            return raw, SigningKey.from_openssh(raw)
        raise


def fresh_root(place: Path) -> Path:
    """Where a new root key lies until the trust document that names it is kept."""
    return place.with_suffix(".new")


def _took_over(office: Office, fresh: Path, passphrase: str) -> None:
    """Put the new root key in its place, if a change was cut short after it came into force."""
    _, key = _read_root(fresh, passphrase)
    with office.store.read() as connection:
        if require_trust(connection).root != key.public:
            raise UserError("KEY_UNREADABLE", "这把钥匙没有启用。")
    small_files.replace(fresh, office.folder.root_key)


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
        supersedes=None,
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


def issue_next(
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


def new_writer(
    office: Office, connection: Connection, asked: EnrolRequest, signer: PublicKey
) -> TrustWriter:
    """The writer a request asks for; raises `UserError` UNKNOWN_UNIT."""
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
