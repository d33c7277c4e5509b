"""Lending an attachment to another program: a private copy, taken back when this one closes."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from app.exchange.files import words_for
from app.services.office.office import Office
from app.services.records import attachments


class Lending:
    """The copies of one office's attachments that lie in a folder only this person can read.

    What a broken-off run of the program left there is removed at the first loan; a
    second program never works on the same store, so nobody else's is.
    """

    def __init__(self, office: Office, place: Path | None = None) -> None:
        self._office = office
        self._place = place or Path(tempfile.gettempdir())
        mark = hashlib.sha256(str(office.folder.root.resolve()).encode()).hexdigest()[:12]
        self._mark = f"zoufang-{mark}-"
        self._folder: Path | None = None

    def lend(self, sha256: str, name: str) -> Path:
        """A copy for another program, called as the attachment is; read by its owner only.

        Raises `UserError` SCAN_MISSING, `EnvironmentProblem`.
        """
        folder = self._own_folder() / sha256[:16]
        with words_for(folder):
            folder.mkdir(mode=0o700, exist_ok=True)
        copy = folder / name
        if not copy.exists():
            attachments.save_to(self._office, sha256, copy)
            copy.chmod(0o600)
        return copy

    def take_back(self) -> None:
        """Remove the copies; one that another program holds fast goes the next time."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _own_folder(self) -> Path:
        if self._folder is None:
            for left in self._left_behind():
                shutil.rmtree(left, ignore_errors=True)
            with words_for(self._place):
                self._folder = Path(
                    tempfile.mkdtemp(prefix=f"{self._mark}{os.getpid()}-", dir=self._place)
                )
        return self._folder

    def _left_behind(self) -> list[Path]:
        """Folders of earlier runs, told by their process number."""
        own = f"{self._mark}{os.getpid()}-"
        with suppress(OSError):
            return [p for p in self._place.glob(f"{self._mark}*") if not p.name.startswith(own)]
        return []
