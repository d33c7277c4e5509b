"""What an example is: how it is made, what its reader has, and how reading it ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgspec import structs

from app.exchange.trust import Trust, TrustWriter, issue
from tests.exchange import offices, spoil
from tests.exchange.offices import CITY, ROOT, Office
from tests.exchange.spoil import Desk

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "package-format"

TOWNSHIP_PC = Office("township", "511133001", "township")
LATE = Office("late", offices.COUNTY)
"""A second computer of the county, whose numbers count from 5 on."""


@dataclass(frozen=True, slots=True)
class Example:
    """How to make the file, the code it gets, what its reader has, and the rules it shows.

    `trust` names a trust document of `TRUSTS`, `key` the office whose age key the
    reader has (`None`: what is sealed stays so), `passphrase` the 启用码.
    """

    make: Callable[[Desk], bytes]
    code: str | None = None
    trust: str | None = "trust-1"
    key: str | None = "city"
    passphrase: str | None = None
    rules: tuple[str, ...] = ()


def good(make: Callable[[Desk], bytes], rules: str, **facts: Any) -> Example:
    """An example that is accepted."""
    return Example(make, rules=tuple(rules.split()), **facts)


def bad(make: Callable[[Desk], bytes], code: str, rules: str, **facts: Any) -> Example:
    """An example with the code it gets."""
    return Example(make, code, rules=tuple(rules.split()), **facts)


def wide_trust() -> Trust:
    """A first version that lists gm-1, a township, and a writer that begins late."""
    late = replace_channels(LATE.enrolled([CITY]), 5)
    writers = [*offices.writers(), TOWNSHIP_PC.enrolled([offices.COUNTY]), late]
    return issue(
        None,
        ROOT.key,
        writers=writers,
        recipients=offices.recipients(),
        suites=("std-1", "gm-1"),
    )


def gm_trust() -> Trust:
    """Version 2, which lists gm-1 alone."""
    return issue(
        offices.first_trust(),
        ROOT.key,
        writers=offices.writers(),
        recipients=offices.recipients(),
        suites=("gm-1",),
    )


def replace_channels(writer: TrustWriter, first: int) -> TrustWriter:
    """The writer, whose channels count from this number on."""
    return structs.replace(writer, channels=dict.fromkeys(writer.channels, (first, None)))


TRUSTS = {
    "trust-1": offices.first_trust,
    "trust-2": spoil.second_trust,
    "trust-gm": wide_trust,
    "trust-only-gm": gm_trust,
}
KEYS = {
    "city": offices.CITY_PC,
    "county": offices.COUNTY_PC,
    "sister": offices.SISTER_PC,
    "township": TOWNSHIP_PC,
}
