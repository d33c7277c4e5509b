"""What a list is narrowed by: one field each, any field, several together.

A chip says its field, how it is asked and what for; `said` is what stands on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

import msgspec

from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec, Kind, by_name, fields_of
from app.domain.kernel.readable import readable
from app.domain.records import Record
from app.services.lists import questions
from app.services.lists.questions import Moment
from app.services.lists.table_columns import Titles
from database.state import field_filters
from database.state.filters import Filter, named, not_
from database.state.tallies import Cell, behind


class How(StrEnum):
    """How a field is asked; a question (`questions`) is met or not."""

    HAS = "has"
    IS = "is"
    BETWEEN = "between"
    EMPTY = "empty"
    FILLED = "filled"
    MEETS = "meets"
    FAILS = "fails"


WORDS = {
    How.HAS: "含",
    How.IS: "是",
    How.BETWEEN: "介于",
    How.EMPTY: "没有填",
    How.FILLED: "已填",
    How.MEETS: "是",
    How.FAILS: "不是",
}
"""How a person is offered them."""

_OPEN = (How.EMPTY, How.FILLED)
BARE = (*_OPEN, How.MEETS, How.FAILS)
"""Those that need no value."""
_TESTS: dict[Kind, tuple[How, ...]] = {
    Kind.TEXT: (How.HAS, How.IS, *_OPEN),
    Kind.PROSE: (How.HAS, *_OPEN),
    Kind.NAMES: (How.HAS, How.IS, *_OPEN),
    **dict.fromkeys((Kind.CODE, Kind.CODES, Kind.FLAG), (How.IS, *_OPEN)),
    **dict.fromkeys((Kind.LINK, Kind.LINKS), (How.IS, How.HAS, *_OPEN)),
    **dict.fromkeys((Kind.INTEGER, Kind.MONEY, Kind.DATE, Kind.TIME), (How.BETWEEN, *_OPEN)),
    Kind.ROWS: _OPEN,
}
MOST = 100
"""Conditions of one list; the store takes some hundreds."""
YES, NO = "1", "0"
"""The values of a field that is answered with 是 or 否."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One condition on a list.

    `values` are as a body keeps them (ISO dates, yuan, codes, keys of links); of BETWEEN the
    first and the last, "" for an open end. `shown` are they in words.
    """

    field: str
    how: How
    values: tuple[str, ...] = ()
    shown: str = ""


def ways_of(spec: FieldSpec) -> tuple[How, ...]:
    """How a field may be asked, the usual way first; none where it cannot.

    Of a sensitive one (R71) nobody learns a part by asking: a number is known in full or not.
    """
    if questions.is_question(spec.name):
        return (How.MEETS, How.FAILS)
    tests = _TESTS.get(spec.kind, ())
    if spec.field.sensitive:
        return (How.IS, *_OPEN) if spec.kind is Kind.TEXT else _OPEN
    return tests


def offered(record_type: type[Record], added: Sequence[FieldSpec] = ()) -> tuple[FieldSpec, ...]:
    """By what a list of a type may be narrowed: questions, and fields, those wanted most first.

    Those that campaigns `added` come last.
    """
    facts = record_type.facts
    usual = ("campaign", "area", "group", "unit")
    first = (facts.day, *facts.title, facts.who, facts.progress, *usual)
    specs = by_name(record_type)
    names = dict.fromkeys([*first, *(spec.name for spec in fields_of(record_type))])
    known = (specs[name] for name in names if name in specs)
    fields = (s for s in (*known, *added) if not s.field.hidden and ways_of(s))
    return (*(one.spec for one in questions.of_type(record_type)), *fields)


FIGURE, THESE = "figure", "these"
"""Fields of chips that no record has: the records behind a number, and named ones."""


def behind_figure(cell: Cell, shown: str) -> Chip:
    """Lets through the records behind one number of 统计; `shown` says which that is."""
    return Chip(FIGURE, How.IS, (msgspec.json.encode(cell).decode(),), shown)


def of_these(ids: Iterable[str], shown: str) -> Chip:
    """Lets through these records."""
    return Chip(THESE, How.IS, tuple(ids), shown)


def said(
    record_type: type[Record],
    chip: Chip,
    titles: Titles = (),
    added: Sequence[FieldSpec] = (),
) -> str:
    """What a chip says: 走访日期 2011-07-01 至 2011-07-10."""
    question = questions.named(record_type, chip.field)
    if question is not None:
        return question.label if chip.how is How.MEETS else question.other
    if chip.field in (FIGURE, THESE):
        return f"统计：{chip.shown}"
    spec = _known(record_type, added).get(chip.field)
    label = dict(titles).get(chip.field) or (spec.label if spec else chip.field)
    if chip.how in _OPEN:
        return f"{label}{WORDS[chip.how]}"
    if chip.how is How.BETWEEN:
        return f"{label} {chip.shown}"
    if spec is not None and spec.kind is Kind.FLAG:
        return f"{label}：{chip.shown}"
    return f"{label}{WORDS[chip.how]} {chip.shown}"


def conditions(
    record_type: type[Record],
    chips: Iterable[Chip],
    now: Moment,
    added: Sequence[FieldSpec] = (),
) -> Iterator[Filter]:
    """What the store is asked; chips of fields that the type does not have ask nothing.

    Raises `UserError` TOO_MANY_CONDITIONS.
    """
    specs = _known(record_type, added)
    chips = tuple(chips)
    require_few(chips)
    for chip in chips:
        question = questions.named(record_type, chip.field)
        if question is not None:
            yield question.asks(now) if chip.how is How.MEETS else question.others(now)
        if chip.field == FIGURE:
            yield behind(record_type, msgspec.json.decode(chip.values[0], type=readable(Cell)))
        if chip.field == THESE:
            yield named(chip.values)
        spec = specs.get(chip.field)
        if spec is not None and chip.how in ways_of(spec):
            yield _condition(spec, chip)


def require_few(chips: Sequence[Chip]) -> None:
    """Raise `UserError` TOO_MANY_CONDITIONS for more than can be asked at once."""
    if len(chips) > MOST:
        raise UserError(
            "TOO_MANY_CONDITIONS", f"一次最多按 {MOST} 个条件筛选。", remedy="请去掉几个条件。"
        )


def _known(record_type: type[Record], added: Sequence[FieldSpec]) -> Mapping[str, FieldSpec]:
    return {**{spec.name: spec for spec in added}, **by_name(record_type)}


def _condition(spec: FieldSpec, chip: Chip) -> Filter:
    if chip.how is How.EMPTY:
        return field_filters.lacking(spec)
    if chip.how is How.FILLED:
        return not_(field_filters.lacking(spec))
    if chip.how is How.HAS:
        return field_filters.has_text(spec, chip.values[0])
    kept = [_kept(spec, value) for value in chip.values]
    if chip.how is How.BETWEEN:
        least, most = kept
        return field_filters.within(spec, least, most)
    return field_filters.has_one(spec, [one for one in kept if one is not None])


def _kept(spec: FieldSpec, value: str) -> str | int | None:
    """A value as its column has it."""
    if not value:
        return None
    if spec.kind is Kind.MONEY:
        return int(Decimal(value).scaleb(2))
    return int(value) if spec.kind in (Kind.INTEGER, Kind.FLAG) else value


def without(chips: Sequence[Chip], gone: Chip) -> tuple[Chip, ...]:
    """The chips but one."""
    return tuple(chip for chip in chips if chip != gone)
