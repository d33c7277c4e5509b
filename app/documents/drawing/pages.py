"""The pages of a PDF as pictures, for the preview on the screen and for printers."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any, Self

import pypdfium2

from app.domain.kernel.errors import EnvironmentProblem, UserError
from app.domain.kernel.file_names import shown_name

# The engine is one for the whole program and not made for two threads: nothing of it is opened,
# drawn or closed without this lock, and nothing is left for the garbage collector to close.
_ENGINE = threading.Lock()

MOST_PIXELS = 36_000_000
"""An A4 page at 600 dpi has 35 million; beyond that a picture only costs memory (4 bytes each)."""

_LONGEST = 30_000
"""Pixels of a side: no kind of picture holds many more."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn page: opaque, 4 bytes per pixel in the order blue, green, red, 255.

    `width` and `height` in pixels, `stride` in bytes from one row to the next. It is what
    QImage calls Format_RGB32.
    """

    width: int
    height: int
    stride: int
    data: bytes


class Pages:
    """The pages of one PDF, counted from 0; a context manager, usable from any thread.

    `pdf` is the file's bytes or where it lies; it is read whole, so the file may be replaced or
    pulled out while its pages are shown. Raises `UserError` PDF_BROKEN for what is no PDF or has a
    passphrase, `EnvironmentProblem` READ_FAILED when it cannot be read.
    """

    def __init__(self, pdf: bytes | Path) -> None:
        data = pdf if isinstance(pdf, bytes) else _read(pdf)
        with _ENGINE:
            self._document = _opened(data)
            self.count: int = len(self._document)
            """How many pages there are."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the memory back; a second time does nothing."""
        with _ENGINE:
            self._document.close()

    def size(self, n: int) -> tuple[float, float]:
        """Width and height of page `n` in points (1/72 inch)."""
        with _ENGINE:
            width, height = self._document.get_page_size(n)
        return width, height

    def picture(self, n: int, scale: float) -> Picture:
        """Page `n` drawn on white, `scale` pixels to a point (1 is 72 dpi, 300/72 is for printers).

        A page so large that it would take more than `MOST_PIXELS` is drawn smaller.
        """
        with _ENGINE:
            page = self._document[n]
            try:
                return _drawn(page, scale)
            finally:
                page.close()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise EnvironmentProblem(
            "READ_FAILED",
            f"“{shown_name(path.name)}”打不开。",
            why=problem.strerror or "",
            remedy="请看文件是否还在、优盘是否拔出，然后再试。",
        ) from problem


def _opened(data: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        raise UserError(
            "PDF_BROKEN",
            "这个 PDF 文件打不开。",
            why="文件不完整，或者设了打开密码。",
            remedy="请换一份完整、不带密码的文件。",
        ) from problem


def _drawn(page: Any, scale: float) -> Picture:
    width, height = page.get_size()
    scale = min(scale, sqrt(MOST_PIXELS / (width * height)), _LONGEST / max(width, height))
    # The format with an alpha channel is drawn fastest and leaves the fourth byte at 255.
    bitmap = page.render(scale=scale, force_bitmap_format=pypdfium2.raw.FPDFBitmap_BGRA)
    try:
        return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
    finally:
        bitmap.close()
