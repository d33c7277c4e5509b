"""Workers in difficulty, their families, their cases and what they were given; all invented."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from app.domain.values.resident_id import check_digit
from demo.places import MABIAN, QIAOBA, SHAWAN, Place
from demo.tables import rows


class Worker(NamedTuple):
    """One 困难职工档案; `digits` are the first 17 of the ID number, or the 15 of an old one."""

    name: str
    digits: str
    nationality: str
    firm: str
    distress: str
    cause: str
    health: str
    income: str
    household: str


class Kin(NamedTuple):
    """A member of a worker's household; `digits` as above."""

    worker: str
    name: str
    relation: str
    digits: str
    health: str
    status: str


class Trouble(NamedTuple):
    """One 帮扶事项; `visit` is the tag of the visit that found it, or nothing."""

    worker: str
    visit: str
    types: str
    found: str
    closed: str
    why: str


class Gift(NamedTuple):
    """One 帮扶记录 of a worker's case: money, or goods with their value, in yuan."""

    worker: str
    day: str
    type: str
    programme: str
    money: str
    goods: str
    value: str
    fund: str


def id_number(digits: str) -> str:
    """The whole number: 15 digits stand as they are, 17 get their check digit."""
    return digits if len(digits) == 15 else digits + check_digit(digits)


AIDED_TWICE = "阿尔·日古"
"""Helped by both counties, under the same ID number."""

PEOPLE: Mapping[Place, tuple[Worker, ...]] = {
    SHAWAN: rows(
        Worker,
        """
龚䶮 | 51111119680412031 | 汉族 | 沙湾永泰铁合金有限公司 | 低保边缘 | 大病 | 恶性肿瘤 | 1180 | 3
丁𬭎 | 511111640507047 | 汉族 | 沙湾红岩陶瓷厂 | 低保 | 下岗失业 | 慢性病 | 460 | 2
贺小兵 | 51111119750830021 | 汉族 | 沙湾城区公交公司 | 意外致困户 | 意外事故 | 残疾 | 1350 | 4
庹桂芳 | 51111119710226042 | 土家族 | 福禄镇绿野竹业有限公司 | 低保边缘 | 子女上学 | 良好 | 1020 | 4
阿尔·日古 | 51113319690719033 | 彝族 | 沙湾永泰铁合金有限公司 | 低保 | 大病 | 尿毒症 | 900 | 5
""",
    ),
    MABIAN: rows(
        Worker,
        """
阿尔·日古 | 51113319690719033 | 彝族 | 马边金竹磷矿有限公司 | 低保 | 大病 | 尿毒症 | 900 | 5
吉木·阿 | 51113319790311055 | 彝族 | 鑫达建筑劳务有限公司 | 意外致困户 | 意外事故 | 残疾 | 1100 | 6
冉启秀 | 511133581120022 | 苗族 | 小凉山茶业有限公司 | 低保边缘 | 无劳动能力 | 慢性病 | 520 | 1
佘昌林 | 51113319660804071 | 汉族 | 荣丁镇木材加工厂 | 低保边缘 | 自然灾害 | 良好 | 1240 | 4
阿西·么么 | 51113319830615046 | 彝族 | 烟峰镇彝绣合作社 | 低保 | 子女上学 | 良好 | 780 | 5
""",
    ),
    QIAOBA: rows(
        Worker,
        """
库莫·拉布 | 51113319720418019 | 彝族 | 荍坝镇砂石场 | 意外致困户 | 意外事故 | 一般 | 950 | 4
车泽英 | 51113319770102068 | 汉族 | 荍坝茶叶专业合作社 | 低保边缘 | 大病 | 脑血管病 | 860 | 3
""",
    ),
}

STORIES: Mapping[str, str] = {
    "龚䶮": "本人患胃癌，两次手术花去八万余元，妻子无固定收入。",
    "丁𬭎": "企业停产后下岗，患尘肺，靠打零工维持生活。",
    "贺小兵": "上班途中被车撞伤，左腿截肢，肇事方无力赔偿。",
    "庹桂芳": "双胞胎女儿同年考上大学，学费无着。",
    "阿尔·日古": "矿上老工人，患尿毒症，透析费用高，父母年迈。",
    "吉木·阿": "工地坠落致腰椎骨折，丧失重体力劳动能力。",
    "冉启秀": "单身，患类风湿多年，内退后收入低。",
    "佘昌林": "七月暴雨山体滑坡，三间瓦房倒塌。",
    "阿西·么么": "丈夫病故，独自抚养三个孩子上学。",
    "库莫·拉布": "采石时被飞石击伤右眼，单位未参加工伤保险。",
    "车泽英": "去年突发脑出血，半身不遂，丈夫辞工照料。",
}
"""What each of them is in need of, by name."""

