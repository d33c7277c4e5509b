"""Telephone numbers as people write and paste them."""

from __future__ import annotations

import re

from app.domain.kernel.text import clean_name, fold_digits

_MOBILE = re.compile("1[3-9][0-9]{9}")
_EXTENSION = r"(?:\s*(?:转|-|－|ext\.?|分机)\s*[0-9]{1,6})?"
_ONE = re.compile(
    rf"(?:1[3-9][0-9]{{9}}|[48]00[- ]?[0-9]{{3}}[- ]?[0-9]{{4}}|"
    rf"(?:[(（]?0[0-9]{{2,3}}[)）]?[- ]?)?[0-9]{{3,4}}[- ]?[0-9]{{4}}{_EXTENSION}|"
    rf"[0-9]{{3,6}})",
    re.IGNORECASE,
)
"""手机, 400 numbers, a number of a place with its 区号 and 分机, or a short one (12351, 虚拟网)."""
_SEVERAL = re.compile("[、，,;；/]+|或")
_COUNTRY = re.compile(r"^(?:\+|00)86[\s-]*")


def plain_telephone(text: str) -> str:
    """Return the number as it is kept: 138 1234 5678, １３８…, '138… and +86138… are 13812345678.

    Marks inside go only from a mobile number; 0833-2601234 转 801 stays as it is written.
    """
    if _MOBILE.fullmatch(text):
        return text
    plain = clean_name(fold_digits(text)).strip("'’‘`\" ")
    digits = re.sub(r"[\s-]", "", _COUNTRY.sub("", plain))
    return digits if _MOBILE.fullmatch(digits) else plain


def is_telephone(text: str) -> bool:
    """Whether every number in a text can be dialled: 区号, 分机 and several numbers are fine."""
    parts = [part.strip() for part in _SEVERAL.split(text) if part.strip()]
    return bool(parts) and all(map(_ONE.fullmatch, map(plain_telephone, parts)))
