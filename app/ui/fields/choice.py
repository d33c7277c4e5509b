"""A field of one code: type initials, the label or its number, or open the list with F7."""

from __future__ import annotations

from typing import Any

from app.domain.kernel.codelist import CodeList
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec
from app.ui.fields.picking import PickingLine
from app.ui.fields.suggestion import Suggestion, Surroundings, code_index
from app.ui.fields.text import LineEditor

_CHARACTER = 14
_MARGIN = 52


class CodeEditor(LineEditor):
    """One entry of a code list, shown by its label."""

    line: PickingLine

    def __init__(self, spec: FieldSpec, around: Surroundings) -> None:
        assert spec.field.codes is not None
        self.codes: CodeList = spec.field.codes
        self._find = code_index(self.codes)
        super().__init__(spec, around)

    def _make_line(self) -> PickingLine:
        return PickingLine()

    def _connect(self) -> None:
        super()._connect()
        self.line.wanted.connect(self._offer)
        self.line.list_wanted.connect(self.show_choices)
        self.line.chosen.connect(self._choose)

    def shown(self, value: Any) -> str:
        return self.codes.label_of(value)

    def natural_width(self) -> int | None:
        longest = max((len(code.label) for code in self.codes), default=4)
        return max(84, longest * _CHARACTER + _MARGIN)

    def show_choices(self) -> bool:
        every = self._find.every
        labels = [one.title for one in every]
        here = labels.index(self.text()) if self.text() in labels else 0
        self.line.offer(every, highlight=here)
        return True

    def _offer(self, text: str) -> None:
        found = self._find(text) if text.strip() else []
        self.line.offer(found, highlight=0)

    def _choose(self, suggestion: Suggestion) -> None:
        self.line.setText(suggestion.title)
        self.picked.emit(suggestion)

    def _readable(self, text: str) -> object:
        """Figures are the number before a choice, not the code of a standard."""
        meant = self._find.numbered(text)
        return meant.title if meant else text

    def _leave(self) -> None:
        self._take_only_one()
        super()._leave()

    def _take_only_one(self) -> None:
        """What can mean one entry only is that entry."""
        try:
            self.value()
        except UserError:
            found = self._find(self.text())
            if len(found) == 1:
                self._choose(found[0])

    def _restyle(self) -> None:
        super()._restyle()
        in_table = self.line.property("part") == "cell"
        self.line.set_arrow(not (self.read_only or self.masked or in_table))
