"""The printers of this computer, and how pages get onto their paper.

`send` is the one thing that uses Qt beside the window (app.ui.worker says why nothing
else may): a page takes a second to send, and Qt lets a thread paint on a printer and on
pictures of its own. Every class of Qt that it names or meets is made on the main thread,
with this module; a test prints on a thread and sees that none is made there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from app.domain.kernel.errors import Cancelled, EnvironmentProblem
from app.domain.kernel.progress import Cancel, Progress, Step
from app.services.papers.paper_pages import Printout
from app.ui.printing.paper_view import image_over

_FINEST = 400
"""Dots to an inch. With grey edges no eye tells it from more, which only takes longer."""
_POINTS = 72
_MET = (QSize,)
"""Painting asks PySide for this class by itself: it is met here, before a job may do so."""


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer by the name people know; `open` begins a document on it."""

    name: str
    two_sided: bool
    open: Callable[[], QPrinter]


def installed() -> list[Printer]:
    """All printers, the usual one first."""
    found = QPrinterInfo.availablePrinters()
    return [_printer(info) for info in sorted(found, key=lambda info: not info.isDefault())]


def _printer(info: QPrinterInfo) -> Printer:
    sides = info.supportedDuplexModes()
    return Printer(
        info.description() or info.printerName(),
        QPrinter.DuplexMode.DuplexLongSide in sides or QPrinter.DuplexMode.DuplexAuto in sides,
        partial(_device, info.printerName()),
    )


def _device(name: str) -> QPrinter:
    return QPrinter(QPrinterInfo.printerInfo(name), QPrinter.PrinterMode.HighResolution)


def sending(
    printout: Printout, printer: Printer, *, title: str, copies: int = 1, two_sided: bool = False
) -> Callable[..., int]:
    """`send` as a job for the worker."""
    return partial(send, printout, printer, title=title, copies=copies, two_sided=two_sided)


def send(
    printout: Printout,
    printer: Printer,
    *,
    title: str,
    copies: int,
    two_sided: bool,
    progress: Progress,
    cancel: Cancel,
) -> int:
    """Print all pages true to size, on any thread; returns the sheets' sides sent.

    `title` is what the printer's queue shows, where others see it too: never a name.
    Raises `EnvironmentProblem` PRINTER, and `Cancelled` after telling the printer to stop.
    """
    device = printer.open()
    by_itself = device.supportsMultipleCopies()
    if by_itself:
        device.setCopyCount(copies)
        device.setCollateCopies(True)
    device.setDocName(title)
    _prepare(device, printout.sizes[0], two_sided=two_sided)
    order = [n for _ in range(1 if by_itself else copies) for n in range(len(printout.sizes))]
    painter = QPainter()
    if not painter.begin(device):
        raise _refused(printer)
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    try:
        for done, n in enumerate(_watched(order, device, progress, cancel)):
            _turn_to(device, printout.sizes[n])
            if done and not device.newPage():
                raise _refused(printer)
            picture = printout.picture(n, device.resolution() / _POINTS)
            painter.drawImage(0, 0, image_over(picture))
    finally:
        painter.end()
    if device.printerState() == QPrinter.PrinterState.Error:
        raise _refused(printer)
    return len(order)


def _prepare(device: QPrinter, size: tuple[float, float], *, two_sided: bool) -> None:
    modes = QPrinter.DuplexMode
    device.setResolution(min(device.resolution(), _FINEST))
    device.setFullPage(True)
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    device.setDuplex(modes.DuplexLongSide if two_sided else modes.DuplexNone)
    _turn_to(device, size)


def _turn_to(device: QPrinter, size: tuple[float, float]) -> None:
    sides = QPageLayout.Orientation
    device.setPageOrientation(sides.Landscape if size[0] > size[1] else sides.Portrait)


def _watched(
    order: Sequence[int], device: QPrinter, progress: Progress, cancel: Cancel
) -> Iterator[int]:
    """The pages one by one; a stop is told to the printer, which forgets the document."""
    for done, n in enumerate(order):
        progress(Step("正在打印", done, len(order)))
        try:
            cancel.check()
        except Cancelled:
            device.abort()
            raise
        yield n
    progress(Step("正在打印", len(order), len(order)))


def _refused(printer: Printer) -> EnvironmentProblem:
    return EnvironmentProblem(
        "PRINTER",
        f"“{printer.name}”没有接收。",
        remedy="请看打印机是否开着、有没有纸，再打印一次，或存为 PDF 到别处打印。",
    )
