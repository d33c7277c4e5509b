"""收件, first form: files are copied in and looked at before anything of them is taken in.

A file waits in a folder of its own until a person takes it in or puts it away; what
cannot be taken in is written into the ledger at once, and listed with its reason.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import Problem, UserError
from app.domain.kernel.file_names import shortened, shown_name
from app.domain.kernel.progress import Cancel, Progress, silent
from app.exchange.container import LARGEST
from app.exchange.files import CHUNK, opened, words_for
from app.exchange.stick import copy_to_stick
from app.services.office.alone import alone
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.receiving import find_packages, held_packages, package_undo, take_package
from app.services.receiving.find_packages import SUFFIX
from app.services.receiving.package_account import Account
from app.services.receiving.take_package import changes_of
from database.books import away_lines

_ZIP = b"PK\x03\x04"
AT_ONCE = frozenset({"held", "frozen", "refused", "duplicate"})
"""What becomes of a file that nobody has to decide on: it is written down when it comes."""
TOO_NEW = "VERSION_TOO_NEW"
"""Why a file is refused that waits all the same: after its update the program reads it."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file copied in and not taken in yet, under the name it came with; `digest` its sha256."""

    digest: str
    path: Path

    @property
    def name(self) -> str:
        """The name it came under."""
        return self.path.name


