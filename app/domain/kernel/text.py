"""Forgiving reading of what people type and paste; nothing they wrote is lost."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# CJK Radicals Supplement and the ideographs they stand for (Unicode
# Equivalent_Unified_Ideograph); NFKC leaves this block alone.
_RADICALS = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧"
    "⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍"
    "⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
_IDEOGRAPHS = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛"
    "犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶"
    "辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
# Kangxi Radicals: NFKC knows them, but is never applied to a whole text,
# since it would turn （）：， into ASCII.
_MEND = str.maketrans(_RADICALS, _IDEOGRAPHS) | {
    point: unicodedata.normalize("NFKC", chr(point)) for point in range(0x2F00, 0x2FD6)
}
_ZERO_WIDTH = dict.fromkeys(
    (
        0xAD,
        0x2060,
        0xFEFF,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    )
)
_DOTS = dict.fromkeys((0x2022, 0x30FB, 0x2027, 0x2219, 0x22C5, 0xFF0E, 0xFF65), "\u00b7")
_FULL_WIDTH = {point: chr(point - 0xFEE0) for point in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys((0x3000, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F), " ")
_DASHES = dict.fromkeys((*range(0x2010, 0x2016), 0x2212, 0xFE63), "-")
_NUMBER = _FULL_WIDTH | _SPACES | _DASHES | _ZERO_WIDTH | {0xFFE5: "\u00a5"}

_NAME = _ZERO_WIDTH | _DOTS | _SPACES

_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# U+FFFE and U+FFFF are no characters, and no XML holds them: neither a .docx nor an .xlsx.
_UNPRINTABLE = re.compile("[\x00-\x09\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_to_mend = re.compile(
    "[\u2e80-\u2fdf\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]"
).search
# Most names and numbers are of these only, and need no Unicode tables.
_ordinary = re.compile("[0-9A-Za-z\u4e00-\u9fa5（）()-]*").fullmatch
_MARKS = re.compile("[（）()-]")
_COMPANY = re.compile("(?<=..)(?:股份有限公司|有限责任公司|有限公司|总公司|(?<!分)公司|集团)$")


def fold_digits(text: str) -> str:
    """Return text with full-width ASCII, wide spaces and dashes made plain.

    For numbers, dates and codes only; prose keeps its full-width marks.
    """
    return text.translate(_NUMBER)


def clean_text(text: str) -> str:
    """Return prose as it is kept, nothing else changed.

    Radicals of a pasted PDF become characters again, every line end LF, a tab a
    space; other control characters (and halves of surrogate pairs) go.
    """
    if not _to_mend(text):
        return text
    lines = _NEWLINES.sub("\n", text.translate(_MEND)).replace("\t", " ")
    return _UNPRINTABLE.sub("", lines)


def clean_name(text: str) -> str:
    """Return a name as it is kept: “刘  勇” is 刘勇, every middle dot is U+00B7.

    The dot is what 民委发〔2016〕33号 asks for. Spaces inside go only where each
    character stands alone (a name spread out to fill its cell); elsewhere a run
    of spaces becomes one.
    """
    if _ordinary(text):
        return text
    plain = clean_text(text).translate(_NAME)
    parts = plain.split()
    spread = all(len(part) == 1 and _is_ideograph(part) for part in parts)
    return re.sub(" *\u00b7 *", "\u00b7", ("" if spread else " ").join(parts))


def settled(text: str) -> bool:
    """Whether a name is kept as it is: nothing in it but characters, figures, brackets."""
    return bool(_ordinary(text))


def lookup_key(text: str) -> str:
    """Return what two spellings of the same thing share: letters and figures, folded.

    Spaces, brackets, dots and other marks, width and case do not count; a text
    of marks only (%) is its own key.
    """
    if _ordinary(text) and (key := _MARKS.sub("", text)):
        return key.lower()
    folded = unicodedata.normalize("NFKC", text.translate(_MEND)).casefold()
    return "".join(filter(str.isalnum, folded)) or folded.translate(_ZERO_WIDTH).strip()


def match_key(name: str) -> str:
    """Return the key under which the same enterprise or person is found again.

    As `lookup_key`, and the company endings (有限责任公司, 公司, 集团 …) do not
    count as long as two characters remain; 分公司 stays.
    """
    key = lookup_key(name)
    while (shorter := _COMPANY.sub("", key)) != key:
        key = shorter
    return key


def match_keys(names: Iterable[str]) -> frozenset[str]:
    """Return the keys of a name and its aliases; two records that share one may be the same."""
    return frozenset(key for name in names if (key := match_key(name)))


def length(text: str) -> int:
    """Return the length in code points, the way limits are meant (𬭎 is one)."""
    return len(text)


def _is_ideograph(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"
