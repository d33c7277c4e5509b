"""One line of text that goes on with Enter, loses nothing and never takes a sheet for a word."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from app.ui.fields.carried import carries_anything_local, carries_files
from app.ui.fields.composition import Composes, Composition

_PASSING = {
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
}


def stays(event: QFocusEvent) -> bool:
    """Tell whether the focus only seems to go: another window or a menu came to the front."""
    return event.reason() in _PASSING


def has_focus_within(widget: QWidget) -> bool:
    """Tell whether the focus is in a part of the widget."""
    return QApplication.focusWidget() in widget.findChildren(QWidget)


def is_escape(event: QEvent) -> bool:
    """Tell whether Esc is being offered to the field before any shortcut of the window."""
    override = event.type() == QEvent.Type.ShortcutOverride
    return override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape


_OWN = {Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Y, Qt.Key.Key_Z}
_LETTERS = range(Qt.Key.Key_A, Qt.Key.Key_Z + 1)


def is_for_the_page(event: QEvent) -> bool:
    """Tell whether a key with Ctrl is none of a field's own.

    On X11 Qt's fields take Ctrl+U, Ctrl+K, Ctrl+D and Ctrl+E for themselves, and
    delete what was typed.
    """
    if not isinstance(event, QKeyEvent):
        return False
    control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return control and event.key() in _LETTERS and event.key() not in _OWN


def cells_of(text: str) -> list[list[str]]:
    """The rows and cells of a copied sheet range; one cell only when it is no range."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
    return [line.split("\t") for line in lines]


class Line(Composes, QLineEdit):
    """A line edit without length limit, validator or mask.

    `next_wanted` comes with Enter, `block_pasted` with the cells when a sheet range
    was pasted, which then is not put in.
    """

    next_wanted = Signal()
    entered = Signal()
    left = Signal()
    block_pasted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composition = Composition()
        self._before = ""
        self.setFixedHeight(32)
        self.textChanged.connect(self._refuse_block)

    def show_action(self, action: QAction, shown: bool) -> None:
        """Put a mark at the right end, or take it away; its room goes with it."""
        if shown and action not in self.actions():
            self.addAction(action, QLineEdit.ActionPosition.TrailingPosition)
        elif not shown and action in self.actions():
            self.removeAction(action)

    def event(self, event: QEvent) -> bool:
        if is_for_the_page(event) or self._undoes_nothing(event):
            event.ignore()
            return False
        return super().event(event)

    def _undoes_nothing(self, event: QEvent) -> bool:
        """Ctrl+Z in a line in which nothing was typed is for the page."""
        undo = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)
        return undo and not self.isUndoAvailable()

    def close_list(self) -> None:
        """Hide what is open under the line; a plain line has nothing."""

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if self.isReadOnly():
            event.ignore()
            return
        self._composition.follow(event)
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            if carries_files(QApplication.clipboard().mimeData()):
                event.ignore()
            else:
                self.paste_clipboard()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(event)
        else:
            super().keyPressEvent(event)

    def _enter(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if not plain:
            event.ignore()
        elif not self.composing:
            self.next_wanted.emit()

    def paste_clipboard(self) -> None:
        """Paste; a range of cells is handed on instead, a single cell loses its line end."""
        self._take(QApplication.clipboard().mimeData())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Words only; files are for the form, packages for the window."""
        if carries_files(event.mimeData()) or carries_anything_local(event.mimeData()):
            event.ignore()
        else:
            super().dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._take(event.mimeData())
        event.acceptProposedAction()

    def _take(self, data: QMimeData) -> None:
        if self.isReadOnly() or not data.hasText():
            return
        cells = cells_of(data.text())
        if len(cells) == 1 and len(cells[0]) == 1:
            self.insert(cells[0][0])
        else:
            self.block_pasted.emit(cells)

    def _refuse_block(self, text: str) -> None:
        """Catch a range that came by any other way (the middle button, an input method)."""
        cells = cells_of(text)
        if len(cells) == 1 and len(cells[0]) == 1:
            self._before = text
            return
        self.setText(self._before)
        self.block_pasted.emit(cells)

    def menu(self) -> QMenu:
        """The usual menu, whose 粘贴 is as careful as the key."""
        menu = self.createStandardContextMenu()
        for action in menu.actions():
            if action.objectName() == "edit-paste":
                action.triggered.disconnect()
                action.triggered.connect(self.paste_clipboard)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.menu()
        menu.exec(event.globalPos())
        menu.deleteLater()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not stays(event):
            self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.commit()
        super().focusOutEvent(event)
        if not stays(event):
            self.left.emit()
