"""The filters above a list: one narrow field each, heard as soon as it is left or chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout

from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import Field, FieldSpec, Kind
from app.domain.values.dates import parse_date
from app.services.lists.list_filters import EVERYTHING, Where
from app.ui.fields.editor import FieldEditor
from app.ui.fields.making import make_editor
from app.ui.fields.suggestion import Surroundings
from app.ui.help.topics import about
from app.ui.keys import ESCAPE, Action
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.theme import LIGHT

_SPECS = {
    "campaign": FieldSpec("campaign", Kind.LINK, Field("活动", links="campaign")),
    "unit": FieldSpec("unit", Kind.LINK, Field("填报", links="unit")),
    "area": FieldSpec("area", Kind.LINK, Field("乡镇", links="area")),
    "group": FieldSpec("group", Kind.LINK, Field("工作组", links="group")),
    "since": FieldSpec("since", Kind.DATE, Field("日期从")),
    "until": FieldSpec("until", Kind.DATE, Field("到")),
}


class FilterPanel(QFrame):
    """Hidden until it is asked for; `changed(Where)`, and `closed` when all is shown again."""

    changed = Signal(object)
    closed = Signal()

    def __init__(self, names: Sequence[str], around: Surroundings) -> None:
        super().__init__()
        about(self, "search")
        self.setProperty("role", "bar")
        self._editors = {name: self._editor(name, around) for name in _SPECS if name in names}
        self._where = EVERYTHING
        self._end = Action(ESCAPE("不筛选"), self.clear, self)
        grid = QGridLayout(self)
        grid.setContentsMargins(LIGHT.margin, 8, LIGHT.margin, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for row, (name, editor) in enumerate(self._editors.items()):
            grid.addWidget(label(_SPECS[name].label, "label"), row, 0)
            grid.addWidget(editor, row, 1)
        grid.addWidget(KeyButton(self._end), len(self._editors), 1)
        grid.setColumnStretch(1, 1)
        self.hide()

    @property
    def where(self) -> Where:
        """What stands in the fields; a day that cannot be read narrows nothing."""
        return Where(**{name: _value(editor) for name, editor in self._editors.items()})

    def begin(self) -> None:
        """Show the fields and go to the first."""
        self.show()
        next(iter(self._editors.values())).setFocus()

    def clear(self) -> None:
        """Show everything again."""
        for editor in self._editors.values():
            editor.load(None)
        self.hide()
        self._tell()
        self.closed.emit()

    def _editor(self, name: str, around: Surroundings) -> FieldEditor:
        editor = make_editor(_SPECS[name], around)
        editor.left.connect(self._tell)
        editor.picked.connect(lambda one: self._tell())
        editor.next_wanted.connect(lambda: self._go(name, 1))
        editor.previous_wanted.connect(lambda: self._go(name, -1))
        return editor

    def _go(self, name: str, step: int) -> None:
        names = list(self._editors)
        following = names[(names.index(name) + step) % len(names)]
        self._editors[following].setFocus()
        self._tell()

    def _tell(self) -> None:
        where = self.where
        if where != self._where:
            self._where = where
            self.changed.emit(where)


def _value(editor: FieldEditor) -> Any:
    empty = None if editor.spec.kind is Kind.DATE else ""
    try:
        value = editor.value()
    except UserError:
        return empty
    if value is None:
        return empty
    return parse_date(value) if editor.spec.kind is Kind.DATE else value
