"""The navigation at the left: the places in groups, and who is at work."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from app.ui.icons import paint_icon
from app.ui.keys import LAST_PAGE, NEXT_PAGE, OPERATOR, UP_DOWN, Action, Key, tell
from app.ui.parts.keycap import keycap_width, paint_keycap
from app.ui.parts.label import label, surface, tip
from app.ui.shell.page import Place, Who
from app.ui.theme import LIGHT, text_font

_ICON = 18
_HIGH_ENOUGH = 660
_LEAST = 24
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}


class Navigation(QFrame):
    """Emits `chosen(name)`; `operator.trigger` is 切换经办人.

    Tab reaches it once, at the current place; ↑ ↓ Home End move, Enter opens.
    """

    chosen = Signal(str)

    def __init__(
        self, sections: Sequence[Sequence[Place]], who: Who, operator: Action, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName("导航")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._items: dict[str, Item] = {}
        self._title = _title(who)
        self._rules: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 1, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._title)
        for section in sections:
            self._add_section(section)
        self._column.addStretch(1)
        self.standing = label(role="note")
        self.standing.setContentsMargins(LIGHT.margin, 0, 0, 8)
        self.standing.hide()
        self._column.addWidget(self.standing)
        self.operator = OperatorBox(who, operator)
        self._column.addWidget(self.operator)
        tell(self, UP_DOWN("选页面"), Key("Enter", "打开"), NEXT_PAGE, LAST_PAGE)
        self.set_narrow(False)

    def item(self, name: str) -> Item:
        """The entry of a place."""
        return self._items[name]

    def set_current(self, name: str) -> None:
        """Mark where the person is."""
        for place, item in self._items.items():
            item.setChecked(place == name)
            policy = Qt.FocusPolicy.TabFocus if place == name else Qt.FocusPolicy.NoFocus
            item.setFocusPolicy(policy)

    def say(self, lines: Sequence[str]) -> None:
        """Say how the office stands, where there is room for it."""
        self.standing.setText("\n".join(lines))
        self._show_standing()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_standing()

    def _show_standing(self) -> None:
        wide = self.width() > LIGHT.navigation_narrow
        self.standing.setVisible(
            wide and bool(self.standing.text()) and self.height() >= _HIGH_ENOUGH
        )

    def set_narrow(self, narrow: bool) -> None:
        """Show icons only, or words again."""
        self.setFixedWidth(LIGHT.navigation_narrow if narrow else LIGHT.navigation)
        self._title.setVisible(not narrow)
        for item in self._items.values():
            item.set_narrow(narrow)
        self.operator.set_narrow(narrow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._move(watched, event.key())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(LIGHT.nav))
            painter.fillRect(self.rect().adjusted(self.width() - 1, 0, 0, 0), QColor(LIGHT.line))

    def _move(self, watched: QObject, key: int) -> bool:
        items = list(self._items.values())
        here = next((n for n, item in enumerate(items) if item is watched), 0)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            items[here].click()
        elif key in _STEPS:
            items[(here + _STEPS[Qt.Key(key)]) % len(items)].setFocus()
        elif key in _ENDS:
            items[_ENDS[Qt.Key(key)]].setFocus()
        else:
            return False
        return True

    def _add_section(self, section: Sequence[Place]) -> None:
        if self._items:
            self._column.addSpacing(6)
            self._column.addWidget(_rule())
            self._column.addSpacing(7)
        for place in section:
            item = Item(place)
            item.clicked.connect(partial(self.chosen.emit, place.name))
            item.installEventFilter(self)
            self._items[place.name] = item
            self._column.addWidget(item)


class Item(QAbstractButton):
    """One place: icon, words and, where something waits, how much."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self._icon = place.icon
        self._badge = 0
        self._narrow = False
        self.setText(place.title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # In a low window (150 %) all of them give a little way.
        self.setMinimumHeight(_LEAST)
        self.setMaximumHeight(LIGHT.navigation_item)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_badge(0)

    @property
    def badge(self) -> int:
        """How much waits there."""
        return self._badge

    def set_badge(self, count: int) -> None:
        """Show how much waits there; nothing for 0."""
        self._badge = count
        self.setAccessibleName(f"{self.text()}，{count} 件" if count else self.text())
        self._retell()

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon only; the words go into the tool tip."""
        self._narrow = narrow
        self._retell()

    def nextCheckState(self) -> None:
        """Only the frame checks: the page may not be left."""

    def sizeHint(self) -> QSize:
        return QSize(LIGHT.navigation_narrow, LIGHT.navigation_item)

    def minimumSizeHint(self) -> QSize:
        return QSize(LIGHT.navigation_narrow, _LEAST)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._paint_ground(painter)
            here = self.isChecked()
            tone = LIGHT.accent if here else LIGHT.text2
            left = (self.width() - _ICON) // 2 if self._narrow else LIGHT.margin
            sign = QRect(left, (self.height() - _ICON) // 2, _ICON, _ICON)
            paint_icon(painter, sign, self._icon, tone)
            if self._narrow:
                self._paint_dot(painter, sign)
            else:
                self._paint_words(painter, tone if here else LIGHT.text)

    def _retell(self) -> None:
        count = f"（{self._badge}）" if self._badge else ""
        self.setToolTip(tip(self.text() + count if self._narrow else ""))
        self.update()

    def _paint_ground(self, painter: QPainter) -> None:
        if self.isChecked():
            painter.fillRect(self.rect(), QColor(LIGHT.card))
            painter.fillRect(self.rect().adjusted(0, 0, 0, 1 - self.height()), QColor(LIGHT.line))
            painter.fillRect(self.rect().adjusted(0, self.height() - 1, 0, 0), QColor(LIGHT.line))
            painter.fillRect(QRect(0, 0, 3, self.height()), QColor(LIGHT.accent))
        elif self.underMouse():
            painter.fillRect(self.rect(), QColor(LIGHT.hover))
        if self.hasFocus():
            painter.setPen(QColor(LIGHT.focus))
            painter.drawRect(self.rect().adjusted(3, 1, -3, -2))
            painter.drawRect(self.rect().adjusted(4, 2, -4, -3))

    def _paint_words(self, painter: QPainter, tone: str) -> None:
        painter.setFont(text_font(LIGHT.normal, bold=self.isChecked()))
        painter.setPen(QColor(tone))
        words = self.rect().adjusted(LIGHT.margin + _ICON + 10, 0, -LIGHT.margin, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self._badge:
            painter.setFont(text_font(LIGHT.small))
            painter.setPen(QColor(LIGHT.text2))
            side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(words.adjusted(0, 0, 2, 0), side, str(self._badge))

    def _paint_dot(self, painter: QPainter, sign: QRect) -> None:
        if self._badge:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(LIGHT.slate))
            painter.drawEllipse(sign.right() - 1, sign.top() - 3, 7, 7)


class OperatorBox(QAbstractButton):
    """Who is at work, at the foot of the navigation; pressing it switches."""

    def __init__(self, who: Who, action: Action) -> None:
        super().__init__()
        self._who = who
        self._key = action.key.shown
        self._narrow = False
        self.setFixedHeight(53)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(f"{who.duty}{who.operator}，{action.text()}，{self._key}")
        self.setToolTip(tip(f"{who.operator}　{OPERATOR.words} {OPERATOR.shown}"))
        self.clicked.connect(action.trigger)

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon only."""
        self._narrow = narrow
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            if self.underMouse():
                painter.fillRect(self.rect(), QColor(LIGHT.hover))
            painter.fillRect(self.rect().adjusted(0, 0, 0, 1 - self.height()), QColor(LIGHT.line))
            left = (self.width() - 20) // 2 if self._narrow else 18
            middle = self.height() // 2
            paint_icon(painter, QRect(left, middle - 10, 20, 20), "user-circle")
            if not self._narrow:
                self._paint_words(painter)
            if self.hasFocus():
                painter.setPen(QColor(LIGHT.focus))
                painter.drawRect(self.rect().adjusted(3, 3, -4, -3))
                painter.drawRect(self.rect().adjusted(4, 4, -5, -4))

    def _paint_words(self, painter: QPainter) -> None:
        width = keycap_width(self._key)
        cap = QRect(self.width() - width - 12, 1, width, self.height() - 1)
        room = QRect(48, 8, cap.left() - 56, 20)
        for text, size, tone in (
            (self._who.operator, LIGHT.normal, LIGHT.text),
            (self._who.duty, LIGHT.small, LIGHT.text2),
        ):
            font = text_font(size)
            painter.setFont(font)
            painter.setPen(QColor(tone))
            elided = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, elided)
            room.translate(0, 19)
        paint_keycap(painter, cap, self._key, QColor(LIGHT.text2), QColor(LIGHT.control))


def _title(who: Who) -> QWidget:
    box = QWidget()
    box.setFixedHeight(64)
    column = QVBoxLayout(box)
    column.setContentsMargins(LIGHT.margin, 12, 8, 10)
    column.setSpacing(2)
    column.addWidget(label("走访帮扶登记", "strong"))
    column.addWidget(label(who.office, "note"))
    return box


def _rule() -> QWidget:
    box = QWidget()
    row = QVBoxLayout(box)
    row.setContentsMargins(LIGHT.margin, 0, LIGHT.margin, 0)
    row.addWidget(surface("rule"))
    return box
