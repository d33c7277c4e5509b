"""Where a computer backs up to, and when it last did.

A file in the data folder goes with its computer, and so the plan stands among its settings. Of
an office on a server each computer has its own, in its folder: paths differ from one to another.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from app.domain.kernel.readable import readable
from app.services.backup.backup import LastBackup, last_here
from app.services.office import small_files
from app.services.office.machine import machine_marker
from app.services.office.office import Office
from app.services.office.seen_base import require_seen
from database.books import settings

_NAME = "backup_plan"
_FILE = "backup-plan.json"
_LARGEST = 1 << 16
_WHAT = "备份到哪里"


class Plan(msgspec.Struct, frozen=True):
    """The second place, a folder on a stick or another disk; whether to back up every day."""

    folder: str = ""
    daily: bool = False

    @property
    def words(self) -> str:
        """For a sentence: the folder, 每天自动备份."""
        return f"{self.folder or '不备份'}{'，每天自动备份' if self.daily else ''}"


def plan_of(office: Office) -> Plan:
    """This computer's plan."""
    own = _own(office)
    if own is not None:
        return own
    # The plan of a file that was moved to a server is of the computer it was moved from.
    if office.store.server and office.identity.machine != machine_marker():
        return Plan()
    with office.store.read() as connection:
        return settings.get(connection, _NAME, Plan) or Plan()


def keep_plan(office: Office, plan: Plan, base: Plan | None) -> None:
    """Keep this computer's plan; raises `UserError` CHANGED_MEANWHILE unless `base` still holds."""
    with office.store.write() as connection:
        present = plan_of(office)
        require_seen(present, base, _WHAT, now=present.words)
        if office.store.server:
            small_files.write(_place(office), msgspec.json.encode(plan))
            return
        settings.put(connection, _NAME, plan)
    _place(office).unlink(missing_ok=True)


def last_of(office: Office) -> LastBackup | None:
    """This computer's last backup."""
    return last_here(office.folder.root) if office.store.server else last_of_any(office)


def last_of_any(office: Office) -> LastBackup | None:
    """The last backup of the data, whichever computer made it."""
    with office.store.read() as connection:
        return settings.get(connection, "last_backup", LastBackup)


def _own(office: Office) -> Plan | None:
    place = _place(office)
    if not place.exists():
        return None
    try:
        return msgspec.json.decode(small_files.read(place, _LARGEST), type=readable(Plan))
    except msgspec.DecodeError:
        return None


def _place(office: Office) -> Path:
    return office.folder.root / _FILE
