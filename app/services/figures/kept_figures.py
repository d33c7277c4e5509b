"""Figures of a campaign on a day, kept as long as no record changed that they are counted from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec

from app.domain.kernel.progress import Cancel, Progress, silent
from app.domain.records import Campaign, Document
from app.services.figures.figure_records import COUNTED, campaign_of
from app.services.office import kept_answers
from app.services.office.office import Office
from app.services.office.one_at_a_time import OneAtATime
from app.services.office.store_mark import StoreMark, store_mark
from app.services.records.changed_records import changed_records
from app.services.records.link_resolving import Links
from database.store.engine import Connection

T = TypeVar("T")
K = TypeVar("K", bound=msgspec.Struct)

_TOLD_BY = frozenset(kind.type_name for kind in COUNTED) | {
    Document.type_name,
    Campaign.type_name,
}


class Basis(msgspec.Struct, frozen=True):
    """Of which campaign (its code), as of which day (ISO)."""

    campaign: str
    day: str


class Counted(msgspec.Struct, Generic[K], frozen=True):
    """Figures as they are kept in the store."""

    basis: Basis
    figures: K


@dataclass(frozen=True)
class Keeping(Generic[T, K]):
    """Under which name figures are kept, and as what: `kept` and `told` undo each other."""

    name: str
    kind: type[Counted[K]]
    kept: Callable[[T], K]
    told: Callable[[K], T]


@dataclass
class _Held(Generic[T]):
    mark: StoreMark
    basis: Basis
    figures: T
    written: bool


class _Kept(Generic[T]):
    def __init__(self) -> None:
        self.alone = OneAtATime()
        self.held: _Held[T] | None = None


def counted_once(
    office: Office,
    keeping: Keeping[T, K],
    campaign: str | None,
    count: Callable[[Progress], T],
    *,
    progress: Progress = silent,
    cancel: Cancel,
) -> T:
    """What was counted, or what `count` counts now; raises `UserError` NO_CAMPAIGN, `Cancelled`."""
    kept = _kept(office, keeping)
    with kept.alone.turn(progress, cancel) as told, office.store.read() as connection:
        cancel.check()
        basis = Basis(
            campaign_of(Links(office, connection), campaign).code, office.today().isoformat()
        )
        mark = store_mark(connection)
        if kept.held is None:
            kept.held = _recalled(connection, keeping)
        held = kept.held
        if held is None or held.basis != basis or not _holds(connection, held.mark, mark):
            kept.held = held = _Held(mark, basis, count(told), written=False)
        # What was looked through up to here need not be again.
        held.mark = mark
        return held.figures


def remember(office: Office, keeping: Keeping[T, K]) -> None:
    """Keep what was counted last for the next session."""
    held = _kept(office, keeping).held
    if held is not None and not held.written:
        content = kept_answers.packed(Counted(held.basis, keeping.kept(held.figures)))
        held.written = kept_answers.keep(office, keeping.name, held.mark, content)


def _kept(office: Office, keeping: Keeping[T, K]) -> _Kept[T]:
    kept: _Kept[T] = office.remembered.setdefault(keeping.name, _Kept())
    return kept


def _recalled(connection: Connection, keeping: Keeping[T, K]) -> _Held[T] | None:
    last = kept_answers.recall(connection, keeping.name, keeping.kind)
    if last is None:
        return None
    return _Held(last[0], last[1].basis, keeping.told(last[1].figures), written=True)


def _holds(connection: Connection, before: StoreMark, now: StoreMark) -> bool:
    if before == now:
        return True
    return not _TOLD_BY & {kind for kind, _ in changed_records(connection, before)}
