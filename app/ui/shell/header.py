"""The header: where one is, the search box, and what can be done on this page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QToolButton, QWidget

from app.ui.icons import icon, paint_icon
from app.ui.keys import ENTER, ESCAPE, FIND, HELP, MORE, Action, tell
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
_WIDTH = 268
"""Of the search box at most, in pixels; at least it shows all its own words."""
_SIGN, _AFTER_WORDS = 26, 14
"""In the search box: left of the words for its sign, and between them and its key."""


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
        self.setTextMargins(_SIGN, 0, self._key.width() + 2, 0)
        self.textChanged.connect(self.sought)
        tell(self, ENTER("到结果"), ESCAPE("回到原处"))

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        width = _SIGN + words + _AFTER_WORDS + self._key.width() + 8
        return QSize(min(width, _WIDTH), super().minimumSizeHint().height())

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
    """Shows one page at a time; `search` is its search box, `help` the button for F1.

    Where the room is narrow the search box keeps its words: first the buttons lose their
    signs, then those at the left go into a menu (更多), the outermost never. All keys go on.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = label(role="title")
        self._title.setContentsMargins(0, 0, _TIGHT_GAP, 0)
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
        self.menu = QMenu(self)
        self.more = KeyButton(Action(MORE, self._open_menu, self), parent=self)
        self.more.hide()
        self._row.addWidget(self.more)
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
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Buttons come, go and change their words: look anew whether they have room."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._fit()
        return super().event(event)

    def minimumSizeHint(self) -> QSize:
        """Of what never gives way; the window is not held wider by the rest."""
        wanted = self._wanted(self._offered[-1:], tight=True, more=True)
        return QSize(wanted, super().minimumSizeHint().height())

    @property
    def _offered(self) -> list[KeyButton]:
        return [button for button in self._buttons if button.action.isVisible()]

    def _fit(self) -> None:
        offered = self._offered
        tight = self._wanted(offered, tight=False) > self.width()
        ways = range(max(len(offered), 1)) if tight else range(1)
        widths = {n: self._wanted(offered[n:], tight=tight, more=n > 0) for n in ways}
        fitting = (n for n, wanted in widths.items() if wanted <= self.width())
        self._arrange(offered[: next(fitting, ways[-1])], tight=tight)

    def _wanted(self, buttons: Sequence[KeyButton], *, tight: bool, more: bool = False) -> int:
        """How wide all is with these buttons, in pixels."""
        beside = [part for part in (self._title, self._note, self.help) if not part.isHidden()]
        shown = [*buttons, *([self.more] if more else [])]
        widths = [part.sizeHint().width() for part in beside]
        widths += [button.wanted_width(tight=tight) for button in shown]
        widths.append(self.search.minimumSizeHint().width())
        gap = _TIGHT_GAP if tight else LIGHT.gap
        return sum(widths) + len(widths) * gap + 2 * LIGHT.margin

    def _arrange(self, aside: Sequence[KeyButton], *, tight: bool) -> None:
        """Let these stand in the menu, the others beside the search box."""
        for button in self._buttons:
            button.tighten(tight)
            button.setVisible(button.action.isVisible() and button not in aside)
        self.more.tighten(tight)
        self.more.setVisible(bool(aside))
        self.more.action.setEnabled(bool(aside))
        actions = [button.action for button in aside]
        if self.menu.actions() != actions:
            self.menu.clear()
            self.menu.addActions(actions)
        gap = _TIGHT_GAP if tight else LIGHT.gap
        if self._row.spacing() != gap:
            self._row.setSpacing(gap)

    def _open_menu(self) -> None:
        self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

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
