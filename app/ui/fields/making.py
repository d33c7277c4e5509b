"""From a `FieldSpec` to its widget: the one table of which kind is entered how."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from app.domain.kernel.fields import FieldSpec, Kind
from app.ui.fields.attachments import AttachmentsEditor
from app.ui.fields.chips import ChipsEditor, code_chips, link_chips
from app.ui.fields.choice import CodeEditor
from app.ui.fields.dates import DateEditor, TimeEditor
from app.ui.fields.editor import FieldEditor
from app.ui.fields.links import (
    KnownNameEditor,
    LinkEditor,
    OfferedCodeEditor,
    SuggestedTextEditor,
)
from app.ui.fields.prose import ManyLinesEditor, ProseEditor
from app.ui.fields.rows import RowsEditor
from app.ui.fields.suggestion import Surroundings
from app.ui.fields.text import AnythingEditor, LineEditor, MoneyEditor, NamesEditor
from app.ui.fields.ticked_rows import TickedRowsEditor, fits
from app.ui.fields.ticks import CodesEditor, FlagEditor
from app.ui.keys import ATTACH, BACK, CODES, ENTER, SPACE, TAB, Key, tell

_FEW = 8
"""Up to so many options are tick boxes."""
_SENTENCE = 200
"""Names longer than this are sentences and stand one on a line."""

Maker = Callable[[FieldSpec, Surroundings], FieldEditor]


def make_editor(
    spec: FieldSpec,
    around: Surroundings,
    *,
    suggests: str = "",
    opens: str = "",
    first: Sequence[str] = (),
) -> FieldEditor:
    """The widget for a field.

    `suggests` is the record type offered while a text is typed, `opens` one whose records
    are gone to when they are there already; `first` are the
    columns that a table of rows begins with.
    """
    if opens:
        editor: FieldEditor = KnownNameEditor(spec, around, partial(around.lookups.find, opens))
    else:
        editor = _made(spec, around, suggests, first)
    return told(editor)


def told(editor: FieldEditor) -> FieldEditor:
    """The editor, with its keys told to the hint bar; `make_editor` and `make_cell` do it."""
    own = next((keys for kind, keys in _OWN_KEYS.items() if isinstance(editor, kind)), None)
    tell(editor, *(own or _KEYS.get(editor.spec.kind, (ENTER, BACK))))
    return editor


def _made(
    spec: FieldSpec, around: Surroundings, suggests: str, first: Sequence[str]
) -> FieldEditor:
    if suggests and spec.kind is Kind.TEXT:
        return SuggestedTextEditor(spec, around, partial(around.lookups.find, suggests))
    if spec.name == "attachments":
        return AttachmentsEditor(spec, around)
    if spec.kind is Kind.ROWS and not fits(spec):
        return RowsEditor(spec, around, make_cell, first=first)
    return _MAKERS[spec.kind](spec, around)


def make_cell(spec: FieldSpec, around: Surroundings) -> FieldEditor:
    """The widget for a field inside a row: as `make_editor`, but low."""
    if spec.field.offers:
        found = partial(around.lookups.find, spec.field.offers)
        editor: FieldEditor = OfferedCodeEditor(spec, around, found)
    else:
        editor = _CELLS.get(spec.kind, _MAKERS[spec.kind])(spec, around)
    if isinstance(editor, LineEditor):
        editor.unit.hide()
        editor.line.setMinimumWidth(0)
        editor.line.setMaximumWidth(10_000)
        editor.give_line_all_room()
    return told(editor)


def _codes(spec: FieldSpec, around: Surroundings) -> FieldEditor:
    few = len(spec.field.codes or ()) <= _FEW
    return CodesEditor(spec, around) if few else code_chips(spec, around)


def _names(spec: FieldSpec, around: Surroundings) -> FieldEditor:
    sentences = spec.field.longest > _SENTENCE
    return ManyLinesEditor(spec, around) if sentences else NamesEditor(spec, around)


def _link(spec: FieldSpec, around: Surroundings) -> FieldEditor:
    return LinkEditor(spec, around, partial(around.lookups.find, spec.field.links))


def _links(spec: FieldSpec, around: Surroundings) -> FieldEditor:
    return link_chips(spec, around, partial(around.lookups.find, spec.field.links))


class CodesLineEditor(NamesEditor):
    """Some of a few codes in one line: their labels parted by 、."""

    def shown(self, value: Any) -> str:
        codes = self.spec.field.codes
        assert codes is not None
        return "、".join(map(codes.label_of, value))

    def _readable(self, text: str) -> object:
        return text


_MAKERS: dict[Kind, Maker] = {
    Kind.TEXT: LineEditor,
    Kind.PROSE: ProseEditor,
    Kind.INTEGER: LineEditor,
    Kind.MONEY: MoneyEditor,
    Kind.DATE: DateEditor,
    Kind.TIME: TimeEditor,
    Kind.FLAG: FlagEditor,
    Kind.CODE: CodeEditor,
    Kind.CODES: _codes,
    Kind.NAMES: _names,
    Kind.LINK: _link,
    Kind.LINKS: _links,
    Kind.ROWS: TickedRowsEditor,
    Kind.OBJECT: AnythingEditor,
}

_LOOK_UP = (ENTER, BACK, CODES)
_TICK = (ENTER, BACK, SPACE)
_MONTH = (ENTER, BACK, CODES("日历"))
_KEYS: dict[Kind, tuple[Key, ...]] = {
    Kind.PROSE: (TAB, BACK, Key("Enter", "换行")),
    Kind.DATE: _MONTH,
    Kind.TIME: _MONTH,
    Kind.CODE: _LOOK_UP,
    Kind.LINK: _LOOK_UP,
    Kind.LINKS: _LOOK_UP,
    Kind.CODES: _TICK,
    Kind.FLAG: (ENTER, BACK, Key("S", "是"), Key("F", "否")),
    Kind.ROWS: (ENTER, BACK, Key("Ins", "添加一行"), Key("Ctrl+Delete", "删除一行")),
}
"""What the hint bar says while the field has the focus."""

_OWN_KEYS: dict[type[FieldEditor], tuple[Key, ...]] = {
    AttachmentsEditor: (ENTER, ATTACH, SPACE("打开"), Key("Ctrl+Delete", "取下")),
    TickedRowsEditor: _TICK,
    ChipsEditor: _LOOK_UP,
    CodesLineEditor: (ENTER, BACK),
    OfferedCodeEditor: _LOOK_UP,
}
"""Of widgets that are not entered as their kind usually is."""

_CELLS: dict[Kind, Maker] = {
    Kind.PROSE: partial(ProseEditor, least=1, most=3),
    Kind.CODES: CodesLineEditor,
    Kind.NAMES: NamesEditor,
}
