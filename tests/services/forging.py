"""Packages that an office's own PC could make if its program were another one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.domain.merging.revision import Op, Revision, seal
from app.domain.records import TYPES
from app.exchange.envelope import EVERYONE, Envelope, Kind
from app.exchange.index import Ack
from app.exchange.packagewriter import Scan, Sealed, seal_package
from app.services.office.office import Office
from app.services.packages import sealing
from app.services.packages.trust_store import require_trust
from app.services.packages.writer_replacement import become_new_writer
from database.books import settings
from database.log import packages, revisions
from tests.services.offices import CITY, enrol, reopened

Line = tuple[str, bytes]


def line(
    office: Office,
    type: str,
    body: dict[str, Any],
    *,
    record: str | None = None,
    parents: Sequence[str] = (),
    op: Op | None = None,
    writer: str | None = None,
) -> Line:
    """A revision as this office's PC would write it, whoever the record belongs to."""
    return seal(
        Revision(
            id=record or office.new_id(),
            type=type,
            schema=TYPES[type].schema if type in TYPES else 1,
            parents=tuple(sorted(parents)),
            writer=writer or office.identity.writer,
            at=office.now(),
            by=office.operator,
            op=op or ("edit" if parents else "create"),
            body=body,
        )
    )


def package(
    office: Office,
    path: Path,
    lines: Sequence[Line],
    *,
    to: str = CITY,
    kind: Kind = "submission",
    seq: int | None = None,
    prev: str | None = None,
    created: dt.datetime | None = None,
    acks: Sequence[Ack] = (),
    scans: Sequence[Scan] = (),
    keep: bool = False,
) -> Sealed:
    """Seal these lines as the next of the channel, or as the number named; `keep` it as sealed."""
    with office.store.read() as connection:
        trust = require_trust(connection)
        last = packages.last_sealed(connection, office.identity.writer, to)
        readers = (
            [one.age for one in trust.document.recipients]
            if to == EVERYONE
            else sealing.recipients(office, connection, trust, to)
        )
    number = seq or ((last.seq or 0) + 1 if last else 1)
    before = prev or (last.tip if last and number > 1 else None)
    path.parent.mkdir(parents=True, exist_ok=True)
    sealed = seal_package(
        path,
        Envelope(
            kind=kind,
            station=office.identity.station,
            writer=office.identity.writer,
            to=to,
            seq=number,
            prev=before if number > 1 else None,
            created=(created or office.clock()).isoformat(),
            trust_version=trust.version,
        ),
        key=office.signing_key,
        recipients=readers,
        acks=acks,
        lines=lines,
        attachments=scans,
    )
    if keep:
        with office.store.write() as connection:
            sealing.record_sealed(office, connection, sealed)
    return sealed


def last_revision(office: Office, record: str) -> str:
    """The name of the newest revision of a record here."""
    with office.store.read() as connection:
        return revisions.of_record(connection, record)[-1].h


def second_pc(city: Office, county: Office, root: Path) -> Office:
    """Another PC of the county, enrolled beside the first: a copy that has its own keys."""
    copy = reopened(root, county.clock, copy_of=county.folder.root)
    office = become_new_writer(copy)
    with office.store.write() as connection:
        settings.remove(connection, "supersedes")
    enrol(city, office)
    return office
