"""A column that scrolls where its parts need more height than there is, and follows the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

_ROUND = 12
"""So much is seen around what has the focus."""


class Scrolled(QScrollArea):
    """Its parts are put into `column`."""

    def __init__(self) -> None:
        super().__init__()
        inside = _Inside()
        self.column = inside.column
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        # A part shown just before it gets the focus has its place only when all is laid out.
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._follow)
        application.focusChanged.connect(self._follow_soon)
        self.verticalScrollBar().rangeChanged.connect(self._follow_soon)

    def _follow_soon(self, *of_no_interest: object) -> None:
        self._soon.start()

    def _follow(self) -> None:
        now = QApplication.focusWidget()
        if now is not None and self.widget().isAncestorOf(now):
            middle = now.mapTo(self.widget(), now.rect().center())
            self.ensureVisible(middle.x(), middle.y(), 0, now.height() // 2 + _ROUND)


class _Inside(QWidget):
    """As high as its parts need at its width: wrapped words ask for no height by themselves."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}:
            self.setMinimumHeight(max(0, self.column.minimumHeightForWidth(self.width())))
        return handled
