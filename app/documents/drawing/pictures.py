"""Photographs made small enough to travel, and without what a camera writes beside the picture."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageOps, UnidentifiedImageError

from app.documents.drawing.pages import Picture
from app.domain.kernel.errors import UserError

LONGEST_SIDE = 1600
"""Pixels; a page photographed so can still be read."""

QUALITY = 85
BROKEN = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    OSError,
    EOFError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    struct.error,
)
"""What the library raises for pictures that are not whole, or not what they say."""
_FORMATS = ("JPEG", "PNG", "WEBP", "BMP")


def is_picture(data: bytes) -> bool:
    """Whether these bytes begin as one of the pictures that are made smaller."""
    heads = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"BM")
    return data.startswith(heads) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def lighter(data: bytes) -> tuple[bytes, str]:
    """The picture at most 1600 pixels long, upright, without place, time and camera.

    Returns its bytes and type (image/jpeg or image/png). Raises `UserError`
    PICTURE_BROKEN.
    """
    with opened(data) as found:
        kept = "PNG" if found.format == "PNG" else "JPEG"
        picture = ImageOps.exif_transpose(found)
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
        return _written(picture, kept), f"image/{kept.lower()}"


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """The picture these bytes are; what goes wrong with it is `UserError` PICTURE_BROKEN."""
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as found:
            yield found
    except BROKEN as error:
        raise UserError(
            "PICTURE_BROKEN", "这张图片打不开。", remedy="请重新拍照或扫描后再添加。"
        ) from error


def coloured(picture: Image.Image) -> Image.Image:
    """The picture in red, green and blue; what has sixteen bits of grey keeps its shades."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda shade: shade * (1 / 256)).convert("RGB")
    return picture.convert("RGB")


def drawn(data: bytes, width: int, height: int) -> Picture:
    """The picture as large as fits into so many pixels, never larger than it is, on white.

    Raises `UserError` PICTURE_BROKEN.
    """
    with opened(data) as found:
        picture = ImageOps.exif_transpose(found)
        picture.thumbnail((width, height), Image.Resampling.LANCZOS)
        plain = Image.new("RGBA", picture.size, "white")
        deep = picture.mode.startswith("I")
        plain.alpha_composite((coloured(picture) if deep else picture).convert("RGBA"))
        return Picture(plain.width, plain.height, 4 * plain.width, plain.tobytes("raw", "BGRA"))


def _written(picture: Image.Image, kept: str) -> bytes:
    """A fresh picture of the same pixels: nothing that stood beside them comes along."""
    mode = picture.mode if kept == "PNG" and picture.mode in ("1", "L", "RGB", "RGBA") else "RGB"
    mode = "RGBA" if kept == "PNG" and picture.mode in ("P", "LA", "PA") else mode
    plain = coloured(picture) if mode == "RGB" else picture.convert(mode)
    bare = Image.new(mode, plain.size)
    bare.paste(plain)
    out = io.BytesIO()
    bare.save(out, kept, optimize=True, **({"quality": QUALITY} if kept == "JPEG" else {}))
    return out.getvalue()
