"""Long text: Enter makes a line, Tab or Ctrl+↓ goes on, the characters are counted."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QVBoxLayout

from app.domain.kernel.fields import FieldSpec
from app.domain.kernel.text import length
from app.ui.fields.carried import carries_anything_local, carries_files
from app.ui.fields.composition import Composes, Composition
from app.ui.fields.editor import paint_state
from app.ui.fields.line import is_for_the_page, stays
from app.ui.fields.suggestion import Surroundings
from app.ui.fields.typed_text import TypedText

_LEAST, _MOST = 3, 9
_SHORT = 2000
"""Texts up to this begin one line lower."""
_EDGES = 22


class Prose(Composes, QPlainTextEdit):
    """A plain text of many lines that grows with what is typed."""

    next_wanted = Signal()
    previous_wanted = Signal()
    entered = Signal()
    left = Signal()
    rewrapped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._composition = Composition()
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def event(self, event: QEvent) -> bool:
        if is_for_the_page(event):
            event.ignore()
            return False
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.rewrapped.emit()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if self.isReadOnly():
            event.ignore()
            return
        self._composition.follow(event)
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() == Qt.Key.Key_Down:
            self.next_wanted.emit()
        elif control and event.key() == Qt.Key.Key_Up:
            self.previous_wanted.emit()
        elif (control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)) or (
            event.matches(QKeySequence.StandardKey.Paste)
            and carries_files(QApplication.clipboard().mimeData())
        ):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Words only; files are for the form, packages for the window."""
        files = carries_files(source) or carries_anything_local(source)
        return source.hasText() and not files

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Words only: no colours, no pictures, no HTML."""
        if source.hasText():
            self.insertPlainText(source.text())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the text when one is in it, otherwise the page."""
        if self.hasFocus() and self.verticalScrollBar().maximum() > 0:
            super().wheelEvent(event)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not stays(event):
            self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.commit()
        super().focusOutEvent(event)
        if not stays(event):
            self.left.emit()


class ProseEditor(TypedText):
    """A long text with its count of characters, which are code points (𬭎 is one).

    White and empty lines are no 字; they do take room where a text is at its longest.
    """

    def __init__(
        self, spec: FieldSpec, around: Surroundings, *, least: int = 0, most: int = _MOST
    ) -> None:
        super().__init__(spec, around)
        usual = _LEAST if spec.field.longest > _SHORT else _LEAST - 1
        self._least, self._most = least or usual, most
        self.prose = Prose()
        self.prose.setAccessibleName(spec.label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.prose)
        self.setFocusProxy(self.prose)
        self._wanted_lines = self._least
        self.prose.textChanged.connect(self._on_text)
        self.prose.rewrapped.connect(self._grow)
        for name in ("next_wanted", "previous_wanted", "entered", "left"):
            getattr(self.prose, name).connect(getattr(self, name))

    def _standing(self) -> str:
        return self.prose.toPlainText()

    def _show(self, text: str) -> None:
        self.prose.setPlainText(text)

    def _uncover(self, text: str) -> None:
        blocked = self.blockSignals(True)
        self.prose.setPlainText(text)
        self.blockSignals(blocked)
        self._grow()

    def commit(self) -> None:
        self.prose.commit()

    def note(self) -> str:
        text, longest = self.text(), self.spec.field.longest
        if self.masked or not text.strip():
            return ""
        over = length(text) - longest
        return f"多 {over} 字" if over > 0 else f"{sum(not one.isspace() for one in text)} 字"

    def height_for(self, width: int) -> int:
        line = math.ceil(QFontMetricsF(self.prose.font()).lineSpacing())
        return self._wanted_lines * line + _EDGES

    def _on_text(self) -> None:
        self._grow()
        super()._on_text()

    def _grow(self) -> None:
        lines = int(self.prose.document().size().height())
        wanted = max(self._least, min(self._most, lines))
        if wanted != self._wanted_lines:
            self._wanted_lines = wanted
            self.height_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def sizeHint(self) -> QSize:
        return QSize(240, self.height_for(240))

    def set_masked(self, hide: bool) -> None:
        super().set_masked(hide)
        self.note_changed.emit(self.note())

    def _restyle(self) -> None:
        locked = self.read_only or self.masked
        self.prose.setReadOnly(locked)
        interact = Qt.TextInteractionFlag
        if locked:
            self.prose.setTextInteractionFlags(
                interact.TextSelectableByMouse | interact.TextSelectableByKeyboard
            )
        else:
            self.prose.setTextInteractionFlags(interact.TextEditorInteraction)
        paint_state(self.prose, self._look())


class ManyLinesEditor(ProseEditor):
    """Several long texts, one on each line (for lists whose entries are sentences)."""

    def shown(self, value: Any) -> str:
        return "\n".join(value)

    def value(self) -> Any:
        text = self.text()
        if self._loaded is not None and text == self._loaded_text:
            return self._loaded
        return self._read([line for line in text.splitlines() if line.strip()])

    def put(self, typed: Any) -> None:
        self._set_text(typed if isinstance(typed, str) else self.shown(typed or ()))

    def note(self) -> str:
        return "每行一条"
