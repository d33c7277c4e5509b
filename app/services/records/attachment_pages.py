"""Looking at an attachment inside the program: pictures, and the pages of a PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.documents.drawing.pages import Pages, Picture
from app.documents.drawing.pictures import drawn, is_picture
from app.services.office.office import Office
from app.services.records import attachments

_LARGEST = 3.0
"""Pixels to a point that a page is drawn at most."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A file that can be looked at: `count` pages, each drawn by `picture(n, width)`.

    `n` counts from 0; `width` in pixels is what there is room for. `close` it; then
    its memory is given back. May be used from any thread.
    """

    count: int
    picture: Callable[[int, int], Picture]
    close: Callable[[], None]


def opened(office: Office, sha256: str) -> Preview | None:
    """The preview of an attachment, or None for a file that another program has to show.

    Raises `UserError` SCAN_MISSING, PDF_BROKEN, PICTURE_BROKEN.
    """
    with attachments.read(office, sha256) as stream:
        head = stream.read(16)
        if not (head.startswith(b"%PDF") or is_picture(head)):
            return None
        data = head + stream.read()
    return _of_pdf(data) if head.startswith(b"%PDF") else _of_picture(data)


def _of_pdf(data: bytes) -> Preview:
    pages = Pages(data)

    def picture(n: int, width: int) -> Picture:
        return pages.picture(n, min(width / pages.size(n)[0], _LARGEST))

    return Preview(pages.count, picture, pages.close)


def _of_picture(data: bytes) -> Preview:
    return Preview(1, lambda n, width: drawn(data, width, 4 * width), lambda: None)
