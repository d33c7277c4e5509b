"""工作安排 of 沙湾: who leads the office, the groups, and whom they are to visit week by week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from app.domain.records import Group, Leader
from app.services.planning import placing
from app.services.planning.placing import Spot
from demo.figures import CAMPAIGN
from demo.places import SHAWAN
from demo.stage import Stage
from demo.tables import day, rows
from demo.typing_in import FIRST_DAY, save

FIRST, SECOND = "沙湾第一工作组", "沙湾第二工作组"


class Chief(NamedTuple):
    """One of the leadership and the days of the term."""

    name: str
    post: str
    chief: str
    serves_from: str
    serves_to: str = ""


LEADERS = rows(
    Chief,
    """
冯建章 | 主席 | 是 | 2009-03-01 |
曾令辉 | 常务副主席 | 否 | 2008-06-01 |
苗长青 | 副主席 | 否 | 2010-04-01 |
贺明川 | 纪检组长 | 否 | 2011-08-01 |
彭守义 | 副主席 | 否 | 2006-05-01 | 2011-06-30
""",
)
"""One of them goes along to no visit, and the term of one has ended."""


class Planned(NamedTuple):
    """A unit on the board: by which day, and which of the two groups goes; nothing for none."""

    firm: str
    day: str
    group: str = ""


PLANS = rows(
    Planned,
    f"""
沙湾永泰铁合金有限公司 | 7-15 | {FIRST}
乐山铜街子水泥有限公司 | 7-15 | {FIRST}
沙湾红岩陶瓷厂 | 7-22 | {SECOND}
嘉农银杏制药有限公司 | 7-22 | {SECOND}
德胜巷机械配件厂 | 8-5 | {FIRST}
沙湾区第二人民医院 | 8-5 | {SECOND}
沙湾城区公交公司 | 8-12 | {FIRST}
太平镇石灰石矿 | 8-19 | {FIRST}
福禄镇绿野竹业有限公司 | 8-26 | {SECOND}
牛石镇茶叶加工厂 | 9-9 | {FIRST}
轸溪镇航运队 | 9-16 | {SECOND}
沙湾天元铸造有限公司 | 11-25 | {SECOND}
龚嘴湖水产养殖场 | 12-9 | {FIRST}
沙湾恒昌运输有限公司 | 12-23 | {FIRST}
沙湾新区幼儿园 | 12-23 | {SECOND}
沙湾福源酒业有限公司 | 12-30 | {SECOND}
碧山矿泉水厂 | 12-30 |
""",
)
"""When the story ends most of them were visited, two are late, and four are still to come."""


def name_leaders(stage: Stage) -> None:
    """领导班子, with terms."""
    stage.calendar.turn(FIRST_DAY, 11)
    for at, one in enumerate(LEADERS, start=1):
        save(stage, SHAWAN, Leader, one._asdict() | {"order": at})


def form_groups(stage: Stage) -> None:
    """The two groups of 沙湾, the roster of one of them (附件1)."""
    stage.calendar.turn(FIRST_DAY, 12)
    roster = [stage.records[SHAWAN, f"enterprise {one.firm}"] for one in PLANS[:2]]
    groups: Mapping[str, Mapping[str, object]] = {
        FIRST: {
            "leaders": "冯建章",
            "members": "范晓琴",
            "contacts": "范晓琴",
            "enterprises": roster,
        },
        SECOND: {"leaders": "曾令辉", "members": "罗晓燕", "contacts": "罗晓燕"},
    }
    for at, (name, told) in enumerate(groups.items(), start=1):
        base = {"campaign": CAMPAIGN, "name": name, "level": "县级", "order": at}
        save(stage, SHAWAN, Group, {**base, **told}, name)


def arrange_visits(stage: Stage, first: str, last: str) -> None:
    """Place the units of these days on the board, in one step."""
    placing.place(
        stage.offices[SHAWAN],
        CAMPAIGN,
        [
            (stage.records[SHAWAN, f"enterprise {one.firm}"], _spot(stage, one))
            for one in PLANS
            if day(first) <= day(one.day) <= day(last)
        ],
    )


def _spot(stage: Stage, one: Planned) -> Spot:
    planned: dt.date = day(one.day)
    return Spot(stage.records[SHAWAN, f"group {one.group}"] if one.group else "", planned)
