"""Scans, photographs and the pages of other PDFs, each on a page of its own."""

from __future__ import annotations

import io
from collections.abc import Iterator

from PIL import Image
from reportlab.lib.utils import ImageReader

from app.documents.drawing.layout import MM, NOTE, PAGE_HEIGHT, PAGE_WIDTH, Box, Pen, Style
from app.documents.drawing.pages import Pages
from app.documents.drawing.pictures import coloured, opened

_SCALE = 150 / 72
"""Pixels to a point: a scanned page can still be read, and takes about 200 KB."""

_QUALITY = 80
_MARGIN, _HEAD = 18 * MM, 24 * MM
CAPTION = Style(size=NOTE.size)


def scan_page(pen: Pen, jpeg: bytes, caption: str) -> None:
    """Put a JPEG on a page of its own, as large as fits, under its caption."""
    reader = ImageReader(io.BytesIO(jpeg))
    width, height = reader.getSize()
    room = Box(
        _MARGIN, PAGE_HEIGHT - _HEAD, PAGE_WIDTH - 2 * _MARGIN, PAGE_HEIGHT - _HEAD - _MARGIN
    )
    scale = min(room.width / width, room.height / height)
    shown = Box(room.x + (room.width - width * scale) / 2, room.top, width * scale, height * scale)
    pen.text(_MARGIN, PAGE_HEIGHT - _HEAD + 3 * MM, caption, CAPTION)
    pen.canvas.drawImage(reader, shown.x, shown.bottom, shown.width, shown.height)
    pen.next_page()


def jpeg_of_picture(data: bytes) -> bytes:
    """A picture as JPEG, as it is where it is one. Raises `UserError` PICTURE_BROKEN."""
    with opened(data) as found:
        plain = found.format == "JPEG" and found.mode in ("RGB", "L")
        return data if plain and not found.getexif() else _jpeg(coloured(found))


def jpegs_of_pdf(data: bytes, most: int) -> Iterator[bytes]:
    """The first `most` pages of a PDF as JPEG. Raises `UserError` PDF_BROKEN."""
    with Pages(data) as pages:
        for n in range(min(most, pages.count)):
            drawn = pages.picture(n, _SCALE)
            size = (drawn.width, drawn.height)
            yield _jpeg(Image.frombuffer("RGB", size, drawn.data, "raw", "BGRX", drawn.stride, 1))


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
