"""Exchanging the files of a data folder so that a power cut leaves the old or the new, not both."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from app.domain.kernel.errors import EnvironmentProblem
from app.domain.kernel.readable import readable
from app.exchange.files import appearing, settle_folder, words_for
from app.services.office import folder_lock
from app.services.office.folder import NOTE, STAGED, Folder

UNREADABLE = "RESTORE_UNCLEAR"
_LARGEST_NOTE = 1 << 20

_Name = Annotated[str, Meta(max_length=255)]
_PLAIN = re.compile(r"(?!\.)[^/\\:\x00-\x1f]+")


class _Plan(msgspec.Struct, frozen=True):
    """What moves out to the folder `aside`, and what moves in from the staged folder."""

    aside: _Name
    out: Annotated[tuple[_Name, ...], Meta(max_length=1000)]
    into: Annotated[tuple[_Name, ...], Meta(max_length=1000)]

    def __post_init__(self) -> None:
        names = (*self.out, *self.into, *([self.aside] if self.out else []))
        if not all(_PLAIN.fullmatch(name) for name in names):
            raise ValueError("a name that is not one of the folder's own files")


def swap(root: Path, aside: str, out: Iterable[str]) -> Path | None:
    """Put everything staged in place of what `out` names.

    That goes to the folder `aside`, which is returned, or None when nothing was
    there. When a file is held by another program, all is as before. Raises
    `EnvironmentProblem`.
    """
    plan = _Plan(
        aside,
        tuple(name for name in out if (root / name).exists()),
        tuple(path.name for path in (root / STAGED).iterdir()),
    )
    with folder_lock.replacing(root), words_for(root):
        _settle_folders(root / STAGED)
        with appearing(root / NOTE) as note:
            note.write(msgspec.json.encode(plan))
        try:
            _finish(root)
        except EnvironmentProblem:
            _undo(root, plan)
            raise
    return root / aside if plan.out else None


def complete(root: Path) -> None:
    """Finish a swap that a power cut interrupted; otherwise do nothing.

    Called before a data folder is opened. Raises `EnvironmentProblem`; IN_USE while somebody
    is at it, RESTORE_UNCLEAR when nothing tells any more what was moved and what was not.
    """
    if (root / NOTE).exists():
        with folder_lock.replacing(root):
            _finish(root)


def _finish(root: Path) -> None:
    note = root / NOTE
    if not note.exists():
        return
    with words_for(root):
        plan = _planned(note)
        if plan is None:
            if Folder(root).missing:
                raise _unclear(root)
            # All is there: it had not begun, or was done.
            plan = _Plan("", (), ())
        if plan.out:
            _move(root, root / plan.aside, plan.out)
        if plan.into:
            _move(root / STAGED, root, plan.into)
        # First the note, or a cut after the folder would have it move out of nothing.
        note.unlink()
        settle_folder(root)
        shutil.rmtree(root / STAGED, ignore_errors=True)


def _planned(note: Path) -> _Plan | None:
    """What was begun; None where the note says nothing that makes sense."""
    with note.open("rb") as reading:
        raw = reading.read(_LARGEST_NOTE)
    try:
        return msgspec.json.decode(raw, type=readable(_Plan))
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None


def _unclear(root: Path) -> EnvironmentProblem:
    aside = "、".join(sorted(path.name for path in root.glob("replaced-*")))
    kept = f"换下的数据在“{aside}”里。" if aside else "数据都还在这个文件夹里。"
    return EnvironmentProblem(
        UNREADABLE,
        "上次恢复备份没有做完，记录进度的文件（restore.json）已损坏。",
        why=f"没有删除任何数据，{kept}",
        remedy="请用备份再恢复一次，或先把数据文件夹整个复制一份，请维护人员来看。",
    )


def _move(source: Path, target: Path, names: Iterable[str]) -> None:
    """Move what is not there yet, so that a second try goes on where the first one stopped."""
    target.mkdir(mode=0o700, exist_ok=True)
    for name in names:
        if not (target / name).exists() and (source / name).exists():
            (source / name).rename(target / name)
    settle_folder(target)
    if source.is_dir():
        settle_folder(source)


def _undo(root: Path, plan: _Plan) -> None:
    """Go back, unless something new is already in its place: then the next start goes on."""
    if all((root / STAGED / name).exists() for name in plan.into):
        for name in plan.out:
            if not (root / name).exists():
                (root / plan.aside / name).rename(root / name)
        (root / NOTE).unlink()


def _settle_folders(root: Path) -> None:
    """Make the names in a folder durable before they are counted on."""
    for path in (root, *(one for one in root.iterdir() if one.is_dir())):
        settle_folder(path)
