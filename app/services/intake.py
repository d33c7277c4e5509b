"""One package on its way into the records.

Everything is verified before the write lock is taken; a refused package
changes nothing but the package ledger.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from app.domain.errors import UserError
from app.domain.progress import Cancel, Progress, Step
from app.exchange.enrol import read_enrol
from app.exchange.keys import same_code
from app.exchange.packagereader import Package, open_package
from app.exchange.refusal import CODES, Refused
from app.services.channels import MOST_NAMED, channel_reach, keep_acks, set_baseline
from app.services.merging import Merger, Tally
from app.services.office import Office
from app.services.trusting import keep_trust, trust_of
from database import packages, scans
from database.engine import Connection
from database.packages import PackageRow, PackageState


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one package: its state and code, and every line accounted for.

    `missing` are the numbers of its channel that have not come (缺第几次报送);
    `warnings` are codes that did not keep it out; `parked_items` say what was
    set aside and why.
    """

    file: str
    state: PackageState
    code: str = ""
    sentence: str = ""
    remedy: str = ""
    package: int = 0
    package_id: str = ""
    kind: str = ""
    station: str = ""
    writer: str = ""
    to: str = ""
    seq: int = 0
    part: tuple[int, int] | None = None
    contained: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    conflict: int = 0
    waiting: int = 0
    parked: int = 0
    records: dict[str, int] = {}
    sums: dict[str, str] = {}
    scans: int = 0
    missing: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()
    parked_items: tuple[tuple[str, str], ...] = ()


class _Preview(Exception):
    """Ends the transaction of a preview without keeping anything."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file on its way in: the copy in our inbox, its sha256, the name it came under."""

    path: Path
    digest: str
    name: str


@dataclass(frozen=True, slots=True)
class Options:
    """How a person asked for it (see `receiving.receive`)."""

    dry_run: bool = False
    passphrase: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Watch:
    """Who watches a long job and may stop it."""

    progress: Progress
    cancel: Cancel


@dataclass(frozen=True, slots=True)
class Intake:
    """Judges packages one by one and takes in those that are good."""

    office: Office
    options: Options
    watch: Watch

    def judge(self, arrival: Arrival) -> Account:
        """Verify one package and take it in; a refusal is written into the ledger."""
        with self.office.store.read() as connection:
            trust = trust_of(connection)
        try:
            with open_package(
                arrival.path,
                trust=trust,
                identities=[self.office.secrets.age_identity],
                passphrase=self.options.passphrase,
                progress=self.watch.progress,
                cancel=self.watch.cancel,
            ) as package:
                return self._admit(arrival, package)
        except Refused as refusal:
            return self._refused(arrival, refusal)

    def _admit(self, arrival: Arrival, package: Package) -> Account:
        """One transaction: merged whole, or noted for what the ledger knows against it."""
        account = _of_header(package, _ledger_row(self.office, arrival, package))
        try:
            with self.office.store.write() as connection:
                code = _ledger_code(connection, package)
                row = _ledger_row(self.office, arrival, package)
                if code:
                    account = _noted(connection, row, package, code)
                else:
                    account = self._merged(connection, row, package)
                if self.options.dry_run:
                    raise _Preview
        except _Preview:
            return account
        return account

    def _merged(self, connection: Connection, row: PackageRow, package: Package) -> Account:
        if self.options.passphrase is not None or package.header.kind == "restore":
            _begin_channel(connection, package)
        row = packages.readmit(connection, row)
        account = self._taken(connection, row, package)
        text = msgspec.json.encode(account).decode()
        packages.update(connection, row.n, state=account.state, account=text)
        return account

    def _taken(self, connection: Connection, row: PackageRow, package: Package) -> Account:
        """Let each kind of package do what it does."""
        account = _of_header(package, row)
        if package.new_trust is not None:
            _take_trust(connection, package, self.options.code)
            return msgspec.structs.replace(account, state="recorded")
        if package.header.kind == "enrol":
            read_enrol(package)
            return msgspec.structs.replace(account, state="recorded")
        if package.index and package.header.station != self.office.identity.station:
            keep_acks(connection, package.header.station, package.index.acks)
        merger = Merger(connection, row.n, self.office.standpoint)
        merger.take(package.lines(progress=self.watch.progress, cancel=self.watch.cancel))
        taken = self._take_scans(merger, package)
        packages.carry(connection, row.n, (a.facts.sha256 for a in package.attachments()))
        accounted = _accounted(connection, row, account, merger.tally)
        warned = _warned(self.office, connection, row, accounted)
        return msgspec.structs.replace(warned, scans=taken)

    def _take_scans(self, merger: Merger, package: Package) -> int:
        """Copy the scans in; one that is damaged is parked and the rest goes on."""
        attachments = package.attachments()
        taken = 0
        for done, attachment in enumerate(attachments, 1):
            self.watch.progress(Step("存入附件", done, len(attachments)))
            if scans.has(self.office.scans, attachment.facts.sha256):
                taken += 1
                continue
            with tempfile.TemporaryFile(dir=self.office.folder.inbox) as plain:
                fault = attachment.copy_to(plain, self.watch.cancel)
                if fault is not None:
                    merger.park(fault.h, fault.code, fault.reason)
                    continue
                plain.seek(0)
                scans.add(self.office.scans, plain, limit=attachment.facts.length)
                taken += 1
        return taken

    def _refused(self, arrival: Arrival, refusal: Refused) -> Account:
        """Write down a refusal; a held file is kept for later, another is not."""
        row = _refusal_row(self.office, arrival, refusal)
        if not self.options.dry_run:
            with self.office.store.write() as connection:
                row = _once(connection, row)
        return Account(
            file=arrival.name,
            state=row.state,
            code=refusal.code,
            sentence=refusal.what,
            remedy=refusal.remedy,
            package=row.n,
            package_id=row.package_id or "",
            kind=row.kind or "",
            station=refusal.header.station if refusal.header else "",
            writer=row.writer or "",
            to=row.to or "",
            seq=row.seq or 0,
        )


