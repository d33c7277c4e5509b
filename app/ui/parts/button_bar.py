"""The bar at the bottom of a card: its buttons lose their signs before any of them is cut."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.ui.parts.key_button import KeyButton
from app.ui.theme import LIGHT


class ButtonBar(QFrame):
    """Put the buttons into `row`, the primary one last, at its right end."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self.setFixedHeight(LIGHT.button_bar)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(LIGHT.margin, 0, LIGHT.margin, 0)

    def event(self, event: QEvent) -> bool:
        """Buttons come, go and change their words: look anew whether they have room."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._fit()
        return super().event(event)

    def minimumSizeHint(self) -> QSize:
        """With all signs gone: they hold no window wider."""
        return QSize(self._least(tight=True), LIGHT.button_bar)

    def _fit(self) -> None:
        tight = self._least(tight=False) > self.width()
        for button in self._buttons:
            button.tighten(tight)

    @property
    def _buttons(self) -> list[KeyButton]:
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        return list(self.findChildren(KeyButton, options=direct))

    def _least(self, *, tight: bool) -> int:
        """How narrow it can be with the signs or without, in pixels."""
        shown = [button for button in self._buttons if not button.isHidden()]
        others = sum(one.wanted_width(tight=tight) - one.sizeHint().width() for one in shown)
        return self.row.minimumSize().width() + others
