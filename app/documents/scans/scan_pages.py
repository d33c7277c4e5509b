"""The pages of scanned files: pictures, PDF and TIFF of many pages, each with its printed codes."""

from __future__ import annotations

import io
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass

from PIL import Image, ImageOps, ImageSequence
from PIL.TiffImagePlugin import TiffImageFile

from app.documents.drawing.pages import MOST_PIXELS, Pages
from app.documents.drawing.pictures import BROKEN, LONGEST_SIDE, QUALITY, coloured
from app.documents.drawing.printed_code import PrintedCode, SlipCode
from app.documents.scans.page_codes import codes_in
from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel

MOST_BYTES = 200 << 20
"""Bytes of one file: three hundred pages at 200 dpi in colour have about half as many."""
MOST_PAGES = 300
"""Pages of one file."""
_SHARPNESS = 200 / 72
"""Pixels to a point at which the page of a PDF is looked at: 200 dpi."""
_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF")


@dataclass(frozen=True, slots=True)
class ScanPage:
    """A page of a file: `number` of `count`, from 1, as a JPEG to keep, and the codes in it."""

    number: int
    count: int
    picture: bytes
    codes: tuple[PrintedCode | SlipCode, ...]


def scan_pages(data: bytes, *, cancel: Cancel | None = None) -> Iterator[ScanPage]:
    """The pages of a file, one at a time, so that no more than one is in memory.

    Raises `UserError` SCAN_UNREADABLE for what is no picture and no PDF or is broken,
    SCAN_TOO_LONG beyond `MOST_PAGES`, SCAN_TOO_LARGE beyond `MOST_BYTES` and `MOST_PIXELS`;
    `Cancelled`.
    """
    if len(data) > MOST_BYTES:
        raise _too_large()
    pictures = _of_pdf(data) if data.startswith(b"%PDF") else _of_picture(data)
    with closing(pictures):
        number = 0
        while (page := _next_page(pictures, number + 1)) is not None:
            if cancel is not None:
                cancel.check()
            number += 1
            yield page


def _next_page(pictures: Iterator[tuple[int, Image.Image]], number: int) -> ScanPage | None:
    """The next page, drawn and looked at; None behind the last."""
    with _words_for_broken():
        for count, picture in pictures:
            plain = coloured(picture)
            return ScanPage(number, count, _kept(plain), codes_in(plain))
    return None


def _of_pdf(data: bytes) -> Generator[tuple[int, Image.Image]]:
    with Pages(data) as pages:
        _check_count(pages.count)
        for n in range(pages.count):
            drawn = pages.picture(n, _SHARPNESS)
            size = drawn.width, drawn.height
            whole = Image.frombuffer("RGB", size, drawn.data, "raw", "BGRX", drawn.stride, 1)
            yield pages.count, whole


def _of_picture(data: bytes) -> Generator[tuple[int, Image.Image]]:
    with Image.open(io.BytesIO(data), formats=_FORMATS) as found:
        # A telephone writes a second, small picture into some of its files (MPO).
        count = _pages_of(found) if isinstance(found, TiffImageFile) else 1
        for frame in ImageSequence.Iterator(found) if count > 1 else [found]:
            if frame.width * frame.height > MOST_PIXELS:
                raise _too_large()
            yield count, ImageOps.exif_transpose(frame)


def _pages_of(found: TiffImageFile) -> int:
    """How many pages a TIFF has; they form a chain, which is followed no further than needed."""
    count = 1
    with suppress(EOFError):
        while count <= MOST_PAGES:
            found.seek(count)
            count += 1
    _check_count(count)
    found.seek(0)
    return count


@contextmanager
def _words_for_broken() -> Iterator[None]:
    try:
        yield
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except BROKEN as error:
        raise UserError(
            "SCAN_UNREADABLE",
            "这个文件打不开，或者不是照片和扫描件。",
            remedy="可以用 JPG、PNG、TIFF 图片和 PDF；手机拍的 HEIC 请先存成 JPG。",
        ) from error


def _check_count(count: int) -> None:
    if count > MOST_PAGES:
        raise UserError(
            "SCAN_TOO_LONG",
            f"这个文件多于 {MOST_PAGES} 页，一次读不了这么多。",
            remedy="请分成几个文件扫描。",
        )


def _too_large() -> UserError:
    return UserError(
        "SCAN_TOO_LARGE",
        "这个文件太大，没有读。",
        remedy="请用 200 dpi 扫描，一个文件不要超过 300 页。",
    )


def _kept(picture: Image.Image) -> bytes:
    """The page as it is kept with its record: small enough to travel, nothing beside it."""
    small = picture.copy()
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
