"""What the package ledger knows, and what is written into it (package format §4, §5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from app.exchange.envelope import Header
from app.exchange.packagereader import Package
from app.exchange.refusal import Refused
from app.services.office.office import Office
from app.services.packages.channels import RECEIVED
from database.log import packages
from database.log.packages import PackageRow, PackageState
from database.store.engine import Connection


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file on its way in: the copy in our inbox, its sha256, the name it came under."""

    path: Path
    digest: str
    name: str


STATE_OF_CODE: dict[str, PackageState] = {
    "DUPLICATE": "duplicate",
    "FORK": "frozen",
    "CHAIN_BREAK": "frozen",
    "SIGNER_UNKNOWN": "held",
}
"""What becomes of a package with this code; with any other it is refused."""

REPEATABLE = frozenset({"TRUST_ROLLBACK", "NOT_FOR_US", "REVOKED"})
"""Codes that a package can get long after it was taken in; then it is a DUPLICATE."""


def verdict(connection: Connection, package: Package) -> str:
    """What the ledger alone has against a package: DUPLICATE, FORK, CHAIN_BREAK or nothing.

    A channel that is frozen stays so until a person decides.
    """
    header = package.header
    rows = packages.of_channel(connection, header.writer, header.to)
    if any(row.tip == package.tip for row in rows if row.state in ("merged", "recorded")):
        return "DUPLICATE"
    frozen = next((row for row in rows if row.state == "frozen"), None)
    if frozen is not None:
        return frozen.code or "FORK"
    return _against([row for row in rows if row.state in RECEIVED], header, package.tip)


def decided_against(connection: Connection, package: Package) -> PackageRow | None:
    """The line of a package that a person decided against (FORK); it stays refused."""
    rows = packages.find(connection, direction="in", tip=package.tip, state="refused")
    return next((row for row in rows if row.code == "FORK"), None)


def _against(rows: list[PackageRow], header: Header, tip: str) -> str:
    """Whether a package fits the numbers before and after its own."""
    if any(row.seq == header.seq and row.tip != tip for row in rows):
        return "FORK"
    before = [row.tip for row in rows if row.seq == header.seq - 1]
    after = [row.prev for row in rows if row.seq == header.seq + 1]
    fits = all(one == header.prev for one in before) and all(one == tip for one in after)
    return "" if fits else "CHAIN_BREAK"


def taken_before(connection: Connection, refusal: Refused) -> PackageRow | None:
    """The line of the package that is refused now, but was taken in when it first came."""
    if refusal.code not in REPEATABLE or refusal.tip is None:
        return None
    rows = packages.find(connection, direction="in", tip=refusal.tip)
    return next((row for row in rows if row.state in ("merged", "recorded")), None)


def row_of(office: Office, arrival: Arrival, package: Package, code: str = "") -> PackageRow:
    """The line of a verified package."""
    row = PackageRow(
        "in",
        arrival.digest,
        STATE_OF_CODE.get(code, "merged"),
        office.now(),
        tip=package.tip,
        file=arrival.path.name,
        size=package.size,
        code=code or None,
        note=arrival.name,
    )
    return _named(row, package.header)


def refusal_row(office: Office, arrival: Arrival, refusal: Refused) -> PackageRow:
    """The line of a refusal; the file itself is kept only while it is held."""
    state = STATE_OF_CODE.get(refusal.code, "refused")
    row = PackageRow(
        "in",
        arrival.digest,
        state,
        office.now(),
        tip=refusal.tip,
        file=arrival.path.name if state == "held" else None,
        size=arrival.path.stat().st_size,
        code=refusal.code,
        note=arrival.name,
    )
    return _named(row, refusal.header)


def _named(row: PackageRow, header: Header | None) -> PackageRow:
    if header is None:
        return row
    return replace(
        row,
        package_id=header.package_id,
        kind=header.kind,
        writer=header.writer,
        to=header.to,
        seq=header.seq,
        prev=header.prev,
        created=header.created,
    )


def write_once(connection: Connection, row: PackageRow) -> PackageRow:
    """Write a line, unless the same file stands there so; what was held is held no more."""
    earlier = packages.find(connection, direction="in", digest=row.digest)
    for one in earlier:
        if one.state == row.state:
            return one
    for one in earlier:
        if one.state == "held":
            return packages.rewrite(connection, one.n, row)
    return packages.add(connection, row)
