"""The account of one package: what it was, what became of it, every line accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

import msgspec

from app.domain.merging.ownership import station_of
from app.exchange.packagereader import Package
from app.exchange.refusal import CODES
from app.services.receiving.merge_lines import Tally
from database.log.packages import PackageRow, PackageState

MOST_LISTED = 1000
"""Lines and scans set aside for one reason that the account names one by one."""


class Doubled(msgspec.Struct, frozen=True):
    """A record of the package and one of another office that may be the same (疑似重复)."""

    type: str
    shared: str
    number: str
    other_number: str


class Differing(msgspec.Struct, frozen=True):
    """A record with 两处填写不一致 that a package touches; `paths` are what differs."""

    type: str
    id: str
    number: str
    paths: tuple[str, ...]


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one package: its state and code, and every line accounted for.

    `contained` are savings (次填写) of the `distinct` records (条) that it holds.
    `missing` are the numbers of its channel that have not come (缺第几次报送);
    `warnings` are codes that did not keep it out; `parked_items` say what was
    set aside and why; `doubles` are 疑似重复 with records of other offices.
    `cover` are the records by type that its cover names, `scans_named` its scans.
    """

    file: str
    state: PackageState
    code: str = ""
    sentence: str = ""
    remedy: str = ""
    package: int = 0
    package_id: str = ""
    kind: str = ""
    station: str = ""
    writer: str = ""
    to: str = ""
    seq: int = 0
    created: str = ""
    part: tuple[int, int] | None = None
    contained: int = 0
    distinct: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    conflict: int = 0
    waiting: int = 0
    parked: int = 0
    records: dict[str, int] = {}
    cover: dict[str, int] = {}
    sums: dict[str, str] = {}
    scans: int = 0
    scans_named: int = 0
    missing: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()
    parked_items: tuple[tuple[str, str], ...] = ()
    doubles: tuple[Doubled, ...] = ()
    differing: tuple[Differing, ...] = ()


def of_package(package: Package, row: PackageRow) -> Account:
    """What a verified package says of itself."""
    return msgspec.structs.replace(
        of_row(row, row.note or "", row.state),
        part=package.header.part,
        cover=dict(package.index.cover.records) if package.index else {},
        sums=dict(package.index.cover.sums) if package.index else {},
        scans_named=len(package.attachments()) if package.index else 0,
    )


def of_row(row: PackageRow, file: str, state: PackageState) -> Account:
    """What the ledger says of a package."""
    return Account(
        file=file,
        state=state,
        package=row.n,
        package_id=row.package_id or "",
        kind=row.kind or "",
        station=station_of(row.writer or ""),
        writer=row.writer or "",
        to=row.to or "",
        seq=row.seq or 0,
        created=row.created or "",
    )


def described(account: Account, code: str) -> Account:
    """The account with the words of a code."""
    words = CODES[code]
    state: PackageState = "duplicate" if code == "DUPLICATE" else account.state
    return msgspec.structs.replace(
        account, state=state, code=code, sentence=f"{words.what}。", remedy=words.remedy
    )


def counted(
    account: Account, tally: Tally, aside: Sequence[tuple[str, str]], taken: int
) -> Account:
    """The account with what became of its lines and scans."""
    return msgspec.structs.replace(
        account,
        contained=tally.contained,
        distinct=tally.distinct,
        new=tally.new,
        changed=tally.changed,
        same=tally.same,
        conflict=tally.conflict,
        waiting=tally.waiting,
        parked=tally.parked,
        records=dict(sorted(tally.records.items())),
        differing=tuple(Differing(*one) for one in tally.differing),
        parked_items=tuple(aside),
        scans=taken,
    )


class Later(Protocol):
    """What was read later of a package, by what became of it."""

    @property
    def new(self) -> int: ...
    @property
    def changed(self) -> int: ...
    @property
    def same(self) -> int: ...
    @property
    def conflict(self) -> int: ...
    @property
    def waiting(self) -> int: ...


def with_more(
    account: Account,
    tally: Tally,
    aside: Sequence[tuple[str, str]],
    doubles: tuple[Doubled, ...],
) -> Account:
    """The account after lines that were set aside were read: `aside` is what still is."""
    records = Counter(account.records) + Counter(tally.records)
    differing = tuple(Differing(*one) for one in tally.differing)
    told = msgspec.structs.replace(
        account,
        distinct=max(account.distinct, sum(records.values())),
        records=dict(sorted(records.items())),
        differing=tuple(dict.fromkeys((*account.differing, *differing))),
        doubles=(*account.doubles, *doubles),
    )
    return _shifted(told, tally, 1, aside)


def with_less(account: Account, later: Later, aside: Sequence[tuple[str, str]]) -> Account:
    """The account after what was read later was set aside again."""
    return _shifted(account, later, -1, aside)


def _shifted(
    account: Account, later: Later, sign: int, aside: Sequence[tuple[str, str]]
) -> Account:
    came = later.new + later.same + later.conflict + later.waiting
    warnings = [code for code in account.warnings if code != _ASIDE]
    warnings += [_ASIDE] * any(code == _ASIDE for code, _ in aside)
    told = msgspec.structs.replace(
        account,
        new=account.new + sign * later.new,
        changed=account.changed + sign * later.changed,
        same=account.same + sign * later.same,
        conflict=account.conflict + sign * later.conflict,
        waiting=account.waiting + sign * later.waiting,
        parked=account.parked - sign * came,
        parked_items=tuple(aside),
        warnings=tuple(warnings),
        code="",
        sentence="",
        remedy="",
    )
    return described(told, warnings[0]) if warnings else told


_ASIDE = "RECORD_INVALID"
