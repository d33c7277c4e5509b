"""One converter per column: cells as they stand in a sheet become values as a record holds them.

What one text means is asked once and remembered, since most columns say the same few things over
and over. A cell that is not understood becomes a `Refusal`, never a guess.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from app.documents.workbooks.raster import Fault, Spoilt
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec, Kind
from app.domain.kernel.text import fold_digits, settled
from app.domain.values.dates import Window
from app.domain.values.entry import read_value
from app.domain.values.resident_id import parse_resident_id

_TEXTS = (Kind.TEXT, Kind.PROSE, Kind.NAMES)
_DAYS = (Kind.DATE, Kind.TIME)
_REMEMBERED = 20_000
_MARKS_END = "\u2fff"
"""What begins with a character behind it is no number."""
_EXACT = 10**15
"""Whole numbers below it are kept by a spreadsheet as they were typed."""
_SERIALS = range(18_264, 73_051)
"""Day numbers of 1950 to 2100: a date pasted into a cell of text shows as such a number."""
_DIGITS_MATTER = re.compile("电话|手机|联系方式|号码|证号|卡号|账号|帐号|代码|编码|编号|邮编|邮政")
_TELEPHONE = re.compile("电话|手机|联系方式")
_MOBILE = re.compile("1[3-9][0-9]{9}")
_LOCAL = re.compile("[2-8][0-9]{6,7}")
_SCIENTIFIC = re.compile(r"[+-]?[0-9](?:\.[0-9]+)?[eE]\+?[0-9]{1,3}")
_DITTO = re.compile(r"(?:同上|〃|″|”|“|\"|''|々|同前|同左)")
_RUNNING = re.compile("[0-9０-９]{1,7}")
_QUOTED = re.compile("^\\s*['‘’`´](?=\\s*[0-9０-９])")
"""What keeps figures a text in Excel, and is seen where they were copied to."""
_AMOUNT = re.compile(
    r"(?:人民币|rmb|cny|¥)? *(-?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?)", re.IGNORECASE
)
_OWN_UNIT = re.compile("[千万亿元块圆人户个家]")
_AS_TEXT = "请把这一格设为文本格式，再照原件重新填写。"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a cell is not understood, and what to do."""

    sentence: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Summed:
    """A cell inside a range merged over several rows whose amount cannot be told row by row."""

    range: str


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What a day without its year, or kept as a bare number, is read by."""

    today: dt.date
    windows: Sequence[Window] = ()
    since_1904: bool = False


_KEPT = frozenset({str, float})
"""Cells of these classes are understood once; 1 and TRUE would be one and the same."""


class Converter:
    """Turns the cells of one column into values; None where nothing stands.

    `times` is what its numbers are multiplied by (万元).
    """

    def __init__(self, spec: FieldSpec, days: Reckoning, times: int = 1) -> None:
        self.spec = spec
        self._days = days
        self._times = times
        self._texts: dict[object, Any] = {"": None}
        self._copied = spec.kind in (Kind.NAMES, Kind.CODES, Kind.LINKS)
        self._digits = _digits_matter(spec)
        self._plain = spec.kind is Kind.TEXT and spec.field.read is None
        self._epoch = CALENDAR_MAC_1904 if days.since_1904 else CALENDAR_WINDOWS_1900

    def convert(self, cells: Sequence[object]) -> list[Any]:
        """The values of these cells, a `Refusal` for each that is not understood."""
        known, one = self._texts, self._one
        found = [
            known[cell] if cell.__class__ in _KEPT and cell in known else one(cell)
            for cell in cells
        ]
        if self._copied:
            return [list(value) if value.__class__ is list else value for value in found]
        return found

    def _one(self, cell: object) -> Any:
        if self._plain and isinstance(cell, str) and _says_itself(cell):
            return cell
        try:
            value = self._read(cell)
        except UserError as error:
            value = Refusal(error.what + error.why, error.remedy)
        if cell.__class__ in _KEPT:
            if len(self._texts) > _REMEMBERED:
                self._texts.clear()
            self._texts[cell] = value
        return value

    def _read(self, cell: object) -> Any:
        if isinstance(cell, Spoilt | Summed):
            raise _refused(self.spec, *_spoilt(cell))
        plain = plain_cell(cell)
        if plain is None:
            return None
        if self.spec.name == "number" and not self.spec.extra and _runs(plain):
            return None
        if isinstance(plain, str):
            if self.spec.kind is not Kind.PROSE:
                plain = _QUOTED.sub("", plain)
            self._refuse_text(plain)
        else:
            plain = self._number(plain)
        return read_value(self.spec, self._scaled(plain), self._days.today, self._days.windows)

    def _refuse_text(self, text: str) -> None:
        stripped = text.strip()
        if self._digits and _SCIENTIFIC.fullmatch(stripped):
            raise _refused(
                self.spec,
                f"“{stripped}”是科学记数，后面的几位已经丢失，无法还原。",
                "请照原件重新填写这一格；在 Excel 里要先把这一列设为文本格式。",
            )
        if self.spec.kind is not Kind.PROSE and _DITTO.fullmatch(stripped):
            raise _refused(self.spec, f"这一格写的是“{stripped}”。", "请写出内容本身。")

    def _number(self, value: object) -> object:
        """A number or a day where it can be what was typed; raises where it cannot."""
        spec = self.spec
        if isinstance(value, dt.date | dt.time | dt.timedelta):
            if spec.kind not in _DAYS or not isinstance(value, dt.date):
                raise _refused(spec, "这一格被存成了日期，可能已经不是原来填的内容。", _AS_TEXT)
            return value
        if not isinstance(value, int | float):
            return value
        if not math.isfinite(value):
            raise _refused(spec, "这一格不是数。", "请照原件重新填写。")
        if self._digits:
            return self._exact(value)
        if spec.kind in _DAYS and value in _SERIALS:
            return from_excel(value, self._epoch)
        if spec.kind is Kind.MONEY and isinstance(value, float):
            return format(Decimal(f"{value:.15g}"), "f")
        return value

    def _exact(self, value: float) -> str:
        """A number whose digits matter, where all of them are still there."""
        if value != int(value) or not 0 < value < _EXACT:
            raise _refused(
                self.spec, "这一格被存成了数字，后面的几位已经丢失，无法还原。", _AS_TEXT
            )
        digits = str(int(value))
        if not self._may_be(digits):
            raise _refused(
                self.spec, f"这一格被存成了数字 {digits}，开头的 0 可能已经丢失。", _AS_TEXT
            )
        return digits

    def _may_be(self, digits: str) -> bool:
        """Whether a number of this length is one of its kind by itself, with no 0 before it."""
        spec = self.spec
        if spec.name == "resident_id":
            return len(digits) == 15 and _is_resident_id(digits)
        if _TELEPHONE.search(spec.label):
            return bool(_MOBILE.fullmatch(digits) or _LOCAL.fullmatch(digits))
        return "邮" in spec.label and len(digits) == 6

    def _scaled(self, value: object) -> object:
        """In yuan, or one by one, what is counted in ten thousands and does not say otherwise."""
        text = fold_digits(str(value)).strip()
        if self._times == 1 or _OWN_UNIT.search(text.replace("人民币", "")):
            return value
        amount = _AMOUNT.fullmatch(text)
        if amount is None:
            raise _refused(self.spec, f"“{value}”看不出是多少。", "请只填写数字，如 1.5。")
        whole = (Decimal(amount[1].replace(",", "")) * self._times).normalize()
        return format(whole, "f")


def _says_itself(text: str) -> bool:
    """Whether a text is kept as it stands."""
    return text[:1] > _MARKS_END and settled(text) and not _DITTO.fullmatch(text)


def plain_cell(value: object) -> object:
    """Blanks are nothing; a whole number is an int, a tick is 是."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    return value


