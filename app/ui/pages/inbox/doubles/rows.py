"""How a pair, or a decision about one, reads in the list."""

from __future__ import annotations

from app.domain.kernel.text import lookup_key
from app.services.deciding.doubles import Decided
from app.services.figures.possible_doubles import PairView
from app.ui.pages.inbox.doubles.pair_card import STRENGTHS
from app.ui.pages.inbox.two_lines import TwoLines

PairKey = tuple[str, str, str]
Shown = PairView | Decided


def key_of(one: Shown) -> PairKey:
    """What tells a pair from every other: its kind and both records."""
    if isinstance(one, Decided):
        return one.kind, one.one, one.other
    return one.kind, one.one.id, one.other.id


def names_of(one: Shown) -> tuple[str, str]:
    """What the two are called."""
    if isinstance(one, Decided):
        return one.names
    return one.one.name or one.one.number, one.other.name or one.other.number


def answers(one: Shown, wanted: str) -> bool:
    """Whether what a person searches (a `lookup_key`) stands in one of the two."""
    told = [*names_of(one)]
    if isinstance(one, Decided):
        told.append(one.reason)
    else:
        for side in (one.one, one.other):
            told += [side.number, side.unit_name]
    return not wanted or any(wanted in lookup_key(text) for text in told)


def row_of(one: Shown, *, later: bool) -> TwoLines:
    """A row of the list; `later` says that it was put off."""
    title = both(names_of(one))
    if isinstance(one, Decided):
        words, kind = ("同一", "ok") if one.same else ("不同", "neutral")
        return TwoLines(title, words, kind, one.reason, one.at[5:10])
    words, kind = ("先放着", "neutral") if later else STRENGTHS[one.strength]
    units = dict.fromkeys(_short(side.unit_name) for side in (one.one, one.other))
    right = f"{_yuan(one.amount)} 元" if one.amount else one.words
    return TwoLines(title, words, kind, "·".join(units), right)


def both(names: tuple[str, str]) -> str:
    """沈大山 / 沈大杉, one name where they are the same."""
    first, second = names
    return first if first == second else f"{first} / {second}"


def _yuan(fen: int) -> str:
    return f"{fen / 100:,.2f}".removesuffix(".00")


def _short(unit: str) -> str:
    return unit.removesuffix("总工会").removesuffix("工会")
