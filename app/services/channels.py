"""The channels between offices: what came, what is missing, what others have of ours."""

from __future__ import annotations

import msgspec

from app.domain.missing import Gap, gaps
from app.domain.ownership import station_of
from app.exchange.header import EVERYONE
from app.exchange.index import Ack, Rejected
from app.services.units import superiors
from database import packages, settings
from database.engine import Connection
from database.packages import PackageRow

RECEIVED = {"merged", "recorded", "withdrawn"}
"""Ledger states in which a package's number counts as received."""


MOST_NAMED = 1000
"""Missing numbers named in one acknowledgement; a wild number must not fill the index."""


def baseline(connection: Connection, writer: str, to: str) -> int:
    """The last number of a channel that was sent before this office joined."""
    kept = settings.get(connection, "baselines", dict[str, int]) or {}
    return kept.get(f"{writer} {to}", 0)


def set_baseline(connection: Connection, writer: str, to: str, seq: int) -> None:
    """Count a channel on from `seq`."""
    kept = settings.get(connection, "baselines", dict[str, int]) or {}
    settings.put(connection, "baselines", kept | {f"{writer} {to}": seq})


def channel_reach(connection: Connection, writer: str, to: str) -> Gap:
    """How far a channel is here, and what it lacks."""
    rows = packages.of_channel(connection, writer, to)
    return gaps(_seqs(rows), baseline=baseline(connection, writer, to))


def _seqs(rows: list[PackageRow]) -> set[int]:
    return {row.seq for row in rows if row.seq is not None and _is_received(row)}


def _is_received(row: PackageRow) -> bool:
    """An older trust document that came late is not taken, but nobody has to send it again."""
    return row.state in RECEIVED or row.code == "TRUST_ROLLBACK"


def acks_for(connection: Connection, to: str) -> list[Ack]:
    """What to tell the office `to`: each channel of its writers, and of the offices below it."""
    if to == EVERYONE:
        return []
    return [
        _ack(connection, writer, channel)
        for writer, channel in packages.channels(connection)
        if to in (station_of(writer), *superiors(connection, station_of(writer)))
    ]


def _ack(connection: Connection, writer: str, to: str) -> Ack:
    rows = packages.of_channel(connection, writer, to)
    reached = gaps(_seqs(rows), baseline=baseline(connection, writer, to))
    tips = {row.seq: row.tip for row in rows if _is_received(row)}
    last = reached.contiguous if reached.contiguous in tips else 0
    merged = {row.n for row in rows if row.state == "merged"}
    return Ack(
        writer=writer,
        to=to,
        seq=last,
        tip=tips.get(last),
        missing=reached.missing[:MOST_NAMED],
        rejected=tuple(
            Rejected(row.seq, row.code)
            for row in rows
            if row.state in ("refused", "frozen") and row.seq and row.code and not _is_received(row)
        ),
        parked=tuple(
            sorted({row.h for n in merged for row in packages.parked(connection, n) if row.h})
        ),
    )


class AckDetail(msgspec.Struct, frozen=True):
    """The rest of what another office said of a channel of ours."""

    missing: tuple[int, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    parked: tuple[str, ...] = ()


def keep_acks(connection: Connection, station: str, acks: tuple[Ack, ...]) -> None:
    """Keep what the office `station` says it has."""
    rows = [
        packages.AckRow(
            station,
            ack.writer,
            ack.to,
            ack.seq,
            ack.tip,
            msgspec.json.encode(AckDetail(ack.missing, ack.rejected, ack.parked)).decode(),
        )
        for ack in acks
    ]
    packages.put_acks(connection, rows)


def acknowledged(connection: Connection, writer: str, to: str) -> int:
    """The last number of our channel that the office addressed has without a gap."""
    return max((row.seq for row in packages.acks(connection, writer) if row.to == to), default=0)
