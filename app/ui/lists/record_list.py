"""A list of records, the current one being that beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHeaderView, QTableView

from app.ui.keys import COPY, SIDEWAYS, UP_DOWN, Key, tell
from app.ui.lists.record_delegate import RecordDelegate
from app.ui.lists.record_model import RecordModel
from app.ui.parts.row_ends import end_asked
from app.ui.theme import LIGHT

_SIDES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class RecordList(QTableView):
    """Enter goes into the record (`entered_record`), ← and → to the views beside (`sideways`).

    `pasted` asks what the clipboard holds, `copied` puts the rows selected there; several
    are selected with Shift and Ctrl. A table of one column: a QListView asks Python about
    every row whenever the rows change, which takes seconds for a million.
    """

    entered_record = Signal()
    sideways = Signal(int)
    pasted = Signal()
    copied = Signal()

    def __init__(self, model: RecordModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(RecordDelegate(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(LIGHT.two_line_row)
        rows.setDefaultSectionSize(LIGHT.two_line_row)
        self.setAccessibleName("列表")
        tell(self, UP_DOWN, SIDEWAYS, Key("Enter", "填写这一条"), Key("Shift+↓", "选多条"), COPY)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in _PLAIN
        if plain and event.key() in _ENTER:
            self.entered_record.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        elif plain and event.key() in _SIDES:
            self.sideways.emit(_SIDES[Qt.Key(event.key())])
        elif (end := end_asked(event, self.model().rowCount())) is not None:
            self.setCurrentIndex(self.model().index(end, 0))
        else:
            super().keyPressEvent(event)
