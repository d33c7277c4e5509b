"""The third column: one of several cards that follow the record in the form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.services.lists.record_sheet import Opened
from app.ui.page_context import PageContext
from app.ui.pages.records.kind import Third, ThirdCard

WIDTH = 418
_AFTER = 60
"""Milliseconds after a key that the card is drawn again."""


class ThirdColumn(QStackedWidget):
    """Makes a card when it is first shown; `body` gives what stands in the form."""

    bring_back_asked = Signal(str)

    def __init__(
        self, desk: PageContext, thirds: Sequence[Third], body: Callable[[], Mapping[str, Any]]
    ) -> None:
        super().__init__()
        self._desk, self._thirds, self._body = desk, thirds, body
        self._cards: dict[str, ThirdCard] = {}
        self._opened: Opened | None = None
        self.title = ""
        self.setFixedWidth(WIDTH)
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.setInterval(_AFTER)
        self._due.timeout.connect(self.draw)
        self.turn_to(thirds[0].title)

    def turn_to_next(self) -> bool:
        """Show the card after this one; False when this is the last."""
        titles = [third.title for third in self._thirds]
        after = titles.index(self.title) + 1
        if after < len(titles):
            self.turn_to(titles[after])
        return after < len(titles)

    def turn_to(self, title: str) -> None:
        """Show the card of this name."""
        if title not in self._cards:
            third = next(one for one in self._thirds if one.title == title)
            card = self._cards[title] = third.make(self._desk)
            card.bring_back_asked.connect(self.bring_back_asked)
            self.addWidget(card)
        self.title = title
        self.setCurrentWidget(self._cards[title])
        self.draw()

    def go_in(self) -> None:
        """Put the focus where the card is read: the list beside it has gone."""
        parts = self._cards[self.title].findChildren(QWidget)
        read = (one for one in parts if one.focusPolicy() & Qt.FocusPolicy.TabFocus)
        next(read, self).setFocus()

    def follow(self, opened: Opened) -> None:
        """Another record stands in the form."""
        self._opened = opened
        self.draw()

    def draw_soon(self) -> None:
        """Something was typed."""
        if self._cards[self.title].follows_typing:
            self._due.start()

    def draw(self) -> None:
        """Show what stands in the form now."""
        card = self._cards[self.title]
        if self._opened is not None and not self.isHidden():
            card.show_body(self._opened, self._body())
