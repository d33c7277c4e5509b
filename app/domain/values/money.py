"""Money in yuan: read forgivingly, kept to the fen, written in capitals (大写)."""

from __future__ import annotations

import re
from decimal import Decimal

from app.domain.kernel.errors import UserError
from app.domain.kernel.text import fold_digits

LARGEST = Decimal("9999999999.99")
_FEN = Decimal("0.01")
_SCALES = {"": Decimal(1), "千": Decimal(1000), "万": Decimal(10000), "亿": Decimal(100000000)}
_AMOUNT = re.compile(
    "(?:人民币|rmb|cny|¥)? *(-?)"
    "([0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]*)(\\.[0-9]{0,12})?"
    " *([千万亿]?) *(?:元|块|圆)? *整?",
    re.IGNORECASE,
)
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")
_SECTIONS = ("", "万", "亿")


def parse_money(text: str) -> Decimal:
    """Return yuan with two decimals: 1,000.50 or ￥1000.5 or 1.5万元 are understood.

    Raises UserError MONEY_UNREADABLE, MONEY_NEGATIVE, MONEY_TOO_FINE (parts of a
    fen) or MONEY_TOO_LARGE (above 9,999,999,999.99).
    """
    match = _AMOUNT.fullmatch(fold_digits(text).strip(" '\u2019"))
    if match is None or not any("0" <= char <= "9" for char in match[0]):
        raise UserError(
            "MONEY_UNREADABLE",
            f"“{text.strip()}”看不出是多少钱。",
            remedy="请写成 1000.50 或 1.5万 这样。",
        )
    minus, whole, fraction, scale = match.groups()
    number = Decimal(re.sub("[, ]", "", whole) + (fraction or "") + "0" * (fraction == "."))
    return _checked(number * _SCALES[scale], negative=bool(minus))


def format_money(amount: Decimal) -> str:
    """Return 1,000.50: thousands parted, always two decimals."""
    return f"{amount:,.2f}"


def capital(amount: Decimal) -> str:
    """Return the amount in capitals: 10500.5 is 壹万零伍佰元伍角, 2000 is 贰仟元整.

    After 角 no 整 is written (《正确填写票据和结算凭证的基本规定》 leaves it open).
    Raises UserError as `parse_money` does.
    """
    fen = int(_checked(amount, negative=amount < 0) * 100)
    yuan, tenth, hundredth = fen // 100, fen // 10 % 10, fen % 10
    whole = _integer(yuan) + "元" if yuan else ""
    if not tenth and not hundredth:
        return (whole or "零元") + "整"
    tenths = _DIGITS[tenth] + "角" if tenth else "零" * (yuan > 0)
    return whole + tenths + (_DIGITS[hundredth] + "分" if hundredth else "")


def _checked(amount: Decimal, *, negative: bool) -> Decimal:
    if negative and amount:
        raise UserError("MONEY_NEGATIVE", "金额不能是负数。", remedy="请填写大于或等于 0 的金额。")
    if amount > LARGEST:
        raise UserError(
            "MONEY_TOO_LARGE",
            "金额太大。",
            why=f"最多 {format_money(LARGEST)} 元。",
            remedy="请看看单位是不是多写了“万”。",
        )
    if amount != (kept := amount.quantize(_FEN)):
        raise UserError(
            "MONEY_TOO_FINE", "金额最多到分。", why="小数多于两位。", remedy="请改成两位小数。"
        )
    return kept


def _integer(yuan: int) -> str:
    """Write whole yuan by sections of four digits; any gap of zeros is one 零."""
    words = ""
    for index in (2, 1, 0):
        section = yuan // 10 ** (4 * index) % 10000
        if section:
            gap = words and (section < 1000 or yuan // 10 ** (4 * index + 4) % 10000 == 0)
            words += ("零" if gap else "") + _section(section) + _SECTIONS[index]
    return words


def _section(number: int) -> str:
    words = "".join(
        _DIGITS[int(digit)] + place if digit != "0" else "零"
        for digit, place in zip(f"{number:04d}", _PLACES, strict=True)
    )
    return re.sub("零+", "零", words).strip("零")
