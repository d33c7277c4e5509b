"""One record in several forms, one shown at a time: for records too long for one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.checking.checks import Finding
from app.domain.records import Record
from app.ui.fields.suggestion import Surroundings
from app.ui.forms.layouts.shape import Layout
from app.ui.forms.record_form import RecordForm
from app.ui.keys import Action, Key, key, tell
from app.ui.parts.tabs import Tabs
from app.ui.theme import LIGHT

Part = tuple[str, str, Layout]
"""The name of a part, its words, and where its fields stand."""


class PartedForm(QWidget):
    """A part is made when it is first gone to; `changed` when anything was typed."""

    changed = Signal()

    def __init__(
        self, record_type: type[Record], parts: Sequence[Part], around: Surroundings
    ) -> None:
        super().__init__()
        self._type, self._around = record_type, around
        self._parts = {name: layout for name, _, layout in parts}
        self._forms: dict[str, RecordForm] = {}
        self._body: Mapping[str, Any] = {}
        self._read_only = False
        self.tabs = Tabs([(name, words) for name, words, _ in parts])
        self.stack = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.tabs.setContentsMargins(LIGHT.margin, 0, LIGHT.margin, 0)
        column.addWidget(self.tabs)
        column.addWidget(self.stack, 1)
        self.tabs.setVisible(len(parts) > 1)
        self.tabs.chosen.connect(self._turn)
        if len(parts) > 1:
            tell(self, Key(f"Alt+1…{len(parts)}", "换一部分"))
        for place, (name, words, _) in enumerate(parts, 1) if len(parts) > 1 else ():
            Action(key(f"Alt+{place}", words), partial(self.tabs.go, name), self)

    @property
    def form(self) -> RecordForm:
        """The part that is shown."""
        return self._forms[self.tabs.current]

    def load(self, body: Mapping[str, Any], *, read_only: bool) -> None:
        """Show a stored body, its first part."""
        self._body, self._read_only = body, read_only
        for form in self._forms.values():
            form.load(body, read_only=read_only)
        self.tabs.go(next(iter(self._parts)))

    def changes(self) -> dict[str, Any]:
        """What differs from what was loaded, None for what was emptied."""
        return {n: v for form in self._forms.values() for n, v in form.changes().items()}

    def body(self) -> dict[str, Any]:
        """What was loaded with what was typed over it, as a new record is saved."""
        typed = {**self._body, **self.changes()}
        return {name: value for name, value in typed.items() if value is not None}

    @property
    def dirty(self) -> bool:
        """Whether anything differs from what was loaded."""
        return any(form.dirty for form in self._forms.values())

    def blocking(self) -> Finding | None:
        """The first 错误 of any part, whose part is then shown; None where all can be saved."""
        for name, form in self._forms.items():
            form.check_all()
            if blocking := form.blocking():
                self.go_to(name)
                form.go_back_to(blocking[0])
                return blocking[0]
        return None

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Show what a save refused, and go to the first of it."""
        found = list(findings)
        first = next((one for one in found if self._part_of(one.field)), None)
        if first is not None:
            self.go_to(self._part_of(first.field))
            self.form.show_findings([one for one in found if one.field in self.form.cells()])
            self.form.go_back_to(first)

    def go_to(self, name: str) -> None:
        """Show a part."""
        if name != self.tabs.current:
            self.tabs.go(name)

    def _part_of(self, field: str) -> str:
        """The part a field stands in, "" for one that stands in none."""
        for name in self._parts:
            if field in self._made(name).cells():
                return name
        return ""

    def begin_here(self) -> None:
        """Go to the first field of the part that is shown, in a table to its first row."""
        self.form.jump_to(first := next(iter(self.form.cells())))
        for stop in self.form.cells()[first].editor.stops()[:1]:
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self, name: str) -> None:
        self.stack.setCurrentWidget(self._made(name))
        self.begin_here()

    def _made(self, name: str) -> RecordForm:
        if name not in self._forms:
            form = RecordForm(self._around, layouts={self._type: self._parts[name]})
            form.begin(self._type)
            form.load(self._body, read_only=self._read_only)
            form.changed.connect(self.changed)
            self._forms[name] = form
            self.stack.addWidget(form)
        return self._forms[name]
