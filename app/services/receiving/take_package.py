"""收件: package files become part of this office's records, or are refused with a reason."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import IO

from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import Problem
from app.domain.kernel.file_names import shown_name
from app.domain.kernel.progress import Cancel, Progress, Step, of_several, silent
from app.domain.records import Document, Review
from app.exchange.container import LARGEST
from app.exchange.files import opened, settle, words_for
from app.services.office.alone import alone
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.packages.kept_files import cause_of, place_of
from app.services.packages.package_ledger import Arrival
from app.services.packages.writer_replacement import take_over_lost
from app.services.receiving import read_again
from app.services.receiving.find_packages import Found
from app.services.receiving.judge_package import Options, PackageJudge, Watch
from app.services.receiving.package_account import Account
from app.services.reviewing import adoptions
from database.log import packages

__all__ = ["Account", "changes_of", "preview", "receive", "receive_all", "retry_held"]


def take_in(
    office: Office,
    path: Path,
    *,
    dry_run: bool = False,
    passphrase: str | None = None,
    code: str | None = None,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Account:
    """Take one package file in.

    `dry_run` shows what would come of it and keeps nothing. `passphrase` is the
    启用码 of a reference package; `code` the 核对码 of the city, asked for when
    the first trust document arrives. A refusal is an `Account`, not an
    exception; `EnvironmentProblem` and `Cancelled` are raised and leave no trace.
    """
    watch = Watch(progress, cancel or Cancel())
    intake = PackageJudge(office, Options(dry_run, passphrase, code), watch)
    if not dry_run:
        read_again.catch_up(office, progress=progress, cancel=cancel)
    with alone(office.folder.receiving, watch.cancel):
        arrival = _copy_in(office, path, watch)
        try:
            account = intake.judge(arrival)
        finally:
            _forget_unknown(office, arrival)
    if account.kind == "trust" and account.state == "recorded" and not dry_run:
        take_over_lost(office)
        retry_held(office, progress=progress, cancel=cancel)
    if account.kind == "answer" and account.state == "merged" and not dry_run:
        adoptions.take_over(office)
    return account


receive = needs("receive")(take_in)
"""`take_in` as an action of who is at work; registering and setting up take in themselves."""


_GROUPED = ("submission", "urgent", "answer")


def preview(
    office: Office,
    found: Sequence[Found],
    *,
    passphrase: str | None = None,
    code: str | None = None,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> list[Account | Problem]:
    """What would come of these files, taken in in this order; nothing of them is kept.

    Those of one office are judged in one transaction that is given up at its end: each is
    seen with those before it in. What cannot be read is its `Problem`. Raises `Cancelled`.
    """
    judge = PackageJudge(
        office, Options(True, passphrase, code), Watch(progress, cancel or Cancel())
    )
    done: list[Account | Problem] = []
    for _, group in groupby(found, _office_of):
        with judge.together() as decide:
            for one in group:
                told = of_several(progress, len(done) + 1, len(found), one.path.name)
                watch = Watch(told, judge.watch.cancel)
                done.append(_previewed(office, one.path, decide, watch))
    return done


def _office_of(found: Found) -> str:
    """Whose records a file brings; what brings none, or cannot be read, is judged by itself."""
    head = found.header
    return head.station if head is not None and head.kind in _GROUPED else str(found.path)


def _previewed(
    office: Office, path: Path, decide: Callable[[Arrival, Watch], Account], watch: Watch
) -> Account | Problem:
    try:
        with alone(office.folder.receiving, watch.cancel):
            arrival = _copy_in(office, path, watch)
            try:
                return decide(arrival, watch)
            finally:
                _forget_unknown(office, arrival)
    except Problem as problem:
        return problem


def retry_held(
    office: Office, *, progress: Progress = silent, cancel: Cancel | None = None
) -> list[Account]:
    """Look again at the packages held because their writer was not enrolled.

    A file that is gone or damaged here is passed over: `kept_files` says so.
    """
    with office.store.read() as connection:
        held = packages.find(connection, direction="in", state="held")
    intake = PackageJudge(office, Options(), Watch(progress, cancel or Cancel()))
    accounts = []
    for row in sorted(held, key=lambda row: (row.writer or "", row.seq or 0)):
        intake.watch.cancel.check()
        if cause_of(office, row) is None:
            arrival = Arrival(place_of(office, row), row.digest, row.note or "")
            accounts.append(intake.judge(arrival))
    return accounts


def _sweep(office: Office) -> None:
    """Remove what a power cut left in the inbox: files that no line of the ledger speaks of.

    Nobody else receives meanwhile, so that none of them is still on its way.
    """
    here = {path.name for path in office.folder.inbox.iterdir()}
    with office.store.read() as connection:
        left = here - packages.kept_files(connection)
    for name in left:
        _remove(office.folder.inbox / name)


def _remove(path: Path) -> None:
    """Remove a file that nobody needs; one that cannot be removed now goes with the next sweep."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _copy_in(office: Office, path: Path, watch: Watch) -> Arrival:
    """Copy the file into the inbox under its sha256; the source is only read."""
    with words_for(office.folder.inbox):
        office.folder.inbox.mkdir(parents=True, exist_ok=True)
    _sweep(office)
    with words_for(path), opened(path, LARGEST) as source:
        # A name of our own: with an ending more, theirs may be longer than the disk takes.
        part = office.folder.inbox / f"{secrets.token_hex(16)}.part"
        try:
            digest = _copied(source, part, os.fstat(source.fileno()).st_size, watch)
            target = office.folder.inbox / f"{digest}.zfpkg"
            part.replace(target)
        finally:
            _remove(part)
    return Arrival(target, digest, shown_name(path.name))


def _copied(source: IO[bytes], part: Path, total: int, watch: Watch) -> str:
    digest = hashlib.sha256()
    done = 0
    with part.open("wb") as copy:
        while piece := source.read(1 << 20):
            watch.cancel.check()
            digest.update(piece)
            copy.write(piece)
            done += len(piece)
            watch.progress(Step("拷入文件", done, total))
        settle(copy)
    return digest.hexdigest()


def _forget_unknown(office: Office, arrival: Arrival) -> None:
    """A file that no line of the ledger speaks of does not stay."""
    with office.store.read() as connection:
        known = packages.find(connection, direction="in", digest=arrival.digest)
    if not any(row.file for row in known):
        _remove(arrival.path)


def changes_of(accounts: Sequence[Account]) -> Changes:
    """What pages to redraw after a round of 收件; a review may have been taken over at once."""
    named = {name for account in accounts for name in account.records}
    taken_over = {Document.type_name} if Review.type_name in named else set()
    return Changes(frozenset(named | taken_over))


@needs("receive")
def receive_all(
    office: Office,
    paths: Iterable[Path],
    *,
    dry_run: bool = False,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> list[Account]:
    """Take several files, each in its own transaction, in order of their names."""
    return [
        receive(office, path, dry_run=dry_run, progress=progress, cancel=cancel)
        for path in sorted(paths)
    ]
