"""How an indicator is counted from the records: each formula with the units it counts in (R61).

人次, 人, 户, 个 and 家 are different things: a formula counts for an indicator of its own unit
alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.codes import INDICATOR_COUNT
from app.domain.kernel.text import lookup_key
from app.domain.records import Indicator

TYPED = "typed"


@dataclass(frozen=True, slots=True)
class Formula:
    """The codes of `INDICATOR_UNIT` it counts in, and in words what it counts."""

    units: tuple[str, ...]
    words: str


_TIMES, _RATE, _PEOPLE = ("person_times",), ("percent",), ("persons", "members")

FORMULAS: Mapping[str, Formula] = {
    "union_rate": Formula(_RATE, "已建会的企业家数，除以名录里的企业家数"),
    "member_rate": Formula(_RATE, "会员人数，除以职工人数"),
    "wage_rate": Formula(_RATE, "工资集体合同在期限内的企业家数，除以名录里的企业家数"),
    "congress_rate": Formula(
        _RATE, "建立职代会的企业家数，除以已建会、规模以上、非公有制三项都具备的企业家数"
    ),
    "affairs_rate": Formula(
        _RATE, "实行厂务公开的企业家数，除以已建会、规模以上、非公有制三项都具备的企业家数"
    ),
    "new_unions": Formula(("pieces",), "名录里建会日期在当年的单位，一个单位一个工会"),
    "reemployed": Formula(_PEOPLE, "当年受到就业帮扶的下岗失业人员，一人只算一次"),
    "schooling": Formula(
        _PEOPLE,
        "当年受助学的学生，一人只算一次：帮扶记录写了受助学生的按写的算，没有写的算档案里的在校子女，"
        "档案里也没有写在校子女的按一人算",
    ),
    "relief": Formula(_RATE, "当年受到生活、医疗帮扶的档案户数，除以档案户数"),
    "innovation": Formula(_TIMES, "当年经济技术创新活动的参加人次"),
    "contests": Formula(_TIMES, "当年技能比赛的参加人次"),
    "suggestions": Formula(_TIMES, "当年合理化建议活动的参加人次"),
    "taking_part": Formula(_RATE, "参与创新、比赛、建议的规模以上企业家数，除以规模以上企业家数"),
    "enterprises_visited": Formula(("households", "firms"), "走访过的单位，一户只算一次"),
    "workers_met": Formula(_TIMES, "走访职工人次之和"),
}


def formula_of(indicator: Indicator) -> str:
    """The one that the city chose; else that of the title, which is how those of 2012 are known.

    `TYPED` where only people tell it.
    """
    if indicator.counted:
        return indicator.counted
    title = lookup_key(indicator.title)
    for code in INDICATOR_COUNT:
        if title in {lookup_key(word) for word in (code.label, *code.aliases)}:
            return code.value
    return TYPED


def counted_by(indicator: Indicator) -> str:
    """The formula by which the records tell an indicator, in its own unit; else `TYPED`."""
    return TYPED if mixes_units(indicator) else formula_of(indicator)


def mixes_units(indicator: Indicator) -> bool:
    """Whether its formula counts in another unit than it is in."""
    formula = FORMULAS.get(formula_of(indicator))
    return formula is not None and indicator.measure not in formula.units
