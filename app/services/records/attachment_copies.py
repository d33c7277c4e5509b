"""Lending an attachment to another program: a private copy, taken back when this one closes."""

from __future__ import annotations

import stat
from pathlib import Path

from app.domain.kernel.file_names import safe_file_name
from app.exchange.files import words_for
from app.services.office.office import Office
from app.services.office.private_place import PrivatePlace
from app.services.records import attachments


class Lending:
    """The copies of one office's attachments that other programs show."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._place = PrivatePlace(office.folder.lent)

    def lend(self, sha256: str, name: str) -> Path:
        """A copy for another program, called as the attachment is; to be read only.

        `name` may be anything, it came from outside. Raises `UserError` SCAN_MISSING,
        NOT_OPENED for what is no picture or document; `EnvironmentProblem`.
        """
        folder = self._place.folder() / sha256[:16]
        copy = folder / safe_file_name(name)
        if not copy.exists():
            with words_for(folder):
                folder.mkdir(mode=0o700, exist_ok=True)
                attachments.save_to(self._office, sha256, copy, document=True)
                copy.chmod(stat.S_IREAD)
        return copy

    def take_back(self) -> None:
        """Remove the copies; one that another program holds fast goes the next time."""
        self._place.clear()
