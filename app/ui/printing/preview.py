"""The pages of a document that is going to be printed, or words in their place."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget

from app.documents.drawing.pages import Picture
from app.services.papers.paper_pages import Printout
from app.ui.parts.label import label
from app.ui.printing.paper_view import PaperView, image_of
from app.ui.theme import LIGHT
from app.ui.worker import Worker


class Preview(QStackedWidget):
    """Holds one `Printout` and gives it back when another comes; `turned(words)` says where one is.

    Pages are drawn beside the window, those first that are looked at.
    """

    turned = Signal(str)

    def __init__(self, worker: Worker) -> None:
        super().__init__()
        self._worker = worker
        self.made: Printout | None = None
        self._open: set[Printout] = set()
        worker.closed.connect(self._close_all)
        self.view = PaperView("要打印的页")
        self.words = label("", "label")
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setWordWrap(True)
        self.words.setContentsMargins(*[LIGHT.margin] * 4)
        self.addWidget(self.words)
        self.addWidget(self.view)
        self.view.wanted.connect(self._draw)
        self.view.turned.connect(self._say_where)

    def show_made(self, made: Printout) -> None:
        """Show this document from its first page on."""
        self.give_back(self.made)
        self.made = made
        self._open.add(made)
        self.setCurrentWidget(self.view)
        self.view.show_pages(made.sizes)

    def say(self, words: str) -> None:
        """Show these words and no document."""
        self.give_back(self.made)
        self.made = None
        self.view.show_pages([])
        self.words.setText(words)
        self.setCurrentWidget(self.words)

    def give_back(self, made: Printout | None) -> None:
        """Close a document behind the pages of it that are still being drawn.

        What is queued as the worker closes is not done: then all that are open are closed here.
        """
        if made is not None:
            self._open.add(made)
            closing = self._worker.read(made.close, long=True)
            closing.done.connect(lambda _: self._open.discard(made))

    def _say_where(self, n: int) -> None:
        count = self.view.count
        self.turned.emit(f"第 {n + 1:,} 页，共 {count:,} 页" if count else " ")

    def _draw(self, n: int, scale: float) -> None:
        made = self.made
        if made is None:
            self.view.refuse()
            return
        drawing = self._worker.read(partial(made.picture, n, scale), long=True)
        drawing.done.connect(partial(self._put, made, n, scale))

    def _put(self, made: Printout, n: int, scale: float, picture: Picture) -> None:
        if made is self.made:
            self.view.put(n, scale, image_of(picture))

    def _close_all(self) -> None:
        """Nobody is drawing any more."""
        self.view.show_pages([])
        for made in self._open:
            made.close()
        self._open.clear()
        self.made = None
