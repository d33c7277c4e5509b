"""A QR code as black squares."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRCode, QRErrorCorrectLevel
from reportlab.pdfgen.canvas import Canvas

MASK = 0
"""Any of the eight masks may be used; trying all for the best looking takes ten times longer."""


def matrix(content: str) -> list[list[bool]]:
    """The dark modules of the code, top row first; error correction M, without quiet zone."""
    code: Any = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(QR8bitByte(content))
    code.version = code.calculate_version()
    code.makeImpl(False, MASK)
    rows: list[list[bool]] = code.modules
    return rows


def draw(canvas: Canvas, x: float, bottom: float, size: float, content: str) -> None:
    """Draw `content` as a square of `size` points; the caller leaves the white around it."""
    rows = matrix(content)
    unit = size / len(rows)
    squares = " ".join(f"{c} {r} {n} 1 re" for c, r, n in _runs(rows))
    canvas.addLiteral(f"q {unit:.4f} 0 0 {unit:.4f} {x:.3f} {bottom:.3f} cm {squares} f Q")


def _runs(rows: list[list[bool]]) -> Iterator[tuple[int, int, int]]:
    """The dark stretches of each row: column, height from the bottom, length."""
    for height, row in enumerate(reversed(rows)):
        column = 0
        for dark, stretch in groupby(row):
            length = len(list(stretch))
            if dark:
                yield column, height, length
            column += length
