"""Exchanging the files of a data folder so that a power cut leaves the old or the new, not both."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import msgspec

from app.domain.kernel.errors import EnvironmentProblem
from app.exchange.files import appearing, settle_folder, words_for

STAGED = "restoring"
_NOTE = "restore.json"


class _Plan(msgspec.Struct, frozen=True):
    """What moves out to the folder `aside`, and what moves in from the staged folder."""

    aside: str
    out: tuple[str, ...]
    into: tuple[str, ...]


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
    with words_for(root), appearing(root / _NOTE) as note:
        note.write(msgspec.json.encode(plan))
    try:
        complete(root)
    except EnvironmentProblem:
        _undo(root, plan)
        raise
    return root / aside if plan.out else None


def complete(root: Path) -> None:
    """Finish a swap that a power cut interrupted; otherwise do nothing.

    Called before a data folder is opened. Raises `EnvironmentProblem`.
    """
    note = root / _NOTE
    if not note.exists():
        return
    with words_for(root):
        plan = msgspec.json.decode(note.read_bytes(), type=_Plan)
        if plan.out:
            _move(root, root / plan.aside, plan.out)
        _move(root / STAGED, root, plan.into)
        shutil.rmtree(root / STAGED)
        note.unlink()


def _move(source: Path, target: Path, names: Iterable[str]) -> None:
    """Move what is not there yet, so that a second try goes on where the first one stopped."""
    target.mkdir(mode=0o700, exist_ok=True)
    for name in names:
        if not (target / name).exists():
            (source / name).rename(target / name)
    settle_folder(target)


def _undo(root: Path, plan: _Plan) -> None:
    """Go back, unless something new is already in its place: then the next start goes on."""
    if all((root / STAGED / name).exists() for name in plan.into):
        for name in plan.out:
            if not (root / name).exists():
                (root / plan.aside / name).rename(root / name)
        (root / _NOTE).unlink()
