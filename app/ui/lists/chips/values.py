"""In what a person says what a field is asked for: a text, a few codes, from and to."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from app.domain.kernel.codelist import Code, CodeList
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import Field, FieldSpec, Kind
from app.services.lists.chips import BARE, NO, YES, How
from app.ui.fields.chips import code_chips, link_chips
from app.ui.fields.editor import FieldEditor
from app.ui.fields.making import make_editor, told
from app.ui.fields.suggestion import Surroundings
from app.ui.fields.text import LineEditor

_FLAGS = CodeList("flags", "是否", (Code(YES, "是"), Code(NO, "否")))
_DAYS = (Kind.DATE, Kind.TIME)


def choice(label: str, codes: CodeList) -> FieldSpec:
    """A field that is one of a few words."""
    return FieldSpec("choice", Kind.CODE, Field(label, codes=codes))


def editors_for(spec: FieldSpec, how: How, around: Surroundings) -> list[FieldEditor]:
    """The editors for what is asked for: none where 是 or 没有填 says all."""
    if how in BARE:
        return []
    if how is How.BETWEEN:
        kind = Kind.DATE if spec.kind in _DAYS else spec.kind
        return [with_hint(_plain(spec, kind, words), around, words) for words in ("从", "到")]
    if how is How.HAS:
        return [with_hint(_plain(spec, Kind.TEXT, spec.label), around, "几个字就行")]
    return [_of_some(spec, around)]


def with_hint(spec: FieldSpec, around: Surroundings, words: str) -> FieldEditor:
    """An editor that says in its empty line what is asked for."""
    made = make_editor(spec, around)
    if isinstance(made, LineEditor):
        made.line.setPlaceholderText(words)
    return made


def _of_some(spec: FieldSpec, around: Surroundings) -> FieldEditor:
    """One of several, or just one text."""
    if spec.kind is Kind.FLAG or spec.field.codes is not None:
        codes = spec.field.codes or _FLAGS
        some = FieldSpec(spec.name, Kind.CODES, Field(spec.label, codes=codes))
        return told(code_chips(some, around))
    if spec.field.links:
        find = partial(around.lookups.find, spec.field.links)
        return told(link_chips(_plain(spec, Kind.LINKS, spec.label), around, find))
    return with_hint(_plain(spec, Kind.TEXT, spec.label), around, "完整的内容")


def _plain(spec: FieldSpec, kind: Kind, label: str) -> FieldSpec:
    """The field without what only holds when it is keyed."""
    field = replace(spec.field, label=label, required=False, past=False, codes=None, read=None)
    return FieldSpec(spec.name, kind, replace(field, prose=False, ge=None, le=None))


def value_in(editor: FieldEditor) -> Any:
    """What stands in an editor, None for nothing and for what cannot be read."""
    try:
        return editor.value()
    except UserError:
        return None


def between_words(spec: FieldSpec, least: str, most: str) -> str:
    """从…到… in words; either end may be open."""
    if least and most:
        return f"{least} 至 {most}" if least != most else least
    after, before = ("起", "止") if spec.kind in _DAYS else ("以上", "以下")
    return f"{least} {after}" if least else f"{most} {before}"
