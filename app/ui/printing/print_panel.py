"""打印: what will come out is looked at first, then sent to a printer or kept as a PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QScrollArea,
    QWidget,
)

from app.domain.kernel.errors import Problem
from app.domain.records import Record
from app.services.lists import listing
from app.services.lists.listing import Line
from app.services.lists.table_query import TableQuery
from app.services.papers import paper_catalogue
from app.services.papers.paper_catalogue import Paper
from app.services.papers.paper_pages import Printout
from app.ui.help.topics import about
from app.ui.keys import (
    ESCAPE,
    FIT,
    LARGER,
    PAGE_DOWN,
    PAGE_UP,
    PRINT,
    SAVE,
    SMALLER,
    Action,
    tell,
)
from app.ui.page_context import PageContext
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.message_line import MessageLine
from app.ui.parts.work_bar import WorkBar
from app.ui.printing import printers
from app.ui.printing.choices import Choices
from app.ui.printing.preview import Preview
from app.ui.printing.printers import Printer
from app.ui.theme import LIGHT
from app.ui.worker import Operation

_WIDTH = 288
_PATIENCE = 300
"""Milliseconds before a document that is being made shows a bar."""
_FOLDER, _PRINTER = "print/folder", "print/printer"
_UNTOLD = "这种表印有全部号码。\n在左边写明原因，按 Enter 生成。"


class PrintPanel(QWidget):
    """Stands in the place of a page's content; `closed` when the page may be shown again.

    `papers` are those of the page's records; `installed` names the printers there are.
    """

    closed = Signal()
    shown = Signal()

    def __init__(
        self,
        desk: PageContext,
        papers: Sequence[Paper],
        *,
        installed: Callable[[], Sequence[Printer]] = printers.installed,
    ) -> None:
        super().__init__()
        about(self, "print")
        self._desk, self._installed = desk, installed
        self._number = ""
        self._turn = 0
        self._making: Operation | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE)
        self._patience.timeout.connect(self._show_making)
        self.choices = Choices(papers)
        self.preview = Preview(desk.worker)
        self.view = self.preview.view
        self.said = MessageLine()
        self.work = WorkBar()
        self._make_actions()
        self._lay_out()
        self._listen()

    def show_for(
        self,
        record_type: type[Record],
        current: str | None,
        selected: Sequence[str],
        listed: Sequence[str],
        *,
        table: TableQuery | None = None,
        as_table: bool = False,
    ) -> None:
        """Offer to print the record in the form, those selected, all listed, or a blank form.

        `table` is how they stand in a table; `as_table` prints that first.
        """
        self._number = ""
        scopes: list[tuple[str, Sequence[str]]] = []
        if current is not None:
            scopes.append(("这一条", (current,)))
            job = partial(listing.lines, self._desk.office, record_type, [current])
            self._desk.worker.read(job).done.connect(self._name_current)
        if len(selected) > 1:
            scopes.append((f"选中的 {len(selected):,} 条", selected))
        if listed:
            scopes.append((f"列表中的全部 {len(listed):,} 条", listed))
        scopes.append(("空白表", ()))
        self.choices.offer(record_type, scopes, table, as_table=as_table)
        self._clear("")
        QTimer.singleShot(0, self, self._look_for_printers)
        self._make()
        self.choices.first.setFocus()

    def activate(self) -> None:
        """Put the focus where it was."""
        (self.focusWidget() or self.choices.first).setFocus()

    # -- making

    def _make_actions(self) -> None:
        self.back = Action(ESCAPE("返回"), self._close, self)
        self.save = Action(SAVE("存为 PDF"), self._ask_where, self)
        self.print = Action(PRINT, self._print, self)
        self._zooms = [
            Action(SMALLER, partial(self.view.zoom, -1), self),
            Action(LARGER, partial(self.view.zoom, 1), self),
            Action(FIT, self.view.fit, self),
        ]
        Action(PAGE_DOWN, partial(self.view.turn, 1), self)
        Action(PAGE_UP, partial(self.view.turn, -1), self)
        tell(self, PAGE_UP, PAGE_DOWN, LARGER, SMALLER, FIT)

    def _lay_out(self) -> None:
        left, inner = Card("打印"), QScrollArea()
        inner.setWidgetResizable(True)
        inner.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner.setWidget(self.choices)
        for ground in (self.choices, inner.viewport()):
            ground.setAutoFillBackground(False)
        left.setFixedWidth(_WIDTH)
        left.body.setContentsMargins(0, 0, 0, 0)
        left.body.addWidget(inner)
        right = self._right()
        row = QHBoxLayout(self)
        row.setContentsMargins(*[LIGHT.margin] * 4)
        row.setSpacing(LIGHT.gap)
        row.addWidget(left)
        row.addWidget(right, 1)

    def _right(self) -> Card:
        card = Card("预览", " ")
        self.preview.turned.connect(card.note.setText)
        for action in self._zooms:
            card.head.addWidget(KeyButton(action, quiet=True))
        self._below = QWidget()
        below = QHBoxLayout(self._below)
        below.setContentsMargins(LIGHT.margin, 6, LIGHT.margin, 6)
        below.addWidget(self.said)
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.setSpacing(0)
        for part in (self.preview, self.work, self._below):
            card.body.addWidget(part)
        card.body.setStretchFactor(self.preview, 1)
        bar = card.add_bar()
        self._save_first = KeyButton(self.save, primary=True)
        self._save_second, self._print_first = (
            KeyButton(self.save),
            KeyButton(self.print, primary=True),
        )
        bar.addWidget(KeyButton(self.back))
        bar.addStretch(1)
        for button in (self._save_second, self._save_first, self._print_first):
            bar.addWidget(button)
        self._offer_printing(True)
        return card

    def _listen(self) -> None:
        self.choices.changed.connect(self._make)
        self.choices.reason_given.connect(self._make_for_reason)

    # -- the document

    def _name_current(self, lines: list[Line]) -> None:
        if lines:
            self._number = lines[0].number
            self.choices.rename(0, f"这一条（{self._number}）")

    def _look_for_printers(self) -> None:
        found = self._installed()
        self.choices.offer_printers(found, self._desk.memory.text(_PRINTER))
        self._offer_printing(bool(found))
        self._set_enabled()

    def _offer_printing(self, possible: bool) -> None:
        """Where there is no printer, the PDF is the first thing to do."""
        for button in (self._save_second, self._print_first):
            button.setVisible(possible)
        self._save_first.setVisible(not possible)

    def _make(self) -> None:
        """Make what is chosen now, and leave what was being made."""
        if self.choices.reveals:
            self._clear(_UNTOLD)
        else:
            self._start()

    def _make_for_reason(self) -> None:
        if self.choices.order.why:
            self._start()

    def _start(self) -> None:
        self._leave_making()
        self._turn += 1
        self._say("")
        worker, choices = self._desk.worker, self.choices
        job = partial(paper_catalogue.printed, self._desk.office, choices.paper, choices.order)
        making = (worker.write if choices.reveals else worker.read)(job, long=True)
        making.done.connect(partial(self._show, self._turn))
        making.failed.connect(partial(self._refuse, self._turn))
        making.cancelled.connect(partial(self._stopped, self._turn))
        self._making = making
        self._patience.start()
        self._set_enabled()

    def _show_making(self) -> None:
        if self._making is not None:
            self.work.watch(self._making, "正在生成", "停止后什么都不会改变。")
            self.work.stop.setEnabled(True)
            self._set_enabled()

    def _leave_making(self) -> None:
        if self._making is not None:
            self._making.cancel()
        self._making = None
        self._patience.stop()
        self.work.hide()

    def _show(self, turn: int, made: Printout) -> None:
        if turn != self._turn:
            self.preview.give_back(made)
            return
        self._leave_making()
        self.preview.show_made(made)
        left_out = f"{made.left_out:,} 条还没有保存，没有列入。" if made.left_out else ""
        if said := left_out + made.warning:
            self._say(said)
        self._set_enabled()
        self.shown.emit()

    def _refuse(self, turn: int, error: Exception) -> None:
        if turn != self._turn:
            return
        if isinstance(error, Problem):
            self._clear(str(error))
        else:
            self._clear("")
            self._desk.problems.show(error)
        self.shown.emit()

    def _stopped(self, turn: int) -> None:
        if turn == self._turn:
            self._clear("已停止。换一种选择，或按 Esc 返回。")

    def _clear(self, words: str) -> None:
        """Nothing is shown but these words."""
        self._leave_making()
        self._turn += 1
        self.preview.say(words)
        self._say("")
        self._set_enabled()

    def _say(self, words: str, kind: str = "info") -> None:
        """One line above the buttons, or none."""
        if words:
            self.said.say(kind, words)
        self._below.setVisible(bool(words))

    def _set_enabled(self) -> None:
        ready = self.preview.made is not None and self._making is None and self.work.isHidden()
        self.save.setEnabled(ready)
        self.print.setEnabled(ready and self.choices.printer is not None)
        self.back.setEnabled(self.work.isHidden())
        for action in self._zooms:
            action.setEnabled(self.preview.made is not None)

    # -- to paper

    def _print(self) -> None:
        made, printer = self.preview.made, self.choices.printer
        if made is None or printer is None:
            return
        self._desk.memory.keep(_PRINTER, printer.name)
        job = printers.sending(
            made,
            printer,
            title=self.choices.paper.name,
            copies=self.choices.copies.value(),
            two_sided=self.choices.two_sided.isChecked(),
        )
        printing = self._desk.worker.print_out(job)
        printing.done.connect(partial(self._printed, printer))
        printing.failed.connect(self._not_done)
        printing.cancelled.connect(lambda: self._say("已停止打印。"))
        self._say("")
        self.choices.setEnabled(False)
        self.work.watch(printing, "正在打印", "停止后已送到打印机的页可能还会印出来。")
        printing.ended.connect(self._end_printing)
        self._set_enabled()

    def _end_printing(self) -> None:
        self.choices.setEnabled(True)
        self._set_enabled()

    def _printed(self, printer: Printer, sides: int) -> None:
        self._say(f"已送到“{printer.name}”，共 {sides:,} 页。", "ok")

    def _not_done(self, error: Exception) -> None:
        if isinstance(error, Problem):
            self._say(str(error), "error")
        else:
            self._desk.problems.show(error)

    # -- to a file

    @property
    def proposed(self) -> Path:
        """Where the PDF would go: the folder used last, a name that says what it is."""
        order, paper = self.choices.order, self.choices.paper
        of = f"{len(order.ids)}条" if len(order.ids) > 1 else self._number
        name = f"{paper.name} {'空白' if order.blank else of}".strip()
        folder = self._desk.memory.text(_FOLDER, str(Path.home()))
        return Path(folder) / f"{name}.pdf"

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, "存为 PDF", str(self.proposed), "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # The dialog itself asks before a file is replaced.
        dialog.fileSelected.connect(lambda chosen: self.save_to(Path(chosen), replace=True))
        dialog.open()

    def save_to(self, target: Path, *, replace: bool = False) -> None:
        """Write the PDF; says below whether it worked."""
        made = self.preview.made
        if made is None:
            return
        self._desk.memory.keep(_FOLDER, str(target.parent))
        saving = self._desk.worker.read(partial(made.save, target, replace=replace), long=True)
        saving.done.connect(self._saved)
        saving.failed.connect(self._not_done)

    def _saved(self, target: Path) -> None:
        care = "里面有全部号码，打印后请删掉这个文件。" if self.choices.order.why else ""
        self._say(f"已存为 {target}。{care}", "ok")

    # -- going back

    def _close(self) -> None:
        self._clear("")
        self.closed.emit()
