"""The printed recovery code (恢复码): 32 characters in 8 groups, typed back forgivingly."""

from __future__ import annotations

import secrets
import unicodedata

from app.domain.kernel.errors import UserError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U."""

LENGTH = 32
GROUP = 4
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code() -> str:
    """A fresh code of 31 random characters (155 bits) and a check character, for print."""
    return printed(with_check("".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))))


def new_temporary() -> str:
    """A 临时口令 of 16 random characters (80 bits), to be replaced at its first use."""
    return printed("".join(secrets.choice(ALPHABET) for _ in range(LENGTH // 2)))


def with_check(body: str) -> str:
    """The body and its check character (Luhn mod 32)."""
    return body + ALPHABET[-_luhn(body, 2) % len(ALPHABET)]


def printed(code: str) -> str:
    """The code in groups of four: `7K2M-…`."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def read_code(typed: str) -> str:
    """The 32 characters that were meant: any case, width or spacing, O as 0, I and L as 1.

    Raises `UserError` RECOVERY_CODE_MISTYPED.
    """
    code = meant(typed)
    if len(code) != LENGTH:
        raise _mistyped(f"应为{LENGTH}个字符，现在是{len(code)}个。")
    strange = sorted(set(code) - set(ALPHABET))
    if strange:
        raise _mistyped(f"恢复码里没有“{strange[0]}”。")
    if _luhn(code, 1) % len(ALPHABET):
        raise _mistyped("有的字符不对，或次序颠倒了。")
    return code


def meant(typed: str) -> str:
    """The characters that were meant, without what parts them."""
    plain = unicodedata.normalize("NFKC", typed).upper().translate(_MEANT)
    return "".join(c for c in plain if c.isalnum())


def _luhn(text: str, factor: int) -> int:
    """The Luhn sum in base 32, the last character weighing `factor`."""
    total = 0
    for character in reversed(text):
        high, low = divmod(ALPHABET.index(character) * factor, len(ALPHABET))
        total += high + low
        factor = 3 - factor
    return total


def _mistyped(why: str) -> UserError:
    return UserError(
        "RECOVERY_CODE_MISTYPED", "恢复码输入有误。", why=why, remedy="请照打印件逐组核对。"
    )
