"""起草报告: looked at as it will be on paper, kept as .docx for WPS, taken back as the 材料."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from app.documents.drawing.target import Target
from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import Problem
from app.domain.kernel.progress import Cancel, Progress
from app.services.figures.statistics import Choice, campaigns
from app.services.letters import report_letters
from app.services.letters.letter_figures import LetterFigures
from app.services.letters.letter_order import LetterOrder
from app.services.letters.report_letters import Drafted
from app.services.office.letter_file import write_paper, write_word
from app.services.office.office import Office
from app.services.papers.paper_pages import Printout, printout
from app.services.records.saving import Saved
from app.ui.fields.suggestion import Surroundings
from app.ui.help.topics import about
from app.ui.keys import (
    ATTACH,
    ESCAPE,
    FIT,
    LARGER,
    PAGE_DOWN,
    PAGE_UP,
    PRINT,
    SAVE,
    SAVE_AS,
    SMALLER,
    Action,
    tell,
)
from app.ui.page_context import PageContext
from app.ui.pages.letters.letter_controls import LetterControls
from app.ui.pages.records.kind import WorkPanel
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.message_line import MessageLine
from app.ui.parts.work_bar import WorkBar
from app.ui.printing import printers
from app.ui.printing.preview import Preview
from app.ui.printing.printers import Printer
from app.ui.theme import LIGHT
from app.ui.worker import Operation

_WIDTH = 336
_PATIENCE = 400
"""Milliseconds after the last tick before the report is made anew."""
_FOLDER, _PRINTER = "letters/folder", "print/printer"
_WORD, _PDF = "WPS 和 Word 文档 (*.docx)", "PDF (*.pdf)"


class Made(NamedTuple):
    """A report put together, and its pages."""

    drafted: Drafted
    pages: Printout


class LetterPanel(WorkPanel):
    """Stands in the place of the records; `shown` when a report is there to be looked at.

    `ask_save` and `ask_open` ask for a file, `installed` names the printers there are; all can
    be replaced.
    """

    shown = Signal()
    told = Signal()

    def __init__(self, desk: PageContext, around: Surroundings | None = None) -> None:
        super().__init__()
        about(self, "letters")
        self._desk = desk
        self._document = ""
        self._turn = 0
        self._made: Made | None = None
        self._figures: LetterFigures | None = None
        self._making: Operation | None = None
        self._found: Sequence[Printer] = ()
        self._word: Path | None = None
        self.ask_save: Callable[[Path, str], str] = self._save_dialog
        self.ask_open: Callable[[Path], str] = self._open_dialog
        self.installed: Callable[[], Sequence[Printer]] = printers.installed
        self.controls = LetterControls()
        self.preview = Preview(desk.worker)
        self.said = MessageLine()
        self.work = WorkBar()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PATIENCE)
        self._wait.timeout.connect(partial(self._make, ticked=True))
        self._make_actions()
        self._lay_out()
        self.controls.changed.connect(partial(self._make, ticked=False))
        self.controls.ticked.connect(self._wait.start)

    def begin(self, record: str | None) -> None:
        """Put together the report that this 材料 is to be, or the summary of today's campaign."""
        self._say("")
        self._leave_making()
        self._figures = None
        self._clear("正在准备…")
        asking = self._desk.worker.read(partial(_begun, self._desk.office, record))
        asking.done.connect(partial(self._offer, self._turn))
        asking.failed.connect(partial(self._refuse, self._turn))

    def activate(self) -> None:
        self.controls.kinds.buttons()[0].setFocus()

    def changed(self, changes: Changes) -> None:
        """What was counted before is outdated."""
        self._figures = None

    # -- making

    def _offer(self, turn: int, begun: tuple[LetterOrder, Sequence[Choice], str]) -> None:
        if turn != self._turn:
            return
        order, known, campaign = begun
        self._document = order.document
        self.controls.offer(order.kind, known, order.campaign or campaign)
        self._look_for_printers()
        self._make(ticked=False)

    def _make(self, *, ticked: bool) -> None:
        """Make the report that is wanted now, and leave what was being made."""
        self._leave_making()
        controls = self.controls
        chosen = controls.chosen if ticked else None
        order = LetterOrder(controls.kind, controls.campaign, self._document, chosen)
        job = partial(_made, self._desk.office, order, self._figures)
        self._making = making = self._desk.worker.read(job, long=True)
        making.done.connect(partial(self._show, self._turn))
        making.failed.connect(partial(self._refuse, self._turn))
        making.cancelled.connect(partial(self._stopped, self._turn))
        self.work.watch(making, "正在起草", "停止后什么都不会改变。")
        self._set_enabled()

    def _leave_making(self) -> None:
        """What is being made is not wanted any more."""
        if self._making is not None:
            self._making.cancel()
        self._making = None
        self._turn += 1
        self._wait.stop()

    def _show(self, turn: int, made: Made) -> None:
        if turn != self._turn:
            self.preview.give_back(made.pages)
            return
        self._making = None
        self._made, self._figures = made, made.drafted.found
        self.preview.show_made(made.pages)
        self.controls.show_choices(made.drafted.choices, made.drafted.told)
        note = (
            f"数字截至 {made.drafted.as_of}。黄色的和〔请补写〕的地方，存为 Word 以后在 WPS 里写。"
        )
        self._say(made.pages.warning or note)
        self._set_enabled()
        self.shown.emit()

    def _stopped(self, turn: int) -> None:
        if turn == self._turn:
            self._making = None
            self._clear("已停止。换一种选择，或按 Esc 返回。")

    def _refuse(self, turn: int, error: Exception) -> None:
        if turn != self._turn:
            return
        self._making = None
        if isinstance(error, Problem):
            self._clear(str(error))
        else:
            self._clear("")
            self._desk.problems.show(error)
        self.told.emit()

    def _clear(self, words: str) -> None:
        self._made = None
        self.preview.say(words)
        self._set_enabled()

    # -- to a file, to paper, and back

    def _save_word(self) -> None:
        path = self._wanted(".docx", _WORD)
        if self._made is not None and path is not None:
            job = partial(write_word, self._desk.office, self._made.drafted.file, path)
            self._write(job, "存为 Word").done.connect(self._saved_word)

    def _saved_word(self, path: Path) -> None:
        self._word = path
        self._tell(f"已存为 {path}。请用 WPS 补写、改好，再按 Ctrl+U 附回材料。")

    def _save_pdf(self) -> None:
        path = self._wanted(".pdf", _PDF)
        if self._made is not None and path is not None:
            job = partial(self._made.pages.save, path, replace=True)
            self._write(job, "存为 PDF").done.connect(lambda saved: self._tell(f"已存为 {saved}。"))

    def _wanted(self, ending: str, filter_words: str) -> Path | None:
        if self._made is None:
            return None
        folder = Path(self._desk.memory.text(_FOLDER) or Path.home())
        chosen = self.ask_save(folder / f"{self._made.drafted.file.name}{ending}", filter_words)
        if not chosen:
            return None
        path = Path(chosen)
        self._desk.memory.keep(_FOLDER, str(path.parent))
        return path if path.suffix.lower() == ending else path.with_name(path.name + ending)

    def _write(self, job: Callable[[], Path], words: str) -> Operation:
        writing = self._desk.worker.read(job, long=True)
        writing.failed.connect(partial(self._not_done, f"{words}没有做成"))
        return writing

    def _take_back(self) -> None:
        if self._made is None:
            return
        folder = Path(self._desk.memory.text(_FOLDER) or Path.home())
        chosen = self.ask_open(self._word or folder)
        if chosen:
            job = partial(
                report_letters.take_back, self._desk.office, self._made.drafted, Path(chosen)
            )
            taking = self._desk.worker.write(job)
            taking.done.connect(self._taken)
            taking.failed.connect(partial(self._not_done, "没有附上"))

    def _taken(self, saved: Saved) -> None:
        self._document = saved.id
        self._tell(f"已附到材料 {saved.number}，报送时一起交。")

    def _print(self) -> None:
        place = self.controls.printers.currentIndex()
        if self._made is None or not 0 <= place < len(self._found):
            return
        printer = self._found[place]
        self._desk.memory.keep(_PRINTER, printer.name)
        job = printers.sending(self._made.pages, printer, title=self._made.drafted.letter.title)
        printing = self._desk.worker.print_out(job)
        printing.done.connect(lambda _: self._tell(f"已送到“{printer.name}”。"))
        printing.failed.connect(partial(self._not_done, "没有打印"))
        self.work.watch(printing, "正在打印", "停止后已送到打印机的页可能还会印出来。")
        self.back.setEnabled(False)
        printing.ended.connect(self._set_enabled)

    def _not_done(self, words: str, error: Exception) -> None:
        if isinstance(error, Problem):
            self._say(f"{words}：{error}", "error")
        else:
            self._desk.problems.show(error)
        self.told.emit()

    def _tell(self, words: str) -> None:
        self._say(words, "ok")
        self.told.emit()

    def _say(self, words: str, kind: str = "info") -> None:
        self.said.say(kind, words)
        self.said.setVisible(bool(words))

    def _set_enabled(self) -> None:
        ready = self._made is not None and self._making is None
        for action in (self.save_word, self.save_pdf, self.take_back, *self._zooms):
            action.setEnabled(ready)
        self.print.setEnabled(ready and bool(self._found))
        # While something is being made, Esc stops it.
        self.back.setEnabled(self._making is None)

    def _look_for_printers(self) -> None:
        self._found = self.installed()
        names = [one.name for one in self._found]
        self.controls.offer_printers(names, self._desk.memory.text(_PRINTER))
        self._print_button.setVisible(bool(names))

    def _leave(self) -> None:
        self._leave_making()
        self._clear("")
        self.closed.emit()

    # -- laid out

    def _make_actions(self) -> None:
        view = self.preview.view
        self.back = Action(ESCAPE("返回"), self._leave, self)
        self.take_back = Action(ATTACH("附回材料"), self._take_back, self)
        self.save_pdf = Action(SAVE_AS("存为 PDF"), self._save_pdf, self)
        self.save_word = Action(SAVE("存为 Word"), self._save_word, self)
        self.print = Action(PRINT, self._print, self)
        self._zooms = [
            Action(SMALLER, partial(view.zoom, -1), self),
            Action(LARGER, partial(view.zoom, 1), self),
            Action(FIT, view.fit, self),
        ]
        Action(PAGE_DOWN, partial(view.turn, 1), self)
        Action(PAGE_UP, partial(view.turn, -1), self)
        tell(self, PAGE_UP, PAGE_DOWN, LARGER, SMALLER)

    def _lay_out(self) -> None:
        left, right = Card("起草报告"), Card("预览", " ")
        left.setFixedWidth(_WIDTH)
        left.body.setContentsMargins(0, 0, 0, 0)
        left.body.addWidget(self.controls)
        below_left = left.add_bar()
        below_left.addStretch(1)
        below_left.addWidget(KeyButton(self.take_back))
        self.preview.turned.connect(right.note.setText)
        for action in self._zooms:
            right.head.addWidget(KeyButton(action, quiet=True))
        right.body.setContentsMargins(0, 0, 0, 0)
        right.body.setSpacing(0)
        right.body.addWidget(self.preview, 1)
        right.body.addWidget(self.work)
        below = QHBoxLayout()
        below.setContentsMargins(LIGHT.margin, 4, LIGHT.margin, 4)
        below.addWidget(self.said)
        right.body.addLayout(below)
        bar = right.add_bar()
        bar.addWidget(KeyButton(self.back))
        bar.addStretch(1)
        self._print_button = KeyButton(self.print)
        for button in (self._print_button, KeyButton(self.save_pdf)):
            bar.addWidget(button)
        bar.addWidget(KeyButton(self.save_word, primary=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(*[LIGHT.margin] * 4)
        row.setSpacing(LIGHT.gap)
        row.addWidget(left)
        row.addWidget(right, 1)
        self.row = row

    def _save_dialog(self, proposed: Path, filter_words: str) -> str:
        return QFileDialog.getSaveFileName(self, "存到", str(proposed), filter_words)[0]

    def _open_dialog(self, near: Path) -> str:
        wanted = "报告文件 (*.docx *.doc *.wps *.pdf *.ofd)"
        return QFileDialog.getOpenFileName(self, "改好的报告", str(near), wanted)[0]


def _begun(office: Office, record: str | None) -> tuple[LetterOrder, Sequence[Choice], str]:
    """The report to begin, the campaigns there are, and the code of today's."""
    return (
        report_letters.order_for(office, record),
        campaigns(office),
        report_letters.campaign_of_today(office),
    )


def _made(
    office: Office,
    order: LetterOrder,
    found: LetterFigures | None,
    progress: Progress,
    cancel: Cancel,
) -> Made:
    drafted = report_letters.draft(office, order, found=found, progress=progress, cancel=cancel)

    def write(target: Target, step: Progress, stop: Cancel) -> int:
        return write_paper(office, drafted.file, target, progress=step, cancel=stop)

    return Made(drafted, printout(write, progress, cancel))
