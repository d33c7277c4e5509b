"""Rows that are no records: totals, dittos, examples, signatures, notes, headings once more.

They are known by what they are and where it stands, never by how a name begins: 合计数码科技
有限公司 is a firm, 沙湾镇小计 is a sum. What is left out is always said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.documents.workbooks.raster import Cells
from app.documents.workbooks.sheet_rows import Skip
from app.domain.kernel.text import fold_digits

_SUM = (
    "合计|小计|总计|共计|累计|汇总|统计|总数|总人数|总户数|总金额|平均数?|均值|平均值|人均|户均|"
    "平均每[家户人个]|最[大小高低]值?|年[末初]数"
)
_FIGURES = "[0-9０-９.,，人户家元次个万]*"
_BEHIND = rf"(?:数|值|人数|金额)?[：:]?(?:[（(【\[][^）)】\]]{{0,20}}[）)】\]])?[：:]?{_FIGURES}"
_TOTAL = re.compile(rf"(?:{_SUM}|计|其他|其它|其余){_BEHIND}")
_TOTAL_OF = re.compile(rf".{{1,20}}?(?:合计|小计|总计|共计|汇总){_BEHIND}")
_COUNTED = "[0-9]+(?:家|户|人次?|名|个)(?:单位|企业|职工)?"
_SUM_BARE = re.compile(
    rf"total|subtotal|grandtotal|sum|average|avg|[∑Σσ]|[全本](?:[区县市镇乡]|街道)|"
    rf"(?:共|合计|小计|总计|共计|累计|走访)?{_COUNTED}|.{{1,20}}\((?:共|计)?{_COUNTED}\)"
)
"""A sum where the row says nothing but figures beside it."""
_SUM_OF_PLACE = re.compile(
    r"(?:.{0,12}(?:[镇乡区县市组周月]|街道|社区|季度)|[全本].{1,4}|以上|上述)(?:合计|小计|总计|共计|汇总|累计)"
)
_SAME = re.compile(
    r"[\"“”〃″'’々…\.。·\-—–－_~～/／\\*×]+|"
    r"同上|同前|同左|ditto|略|（略）|\(略\)|省略|下略|以此类推|依此类推"
)
_BLANK = re.compile(
    r"[（(]?(?:以下空白|以下无正文|以下无|此页空白|本页空白|以下为空|空白|完|以下空|[此本]行不填|不填)[）)]?"
)
_NOTHING = re.compile("无|暂无|没有|空|未填")
_EXAMPLE = re.compile(
    r"[（(【\[]?(?:示例|样例|例如|填写示例|填表示例|例|样表)(?:[0-9一二三]?[：:）)】\]].*)?|"
    r"(?:[x×]{2,}|某某)(?:[\u3400-\u9fff].*)?",
    re.DOTALL,
)
_EXAMPLES = tuple("例示样填（(【[")
_NOTE = re.compile(
    r"[（(【\[*＊※]*(?:注|附注|注意|注意事项|说明|备注|填表说明|填报说明|填写说明|填报要求|填表要求|要求)"
    r"(?:[0-9一二三四]?[：:、.．）)】\]].*)?",
    re.DOTALL,
)
_SIGNER = (
    "填表人|填报人|制表人|制表|审核人|审核|复核人|复核|负责人|经办人|单位负责人|分管领导|主要领导|"
    "单位领导|领导签字|主席|审批人|统计人|联系人|联系电话|电话|填表日期|填报日期|制表日期|报送日期|"
    "填报单位|上报单位|单位|盖章|签字|签名|日期|公章"
)
_SIGNED = re.compile(
    rf".{{0,8}}?(?:{_SIGNER})(?:[（(][^）)]{{0,12}}[）)])?[：:].*|"
    r".{0,20}[（(](?:盖章|公章|签章|签字|签名)[）)].*",
    re.DOTALL,
)
_NUMBERED = re.compile(
    r"(?:[（(]?[0-9０-９一二三四五六七八九十①-⑳]{1,3}[）)、.．:：]|[①-⑳]|[*＊※·●■◆]).*", re.DOTALL
)
_TODAY = str.maketrans("計總匯彙數", "计总汇汇数")
_AROUND = "-—–=*_~【】[]《》<>.。:：…·"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_NUMBERS = tuple(str(number) for number in range(1, 100))
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ENCLOSED = re.compile(r"\(([^()]+)\)")
_SENTENCE = re.compile(r"[。；;，,：:！!]")
_LONG = 16
_LONG_NUMBER = 15
_FIGURE = re.compile(r"[0-9０-９.,，%％-]+(?:人次|人|户|万?元|家|个)?")
_may_tell = re.compile(
    r"计|总|汇|均|其他|其它|其余|空|无|完|例|样|略|同|类推|[：:]|注|说明|备注|要求|签|章|^\s*[^\w\s]+\s*$|"
    r"^\s*(?:姓|单位|企业|序|编|[全本某×A-Za-zＡ-Ｚａ-ｚ])|[計總匯彙∑Σ最]|年[末初]数|[0-9０-９](?:家|户|人|名|个)|不填"
).search
"""Whether a text may be more than a name; most are not, and need no closer look."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand in a sheet, by column number.

    `names` are what a record is called by, `sure` hold numbers that no sum has (身份证号),
    `needed` what every record has, `sums` what is added up, `counting` only counts the rows.
    """

    headings: Mapping[int, str]
    names: tuple[int, ...] = ()
    sure: tuple[int, ...] = ()
    needed: frozenset[int] = frozenset()
    sums: frozenset[int] = frozenset()
    counting: frozenset[int] = frozenset()


class Asides:
    """Tells the rows of one sheet that are no records from those that are."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._noted = False
        self._begun = False

    def kind(self, line: Cells) -> Skip | None:
        """Why this row is no record; None for one that may be."""
        layout = self._layout
        if not self._begun:
            self._begun = True
            if len(line) > 1 and _numbers_columns(line):
                return Skip.HEADING
        for column in layout.sure:
            if column in line and len(str(line[column])) >= _LONG_NUMBER:
                return self._beside_number(line)
        first = str(line[min(line)])
        names = [str(line[n]) for n in layout.names if n in line]
        if len(line) > 2 and not self._noted and not any(map(_may_tell, (first, *names))):
            return None
        own = {n: value for n, value in line.items() if n not in layout.counting}
        return self._by_words(first, names, own) or self._by_place(_folded(first), own, line)

    def _beside_number(self, line: Cells) -> Skip | None:
        """A row with a number of its own is a record, unless it says that it is an example."""
        beginning = line[min(line)]
        if not isinstance(beginning, str):
            return None
        first = beginning.strip()
        if first[:1] in _EXAMPLES and _EXAMPLE.fullmatch(_folded(first)):
            return Skip.EXAMPLE
        return Skip.HEADING if self._repeats(line) else None

    def _by_words(self, first: str, names: list[str], own: Cells) -> Skip | None:
        told = [_plain(words) for words in (first, *names)]
        for words in told:
            if _TOTAL.fullmatch(words) or _SUM_OF_PLACE.fullmatch(words):
                return Skip.TOTAL
            bare = _TOTAL_OF.fullmatch(words) or _SUM_BARE.fullmatch(words)
            if bare and self._bare(own):
                return Skip.TOTAL
            if _BLANK.fullmatch(words):
                return Skip.BLANK
            if _EXAMPLE.fullmatch(words):
                return Skip.EXAMPLE
        if any(_SAME.fullmatch(words) for words in told[1:]):
            return Skip.DITTO
        nothing = len(own) == 1 and any(_NOTHING.fullmatch(words) for words in told[1:])
        return Skip.BLANK if nothing else None

    def _bare(self, own: Cells) -> bool:
        """Whether a row says less than a record does: something is lacking, or only figures."""
        lacking = self._layout.needed - own.keys() - set(self._layout.names)
        others = [value for n, value in own.items() if n not in self._layout.names]
        return bool(lacking) or all(_is_figure(value) for value in others)

    def _by_place(self, first: str, own: Cells, line: Cells) -> Skip | None:
        if _NOTE.fullmatch(first):
            self._noted = True
            return Skip.NOTE
        if _SIGNED.fullmatch(first):
            return Skip.SIGNATURE
        if own and self._layout.names and set(own) <= self._layout.sums:
            return Skip.TOTAL
        if len(own) == 1 and (self._noted or _reads_as_note(first)):
            self._noted = True
            return Skip.NOTE
        return Skip.HEADING if self._repeats(line) else None

    def _repeats(self, line: Cells) -> bool:
        """The headings once more, as at the top of every page."""
        headings = self._layout.headings
        return len(line) > 1 and all(
            column in headings and _heading(value) == _heading(headings[column])
            for column, value in line.items()
        )


