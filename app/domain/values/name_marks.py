"""What in a name tells that a sheet or a program spoilt it."""

from __future__ import annotations

import re

_LOST = re.compile("[\ufffd\ufffc\ue000-\uf8ff\U000f0000-\U0010fffd?？□■〓◇*＊]|##")
_HAN = "[\u3400-\u9fff\U00020000-\U0003ffff]"
_ODD_DOT = re.compile(rf"(?<={_HAN})(?:[●○•ㆍ᛫ꞏ⸱・∘◦˙°。．.,，'’`´_~—–－-]| )(?={_HAN})")


def lost_characters(name: str) -> bool:
    """Whether a character is missing: a box, a question mark, a star, ####, one of no font."""
    return bool(_LOST.search(name))


def odd_dot(name: str) -> bool:
    """Whether a mark or a blank stands where the dot of a name (阿尔·日古) belongs."""
    return bool(_ODD_DOT.search(name))
