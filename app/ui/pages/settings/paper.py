"""One paper to look at before it is printed, or kept as a PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog

from app.documents.drawing.target import Target
from app.domain.kernel.progress import Cancel, Progress
from app.services.papers.paper_pages import Printout, printout
from app.ui.keys import ESCAPE, PAGE_DOWN, PAGE_UP, PRINT, SAVE, Action, tell
from app.ui.page_context import PageContext
from app.ui.pages.settings.panel import Panel
from app.ui.parts.combo import Combo
from app.ui.printing import printers
from app.ui.printing.preview import Preview
from app.ui.printing.printers import Printer

_PLACE = "print/folder"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper: the name of its file without the ending, and what writes it."""

    name: str
    make: Callable[[Target], int]


class PaperPanel(Panel):
    """`shown` when the pages are there; `back` is the panel to return to."""

    shown = Signal()

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        self.sheet: Sheet | None = None
        self.back: Panel | None = None
        self._printers: list[Printer] = []
        self.preview = Preview(desk.worker)
        self.printer = Combo()
        self.form.add("打印机", self.printer, width=420)
        self.column.addWidget(self.form)
        self.show_whole(self.preview)
        tell(self.preview.view, PAGE_DOWN, PAGE_UP)
        self.given_up = Action(ESCAPE("返回"), lambda: None, self)
        self.save = Action(SAVE("存为 PDF"), self._ask_where, self)
        self.print = Action(PRINT, self._print, self, icon="printer")
        self.add_bar([self.given_up, self.save], self.print)

    def activate(self) -> None:
        self.preview.view.setFocus()

    def begin(self, sheet: Sheet, back: Panel) -> None:
        """Make a paper and show it."""
        self.sheet, self.back = sheet, back
        self.preview.say("正在生成…")
        self._printers = printers.installed()
        self.printer.clear()
        self.printer.addItems([one.name for one in self._printers])
        self.form.show_row(self.printer, bool(self._printers))
        self._allow(False)

        def make(target: Target, progress: Progress, cancel: Cancel) -> int:
            return sheet.make(target)

        making = self.desk.worker.read(partial(printout, make), long=True)
        making.done.connect(self._show)
        making.failed.connect(self._give_up)

    def end(self) -> None:
        """Forget the paper."""
        self.preview.say("")
        self.sheet = None

    def save_to(self, path: Path) -> None:
        """Keep the paper as a PDF; says whether it worked."""
        made = self.preview.made
        if made is not None:
            job = partial(made.save, path, replace=True)
            self.watch(self.desk.worker.read(job), "正在保存").done.connect(
                lambda saved: self.say("ok", f"已保存：{saved}")
            )

    def _show(self, made: Printout) -> None:
        self.preview.show_made(made)
        self._allow(True)
        if made.warning:
            self.say("warning", made.warning)
        elif self._printers:
            self.message.clear()
        else:
            self.say("warning", "这台电脑没有打印机，请存为 PDF，到别处打印。")
        self.shown.emit()

    def _give_up(self, error: Exception) -> None:
        self.preview.say("")
        self.refuse(error)

    def _allow(self, there: bool) -> None:
        self.save.setEnabled(there)
        self.print.setEnabled(there and bool(self._printers))

    def _ask_where(self) -> None:
        if self.sheet is None:
            return
        start = Path(self.desk.memory.text(_PLACE) or Path.home()) / f"{self.sheet.name}.pdf"
        dialog = QFileDialog(self, "保存为 PDF", str(start), "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.save_to(Path(chosen)))
        dialog.open()

    def _print(self) -> None:
        made, place = self.preview.made, self.printer.currentIndex()
        if made is None or self.sheet is None or not 0 <= place < len(self._printers):
            return
        printer = self._printers[place]
        job = printers.sending(made, printer, title=self.sheet.name)
        sending = self.watch(
            self.desk.worker.print_out(job), "正在打印", "停止后没有送出的页不再打印。"
        )
        sending.done.connect(lambda _: self.say("ok", f"已送到打印机：{printer.name}。"))
