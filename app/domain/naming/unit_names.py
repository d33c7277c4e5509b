"""When two names of an 企（事）业单位 may mean one unit: one rule, for the field and for the desk.

A name is a place (乐山市沙湾区), what the unit calls itself and does (沫若水泥: the core) and its
form (有限责任公司). Clerks leave out or change any of the three, so each is compared by itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from app.domain.kernel.text import lookup_key
from app.domain.naming.name_sounds import rough_sounds, sounds

FULL, FAIR, WEAK = 4, 2, 1
"""How much a likeness tells; weights of several reasons add up."""

_FORMS = re.compile(
    "(?<=..)(?:集团)?(?:股份?)?(?:有?限?责?任?公司|有限责?任?公?|责任公司?|总公司|集团|总厂"
    "|(?<!分)厂|企业|本部|总部)$"
)
_SAME_WORDS = {"中心校": "中心小学", "医院": "人民医院", "卫生所": "卫生院"}
"""What a service is also called, once its place is taken off: 县医院 is 马边县人民医院."""

_DESK = re.compile(
    "(?<=..)(?<!总)(?:机关)?工会(?:委员会)?(?:办公室)?$"
    "|(?:(?<=公司)|(?<=集团)|(?<=厂))(?:行政|综合)?办公室$"
)
"""Whose desk wrote it down, and no part of the name: 金鹰食品公司工会."""

_ORDINAL = re.compile("第?(?<![0-9])([0-9]{1,2})(?![0-9])|第(?=[一二三四五六七八九十])")
_BRANCH = re.compile("(?:分公司|分厂|分店|支行|分行|营业部|经营部|门市部|项目部|分院|分校|车间)$")
_ASIDE = re.compile("[(（]([^()（）]{1,24})[)）]")
_SOFT = re.compile("实业|工贸|科技|新型|产业|发展|工业|制造|生产|加工|经营|有限|责任")
_SIDELINE = re.compile("(?:销售|贸易|商贸|设备|技术|服务|劳务|物流|运输|投资|置业|安装|维修|检测)")
"""What a second company of the same people does beside it: 康盛电子 and 康盛电子贸易."""

_FIGURES = "零一二三四五六七八九十"
_TELL_APART = frozenset("0123456789一二三四五六七八九十甲乙丙丁东西南北中上下大小老新前后男女")
"""第一水泥厂 and 第二水泥厂 differ in one character, and are two."""

_SERVICES = (
    "第?[一二三四五六七八九十]|中心|人民|中医|妇幼|保健|卫生|小学|中学|初级|高级|实验|职业|幼儿园|学校|医院|校"
    "|院|所|站|队|局|供电|供水|电站|水务|林业|农业|农机|畜牧|粮|邮政|支|财政|税务|信用社|合作社|联社|敬老|养老"
    "|福利|文化|广播|电视|环卫|交通|运管|派出|管理|处|管委会|街道|社区|村|办事"
)
_TRADES = (
    "电力|水电|粮油|公交|客运|货运|车|航运|机械|建材|水泥|食品|纺织|化工|物流|矿业|冶金|陶瓷|造纸|茶业|茶叶"
    "|制药|药业|医药|运输|商贸|煤业|煤矿|砂石|石灰|采石|砖|木业|木材|竹业|酒业|印务|汽修|环保|包装|塑料|铸造"
    "|轧钢|钢铁|电子|玻璃|家具|服装|制衣|制鞋|养殖|种业|饲料|装饰|园林|建筑|劳务|物业|餐饮|酒店|宾馆|旅游|石材"
    "|磷化|硅业|矿|场|厂|加工|百货|供销|副食|烟草|盐业|自来水|燃气|城建"
)
_service = re.compile(f"(?:{_SERVICES})+").fullmatch
_generic = re.compile(f"(?:{_SERVICES}|{_TRADES})+").fullmatch
_LOOK_ALIKE = tuple(
    """
