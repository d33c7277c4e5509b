"""A condition being made: which field, how it is asked, what for; Enter goes on, Esc gives up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.domain.kernel.codelist import Code, CodeList
from app.domain.kernel.fields import FieldSpec, Kind
from app.domain.records import Record
from app.domain.values.masking import masked
from app.services.lists.chips import WORDS, Chip, How, offered, ways_of
from app.services.lists.lookups import INDICATOR
from app.services.lists.table_columns import Titles
from app.ui.fields.chips import ChipsEditor
from app.ui.fields.editor import FieldEditor
from app.ui.fields.suggestion import Surroundings
from app.ui.lists.chips.values import between_words, choice, editors_for, value_in, with_hint


class ChipForm(QWidget):
    """`made(chip)` when a condition is whole.

    `upright` puts its parts below each other, where a list is narrow.
    """

    made = Signal(object)

    def __init__(
        self, record_type: type[Record], titles: Titles, around: Surroundings, *, upright: bool
    ) -> None:
        super().__init__()
        self._around = around
        self._type = record_type
        self._specs = {spec.name: spec for spec in offered(record_type)}
        self._titles = dict(titles)
        self._values: list[FieldEditor] = []
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row = QBoxLayout(down if upright else across, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self.field = self._field_editor()
        self.how = self._how_editor(None)
        self._row.addWidget(self.field, 2)
        self._row.addWidget(self.how, 1)
        self._row.addStretch(0)

    def learn(self, added: Sequence[FieldSpec]) -> None:
        """Offer these fields too, which campaigns add."""
        known = {spec.name: spec for spec in offered(self._type, added)}
        if known == self._specs:
            return
        self._specs = known
        old, self.field = self.field, self._field_editor()
        self._row.replaceWidget(old, self.field)
        old.hide()
        old.deleteLater()
        self._take_field()

    # -- from outside

    def begin(self, field: str = "") -> None:
        """Ask for a condition, of this field if one is named."""
        self.field.load(field if field in self._specs else None)
        self._take_field()
        if field in self._specs:
            self._go_to_how()
        else:
            self.field.setFocus()

    def begin_with(self, chip: Chip) -> None:
        """Change a condition."""
        self.begin(chip.field)
        if chip.field not in self._specs:
            return
        self.how.load(chip.how.value)
        self._take_how()
        spec = self._specs[chip.field]
        several = len(self._values) == 1 and isinstance(self._values[0], ChipsEditor)
        if several:
            self._values[0].load(list(chip.values))
        elif not spec.field.sensitive:
            for editor, value in zip(self._values, chip.values, strict=False):
                editor.put(value)
        (self._values[0] if self._values else self.how).setFocus()

    @property
    def values(self) -> Sequence[FieldEditor]:
        """The editors of what is asked for: none, one, or from and to."""
        return self._values

    # -- step by step

    def _take_field(self) -> None:
        """Offer how this field may be asked."""
        old, self.how = self.how, self._how_editor(self._spec)
        self._row.replaceWidget(old, self.how)
        old.hide()
        old.deleteLater()
        self._take_how()

    def _go_to_how(self) -> None:
        if self._spec is None:
            return
        if self.how.property("field") != self._spec.name:
            self._take_field()
        self.how.setFocus()

    def _take_how(self) -> None:
        for old in self._values:
            old.hide()
            old.deleteLater()
        spec, how = self._spec, self._how
        self._values = [] if spec is None else editors_for(self._asked(spec), how, self._around)
        for n, editor in enumerate(self._values):
            editor.next_wanted.connect(partial(self._go_past, n))
            editor.previous_wanted.connect(partial(self._go_before, n))
            wide = 3 if len(self._values) == 1 else 0
            self._row.insertWidget(self._row.count() - 1, editor, wide)
        self._row.setStretch(self._row.count() - 1, 0 if len(self._values) == 1 else 3)

    def _past_how(self) -> None:
        if self.how.property("how") != self._how:
            self._take_how()
        if self._values:
            self._values[0].setFocus()
        else:
            self._finish()

    def _go_past(self, n: int) -> None:
        if n + 1 < len(self._values):
            self._values[n + 1].setFocus()
        else:
            self._finish()

    def _go_before(self, n: int) -> None:
        (self._values[n - 1] if n else self.how).setFocus()

    def _finish(self) -> None:
        spec = self._spec
        chip = None if spec is None else self._chip(spec)
        if chip is not None:
            self.made.emit(chip)

    # -- what was said

    @property
    def _spec(self) -> FieldSpec | None:
        return self._specs.get(value_in(self.field) or "")

    @property
    def _how(self) -> How:
        value = value_in(self.how)
        return How(value) if value else How.FILLED

    def _is_indicator(self, spec: FieldSpec | None) -> bool:
        return spec is not None and spec.name == self._type.facts.indicator

    def _asked(self, spec: FieldSpec) -> FieldSpec:
        """The field as it is asked: an indicator by its name, as one points at a record."""
        if not self._is_indicator(spec):
            return spec
        return replace(spec, kind=Kind.LINK, field=replace(spec.field, links=INDICATOR))

    def _chip(self, spec: FieldSpec) -> Chip | None:
        """The condition as it stands, None while it says nothing."""
        how, given = self._how, [value_in(editor) for editor in self._values]
        if not self._values:
            return Chip(spec.name, how)
        if not any(given):
            return None
        if how is How.BETWEEN:
            texts = tuple("" if one is None else str(one) for one in given)
            return Chip(spec.name, how, texts, between_words(spec, *texts))
        (editor,), (value,) = self._values, given
        if isinstance(editor, ChipsEditor):
            return Chip(spec.name, how, tuple(value), "、".join(editor.titles()))
        text = str(value).strip()
        return Chip(spec.name, how, (text,), masked(text) if spec.field.sensitive else text)

    def _specs_as_codes(self) -> CodeList:
        codes = tuple(
            Code(name, self._titles.get(name, spec.label)) for name, spec in self._specs.items()
        )
        return CodeList("columns", "栏目", codes)

    def _field_editor(self) -> FieldEditor:
        made = choice("栏目", self._specs_as_codes())
        made_field = with_hint(made, self._around, "按哪一栏，F7 选择")
        made_field.next_wanted.connect(self._go_to_how)
        made_field.picked.connect(lambda one: self._take_field())
        return made_field

    def _how_editor(self, spec: FieldSpec | None) -> FieldEditor:
        ways = ways_of(spec) if spec else ()
        if self._is_indicator(spec):
            # Of its name no record holds a part: it is chosen whole.
            ways = tuple(way for way in ways if way is not How.HAS)
        codes = CodeList("ways", "条件", tuple(Code(way.value, WORDS[way]) for way in ways))
        made = with_hint(choice("条件", codes), self._around, "条件")
        made.load(ways[0].value if ways else None)
        made.setProperty("field", spec.name if spec else "")
        made.setProperty("how", ways[0] if ways else How.FILLED)
        made.next_wanted.connect(self._past_how)
        made.previous_wanted.connect(self.field.setFocus)
        made.picked.connect(lambda one: self._take_how())
        return made
