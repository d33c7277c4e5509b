"""A QR code as black squares."""

from __future__ import annotations

import re
from collections.abc import Iterator

import segno
from reportlab.pdfgen.canvas import Canvas

MASK = 0
"""Any of the eight masks may be used; trying all for the best looking takes five times longer."""


def matrix(content: str) -> list[bytes]:
    """The modules of the code, 1 where dark, top row first; correction M, without quiet zone."""
    code = segno.make_qr(content, error="m", mask=MASK, boost_error=False)
    return [bytes(row) for row in code.matrix]


def draw(canvas: Canvas, x: float, bottom: float, size: float, content: str) -> None:
    """Draw `content` as a square of `size` points; the caller leaves the white around it."""
    rows = matrix(content)
    unit = size / len(rows)
    squares = " ".join(_squares(rows))
    canvas.addLiteral(f"q {unit:.4f} 0 0 {unit:.4f} {x:.3f} {bottom:.3f} cm {squares} f Q")


def _squares(rows: list[bytes]) -> Iterator[str]:
    """The dark stretches of each row: column, height from the bottom, length, and one high."""
    for height, row in enumerate(reversed(rows)):
        for dark in _DARK.finditer(row):
            yield f"{dark.start()} {height} {dark.end() - dark.start()} 1 re"


_DARK = re.compile(rb"\x01+")
