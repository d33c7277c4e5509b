"""A data folder that several accounts of one Linux computer share: what one makes, all may change.

The folder of an installed program belongs to a group and hands that down (setgid); who is in
the group is the administrator's choice. Files for one account alone are made so by SQLite and by
`write_private`; they are opened to the group before the folder is given free.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from app.services.office.folder import Folder

_FILE = stat.S_IRUSR | stat.S_IWUSR | stat.S_IRGRP | stat.S_IWGRP
_FOLDER = stat.S_IRWXU | stat.S_IRWXG | stat.S_ISGID


def is_shared(folder: Path) -> bool:
    """Whether a group shares this folder, or the one it is made in."""
    return os.name == "posix" and any(_hands_down(one) for one in (folder, folder.parent))


def _hands_down(folder: Path) -> bool:
    try:
        mode = folder.stat().st_mode
    except OSError:
        return False
    return bool(mode & stat.S_ISGID and mode & stat.S_IWGRP)


def begin(folder: Path) -> None:
    """From now on the group may use what this process makes, and nobody else, if it is shared."""
    if is_shared(folder):
        os.umask(0o007)


def share(folder: Path) -> None:
    """Open to the group what this account has made in a shared folder.

    Readable copies that another program looks at stay private.
    """
    if not is_shared(folder):
        return
    for path in (folder, *_below(folder, Folder(folder).lent)):
        with suppress(OSError):
            facts = path.lstat()
            wanted = _FOLDER if stat.S_ISDIR(facts.st_mode) else _FILE
            if not stat.S_ISLNK(facts.st_mode) and facts.st_mode & wanted != wanted:
                path.chmod(stat.S_IMODE(facts.st_mode) | wanted)


def _below(folder: Path, private: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        if Path(place) == private:
            folders.clear()
        yield from (Path(place, name) for name in (*folders, *files))
