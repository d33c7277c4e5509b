"""What must hold after a fault: the data opens whole, and what was told as done is there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from app.domain.kernel.errors import Problem
from app.domain.kernel.progress import Cancel, silent
from app.domain.records import Visit
from app.exchange.packagereader import inspect_package
from app.services.backup import backup_file, integrity
from app.services.office import program_versions
from app.services.office.folder import tidy
from app.services.office.keyring import Keyring
from app.services.office.office import Office
from app.services.packages.trust_store import trust_of
from app.services.records import drafts
from database.books import settings
from database.log import packages, revisions
from database.store import attachments
from tests.faults.children import Tell
from tests.faults.jobs import Job
from tests.faults.ready import Ready, opened
from tests.made_updates import FILES
from tests.services.offices import save_visit
from tests.services.snapshots import is_whole


def check(ready: Ready, place: Path, job: Job, told: Sequence[str], tell: Tell) -> None:
    """Tell one line for each thing lost; afterwards do the job again and look once more."""
    for line in _at_rest(place):
        tell(line)
    for line in _of_data(place / "data", told):
        tell(line)
    os.environ["ZOUFANG_VERSIONS"] = str(place / "versions")
    again: list[str] = []
    job.work(ready, place, lambda text: again.append(text) if text != "begin" else None)
    with closing(opened(place / "data")) as office:
        if not is_whole(office):
            tell("afterwards the store is not whole")
        for line in _not_there(office, again):
            tell(f"afterwards {line}")


def _at_rest(place: Path) -> Iterator[str]:
    """Files that others would take for whole."""
    for file in (place / "stick").rglob("*.zfpkg"):
        try:
            inspect_package(file)
        except Problem as problem:
            yield f"package {file.name} is {problem.code}"
    for file in (place / "stick").rglob("*.zfbackup"):
        try:
            with backup_file.opened(file) as backup:
                backup.check(silent, Cancel())
        except Problem as problem:
            yield f"backup {file.name} is {problem.code}"
    os.environ["ZOUFANG_VERSIONS"] = str(place / "versions")
    newer = program_versions.to_run()
    if newer is not None:
        for name, text in FILES.items():
            if not (newer / name).is_file() or (newer / name).read_text("utf-8") != text:
                yield f"the newer program lacks {name}"


def _of_data(root: Path, told: Sequence[str]) -> Iterator[str]:
    tidy(root)
    with closing(opened(root)) as office:
        if office.lost is not None:
            yield "the program says that saves are lost"
        found = integrity.examine_store(office, rebuild=False)
        if not found.sound or not found.agrees:
            yield from (fault.sentence for fault in found.faults)
        yield from (fault.sentence for fault in found.faults if fault.kind == "package")
        yield from _ledger(office)
        yield from _not_there(office, told)
        save_visit(office, enterprise_name=f"乐山{os.urandom(4).hex()}厂")


def _not_there(office: Office, told: Sequence[str]) -> Iterator[str]:
    for line in told:
        verb, _, what = line.partition(" ")
        if not _TOLD[verb](office, office.folder.root.parent, what):
            yield f"told, but not there: {line}"


def _ledger(office: Office) -> Iterator[str]:
    """No number was used twice, and none left out."""
    with office.store.read() as connection:
        rows = packages.find(connection, direction="out", writer=office.identity.writer)
    for to in {row.to for row in rows}:
        used = sorted(row.seq or 0 for row in rows if row.to == to)
        if used != list(range(used[0], used[0] + len(used))):
            yield f"numbers to {to}: {used}"


def _saved(office: Office, _: Path, h: str) -> bool:
    with office.store.read() as connection:
        return revisions.get(connection, h) is not None


def _known(office: Office, _: Path, tip: str) -> bool:
    with office.store.read() as connection:
        return len(packages.find(connection, direction="in", tip=tip)) == 1


def _merged(office: Office, _: Path, tip: str) -> bool:
    with office.store.read() as connection:
        rows = packages.find(connection, direction="in", tip=tip)
    return [row.state for row in rows] == ["merged"]


def _noted(office: Office, _: Path, value: str) -> bool:
    with office.store.read() as connection:
        return settings.get(connection, value, str) == value


def _trust(office: Office, _: Path, version: str) -> bool:
    with office.store.read() as connection:
        trust = trust_of(connection)
    return trust is not None and trust.version >= int(version)


def _people(office: Office) -> list[str]:
    return [person.name for person in Keyring.open(office.folder.keyring).operators]


def _on_stick(_: Office, place: Path, name: str) -> bool:
    return (place / "stick" / name).is_file()


def _installed(_: Office, place: Path, version: str) -> bool:
    return program_versions.to_run() == place / "versions" / version


_TOLD: dict[str, Callable[[Office, Path, str], bool]] = {
    "saved": _saved,
    "draft": lambda office, *_: Visit.type_name in {one.type for one in drafts.every(office)},
    "copied": _on_stick,
    "backed": _on_stick,
    "merged": _merged,
    "known": _known,
    "restored": lambda office, place, _: any((place / "data").glob("replaced-*")),
    "trust": _trust,
    "opened": lambda *_: True,
    "person": lambda office, _, name: name in _people(office) or _left(office, name),
    "noted": _noted,
    "left": lambda office, _, name: name not in _people(office),
    "attached": lambda office, _, name: attachments.has(office.scans, name),
    "installed": _installed,
}


def _left(office: Office, name: str) -> bool:
    """A person who was let go right after: nobody was told yet."""
    return _noted(office, Path(), name)
