"""Making an update file (更新文件) of the running program, for offices with an older one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from app import __version__
from app.domain.kernel.progress import Cancel, Progress, silent
from app.exchange.keys import SigningKey
from app.exchange.updates import FORMAT, SUFFIX, UpdateHeader, seal_update, tree_of
from app.services.updating import program_tree
from app.services.updating.program_tree import FONTS, ROOT


def publish(
    folder: Path,
    key: SigningKey,
    now: dt.datetime,
    *,
    whole: bool = False,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Path:
    """Write the update file of this program into a folder; returns its path.

    `now` has an offset. Fonts are left out unless it is to be `whole`: they have not changed
    since the first set-up. Raises `EnvironmentProblem`, `Cancelled`.
    """
    header = header_of(now)
    paths = program_tree.program_files()
    tree = tree_of(ROOT, paths, cancel)
    fonts = [] if whole else [path for path in paths if path.startswith(FONTS)]
    target = folder / (header.name + SUFFIX)
    seal_update(
        target, header, tree, ROOT, left_out=fonts, key=key, progress=progress, cancel=cancel
    )
    return target


def header_of(now: dt.datetime) -> UpdateHeader:
    """What an update with this program says of itself; `now` has an offset."""
    return UpdateHeader(
        format=FORMAT,
        kind="update",
        version=__version__,
        created=now.isoformat(timespec="seconds"),
        python=program_tree.python_version(),
        libraries=program_tree.libraries(),
        notes=program_tree.news(__version__),
    )
