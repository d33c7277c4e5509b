"""What the window remembers between two starts: a small file in the data folder.

Never anything from a record: only sizes, columns, the page last seen, and what
the unlock window shows before the data can be read.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

NAME = "desktop.ini"


class UiMemory:
    """Texts and byte strings by name (`window/geometry`); losing them does no harm."""

    def __init__(self, folder: Path) -> None:
        self._file = QSettings(str(folder / NAME), QSettings.Format.IniFormat)

    def text(self, name: str, otherwise: str = "") -> str:
        """A text kept under a name."""
        return str(self._file.value(name, otherwise))

    def data(self, name: str) -> QByteArray:
        """What a widget's saveState() or saveGeometry() gave; empty when nothing is kept."""
        kept = self._file.value(name)
        return kept if isinstance(kept, QByteArray) else QByteArray()

    def keep(self, name: str, value: str | QByteArray) -> None:
        """Remember a value; it is written soon, and at the latest when the window closes."""
        self._file.setValue(name, value)

    def write(self) -> None:
        """Write it now; a folder that cannot be written is no reason to stop."""
        self._file.sync()
