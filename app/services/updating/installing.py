"""Installing an update (更新): the newer program beside this one, run from the next start."""

from __future__ import annotations

import compileall
import hashlib
import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from app import __version__
from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.exchange import files
from app.exchange.updates import SUFFIX, Piece, Update
from app.services.office import program_versions
from app.services.office.program_versions import Stage, folder_of, place
from app.services.updating.looking import Offer, Signers, checked
from app.services.updating.program_tree import ROOT

_MIGRATIONS = "database/migrations/versions"


def install(
    path: Path,
    signers: Signers,
    *,
    keep_in: Path | None = None,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Offer:
    """Put the newer program beside this one; it is run from the next start on.

    A copy of the file is kept in the folder `keep_in` for other people at this computer. Until
    everything is there and checked, nothing is changed. Raises as `looking.checked`.
    """
    cancel = cancel or Cancel()
    with checked(path, signers, progress, cancel) as (update, offer):
        version = update.header.version
        with files.words_for(place()):
            place().mkdir(parents=True, exist_ok=True, mode=0o700)
            part = place() / f"{version}.part"
            shutil.rmtree(part, ignore_errors=True)
            try:
                _unpack(update, part, progress, cancel)
                _choose(version, part)
            finally:
                shutil.rmtree(part, ignore_errors=True)
    if keep_in is not None:
        _keep(path, keep_in, update.header.name + SUFFIX)
    return offer


def _keep(path: Path, folder: Path, name: str) -> None:
    """Keep a copy, and none of an older one; without it the update is no less installed."""
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
        if path.parent != folder:
            shutil.copyfile(path, folder / f"{name}.part")
            (folder / f"{name}.part").replace(folder / name)
        for other in folder.glob(f"*{SUFFIX}"):
            if other.name != name:
                other.unlink()


def _unpack(update: Update, part: Path, progress: Progress, cancel: Cancel) -> None:
    for done, (name, piece) in enumerate(update.tree.items()):
        cancel.check()
        progress(Step("装入新版本", done, len(update.tree)))
        target = part / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as out:
            if piece.sha256 in update.carried:
                update.copy(piece.sha256, out)
            else:
                out.write(_own(name, piece))
            if not hasattr(os, "sync"):
                files.settle(out)
    _compile(part, [name for name in update.tree if name.endswith(".py")], progress, cancel)
    if hasattr(os, "sync"):
        os.sync()


def _compile(part: Path, names: Sequence[str], progress: Progress, cancel: Cancel) -> None:
    """Make what Python runs, so that the first start is no slower than the others."""
    for done, name in enumerate(names):
        cancel.check()
        progress(Step("准备新版本", done, len(names)))
        compileall.compile_file(part / name, quiet=2, stripdir=str(part))


def _own(name: str, piece: Piece) -> bytes:
    """A file that this program has already, unchanged."""
    data = (ROOT / name).read_bytes()
    if hashlib.sha256(data).hexdigest() != piece.sha256:
        raise UserError(
            "UPDATE_NEEDS_SETUP",
            "这台电脑上的程序文件和安装时不一样，不能只用更新文件。",
            why=f"文件：{name}。",
            remedy="请用完整的安装程序更新；数据不受影响。",
        )
    return data


def _choose(version: str, part: Path) -> None:
    """Let the unpacked version appear, and be the one that is run; older ones go."""
    known = program_versions.read()
    _lay_aside(version)
    part.replace(folder_of(version))
    files.settle_folder(place())
    before = __version__ if folder_of(__version__).is_dir() else ""
    program_versions.write(
        replace(known, chosen=version, before=before, stage=Stage.INSTALLED, tries=0, copy="")
    )
    for old in place().iterdir():
        if old.is_dir() and old.name not in (version, before):
            shutil.rmtree(old, ignore_errors=True)


def _lay_aside(version: str) -> None:
    """Take away the same version of before in one step: a half removed one could still be run."""
    aside = place() / f"{version}.old"
    shutil.rmtree(aside, ignore_errors=True)
    if folder_of(version).exists():
        folder_of(version).replace(aside)


def go_back() -> str:
    """Run the version before from the next start on; returns which that is, in words.

    Raises `UserError` NO_OTHER_VERSION, DATA_IS_NEWER.
    """
    known = program_versions.read()
    if known.chosen != __version__:
        raise UserError(
            "NO_OTHER_VERSION",
            "没有可以回到的版本。",
            why="现在的程序是安装时的，不是更新来的。",
            remedy="不需要再做什么。",
        )
    before = folder_of(known.before) if known.before else program_versions.installed()
    if _steps(before) != _steps(ROOT):
        raise UserError(
            "DATA_IS_NEWER",
            f"数据已经改成版本{__version__}的格式，以前的版本打不开，不能回去。",
            remedy="请继续用现在的版本；有问题请告诉发给您更新文件的人。",
        )
    with files.words_for(place()):
        program_versions.write(replace(known, chosen=known.before, before="", stage=Stage.GOOD))
    return known.before or "安装时的版本"


def _steps(root: Path) -> set[str]:
    """The steps of the data's format that a program knows."""
    return {path.name for path in (root / _MIGRATIONS).glob("0*.py")}
