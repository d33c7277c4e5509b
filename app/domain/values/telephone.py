"""Telephone numbers as people write and paste them."""

from __future__ import annotations

import re

from app.domain.kernel.text import clean_name, fold_digits

_MOBILE = re.compile("1[3-9][0-9]{9}")
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
