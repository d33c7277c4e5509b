"""The same household in two files (一户一档)."""

from __future__ import annotations

from app.domain.doubles.evidence import FAIR, STRONG, WEAK, Reasons, Verdict
from app.domain.doubles.persons import PersonFace, Size, apart_words, ties

_MOBILE = 11
"""Figures of a mobile number; shorter ones are of an office or a house."""


def same_household(one: PersonFace, other: PersonFace, size: Size) -> Verdict | None:
    """Whether two files may be of one household: an ID number in both, or two reasons at least.

    Families of a village group or a dormitory share its address and often a telephone, so one
    reason alone is none.
    """
    found = Reasons()
    reasons = 0
    numbers = {one.number, *one.family} & {other.number, *other.family} - {""}
    if numbers - ({one.number} & {other.number}):
        found.add("两份档案里有同一个身份证号的家庭成员。", STRONG)
        reasons += 2
    each = _names(one, other) + _names(other, one)
    if each:
        found.add("互为家庭成员。" if each > 1 else "一方是另一方的家庭成员。", FAIR)
        reasons += each
    if shared := set(one.kin).intersection(other.kin):
        words = f"家庭成员姓名相同（{'、'.join(sorted(shared))}）。"
        found.add(words, FAIR if len(shared) > 1 else WEAK)
        reasons += min(len(shared), 2)
    sure = 0
    for words, weight in ties(one, other, size):
        found.add(f"{words}。", weight)
        reasons += 1
        sure = max(sure, weight)
    if reasons and one.key[:1] == other.key[:1] and (reasons > 1 or _close(one, other)):
        found.add("同姓。", WEAK if sure >= FAIR else 0)
        reasons += 1
    return found.verdict() if reasons > 1 else None


def _names(one: PersonFace, other: PersonFace) -> bool:
    """Whether a file names the other person in its family, and not one of another number."""
    if other.key not in one.kin:
        return False
    numbers = [number for name, number in one.known if name == other.key]
    return not (other.number and numbers) or any(
        number == other.number or apart_words(number, other.number) for number in numbers
    )


def _close(one: PersonFace, other: PersonFace) -> bool:
    """Whether they share what only a family does: not a courtyard, nor the telephone at work."""
    mobile = any(len(number) == _MOBILE for number in set(one.telephones) & set(other.telephones))
    flat = one.street == other.street and "-" in one.street
    return mobile or flat or bool(one.card and one.card == other.card)
