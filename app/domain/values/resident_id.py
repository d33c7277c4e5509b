"""公民身份号码 and the 居住证 of Hong Kong, Macau and Taiwan residents (GB 11643-1999)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from operator import mul

from app.domain.kernel.errors import UserError
from app.domain.kernel.text import fold_digits
from app.domain.values.dates import format_date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_FIRST_BIRTH = date(1900, 1, 1)
_X = str.maketrans("xχΧхХ×", "XXXXXX")
_ORDINARY = re.compile("[0-9]{17}[0-9X]").fullmatch
_MANGLED = re.compile("[0-9]+(\\.[0-9]+)?E\\+?[0-9]+|[0-9]{15,18}\\.0*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ResidentId:
    """A number that is right in itself.

    `number18` in 18 characters, `sex` a value of SEX ("1" male, "2" female),
    `region` the six-digit area code of the first registration (a hint only:
    it is never checked against a table), `from_15` whether 15 digits were given.
    """

    number18: str = field(repr=False)
    birth: date = field(repr=False)
    sex: str
    region: str
    from_15: bool


def parse_resident_id(text: str, *, today: date | None = None) -> ResidentId:
    """Return the number read; spaces, hyphens, full-width and lower-case x are fine.

    A 15-digit number (issued until 1999, so always of 19xx) is made one of 18.
    Raises UserError ID_EMPTY, ID_MANGLED, ID_CHARACTER, ID_LENGTH, ID_DATE,
    ID_FUTURE (only when `today` is given) or ID_CHECK; never quotes the number
    nor tells the right check digit.
    """
    read = _read(text)
    if today is not None and read.birth > today:
        raise UserError(
            "ID_FUTURE",
            "身份证号里的出生日期在今天之后。",
            why=f"读到的是{format_date(read.birth)}。",
            remedy="请核对从第 7 位开始的年月日。",
        )
    return read


@lru_cache(maxsize=2048)
def _read(text: str) -> ResidentId:
    """One record asks for its number several times in a row, and a sheet for a thousand at once."""
    number = text if _ORDINARY(text) else _plain(text)
    _refuse_characters(number)
    _refuse_length(number)
    from_15 = len(number) == 15
    long = number[:6] + "19" + number[6:] if from_15 else number[:17]
    birth = _birth(long[6:14])
    check = check_digit(long)
    if not from_15 and check != number[17]:
        raise UserError(
            "ID_CHECK",
            "身份证号不对。",
            why="最后一位和前面的数字对不上，其中有一位写错了。",
            remedy="请照证件逐位核对。",
        )
    sex = "1" if int(long[16]) % 2 else "2"
    return ResidentId(long + check, birth, sex, long[:6], from_15)


def check_digit(first17: str) -> str:
    """Return the check digit of the first 17 digits (ISO 7064 MOD 11-2)."""
    total = sum(map(mul, _WEIGHTS, map(int, first17)))
    return _CHECKS[total % 11]


def mask(number: str) -> str:
    """Return the one form shown in lists: first 6, ten stars, last 2; hides a short text whole."""
    if len(number) < 15:
        return "*" * 10
    return number[:6] + "*" * 10 + number[-2:]


def _plain(text: str) -> str:
    plain = fold_digits(text).strip(" \t\r\n'’‘`")
    if _MANGLED.fullmatch(plain):
        raise UserError(
            "ID_MANGLED",
            "身份证号被表格存成了数字。",
            why="后几位已经丢失，无法还原。",
            remedy="请把这一列设为文本格式，再照证件重新填写。",
        )
    number = re.sub("[\\s-]", "", plain).translate(_X)
    if not number:
        raise UserError("ID_EMPTY", "没有填身份证号。")
    return number


def _refuse_characters(number: str) -> None:
    if _ORDINARY(number):
        return
    for place, char in enumerate(number, 1):
        if not ("0" <= char <= "9" or (char == "X" and place == 18)):
            raise UserError(
                "ID_CHARACTER",
                f"身份证号第 {place} 位“{char}”不对。",
                why="只能是数字，第 18 位还可以是 X。",
                remedy="请改正这一位。",
            )


def _refuse_length(number: str) -> None:
    if len(number) in (15, 18):
        return
    off = len(number) - 18
    raise UserError(
        "ID_LENGTH",
        f"身份证号应是 18 位，现在是 {len(number)} 位。",
        why=f"{'多' if off > 0 else '少'}了 {abs(off)} 位。",
        remedy="请照证件核对。",
    )


def _birth(digits: str) -> date:
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        birth = date.min
    if birth < _FIRST_BIRTH:
        raise UserError(
            "ID_DATE",
            "身份证号里的出生日期不对。",
            why=f"{digits[:4]}年{digits[4:6]}月{digits[6:]}日不是可能的出生日期。",
            remedy="请核对从第 7 位开始的年月日。",
        )
    return birth
