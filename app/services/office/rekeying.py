"""The files under the store key, and putting them under a new one (换数据钥匙).

The new keyring comes first and holds the key of before, so that whoever opens the data
after a cut finishes what was begun: each file is under the old key or the new.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from app.domain.kernel.errors import EnvironmentProblem
from app.exchange.files import words_for
from app.services.office import small_files
from app.services.office.folder import Folder
from app.services.office.keyring import MOST_BYTES, Keyring
from database.store.engine import change_key, opens_with
from database.store.page_seal import any_page_fits

REPLACED = "replaced-*"
"""What a restore put aside."""

_MARGIN = 16 << 20


def finish_rekey(folder: Folder, keyring: Keyring, key: bytes, *, but: Path | None = None) -> None:
    """Bring every file (`but` one that is open) under this key; where nothing was cut, only look.

    Raises `EnvironmentProblem` KEYRING_DIFFERS when the store is under a key that the
    keyring does not have, STORE_DAMAGED when only its first page is not.
    """
    for path in _under_key(folder):
        if path == but or opens_with(path, key):
            continue
        old = next((one for one in keyring.former(key) if opens_with(path, one)), None)
        if old is not None:
            change_key(path, old, key)
        elif path == folder.store and any_page_fits(path, key):
            raise EnvironmentProblem(
                "STORE_DAMAGED",
                "数据文件已损坏。",
                why="口令没有错，损坏的是记录文件（store.db）的开头。",
                remedy="请用最近的备份恢复。",
            )
        elif path == folder.store:
            raise EnvironmentProblem(
                "KEYRING_DIFFERS",
                "口令对，但口令文件和数据文件对不上。",
                why="口令文件是以前的，或数据文件已损坏。",
                remedy="请用最近的备份恢复。",
            )


def require_room(folder: Folder) -> None:
    """Raises `EnvironmentProblem` DISK_FULL unless the largest file fits once more."""
    with words_for(folder.root):
        largest = max((path.stat().st_size for path in _under_key(folder)), default=0)
        if shutil.disk_usage(folder.root).free < largest + _MARGIN:
            raise EnvironmentProblem(
                "DISK_FULL",
                "磁盘空间不够，不能换数据钥匙。",
                why=f"需要约{(largest + _MARGIN) >> 20}MB。",
                remedy="请清理磁盘后再试一次。",
            )


def leave_keyring_aside(folder: Folder) -> None:
    """Give what a restore put aside, under the key of before, the keyring of before."""
    with words_for(folder.root):
        for aside in folder.root.glob(REPLACED):
            kept = Folder(aside).keyring
            if aside.is_dir() and not kept.exists():
                small_files.write(kept, small_files.read(folder.keyring, MOST_BYTES))


def _under_key(folder: Folder) -> Iterator[Path]:
    """The files encrypted with the store key, the store first."""
    yield from (path for path in (folder.store, folder.drafts, folder.scans) if path.is_file())
