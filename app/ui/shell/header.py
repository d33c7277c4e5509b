"""The header: where one is, the search box, and what can be done on this page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QToolButton, QWidget

from app.ui.icons import icon, paint_icon
from app.ui.keys import ENTER, ESCAPE, FIND, HELP, Action, tell
from app.ui.parts.key_button import KeyButton
from app.ui.parts.keycap import Keycap
from app.ui.parts.label import label, tip
from app.ui.theme import LIGHT

_ANYTHING = "编号、单位、姓名、拼音"
_OWN = (
    Qt.Key.Key_Escape,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Down,
    Qt.Key.Key_Up,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_PageUp,
)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_TIGHT_GAP = 5
"""Between the parts where the room is narrow."""
_WIDTH, _NARROW = 268, 116
"""Of the search box: in pixels, and where the buttons of a page want the room."""


class SearchBox(QLineEdit):
    """Says what is looked for as it is typed (`sought`).

    Enter and ↓ go on to the page (`left`), Esc back to where one was (`given_up`).
    """

    sought = Signal(str)
    left = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaximumWidth(_WIDTH)
        self.setAccessibleName("查找")
        self._key = Keycap(FIND.shown, self)
        self.setTextMargins(26, 0, self._key.width() + 2, 0)
        self.textChanged.connect(self.sought)
        tell(self, ENTER("到结果"), ESCAPE("回到原处"))

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROW, super().minimumSizeHint().height())

    def hold(self, text: str) -> None:
        """Show what is looked for, without looking for it."""
        self.blockSignals(True)
        self.setText(text)
        self.blockSignals(False)

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something here from the page, to which they may mean another."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() in _OWN
            and event.modifiers() in _PLAIN
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                self.clear()
                self.given_up.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Down:
                self.left.emit()
            case _:
                super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.rect()
        self._key.move(
            room.right() - self._key.width() - 6, (room.height() - self._key.height()) // 2
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            paint_icon(painter, QRect(8, self.height() // 2 - 7, 14, 14), "magnifying-glass")


class Header(QFrame):
    """Shows one page at a time; `search` is its search box, `help` the button for F1."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = label(role="title")
        self._note = label(role="label")
        self.search = SearchBox(self)
        self._buttons: list[KeyButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(LIGHT.margin, 0, LIGHT.margin, 1)
        self._row.setSpacing(LIGHT.gap)
        self._row.addWidget(self._title)
        self._row.addWidget(self._note)
        self._row.addStretch(1)
        self._row.addWidget(self.search)
        self.help = self._help_button()
        self._row.addWidget(self.help)
        self.set_narrow(False)

    def show_page(self, title: str, note: str, search: str, actions: Sequence[Action]) -> None:
        """Show what belongs to a page; the search box is emptied.

        `search` says by what its own list is narrowed; all else is found from anywhere.
        """
        self._title.setText(title)
        self.set_note(note)
        self.search.hold("")
        self.search.setPlaceholderText(search or _ANYTHING)
        for button in self._buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons = [KeyButton(action, parent=self) for action in actions]
        for button in self._buttons:
            self._row.insertWidget(self._row.count() - 1, button)

    def event(self, event: QEvent) -> bool:
        """Buttons come, go and change their words: look anew whether they have room."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """The signs of the buttons and the gaps give way before their words do."""
        shown = [button for button in self._buttons if not button.isHidden()]
        beside = [self._title, self._note, self.help]
        others = [part.sizeHint().width() for part in beside if not part.isHidden()]
        wanted = [button.wanted_width(tight=False) for button in shown]
        gaps = (len(shown) + len(others) + 1) * LIGHT.gap + 2 * LIGHT.margin
        tight = sum(wanted) + sum(others) + gaps + _NARROW > self.width()
        for button in self._buttons:
            button.tighten(tight)
        gap = _TIGHT_GAP if tight else LIGHT.gap
        if self._row.spacing() != gap:
            self._row.setSpacing(gap)

    def _help_button(self) -> QToolButton:
        """For the mouse; it leaves the focus where it is, for that is what is explained."""
        made = QToolButton(self)
        made.setIcon(icon("question"))
        made.setIconSize(QSize(20, 20))
        made.setFixedSize(LIGHT.field, LIGHT.field)
        made.setAutoRaise(True)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setToolTip(tip(f"{HELP.words} {HELP.shown}"))
        made.setAccessibleName(f"{HELP.words}，{HELP.shown}")
        return made

    def set_note(self, note: str) -> None:
        """The words beside the title."""
        self._note.setText(note)

    def set_narrow(self, narrow: bool) -> None:
        """Lower it where the window is small."""
        self.setFixedHeight(LIGHT.header_narrow if narrow else LIGHT.header)
        self._note.setVisible(not narrow)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(LIGHT.card))
            painter.fillRect(self.rect().adjusted(0, self.height() - 1, 0, 0), QColor(LIGHT.line))