def _spoilt(cell: Spoilt | Summed) -> tuple[str, str]:
    if isinstance(cell, Summed):
        return (
            f"{cell.range} 合并成了一格，看不出这一行是多少。",
            "请取消合并，每一行分别填写。",
        )
    if cell.fault is Fault.FORMULA:
        return (
            "这一格是公式，还没有算出结果。",
            "请用 WPS 或 Excel 打开并保存一次再导入，或直接填写结果。",
        )
    shown = f"（{cell.shown}）" if cell.shown else ""
    return f"这一格的公式出错了{shown}。", "请改正公式，或直接填写结果。"


def _refused(spec: FieldSpec, what: str, remedy: str) -> UserError:
    return UserError("ENTRY", f"“{spec.label}”：{what}", remedy=remedy)


def _runs(value: object) -> bool:
    """A running number written under 编号; a 编号 of a record always names its office."""
    return isinstance(value, int | float) or bool(_RUNNING.fullmatch(str(value).strip()))


def _is_resident_id(digits: str) -> bool:
    try:
        parse_resident_id(digits)
    except UserError:
        return False
    return True


def _digits_matter(spec: FieldSpec) -> bool:
    """Columns in which every digit counts: ID, bank card, credit code, telephone, codes."""
    field = spec.field
    telling = bool(field.read or field.sensitive or _DIGITS_MATTER.search(field.label))
    return spec.kind in _TEXTS and telling
