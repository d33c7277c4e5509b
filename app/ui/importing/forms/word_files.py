"""Where filled forms come from: files or a folder, chosen or dropped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.services.wordforms.form_files import ENDINGS
from app.ui.ui_memory import UiMemory

_FOLDER = "import/forms"
_KINDS = f"Word 登记表 ({' '.join(f'*{ending}' for ending in ENDINGS)});;所有文件 (*)"


class WordFiles:
    """Asks for files or a folder over `parent`, beginning where the last ones lay."""

    def __init__(self, parent: QWidget, memory: UiMemory) -> None:
        self._parent, self._memory = parent, memory

    def ask_files(self, then: Callable[[list[Path]], None]) -> None:
        """Ask for one file or several."""
        dialog = self._dialog("选择登记表", QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(_KINDS)
        dialog.filesSelected.connect(lambda chosen: then([Path(one) for one in chosen]))
        dialog.open()

    def ask_folder(self, then: Callable[[list[Path]], None]) -> None:
        """Ask for a folder; what lies in it is taken."""
        dialog = self._dialog("选择放登记表的文件夹", QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda chosen: then([Path(chosen)]))
        dialog.open()

    def remember(self, paths: Sequence[Path]) -> None:
        """Begin here the next time."""
        if paths:
            self._memory.keep(_FOLDER, str(paths[0].parent))

    def _dialog(self, title: str, mode: QFileDialog.FileMode) -> QFileDialog:
        folder = self._memory.text(_FOLDER, str(Path.home()))
        dialog = QFileDialog(self._parent, title, folder)
        dialog.setFileMode(mode)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog


def dropped_forms(dropped: QMimeData) -> list[Path]:
    """The Word files and folders that are dropped; nothing when something else is among them."""
    paths = [Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile()]
    fit = [path for path in paths if path.suffix.lower() in ENDINGS or path.is_dir()]
    return fit if len(fit) == len(paths) else []
