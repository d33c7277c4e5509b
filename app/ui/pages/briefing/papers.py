"""An issue of 简报 as paper and as a Word file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QWidget

from app.documents.drawing.target import Target
from app.services.letters import briefings
from app.services.letters.briefing_letter import letter_file
from app.services.letters.briefings import BriefingSeen
from app.services.office.letter_file import write_paper, write_word
from app.services.office.office import Office
from app.ui.page_context import PageContext
from app.ui.printing.paper_panel import PaperPanel
from app.ui.problems import Notice
from app.ui.theme import LIGHT

_WORD = "WPS 和 Word 文档 (*.docx)"
_DRAFT = "还没有印发，印出来供领导审阅；改好以后按 Ctrl+J 印发。"


class Papers(QObject):
    """Shows the paper on `stage`; `left` when that is closed, `written(path)` when a file is there.

    `ask_save` can be replaced.
    """

    left = Signal()
    written = Signal(str)

    def __init__(self, desk: PageContext, over: QWidget, stage: QStackedLayout) -> None:
        super().__init__(over)
        self._desk, self._over, self._stage = desk, over, stage
        self.panel: PaperPanel | None = None
        self.ask_save: Callable[[str], str] = self._dialog

    @property
    def shown(self) -> bool:
        """Whether the paper is looked at."""
        return self.panel is not None and self._stage.currentWidget() is self.panel

    def look_at(self, found: BriefingSeen) -> None:
        """Show the paper, to be printed or kept from there."""
        if self.panel is None:
            self.panel = PaperPanel(self._desk)
            self.panel.setContentsMargins(*[LIGHT.margin] * 4)
            self.panel.closed.connect(self.left)
            self._stage.addWidget(self.panel)
        self._stage.setCurrentWidget(self.panel)
        render = partial(_render, self._desk.office, found.state.id)
        advice = "" if found.issued else _DRAFT
        self.panel.show_paper(letter_file(found).name, advice, render)
        self.panel.go_in()

    def save_word(self, found: BriefingSeen) -> None:
        """Ask where, and write it."""
        chosen = self.ask_save(f"{letter_file(found).name}.docx")
        if chosen:
            job = partial(_write_word, self._desk.office, found.state.id, Path(chosen))
            self._desk.worker.read(job).done.connect(self._say_written)

    def _say_written(self, path: Path) -> None:
        self._desk.problems.noticed.emit(Notice("ok", f"已存为“{path}”。"))
        self.written.emit(str(path))

    def _dialog(self, name: str) -> str:
        return QFileDialog.getSaveFileName(self._over, "存到", str(Path.home() / name), _WORD)[0]


def _render(office: Office, key: str, target: Target) -> int:
    return write_paper(office, letter_file(briefings.seen(office, key)), target)


def _write_word(office: Office, key: str, path: Path) -> Path:
    return write_word(office, letter_file(briefings.seen(office, key)), path)
