"""The sheet with the recovery code (恢复码): to the printer, or into a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from app.domain.kernel.errors import EnvironmentProblem
from app.exchange.files import appearing, words_for
from app.ui.theme import text_font

_TITLE, _CODE, _TEXT = 22, 18, 12
"""Points."""

_MARGIN = 25
"""Millimetres."""


def printer_name() -> str:
    """The printer that would be used, or nothing."""
    return QPrinterInfo.defaultPrinter().printerName()


def print_sheet(lines: Sequence[str]) -> None:
    """Send the sheet to the usual printer; raises `EnvironmentProblem` NO_PRINTER."""
    found = QPrinterInfo.defaultPrinter()
    if found.isNull():
        raise EnvironmentProblem(
            "NO_PRINTER", "这台电脑没有打印机。", remedy="请保存后到别处打印，或抄下恢复码。"
        )
    printer = QPrinter(found, QPrinter.PrinterMode.HighResolution)
    if not _paint(printer, lines):
        raise EnvironmentProblem(
            "PRINTER", "没有打印出来。", remedy="请检查打印机后再打印一次，或抄下恢复码。"
        )


def save_sheet(lines: Sequence[str], target: Path) -> None:
    """Write the sheet as a PDF; raises `EnvironmentProblem`."""
    made = QBuffer()
    made.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(made)
    writer.setTitle(lines[0])
    _paint(writer, lines)
    with words_for(target), appearing(target) as out:
        out.write(made.data().data())


def _paint(device: QPagedPaintDevice, lines: Sequence[str]) -> bool:
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    device.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    painter = QPainter()
    if not painter.begin(device):
        return False
    try:
        _write(painter, float(device.width()), lines)
    finally:
        ended = painter.end()
    return ended


def _write(painter: QPainter, width: float, lines: Sequence[str]) -> None:
    top = 0.0
    for number, line in enumerate(lines):
        font = text_font(10, bold=number == 0)
        font.setPointSize(_TITLE if number == 0 else _CODE if number in (3, 4) else _TEXT)
        painter.setFont(font)
        middle = number in (0, 3, 4)
        side = Qt.AlignmentFlag.AlignHCenter if middle else Qt.AlignmentFlag.AlignLeft
        height = painter.fontMetrics().height() * 2.0
        painter.drawText(QRectF(0, top, width, height), int(side), line)
        top += height
