"""Names of people, firms and places as they stand in a county's books; all invented."""

from __future__ import annotations

import random

from app.domain.values.resident_id import check_digit

SURNAMES = (
    "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_GIVEN_MEN = "建国明勇军华强伟平德富永发志刚云山海波涛林森松柏清正学文武成功福贵全安宁忠孝仁义礼"
_GIVEN_WOMEN = "秀英丽芳红梅春兰桂珍玉华琴惠淑贞萍娟霞燕晓琼莉群香翠凤仙碧蓉容雪素蓝菊云巧娥"
_YI_CLANS = "阿尔 吉木 沙马 阿西 俄木 勒格 库莫 曲比 海来 马海 阿约 尔古 什列 黑惹".split()
_YI_NAMES = "日古 木果 依伍 么么 阿呷 拉者 子古 尔哈 木乃 拉布 史者 阿依 拉且 伍各 古哈".split()

PROPER = (
    "永恒宏泰金沫江山峨眉天地华兴盛德隆昌瑞丰裕嘉和祥福安康平顺达通明辉光新春秋荣茂源远长青"
    "川蜀岷青衣大渡凌云九龙双马红星旭东升朝阳美景鑫鸿亿佳世纪博雅正信诚义利民惠农绿洲银河"
)
TRADES = """
机械 建材 水泥 食品 纺织 化工 物流 矿业 冶金 陶瓷 造纸 茶业 制药 运输 商贸 电力 煤业
砂石 木业 竹业 粮油 酒业 印务 汽修 环保 包装 塑料 铸造 轧钢 电子 玻璃 家具 服装 制鞋
养殖 种业 饲料 装饰 园林 建筑 劳务 物业 餐饮 酒店 旅游 水电 石材 磷化 硅业 稀土
""".split()
FORMS = ("有限责任公司", "有限公司", "厂", "股份有限公司", "总厂", "集团有限公司")
_FORM_WEIGHTS = (38, 34, 18, 4, 3, 3)
SERVICES = """
卫生院 中心小学 中学 供电所 信用社 敬老院 中心幼儿园 农机站 林业站 水务站 粮站 邮政支局
派出所 财政所
""".split()
_ORDINALS = "一二三四五"


def person(chance: random.Random, *, woman: bool | None = None, yi: bool = False) -> str:
    """A name; of the Yi with a dot."""
    if yi:
        return f"{chance.choice(_YI_CLANS)}·{chance.choice(_YI_NAMES)}"
    given = _GIVEN_WOMEN if (chance.random() < 0.5 if woman is None else woman) else _GIVEN_MEN
    first = chance.choice(given)
    second = chance.choice(given) if chance.random() < 0.72 else ""
    return chance.choice(SURNAMES[: chance.choice((20, 60, len(SURNAMES)))]) + first + second


def proper(chance: random.Random) -> str:
    """The word a firm calls itself by."""
    return chance.choice(PROPER) + chance.choice(PROPER)


def form(chance: random.Random) -> str:
    """The company form at the end of a firm's name."""
    return chance.choices(FORMS, _FORM_WEIGHTS)[0]


def ordinals() -> str:
    """What tells 第一小学 from 第二小学."""
    return _ORDINALS


def resident(chance: random.Random, area: str, born: str, *, woman: bool) -> str:
    """A number of 18 digits that holds."""
    serial = chance.randrange(0, 499) * 2 + (0 if woman else 1)
    first = f"{area[:6]}{born}{serial:03d}"
    return first + check_digit(first)


ROADS = """
沫东 滨江 新村 人民 建设 解放 团结 和平 胜利 文化 体育 白燕 嘉定 岷江 青江 柏杨 春华
凤凰 龙游 致江
""".split()
VILLAGES = """
三合 双河 石马 新农 红光 大堰 龙门 金竹 杨湾 罗坝 青龙 五一 前进 联合 长征 幸福 高山
福利 观音 桥沟 民建 光辉 永安 水口 白岩 麻柳 黄桷 楠木 凉水 沙坪
""".split()
