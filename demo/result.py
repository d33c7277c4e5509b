"""What a demonstration gives back; the same members as its `--json`."""

from __future__ import annotations

from typing import Any

import msgspec

from demo.events import Events
from demo.totals import Totals


class Check(msgspec.Struct, frozen=True):
    """One thing that must be so, and what was found where it is not."""

    what: str
    ok: bool
    detail: str = ""


class Home(msgspec.Struct, frozen=True, kw_only=True):
    """One office: its station and its data folder, to be opened with the passphrase."""

    unit: str
    data: str


class CityHome(Home, frozen=True, kw_only=True):
    """The city, with its age identity and the list of signers for the stock tools."""

    identity: str
    allowed_signers: str


class Covered(msgspec.Struct, frozen=True, kw_only=True):
    """One coverage figure as it is told."""

    title: str
    numerator: int
    denominator: int
    unknown: int
    percent: str


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """Totals: of each office that reports, of the city's own records, of all the city holds."""

    offices: tuple[Totals, ...]
    city: Totals
    all: Totals
    coverage: tuple[Covered, ...]


class DemoResult(msgspec.Struct, frozen=True, kw_only=True):
    """The demonstration's end.

    `ok` only if every one of `checks` is; `counties` are the first PC of each county,
    `second_computers` the others; `packages` hold records and open with the city's
    identity, `enrolment` are the trust documents, requests and the 启用包. All paths
    are absolute.
    """

    ok: bool
    passphrase: str
    city: CityHome
    counties: tuple[Home, ...]
    second_computers: tuple[Home, ...]
    townships: tuple[Home, ...]
    packages: tuple[str, ...]
    enrolment: tuple[str, ...]
    forms: tuple[str, ...]
    slips: tuple[str, ...]
    totals: Counts
    duplicates: tuple[str, ...]
    events: Events
    checks: tuple[Check, ...]
    account: str
    """The file the account was written to."""

    def json(self) -> dict[str, Any]:
        """The members as JSON knows them."""
        value: dict[str, Any] = msgspec.to_builtins(self)
        return value
