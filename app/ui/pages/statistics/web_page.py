"""The key that keeps a 定稿 as a page for a browser, for leaders to read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.services.figures import issued_page
from app.services.figures.issued_totals import Issued
from app.ui.keys import Action, key
from app.ui.page_context import PageContext
from app.ui.problems import Notice

WEB_PAGE = key("F10", "存为网页")
_KINDS = "网页 (*.html)"
_FIRST = "还没有定稿，没有写网页。网页照定稿的数写：请先按 Ctrl+J 定稿。"


class WebPage(QObject):
    """`issued` answers the 定稿 meant, None without one; `written(path)` when the file is there."""

    written = Signal(str)

    def __init__(
        self, desk: PageContext, over: QWidget, issued: Callable[[], Issued | None]
    ) -> None:
        super().__init__(over)
        self._desk, self._over, self._issued = desk, over, issued
        self.save_to: Callable[[str], str] = self._dialog
        self.action = Action(WEB_PAGE, self._save, over)

    def _save(self) -> None:
        issued = self._issued()
        if issued is None:
            self._desk.problems.noticed.emit(Notice("warning", _FIRST))
            return
        chosen = self.save_to(issued_page.file_name(issued))
        if chosen:
            job = partial(issued_page.write_page, self._desk.office, issued, Path(chosen))
            self._desk.worker.read(job).done.connect(partial(self._say, issued))

    def _say(self, issued: Issued, path: Path) -> None:
        words = f"{issued.words} 已存为网页“{path}”，用浏览器打开。里面没有个人信息。"
        self._desk.problems.noticed.emit(Notice("ok", words))
        self.written.emit(str(path))

    def _dialog(self, name: str) -> str:
        return QFileDialog.getSaveFileName(self._over, "存到", str(Path.home() / name), _KINDS)[0]
