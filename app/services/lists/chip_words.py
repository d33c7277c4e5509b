"""A condition written as words, for commands: 超期, 类别=工资, 内容~限电, 提出日期=2011-07-01..."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NoReturn

from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec, Kind
from app.domain.kernel.text import clean_text
from app.domain.records import TYPES, Record
from app.domain.records.told import key_field
from app.services.lists import questions
from app.services.lists.chips import NO, YES, Chip, How, offered, ways_of
from app.services.lists.lookups import MANY, indicators, names
from app.services.records.link_resolving import Links
from database.state.linked_names import called

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ENDS = {
    Kind.INTEGER: re.compile("[0-9]{1,15}"),
    Kind.MONEY: re.compile(r"[0-9]{1,13}(?:\.[0-9]{1,2})?"),
}
_FLAGS = {"是": YES, "否": NO}
_SHOWN = 20
"""Choices named to whoever wrote another."""
_NEAR, _LONGEST = 8, 20
"""Near names told, and characters of a name that they are looked for by."""
_OPEN = {"没有填": How.EMPTY, "已填": How.FILLED}


def chip_in(
    record_type: type[Record],
    words: str,
    added: Sequence[FieldSpec] = (),
    links: Links | None = None,
) -> Chip:
    """The condition that is meant; `links` know what a campaign, an office or a place is called.

    A question by its name (超期, 没有超期); `栏目=值`, `栏目=从..到` with an end left open,
    `栏目~几个字`, `栏目没有填`, `栏目已填`. Raises `UserError` CONDITION.
    """
    text = clean_text(words).strip()
    for one in questions.of_type(record_type):
        if text in (one.label, one.other):
            how = How.MEETS if text == one.label else How.FAILS
            return Chip(one.spec.name, how)
    specs = {spec.label: spec for spec in offered(record_type, added)}
    specs |= {spec.name: spec for spec in specs.values()}
    for ending, how in _OPEN.items():
        if text.endswith(ending) and text.removesuffix(ending) in specs:
            return Chip(specs[text.removesuffix(ending)].name, how)
    for sign in ("~", "="):
        name, found, value = text.partition(sign)
        spec = specs.get(name.strip())
        if found and spec is not None and value.strip():
            if links is not None and spec.name == record_type.facts.indicator:
                return _indicator(spec, sign, value.strip(), links)
            if sign == "=" and links is not None and _few(spec):
                return _linked(spec, value.strip(), links)
            if links is not None and spec.field.links in MANY:
                _require_called(spec, value.strip(), links)
            if (chip := _chip(spec, sign, value.strip())) is not None:
                return chip
            _refuse_no_choice(spec, value.strip())
    labels = "、".join(one.label for one in offered(record_type, added))
    raise UserError("CONDITION", f"看不懂条件“{text}”。", remedy=f"可以按这些筛选：{labels}。")


def _few(spec: FieldSpec) -> bool:
    """Whether it points at one of few: a campaign, an office, a place, a group."""
    return spec.kind in (Kind.LINK, Kind.LINKS) and spec.field.links not in MANY


def _linked(spec: FieldSpec, value: str, links: Links) -> Chip:
    """By its code, its name or a part of that; raises `UserError` CONDITION for none."""
    try:
        return Chip(spec.name, How.IS, (links.key(spec, value),), value)
    except UserError:
        kind = TYPES[spec.field.links]
        known = sorted(names(links.office, kind), key=lambda one: (len(one.key), one.key))
        if any(value in one.title for one in known):
            return Chip(spec.name, How.HAS, (value,), value)
        coded = key_field(kind) == "code"
        _refuse(spec, value, [f"{one.key} {one.title}" if coded else one.title for one in known])


def _indicator(spec: FieldSpec, sign: str, value: str, links: Links) -> Chip:
    """Those with this code or name, or with a part of the name; raises `UserError` CONDITION."""
    known = {one.key: one for one in reversed(indicators(links.office))}
    meant = [one for one in known.values() if value in (one.key, one.title, *one.words)]
    if sign == "~":
        meant = [one for one in known.values() if value in one.title]
    if not meant:
        _refuse(spec, value, [f"{one.key} {one.title}" for one in known.values()])
    shown = "、".join(one.title for one in meant)
    return Chip(spec.name, How.IS, tuple(one.key for one in meant), shown)


def _require_called(spec: FieldSpec, value: str, links: Links) -> None:
    """Raise `UserError` CONDITION where nothing that it points at is called so; name near ones."""
    kind, there = TYPES[spec.field.links], partial(called, links.connection)
    if there(kind, value, 1):
        return
    found = (there(kind, piece, _NEAR) for piece in _pieces(value))
    near = "、".join(next(filter(None, found), ()))
    raise UserError(
        "CONDITION",
        f"“{spec.label}”里没有叫“{value}”的{kind.label}。",
        remedy=f"名称相近的有：{near}。" if near else f"请到{kind.label}里看看名称怎么写。",
    )


def _pieces(value: str) -> Iterator[str]:
    """The beginnings and ends of a name, the longest first."""
    value = value[:_LONGEST]
    for length in range(len(value) - 1, 1, -1):
        yield from (value[:length], value[-length:])


def _refuse_no_choice(spec: FieldSpec, value: str) -> None:
    """Raise `UserError` CONDITION where a field has choices, all of which are others."""
    if spec.kind is Kind.FLAG:
        _refuse(spec, value, list(_FLAGS))
    if spec.field.codes is not None:
        _refuse(spec, value, [code.label for code in spec.field.codes])


def _refuse(spec: FieldSpec, value: str, choices: Sequence[str]) -> NoReturn:
    shown = "、".join(choices[:_SHOWN])
    more = f" 等 {len(choices)} 个" if len(choices) > _SHOWN else ""
    raise UserError(
        "CONDITION", f"“{spec.label}”里没有“{value}”。", remedy=f"可以写：{shown}{more}。"
    )


def _chip(spec: FieldSpec, sign: str, value: str) -> Chip | None:
    """The condition on a field, None where it cannot be asked so."""
    ways = ways_of(spec)
    if not value or not ways:
        return None
    # Whoever types names a record by its name; its key nobody knows.
    if sign == "~" or spec.kind in (Kind.LINK, Kind.LINKS):
        return Chip(spec.name, How.HAS, (value,), value) if How.HAS in ways else None
    if How.BETWEEN in ways:
        least, parted, most = value.partition("..")
        ends = (least, most) if parted else (value, value)
        return Chip(spec.name, How.BETWEEN, ends, value) if _reads(spec, ends) else None
    kept = _kept(spec, value)
    return Chip(spec.name, How.IS, tuple(kept), "、".join(kept.values())) if kept else None


def _kept(spec: FieldSpec, value: str) -> dict[str, str]:
    """What is meant as it is kept, each with its words; nothing where one of it is not known."""
    if spec.kind is Kind.FLAG:
        return {_FLAGS[one]: one for one in _FLAGS if value in (one, _FLAGS[one])}
    if spec.field.codes is None:
        return {value: value}
    codes = [spec.field.codes.find(part) for part in value.replace("、", ",").split(",")]
    return {} if None in codes else {code.value: code.label for code in codes if code}


def _reads(spec: FieldSpec, ends: tuple[str, str]) -> bool:
    """Whether both ends are numbers as the field holds them, or days as 2011-07-01; "" is open."""
    pattern = _ENDS.get(spec.kind, _DAY)
    return all(
        pattern.fullmatch(end) and (pattern is not _DAY or _is_day(end)) for end in ends if end
    )


def _is_day(end: str) -> bool:
    try:
        dt.date.fromisoformat(end)
    except ValueError:
        return False
    return True
