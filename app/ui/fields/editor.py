"""What every entry widget can do, whatever the kind of its field."""

from __future__ import annotations

from abc import abstractmethod
from enum import StrEnum
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec
from app.domain.values.entry import read_value
from app.ui.fields.suggestion import Surroundings
from app.ui.keys import REVEAL, tell_also

ROW = 32
"""The height of a one-line field in pixels."""


class State(StrEnum):
    """How a field looks; the style sheet reads it from the property `state`."""

    PLAIN = ""
    ERROR = "error"
    NOTE = "note"
    ASKED = "asked"
    LOCKED = "locked"


def paint_state(widget: QWidget, state: State) -> None:
    """Give a widget the look of a state."""
    if widget.property("state") != state.value:
        widget.setProperty("state", state.value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def end_of_proxies(widget: QWidget) -> QWidget:
    """The widget that really takes the focus given to this one."""
    while isinstance(after := widget.focusProxy(), QWidget):
        widget = after
    return widget


class FieldEditor(QWidget):
    """A widget for one field.

    `load` gives it the stored value, `put` anything typed (a draft, the previous
    record's value); `value` reads what stands there and raises `UserError` when it
    cannot be understood. What was loaded and not touched comes back exactly.
    """

    changed = Signal()
    entered = Signal()
    left = Signal()
    next_wanted = Signal()
    previous_wanted = Signal()
    block_pasted = Signal(object)
    reveal_wanted = Signal()
    note_changed = Signal(str)
    height_changed = Signal()
    picked = Signal(object)
    add_wanted = Signal(str, str)

    block = False
    """Whether the widget takes the whole width under a heading of its own."""

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        super().__init__()
        self.spec = spec
        self.around = around
        self.read_only = False
        self.masked = False
        self.state = State.PLAIN
        self._styled: tuple[State, bool, bool] | None = None
        self.setAccessibleName(spec.label)

    @abstractmethod
    def load(self, value: Any) -> None:
        """Show a stored value, None for an empty field."""

    @abstractmethod
    def put(self, typed: Any) -> None:
        """Show what was typed elsewhere, readable or not, as if typed here."""

    @abstractmethod
    def value(self) -> Any:
        """The JSON-able value, None when empty; raises `UserError`."""

    def typed(self) -> Any:
        """The value, or the raw text where it cannot be read yet."""
        try:
            return self.value()
        except UserError:
            return self.raw()

    def raw(self) -> Any:
        """What stands in the field, unread."""
        return None

    def commit(self) -> None:
        """Put in what an input method still holds."""

    def natural_width(self) -> int | None:
        """The width that says how much to type, in pixels; None takes all there is."""
        return None

    def height_for(self, width: int) -> int:
        """The height the widget wants at a width."""
        return ROW

    def select_text(self) -> None:
        """Mark what stands there, so that the next key replaces it."""
        inner = end_of_proxies(self)
        if isinstance(inner, QLineEdit | QPlainTextEdit | QTextEdit):
            inner.selectAll()

    def stops(self) -> list[QWidget]:
        """The widgets that Tab stops at, in order."""
        return [end_of_proxies(self)]

    def go_to(self, row: int, column: str) -> None:
        """Go to a cell of a table, where the field is one; without a row to what is unread."""

    def note(self) -> str:
        """A word under the label, such as the count of characters."""
        return ""

    def set_state(self, state: State) -> None:
        """Look as 错误, 提醒, returned, locked or plain."""
        self.state = state
        self._restyle_once()

    def set_read_only(self, locked: bool) -> None:
        """Let the value be read and copied only."""
        self.read_only = locked
        self._restyle_once()

    def set_masked(self, hide: bool) -> None:
        """Hide a sensitive value until it is revealed."""
        if hide != self.masked:
            tell_also(self, REVEAL, works=hide)
        self.masked = hide
        self._restyle_once()

    def show_choices(self) -> bool:
        """Open the list of what may be chosen (F7); False when there is none."""
        return False

    def _restyle_once(self) -> None:
        """Restyle when something of it changed; another record usually looks like the last."""
        now = (self.state, self.read_only, self.masked)
        if now != self._styled:
            self._styled = now
            self._restyle()

    def _restyle(self) -> None:
        """Bring the look in line with state, lock and mask."""

    def _look(self) -> State:
        locked = self.state is State.PLAIN and (self.read_only or self.masked)
        return State.LOCKED if locked else self.state

    def _read(self, typed: object) -> Any:
        return read_value(self.spec, typed, self.around.today(), self.around.windows())
