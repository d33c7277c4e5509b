"""核验文件: a file of a draw, of whichever office, worked out anew from nothing but itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.campaign.draw_file import DrawFile
from app.services.planning.draw_files import verify_file
from app.ui.keys import Action, key
from app.ui.page_context import PageContext
from app.ui.problems import Notice

VERIFY = key("Ctrl+O", "核验文件")
_FOLDER = "export/folder"


class FileCheck:
    """Asks for a file and says in a sentence what came of it; what differs is said as a refusal."""

    def __init__(self, desk: PageContext, over: QWidget) -> None:
        self._desk, self._over = desk, over
        self.choose_by: Callable[[str], str] = self._dialog

    def action(self, place: QWidget) -> Action:
        """The key for it at a place."""
        return Action(VERIFY, self.ask, place, icon="check-circle")

    def ask(self) -> None:
        """Ask which file, and check it."""
        chosen = self.choose_by(self._desk.memory.text(_FOLDER, str(Path.home())))
        if chosen:
            self._desk.memory.keep(_FOLDER, str(Path(chosen).parent))
            checking = self._desk.worker.read(partial(verify_file, Path(chosen)), long=True)
            checking.done.connect(self._tell)

    def _tell(self, file: DrawFile) -> None:
        self._desk.problems.noticed.emit(Notice("ok", words_of(file)))

    def _dialog(self, folder: str) -> str:
        return QFileDialog.getOpenFileName(self._over, "核验文件", folder, "抽取文件 (*.json)")[0]


def words_of(file: DrawFile) -> str:
    """What was checked, and that it holds."""
    void = f"{file.void}。" if file.void else ""
    return (
        f"核验通过：{file.office}{file.number}“{file.title}”，名单 {len(file.frame):,} 家，"
        f"抽中 {len(file.results):,} 家，照名单和种子重新算过，结果相同。{void}"
    )
