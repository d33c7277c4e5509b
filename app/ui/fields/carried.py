"""Files and pictures on the clipboard, or dragged: they are attachments and never words."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage

_OTHERS = (".zfpkg",)
"""What the window takes itself: packages."""


def files_in(data: QMimeData) -> list[Path]:
    """The files on this computer that are carried."""
    found = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [path for path in found if path.suffix.lower() not in _OTHERS]


def carries_files(data: QMimeData) -> bool:
    """Whether files, or a picture without words beside it, are carried.

    A range copied from a sheet has a picture of itself too: it is words.
    """
    return bool(files_in(data)) or (data.hasImage() and not data.hasText())


def carries_anything_local(data: QMimeData) -> bool:
    """Whether a file of this computer is carried, also one that the window takes itself."""
    return any(url.isLocalFile() for url in data.urls())


def picture_in(data: QMimeData) -> bytes | None:
    """The picture carried as PNG, or None."""
    image = data.imageData()
    if not isinstance(image, QImage) or image.isNull():
        return None
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
