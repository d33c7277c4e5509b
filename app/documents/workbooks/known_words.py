"""Which field a text over a column names, among those of one record type."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from openpyxl.utils import get_column_letter

from app.documents.workbooks.heading_words import WORDS
from app.documents.workbooks.raster import Cells
from app.domain.kernel.fields import FieldSpec
from app.domain.kernel.text import lookup_key

_ASIDE = re.compile(r"[（(【\[［〔].*?[)）】\]］〕]", re.DOTALL)
_LEADING = re.compile(r"^[\s*＊★☆※●]*(?:[0-9]{1,2}|[①-⑳]|[一二三四五六七八九十]{1,3})[.、．)）]\s*")
_OF_WHICH = re.compile(r"^其中[：:、，,]?")
_LETTERS_BEHIND = re.compile(r"(?<=[\u3400-\u9fff])[\s/／]*[A-Za-z][A-Za-z .]*$")
_EITHER = re.compile(r"[/／]|或")
_TODAY = str.maketrans(
    "職號證聯繫電話機碼別單稱業齡額類實資來領導時間幫戶難數總訪見議備註類",
    "职号证联系电话机码别单称业龄额类实资来领导时间帮户难数总访见议备注类",
)
"""Characters of older headings."""
_UNIT_BEHIND = re.compile(r"[/／:：,，]\s*(?:[万千]?元|人次|人|户|个|平方米|㎡|年|岁)\s*$")


@dataclass(frozen=True, slots=True)
class Known:
    """What may stand over the columns of one record type: field names by folded words."""

    specs: tuple[FieldSpec, ...]
    exact: Mapping[str, str]
    words: Mapping[str, str]

    def field_of(self, text: str) -> tuple[str, bool]:
        """The field a text names, and whether by its own label; "" for none."""
        for key in _keys(text):
            if key in self.exact:
                return self.exact[key], True
        for key in _keys(text):
            if key in self.words:
                return self.words[key], False
        parts = {self._word(part) for part in _EITHER.split(text)}
        return (parts.pop(), False) if len(parts) == 1 else ("", False)

    def _word(self, text: str) -> str:
        key = lookup_key(text)
        return self.exact.get(key) or self.words.get(key, "")


def known_words(specs: Sequence[FieldSpec]) -> Known:
    """The words for these fields; one that names two of them names none."""
    exact: dict[str, str] = {lookup_key(spec.name): spec.name for spec in specs}
    exact |= {lookup_key(spec.label + spec.field.unit): spec.name for spec in specs}
    exact |= {lookup_key(spec.label): spec.name for spec in specs}
    words: dict[str, str] = {}
    for spec in specs:
        for word in WORDS.get(spec.label, ()):
            key = lookup_key(word)
            words[key] = "" if words.get(key, spec.name) != spec.name else spec.name
    return Known(tuple(specs), exact, {key: name for key, name in words.items() if name})


@lru_cache(maxsize=4096)
def _keys(text: str) -> tuple[str, ...]:
    """How a heading is looked up: whole, without its number, without what stands in brackets."""
    text = text.translate(_TODAY)
    plain = _OF_WHICH.sub("", _LEADING.sub("", text))
    forms = (
        text,
        plain,
        _LETTERS_BEHIND.sub("", plain),
        _ASIDE.sub("", text),
        _ASIDE.sub("", plain),
        _UNIT_BEHIND.sub("", plain),
    )
    return tuple(dict.fromkeys(key for form in forms if (key := lookup_key(form))))


def standing(lines: Sequence[tuple[int, Cells]], known: Known) -> tuple[str, int]:
    """In which column headings stand one below the other, and how many."""
    best = ("", 1)
    for column in (1, 2, 3):
        names = {known.field_of(str(cells.get(column, "")))[0] for _, cells in lines} - {""}
        if len(names) > best[1]:
            best = get_column_letter(column), len(names)
    return best
