"""The printed codes in the picture of a page, also under a seal, blurred or upside down."""

from __future__ import annotations

from collections.abc import Iterator

import zxingcpp
from PIL import Image, ImageFilter

from app.documents.drawing.printed_code import PrintedCode, SlipCode

_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_SMALL = 2200
"""Pixels; a longer picture has enough of them for each module of the code."""
_SHARPER = ImageFilter.UnsharpMask(radius=2, percent=150, threshold=2)


def codes_in(picture: Image.Image) -> tuple[PrintedCode | SlipCode, ...]:
    """The codes of forms and 报送单 in a picture (two pages may lie in one), each once; else none.

    One look after the other, until one sees something: as it is; its red channel, in which a red
    seal is white; larger and sharpened; three times as large, for pictures made small on the way.
    """
    for looked_at in _looks(picture):
        texts = [one.text for one in _barcodes(looked_at)]
        found = (PrintedCode.read(text) or SlipCode.read(text) for text in texts)
        codes = tuple(dict.fromkeys(code for code in found if code is not None))
        if codes:
            return codes
    return ()


def _barcodes(picture: Image.Image) -> list[zxingcpp.Barcode]:
    return list(zxingcpp.read_barcodes(picture, formats=_QR))


def _looks(picture: Image.Image) -> Iterator[Image.Image]:
    yield picture.convert("L")
    red = picture.convert("RGB").getchannel("R")
    yield red
    small = max(red.size) < _SMALL
    yield (_times(red, 2) if small else red).filter(_SHARPER)
    if small:
        yield _times(red, 3)


def _times(picture: Image.Image, scale: int) -> Image.Image:
    size = picture.width * scale, picture.height * scale
    return picture.resize(size, Image.Resampling.LANCZOS)
