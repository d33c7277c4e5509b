"""编号: the readable name of a record, for the telephone and the paper (沙湾-2011-0137)."""

from __future__ import annotations

_BLOCK = 10_000
_COMPUTERS = 100


def prefix(office: str, mark: str, year: int) -> str:
    """What stands before the serial number: the office's short name, the type's mark, the year."""
    return f"{office}-{mark}{year}-"


def serial(count: int, computer: int) -> int:
    """The serial of the `count`-th record (from 1) of computer number `computer` (from 1).

    Each computer has its own blocks of 9,999, so that two of them in one office
    never give the same number without asking each other.
    """
    block, place = divmod(count - 1, _BLOCK - 1)
    return (block * _COMPUTERS + computer - 1) * _BLOCK + place + 1


def number(before: str, count: int, computer: int) -> str:
    """The whole 编号."""
    return f"{before}{serial(count, computer):04d}"


def count_of(before: str, number: str, computer: int) -> int:
    """Which of a computer's records (from 1) has this 编号; 0 for one that is none of its own."""
    figures = number.removeprefix(before)
    if figures == number or not figures.isascii() or not figures.isdigit() or len(figures) > 15:
        return 0
    block, place = divmod(int(figures), _BLOCK)
    rounds, owner = divmod(block, _COMPUTERS)
    return rounds * (_BLOCK - 1) + place if place and owner == computer - 1 else 0
