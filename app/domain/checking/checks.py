"""逻辑检查: every rule on one record.

The same rules run while keying, on Excel import, before submission, and at the
city, where they are only shown. 错误 blocks 已填完; a 核对 holds back what is keyed
until it is mended or answered; it and a 提醒 may be accepted with a reason, which is
kept in the record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from operator import attrgetter
from typing import Any

import msgspec

from app.domain.checking.rule import Context, Rule, Severity
from app.domain.checking.rules import RULES
from app.domain.kernel.added_values import is_of_kind
from app.domain.kernel.fields import Field, FieldSpec, Kind, fields_of, value_of
from app.domain.kernel.text import length
from app.domain.records import Campaign, Record
from app.domain.records.paper_mark import mark_words

__all__ = [
    "Finding",
    "Severity",
    "answered",
    "check",
    "errors",
    "in_order",
    "open_asks",
    "open_notes",
]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: a sentence, the field to jump to, and what to do.

    `accepted` holds the reason when a person let it stand. `about` names what else it is
    about (the id of another record): a reason given for one does not hold for another. Within
    a table `row` (from 1) and `column` say which cell.
    """

    code: str
    severity: Severity
    sentence: str
    field: str
    remedy: str
    accepted: str = ""
    row: int = 0
    column: str = ""
    about: str = ""

    @property
    def key(self) -> str:
        """What a reason is kept under."""
        return f"{self.code}:{self.about}" if self.about else self.code

    @property
    def is_guard(self) -> bool:
        """Whether other records say it (`guards`), so that any change may end it."""
        return self.code.startswith("G")


_RANK = {severity: place for place, severity in enumerate(Severity)}


def check(record: Record, *, today: dt.date, campaign: Campaign | None = None) -> list[Finding]:
    """Run every rule on one record: errors first, then in the order of its fields."""
    specs = fields_of(type(record), campaign)
    found = [*_field_findings(record, specs, today), *_rule_findings(record, today, campaign)]
    return in_order(type(record), answered(found, record), campaign) if found else found


def answered(found: Iterable[Finding], record: Record) -> list[Finding]:
    """The findings with the reasons that the record keeps.

    A 提醒 that a field is empty is answered where the paper is marked as having nothing there.
    """
    reasons = {acceptance.check: acceptance.reason for acceptance in record.accepted}
    marks = mark_words(record)

    def reason(finding: Finding) -> str:
        marked = finding.severity is Severity.NOTE and finding.field in marks
        return reasons.get(finding.key, "") or (f"纸上{marks[finding.field]}" if marked else "")

    return [replace(finding, accepted=reason(finding)) for finding in found]


def in_order(
    record_type: type[Record], found: Iterable[Finding], campaign: Campaign | None = None
) -> list[Finding]:
    """Findings by how much they matter, then in the order of the fields."""
    order = {spec.name: place for place, spec in enumerate(fields_of(record_type, campaign))}
    return sorted(found, key=lambda f: (_RANK[f.severity], order.get(f.field, 99)))


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Those that block 已填完."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def open_asks(findings: Iterable[Finding]) -> list[Finding]:
    """The 核对 that nobody has answered yet."""
    return [f for f in findings if f.severity is Severity.ASK and not f.accepted]


def open_notes(findings: Iterable[Finding]) -> list[Finding]:
    """What may be let stand with a reason, and has none yet: 核对 and 提醒."""
    may = (Severity.ASK, Severity.NOTE)
    return [f for f in findings if f.severity in may and not f.accepted]


def _rule_findings(record: Record, today: dt.date, campaign: Campaign | None) -> Iterator[Finding]:
    context = Context(today, campaign)
    for rule in _rules_of(type(record)):
        if rule.broken(record, context):
            yield Finding(rule.code, rule.severity, rule.sentence, rule.field, rule.remedy)


@cache
def _rules_of(record_type: type[Record]) -> tuple[Rule, ...]:
    return tuple(rule for rule in RULES if issubclass(record_type, rule.type))


def _field_findings(
    record: Record, specs: tuple[FieldSpec, ...], today: dt.date
) -> Iterator[Finding]:
    declared = fields_of(type(record))
    for spec, value in _glances(type(record)).doubtful(record, today):
        yield from _of_field(spec, value, today, spec.name, "")
        if spec.kind is Kind.ROWS:
            yield from _of_rows(spec, value or (), today)
    for spec in specs[len(declared) :]:
        if spec.removed:
            continue
        yield from _of_added(spec, record.extra.get(spec.name), today)


def _of_added(spec: FieldSpec, value: Any, today: dt.date) -> Iterator[Finding]:
    """A field of the campaign: its value may come from an office that knew it otherwise."""
    if value is None or is_of_kind(spec, value):
        yield from _of_field(spec, value, today, spec.name, "")
    else:
        yield _error("F06", f"“{spec.label}”填的不是它该有的样子。", spec.name, "请重新填写。")


_Fine = Callable[[Any, dt.date], bool]


