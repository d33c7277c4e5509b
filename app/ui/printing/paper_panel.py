"""送审表 or 报送单 as it is printed: looked at here, sent to the printer, or kept as a PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from app.documents.drawing.target import Target
from app.domain.kernel.errors import EnvironmentProblem
from app.domain.kernel.progress import Cancel, Progress
from app.services.papers.paper_pages import Printout, printout
from app.ui.keys import ESCAPE, FIT, LARGER, PRINT, SAVE, SMALLER, Action, Key, tell
from app.ui.page_context import PaperDesk
from app.ui.parts.card import Card
from app.ui.parts.combo import Combo
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.panel import Panel
from app.ui.parts.work_bar import WorkBar
from app.ui.printing import printers
from app.ui.printing.preview import Preview
from app.ui.printing.printers import Printer
from app.ui.problems import Notice

Render = Callable[[Target], int]
"""Writes the PDF to a path and says how many pages it has."""

_PRINTER = "print/printer"
_NO_PRINTER = EnvironmentProblem(
    "NO_PRINTER", "这台电脑没有打印机。", remedy="请按 Ctrl+S 存为 PDF，到别处打印。"
)


class PaperPanel(Panel):
    """Shows one paper; `closed` on Esc, `ready` when it can be printed.

    `installed` names the printers there are; `ask_where` is asked where a PDF is to be kept.
    """

    closed = Signal()
    ready = Signal()

    def __init__(self, desk: PaperDesk) -> None:
        super().__init__()
        self._desk = desk
        self._name = ""
        self._turn = 0
        self._found: Sequence[Printer] = ()
        self.installed: Callable[[], Sequence[Printer]] = printers.installed
        self.ask_where: Callable[[str], str] = self._dialog
        self.preview = Preview(desk.worker)
        self.view = self.preview.view
        self.work = WorkBar()
        self.printers = Combo()
        self.printers.setAccessibleName("打印机")
        self.print = Action(PRINT, self._print, self)
        self.save = Action(SAVE("存为 PDF"), self._save, self)
        self.close_it = Action(ESCAPE("关闭"), self._close, self)
        tell(self.view, Key("↑ ↓", "翻看"), PRINT, SAVE("存为 PDF"), ESCAPE("关闭"))
        self._lay_out()

    def show_paper(self, name: str, advice: str, render: Render) -> None:
        """Make a paper and show it; `advice` says what to do with it."""
        self._name = name
        self._turn += 1
        self.card.title.setText(name)
        self.advice.setText(advice)
        self.preview.say("正在排版…")
        self._settle()
        making = self._desk.worker.read(partial(_made, render), long=True)
        making.done.connect(partial(self._show, self._turn))
        making.failed.connect(self._refuse)

    def set_busy(self, busy: bool) -> None:
        self.close_it.setEnabled(not busy)

    def go_in(self) -> None:
        self.view.setFocus()

    def _show(self, turn: int, made: Printout) -> None:
        if turn != self._turn:
            self.preview.give_back(made)
            return
        self.preview.show_made(made)
        if made.warning:
            self.advice.setText(made.warning)
        self._look_for_printers()
        self._settle()
        self.ready.emit()
        if self.isVisible():
            self.go_in()

    def _refuse(self, error: Exception) -> None:
        self.preview.say(f"{self._name}没有做出来。按 Esc 返回。")
        self._desk.problems.show(error)

    def _settle(self) -> None:
        there = self.preview.made is not None
        for action in (self.print, self.save):
            action.setEnabled(there)

    def _look_for_printers(self) -> None:
        """The one used last is offered first."""
        self._found = self.installed()
        kept = self._desk.memory.text(_PRINTER)
        names = [one.name for one in self._found]
        self.printers.clear()
        self.printers.addItems(names)
        self.printers.setCurrentIndex(names.index(kept) if kept in names else 0)
        self.printers.setVisible(len(names) > 1)

    def _close(self) -> None:
        self._turn += 1
        self.preview.say("")
        self.closed.emit()

    def _print(self) -> None:
        made, place = self.preview.made, self.printers.currentIndex()
        if made is None:
            return
        if not 0 <= place < len(self._found):
            self._desk.problems.show(_NO_PRINTER)
            return
        printer = self._found[place]
        self._desk.memory.keep(_PRINTER, printer.name)
        job = printers.sending(made, printer, title=self._name)
        printing = self._desk.worker.print_out(job)
        said = f"{self._name}已送到打印机“{printer.name}”。"
        printing.done.connect(lambda _: self._say(said))
        self.work.watch(printing, "正在打印", "停止后已送到打印机的页可能还会印出来。")
        # Esc stops the printing first, and closes only after it.
        self.close_it.setEnabled(False)
        printing.ended.connect(lambda: self.close_it.setEnabled(True))

    def _save(self) -> None:
        made, chosen = self.preview.made, self.ask_where(f"{self._name}.pdf")
        if made is not None and chosen:
            saving = self._desk.worker.read(partial(made.save, Path(chosen), replace=True))
            saving.done.connect(lambda _: self._say(f"{self._name}已存为“{chosen}”。"))

    def _dialog(self, name: str) -> str:
        wanted = str(Path.home() / name)
        return QFileDialog.getSaveFileName(self, "存为 PDF", wanted, "PDF (*.pdf)")[0]

    def _say(self, words: str) -> None:
        self._desk.problems.noticed.emit(Notice("ok", words))

    def _lay_out(self) -> None:
        self.card = Card(" ", " ")
        self.preview.turned.connect(self.card.note.setText)
        for key, run in (
            (SMALLER, partial(self.view.zoom, -1)),
            (LARGER, partial(self.view.zoom, 1)),
            (FIT, self.view.fit),
        ):
            self.card.head.addWidget(KeyButton(Action(key, run, self), quiet=True))
        self.card.body.setContentsMargins(0, 0, 0, 0)
        self.card.body.setSpacing(0)
        self.card.body.addWidget(self.preview, 1)
        self.card.body.addWidget(self.work)
        self.advice = label(role="note")
        bar = self.card.add_bar()
        bar.addWidget(self.advice)
        bar.addStretch(1)
        bar.addWidget(self.printers)
        for action in (self.close_it, self.save):
            bar.addWidget(KeyButton(action))
        bar.addWidget(KeyButton(self.print, primary=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.card)
        self.printers.hide()


def _made(render: Render, progress: Progress, cancel: Cancel) -> Printout:
    return printout(lambda place, _, __: render(place), progress, cancel)