@dataclass(frozen=True, slots=True)
class Chosen:
    """The files of a drop or a stick that are for us, and those that are not."""

    files: tuple[Path, ...]
    passed_over: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """What would come of a file, or (written down already) came of it; `waiting` if it waits.

    `problem` says why a file could not even be copied in; `source` is the folder it came from.
    """

    name: str
    account: Account | None = None
    waiting: Waiting | None = None
    problem: Problem | None = None
    source: Path | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of packages that were taken in, and what to redraw."""

    accounts: tuple[Account, ...]

    @property
    def changes(self) -> Changes:
        """What to redraw; the ledger too where no record changed."""
        return changes_of(self.accounts) | Changes(frozenset({"package"}))


def choose(
    office: Office,
    sources: Iterable[Path],
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Chosen:
    """Which files of what was dropped are for this office, in turn; folders are looked into.

    A file named itself is left out only when this office wrote it. Raises
    `UserError` TOO_MANY_FILES, `Cancelled`.
    """
    with words_for(Path()):
        found = find_packages.chosen(office, sources, deep=True, progress=progress, cancel=cancel)
    return Chosen(
        tuple(one.path for one in found if one.is_wanted),
        tuple(one.path for one in found if not one.is_wanted),
    )


def admit(
    office: Office, file: Path, *, progress: Progress = silent, cancel: Cancel | None = None
) -> Looked:
    """Copy a file in and look at it; the source is only read.

    A stick that was pulled, a file that is no package or the first trust document,
    which is taken in with its 核对码 alone, comes back as `problem`.
    """
    try:
        with alone(office.folder.receiving, cancel or Cancel()):
            waiting = _copied_in(office, file, progress, cancel)
        try:
            looked = look(office, waiting, progress=progress, cancel=cancel)
        except UserError:
            _forget(office, waiting)
            raise
    except Problem as problem:
        return Looked(shown_name(file.name), problem=problem, source=file.parent)
    return Looked(shown_name(file.name), looked.account, looked.waiting, source=file.parent)


def look(
    office: Office, waiting: Waiting, *, progress: Progress = silent, cancel: Cancel | None = None
) -> Looked:
    """What would come of a waiting file now; nothing of it is kept.

    What is not to be taken in is written into the ledger and waits no longer; so is a
    报送单位登记, which is approved elsewhere. What a newer program made goes on waiting.
    """
    take_in = take_package.take_in
    with alone(office.folder.receiving, cancel or Cancel()):
        account = take_in(office, waiting.path, dry_run=True, progress=progress, cancel=cancel)
        written = account.state in AT_ONCE or account.kind == "enrol"
        if account.code == TOO_NEW or not written:
            return Looked(waiting.name, account, waiting)
        account = take_in(office, waiting.path, progress=progress, cancel=cancel)
        _forget(office, waiting)
    return Looked(waiting.name, account)


def look_together(
    office: Office,
    files: Sequence[Waiting],
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> list[Looked]:
    """What would come of several waiting files, each with the earlier ones of its office in.

    Nothing of them is kept, and all of them go on waiting.
    """
    with alone(office.folder.receiving, cancel or Cancel()):
        found = find_packages.chosen(office, [one.path for one in files], cancel=cancel)
        judged = take_package.preview(office, found, progress=progress, cancel=cancel)
    by_path = {one.path: one for one in files}
    told = zip((by_path[one.path] for one in found), judged, strict=True)
    return [Looked(one.name, account, one) for one, account in told if isinstance(account, Account)]


def look_unsure(
    office: Office,
    looked: Mapping[str, Account],
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> list[Looked]:
    """Look together at the files of each office of which one seemed to lack an earlier one.

    `looked` are the accounts of looking at each by itself, by sha256.
    """
    files: dict[str, list[Waiting]] = {}
    for one in waiting(office):
        if one.digest in looked:
            files.setdefault(looked[one.digest].station, []).append(one)
    unsure = {one.station for one in looked.values() if one.missing or one.waiting}
    several = [files[station] for station in sorted(unsure & files.keys())]
    wanted = [one for some in several if len(some) > 1 for one in some]
    return look_together(office, wanted, progress=progress, cancel=cancel) if wanted else []


def waiting(office: Office) -> list[Waiting]:
    """The files that wait, by name."""
    files = [
        Waiting(folder.name, path)
        for folder in _entries(office.folder.arrivals)
        for path in _entries(folder)
        if path.suffix != ".part"
    ]
    return sorted(files, key=lambda one: (one.name, one.digest))


def _entries(folder: Path) -> Sequence[Path]:
    """What lies in a folder; nothing where it is gone: another thread takes its file in."""
    try:
        return list(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return ()


@needs("receive")
def put_away(office: Office, one: Waiting) -> None:
    """Forget a waiting file; nothing of it was taken in."""
    _forget(office, one)


def _forget(office: Office, one: Waiting) -> None:
    with alone(office.folder.receiving, Cancel()):
        shutil.rmtree(office.folder.arrivals / one.digest, ignore_errors=True)


@needs("receive")
def take(
    office: Office, one: Waiting, *, progress: Progress = silent, cancel: Cancel | None = None
) -> Taken:
    """汇总 a waiting file, in one transaction; raises as `receiving.receive`."""
    with alone(office.folder.receiving, cancel or Cancel()):
        account = take_package.receive(office, one.path, progress=progress, cancel=cancel)
        _forget(office, one)
    return Taken((account,))


@needs("receive")
def retry(office: Office, *, progress: Progress = silent, cancel: Cancel | None = None) -> Taken:
    """Look again at what is held until its writer is enrolled."""
    return Taken(tuple(take_package.retry_held(office, progress=progress, cancel=cancel)))


@needs("receive")
def take_again(
    office: Office, package: int, *, progress: Progress = silent, cancel: Cancel | None = None
) -> Taken:
    """汇总 again what was taken back; raises as `undoing.merge_again`."""
    return Taken((package_undo.merge_again(office, package, progress=progress, cancel=cancel),))


def away(office: Office) -> frozenset[int]:
    """The lines of the ledger that a person no longer wants to see among what waits."""
    with office.store.read() as connection:
        return away_lines.every(connection)


@needs("receive")
def put_line_away(office: Office, package: int) -> Changes:
    """Stop listing a line of the ledger (不能接收) among what waits; the ledger keeps it."""
    return _line_away(office, package)


def _line_away(office: Office, package: int) -> Changes:
    with office.store.write() as connection:
        away_lines.add(connection, package, office.now(), office.operator)
    return Changes(frozenset({"package"}))


def give_up_held(office: Office, package: int, reason: str) -> Changes:
    """放弃留存: delete a held file and list it no more; raises as `held_packages.discard`."""
    return held_packages.discard(office, package, reason) | _line_away(office, package)


def _copied_in(office: Office, file: Path, progress: Progress, cancel: Cancel | None) -> Waiting:
    with words_for(file), opened(file, LARGEST) as source:
        if file.suffix.lower() != SUFFIX and source.read(len(_ZIP)) != _ZIP:
            raise UserError(
                "NOT_A_PACKAGE",
                f"“{shown_name(file.name)}”不是报送文件。",
                remedy=f"报送文件的名称以 {SUFFIX} 结尾，请核对。",
            )
        digest = _digest(source, cancel or Cancel())
    folder = office.folder.arrivals / digest
    there = _files_in(folder)
    if there:
        return Waiting(digest, there[0])
    with words_for(folder):
        folder.mkdir(parents=True, exist_ok=True)
    try:
        name = shortened(shown_name(file.name))
        return Waiting(digest, copy_to_stick(file, folder, progress, cancel, name=name))
    finally:
        with suppress(OSError):
            folder.rmdir()


def _digest(source: IO[bytes], cancel: Cancel) -> str:
    source.seek(0)
    digest = hashlib.sha256()
    while piece := source.read(CHUNK):
        cancel.check()
        digest.update(piece)
    return digest.hexdigest()


def _files_in(folder: Path) -> Sequence[Path]:
    return [path for path in _entries(folder) if path.suffix != ".part"]
