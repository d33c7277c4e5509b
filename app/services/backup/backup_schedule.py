"""Daily backups (备份) to a second place: where to, whether one is due, and what is there."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.domain.kernel.errors import Problem, UserError
from app.domain.kernel.progress import Cancel, Progress, silent
from app.services.backup import data_folder
from app.services.backup.backup import SUFFIX, LastBackup, Made, back_up, require_outside
from app.services.backup.backup_file import Manifest
from app.services.backup.backup_plan import Plan, keep_plan, last_of, last_of_any, plan_of
from app.services.backup.restoring import look
from app.services.office.duties import needs
from app.services.office.office import Office
from database.books import settings

MOST = 30
"""Backups of this office kept in one place; older ones make room for the new."""


@dataclass(frozen=True, slots=True)
class Overview:
    """The plan, and when and into which file this computer backed up last (None: never).

    `elsewhere` is the last backup of another computer of the office, where that is later.
    """

    plan: Plan
    last: LastBackup | None
    elsewhere: LastBackup | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """One backup file; `manifest` is None for one that cannot be used, and `fault` says why."""

    file: Path
    size: int
    manifest: Manifest | None
    fault: str = ""


def overview(office: Office) -> Overview:
    """The plan and the last backup."""
    last, newest = last_of(office), last_of_any(office)
    later = newest is not None and (last is None or last.at < newest.at)
    return Overview(plan_of(office), last, newest if later else None)


@needs("settings")
def set_plan(office: Office, folder: str, *, daily: bool, base: Plan | None = None) -> Plan:
    """Keep where this computer backs up to; `base` is the plan that was seen before.

    The folder need not be there now: a stick is not always plugged in. Raises `UserError`
    NO_BACKUP_PLACE, BACKUP_INSIDE, CHANGED_MEANWHILE.
    """
    folder = folder.strip()
    if not folder and daily:
        raise _no_place()
    if folder:
        require_outside(office, Path(folder))
    plan = Plan(folder, daily)
    keep_plan(office, plan, base)
    return plan


def due_place(office: Office) -> Path | None:
    """Where today's backup should go; None when there is nothing to do or the stick is not there.

    Something that nobody can plug in at closing time must not keep anybody from going home.
    """
    seen = overview(office)
    if not seen.plan.daily or not seen.plan.folder:
        return None
    if seen.last and dt.datetime.fromisoformat(seen.last.at).date() >= office.today():
        return None
    place = Path(seen.plan.folder)
    return place if _is_folder(place) else None


def _is_folder(place: Path) -> bool:
    try:
        return place.is_dir()
    except OSError:
        return False


def back_up_now(
    office: Office, *, progress: Progress = silent, cancel: Cancel | None = None
) -> Made:
    """Back up to the second place, read back and verified.

    Copies of the store from before a program update go, since the backup now holds what
    they were kept for; so do this computer's backups there beyond the newest `MOST`.
    Raises `UserError` NO_BACKUP_PLACE, `EnvironmentProblem`, `Cancelled`.
    """
    folder = overview(office).plan.folder
    if not folder:
        raise _no_place()
    place = Path(folder)
    if not _is_folder(place):
        raise UserError(
            "BACKUP_PLACE_GONE",
            f"找不到备份的地方“{folder}”。",
            remedy="请插好优盘或移动硬盘后再试，或另选一个文件夹。",
        )
    made = back_up(office, place, progress=progress, cancel=cancel)
    data_folder.clear(office, [one.name for one in data_folder.copies_before(office.folder)])
    _make_room(office, place)
    return made


def _make_room(office: Office, place: Path) -> None:
    """Remove the oldest backups of this computer; one that cannot be removed stays."""
    with office.store.read() as connection:
        before = settings.get(connection, "supersedes", str)
    names = (office.identity.writer, before)
    own = [one for one in kept(place) if one.manifest and one.manifest.writer in names]
    for old in own[MOST:]:
        with suppress(OSError):
            old.file.unlink()


def back_up_to(
    office: Office,
    folder: str,
    *,
    daily: bool,
    base: Plan | None = None,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Made:
    """Keep where to back up to, and do it now; raises as `set_plan` and `back_up_now`."""
    set_plan(office, folder, daily=daily, base=base)
    return back_up_now(office, progress=progress, cancel=cancel)


def kept(folder: Path) -> list[Kept]:
    """The backups in a folder, the newest first; those that cannot be read last."""
    if not _is_folder(folder):
        return []
    found = [_kept(file) for file in folder.glob(f"*{SUFFIX}") if file.is_file()]
    return sorted(found, key=_moment, reverse=True)


def _kept(file: Path) -> Kept:
    size = file.stat().st_size
    try:
        return Kept(file, size, look(file))
    except Problem as problem:
        return Kept(file, size, None, str(problem))


def _moment(one: Kept) -> float:
    return dt.datetime.fromisoformat(one.manifest.at).timestamp() if one.manifest else 0.0


def _no_place() -> UserError:
    return UserError(
        "NO_BACKUP_PLACE", "还没有选择备份到哪里。", remedy="请选择优盘或移动硬盘上的文件夹。"
    )
