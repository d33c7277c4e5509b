"""What we told other offices we have: it cannot be taken back afterwards (package format §4)."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from app.domain.kernel.readable import readable
from app.exchange.index import Ack
from database.log import packages
from database.log.packages import PackageRow
from database.store.engine import Connection


class Told(msgspec.Struct, frozen=True):
    """One line of what a sealed package acknowledges: a channel without a gap up to `seq`."""

    writer: str
    to: str
    seq: int


class _Account(msgspec.Struct, frozen=True):
    acks: tuple[Told, ...] = ()


def note_acks(connection: Connection, package: int, acks: Iterable[Ack]) -> None:
    """Keep with a sealed package what it acknowledges."""
    account = _Account(tuple(Told(ack.writer, ack.to, ack.seq) for ack in acks))
    packages.update(connection, package, account=msgspec.json.encode(account).decode())


def told_of(connection: Connection, row: PackageRow, *, after: int = 0) -> PackageRow | None:
    """The first package sealed here that acknowledges a received one, or None.

    Only those count that stand in the ledger behind the line `after`.
    """
    for sealed in packages.find(connection, direction="out"):
        if sealed.n <= after:
            continue
        account = msgspec.json.decode(sealed.account or "{}", type=readable(_Account))
        for told in account.acks:
            if (told.writer, told.to) == (row.writer, row.to) and told.seq >= (row.seq or 0):
                return sealed
    return None
