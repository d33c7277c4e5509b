"""Sealing: what a channel has not packed yet becomes its next package, once (package format §1).

The sealed file lies fsynced in the outbox and its number is committed before
anything is copied; copying can be repeated for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

from app.domain.kernel.errors import EnvironmentProblem, UserError
from app.domain.kernel.file_names import is_seen, safe_file_name
from app.domain.kernel.progress import Cancel, Progress, silent
from app.domain.records import Attachment
from app.exchange import stick
from app.exchange.envelope import EVERYONE, Envelope, Kind
from app.exchange.files import words_for
from app.exchange.packagewriter import Scan, Sealed, seal_package
from app.exchange.trust import Trust
from app.services.office.office import Office, copied_elsewhere
from app.services.packages.channels import acks_for, own_losses, unconfirmed, without_old_trust
from app.services.packages.kept_files import require_whole
from app.services.packages.package_parts import Cut, Packed, Parcel, scans_in
from app.services.packages.sealed_acks import note_acks
from app.services.packages.trust_store import trust_of
from app.services.packages.writer_replacement import predecessor
from app.services.records.units import superiors
from database.log import packages, unsent_revisions
from database.log.packages import PackageRow
from database.log.unsent_revisions import Sealable
from database.store import attachments
from database.store.engine import Connection

MAIL = 15_000_000
USB = 500_000_000
"""Bytes per package for mail and for a stick; past it follow further parts."""


Also = Callable[[Connection, Sequence[Sealed]], None]


def seal(
    office: Office,
    to: str,
    kind: Kind,
    wanted: Callable[[Sealable], bool],
    *,
    types: Collection[str] | None = None,
    passphrase: str | None = None,
    cap: int = USB,
    even_empty: bool = False,
    also: Also | None = None,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> list[Sealed]:
    """Seal the unsent revisions that are `wanted` for the office `to`, in as many parts as needed.

    `types` (names) are those that can be wanted at all, where they are few. Nothing unsent
    gives an empty list, unless `even_empty` (an answer that only acknowledges). `also` writes
    what belongs to it in the same transaction. Raises `UserError` COPIED_STORE when this store
    must first become a new writer.
    """
    with writing(office) as connection, office.store.read() as reader:
        sealer = _Sealer(office, connection, to, kind, passphrase, progress, cancel)
        unsent = filter(wanted, unsent_revisions.unsent(reader, office.identity.writer, to, types))
        parcels = _parcels(sealer, unsent, cap) or ([Parcel(())] if even_empty else [])
        sealed = [sealer.seal(parcel, n, len(parcels)) for n, parcel in enumerate(parcels, 1)]
        if also is not None:
            also(connection, sealed)
        return sealed


def _parcels(sealer: _Sealer, unsent: Iterator[Sealable], cap: int) -> list[Parcel]:
    first = next(unsent, None)
    if first is None:
        return []
    rows = chain([first], unsent)
    return [Parcel(rows)] if _surely_fits(sealer.office, cap) else sealer.parcels(rows, cap)


def _surely_fits(office: Office, cap: int) -> bool:
    """Whether everything this store holds is below the cap, so that nothing need be measured."""
    files = (office.folder.store, office.folder.scans)
    return sum(file.stat().st_size for file in files if file.exists()) <= cap


@contextmanager
def writing(office: Office) -> Iterator[Connection]:
    """One transaction in which packages are sealed: no file stays without its number.

    The outbox is looked at only while nobody else can seal, so that what came in
    the meantime is ours.
    """
    place = office.folder.outbox
    with words_for(place):
        place.mkdir(parents=True, exist_ok=True)
    ours: set[Path] = set()
    try:
        with office.store.write() as connection:
            before = set(place.iterdir())
            try:
                yield connection
            finally:
                ours = set(place.iterdir()) - before
    except BaseException:  # whatever ended it, also Ctrl+C: a file without a number is no package
        if ours:
            with suppress(EnvironmentProblem, OSError):
                _forget(office, ours)
        raise


def _forget(office: Office, files: Iterable[Path]) -> None:
    """Remove files that have no number, while nobody else can give them one."""
    with office.store.write() as connection:
        for file in files:
            if not packages.find(connection, direction="out", file=file.name):
                file.unlink(missing_ok=True)


_BARE = {"answer", "reference"}
"""Kinds that carry no scans."""


def refuse_copied(office: Office) -> None:
    """A copied or restored store sends nothing under its old name."""
    if copied_elsewhere(office):
        raise UserError(
            "COPIED_STORE",
            "这份数据是复制来的或从备份恢复的，还不能报送。",
            why="原来的电脑可能已经用过同样的报送次数。",
            remedy="请重新办理报送单位登记（zoufang keys rotate）。",
        )


@dataclass(frozen=True, slots=True)
class _Sealer:
    """Seals the parts of one export, one after the other, in one transaction."""

    office: Office
    connection: Connection
    to: str
    kind: Kind
    passphrase: str | None
    progress: Progress
    cancel: Cancel | None

    def parcels(self, rows: Iterable[Sealable], cap: int) -> list[Parcel]:
        """Cut revisions, then their scans, into parts below the cap; records travel first."""
        cut = Cut(cap)
        named: dict[str, Attachment] = {}
        for row in rows:
            named.update(self._named(row))
            cut.add(len(row.raw), row=row)
        for scan in self._unsent(named):
            cut.add(scan.size or 0, scan=scan)
        return cut.parcels

    def seal(self, parcel: Parcel, part: int, parts: int) -> Sealed:
        """Write one package into the outbox and its number into the ledger."""
        office, connection = self.office, self.connection
        trust = trust_of(connection)
        envelope = next_envelope(office, connection, self.to, self.kind, trust)
        if parts > 1:
            envelope = replace(envelope, part=(part, parts))
        own = own_losses(connection, office.identity.writer, self.to)
        acks = acks_for(connection, self.to)
        packed = Packed()
        sealed = seal_package(
            office.folder.outbox / advisory_name(envelope),
            envelope,
            key=office.signing_key,
            recipients=() if self.passphrase else recipients(office, connection, trust, self.to),
            passphrase=self.passphrase,
            acks=[*acks, *own],
            lines=self._lines(parcel, packed),
            attachments=self._attachments(parcel, packed),
            progress=self.progress,
            cancel=self.cancel,
        )
        row = record_sealed(office, connection, sealed)
        note_acks(connection, row.n, acks)
        packages.deliver(connection, row.n, packed.numbers)
        packages.carry(connection, row.n, packed.scans)
        return sealed

    def _lines(self, parcel: Parcel, packed: Packed) -> Iterator[tuple[str, bytes]]:
        for row in parcel.rows:
            packed.numbers.append(row.n)
            if parcel.scans is None:
                packed.named.update(self._named(row))
            yield row.h, row.raw

    def _attachments(self, parcel: Parcel, packed: Packed) -> Iterator[Scan]:
        """Asked for only after the last line, when every scan is named."""
        wanted = self._unsent(packed.named) if parcel.scans is None else parcel.scans
        packed.scans.extend(scan.sha256 for scan in wanted)
        yield from _scans(self.office, wanted)

    def _named(self, row: Sealable) -> dict[str, Attachment]:
        if self.kind in _BARE or b'"attachments"' not in row.raw:
            return {}
        return {scan.sha256: scan for scan in scans_in(row.raw)}

    def _unsent(self, named: Mapping[str, Attachment]) -> list[Attachment]:
        sent = packages.carried(self.connection, self.office.identity.writer, self.to)
        fresh = (scan for scan in named.values() if scan.sha256 not in sent)
        return [scan for scan in fresh if attachments.has(self.office.scans, scan.sha256)]


def _scans(office: Office, wanted: Sequence[Attachment]) -> Iterator[Scan]:
    for scan in wanted:
        yield Scan(
            scan.sha256,
            safe_file_name(scan.name),
            "".join(filter(is_seen, scan.type)) or "application/octet-stream",
            partial(attachments.open_scan, office.scans, scan.sha256),
        )


def scans_named(office: Office, raws: Iterable[bytes]) -> Iterator[Scan]:
    """Every scan that these revisions (raw bytes) name and that is here."""
    named = {scan.sha256: scan for raw in raws for scan in scans_in(raw)}
    here = [scan for scan in named.values() if attachments.has(office.scans, scan.sha256)]
    return _scans(office, here)


def next_envelope(
    office: Office, connection: Connection, to: str, kind: Kind, trust: Trust | None
) -> Envelope:
    """The envelope of the channel's next package; raises `UserError` COPIED_STORE."""
    refuse_copied(office)
    last = packages.last_sealed(connection, office.identity.writer, to)
    return Envelope(
        kind=kind,
        station=office.identity.station,
        writer=office.identity.writer,
        to=to,
        seq=(last.seq or 0) + 1 if last else 1,
        prev=last.tip if last else None,
        created=office.now(),
        trust_version=trust.version if trust else 0,
    )


