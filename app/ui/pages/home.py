"""首页（待办）: what to do next."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from app.ui.desk import Desk
from app.ui.parts.empty import EmptyState
from app.ui.shell.page import Page


class Home(Page):
    """What is due, returned, unfinished or unsent."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        QVBoxLayout(self).addWidget(
            EmptyState("check-circle", "没有待办事项", "到期、退回和没有填完的事项会列在这里。")
        )