def _numbers_columns(line: Cells) -> bool:
    """Whether a row counts the columns, as printed forms do: 甲 乙 1 2 3, ① ② ③, A B C."""
    told = [_folded(line[column]).strip("()（）").removesuffix(".0") for column in sorted(line)]
    lettered = 0
    while lettered < len(told) and told[lettered] == _STEMS[lettered : lettered + 1]:
        lettered += 1
    return any(_follow(told[lettered:], marks) for marks in (_NUMBERS, _CIRCLED, _LATIN))


def _follow(told: Sequence[str], marks: Sequence[str]) -> bool:
    return list(told) == list(marks[: len(told)])


def _reads_as_note(first: str) -> bool:
    """One cell alone that is a sentence or a point of a list is no record."""
    if _NUMBERED.fullmatch(first) and len(first) > 4:
        return True
    return len(first) > _LONG and bool(_SENTENCE.search(first))


def _folded(value: object) -> str:
    return re.sub(r"\s", "", str(value))


def _plain(words: str) -> str:
    """Words as they are compared: folded, in today's characters, without marks around them."""
    text = _folded(fold_digits(words).translate(_TODAY)).lower()
    text = text.strip(_AROUND) or text
    enclosed = _ENCLOSED.fullmatch(text)
    return enclosed[1] if enclosed else text


def _heading(value: object) -> str:
    return _folded(value).strip("＊*")


def _is_figure(value: object) -> bool:
    return isinstance(value, int | float) or bool(_FIGURE.fullmatch(_folded(value)))
