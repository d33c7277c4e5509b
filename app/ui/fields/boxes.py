"""Tick boxes in columns that act as one field: arrows move, Space or a digit ticks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from app.ui.fields.line import has_focus_within, stays

PITCH = 26
_GAP = 16
_MOVES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class Boxes(QWidget):
    """Options to tick; `single` lets at most one be ticked.

    One stop for Tab: Enter and Tab leave the whole group.
    """

    changed = Signal()
    entered = Signal()
    left = Signal()
    next_wanted = Signal()

    def __init__(self, options: Sequence[tuple[str, str]], *, single: bool = False) -> None:
        super().__init__()
        self.setProperty("part", "boxes")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._single = single
        self._indent = 0
        self.locked = False
        self.boxes: dict[str, QCheckBox] = {}
        for value, label in options:
            self.add(value, label)
        self._begun = ""
        self._hold(0)

    def add(self, value: str, label: str) -> None:
        """Add one option at the end."""
        box = QCheckBox(f"{len(self.boxes) + 1} {label}", self)
        box.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        box.installEventFilter(self)
        box.toggled.connect(lambda on, value=value: self._toggled(value, on))
        self.boxes[value] = box
        box.show()

    def ticked(self) -> list[str]:
        """The values ticked, in the order shown."""
        return [value for value, box in self.boxes.items() if box.isChecked()]

    def tick(self, values: Iterable[str]) -> None:
        """Tick these and no others; a value that is no option becomes one, so none is lost."""
        wanted = list(values)
        for value in wanted:
            if value not in self.boxes:
                self.add(value, value)
        for value, box in self.boxes.items():
            blocked = box.blockSignals(True)
            box.setChecked(value in wanted)
            box.blockSignals(blocked)
        self._arrange()
        self.changed.emit()

    def indent(self, by: int) -> None:
        """Keep the boxes off a coloured border."""
        if self._indent != by:
            self._indent = by
            self._arrange()

    def lock(self, locked: bool) -> None:
        """Let the ticks be seen only."""
        self.locked = locked
        for box in self.boxes.values():
            box.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, locked)

    def _toggled(self, value: str, on: bool) -> None:
        if on and self._single:
            for other, box in self.boxes.items():
                if other != value:
                    blocked = box.blockSignals(True)
                    box.setChecked(False)
                    box.blockSignals(blocked)
        self.changed.emit()

    def _hold(self, place: int) -> None:
        """Make one box the stop of Tab."""
        for number, box in enumerate(self.boxes.values()):
            here = Qt.FocusPolicy.StrongFocus if number == place else Qt.FocusPolicy.ClickFocus
            box.setFocusPolicy(here)
            if number == place:
                self.setFocusProxy(box)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._handled(watched, event)
        if isinstance(event, QFocusEvent) and not stays(event):
            if event.type() == QEvent.Type.FocusIn:
                self._enter(watched)
            elif event.type() == QEvent.Type.FocusOut:
                self._leave()
        return super().eventFilter(watched, event)

    def _enter(self, box: QObject) -> None:
        self._begun = ""
        self._hold(list(self.boxes.values()).index(box))  # type: ignore[arg-type]
        self.entered.emit()

    def _leave(self) -> None:
        if not has_focus_within(self):
            self.left.emit()

    def _handled(self, box: QObject, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        every = list(self.boxes.values())
        place = every.index(box)  # type: ignore[arg-type]
        moves = _MOVES | {Qt.Key.Key_Up: -self._columns(), Qt.Key.Key_Down: self._columns()}
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.next_wanted.emit()
        elif key in moves and plain:
            target = place + moves[key]
            if 0 <= target < len(every):
                every[target].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            return self._pressed(event.text())
        return True

    def _pressed(self, text: str) -> bool:
        """1 ticks the first box, 2 the second; a locked box eats what would tick it.

        Of more than nine the figures of a number come one after the other: 0 3, 1 2.
        """
        if self.locked:
            return text == " "
        if not (text.isascii() and text.isdecimal()):
            self._begun = ""
            return False
        every = list(self.boxes.values())
        figures, self._begun = self._begun + text, ""
        if len(figures) < len(str(len(every))):
            self._begun = figures
        elif 1 <= int(figures) <= len(every):
            every[int(figures) - 1].toggle()
        return True

    def _columns(self) -> int:
        width = max((box.sizeHint().width() for box in self.boxes.values()), default=1) + _GAP
        fit = max(1, (self.width() + _GAP) // width)
        return min(fit, max(1, len(self.boxes)))

    def height_for(self, width: int) -> int:
        """The height at a width."""
        widest = max((box.sizeHint().width() for box in self.boxes.values()), default=1) + _GAP
        columns = max(1, (width + _GAP) // widest)
        return -(-len(self.boxes) // columns) * PITCH + 6

    def sizeHint(self) -> QSize:
        return QSize(200, self.height_for(200))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _arrange(self) -> None:
        columns = self._columns()
        widest = max((box.sizeHint().width() for box in self.boxes.values()), default=1)
        step = min(max(widest + _GAP, 0 if self._single else 110), self.width() // columns)
        for number, box in enumerate(self.boxes.values()):
            row, column = divmod(number, columns)
            box.setGeometry(
                self._indent + column * step, 3 + row * PITCH, min(step, self.width()), PITCH
            )
