"""Photographs made small enough to travel, and without what a camera writes beside the picture."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from app.domain.errors import UserError

LONGEST_SIDE = 1600
"""Pixels; a page photographed so can still be read."""

QUALITY = 85
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
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
            kept = "PNG" if opened.format == "PNG" else "JPEG"
            picture = ImageOps.exif_transpose(opened)
            picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
            return _written(picture, kept), f"image/{kept.lower()}"
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError) as error:
        raise UserError(
            "PICTURE_BROKEN", "这张图片打不开。", remedy="请重新拍照或扫描后再添加。"
        ) from error


def _written(picture: Image.Image, kept: str) -> bytes:
    """A fresh picture of the same pixels: nothing that stood beside them comes along."""
    mode = picture.mode if kept == "PNG" and picture.mode in ("1", "L", "RGB", "RGBA") else "RGB"
    mode = "RGBA" if kept == "PNG" and picture.mode in ("P", "LA", "PA") else mode
    plain = picture.convert(mode)
    bare = Image.new(mode, plain.size)
    bare.paste(plain)
    out = io.BytesIO()
    bare.save(out, kept, optimize=True, **({"quality": QUALITY} if kept == "JPEG" else {}))
    return out.getvalue()
