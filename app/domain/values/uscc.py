"""统一社会信用代码, GB 32100-2015."""

from __future__ import annotations

import re

from app.domain.kernel.errors import UserError
from app.domain.kernel.text import fold_digits

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUE = {char: value for value, char in enumerate(_ALPHABET)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_MISREAD = {
    "I": "数字 1",
    "O": "数字 0 或字母 Q",
    "S": "数字 5",
    "V": "字母 U 或 Y",
    "Z": "数字 2",
}


def parse_uscc(text: str) -> str:
    """Return the 18 upper-case characters; spaces, hyphens and full-width are fine.

    Raises UserError USCC_EMPTY, USCC_CHARACTER, USCC_LENGTH, USCC_REGION
    (places 3-8 are digits) or USCC_CHECK.
    """
    code = re.sub("[\\s-]", "", fold_digits(text)).strip("'’‘`").upper()
    if not code:
        raise UserError("USCC_EMPTY", "没有填统一社会信用代码。")
    _refuse_characters(code)
    _refuse_length(code)
    if not code[2:8].isdigit():
        raise UserError(
            "USCC_REGION",
            "统一社会信用代码第 3 到 8 位应是数字。",
            why=f"现在是“{code[2:8]}”。",
            remedy="请照证照核对。",
        )
    if check_character(code[:17]) != code[17]:
        raise UserError(
            "USCC_CHECK",
            "统一社会信用代码不对。",
            why="最后一位和前面的对不上，其中有一位写错了。",
            remedy="请照证照逐位核对。",
        )
    return code


def check_character(first17: str) -> str:
    """Return the check character of the first 17 (weights 3^i modulo 31)."""
    total = sum(weight * _VALUE[char] for weight, char in zip(_WEIGHTS, first17, strict=True))
    return _ALPHABET[-total % 31]


def _refuse_characters(code: str) -> None:
    for place, char in enumerate(code, 1):
        if char in _VALUE:
            continue
        hint = f"可能是{_MISREAD[char]}。" if char in _MISREAD else ""
        raise UserError(
            "USCC_CHARACTER",
            f"统一社会信用代码第 {place} 位“{char}”不对。",
            why="代码只用数字和大写字母，没有 I、O、S、V、Z。",
            remedy=hint + "请改正这一位。",
        )


def _refuse_length(code: str) -> None:
    if len(code) == 18:
        return
    if len(code) == 15 and code.isdigit():
        why = "这像是旧的营业执照注册号。"
    elif len(code) == 9:
        why = "这像是旧的组织机构代码。"
    else:
        why = f"{'多' if len(code) > 18 else '少'}了 {abs(len(code) - 18)} 位。"
    raise UserError(
        "USCC_LENGTH",
        f"统一社会信用代码应是 18 位，现在是 {len(code)} 位。",
        why=why,
        remedy="请照证照核对。",
    )