def advisory_name(of: Envelope | PackageRow) -> str:
    """The file's name: who, to whom, which number. Nobody relies on it."""
    return f"{of.writer}_to_{of.to}_{of.seq or 0:06d}.zfpkg"


def recipients(office: Office, connection: Connection, trust: Trust | None, to: str) -> list[str]:
    """The office addressed, the offices above it on the path, and our own."""
    if trust is None:
        raise UserError(
            "NO_TRUST",
            "还没有装入市总工会的启用包，不能报送。",
            remedy="请装入启用包并核对核对码。",
        )
    if to == EVERYONE:
        stations = list(dict.fromkeys(one.station for one in trust.document.recipients))
    else:
        stations = [to, *superiors(connection, to), office.identity.station]
        if not trust.recipients(to):
            raise UserError(
                "NOT_ENROLLED",
                "收件单位还没有办理报送单位登记。",
                remedy="请等登记完成、装入新的登记文件后再试。",
            )
    return list(dict.fromkeys([*trust.recipients(*stations), office.recipient]))


def record_sealed(office: Office, connection: Connection, sealed: Sealed) -> PackageRow:
    """Write a sealed package's number into the ledger, and keep its file with it."""
    header = sealed.header
    row = PackageRow(
        "out",
        sealed.tip,
        "sealed",
        office.now(),
        tip=sealed.tip,
        package_id=header.package_id,
        kind=header.kind,
        writer=header.writer,
        to=header.to,
        seq=header.seq,
        prev=header.prev,
        created=header.created,
        file=sealed.path.name,
        size=sealed.size,
    )
    office.kept.keep(connection, [sealed.path])
    return packages.add(connection, row)


def unacknowledged(office: Office, to: str, station: str | None = None) -> list[Path]:
    """The sealed files of our channel that an office has not confirmed, in order.

    The office is the one addressed; where that is everyone, the one named. What
    the writer in whose place we stand had sealed goes too, until its end is known.
    """
    with office.store.read() as connection:
        writers = [predecessor(office, connection), office.identity.writer]
        rows = [
            row
            for one in filter(None, writers)
            for row in unconfirmed(connection, one, to, station or to)
            if row.file
        ]
    return [office.kept.outbox(str(row.file)) for row in without_old_trust(rows)]


def copy_out(
    office: Office,
    files: Sequence[Path],
    folder: Path,
    *,
    names: Mapping[Path, str] | None = None,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> list[Path]:
    """Copy sealed files to a stick or folder, each read back and compared.

    None is copied before all are known to be what was sealed. `names` are for files
    that do not lie under the name they are to have there. Raises as `require_whole`.
    """
    require_whole(office, files)
    with words_for(folder):
        folder.mkdir(parents=True, exist_ok=True)
    names = names or {}
    return [
        stick.copy_to_stick(file, folder, progress, cancel, name=names.get(file)) for file in files
    ]
