"""A button that shows its key in a small frame."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyleOptionButton, QWidget

from app.ui.icons import paint_icon
from app.ui.keys import Action
from app.ui.parts.keycap import keycap_width, paint_keycap
from app.ui.theme import LIGHT, colour, text_font

_SIDE, _TIGHT_SIDE = 12, 6
_GAP = 8
_ICON = 16


class KeyButton(QPushButton):
    """Mirrors an action: its words, icon, key, and whether it can be done now.

    `primary` is the one thing to do on the page; `quiet` leaves the border away.
    """

    def __init__(
        self,
        action: Action,
        *,
        primary: bool = False,
        quiet: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.action = action
        self._primary = primary
        self._gone = self._tight = False
        self.setProperty("primary", primary)
        self.setFlat(quiet)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._mirror)
        self._mirror()

    def sizeHint(self) -> QSize:
        return QSize(self.wanted_width(tight=self._tight), LIGHT.field)

    def wanted_width(self, *, tight: bool) -> int:
        """How wide it is, with its sign or without."""
        width = self._metrics().horizontalAdvance(self.text())
        width += 2 * (_TIGHT_SIDE if tight else _SIDE)
        if self.action.sign and not tight:
            width += _ICON + _GAP
        if self._key:
            width += keycap_width(self._key) + _GAP
        return width

    def tighten(self, tight: bool) -> None:
        """Leave the sign away where there is little room; words and key stay whole."""
        if tight is not self._tight:
            self._tight = tight
            self.updateGeometry()
            self.update()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        """The style draws the button only; words, icon and key are drawn here."""
        super().initStyleOption(option)
        cast(Any, option).text = ""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            self._paint_content(painter)

    @property
    def _key(self) -> str:
        return self.action.key.shown

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(text_font(LIGHT.normal, bold=self._primary))

    def _mirror(self) -> None:
        self.setText(self.action.text())
        self.setEnabled(self.action.isEnabled())
        if self._gone is self.action.isVisible():
            self._gone = not self._gone
            self.setVisible(not self._gone)
        self.setAccessibleName(f"{self.action.text()}，{self._key}")
        self.updateGeometry()
        self.update()

    def _paint_content(self, painter: QPainter) -> None:
        text, frame = self._colours()
        note = text if self._primary or not self.isEnabled() else QColor(LIGHT.text2)
        side = _TIGHT_SIDE if self._tight else _SIDE
        left, middle = (self.width() - self.sizeHint().width()) // 2 + side, self.height() // 2
        if self.action.sign and not self._tight:
            where = QRect(left, middle - _ICON // 2, _ICON, _ICON)
            paint_icon(painter, where, self.action.sign, note.name())
            left += _ICON + _GAP
        painter.setFont(text_font(LIGHT.normal, bold=self._primary))
        painter.setPen(text)
        width = self._metrics().horizontalAdvance(self.text())
        where = QRect(left, 0, width + 1, self.height())
        painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._key:
            where = QRect(left + width + _GAP, 0, keycap_width(self._key), self.height())
            paint_keycap(painter, where, self._key, note, frame)

    def _colours(self) -> tuple[QColor, QColor]:
        """Of the words, and of the frame around the key."""
        if not self.isEnabled():
            return QColor(LIGHT.disabled), QColor(LIGHT.line)
        if self._primary:
            return QColor(LIGHT.card), colour(LIGHT.card, 0.6)
        return QColor(LIGHT.text), QColor(LIGHT.control)
