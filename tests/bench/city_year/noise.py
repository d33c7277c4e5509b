"""How the same thing comes out of another clerk's hand: slips of the pen, of the ear and the key.

Made from what clerks do and from tables of its own, not from what the rules of 疑似重复 undo.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence

from app.domain.values.resident_id import check_digit

_EAR = """
建健键 军君均 丽莉利 英瑛樱 华花桦 晓小筱 云芸耘 琴勤芹 秀绣 玉钰裕 明鸣铭 兴新鑫
林琳霖 成程诚 志智治 永勇咏 文雯纹 辉晖徽 清青卿 平萍苹 祥翔 恒衡 源元沅 泰太 宏洪鸿
邦帮 盛胜晟 誉豫 瑞睿 芳方 德得 福富 贵桂 全权泉 安庵 忠中 义毅艺 海骸 波玻 涛滔 山杉
国帼 强墙 伟炜苇 春椿 兰蓝岚 珍贞 惠慧会 淑舒 娟捐 霞瑕 燕艳雁 群裙 香湘乡 凤奉 雪鳕
素塑 沫沬 江姜 金今 丰风 顺舜 通同 光广 长常 嘉佳 和合 达答 信心 民敏 利立 农侬 石实
矿况 茶查 竹烛 木目 砖专
""".split()
_EYE = """
未末 己已 土士 千干 人入 沫沬 天夭 刀力 大太 玉王 日曰 今令 侯候 辰晨 宁宇 洲州 岷珉
渡度 峨蛾 钢纲 铁跌
""".split()
_WIDE = {ord(str(n)): chr(0xFF10 + n) for n in range(10)}
_HAN = dict(zip("0123456789", "〇一二三四五六七八九", strict=True))
_PLACES = "〇一二三四五六七八九十"


def swap_ear(chance: random.Random, text: str) -> str:
    """One character for another that sounds the same; unchanged where none is known."""
    return _swapped(chance, text, _EAR)


def swap_eye(chance: random.Random, text: str) -> str:
    """One character for another that looks the same."""
    return _swapped(chance, text, _EYE)


def _swapped(chance: random.Random, text: str, groups: Sequence[str]) -> str:
    places = [(i, g) for i, c in enumerate(text) for g in groups if c in g and len(set(g)) > 1]
    if not places:
        return text
    at, group = chance.choice(places)
    return text[:at] + chance.choice([c for c in group if c != text[at]]) + text[at + 1 :]


def drop_one(chance: random.Random, text: str, first: int = 0) -> str:
    """One character left out, none before place `first`."""
    at = chance.randrange(first, len(text))
    return text[:at] + text[at + 1 :]


def turn_two(chance: random.Random, text: str, first: int = 0, last: int | None = None) -> str:
    """Two neighbours in the wrong order; unchanged where all neighbours are alike."""
    end = (len(text) if last is None else last) - 1
    places = [at for at in range(first, end) if text[at] != text[at + 1]]
    if not places:
        return text
    at = chance.choice(places)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def wide(text: str) -> str:
    """Figures in full width."""
    return text.translate(_WIDE)


def chinese(number: int) -> str:
    """A number up to 99 as it is spoken: 十二."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _PLACES[ones]
    return ("" if tens == 1 else _PLACES[tens]) + "十" + (_PLACES[ones] if ones else "")


def figures(text: str) -> str:
    """Figures one by one in Chinese: 12 号 becomes 一二号."""
    return "".join(_HAN.get(char, char) for char in text)


def miskey_number(chance: random.Random, number: str) -> str:
    """One digit of an ID number wrong, half the time with a check digit that fits again."""
    at = chance.randrange(0, 17)
    wrong = str((int(number[at]) + chance.randrange(1, 10)) % 10)
    first = number[:at] + wrong + number[at + 1 : 17]
    return first + (check_digit(first) if chance.random() < 0.5 else number[17])


def turn_number(chance: random.Random, number: str) -> str:
    """Two neighbouring digits of the serial or the day in the wrong order."""
    return turn_two(chance, number[:17], 10) + number[17]


def other_year(chance: random.Random, number: str, born: dt.date) -> tuple[str, dt.date]:
    """The year of birth read wrong, in the number and in the date alike."""
    year = born.year
    while year == born.year or not 1940 <= year <= 1992:
        at = chance.choice((2, 3))
        digits = list(str(born.year))
        digits[at] = str(chance.randrange(10))
        year = int("".join(digits))
    first = f"{number[:6]}{year}{number[10:17]}"
    day = min(born.day, 28) if born.month == 2 else born.day
    return first + check_digit(first), dt.date(year, born.month, day)


def other_day(chance: random.Random, day: dt.date, last: dt.date) -> dt.date:
    """A date keyed or remembered a little wrong: a day off, or two digits turned."""
    if chance.random() < 0.3 and 10 < day.day < 29 and day.day % 11:
        turned = int(str(day.day)[::-1])
        if 1 <= turned <= 28 and day.replace(day=turned) <= last:
            return day.replace(day=turned)
    return min(day + dt.timedelta(days=chance.choice((-2, -1, 1, 1, 2))), last)
