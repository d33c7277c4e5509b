"""期号 of 简报: one after the other within a year, and what speaks against one (R50)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from app.domain.checking.checks import Finding
from app.domain.checking.rule import Severity

TAKEN, GAP = "G12", "G13"
_SHOWN = 5


def missing(known: Collection[int], up_to: int) -> tuple[int, ...]:
    """The numbers below `up_to` that no issue has."""
    return tuple(number for number in range(1, up_to) if number not in known)


def words(numbers: Collection[int]) -> str:
    """第2期、第3期; more than a few are counted."""
    first = "、".join(f"第{number}期" for number in sorted(numbers)[:_SHOWN])
    return f"{first}等{len(numbers)}期" if len(numbers) > _SHOWN else first


def spoken(year: int, issue: int, known: Collection[int]) -> Iterator[Finding]:
    """What speaks against a number; `known` are those of the other issues of the year."""
    if issue in known:
        sentence = f"{year}年已经有第{issue}期。"
        remedy = f"请改成第{max(known) + 1}期；确实要用这个期号请写明原因。"
        yield Finding(TAKEN, Severity.ASK, sentence, "issue", remedy, about=f"{year}-{issue}")
    elif gap := missing(known, issue):
        sentence = f"期号不连续：{year}年没有{words(gap)}。"
        remedy = "请核对期号；没有用这个程序编的，请写明原因。"
        about = f"{year}-{'-'.join(map(str, gap[:_SHOWN]))}"
        yield Finding(GAP, Severity.NOTE, sentence, "issue", remedy, about=about)