未末 己已巳 土士 千干于 人入 沫沬 天夭 刀力 大太犬 玉王 日曰 今令 侯候 辰晨 洲州 岷珉 渡度 峨娥蛾
钢纲 铁跌轶 木本术 东车乐 万方 风凤 白百 间问 泰秦 荣荥 茂戊 宏宠 盛盔 佳挂 嘉喜 诚城成 祥详样
源原 鑫森 晶品 瑞端
""".split()
)


_NO_NAMES = frozenset({"本部", "总部", "总厂", "公司", "集团", "筹"})
_FORMER = re.compile("(?:原名?|曾用名|又名|简称)[:：为是]?")
"""What stands in brackets and is no part of the name; after `_FORMER` another name."""


class UnitName(NamedTuple):
    """A name in its parts; `towns` and `counties` are codes of the places it names."""

    key: str
    core: str
    placed: str
    """The core with all places before it."""
    local: str
    """The core with the town before it, without 镇: 嘉农水泥 of 乐山市嘉农镇水泥厂."""
    towns: frozenset[str]
    counties: frozenset[str]
    branch: bool

    @property
    def generic(self) -> bool:
        """Whether the core says only what the unit does: then its place tells it apart."""
        return _generic(self.core) is not None


class Likeness(NamedTuple):
    """In words why two names may mean one unit, and how much that tells."""

    words: str
    weight: int


class UnitNames:
    """Reads names where these places lie.

    `wide` are names of what holds the counties (四川省, 乐山市): they tell nothing. `counties` are
    the codes of counties by name, `towns` each a name, its code and the code of its county.
    """

    def __init__(
        self,
        wide: Iterable[str] = (),
        counties: Mapping[str, str] | None = None,
        towns: Iterable[tuple[str, str, str]] = (),
    ) -> None:
        self._counties: dict[str, set[str]] = defaultdict(set)
        self._towns: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for name, code in (counties or {}).items():
            for spelled in _spellings(name):
                self._counties[spelled].add(code)
        for name, town, county in towns:
            for spelled in _spellings(name):
                self._towns[spelled].add((town, county))
        every = {*self._counties, *self._towns, *(s for name in wide for s in _spellings(name))}
        words = sorted(every, key=lambda word: (-len(word), word))
        self._place = re.compile("|".join(map(re.escape, words)) or "(?!)")
        self._known: dict[str, UnitName] = {}

    def read(self, name: str) -> UnitName:
        """A name in its parts."""
        found = self._known.get(name)
        if found is None:
            found = self._known[name] = self._read(name)
        return found

    def read_all(self, names: Iterable[str]) -> tuple[UnitName, ...]:
        """Several names of one unit, and those in their brackets (原沫东水泥厂), each once."""
        spelled = (one for name in names if name for one in (name, *_former_names(name)))
        return tuple(dict.fromkeys(map(self.read, spelled)))

    def _read(self, name: str) -> UnitName:
        places: list[str] = []
        key = lookup_key(name)
        rest = lookup_key(_ASIDE.sub(lambda aside: self._aside(aside, places), name))
        rest = _ORDINAL.sub(_figure, _DESK.sub("", rest))
        branch = _BRANCH.search(rest) is not None
        rest = _shortened(rest)
        while cut := self._cut(rest, places):
            places.append(rest[:cut])
            rest = rest[cut:]
        if rest[:1] in {"市", "区", "县"} and _generic(rest[1:]):
            rest = rest[1:]
        rest = _SAME_WORDS.get(rest, rest)
        towns = {town for place in places for town in self._towns.get(place, ())}
        counties = {code for place in places for code in self._counties.get(place, ())}
        counties |= {county for _, county in towns} if not counties else set()
        local = "".join(_stem(place) for place in places if place in self._towns)
        return UnitName(
            key,
            rest,
            "".join(places) + rest,
            local + rest,
            frozenset(town for town, county in towns if county in counties),
            frozenset(counties),
            branch,
        )

    def _cut(self, rest: str, places: Sequence[str]) -> int:
        """How many characters at the front are a place; 0 where the name itself begins.

        A town of another county than the one named is no place (马边青衣玻璃), and without its 镇
        one is only where a service follows (嘉农卫生院): else firms are called so.
        """
        found = self._place.match(rest)
        if found is None or len(rest) - found.end() < 2:
            return 0
        word, end = found[0], found.end()
        if word in self._towns and word not in self._counties:
            named = {code for place in places for code in self._counties.get(place, ())}
            there = {county for _, county in self._towns[word]}
            whole = _stem(word) != word
            if (named and named.isdisjoint(there)) or not (whole or _service(rest[end:])):
                return 0
        elif rest[end] in "市区县" and len(rest) > end + 2:
            end += 1
        return end

    def _aside(self, aside: re.Match[str], places: list[str]) -> str:
        """What stands in brackets: a place, or no part of the name (本部), else a part of it."""
        inner = lookup_key(aside[1])
        if self._place.fullmatch(inner) or self._place.fullmatch(inner.rstrip("市区县镇乡")):
            places.append(inner)
            return ""
        told = inner in _NO_NAMES or _FORMER.match(inner)
        return "" if told else inner


def likeness(one: UnitName, other: UnitName, *, near: bool) -> Likeness | None:
    """Why two names may mean one unit, None when they do not; `near`: both lie in one county.

    Weights are `FULL` (the same name in one county), `FAIR`, `WEAK` (another reason is needed).
    """
    if one.key == other.key:
        return Likeness("名称相同", FULL if near else FAIR)
    if one.branch != other.branch or places_clash(one, other):
        return None
    if one.core == other.core or one.local == other.local:
        return _of_one_core(one, other, near=near)
    if not set(sounds(one.core, limit=2)).isdisjoint(sounds(other.core, limit=2)):
        return Likeness("名称同音", FAIR if near else WEAK)
    return _spelled(one, other) if near else None


def _spelled(one: UnitName, other: UnitName) -> Likeness | None:
    if one.generic or other.generic:
        return _abbreviated(one, other)
    return _edited(one.core, other.core) or _shorter(one, other)


def places_clash(one: UnitName, other: UnitName) -> bool:
    """Tell whether the names say two different towns, or two different counties."""
    return (bool(one.counties and other.counties) and one.counties.isdisjoint(other.counties)) or (
        bool(one.towns and other.towns) and one.towns.isdisjoint(other.towns)
    )


def _of_one_core(one: UnitName, other: UnitName, *, near: bool) -> Likeness | None:
    if not (one.generic and other.generic):
        return Likeness("去掉地名、公司字样后名称相同", FAIR if near else WEAK)
    if not near:
        return None
    if one.towns & other.towns or (one.towns, one.counties) == (other.towns, other.counties):
        return Likeness("去掉公司字样后名称相同", FAIR)
    return Likeness("名称相同，有一方没写在哪里", WEAK)


def _edited(one: str, other: str) -> Likeness | None:
    """One character wrong, left out, or two turned round; figures and 东西大小 tell two apart."""
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        return _same_length(short, long)
    if len(long) - len(short) == 1 and len(short) > 2:
        apart = (i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b)
        at = next(apart, len(short))
        if short[at:] == long[at + 1 :] and long[at] not in _TELL_APART:
            return Likeness("名称漏了一个字", FAIR)
    return None


def _same_length(one: str, other: str) -> Likeness | None:
    apart = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    if len(one) > 2 and len(apart) == 2 and apart[0] == apart[1][::-1]:
        return Likeness("名称有两个字颠倒", FAIR)
    if len(one) < 3 or len(apart) != 1:
        return None
    return _one_apart(len(one), set(apart[0]))


def _one_apart(length: int, pair: set[str]) -> Likeness | None:
    if _looks_alike(pair):
        return Likeness("名称有一个形近字", FAIR)
    if not pair <= _TELL_APART and _rough_alike(*pair):
        return Likeness("名称近音", WEAK)
    if length < 4 or _TELL_APART & pair:
        return None
    return Likeness("名称只差一个字", WEAK)


def _looks_alike(pair: set[str]) -> bool:
    return any(pair <= set(group) for group in _LOOK_ALIKE)


def _rough_alike(one: str, other: str) -> bool:
    return not set(rough_sounds(one)).isdisjoint(rough_sounds(other))


def _shorter(one: UnitName, other: UnitName) -> Likeness | None:
    """简称, or a word more: 沫若水泥 and 沫若新型水泥; 和邦 and 和邦集团化工."""
    short, long = sorted((one.core, other.core), key=len)
    if _SOFT.sub("", one.core) == _SOFT.sub("", other.core) != "":
        return Likeness("只差“实业”“科技”之类的字样", FAIR)
    if long.startswith(short):
        # 嘉阳集团 is another than 嘉阳电力公司.
        in_both = ("集团" in one.key) == ("集团" in other.key)
        if len(short) > 3 and _SIDELINE.match(long, len(short)):
            return Likeness("前面相同，后面多了别的业务", WEAK)
        return Likeness("可能是简称", FAIR) if in_both else None
    if 3 < len(short) < len(long) and short[:2] == long[:2] and short[-2:] == long[-2:]:
        return Likeness("名称前后相同，中间多了字", FAIR)
    if len(short) > 3 and long.endswith(short):
        placed = long[-len(short) - 1] in "省市区县镇乡村街"
        return Likeness("后半相同，前面多了字", FAIR if placed else WEAK)
    return _abbreviated(one, other)


def _abbreviated(one: UnitName, other: UnitName) -> Likeness | None:
    """乐电 of 乐山电力, 川林局 of 川南林业局: single characters of the whole name, in order."""
    short, long = sorted((one, other), key=lambda name: len(name.core))
    if short.generic:
        short, long = long, short
    fits = len(short.core) < 4 and len(short.core) < len(long.placed)
    if fits and (_inside(short.core, long.core) or _inside(short.core, long.placed)):
        return Likeness("可能是简称", WEAK)
    return None


def _inside(short: str, long: str) -> bool:
    """Whether the characters of a short name stand in a long one, in order, the first one first."""
    rest = iter(long[1:])
    return short[0] == long[0] and all(char in rest for char in short[1:])


def _shortened(key: str) -> str:
    while (shorter := _FORMS.sub("", key)) != key:
        key = shorter
    return key


def _figure(found: re.Match[str]) -> str:
    """第12 and 12 as 十二, and 第十二 as well."""
    tens, ones = divmod(int(found[1] or 0), 10)
    front = _FIGURES[tens] if tens > 1 else ""
    return f"{front}{'十' if tens else ''}{_FIGURES[ones] if ones else ''}"


def _former_names(name: str) -> Iterator[str]:
    for inner in _ASIDE.findall(name):
        if (former := _FORMER.match(inner)) and len(inner) - former.end() > 1:
            yield inner[former.end() :]


def _spellings(name: str) -> Iterable[str]:
    """沙湾区 and 沙湾, 嘉农镇 and 嘉农, 马边彝族自治县 and 马边."""
    key = lookup_key(name)
    return {key, _stem(key)}


def _stem(place: str) -> str:
    stem = re.sub("(?:[一-龥]族)?(?:自治县|省|市|区|县|街道|镇|乡)$", "", place)
    return stem if len(stem) > 1 else place
