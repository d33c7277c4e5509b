"""Signs of the program and of its files, drawn in the sizes that older desktops ask for."""

from __future__ import annotations

import os
from pathlib import Path

_SIZES = (32, 48, 128, 256)
_KINDS = {"zoufang": "apps", "application-x-zoufang-package": "mimetypes"}


def draw(files: Path, theme: Path) -> None:
    """Put both signs into an icon theme, as SVG and as PNG."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QGuiApplication, QIcon  # noqa: PLC0415 - not before the platform

    _application = QGuiApplication([])
    for name, kind in _KINDS.items():
        source = files / f"{name}.svg"
        scalable = theme / "scalable" / kind
        scalable.mkdir(parents=True)
        (scalable / source.name).write_bytes(source.read_bytes())
        for size in _SIZES:
            place = theme / f"{size}x{size}" / kind
            place.mkdir(parents=True)
            QIcon(str(source)).pixmap(size, size).save(str(place / f"{name}.png"))
