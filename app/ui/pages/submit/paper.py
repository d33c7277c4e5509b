"""送审表 or 报送单 as it is printed: looked at here, sent to the printer, or kept as a PDF."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from app.documents.pages import Pages, Picture
from app.domain.errors import EnvironmentProblem
from app.exchange.files import appearing, words_for
from app.ui.desk import Desk
from app.ui.keys import ESCAPE, PRINT, SAVE, Action, Key, tell
from app.ui.pages.submit.panel import Panel
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.printing.paper_view import PaperView, image_of
from app.ui.problems import Notice

Render = Callable[[Path], int]
"""Writes the PDF to a path and says how many pages it has."""

_DOTS = 300 / 72
"""Pixels to a point on the printer."""


class PaperPanel(Panel):
    """Shows one paper; `closed` on Esc. `save_to` asks where a PDF is to be kept."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._pdf = b""
        self._name = ""
        self._pages: Pages | None = None
        self.save_to: Callable[[str], str] = self._dialog
        self.view = PaperView("打印预览")
        self.view.wanted.connect(self._draw)
        self.print = Action(PRINT, self._print, self)
        self.save = Action(SAVE("存为 PDF"), self._save, self)
        self.close_it = Action(ESCAPE("关闭"), self._close, self)
        tell(self.view, Key("↑ ↓", "翻看"), PRINT, SAVE("存为 PDF"), ESCAPE("关闭"))
        self.advice = label(role="note")
        self.card = Card(" ", " ")
        self.card.body.setContentsMargins(0, 0, 0, 0)
        self.card.body.addWidget(self.view)
        bar = self.card.add_bar()
        bar.addWidget(self.advice, 1)
        for action in (self.close_it, self.save):
            bar.addWidget(KeyButton(action))
        bar.addWidget(KeyButton(self.print, primary=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.card)

    def show_paper(self, name: str, advice: str, render: Render) -> None:
        """Make a paper and show it; `advice` says what to do with it."""
        self._name = name
        self.card.title.setText(name)
        self.card.note.setText("正在排版…")
        self.advice.setText(advice)
        self.view.show_pages([])
        for action in (self.print, self.save):
            action.setEnabled(False)
        self._desk.worker.read(partial(_made, render), long=True).done.connect(self._show)

    def go_in(self) -> None:
        self.view.setFocus()

    def forget(self) -> None:
        """Give the memory back."""
        if self._pages is not None:
            self._pages.close()
            self._pages = None
        self.view.show_pages([])

    def _show(self, pdf: bytes) -> None:
        self.forget()
        self._pdf, self._pages = pdf, Pages(pdf)
        self.card.note.setText(f"{self._pages.count} 页")
        self.view.show_pages([self._pages.size(n) for n in range(self._pages.count)])
        for action in (self.print, self.save):
            action.setEnabled(True)

    def _draw(self, n: int, scale: float) -> None:
        if self._pages is None:
            self.view.refuse()
            return
        drawing = self._desk.worker.read(partial(self._pages.picture, n, scale), long=True)
        drawing.done.connect(lambda picture: self.view.put(n, scale, image_of(picture)))
        drawing.failed.connect(lambda _: self.view.refuse())

    def _close(self) -> None:
        self.forget()
        self.closed.emit()

    def _print(self) -> None:
        found = QPrinterInfo.defaultPrinter()
        if found.isNull():
            self._desk.problems.show(
                EnvironmentProblem(
                    "NO_PRINTER",
                    "这台电脑没有打印机。",
                    remedy="请按 Ctrl+S 存为 PDF，到别处打印。",
                )
            )
            return
        drawing = self._desk.worker.read(partial(_drawn, self._pdf), long=True)
        drawing.done.connect(partial(self._send, found))

    def _send(self, found: QPrinterInfo, pictures: Sequence[Picture]) -> None:
        if _paint(QPrinter(found, QPrinter.PrinterMode.HighResolution), pictures):
            said = Notice("ok", f"{self._name}已送到打印机“{found.printerName()}”。")
            self._desk.problems.noticed.emit(said)
        else:
            self._desk.problems.show(
                EnvironmentProblem("PRINTER", "没有打印出来。", remedy="请检查打印机后再打印。")
            )

    def _save(self) -> None:
        chosen = self.save_to(f"{self._name}.pdf")
        if chosen:
            keeping = self._desk.worker.read(partial(_keep, self._pdf, Path(chosen)))
            said = Notice("ok", f"{self._name}已存为“{chosen}”。")
            keeping.done.connect(lambda _: self._desk.problems.noticed.emit(said))

    def _dialog(self, name: str) -> str:
        wanted = str(Path.home() / name)
        return QFileDialog.getSaveFileName(self, "存为 PDF", wanted, "PDF (*.pdf)")[0]


def _made(render: Render) -> bytes:
    """The bytes of a paper; nothing of it stays on the disk."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "paper.pdf"
        render(out)
        return out.read_bytes()


def _keep(pdf: bytes, target: Path) -> None:
    with words_for(target), appearing(target) as out:
        out.write(pdf)


def _drawn(pdf: bytes) -> list[Picture]:
    with Pages(pdf) as pages:
        return [pages.picture(n, _DOTS) for n in range(pages.count)]


def _paint(printer: QPrinter, pictures: Sequence[Picture]) -> bool:
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        return False
    whole = QRect(0, 0, printer.width(), printer.height())
    for place, picture in enumerate(pictures):
        if place:
            printer.newPage()
        painter.drawImage(whole, image_of(picture))
    return painter.end()
