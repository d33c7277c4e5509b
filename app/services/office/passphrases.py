"""What a passphrase (口令) must be: long enough, and not among those that are tried first.

The measure is zxcvbn, taught what keyboards and people here favour. Whoever copies the
keyring can try without end; a passphrase that stands 10^8 tries costs them years.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from app.domain.kernel.errors import UserError

SHORTEST = 10
"""Code points a passphrase has at least, unless it is of several words."""

WORDS = 4
"""Words, parted by blanks, that are enough however short."""

_JUDGED = 72
"""Code points that are looked at: the measure slows down with length."""

_FIRM = 3
"""The lowest score of zxcvbn (0 to 4) that is taken: from 10^8 guesses on."""

_BETTER = "请用一句自己记得住、别人想不到的话，至少10个字。"

FAVOURED = tuple(
    """
woaini aini wo ai ni 1314 520 521 5201314 1314520 521521 7758521 7758258 woaini1314 iloveyou
qwer qwert qwer1234 asdf asdfgh zxcv zxcvbn qaz qazwsx 1qaz 2wsx 1qaz2wsx 3edc qweasd qweasdzxc
aa123456 a123456 abc123 123abc q123456 admin administrator root guest test user pass passwd
mima kouling denglu yonghu guanli xitong diannao bangong bangongshi
zoufang bangfu gonghui zonggonghui zgh zhigong ghzf gongzuo zhuxi leshan sichuan zhongguo china
shizhongqu shawan wutongqiao jinkouhe qianwei jingyan jiajiang muchuan ebian mabian emeishan emei
zhang wang li zhao liu chen yang huang zhou wu xu sun zhu ma hu guo he lin gao luo
zhangsan lisi wangwu zhangwei wangwei wangfang liwei lina xiaoming baobao laopo laogong
走访 帮扶 走访帮扶 工会 总工会 职工 乐山 四川 口令 密码 登记 系统 我爱你 一二三四
一二三四五六七八九十 一生一世 恭喜发财 万事如意 身体健康 中国 人民 为人民服务 不忘初心 牢记使命
""".split()
)
"""Words that are tried first on a Chinese keyboard, and those of this office."""


def require_firm(passphrase: str, known: Sequence[str] = ()) -> None:
    """Refuse a passphrase that is short or easily guessed; one sentence says what would be good.

    `known` is what others know of its owner: name, unit, telephone. Raises `UserError`
    PASSPHRASE_TOO_SHORT, PASSPHRASE_COMMON.
    """
    text = _plain(passphrase)
    if len(text) < SHORTEST and len(text.split()) < WORDS:
        raise UserError(
            "PASSPHRASE_TOO_SHORT",
            f"口令太短，至少要{SHORTEST}个字，或者{WORDS}个用空格分开的词。",
            remedy="可以用一句自己记得住、别人想不到的话。",
        )
    if re.fullmatch(r"[\d\s.-]+[xX]?", text):
        raise UserError(
            "PASSPHRASE_COMMON",
            "只有数字的口令（生日、电话、证件号）很容易试出来。",
            remedy=_BETTER,
        )
    if _score(text, known) < _FIRM:
        raise UserError("PASSPHRASE_COMMON", "这个口令容易被猜到。", remedy=_BETTER)


def is_firm(passphrase: str, known: Sequence[str] = ()) -> bool:
    """Whether it would be taken today; one that was set before still opens."""
    try:
        require_firm(passphrase, known)
    except UserError:
        return False
    return True


def _score(text: str, known: Sequence[str]) -> int:
    from zxcvbn import zxcvbn  # noqa: PLC0415  (an eighth of a second, wanted only here)

    return int(zxcvbn(text[:_JUDGED], user_inputs=[*FAVOURED, *_parts(known)])["score"])


def _parts(known: Sequence[str]) -> Iterator[str]:
    """What is known, whole and in its parts."""
    for one in known:
        plain = _plain(one)[:_JUDGED]
        yield from (part for part in (plain, *re.split(r"\W+", plain)) if len(part) > 1)


def _plain(text: str) -> str:
    """As the keyring takes it, without blanks at its ends."""
    return unicodedata.normalize("NFKC", text).strip()
