"""Hazards (隐患矛盾), demands (意见诉求) and documents (材料) of the story; all invented."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from demo.places import MABIAN, QIAOBA, SHAWAN, Place
from demo.tables import rows


class Danger(NamedTuple):
    """One hazard found at a visit, with its four times (month-day hour:minute)."""

    visit: str
    nature: str
    people: str
    level: str
    found: str
    joined: str
    handled: str
    reported: str
    trends: str
    text: str
    measures: str


HAZARDS: Mapping[Place, Danger] = {
    SHAWAN: Danger(
        "buses",
        "欠薪",
        "46",
        "较大",
        "8-9 10:20",
        "8-9 15:00",
        "8-10 09:30",
        "8-9 16:40",
        "新情况、新矛盾",
        "公司拖欠驾驶员三个月安全奖和加班费，四十六名驾驶员准备8月15日集体停运。",
        "区总工会当天到公司与行政、职工代表三方座谈，公司书面承诺8月底以前分两次付清，驾驶员同意照常出车。",
    ),
    MABIAN: Danger(
        "quarry",
        "工伤",
        "12",
        "一般",
        "8-17 11:00",
        "8-18 09:00",
        "8-25 14:30",
        "8-18 10:00",
        "新问题",
        "采石场没有为职工办理工伤保险，两名受伤职工的医疗费没有着落，家属到镇政府反映。",
        "会同人社、安监部门约谈业主，先行垫付医疗费，九月起全员参加工伤保险。",
    ),
}
"""The one of 沙湾 goes to the city at once, as an urgent package."""


class Wish(NamedTuple):
    """One demand from a visit."""

    visit: str
    category: str
    raiser: str
    text: str
    addressee: str
    department: str
    state: str


DEMANDS: Mapping[Place, tuple[Wish, ...]] = {
    SHAWAN: rows(
        Wish,
        """
long | 就业 | 单位 | 进厂公路桥限载，成品要绕行二十三公里。 | 政府 | 区交通运输局 | 办理中
bamboo | 权益 | 职工 | 要求办理意外伤害互助保险。 | 工会领导机关 | 区总工会权益部 | 已办结
""",
    ),
    MABIAN: rows(
        Wish,
        """
rare | 权益 | 职工 | 提高井下津贴标准，每年检测矿灯和自救器。 | 政府 | 县安监局 | 已转有关部门
builders | 工会工作 | 职工 | 要求建立工会，工资按月发放。 | 工会领导机关 | 县总工会 | 办理中
""",
    ),
    QIAOBA: rows(
        Wish,
        """
tea | 生活 | 职工 | 希望把茶园便道硬化，方便运茶。 | 政府 | 荍坝镇政府 | 待办
""",
    ),
}


class Paper(NamedTuple):
    """One document with the file attached to it."""

    kind: str
    title: str
    dated: str
    author: str
    text: str
    parts: tuple[str, ...] = ()
    """情况, 分析, 建议, 对策 of a 综合调研报告."""


DOCUMENTS: Mapping[Place, tuple[Paper, ...]] = {
    SHAWAN: (
        Paper(
            "总结报告",
            "沙湾区总工会“进千户企业、访万名职工”活动总结",
            "12-8",
            "罗晓燕",
            "活动开展五个月来，区总工会派出工作组走访企（事）业单位，听取意见，建档立卡，帮助困难职工。",
        ),
        Paper(
            "综合调研报告",
            "沙湾区企业工资集体协商情况调研报告",
            "12-6",
            "范晓琴",
            "全文见各部分。",
            (
                "走访的企业中，建立工资集体协商制度的不到一半，餐饮和汽车维修企业最少。",
                "小企业工会干部兼职多，不会谈、不敢谈；职工流动快，协议到期没有续签。",
                "请区政府把工资集体协商列入劳动关系和谐企业评比的条件。",
                "区总工会办两期培训班，选派指导员，年底前在餐饮行业签订行业性协议。",
            ),
        ),
    ),
    MABIAN: (
        Paper(
            "总结报告",
            "马边彝族自治县总工会走访活动总结",
            "12-9",
            "沙马·依洛",
            "县总工会和各乡镇工会走访企（事）业单位，排查隐患，救助困难职工，荍坝镇工会成绩突出。",
        ),
        Paper(
            "综合调研报告",
            "民族地区矿山职工权益保障情况调研报告",
            "12-5",
            "曲比·伍各",
            "全文见各部分。",
            (
                "矿山职工多数来自外乡，三分之一没有签订劳动合同，工伤保险参保不足八成。",
                "矿点分散，双语的工会干部少，政策讲不到工棚里。",
                "请县级部门把参保情况列入矿山年检的内容。",
                "县总工会组织双语宣讲队进矿山，逐矿建档，欠缴的逐项督促。",
            ),
        ),
    ),
}
