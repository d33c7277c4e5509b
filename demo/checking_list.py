"""名录核实 of 沙湾: a list made elsewhere, checked entry by entry, and the filters kept for it."""

from __future__ import annotations

from typing import NamedTuple

from app.domain.records import Demand, Enterprise, Record, Visit
from app.services.deciding import verifying
from app.services.lists import saved_lists
from app.services.lists.chips import YES, Chip, How
from app.services.lists.saved_lists import SavedList
from demo.places import SHAWAN
from demo.stage import Stage
from demo.tables import rows
from demo.typing_in import FIRST_DAY, save


class Entry(NamedTuple):
    """A line of the list as it came; `found` is what asking around showed, nothing for not yet."""

    name: str
    area: str
    kind: str
    ownership: str
    contact: str
    found: str = ""


CLOSED, THERE = "closed", "there"

LIST = rows(
    Entry,
    f"""
沙湾恒昌运输有限公司 | 511111100 | 企业 | 民营 | 祝国安 | {THERE}
沙湾新区幼儿园 | 511111002 | 事业 | 国有 | 瞿老师 | {THERE}
太平镇兴隆机砖厂 | 511111102 | 企业 | 集体 | 佟兴隆 | {CLOSED}
永泰铁合金厂 | 511111100 | 企业 | 民营 | 苏明达 | 沙湾永泰铁合金有限公司
龚嘴湖水产养殖场 | 511111108 | 企业 | 民营 | 鱼登科 |
沙湾福源酒业有限公司 | 511111100 | 企业 | 民营 | 酆玉成 |
碧山矿泉水厂 | 511111104 | 企业 | 集体 | 岳清泉 |
铜河汽车修理厂 | 511111002 | 企业 | 民营 | 车宏伟 |
踏水镇蚕茧站 | 511111107 | 企业 | 国有 | 桑建英 |
""",
)


def take_list(stage: Stage) -> None:
    """The list as it came: 预置."""
    stage.calendar.turn(FIRST_DAY, 13)
    for one in LIST:
        typed = {
            "name": one.name,
            "area": one.area,
            "kind": one.kind,
            "ownership": one.ownership,
            "management_contact": one.contact,
            "verification": "预置",
        }
        save(stage, SHAWAN, Enterprise, typed, one.name)


def check_list(stage: Stage) -> None:
    """Some of its entries, asked about by telephone."""
    stage.calendar.turn("9-23", 10)
    office = stage.offices[SHAWAN]
    for one in LIST:
        entry = stage.records[SHAWAN, f"enterprise {one.name}"]
        if one.found == THERE:
            verifying.verify(office, entry)
        elif one.found == CLOSED:
            verifying.declare_gone(office, entry, CLOSED)
        elif one.found:
            verifying.join(office, entry, stage.records[SHAWAN, f"enterprise {one.found}"])


FILTERS: tuple[tuple[type[Record], SavedList], ...] = (
    (Demand, SavedList("超期没办的", (Chip("?overdue", How.MEETS, shown="是"),))),
    (Enterprise, SavedList("还要核实的", (Chip("?unverified", How.MEETS, shown="是"),))),
    (Visit, SavedList("主要领导带队的", (Chip("led_by_chief", How.IS, (YES,), "是"),))),
)


def keep_filters(stage: Stage) -> None:
    """常用筛选: what 沙湾 asks its lists again and again."""
    for kind, one in FILTERS:
        saved_lists.save(stage.offices[SHAWAN], kind, one)
