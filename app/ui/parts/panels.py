"""Panels that take the place of a page's content: printing, importing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedLayout, QWidget


class Panels(QStackedLayout):
    """The layout of a page: its content, or one panel in its place.

    While a panel is there the page's own keys are silent, so that a key means one thing.
    `changed` when a panel came or went.
    """

    changed = Signal()

    def __init__(self, page: QWidget, content: QWidget) -> None:
        super().__init__(page)
        self._page, self._content = page, content
        self._silent: list[QAction] = []
        self._back: QWidget | None = None
        self.addWidget(content)

    @property
    def panel(self) -> QWidget | None:
        """The panel that is shown, or None."""
        shown = self.currentWidget()
        return None if shown is self._content else shown

    def show_panel(self, panel: QWidget) -> None:
        """Put a panel in the place of the content."""
        if self.indexOf(panel) < 0:
            self.addWidget(panel)
        if self.panel is None:
            self._back = self._content.focusWidget()
            self._silent = self._page.actions()
            for action in self._silent:
                self._page.removeAction(action)
        self.setCurrentWidget(panel)
        self.changed.emit()

    def go_back(self) -> None:
        """Show the content again, with the focus where it was."""
        if self.panel is None:
            return
        self.setCurrentWidget(self._content)
        self._page.addActions(self._silent)
        self._silent = []
        (self._back or self._content).setFocus()
        self.changed.emit()
