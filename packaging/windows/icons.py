"""The signs of the program and of its files, as Windows wants them."""

from __future__ import annotations

import io
import os
from pathlib import Path

from PIL import Image

_SIZES = (16, 24, 32, 48, 64, 128, 256)
_DRAWN = Path(__file__).resolve().parents[1] / "linux" / "files"
_NAMES = {"zoufang": "zoufang.ico", "application-x-zoufang-package": "package.ico"}


def draw(folder: Path) -> None:
    """Put both into `folder`, each in all sizes, and the picture of the set-up."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415 - not before the platform

    _application = QGuiApplication([])
    for name, target in _NAMES.items():
        drawn = [_picture(_DRAWN / f"{name}.svg", size) for size in _SIZES]
        sizes = [(size, size) for size in _SIZES]
        drawn[-1].save(folder / target, sizes=sizes, append_images=drawn[:-1])
    _side().save(folder / "side.bmp")


def _side() -> Image.Image:
    """What stands beside the first and the last words of the set-up."""
    side = Image.new("RGB", (164, 314), "#F3F4F6")
    sign = _picture(_DRAWN / "zoufang.svg", 96)
    side.paste(sign, (34, 48), sign)
    return side


def _picture(source: Path, size: int) -> Image.Image:
    from PySide6.QtCore import QBuffer, QIODevice  # noqa: PLC0415
    from PySide6.QtGui import QIcon  # noqa: PLC0415

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QIcon(str(source)).pixmap(size, size).save(buffer, "PNG")
    return Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGBA")
