"""One package on its way into the records.

Everything is verified before anything of it is kept; a refused package changes
nothing but the package ledger.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial

import msgspec

from app.domain.kernel.progress import Cancel, Progress, Step
from app.exchange.enrol import read_enrol
from app.exchange.files import words_for
from app.exchange.packagereader import Package, open_package
from app.exchange.refusal import Refused
from app.services.office.office import Office
from app.services.packages import package_ledger
from app.services.packages.channels import begin_channel, keep_acks, knows_more, note_losses
from app.services.packages.package_ledger import Arrival
from app.services.packages.trust_store import keep_trust, trust_of
from app.services.receiving import first_trust, held_packages
from app.services.receiving.merge_lines import Merger
from app.services.receiving.package_account import (
    MOST_LISTED,
    Account,
    Doubled,
    counted,
    described,
    of_package,
    of_row,
)
from app.services.receiving.package_warnings import warned
from app.services.records.units import superiors, unit_of
from database.books import settings
from database.log import packages
from database.log.packages import PackageRow
from database.state import shared_numbers
from database.store import attachments as scans
from database.store.attachments import Shelf
from database.store.engine import Connection, part_of

__all__ = ["Account", "Arrival", "Options", "PackageJudge", "Watch"]


class _Preview(Exception):
    """Ends the transaction of a preview without keeping anything."""


@contextmanager
def _naming(package: Package) -> Iterator[None]:
    """Let a refusal say whose package it was."""
    try:
        yield
    except Refused as refusal:
        refusal.header, refusal.tip = package.header, package.tip
        raise


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
class PackageJudge:
    """Judges packages one by one and takes in those that are good."""

    office: Office
    options: Options
    watch: Watch

    def judge(self, arrival: Arrival) -> Account:
        """Verify one package and take it in; a refusal is written into the ledger."""
        return self._opened(arrival, partial(self._admit, arrival))

    @contextmanager
    def together(self) -> Iterator[Callable[[Arrival, Watch], Account]]:
        """What judges several as if those before were in already; nothing of them is kept."""
        judge = replace(self, options=replace(self.options, dry_run=True))
        with (
            suppress(_Preview),
            self.office.store.write() as connection,
            scans.adding(self.office.scans) as shelf,
        ):
            yield partial(judge._after_others, connection, shelf)
            raise _Preview

    def _after_others(
        self, connection: Connection, shelf: Shelf, arrival: Arrival, watch: Watch
    ) -> Account:
        judge = replace(self, watch=watch)

        def decided(package: Package) -> Account:
            judge._require_code(package)
            with part_of(connection), _naming(package):
                return judge._decided(connection, shelf, arrival, package)

        return judge._opened(arrival, decided)

    def _require_code(self, package: Package) -> None:
        if package.new_trust is not None and first_trust.is_first(self.office):
            first_trust.require_code(self.office, package.new_trust.root, self.options.code)

    def _opened(self, arrival: Arrival, take: Callable[[Package], Account]) -> Account:
        with self.office.store.read() as connection:
            trust = trust_of(connection)
        try:
            with open_package(
                arrival.path,
                trust=trust,
                identities=self.office.age_identities,
                passphrase=self.options.passphrase,
                progress=self.watch.progress,
                cancel=self.watch.cancel,
            ) as package:
                # Deciphered before the store is locked: only its merging holds others up.
                package.decrypt(self.watch.progress, self.watch.cancel)
                return take(package)
        except Refused as refusal:
            return self._refused(arrival, refusal)

    def _admit(self, arrival: Arrival, package: Package) -> Account:
        """One transaction: merged whole, or noted for what the ledger knows against it.

        Its scans are kept just before its records, so that no record names a
        scan that a power cut took.
        """
        account = None
        self._require_code(package)
        try:
            with (
                self.office.store.write() as connection,
                scans.adding(self.office.scans) as shelf,
                _naming(package),
            ):
                account = self._decided(connection, shelf, arrival, package)
                if self.options.dry_run:
                    raise _Preview
                self._keep(connection, arrival)
        except _Preview:
            pass
        assert account is not None
        return account

    def _keep(self, connection: Connection, arrival: Arrival) -> None:
        """The file stays where a line of the ledger speaks of it."""
        if any(row.file for row in packages.find(connection, digest=arrival.digest)):
            self.office.kept.keep(connection, [arrival.path])

    def _decided(
        self, connection: Connection, shelf: Shelf, arrival: Arrival, package: Package
    ) -> Account:
        lost = package_ledger.decided_against(connection, package)
        if lost is not None:
            return described(of_row(lost, arrival.name, "refused"), "FORK")
        code = package_ledger.verdict(connection, package)
        row = package_ledger.row_of(self.office, arrival, package, code)
        if code == "DUPLICATE":
            return described(of_package(package, row), code)
        if code:
            return described(of_package(package, package_ledger.write_once(connection, row)), code)
        _require_authority(self.office, connection, package)
        return self._merged(connection, shelf, row, package)

    def _merged(
        self, connection: Connection, shelf: Shelf, row: PackageRow, package: Package
    ) -> Account:
        if _is_joining(connection, package):
            begin_channel(self.office, connection, row)
        packages.forget_lost(connection, row.writer or "", row.to or "", row.seq or 0)
        row = packages.readmit(connection, row)
        account = warned(
            self.office, connection, package, self._taken(connection, shelf, row, package)
        )
        text = msgspec.json.encode(account).decode()
        packages.update(connection, row.n, state=account.state, account=text)
        return account

    def _taken(
        self, connection: Connection, shelf: Shelf, row: PackageRow, package: Package
    ) -> Account:
        """Let each kind of package do what it does."""
        account = of_package(package, row)
        if package.new_trust is not None:
            keep_trust(connection, package.new_trust)
            return msgspec.structs.replace(account, state="recorded")
        if package.header.kind == "enrol":
            read_enrol(package)
            return msgspec.structs.replace(account, state="recorded")
        if package.header.writer != self.office.identity.writer:
            _hear(self.office, connection, package)
        merger = Merger(connection, row.n, self.office.standpoint, self.watch.cancel)
        merger.take(package.lines(progress=self.watch.progress, cancel=self.watch.cancel))
        taken = self._take_scans(merger, shelf, package)
        packages.carry(connection, row.n, (a.facts.sha256 for a in package.attachments()))
        aside = packages.reasons(connection, row.n, MOST_LISTED)
        pairs = shared_numbers.of_records(connection, merger.brought(shared_numbers.KINDS))
        doubles = tuple(Doubled(t.type, t.field, t.one_number, t.other_number) for t in pairs)
        return msgspec.structs.replace(
            counted(account, merger.tally, aside, taken), doubles=doubles
        )

    def _take_scans(self, merger: Merger, shelf: Shelf, package: Package) -> int:
        """Copy the scans in; one that is damaged is parked and the rest goes on."""
        attachments = package.attachments()
        taken = 0
        for done, attachment in enumerate(attachments, 1):
            self.watch.cancel.check()
            self.watch.progress(Step("存入附件", done, len(attachments)))
            if shelf.has(attachment.facts.sha256):
                taken += 1
                continue
            inbox = self.office.folder.inbox
            with words_for(inbox), tempfile.TemporaryFile(dir=inbox) as plain:
                fault = attachment.copy_to(plain, self.watch.cancel)
                if fault is not None:
                    merger.park(fault.h, fault.code, fault.reason)
                    continue
                plain.seek(0)
                shelf.add(plain, attachment.facts.length)
                taken += 1
        return taken

    def _refused(self, arrival: Arrival, refusal: Refused) -> Account:
        """Write down a refusal; a held file is kept for later, another is not."""
        row = package_ledger.refusal_row(self.office, arrival, refusal)
        with self.office.store.read() as connection:
            before = package_ledger.taken_before(connection, refusal)
        if before is not None:
            return described(of_row(before, arrival.name, "duplicate"), "DUPLICATE")
        sentence, remedy = refusal.what, refusal.remedy
        with self.office.store.read() as connection:
            known = packages.find(connection, direction="in", digest=row.digest, state="held")
            if row.state == "held" and not known and not held_packages.has_room(connection, row):
                row = replace(row, state="refused", file=None)
                sentence, remedy = held_packages.FULL, held_packages.FULL_REMEDY
        if not self.options.dry_run:
            with self.office.store.write() as connection:
                row = package_ledger.write_once(connection, row)
                self._keep(connection, arrival)
        return msgspec.structs.replace(
            of_row(row, arrival.name, row.state),
            code=refusal.code,
            sentence=sentence,
            remedy=remedy,
        )


def _require_authority(office: Office, connection: Connection, package: Package) -> None:
    """An answer comes down from an office above, records go up or stay in their office.

    The trust document says which kinds and which channels a writer has; that
    the two fit each other is judged by the tree of offices (KIND_FORBIDDEN).
    """
    station, to, kind = package.header.station, package.header.to, package.header.kind
    city = office.identity.city
    if kind == "answer":
        fits = station == city or station in superiors(connection, to)
    elif kind in ("submission", "urgent") and to not in (station, city):
        fits = to in superiors(connection, station) or unit_of(connection, station) is None
    else:
        fits = True
    if not fits:
        raise Refused("KIND_FORBIDDEN", f"{station} → {to}")


def _is_joining(connection: Connection, package: Package) -> bool:
    """Whether a package lets this office join its channel: 启用包 and restore."""
    if package.header.kind == "trust":
        return trust_of(connection) is None
    by_code = package.header.kind == "reference" and not package.header.recipients
    return by_code or package.header.kind == "restore"


def _hear(office: Office, connection: Connection, package: Package) -> None:
    """Keep what another PC has; an office above may know that this store is a copy."""
    acks = package.index.acks if package.index else ()
    writer = package.header.writer
    keep_acks(connection, writer, tuple(ack for ack in acks if ack.writer != writer))
    note_losses(connection, package.header, acks, office.now())
    above = (office.identity.city, *superiors(connection, office.identity.station))
    if package.header.station in above and knows_more(connection, office.identity.writer, acks):
        settings.put(connection, "restored", {"at": office.now(), "told_by": package.header.writer})
