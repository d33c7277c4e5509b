"""附件: what is attached, and the wish to add, open or take out; the page does it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QObject, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.fields import FieldSpec
from app.ui.fields.editor import FieldEditor
from app.ui.fields.line import has_focus_within, stays
from app.ui.fields.suggestion import Surroundings
from app.ui.icons import icon

_ROW = 32
_FOOT = 36
_KIB = 1024
_OPEN = "空格 打开"


def size_words(size: int | None) -> str:
    """A size as people read it: 310 KB, 2.4 MB."""
    if size is None:
        return ""
    if size < _KIB * _KIB:
        return f"{max(1, round(size / _KIB))} KB"
    return f"{size / _KIB / _KIB:.1f} MB"


class _Files(QListWidget):
    next_wanted = Signal()
    opened = Signal(str)
    removed = Signal(str)
    pasted = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self.next_wanted.emit()
        elif event.key() == Qt.Key.Key_Delete and control and self._here():
            self.removed.emit(self._here())
        elif event.key() == Qt.Key.Key_Space and self._here():
            self.opened.emit(self._here())
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QApplication.clipboard().mimeData())
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._here():
            self.opened.emit(self._here())

    def _here(self) -> str:
        item: QListWidgetItem | None = self.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""


class AttachmentsEditor(FieldEditor):
    """The files of a record. Its value never changes here: attaching is a deed of its own.

    `add_files` asks for a file dialog, `files_dropped` brings paths that were dropped
    or pasted, `picture_pasted` a picture, `open_file` and `remove_file` a sha256.
    """

    block = True
    add_files = Signal()
    files_dropped = Signal(object)
    picture_pasted = Signal(object)
    open_file = Signal(str)
    remove_file = Signal(str)

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(spec, around)
        self._value: Any = None
        self.setAcceptDrops(True)
        self.files = _Files()
        self.files.setAccessibleName(spec.label)
        self.files.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._button = QPushButton(icon("paperclip"), "添加附件，或拖放、粘贴到这里")
        self._button.setProperty("flat", "true")
        self._button.setAutoDefault(False)
        self._button.clicked.connect(self.add_files)
        for part in (self.files, self._button):
            part.installEventFilter(self)
        self._hint = QLabel(f"{_OPEN}　Ctrl+Delete 取下")
        self._hint.setProperty("role", "note")
        self._lay_out()
        self.files.next_wanted.connect(self.next_wanted)
        self.files.opened.connect(self.open_file)
        self.files.removed.connect(self._remove)
        self.files.pasted.connect(self._take)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and not stays(event):
            if event.type() == QEvent.Type.FocusIn:
                self.entered.emit()
            elif not has_focus_within(self):
                self.left.emit()
        return super().eventFilter(watched, event)

    def stops(self) -> list[QWidget]:
        parts: list[QWidget] = [self.files] if self._value else []
        return parts if self.read_only and parts else [*parts, self._button]

    def _lay_out(self) -> None:
        foot = QWidget()
        foot.setFixedHeight(_FOOT)
        row = QHBoxLayout(foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._button)
        row.addStretch(1)
        row.addWidget(self._hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.files)
        layout.addWidget(foot)
        self.setFocusProxy(self._button)

    def load(self, value: Any) -> None:
        self._value = value
        self.files.clear()
        for row in value or ():
            self.files.addItem(self._item(row))
        self.files.setVisible(bool(value))
        self._hint.setVisible(bool(value))
        self.setFocusProxy(self.files if value else self._button)
        self.note_changed.emit(self.note())
        self.height_changed.emit()

    def _item(self, row: Mapping[str, Any]) -> QListWidgetItem:
        text = "　".join(filter(None, (row.get("name", ""), size_words(row.get("size")))))
        item = QListWidgetItem(icon("file-text"), text)
        item.setData(Qt.ItemDataRole.UserRole, row.get("sha256", ""))
        item.setSizeHint(QSize(0, _ROW))
        return item

    def put(self, typed: Any) -> None:
        """A draft names the files it knew; attached ones are not changed by it."""

    def value(self) -> Any:
        return self._value

    def note(self) -> str:
        return f"{len(self._value)} 份" if self._value else ""

    def height_for(self, width: int) -> int:
        return _FOOT + _ROW * len(self._value or ())

    def set_read_only(self, locked: bool) -> None:
        super().set_read_only(locked)
        self._button.setVisible(not locked)
        self._hint.setText(_OPEN if locked else f"{_OPEN}　Ctrl+Delete 取下")
        self.setAcceptDrops(not locked)

    def _remove(self, sha256: str) -> None:
        if not self.read_only:
            self.remove_file.emit(sha256)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.matches(QKeySequence.StandardKey.Paste):
            self._take(QApplication.clipboard().mimeData())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self.next_wanted.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self._take(event.mimeData())
        event.acceptProposedAction()

    def _take(self, data: QMimeData) -> None:
        if self.read_only:
            return
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if paths:
            self.files_dropped.emit(paths)
        elif data.hasImage():
            self.picture_pasted.emit(data.imageData())
