"""Home and End in a list of rows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


def end_asked(event: QKeyEvent, rows: int) -> int | None:
    """The row that Home or End go to among so many; None for other keys or where there is none.

    Qt's own tables take them for the ends of a row, which are not seen where rows are chosen.
    """
    ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: rows - 1}
    return ends.get(Qt.Key(event.key())) if rows and event.modifiers() in _PLAIN else None
