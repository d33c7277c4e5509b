"""Labelled fields one below the other; Enter goes from each to the next."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from app.ui.keys import BACK, ENTER, SPACE, UP_DOWN, Action, key, tell
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.start.passphrase import PassphraseField
from app.ui.theme import LIGHT

BROWSE = key("Ctrl+O", "选择")
_LABEL = 104
_WIDE, _PLACE = 420, 560
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Form(QWidget):
    """Fields with their labels; `left_last` when Enter is pressed in the last one."""

    left_last = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._fields: list[QWidget] = []
        self._labels: dict[QWidget, QLabel] = {}
        self._row = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(LIGHT.gap)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnMinimumWidth(0, _LABEL)
        self._grid.setColumnStretch(1, 1)

    def add(self, words: str, field: QWidget, *, needed: bool = False, width: int = 0) -> None:
        """A field under those before it; `needed` puts * after its label."""
        name = self._labels[field] = label(f"{words} *" if needed else words, "label")
        name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        name.setMinimumHeight(LIGHT.field)
        field.setAccessibleName(field.accessibleName() or words)
        wide = _PLACE if isinstance(field, PlaceField) else _WIDE
        if not isinstance(field, QCheckBox):
            field.setFixedWidth(width or wide)
        self._grid.addWidget(name, self._row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(field, self._row, 1, Qt.AlignmentFlag.AlignLeft)
        self._row += 1
        self._listen(field)

    def add_text(self, words: str, shown: QLabel) -> None:
        """A label with a text that is only shown."""
        name = self._labels[shown] = label(words, "label")
        name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        shown.setWordWrap(True)
        shown.setAccessibleName(words)
        for part in (name, shown):
            part.setContentsMargins(0, 4, 0, 4)
        self._grid.addWidget(name, self._row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(shown, self._row, 1)
        self._row += 1

    def add_note(self, words: str) -> QLabel:
        """A paler line under the field before it."""
        note = label(words, "note")
        note.setWordWrap(True)
        self._grid.addWidget(note, self._row, 1)
        self._row += 1
        return note

    def remove(self, field: QWidget) -> None:
        """Take a field and its label away."""
        for part in (field, self._labels.pop(field)):
            self._grid.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._fields.remove(field)

    def show_row(self, field: QWidget, shown: bool) -> None:
        """Show or hide a field with its label."""
        field.setVisible(shown)
        self._labels[field].setVisible(shown)

    def rename(self, field: QWidget, words: str) -> None:
        """Another label for a field."""
        self._labels[field].setText(words)
        field.setAccessibleName(words.removesuffix(" *"))

    @property
    def first(self) -> QWidget:
        """The first field that can be typed in, or the form itself."""
        return next((one for one in self._fields if _is_open(one)), self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = event.modifiers() in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
            )
            if plain and event.key() in _ENTER and isinstance(watched, QWidget):
                self._go_on(watched)
                return True
        return super().eventFilter(watched, event)

    def _listen(self, field: QWidget) -> None:
        inner = field.fields if isinstance(field, (PlaceField, Ticks)) else [field]
        for one in inner:
            self._fields.append(one)
            one.installEventFilter(self)
            if isinstance(one, QCheckBox):
                tell(one, SPACE, ENTER, BACK)
            elif isinstance(one, QComboBox):
                one.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
                tell(one, UP_DOWN, ENTER, BACK)
            elif not isinstance(field, PlaceField):
                tell(one, ENTER, BACK)

    def _go_on(self, field: QWidget) -> None:
        group = field.parentWidget() if isinstance(field.parentWidget(), Ticks) else None
        rest = self._fields[self._fields.index(field) + 1 :]
        rest = [one for one in rest if group is None or one.parentWidget() is not group]
        following = next((one for one in rest if _is_open(one)), None)
        if following is None:
            self.left_last.emit()
        else:
            following.setFocus(Qt.FocusReason.TabFocusReason)


def _is_open(field: QWidget) -> bool:
    locked = isinstance(field, QLineEdit) and field.isReadOnly()
    return field.isEnabled() and not field.isHidden() and not locked


class Ticks(QWidget):
    """A few boxes side by side, each with a value of its own."""

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._boxes = {value: QCheckBox(words) for value, words in choices}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LIGHT.margin)
        for box in self._boxes.values():
            box.setMinimumHeight(LIGHT.field)
            row.addWidget(box)
        row.addStretch(1)

    @property
    def fields(self) -> Sequence[QWidget]:
        """The boxes."""
        return list(self._boxes.values())

    @property
    def values(self) -> list[str]:
        """What is ticked."""
        return [value for value, box in self._boxes.items() if box.isChecked()]

    def tick(self, values: Sequence[str]) -> None:
        """Tick these and no others."""
        for value, box in self._boxes.items():
            box.setChecked(value in values)


class PlaceField(QWidget):
    """Where something is or goes: typed, or chosen with Ctrl+O. `suffix` makes it a file."""

    changed = Signal()

    def __init__(self, title: str, hint: str, *, suffix: str = "") -> None:
        super().__init__()
        self._title, self._suffix = title, suffix
        self.line = QLineEdit()
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(title)
        self.browse = Action(BROWSE, self._choose, self, icon="folder-open")
        tell(self.line, ENTER, BACK, BROWSE)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(KeyButton(self.browse))
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self.changed)

    @property
    def fields(self) -> Sequence[QWidget]:
        """Where one types."""
        return [self.line]

    @property
    def path(self) -> Path | None:
        """What is given, or None."""
        text = self.line.text().strip()
        return Path(text) if text else None

    def set_path(self, path: str) -> None:
        """Put a place in."""
        self.line.setText(path)

    def hear_only_inside(self) -> None:
        """Where a form has several places, Ctrl+O is for the one with the focus."""
        self.browse.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _choose(self) -> None:
        dialog = QFileDialog(self, self._title, self.line.text())
        if self._suffix:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
            dialog.setNameFilter(f"{self._title} (*{self._suffix})")
        else:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.line.setText)
        dialog.open()


def text_field(hint: str = "") -> QLineEdit:
    """A line to type in."""
    line = QLineEdit()
    line.setPlaceholderText(hint)
    return line


def passphrase_field(name: str) -> PassphraseField:
    """A hidden line."""
    return PassphraseField(name)
