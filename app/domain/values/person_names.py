"""Several persons written in one line (参与走访领导): where one name ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from app.domain.kernel.errors import UserError
from app.domain.kernel.text import clean_name

_MARKS = re.compile(r"[、，,;；。/／\\|｜&＆+＋\n\t\r]+")
_JOINED = re.compile("[和及与暨]")
_BESIDE_MIDDLE_DOT = re.compile(" *\u00b7 *")
_BESIDE_JOINT = re.compile(" *([和及与暨]) *")
_DOT = re.compile(r"(?<=[\u3400-\u9fff])(?:\.|[-－—–~～]+)(?=[\u3400-\u9fff])")
_RANKED = re.compile(r"[①-⑳]|(?:(?<=[\s、，,;；])|^)[0-9０-９]{1,2}[.．、)）]")
_ROLE = re.compile(
    r"(?:(?<=[\s、，,;；。])|^)(?:带队|参加|参与|成员|陪同|随行|副?组长|走访)?(?:人员|领导|人)?[：:]"
)
_WITH = re.compile(r"(?<=[\u3400-\u9fff])(?:陪同|会同)(?=[\u3400-\u9fff])")
_BEHIND_BRACKET = re.compile(r"(?<=[）)])\s*(?=([\u3400-\u9fff]{2,4})(?![\u3400-\u9fff]))")
_IN_ALL = re.compile(r"(?<![等行])[\s，,]*[（(]?共?([0-9０-９]{1,2})[人位名][)）]?$")
_NOBODY = frozenset({"无", "没有", "暂无"})
_UNSAID = frozenset({"不详", "不明", "同上", "略"})
_AND_OTHERS = re.compile(
    "(?:等|等?一行)(?:[0-9０-９一二三四五六七八九十两几]+(?:位|个|名)?)?(?:人|同志|领导)?$"
)
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
_DOTTED = re.compile(rf"{_HAN.pattern}(?:\u00b7{_HAN.pattern})+")
_TITLE = re.compile(
    "(?:主席|书记|主任|部长|局长|科长|股长|处长|县长|区长|市长|镇长|乡长|常委|委员|干事|"
    "调研员|经理|厂长|组长|同志|工会|工会联合会|领导)$"
)
_LONGEST = 4
"""Characters of a name without a dot; what is longer says more than a name (an office)."""
_SURNAMES = frozenset(
    "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧肖程曹袁邓许傅沈曾彭吕苏卢蒋"
    "蔡贾丁魏薛叶阎闫余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万"
    "段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳邢"
    "路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍"
    "翁隋甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边付代税帅骆缪宗晏简饶冷辜"
)


def parted_names(text: str) -> list[str]:
    """Return the names in a line, each as it is kept (`clean_name`), each once.

    They are parted at marks (、，；。/|&+ and line ends), at numbers before them (1. ①),
    at 和 及 与 between two names, behind brackets (张三（主席）李四), and at a blank between
    names of two characters and more: “李秀英 赵敏” and “张三 李 四”
    are two persons, “刘　勇” is one. A name with a dot (阿尔·日古), a title with its name
    (区总工会主席 张三) and letters stay whole.

    Raises UserError NAMES_MISSING for “李四等3人”, which names nobody else, and
    NAMES_UNCLEAR where it cannot be told how many persons are meant (张 三 李 四, 阿尔.日古).
    """
    told = _IN_ALL.search(text.rstrip())
    line = _WITH.sub(
        "、", _ROLE.sub("、", _RANKED.sub("、", text[: told.start()] if told else text))
    )
    line = _BEHIND_BRACKET.sub(_next_person, line)
    found = [name for piece in _MARKS.split(line) for name in _of_piece(piece)]
    names = list(dict.fromkeys(name for name in found if name not in _NOBODY))
    if told and int(told[1]) != len(names):
        raise _missing(text.strip())
    if not found and clean_name(_MARKS.sub("", text)):
        raise _unclear(text)
    return names


def _next_person(found: re.Match[str]) -> str:
    """Behind （主席） somebody else begins, unless it goes on with what he is."""
    another = _has_surname(found[1]) and not _TITLE.search(found[1])
    return "、" if another else found[0]


def _of_piece(piece: str) -> Iterator[str]:
    spaced = " ".join(filter(None, map(clean_name, piece.split())))
    plain = _BESIDE_MIDDLE_DOT.sub("\u00b7", spaced)
    for part in _at_dots(_BESIDE_JOINT.sub(r"\1", plain)):
        words = [one for word in part.split() for one in _at_joints(word)]
        yield from map(_whole, _at_blanks(words, part))


def _whole(name: str) -> str:
    """The name, unless it says that there were others."""
    if _AND_OTHERS.search(name):
        raise _missing(name)
    if name in _UNSAID or "：" in name or ":" in name or not any(map(str.isalpha, name)):
        raise _unclear(name)
    return name


def _missing(text: str) -> UserError:
    return UserError(
        "NAMES_MISSING",
        f"“{text}”没有写全是哪几位。",
        remedy="请把每一位的姓名都写上，用、隔开。",
    )


def _at_joints(word: str) -> list[str]:
    """Cut at 和 where a whole name stands on either side; 李和平 has none.

    From the end on, so that it is as quick for a line of nothing but 和.
    """
    joints = list(_JOINED.finditer(word))
    ends = [joint.start() for joint in joints] + [len(word)]
    rests: dict[int, list[str]] = {len(word) + 1: []}
    for start in [*(joint.end() for joint in reversed(joints)), 0]:
        for end in ends:
            if end + 1 in rests and _may_be_name(word[start:end]):
                rests[start] = [word[start:end], *rests[end + 1]]
                break
    names = rests.get(0, [])
    return names if any(map(_has_surname, names)) else [word]


def _may_be_name(word: str) -> bool:
    return _DOTTED.fullmatch(word) is not None or (
        2 <= len(word) <= _LONGEST and _HAN.fullmatch(word) is not None
    )


def _has_surname(word: str) -> bool:
    return word[:1] in _SURNAMES


def _at_dots(piece: str) -> list[str]:
    """A full stop or dash between names of known surnames parts them; else it may be a name's."""
    parts = [part.strip() for part in _DOT.split(piece)]
    if len(parts) > 1 and not all(len(part) > 1 and _has_surname(part) for part in parts):
        raise _unclear(piece)
    return parts