def _once(connection: Connection, row: PackageRow) -> PackageRow:
    """Write a line unless the same file stands there in the same state."""
    earlier = packages.find(connection, direction="in", digest=row.digest, state=row.state)
    return earlier[0] if earlier else packages.add(connection, row)


def _ledger_code(connection: Connection, package: Package) -> str:
    """What the ledger alone knows against a package: DUPLICATE, FORK, CHAIN_BREAK or nothing."""
    header = package.header
    rows = packages.of_channel(connection, header.writer, header.to)
    here = [row for row in rows if row.state in ("merged", "recorded")]
    if any(row.tip == package.tip for row in here):
        return "DUPLICATE"
    if any(row.state == "frozen" and row.tip != package.tip for row in rows):
        return "FORK"
    others = [row for row in rows if row.state in ("merged", "recorded", "withdrawn")]
    if any(row.seq == header.seq and row.tip != package.tip for row in others):
        return "FORK"
    tips = {row.seq: row.tip for row in others}
    before = tips.get(header.seq - 1, header.prev)
    after = [row.prev for row in others if row.seq == header.seq + 1]
    return "CHAIN_BREAK" if before != header.prev or any(p != package.tip for p in after) else ""


_STATE_OF_CODE: dict[str, PackageState] = {
    "DUPLICATE": "duplicate",
    "FORK": "frozen",
    "CHAIN_BREAK": "frozen",
    "SIGNER_UNKNOWN": "held",
}


def _ledger_row(office: Office, arrival: Arrival, package: Package) -> PackageRow:
    header = package.header
    return PackageRow(
        "in",
        arrival.digest,
        "merged",
        office.now(),
        tip=package.tip,
        package_id=header.package_id,
        kind=header.kind,
        writer=header.writer,
        to=header.to,
        seq=header.seq,
        prev=header.prev,
        created=header.created,
        file=arrival.path.name,
        size=package.size,
        note=arrival.name,
    )


def _refusal_row(office: Office, arrival: Arrival, refusal: Refused) -> PackageRow:
    state = _STATE_OF_CODE.get(refusal.code, "refused")
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
    header = refusal.header
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


def _of_header(package: Package, row: PackageRow) -> Account:
    header = package.header
    return Account(
        file=row.note or "",
        state=row.state,
        package=row.n,
        package_id=header.package_id,
        kind=header.kind,
        station=header.station,
        writer=header.writer,
        to=header.to,
        seq=header.seq,
        part=header.part,
        sums=dict(package.index.cover.sums) if package.index else {},
    )


def _noted(connection: Connection, row: PackageRow, package: Package, code: str) -> Account:
    """A verified package that the ledger speaks against: note it, keep nothing of it."""
    row = replace(row, state=_STATE_OF_CODE[code], code=code)
    row = _once(connection, row) if code != "DUPLICATE" else row
    words = CODES[code]
    return msgspec.structs.replace(
        _of_header(package, row), code=code, sentence=f"{words.what}。", remedy=words.remedy
    )


def _begin_channel(connection: Connection, package: Package) -> None:
    """An office that joins (again) counts the channel on from here."""
    header = package.header
    if not packages.of_channel(connection, header.writer, header.to):
        set_baseline(connection, header.writer, header.to, header.seq - 1)


def _take_trust(connection: Connection, package: Package, code: str | None) -> None:
    """Keep a newer trust document; the very first is compared with the 核对码 heard."""
    trust = package.new_trust
    assert trust is not None
    if trust_of(connection) is None:
        if code is not None and not same_code(code, trust.root):
            raise UserError(
                "CODE_DIFFERS",
                "核对码与启用包不一致。",
                remedy="请用电话与市总工会重新核对，不要使用这个启用包。",
            )
        set_baseline(connection, package.header.writer, package.header.to, package.header.seq - 1)
    keep_trust(connection, trust)


def _accounted(connection: Connection, row: PackageRow, account: Account, tally: Tally) -> Account:
    aside = packages.parked(connection, row.n)
    return msgspec.structs.replace(
        account,
        contained=tally.contained,
        new=tally.new,
        changed=tally.changed,
        same=tally.same,
        conflict=tally.conflict,
        waiting=tally.waiting,
        parked=tally.parked,
        records=dict(sorted(tally.records.items())),
        parked_items=tuple((item.code, item.reason) for item in aside),
    )


def _warned(office: Office, connection: Connection, row: PackageRow, account: Account) -> Account:
    """What did not keep the package out but is to be known."""
    lacking = channel_reach(connection, account.writer, account.to).missing[:MOST_NAMED]
    ahead = _created(row) - office.clock() > dt.timedelta(hours=24)
    codes = (["APPLIED_WITH_GAP"] if lacking else []) + (["CLOCK_SKEW"] if ahead else [])
    codes += ["REV_FORBIDDEN" for code, _ in account.parked_items if code == "REV_FORBIDDEN"][:1]
    codes += ["RECORD_INVALID" for code, _ in account.parked_items if code == "RECORD_INVALID"][:1]
    if not codes:
        return account
    words = CODES[codes[0]]
    return msgspec.structs.replace(
        account,
        missing=lacking,
        warnings=tuple(codes),
        code=codes[0],
        sentence=f"{words.what}。",
        remedy=words.remedy,
    )


def _created(row: PackageRow) -> dt.datetime:
    return dt.datetime.fromisoformat(row.created or "")
