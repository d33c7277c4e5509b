"""What an input method holds for a field and has not put in yet."""

from __future__ import annotations

import ctypes
import struct
from typing import cast

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget


class Composition:
    """Follows the input method events of one field, so that no composition is dropped."""

    def __init__(self) -> None:
        self.text = ""
        self._given = False

    def follow(self, event: QInputMethodEvent) -> None:
        """See an event before the field does.

        A mouse press outside resets the input method of Linux desktops (ibus)
        before the focus moves; what was composed is put in then, as on Windows.
        """
        ends = not event.preeditString() and not event.commitString()
        pressed = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        if self.text and ends and pressed:
            event.setCommitString(self.text)
        self._given = self._given or bool(event.commitString())
        self.text = event.preeditString()

    def commit(self, field: QWidget) -> None:
        """Put in what is composed, also where the input method only forgets it (ibus)."""
        held, self._given = self.text, False
        if held:
            QGuiApplication.inputMethod().commit()
        if held and not self._given:
            rest = QInputMethodEvent()
            rest.setCommitString(held)
            QApplication.sendEvent(field, rest)


class Composes:
    """A text field, to be mixed into a widget, that knows what is composed in it."""

    _composition: Composition

    @property
    def composing(self) -> bool:
        """Whether an input method holds text that is not in the field yet."""
        return bool(self._composition.text)

    def commit(self) -> None:
        """Put in what is being composed."""
        self._composition.commit(cast(QWidget, self))


def commit_focused() -> None:
    """Put in what is composed in the field one is in."""
    field: object = QApplication.focusWidget()
    if isinstance(field, Composes):
        field.commit()
    else:
        QGuiApplication.inputMethod().commit()


def is_composing() -> bool:
    """Whether an input method is at work in the field one is in."""
    field: object = QApplication.focusWidget()
    return isinstance(field, Composes) and field.composing


_XCB = b"xcb_generic_event_t"
_KEY_PRESS, _CONTROL = 2, 4
_STATE_AT = 28
"""Where a key event of X11 has its modifiers (xcb_key_press_event_t); its key is byte 1."""
_FUNCTION_KEYS = {*range(67, 77), 95, 96}
"""F1 … F12 as every PC on X11 has them."""


class ShortcutsFirst(QAbstractNativeEventFilter):
    """Commits before a key with Ctrl or a function key is offered to the input method.

    libpinyin swallows every such key while it composes, so that Ctrl+S would do nothing
    at all; with nothing composed it lets the key through. X11 only: on Windows
    shortcuts come first.
    """

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        if bytes(kind) == _XCB and _is_shortcut(int(message)):  # type: ignore[arg-type]
            commit_focused()
        return False, 0


def _is_shortcut(address: int) -> bool:
    event = ctypes.string_at(address, _STATE_AT + 2)
    if event[0] & 0x7F != _KEY_PRESS:
        return False
    (state,) = struct.unpack_from("=H", event, _STATE_AT)
    return bool(state & _CONTROL) or event[1] in _FUNCTION_KEYS


def put_shortcuts_first(application: QApplication) -> None:
    """Let the keys of the program be heard while an input method composes, until it quits."""
    guard = ShortcutsFirst()
    application.installNativeEventFilter(guard)
    application.aboutToQuit.connect(lambda: application.removeNativeEventFilter(guard))
