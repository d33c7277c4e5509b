"""Which of the files on a stick are for this office, in the order they are to be taken in."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.domain.kernel.errors import Problem, UserError
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.exchange.envelope import Header
from app.exchange.keys import age_key_id
from app.exchange.packagereader import inspect_package
from app.services.office.office import Office
from database.log import packages

SUFFIX = ".zfpkg"
_DEEPEST = 3
"""Folders within folders that are looked into; a stick may hold a whole computer."""
MOST_ENTRIES = 100_000
"""Names looked at in all folders together."""
MOST_PACKAGES = 2000
"""Packages taken from folders at once; a city's year is some hundreds."""


def packages_in(
    sources: Iterable[Path], *, deep: bool = False, cancel: Cancel | None = None
) -> Iterator[tuple[Path, bool]]:
    """Every file once, by name, and whether it was named itself or found in a folder.

    With `deep` the folders in a folder are looked into as well. Raises `UserError`
    TOO_MANY_FILES, `Cancelled`.
    """
    count = _Count(cancel or Cancel())
    found: dict[Path, bool] = {}
    for source in sources:
        if _is_folder(source):
            for file in _below(source, _DEEPEST if deep else 0, count):
                found.setdefault(file, False)
                count.package(len(found))
        else:
            found[source] = True
    yield from sorted(found.items(), key=lambda item: (item[0].name, str(item[0])))


def _is_folder(path: Path) -> bool:
    """Whether to look inside; what cannot even be asked for is said when it is opened."""
    try:
        return path.is_dir()
    except OSError:
        return False


@dataclass(slots=True)
class _Count:
    """How much was looked at."""

    cancel: Cancel
    entries: int = 0

    def entry(self) -> None:
        """One more name met in a folder."""
        self.cancel.check()
        self.entries += 1
        if self.entries > MOST_ENTRIES:
            raise _too_many(f"里面的文件超过 {MOST_ENTRIES} 个。")

    def package(self, found: int) -> None:
        """One more package found."""
        if found > MOST_PACKAGES:
            raise _too_many(f"报送文件超过 {MOST_PACKAGES} 个。")


def _too_many(why: str) -> UserError:
    return UserError(
        "TOO_MANY_FILES", "文件太多，没有接收。", why=why, remedy="请只选放报送文件的文件夹。"
    )


def _below(folder: Path, deepest: int, count: _Count) -> Iterator[Path]:
    """The package files of a folder; what cannot be read is passed over."""
    folders = [(folder, 0)]
    while folders:
        place, depth = folders.pop()
        with suppress(OSError), os.scandir(place) as entries:
            for entry in entries:
                count.entry()
                if not entry.is_dir():
                    if entry.name.lower().endswith(SUFFIX):
                        yield place / entry.name
                elif depth < deepest and not entry.is_symlink() and entry.name[0] not in ".$":
                    folders.append((place / entry.name, depth + 1))


@dataclass(frozen=True, slots=True)
class Found:
    """A file, whether it is for this office, and its header (None where it cannot be read)."""

    path: Path
    is_wanted: bool
    header: Header | None = None


def chosen(
    office: Office,
    sources: Iterable[Path],
    *,
    deep: bool = False,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> list[Found]:
    """Every file of what is named, folders looked into, in the order to take them in.

    What others stand on comes first, then channel by channel by number. A file named itself
    is left out only when this office wrote it, one from a folder also when it is for others.
    Raises as `packages_in`.
    """
    files = list(packages_in(sources, deep=deep, cancel=cancel))
    found = []
    for done, (file, named) in enumerate(files, 1):
        found.append(_judged(office, file, named=named, cancel=cancel))
        progress(Step("看里面有哪些文件", done, len(files)))
    return sorted(found, key=in_turn)


_RANKS = {"trust": 0, "enrol": 1, "reference": 2, "restore": 3}
_RECORDS, _UNREADABLE = 4, 5


def in_turn(found: Found) -> tuple[object, ...]:
    """Where a file stands among others: its kind, its channel, its number, its part, its name."""
    head, name = found.header, (found.path.name, str(found.path))
    if head is None:
        return _UNREADABLE, "", "", "", 0, (0, 0), name
    rank = _RANKS.get(head.kind, _RECORDS)
    return rank, head.station, head.writer, head.to, head.seq, head.part or (0, 0), name


def _judged(office: Office, file: Path, *, named: bool, cancel: Cancel | None) -> Found:
    """A file as it is found; one that cannot be judged here is wanted and judged there."""
    try:
        seen = inspect_package(file, cancel=cancel)
    except Problem:
        return Found(file, is_wanted=True)
    wanted = not _is_ours(office, seen.header, seen.tip)
    return Found(file, wanted and (named or _is_for_us(office, seen.header)), seen.header)


def _is_ours(office: Office, header: Header, tip: str) -> bool:
    """Whether we sealed it; a stranger's under our name was not."""
    if header.writer != office.identity.writer:
        return False
    with office.store.read() as connection:
        return bool(packages.find(connection, direction="out", tip=tip))


def _is_for_us(office: Office, header: Header) -> bool:
    if header.recipients:
        return age_key_id(office.recipient) in header.recipients
    return header.kind == "trust" or header.to == office.identity.station