def _at_blanks(words: list[str], piece: str) -> Iterable[str]:
    spread = len(words) > 1 and not any(map(_stays, words))
    if not spread:
        return filter(None, [clean_name(piece)])
    return chain.from_iterable(map(_at_joints, _gathered(words, piece)))


def _stays(word: str) -> bool:
    """Whether a word says what somebody is rather than his name, or is a part of one."""
    if _DOTTED.fullmatch(word):
        return False
    return len(word) > _LONGEST or _HAN.fullmatch(word) is None or _TITLE.search(word) is not None


def _gathered(words: list[str], piece: str) -> Iterator[str]:
    """Single characters that follow each other are one name spread out; 李 秀英 is one too."""
    begun = ""
    for word in words:
        if len(word) == 1:
            begun += word
        elif len(begun) == 1 and "\u00b7" not in word:
            yield begun + word
            begun = ""
        else:
            yield from filter(None, (_spread(begun, piece), word))
            begun = ""
    yield from filter(None, (_spread(begun, piece),))


def _spread(begun: str, piece: str) -> str:
    if len(begun) == 1 or len(begun) > 3:
        raise _unclear(piece)
    return begun


def _unclear(piece: str) -> UserError:
    return UserError(
        "NAMES_UNCLEAR",
        f"“{piece.strip()}”看不出是几个人。",
        remedy="请用、把每一位隔开；少数民族姓名中间的点请写成 ·。",
    )
