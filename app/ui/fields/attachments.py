"""附件: what is attached, and the wish to add, open or take one out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QObject, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.kernel.fields import FieldSpec
from app.domain.kernel.file_names import safe_file_name
from app.ui.fields.carried import carries_files, files_in, picture_in
from app.ui.fields.editor import FieldEditor
from app.ui.fields.line import has_focus_within, stays
from app.ui.fields.suggestion import Surroundings
from app.ui.help.topics import about
from app.ui.icons import icon
from app.ui.parts.label import label, tip

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


def sign_of(kind: str) -> str:
    """The icon of a file by its type."""
    if kind.startswith("image/"):
        return "image"
    return "file-pdf" if kind == "application/pdf" else "file-text"


class _Files(QListWidget):
    next_wanted = Signal()
    opened = Signal(str)
    removed = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self.next_wanted.emit()
        elif event.key() == Qt.Key.Key_Delete and control and self._here():
            self.removed.emit(self._here())
        elif event.key() == Qt.Key.Key_Space and self._here():
            self.opened.emit(self._here())
        elif event.matches(QKeySequence.StandardKey.Paste):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.mark()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.mark()

    def mark(self) -> None:
        """Mark the file that keys act on, while they do."""
        item: QListWidgetItem | None = self.currentItem()
        if item is not None:
            item.setSelected(self.hasFocus())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._here():
            self.opened.emit(self._here())

    def _here(self) -> str:
        item: QListWidgetItem | None = self.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""


class AttachmentsEditor(FieldEditor):
    """The files of a record: rows with sha256, name, type and size.

    The bytes are kept elsewhere, at once; what is named here is saved with the record.
    `add_files` asks for a file dialog, `files_brought` brings paths that were dropped
    or pasted, `picture_pasted` a picture as PNG, `open_file` and `remove_file` a sha256.
    """

    block = True
    add_files = Signal()
    files_brought = Signal(object)
    picture_pasted = Signal(object)
    open_file = Signal(str)
    remove_file = Signal(str)

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__(spec, around)
        about(self, "attachments")
        self._loaded: Any = None
        self._rows: list[dict[str, Any]] = []
        self._missing: Collection[str] = ()
        self.files = _Files()
        self.files.setAccessibleName(spec.label)
        self.files.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._button = QPushButton(icon("paperclip"), "添加附件（Ctrl+U），可拖放或粘贴")
        self._button.setProperty("flat", "true")
        self._button.setAutoDefault(False)
        self._button.clicked.connect(self.add_files)
        for part in (self.files, self._button):
            part.installEventFilter(self)
        self._hint = label(role="note")
        self._lay_out()
        self.files.next_wanted.connect(self.next_wanted)
        self.files.opened.connect(self.open_file)
        self.files.removed.connect(self._remove)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and not stays(event):
            if event.type() == QEvent.Type.FocusIn:
                self.entered.emit()
            elif not has_focus_within(self):
                self.left.emit()
        return super().eventFilter(watched, event)

    def stops(self) -> list[QWidget]:
        parts: list[QWidget] = [self.files] if self._rows else []
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

    # -- what is attached

    def load(self, value: Any) -> None:
        self._loaded, self._missing = value, ()
        self._show(value or ())

    def put(self, typed: Any) -> None:
        rows = typed if isinstance(typed, list | tuple) else ()
        self._show(row for row in rows if isinstance(row, Mapping))
        self.changed.emit()

    def value(self) -> Any:
        loaded = [dict(row) for row in self._loaded or ()]
        return self._loaded if self._rows == loaded else self._rows or None

    def name_of(self, sha256: str) -> str:
        """What a file here is called."""
        found = (row.get("name", "") for row in self._rows if row.get("sha256") == sha256)
        return safe_file_name(next(found, ""))

    def is_saved(self, sha256: str) -> bool:
        """Whether the record had the file before it was opened here."""
        return any(row.get("sha256") == sha256 for row in self._loaded or ())

    def add(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Attach more files; the same bytes again take the new name."""
        new = {row["sha256"]: dict(row) for row in rows}
        self.put([*(row for row in self._rows if row.get("sha256") not in new), *new.values()])
        self.files.setCurrentRow(len(self._rows) - 1)

    def take_out(self, sha256: str) -> None:
        """Attach a file no longer."""
        held = has_focus_within(self)
        self.put([row for row in self._rows if row.get("sha256") != sha256])
        if held:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def mark_missing(self, names: Collection[str]) -> None:
        """Say of these sha256 that they have not come yet (附件待到)."""
        self._missing = names
        self._show(list(self._rows))

    def _show(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self._rows = [dict(row) for row in rows]
        here = self.files.currentRow()
        self.files.clear()
        for row in self._rows:
            self.files.addItem(self._item(row))
        self.files.setCurrentRow(min(max(here, 0), len(self._rows) - 1))
        self.files.mark()
        self.files.setVisible(bool(self._rows))
        self._say_keys()
        self.setFocusProxy(self.files if self._rows else self._button)
        self.note_changed.emit(self.note())
        self.height_changed.emit()

    def _item(self, row: Mapping[str, Any]) -> QListWidgetItem:
        late = "还没有收到" if row.get("sha256") in self._missing else ""
        name = safe_file_name(str(row.get("name", "")))
        parts = (name, size_words(row.get("size")), late)
        item = QListWidgetItem(icon(sign_of(row.get("type", ""))), "　".join(filter(None, parts)))
        item.setData(Qt.ItemDataRole.UserRole, row.get("sha256", ""))
        item.setToolTip(tip(name))
        item.setSizeHint(QSize(0, _ROW))
        return item

    def _say_keys(self) -> None:
        self._hint.setVisible(bool(self._rows))
        self._hint.setText(_OPEN if self.read_only else f"{_OPEN}　Ctrl+Delete 取下")

    def note(self) -> str:
        return f"{len(self._rows)} 份" if self._rows else ""

    def height_for(self, width: int) -> int:
        return _FOOT + _ROW * len(self._rows)

    def set_read_only(self, locked: bool) -> None:
        super().set_read_only(locked)
        self._button.setVisible(not locked)
        self._say_keys()

    def _remove(self, sha256: str) -> None:
        if not self.read_only:
            self.remove_file.emit(sha256)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self.next_wanted.emit()
        else:
            super().keyPressEvent(event)

    def take(self, data: QMimeData) -> bool:
        """Take what was dropped or pasted on the form; False when nothing of it can be attached."""
        if self.read_only or not carries_files(data):
            return False
        paths, picture = files_in(data), picture_in(data)
        if paths:
            self.files_brought.emit(paths)
        elif picture is not None:
            self.picture_pasted.emit(picture)
        return True