class _Glances:
    """What tells at a glance that a field is in order: the rest is looked at closely."""

    def __init__(self, specs: tuple[FieldSpec, ...]) -> None:
        # With a name twice the getter gives a tuple also of a single one.
        self._values_of = attrgetter(*(spec.name for spec in specs), specs[0].name)
        self._steps = tuple((spec, _glance(spec), _is_free(spec)) for spec in specs)

    def doubtful(self, record: msgspec.Struct, today: dt.date) -> Iterator[tuple[FieldSpec, Any]]:
        """The fields that want a closer look, with their values."""
        for value, (spec, fine, free) in zip(self._values_of(record), self._steps, strict=False):
            # Most fields of a record are empty, and nothing is asked of most of these.
            if not (fine(value, today) if value else free or (value == 0 and fine(value, today))):
                yield spec, value


@cache
def _glances(record_type: type[Record]) -> _Glances:
    return _Glances(fields_of(record_type))


def _is_free(spec: FieldSpec) -> bool:
    """Whether nothing that counts as false needs a look: 0 is a number, 否 an answer."""
    return not spec.field.required and spec.kind is not Kind.INTEGER


def _glance(spec: FieldSpec) -> _Fine:
    """Whether a value that was filled in is in order; False where only a closer look can tell."""
    field, codes = spec.field, spec.field.codes
    if codes is not None and spec.kind is Kind.CODE:
        return lambda value, today: value in codes
    if codes is not None and spec.kind is Kind.CODES:
        return lambda value, today: all(code in codes for code in value)
    if spec.kind is Kind.INTEGER:
        least = -_LARGEST if field.ge is None else field.ge
        most = _LARGEST if field.le is None else field.le
        return lambda value, today: least <= value <= most
    if spec.kind is Kind.ROWS:
        cells = _Glances(spec.columns)
        return lambda rows, today: not any(any(cells.doubtful(row, today)) for row in rows)
    return _GLANCES.get(spec.kind, _never)(field)


def _short(field: Field) -> _Fine:
    longest = field.longest
    return lambda value, today: len(value) <= longest


def _all_short(field: Field) -> _Fine:
    longest = field.longest
    return lambda value, today: max(map(len, value)) <= longest


def _in_time(field: Field) -> _Fine:
    return (lambda value, today: value <= today) if field.past else _always(field)


def _always(field: Field) -> _Fine:
    return lambda value, today: True


def _never(field: Field) -> _Fine:
    return lambda value, today: False


_GLANCES: Mapping[Kind, Callable[[Field], _Fine]] = {
    **dict.fromkeys((Kind.TEXT, Kind.PROSE, Kind.LINK, Kind.MONEY), _short),
    **dict.fromkeys((Kind.FLAG, Kind.LINKS, Kind.OBJECT), _always),
    Kind.NAMES: _all_short,
    Kind.DATE: _in_time,
}
_LARGEST = 1 << 63
"""Above every whole number that is kept."""


def _of_rows(spec: FieldSpec, rows: tuple[Any, ...], today: dt.date) -> Iterator[Finding]:
    for number, row in enumerate(rows, 1):
        for column in spec.columns:
            place = f"{spec.label}第{number}行的"
            found = _of_field(column, value_of(row, column.name), today, spec.name, place)
            yield from (replace(one, row=number, column=column.name) for one in found)


def _of_field(
    spec: FieldSpec, value: Any, today: dt.date, field: str, place: str
) -> Iterator[Finding]:
    name = f"{place}“{spec.label}”"
    if value is None or value in ("", (), {}):
        if spec.field.required:
            yield _error("F01", f"{name}没有填写。", field, spec.field.ask)
        return
    if spec.kind is Kind.INTEGER:
        yield from _range(spec, value, field, name)
    elif spec.field.codes is not None:
        yield from _codes(spec, value, field, name)
    yield from _length(spec, value, field, name)
    if spec.field.past and _day(value) > today:
        yield _error("F05", f"{name}晚于今天。", field, "请核对日期。")


def _range(spec: FieldSpec, value: Any, field: str, name: str) -> Iterator[Finding]:
    least, most = spec.field.ge, spec.field.le
    if least is not None and value < least:
        yield _error("F02", f"{name}不能小于{least}。", field, "请核对数字。")
    if most is not None and value > most:
        yield _error("F02", f"{name}不能大于{most}。", field, "请核对数字。")


def _length(spec: FieldSpec, value: Any, field: str, name: str) -> Iterator[Finding]:
    longest = spec.field.longest
    if isinstance(value, str):
        too_long = length(value) > longest
    else:
        too_long = spec.kind is Kind.NAMES and any(length(text) > longest for text in value)
    if too_long:
        yield _error("F03", f"{name}超过{longest}个字。", field, "请精简，或把全文作为附件。")


def _codes(spec: FieldSpec, value: Any, field: str, name: str) -> Iterator[Finding]:
    codes = spec.field.codes or ()
    for code in (value,) if isinstance(value, str) else value:
        if code not in codes:
            yield _error("F04", f"{name}没有“{code}”这个选项。", field, "请从列表里选择。")


def _day(value: Any) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value


def _error(code: str, sentence: str, field: str, remedy: str) -> Finding:
    return Finding(code, Severity.ERROR, sentence, field, remedy)
