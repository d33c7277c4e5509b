"""What is keyed while the form or menu it is meant for is still on its way.

Somebody who keys looking at the paper is ahead of the program: after Ctrl+Enter or Ctrl+N the
next paper is typed at once. Until its form stands there the keys are held, and then given to
it as if they were pressed now, those that are a key of the page among them.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
"""Keys that mean nothing by themselves."""
QUIETLY = Qt.FocusReason.PopupFocusReason
"""A field left for this reason keeps its selection, and is not taken as left."""


class HeldKeys(QWidget):
    """Has the keyboard of its window from `hold` until `give`, `take` or `drop`.

    The `owner` is whoever brings the form; another's word no longer counts.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._owner: QObject | None = None
        self._before: QWidget | None = None
        self._events: list[QEvent] = []
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.resize(1, 1)
        self.show()

    @property
    def holds(self) -> bool:
        """Whether a form is on its way."""
        return self._owner is not None

    def hold(self, owner: QObject) -> None:
        """Take the keyboard; what is held already is for this owner from now on."""
        here: QWidget | None = QApplication.focusWidget()
        if here is not self:
            self._before = here
        self._owner = owner
        self.setFocus(QUIETLY)

    def give(self, owner: QObject) -> None:
        """Give what was keyed to the field that has the focus now, until it is held again."""
        if owner is self._owner:
            events = self._end()
            while events and not self.holds:
                _play(events.pop(0))
            self._events += events

    def take(self, owner: QObject) -> int:
        """Let nothing come of what was keyed; how many keys that said something."""
        return sum(map(_says_something, self._end())) if owner is self._owner else 0

    def drop(self, owner: QObject) -> None:
        """Nothing comes: go back to where the keyboard was."""
        if owner is self._owner:
            self._end()
            if self.hasFocus() and self._before is not None and isValid(self._before):
                self._before.setFocus(QUIETLY)

    def _end(self) -> list[QEvent]:
        events, self._events, self._owner = self._events, [], None
        return events

    # -- keys

    def event(self, event: QEvent) -> bool:
        return takes_key(self, event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()
        if event.key() not in MODIFIERS and self.holds:
            self._events.append(event.clone())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        event.accept()
        if event.commitString() and self.holds:
            self._events.append(event.clone())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever clicks somewhere else means something else by what comes next."""
        super().focusOutEvent(event)
        if event.reason() == Qt.FocusReason.MouseFocusReason:
            self._end()


def held_keys(widget: QWidget) -> HeldKeys:
    """What holds the keys of the window that a widget stands in."""
    window = widget.window()
    found = window.findChild(HeldKeys, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found if isinstance(found, HeldKeys) else HeldKeys(window)


def takes_key(widget: QWidget, event: QEvent) -> bool:
    """Give a key to a widget that wants every one, Tab and those of the page too; whether it was.

    Its `keyPressEvent` says what comes of it.
    """
    if event.type() == QEvent.Type.ShortcutOverride:
        event.accept()
        return True
    if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
        widget.keyPressEvent(event)
        return True
    return False


def _says_something(event: QEvent) -> bool:
    return isinstance(event, QInputMethodEvent) or (
        isinstance(event, QKeyEvent) and bool(event.text())
    )


def _play(event: QEvent) -> None:
    """Do what the event would have done where the focus is now."""
    here: object = QApplication.focusWidget()
    if not isinstance(here, QWidget) or isinstance(here, HeldKeys):
        return
    action = _meant_by(event, here) if isinstance(event, QKeyEvent) else None
    if action is None:
        QApplication.sendEvent(here, event)
    else:
        action.trigger()


def _meant_by(event: QKeyEvent, here: QWidget) -> QAction | None:
    """The key of a page that was pressed, unless the field itself wants it."""
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, event.key(), event.modifiers(), event.text())
    asked.ignore()
    QApplication.sendEvent(here, asked)
    if asked.isAccepted():
        return None
    pressed = QKeySequence(event.keyCombination())
    place: QWidget | None = here
    while place is not None:
        for action in place.actions():
            if action.isEnabled() and pressed in action.shortcuts():
                return action
        place = place.parentWidget()
    return None
