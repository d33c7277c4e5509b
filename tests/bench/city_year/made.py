"""The whole year of a city with its truth; the seed decides everything."""

from __future__ import annotations

import random

from tests.bench.city_year.aids import make_cases_and_aid
from tests.bench.city_year.chance import Book, offices
from tests.bench.city_year.clashes import make_clashes
from tests.bench.city_year.firms import make_firms
from tests.bench.city_year.people import make_people
from tests.bench.city_year.visits import make_plans, make_visits

VISITS, PERSONS, CASES_AND_AID, ENTERPRISES, PLANS = 100_000, 35_000, 60_000, 9_000, 900
TWINS = 40
"""Of each kind, at full size."""


def make_year(seed: int, scale: float = 1.0, *, only: int | None = None) -> Book:
    """Everything the offices wrote down, in order of time, and which pairs are one.

    `only` so many of the thirteen offices take part.
    """

    def sized(full: int) -> int:
        return max(1, round(full * scale))

    chance = random.Random(seed)
    book = Book(chance, offices(chance)[:only])
    twins = sized(TWINS)
    firms = make_firms(book, sized(ENTERPRISES), twins)
    make_visits(book, firms, sized(VISITS), 2 * twins)
    make_plans(book, firms, sized(PLANS))
    people = make_people(book, firms, sized(PERSONS), twins)
    make_cases_and_aid(book, people, sized(CASES_AND_AID), 2 * twins)
    make_clashes(book, people, twins)
    book.written.sort(key=lambda one: (one.at, one.id))
    return book
