"""核对 and 提醒 that look beyond one record: what is known already speaks against it.

What is known is found by `app.services.records.guards`; what is said of it stands here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.domain.checking.checks import Finding
from app.domain.checking.rule import Severity
from app.domain.codes import GROUP_LEVEL
from app.domain.records import Record
from app.domain.values.dates import format_date
from app.domain.values.money import format_money

_INITIALS = re.compile("[A-Za-z]{1,12}")
NEAR_AID = dt.timedelta(days=30)
"""Aid given to one household twice within so many days is asked about."""
OF_UNIT = frozenset({"G00", "G01", "G02", "G06", "G11"})
"""What is said of the name and the place of a unit that is not in 单位名录 yet."""
_SHOWN = 3
_JUMP, _FEW_PEOPLE = 3, 50
"""A headcount so many times the known one, or a part of it, and so many people apart, is asked."""
_REALLY = "确实如此请写明原因。"


@dataclass(frozen=True, slots=True)
class LikeUnit:
    """A unit of 单位名录 that may be the one meant: what tells it apart, and why it may be."""

    id: str
    name: str
    place: str
    headcount: int | None
    why: str

    def __str__(self) -> str:
        people = f"{self.headcount}人" if self.headcount is not None else ""
        told = "，".join(filter(None, (self.place, people)))
        return f"“{self.name}”" + (f"（{told}）" if told else "")


@dataclass(frozen=True, slots=True)
class Earlier:
    """A visit, aid, plan or roster known already; `what` says whose it is."""

    id: str
    number: str
    on: dt.date | None
    what: str

    def __str__(self) -> str:
        day = format_date(self.on) if self.on else ""
        told = "，".join(filter(None, (self.number, day)))
        return self.what + (f"（{told}）" if told else "")


def answered_there(other: Record, code: str, record: str) -> bool:
    """Whether the other record says already, with a reason, why it stands beside this one."""
    return bool(record) and any(
        one.check.startswith(f"{code}:") and record in one.check for one in other.accepted
    )


def of_name(field: str, name: str, like: Sequence[LikeUnit]) -> list[Finding]:
    """What speaks against a name that 单位名录 does not know; `like` are units of like names."""
    found = []
    if _INITIALS.fullmatch(name.strip()):
        sentence = f"“{name}”像是拼音首字母，不是单位名称，名录里也没有找到。"
        remedy = "请改填全称，或按 F7 从名录里选；确实叫这个名字请写明原因。"
        found.append(Finding("G02", Severity.ASK, sentence, field, remedy, about=name))
    if like:
        sentence = f"名录里有{'、'.join(map(str, like[:_SHOWN]))}，{like[0].why}。"
        remedy = "是同一家就改选它；确实是另一家请写明原因。"
        about = ",".join(sorted(one.id for one in like[:_SHOWN]))
        found.append(Finding("G01", Severity.ASK, sentence, field, remedy, about=about))
    return found


def of_new_unit(field: str, name: str, place: str, *, placed: bool) -> list[Finding]:
    """A unit that 单位名录 does not know is added to it: that is said, and its place asked for."""
    found = [Finding("G00", Severity.INFO, f"名录里没有“{name}”，保存时加入单位名录。", field, "")]
    return found if placed else [*found, no_place(place, name)]


def no_place(field: str, name: str) -> Finding:
    """A new unit of which nobody says where it lies."""
    sentence = f"“{name}”是新加入名录的单位，还没有填它在哪个乡镇（街道）、园区。"
    remedy = "请填写所在地，统计覆盖要用；确实不知道请写明原因。"
    return Finding("G06", Severity.ASK, sentence, field, remedy, about=name[:60])


def of_headcount(field: str, said: int, known: int) -> list[Finding]:
    """The headcount is far from what is known of the unit: a figure may be missing or too much."""
    low, high = sorted((said, known))
    if high - low < _FEW_PEOPLE or high < low * _JUMP:
        return []
    sentence = f"填的是{said}人，这个单位上次是{known}人，相差很大。"
    remedy = f"请看清是否多写或少写了一位；{_REALLY}"
    return [Finding("G07", Severity.ASK, sentence, field, remedy, about=str(known))]


def of_gone(field: str, unit: str) -> Finding:
    """The unit one goes to was found 不存在; `unit` is its id."""
    sentence = "核实单位名录时，这个单位已经不存在（注销、迁出或查无）。"
    remedy = "请看是不是选错了单位；还在的，请到“单位名录”按 F10 改回核实。"
    return Finding("G14", Severity.NOTE, sentence, field, remedy, about=unit)


def of_same_day(field: str, earlier: Sequence[Earlier]) -> list[Finding]:
    """The unit was visited on that day already."""
    if not earlier:
        return []
    sentence = f"这个单位这一天已经登记过走访：{_told(earlier)}。"
    remedy = "录重了请不要再存；这一天确实去了两次请写明原因。"
    return [Finding("G03", Severity.ASK, sentence, field, remedy, about=_ids(earlier))]


def of_aid(field: str, on: dt.date, earlier: Sequence[Earlier]) -> list[Finding]:
    """The person, or one of the household, was helped this year already; near in time is asked."""
    if not earlier:
        return []
    near = any(one.on and abs(one.on - on) <= NEAR_AID for one in earlier)
    sentence = f"本人或同户{on.year}年已经有帮扶：{_told(earlier)}。"
    severity = Severity.ASK if near else Severity.NOTE
    remedy = "录重了请不要再存；确实又帮扶了一次请写明原因。"
    return [Finding("G04", severity, sentence, field, remedy, about=_ids(earlier))]


def of_other_level(field: str, earlier: Sequence[Earlier]) -> list[Finding]:
    """Another level has the unit in its plan or roster, or was there in this campaign (R37)."""
    if not earlier:
        return []
    sentence = f"两级去同一个单位：{_told(earlier)}。"
    remedy = f"请先联系，不要重复走访；{_REALLY}"
    return [Finding("G05", Severity.NOTE, sentence, field, remedy, about=_ids(earlier))]


def of_beside(field: str, earlier: Sequence[Earlier]) -> list[Finding]:
    """A level that the rule does not bind goes there or was there: that is only shown (R37)."""
    if not earlier:
        return []
    return [Finding("G09", Severity.INFO, f"别的一级也去：{_told(earlier)}。", field, "")]


def of_workers(field: str, earlier: Sequence[Earlier]) -> list[Finding]:
    """The other bound level met the worker, or workers of the unit, in this campaign (R37)."""
    if not earlier:
        return []
    sentence = f"两级走访、帮扶同一名职工：{_told(earlier)}。"
    remedy = f"请先联系，不要重复走访；{_REALLY}"
    return [Finding("G08", Severity.NOTE, sentence, field, remedy, about=_ids(earlier))]


def of_person_elsewhere(field: str, hints: Sequence[str]) -> list[Finding]:
    """Another office has a file of this number, or of one in the family: not said who or where."""
    if not hints:
        return []
    sentence = "另一单位已有此人：这里填的身份证号，别的单位的困难职工档案里也有（偶有巧合）。"
    remedy = "请先问上级工会，免得两处建档、重复帮扶；确实要登记请写明原因。"
    return [Finding("G10", Severity.ASK, sentence, field, remedy, about=",".join(hints[:_SHOWN]))]


def of_unit_elsewhere(field: str, name: str, hints: Sequence[str]) -> list[Finding]:
    """Another office has a unit of this name or code in its part of 单位名录."""
    if not hints:
        return []
    sentence = f"另一单位已有“{name}”：别的单位登记过这个名称或者统一社会信用代码（偶有巧合）。"
    remedy = f"是同一家的，请先问上级工会由谁走访；{_REALLY}"
    return [Finding("G11", Severity.NOTE, sentence, field, remedy, about=",".join(hints[:_SHOWN]))]


def given_words(name: str, money: Decimal | None, goods: str) -> str:
    """What somebody was given, for `Earlier.what`; `money` in yuan: 龚龚 1,500元."""
    what = f"{format_money(money).removesuffix('.00')}元" if money else goods
    return f"{name} {what}".strip()


def level_words(level: str) -> str:
    """A level in words: 市级."""
    return GROUP_LEVEL.label_of(level) or "别的一级"


def _told(earlier: Sequence[Earlier]) -> str:
    more = f"等{len(earlier)}条" if len(earlier) > _SHOWN else ""
    return "、".join(map(str, earlier[:_SHOWN])) + more


def _ids(earlier: Sequence[Earlier]) -> str:
    return ",".join(sorted(one.id for one in earlier[:_SHOWN]))
