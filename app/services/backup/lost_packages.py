"""报送文件 that are missing or damaged here: brought back from wherever they lie, or declared lost.

A package is sealed once, so that a number never stands for two things. Where no
copy of it is left, its number is given up: the office above is told so in the next
package of the channel, and what it held goes out again under a new number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import Problem, UserError
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.exchange.stick import copy_to_stick
from app.services.backup import backup_file
from app.services.backup.backup import SUFFIX as BACKUP
from app.services.backup.backup import workspace
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.office.rekeying import REPLACED
from app.services.packages.kept_files import (
    Broken,
    cause_of,
    examine_kept,
    is_file_of,
    place_of,
)
from app.services.receiving.find_packages import packages_in
from app.services.registering import enrolment
from database.log import packages
from database.log.packages import PackageRow


@dataclass(frozen=True, slots=True)
class Mended:
    """Which files were brought back, and which are still missing or damaged."""

    back: tuple[Broken, ...]
    left: tuple[Broken, ...]

    @property
    def changes(self) -> Changes:
        """What to redraw."""
        return Changes(frozenset({"package"}))


def bring_back(
    office: Office,
    places: Sequence[Path] = (),
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Mended:
    """Put the very same bytes back, from sticks, folders, backups or elsewhere in the data folder.

    `places` are looked into as well, folders in folders too. Every candidate is
    judged by the tip or sha256 in the ledger. Raises `Cancelled`, `EnvironmentProblem`.
    """
    watch = cancel or Cancel()
    broken = examine_kept(office, progress=progress, cancel=watch)
    with office.store.read() as connection:
        wanted = {one.package: packages.get(connection, one.package) for one in broken}
    with workspace(office.folder) as spare:
        for found in _candidates(office, places, wanted.values(), spare, watch):
            if not wanted:
                break
            progress(Step("正在找回报送文件", len(broken) - len(wanted), len(broken)))
            _put_back(office, found, wanted, watch)
    back = tuple(one for one in broken if one.package not in wanted)
    return Mended(back, tuple(one for one in broken if one.package in wanted))


def _put_back(office: Office, found: Path, wanted: dict[int, PackageRow], watch: Cancel) -> None:
    watch.check()
    for n, row in list(wanted.items()):
        try:
            fits = is_file_of(row, found)
        except Problem:
            return
        if fits:
            target = place_of(office, row)
            target.parent.mkdir(parents=True, exist_ok=True)
            copy_to_stick(found, target.parent, cancel=watch, name=target.name)
            with office.store.write() as connection:
                office.kept.keep(connection, [target])
            if cause_of(office, row) is None:
                del wanted[n]


def _candidates(
    office: Office,
    places: Sequence[Path],
    wanted: Iterable[PackageRow],
    spare: Path,
    watch: Cancel,
) -> Iterator[Path]:
    """Every file that may be one of those wanted, what lies nearest first."""
    folder = office.folder
    own = [folder.outbox, folder.inbox, *folder.arrivals.glob("*")]
    for aside in sorted(folder.root.glob(REPLACED), reverse=True):
        own += [aside / folder.outbox.name, aside / folder.inbox.name]
    backups = [place for place in places if place.suffix == BACKUP]
    others = [place for place in places if place.suffix != BACKUP]
    yield from (file for file, _ in packages_in([one for one in own if one.is_dir()]))
    yield from (file for file, _ in packages_in(others, deep=True))
    for place in others:
        if place.is_dir():
            backups += sorted(place.glob(f"*{BACKUP}"), reverse=True)
    names = {f"{place_of(office, row).parent.name}/{row.file}" for row in wanted}
    for file in backups:
        yield from _from_backup(file, names, spare, watch)


def _from_backup(file: Path, names: set[str], spare: Path, watch: Cancel) -> Iterator[Path]:
    with suppress(Problem), backup_file.opened(file) as backup:
        for member in backup.manifest.members:
            if member.name in names:
                target = spare / member.name.replace("/", " ")
                backup.unpack(member.name, target, silent, watch)
                yield target


@needs("give up")
def declare_lost(office: Office, package: int, reason: str) -> Changes:
    """声明遗失: no copy of a sealed package is left; its number is given up.

    What it held is unsent again and goes with the next 报送 or answer, which tells
    the other office; a trust document is sealed anew at once. Raises `UserError`
    WHY, NOT_LOST.
    """
    row = _broken_row(office, package, reason)
    if row.direction != "out":
        raise UserError("NOT_LOST", "这是收到的文件。", remedy="请找回它，或者不再保留。")
    with office.store.write() as connection:
        packages.update(connection, row.n, state="lost", note=_word(office, reason))
    if row.kind == "trust":
        enrolment.seal_trust_again(office)
    return Changes(frozenset({"package"}))


@needs("give up")
def let_go(office: Office, package: int, reason: str) -> Changes:
    """不再保留: a received file that cannot be brought back is no longer looked for.

    What was merged of it stays. Raises `UserError` WHY, NOT_LOST.
    """
    row = _broken_row(office, package, reason)
    if row.direction != "in":
        raise UserError("NOT_LOST", "这是本单位发出的文件。", remedy="请找回它，或者声明遗失。")
    with office.store.write() as connection:
        packages.update(connection, row.n, file=None)
        if row.state in ("held", "frozen"):
            packages.update(connection, row.n, state="refused", code="PKG_CORRUPT")
    return Changes(frozenset({"package"}))


def _broken_row(office: Office, package: int, reason: str) -> PackageRow:
    if not reason.strip():
        raise UserError("WHY", "要写明理由。", remedy="请填写理由。")
    with office.store.read() as connection:
        rows = packages.find(connection, n=package)
    if not rows or not rows[0].file or rows[0].state == "lost" or not cause_of(office, rows[0]):
        raise UserError("NOT_LOST", "这个文件完好，或者没有这个文件。", remedy="请再检查一次数据。")
    return rows[0]


def _word(office: Office, reason: str) -> str:
    return f"{office.today().isoformat()} {office.operator} {reason.strip()}"
