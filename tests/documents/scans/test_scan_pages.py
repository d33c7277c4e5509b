"""Scanned files: one page at a time, of any of their kinds, within bounds."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile

from app.documents.scans import scan_pages as module
from app.documents.scans.scan_pages import scan_pages
from app.domain.kernel.errors import Cancelled, UserError
from app.domain.kernel.progress import Cancel

PAGE = Image.new("RGB", (600, 800), "white")


def written(kind: str, pages: int = 1, **options: Any) -> bytes:
    out = io.BytesIO()
    more = [PAGE] * (pages - 1)
    many = {"save_all": True, "append_images": more} if more else {}
    PAGE.save(out, kind, **many, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (written("JPEG"), 1),
        (written("PNG"), 1),
        (written("BMP"), 1),
        (written("TIFF", 3, compression="tiff_lzw"), 3),
        (written("PDF", 4), 4),
    ],
    ids=["jpeg", "png", "bmp", "tiff", "pdf"],
)
def test_every_page_of_a_file_comes(data: bytes, count: int) -> None:
    pages = list(scan_pages(data))
    assert [(page.number, page.count) for page in pages] == [
        (n, count) for n in range(1, count + 1)
    ]
    assert all(page.picture.startswith(b"\xff\xd8\xff") for page in pages)
    assert all(page.codes == () for page in pages)


def test_what_is_kept_is_small_and_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    Image.new("RGB", (4000, 3000), "white").save(out, "JPEG", exif=exif)
    (page,) = scan_pages(out.getvalue())
    with Image.open(io.BytesIO(page.picture)) as kept:
        assert kept.size == (1200, 1600)
        assert not kept.getexif()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 a workbook", "SCAN_UNREADABLE"),
        (b"", "SCAN_UNREADABLE"),
        (written("JPEG")[:200], "SCAN_UNREADABLE"),
        (written("PNG")[:300], "SCAN_UNREADABLE"),
        (b"II*\0\x08\0\0\0\0\0\0\0\0\0", "SCAN_UNREADABLE"),
        (b"%PDF-1.4 and no more", "PDF_BROKEN"),
    ],
)
def test_what_is_no_scan_is_told(data: bytes, code: str) -> None:
    with pytest.raises(UserError) as refused:
        list(scan_pages(data))
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("bound", "least", "code"),
    [
        ("MOST_PAGES", 2, "SCAN_TOO_LONG"),
        ("MOST_BYTES", 100, "SCAN_TOO_LARGE"),
        ("MOST_PIXELS", 1000, "SCAN_TOO_LARGE"),
    ],
)
def test_a_bound_is_looked_at_before_the_work(
    monkeypatch: pytest.MonkeyPatch, bound: str, least: int, code: str
) -> None:
    monkeypatch.setattr(module, bound, least)
    with pytest.raises(UserError) as refused:
        next(scan_pages(written("TIFF", 3)))
    assert refused.value.code == code


@pytest.mark.parametrize("mode", ["LAB", "CMYK", "YCbCr", "F", "I", "1", "P"])
def test_whatever_colours_a_picture_is_made_of(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (60, 80)).save(out, "TIFF")
    assert len(list(scan_pages(out.getvalue()))) == 1


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_a_grey_scan_of_sixteen_bits_keeps_what_it_shows(kind: str) -> None:
    shades = struct.pack("<H", 10_000) * 60 * 40 + struct.pack("<H", 60_000) * 60 * 40
    grey = Image.frombytes("I;16", (60, 80), shades)
    out = io.BytesIO()
    grey.save(out, kind)
    (page,) = scan_pages(out.getvalue())
    with Image.open(io.BytesIO(page.picture)) as kept:
        plain = kept.convert("L")
        above, below = plain.getpixel((30, 10)), plain.getpixel((30, 70))
    assert (above, below) == (39, 234)


def test_a_page_as_thin_as_a_thread_is_drawn_within_bounds() -> None:
    with pypdfium2.PdfDocument.new() as document:
        document.new_page(1, 100_000_000).close()
        out = io.BytesIO()
        document.save(out)
    (page,) = scan_pages(out.getvalue())
    assert page.picture.startswith(b"\xff\xd8\xff")


def test_pages_are_not_counted_beyond_what_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counting the pages of a TIFF takes the longer the more there are, and longer each time."""
    monkeypatch.setattr(module, "MOST_PAGES", 3)
    sought: list[int] = []
    seek = TiffImageFile._seek

    def counted(self: TiffImageFile, frame: int) -> None:
        sought.append(frame)
        seek(self, frame)

    monkeypatch.setattr(TiffImageFile, "_seek", counted)
    with pytest.raises(UserError) as refused:
        next(scan_pages(written("TIFF", 20)))
    assert refused.value.code == "SCAN_TOO_LONG"
    assert max(sought) <= 3


def test_it_can_be_stopped_between_two_pages() -> None:
    cancel = Cancel()
    pages = scan_pages(written("PDF", 3), cancel=cancel)
    next(pages)
    cancel.set()
    with pytest.raises(Cancelled):
        next(pages)


def test_a_page_read_is_given_back_before_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[int] = []
    keep: Callable[[Image.Image], bytes] = module._kept

    def counted(picture: Image.Image) -> bytes:
        opened.append(picture.width)
        return keep(picture)

    monkeypatch.setattr(module, "_kept", counted)
    pages = scan_pages(written("PDF", 3))
    next(pages)
    assert len(opened) == 1
