"""A condition written as words, for commands: 超期, 类别=工资, 内容~限电, 提出日期=2011-07-01..."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec, Kind
from app.domain.kernel.text import clean_text
from app.domain.records import Record
from app.services.lists import questions
from app.services.lists.chips import NO, YES, Chip, How, offered, ways_of

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ENDS = {
    Kind.INTEGER: re.compile("[0-9]{1,15}"),
    Kind.MONEY: re.compile(r"[0-9]{1,13}(?:\.[0-9]{1,2})?"),
}
_OPEN = {"没有填": How.EMPTY, "已填": How.FILLED}


def chip_in(record_type: type[Record], words: str, added: Sequence[FieldSpec] = ()) -> Chip:
    """The condition that is meant.

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
        if found and spec is not None and (chip := _chip(spec, sign, value.strip())) is not None:
            return chip
    labels = "、".join(one.label for one in offered(record_type, added))
    raise UserError("CONDITION", f"看不懂条件“{text}”。", remedy=f"可以按这些筛选：{labels}。")


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
        return {kept: value for kept, words in ((YES, "是"), (NO, "否")) if value == words}
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
