"""Where a workbook comes from and where one goes: dialogs, and what is dropped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.ui.ui_memory import UiMemory

_FOLDER = "import/folder"
ENDINGS = (".xlsx", ".xls", ".et", ".csv")
"""Of the workbooks that are read."""
_KINDS = f"表格 ({' '.join(f'*{ending}' for ending in ENDINGS)})"
_SAVED_AS = "Excel 表格 (*.xlsx)"


class WorkbookFiles:
    """Asks for files over `parent`, beginning in the folder used last."""

    def __init__(self, parent: QWidget, memory: UiMemory) -> None:
        self._parent, self._memory = parent, memory

    @property
    def folder(self) -> Path:
        """The folder used last."""
        return Path(self._memory.text(_FOLDER, str(Path.home())))

    def remember(self, path: Path) -> None:
        """Begin here the next time."""
        self._memory.keep(_FOLDER, str(path.parent))

    def ask_which(self, then: Callable[[Path], None]) -> None:
        """Ask for a workbook to read."""
        dialog = self._dialog("选择表格", self.folder, QFileDialog.AcceptMode.AcceptOpen)
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.open()

    def ask_where(self, title: str, target: Path, then: Callable[[Path], None]) -> None:
        """Ask where a workbook is to be written; `target` is offered."""
        dialog = self._dialog(title, target, QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.open()

    def _dialog(self, title: str, at: Path, mode: QFileDialog.AcceptMode) -> QFileDialog:
        opens = mode is QFileDialog.AcceptMode.AcceptOpen
        dialog = QFileDialog(self._parent, title, str(at), _KINDS if opens else _SAVED_AS)
        dialog.setAcceptMode(mode)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog


def dropped_workbook(dropped: QMimeData) -> Path | None:
    """The one workbook that is dropped."""
    paths = [Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile()]
    found = [path for path in paths if path.suffix.lower() in ENDINGS]
    return found[0] if len(found) == 1 == len(paths) else None
