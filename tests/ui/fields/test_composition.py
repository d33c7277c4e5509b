"""What is composed is kept, and keys of the program are heard, whatever the input method does."""

from __future__ import annotations

import ctypes
import struct

import pytest
from PySide6.QtCore import QByteArray
from pytestqt.qtbot import QtBot

from app.ui.fields.composition import ShortcutsFirst, commit_focused
from app.ui.fields.line import Line
from app.ui.fields.prose import Prose
from tests.ui.hands import begin_composing, focus, show

pytestmark = pytest.mark.usefixtures("dressed")
XCB = QByteArray(b"xcb_generic_event_t")
S, F7, F12, A = 39, 73, 96, 38
CONTROL, SHIFT = 4, 1


def key_event(key: int, modifiers: int, kind: int = 2) -> ctypes.Array[ctypes.c_char]:
    """A key event as the X server sends it."""
    event = struct.pack("=BBHIIIIhhhhHBx", kind, key, 0, 0, 0, 0, 0, 0, 0, 0, 0, modifiers, 1)
    return ctypes.create_string_buffer(event, 32)


def offered(event: ctypes.Array[ctypes.c_char], kind: QByteArray = XCB) -> str:
    """What stands in the field after the event was seen, before the input method has it."""
    field = focus()
    assert isinstance(field, Line)
    assert ShortcutsFirst().nativeEventFilter(kind, ctypes.addressof(event)) == (False, 0)
    return field.text()


@pytest.mark.parametrize("event", [(S, CONTROL), (S, CONTROL | SHIFT), (F7, 0), (F12, 0)])
def test_a_key_of_the_program_puts_in_what_is_composed(
    qtbot: QtBot, event: tuple[int, int]
) -> None:
    line = Line()
    show(qtbot, line)
    begin_composing("宁波")
    assert offered(key_event(*event)) == "宁波"
    assert not line.composing


def test_other_keys_are_for_the_input_method(qtbot: QtBot) -> None:
    line = Line()
    show(qtbot, line)
    begin_composing("宁波")
    assert offered(key_event(A, 0)) == ""
    assert offered(key_event(A, SHIFT)) == ""
    assert offered(key_event(S, CONTROL, kind=3)) == ""
    assert offered(key_event(S, CONTROL), QByteArray(b"windows_generic_MSG")) == ""
    assert line.composing


@pytest.mark.parametrize("kind", [Line, Prose])
def test_what_is_composed_is_put_in_once(qtbot: QtBot, kind: type[Line] | type[Prose]) -> None:
    field = kind()
    show(qtbot, field)
    field.setFocus()
    begin_composing("宁波")
    commit_focused()
    commit_focused()
    assert (field.text() if isinstance(field, Line) else field.toPlainText()) == "宁波"