KIN: Mapping[Place, tuple[Kin, ...]] = {
    SHAWAN: rows(
        Kin,
        """
龚䶮 | 余小惠 | 妻 | 51111119700923024 | 良好 | 灵活就业
龚䶮 | 龚一鸣 | 子 | 51111119950117051 | 良好 | 学生
贺小兵 | 贺思雨 | 女 | 51111120020614066 | 良好 | 学生
庹桂芳 | 莫青 | 长女 | 51111119930308028 | 良好 | 学生
庹桂芳 | 莫兰 | 次女 | 51111119930308044 | 良好 | 学生
阿尔·日古 | 阿尔·木果 | 父亲 | 51113319440105011 | 一般 | 务农
""",
    ),
    MABIAN: rows(
        Kin,
        """
阿尔·日古 | 阿尔·木果 | 父亲 | 51113319440105011 | 一般 | 务农
阿西·么么 | 沙马·拉且 | 长子 | 51113320010220013 | 良好 | 学生
阿西·么么 | 沙马·阿依 | 长女 | 51113320041109022 | 良好 | 学生
""",
    ),
}

CASES: Mapping[Place, tuple[Trouble, ...]] = {
    SHAWAN: rows(
        Trouble,
        """
龚䶮 | long | 医疗帮扶、生活帮扶 | 7-12 | 9-30 | 手术费用负担重，申请医疗救助。
贺小兵 | buses | 法律帮扶、生活帮扶 | 8-9 |  | 请工会帮助申请法律援助、追讨赔偿。
庹桂芳 | bamboo | 子女助学 | 8-23 | 9-5 | 双胞胎女儿入学。
阿尔·日古 | long | 医疗帮扶 | 7-12 |  | 透析费用高，申请医疗救助。
""",
    ),
    MABIAN: rows(
        Trouble,
        """
阿尔·日古 | rare | 医疗帮扶、生活帮扶 | 7-13 |  | 尿毒症透析，生活困难。
吉木·阿 | builders | 政策帮扶、培训帮扶 | 9-7 |  | 工伤认定材料不齐，请帮助办理。
佘昌林 |  | 生活帮扶 | 7-25 | 8-31 | 房屋倒塌，急需过渡。
阿西·么么 |  | 子女助学 | 8-24 | 9-2 | 三个孩子上学。
""",
    ),
    QIAOBA: rows(
        Trouble,
        """
车泽英 | tea | 医疗帮扶、生活帮扶 | 9-13 |  | 康复费用无着。
""",
    ),
}

GIFTS: Mapping[Place, tuple[Gift, ...]] = {
    SHAWAN: rows(
        Gift,
        """
龚䶮 | 8-10 | 医疗救助 | 其他 | 3000 |  |  | 市级配套资金
龚䶮 | 9-12 | 走访慰问 | 其他 | 500.50 | 大米50公斤、菜油1桶 | 286 | 工会经费
贺小兵 | 8-30 | 法律援助 | 其他 |  | 委托律师1名（免费） |  | 其他
贺小兵 | 9-9 | 生活救助 | 其他 | 1500 |  |  | 工会经费
庹桂芳 | 8-29 | 金秋助学 | 秋送助学 | 4000 |  |  | 省级配套资金
阿尔·日古 | 8-12 | 医疗救助 | 其他 | 2000 |  |  | 市级配套资金
""",
    ),
    MABIAN: rows(
        Gift,
        """
阿尔·日古 | 8-20 | 医疗救助 | 其他 | 1800 |  |  | 县级配套资金
阿尔·日古 | 9-26 | 走访慰问 | 其他 |  | 棉被2床、大米25公斤 | 365.8 | 社会捐助
吉木·阿 | 9-28 | 培训帮扶 | 春送岗位 | 600 |  |  | 工会经费
佘昌林 | 7-29 | 生活救助 | 其他 | 2600 | 帐篷1顶、棉被3床 | 940 | 中央财政专项帮扶资金
阿西·么么 | 8-31 | 金秋助学 | 秋送助学 | 1200 | 书包3个、文具3套 | 210 | 社会捐助
""",
    ),
    QIAOBA: rows(
        Gift,
        """
车泽英 | 9-20 | 生活救助 | 其他 | 800 | 轮椅1辆 | 520 | 社会捐助
""",
    ),
}
