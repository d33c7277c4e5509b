"""更新后读进: what was set aside because the program was older is judged again by the present one.

One run for all packages, in one transaction, once for each time the program knows more. Records
that came in but named fields which were not known yet are shown with them from then on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.domain.kernel.readable import readable
from app.exchange.records import judge_again
from app.exchange.refusal import Refused
from app.services.office.office import Office
from app.services.packages.sealed_acks import told_of
from app.services.receiving import kept_runs, package_account, run_account
from app.services.receiving.known_fields import added_since, known_before, known_now, note_known
from app.services.receiving.merge_lines import Merger
from app.services.receiving.package_account import Account, Doubled
from app.services.receiving.run_account import AGAIN, Run, RunFile
from app.services.records import state_from_log
from app.services.reviewing import adoptions
from database.log import packages, parked_lines, revisions
from database.log.packages import PackageRow
from database.state import shared_numbers
from database.store.engine import Connection, part_of

_PUT_BACK = "更新后读进的，又撤销了"
_EARLIER = "以前收到的记录"

Pair = tuple[str, str]
"""Type and id of a record."""


@dataclass(frozen=True, slots=True)
class _Sender:
    """Whose lines they are, as far as they are judged by it."""

    kind: str
    writer: str


@dataclass(frozen=True, slots=True)
class _Read:
    """What came of one package, and of which records."""

    file: RunFile
    kind: str
    touched: tuple[Pair, ...]


def catch_up(
    office: Office, *, progress: Progress = silent, cancel: Cancel | None = None
) -> Changes:
    """Judge again what is set aside, if this program knows more than the one that did so.

    Keeps an account where anything came of it. Raises `Cancelled`, and then nothing has changed.
    """
    if office.read_only or not _is_due(office):
        return Changes()
    watch = cancel or Cancel()
    with office.store.write() as connection:
        known = known_before(connection)
        # A colleague's program may have done it while this one waited.
        if known == known_now():
            return Changes()
        progress(Step("正在读以前单独存放的记录"))
        found = list(_read_packages(office, connection, watch))
        shown = _shown_anew(office, connection, known or {}, watch)
        note_known(connection)
        files = (*(one.file for one in found), *_of_shown(len(shown)))
        if not files:
            return Changes()
        run = kept_runs.keep_within(office, connection, Run(files))
    if any(one.kind == "answer" for one in found):
        adoptions.take_over(office)
    touched = [pair for one in found for pair in one.touched]
    return Changes.of([*touched, *shown]) | run.changes | Changes(frozenset({"package"}))


def _is_due(office: Office) -> bool:
    with office.store.read() as connection:
        return known_before(connection) != known_now()


def _read_packages(office: Office, connection: Connection, cancel: Cancel) -> Iterator[_Read]:
    upto = parked_lines.last(connection)
    for package in parked_lines.packages_with(connection):
        cancel.check()
        row = packages.get(connection, package)
        try:
            with part_of(connection):
                found = _read_package(office, connection, row, upto, cancel)
        except Refused:
            # Together they are more than any office sends: they stay where they are.
            continue
        if found.touched:
            yield found


def _read_package(
    office: Office, connection: Connection, row: PackageRow, upto: int, cancel: Cancel
) -> _Read:
    before = parked_lines.standing_in(connection, row.n)
    whole = ((one.h, one.raw) for one in parked_lines.of_package(connection, row.n, upto))
    merger = Merger(connection, row.n, office.standpoint, cancel)
    merger.take(judge_again(_Sender(row.kind or "", row.writer or ""), whole))
    parked_lines.forget(connection, row.n, upto)
    came = {
        n: pair
        for n, pair in parked_lines.standing_in(connection, row.n).items()
        if n not in before
    }
    pairs = shared_numbers.of_records(connection, merger.brought(shared_numbers.KINDS))
    doubles = tuple(Doubled(t.type, t.field, t.one_number, t.other_number) for t in pairs)
    aside = packages.reasons(connection, row.n, package_account.MOST_LISTED)
    account = package_account.with_more(_account(row), merger.tally, aside, doubles)
    _keep_account(connection, row, account)
    ledger = packages.last_n(connection)
    file = run_account.read_later(account, merger.tally, parked_lines.ranges(came), ledger)
    return _Read(file, row.kind or "", tuple(dict.fromkeys(came.values())))


def _account(row: PackageRow) -> Account:
    if row.account is None:
        return package_account.of_row(row, row.note or "", row.state)
    return msgspec.json.decode(row.account, type=readable(Account))


def _keep_account(connection: Connection, row: PackageRow, account: Account) -> None:
    text = msgspec.json.encode(account).decode()
    packages.update(connection, row.n, account=text)


def _shown_anew(
    office: Office, connection: Connection, known: dict[str, list[str]], cancel: Cancel
) -> list[Pair]:
    """Fold the records anew that name a field which was not known when they came."""
    pairs = [
        (kind, record)
        for kind, fields in added_since(known)
        for record in parked_lines.that_name(connection, kind, fields)
    ]
    state_from_log.refold(connection, pairs, office.standpoint, cancel)
    return pairs


def _of_shown(many: int) -> Iterator[RunFile]:
    if many:
        told = f"{many:,} 条里有当时还不认识的项目，现在照样显示。"
        yield RunFile(_EARLIER, AGAIN, told)


# -- taken back


def is_in(connection: Connection, file: RunFile) -> bool:
    """Whether any of what was read later of a package still counts."""
    within = parked_lines.standing_in(connection, file.package)
    return any(first <= n <= last for n in within for first, last in file.again)


def put_back(
    office: Office, file: RunFile, cancel: Cancel | None = None
) -> tuple[int, tuple[Pair, ...]]:
    """Set what was read later of a package aside again: how many savings, of which records.

    What another package brought as well, and what was written here, stays. Raises `UserError`
    ACKNOWLEDGED once its office was told that we have it, `Cancelled`.
    """
    with office.store.write() as connection:
        row = packages.get(connection, file.package)
        if told_of(connection, row, after=file.ledger) is not None:
            raise UserError("ACKNOWLEDGED", "读进以后已经答复对方收到，不能撤销。")
        alone = {n: (kind, one) for n, kind, one in packages.brought_only_by(connection, row.n)}
        standing = parked_lines.standing_in(connection, row.n)
        own = sorted(
            n
            for n in alone.keys() & standing.keys()
            if any(first <= n <= last for first, last in file.again)
        )
        revisions.set_status(connection, own, "withdrawn")
        parked_lines.put_back(connection, row.n, own, _PUT_BACK)
        touched = tuple(dict.fromkeys(alone[n] for n in own))
        state_from_log.refold(connection, touched, office.standpoint, cancel)
        aside = packages.reasons(connection, row.n, package_account.MOST_LISTED)
        _keep_account(connection, row, package_account.with_less(_account(row), file, aside))
    return len(own), touched
