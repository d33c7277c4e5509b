"""The bar of a long job in a card of its own, which is there only while the job runs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.ui.parts.work_bar import WorkBar

_SHOWN = {QEvent.Type.ShowToParent: True, QEvent.Type.HideToParent: False}


class WorkCard(QFrame):
    """Follows its bar (`work`)."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.work = WorkBar()
        self.work.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.work)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.work and event.type() in _SHOWN:
            self.setVisible(_SHOWN[event.type()])
        return super().eventFilter(watched, event)
