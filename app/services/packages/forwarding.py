"""Passing sealed files on untouched, under their own names: township ↔ county ↔ city (§1)."""

from __future__ import annotations

from pathlib import Path

from app.domain.merging.ownership import station_of
from app.exchange.envelope import EVERYONE
from app.exchange.keys import age_key_id
from app.exchange.packagereader import inspect_package
from app.services.office.office import Office
from app.services.packages import sealing
from app.services.packages.channels import acknowledged, unconfirmed, without_old_trust
from app.services.packages.kept_files import cause_of
from app.services.packages.trust_store import require_trust
from database.log import packages
from database.log.packages import PackageRow
from database.store.engine import Connection

KINDS_UP = ("submission", "urgent")
"""What an office reports, in order and at once."""


def unconfirmed_reports(connection: Connection, writer: str, to: str) -> list[PackageRow]:
    """报送还没有回执: what was reported and the office above has not confirmed, in order."""
    return [row for row in unconfirmed(connection, writer, to, to) if row.kind in KINDS_UP]


def upward(office: Office, to: str) -> dict[Path, str]:
    """What the offices below sent us and the office above has not confirmed, with its names."""
    here = office.identity.station
    if to == here:
        return {}
    with office.store.read() as connection:
        rows = packages.find(connection, direction="in", to=here, state="merged")
        wanted = [row for row in rows if row.kind in KINDS_UP and _sender(row) != here]
        return _named(office, _unconfirmed(connection, wanted, to))


def downward(office: Office, station: str) -> dict[Path, str]:
    """What came from above for everyone or for an office below, and that office lacks."""
    here = office.identity.station
    with office.store.read() as connection:
        rows = [
            row
            for to in (EVERYONE, station)
            for state in ("merged", "recorded")
            for row in packages.find(connection, direction="in", to=to, state=state)
        ]
        wanted = [row for row in rows if _sender(row) not in (here, station)]
        lacking = _unconfirmed(connection, wanted, station)
        keys = set(map(age_key_id, require_trust(connection).recipients(station)))
        wanted = [row for row in lacking if row.kind == "trust" or _opens(office, row, keys)]
        return _named(office, without_old_trust(wanted))


def _opens(office: Office, row: PackageRow, keys: set[str]) -> bool:
    """Whether an office with these keys can open it: not what was sealed before it joined.

    A file that is gone or damaged counts as one: it is said when it is to be copied.
    """
    if cause_of(office, row) is not None:
        return True
    header = inspect_package(office.kept.inbox(str(row.file))).header
    return not keys.isdisjoint(header.recipients)


def _sender(row: PackageRow) -> str:
    return station_of(str(row.writer))


def _unconfirmed(connection: Connection, rows: list[PackageRow], station: str) -> list[PackageRow]:
    channels = {(str(row.writer), str(row.to)) for row in rows}
    got = {(one, to): acknowledged(connection, one, to, station) for one, to in channels}
    return [row for row in rows if row.file and (row.seq or 0) > got[str(row.writer), str(row.to)]]


def _named(office: Office, rows: list[PackageRow]) -> dict[Path, str]:
    return {office.kept.inbox(str(row.file)): sealing.advisory_name(row) for row in rows}
