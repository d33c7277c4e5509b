"""登记表样: the page that would be printed now, drawn anew as one types."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.documents.drawing.layout import MM, PAGE_HEIGHT, PAGE_WIDTH
from app.documents.drawing.pages import Picture
from app.domain.kernel.errors import Cancelled, Problem
from app.services.lists.record_sheet import Opened
from app.services.papers import paper_pages
from app.ui.page_context import PageContext
from app.ui.pages.records.kind import ThirdCard
from app.ui.parts.card import Card
from app.ui.parts.message_line import MessageLine
from app.ui.printing.paper_view import Crop, PaperView, image_of

_CROP = Crop(left=18 * MM, top=26 * MM, right=18 * MM, bottom=6 * MM)
"""The margins that a reader can do without; the frame keeps 9 mm around it."""
_MARGIN = 12
_PAGE = (PAGE_WIDTH, PAGE_HEIGHT)


class SheetCard(ThirdCard):
    """The third card of 走访登记.

    One page is drawn at a time, beside the window; of what was typed meanwhile only the
    newest is drawn next, and until then the picture before stays.
    """

    follows_typing = True

    def __init__(self, desk: PageContext) -> None:
        super().__init__()
        self._desk = desk
        self._newest: tuple[Opened, dict[str, Any]] | None = None
        self._due = self._busy = False
        card = Card("登记表样", "随填随变")
        self.paper = PaperView("登记表样", crop=_CROP, margin=_MARGIN)
        self.paper.show_pages([_PAGE])
        self.paper.wanted.connect(lambda n, scale: self._draw())
        self.said = MessageLine()
        self._above = QWidget()
        above = QHBoxLayout(self._above)
        above.setContentsMargins(_MARGIN, 4, _MARGIN, 4)
        above.addWidget(self.said)
        self._above.hide()
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.setSpacing(0)
        card.body.addWidget(self._above)
        card.body.addWidget(self.paper, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)

    def show_body(self, opened: Opened, body: Mapping[str, Any]) -> None:
        self._newest = opened, dict(body)
        self._draw()

    def _draw(self) -> None:
        self._due = True
        if self._busy or self._newest is None:
            return
        self._due, self._busy = False, True
        scale = self.paper.device_scale
        job = partial(paper_pages.drawn_form, self._desk.office, *self._newest, scale)
        drawing = self._desk.worker.read(job, long=True)
        drawing.done.connect(partial(self._show, scale))
        drawing.failed.connect(self._refuse)
        drawing.ended.connect(self._go_on)

    def _show(self, scale: float, drawn: tuple[list[Picture], str]) -> None:
        pictures, warning = drawn
        if warning:
            self.said.say("warning", warning)
        self._above.setVisible(bool(warning))
        images = [image_of(picture) for picture in pictures]
        self.paper.renew([_PAGE] * len(images), images, scale)

    def _refuse(self, error: Exception) -> None:
        self.paper.refuse()
        if isinstance(error, Problem):
            self.said.say("error", str(error))
            self._above.show()
        elif not isinstance(error, Cancelled):
            self._desk.problems.show(error)

    def _go_on(self) -> None:
        self._busy = False
        if self._due:
            self._draw()
