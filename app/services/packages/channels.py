"""The channels between offices: what came, what is missing, what others have of ours."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import islice

import msgspec

from app.domain.campaign.dues import Gap, gaps
from app.domain.merging.ownership import station_of
from app.exchange.envelope import EVERYONE, Header
from app.exchange.index import Ack, Rejected
from app.services.office.office import Office
from app.services.packages.trust_store import trust_of
from app.services.records.units import superiors
from database.books import baselines
from database.books.baselines import Baseline
from database.log import packages
from database.log.packages import PackageRow
from database.store.engine import Connection

RECEIVED = {"merged", "recorded", "withdrawn"}
"""Ledger states in which a package's number counts as received."""


MOST_NAMED = 1000
"""Numbers or revisions named in one list of an acknowledgement: nothing wild fills the index."""


def baseline(connection: Connection, writer: str, to: str) -> int:
    """The last number of a channel that was sent before this office joined."""
    return baselines.of(connection, writer, to)


def begin_channel(office: Office, connection: Connection, row: PackageRow) -> None:
    """An office that joins (again) counts a channel on from this package."""
    rows = packages.of_channel(connection, str(row.writer), str(row.to))
    if not _seqs(rows):
        before = (row.seq or 1) - 1
        baselines.put(
            connection,
            Baseline(str(row.writer), str(row.to), before, office.now(), office.operator),
        )


def channel_reach(connection: Connection, writer: str, to: str) -> Gap:
    """How far a channel is here, and what it lacks."""
    rows = packages.of_channel(connection, writer, to)
    return gaps(_seqs(rows), baseline=baseline(connection, writer, to))


def named(gap: Gap) -> tuple[int, ...]:
    """The first missing numbers, at most `MOST_NAMED`."""
    every = (n for first, last in gap.ranges for n in range(first, last + 1))
    return tuple(islice(every, MOST_NAMED))


def _seqs(rows: list[PackageRow]) -> set[int]:
    return {row.seq for row in rows if row.seq is not None and _is_received(row)}


PASSED_BY = {"TRUST_ROLLBACK": "trust", "NOT_FOR_US": "reference"}
"""Refusals, by the kind of package, of what nobody has to send again: an older trust
document that came late, and reference data sealed for another PC of this office."""


def _is_received(row: PackageRow) -> bool:
    """Whether nobody has to send this number (again)."""
    return row.state in (*RECEIVED, "lost") or (
        row.code is not None and PASSED_BY.get(row.code) == row.kind
    )


def acks_for(connection: Connection, to: str) -> list[Ack]:
    """What to tell the office `to`: each channel of its writers, of those above and below it.

    Not our own channels, of which a copy may have come back to us.
    """
    if to == EVERYONE:
        return []
    path = {to, *superiors(connection, to)}
    return [
        _ack(connection, writer, channel)
        for writer, channel in packages.channels(connection)
        if packages.last_sealed(connection, writer, channel) is None
        if station_of(writer) in path or to in superiors(connection, station_of(writer))
    ]


def _ack(connection: Connection, writer: str, to: str) -> Ack:
    rows = packages.of_channel(connection, writer, to)
    reached = gaps(_seqs(rows), baseline=baseline(connection, writer, to))
    tips = {row.seq or 0: row.tip for row in rows if _is_received(row) and row.tip}
    last = max((seq for seq in tips if seq <= reached.contiguous), default=0)
    merged = {row.n for row in rows if row.state == "merged"}
    return Ack(
        writer=writer,
        to=to,
        seq=last,
        tip=tips.get(last),
        missing=named(reached),
        rejected=tuple(
            Rejected(*pair) for pair in sorted(_rejected(rows, tips.keys()))[:MOST_NAMED]
        ),
        parked=tuple(sorted(_aside(connection, merged))[:MOST_NAMED]),
    )


def _aside(connection: Connection, merged: Iterable[int]) -> set[str]:
    return {h for n in merged for h in packages.names_aside(connection, n, MOST_NAMED)}


LOST, SUPERSEDED = "LOST", "SUPERSEDED"
"""Said by a writer of a number of its own channel, which will not come: there is no copy of it,
or it is a trust document that a newer one carries."""

_WONT_COME = {
    LOST: "第{seq}次的文件对方声明遗失，内容改由以后各次报送",
    SUPERSEDED: "第{seq}次的登记文件已由新的代替",
}


def own_losses(connection: Connection, writer: str, to: str) -> list[Ack]:
    """What to tell the office `to` of our own channels: the numbers that will not come."""
    said = {to: _losses(connection, writer, to)}
    if to != EVERYONE:
        got = acknowledged(connection, writer, EVERYONE, to)
        every = {**_losses(connection, writer, EVERYONE), **_superseded(connection, writer)}
        said[EVERYONE] = {seq: code for seq, code in every.items() if seq > got}
    return [
        Ack(writer, each, 0, None, (), tuple(Rejected(*one) for one in named_losses), ())
        for each, lost in said.items()
        if (named_losses := sorted(lost.items())[:MOST_NAMED])
    ]


def _losses(connection: Connection, writer: str, to: str) -> dict[int, str]:
    rows = packages.find(connection, direction="out", writer=writer, to=to, state="lost")
    return {row.seq or 0: LOST for row in rows}


def _superseded(connection: Connection, writer: str) -> dict[int, str]:
    rows = packages.find(connection, direction="out", writer=writer, to=EVERYONE, kind="trust")
    newest = without_old_trust(rows)
    return {row.seq or 0: SUPERSEDED for row in rows if row not in newest}


def without_old_trust(rows: Sequence[PackageRow]) -> list[PackageRow]:
    """Of trust documents the newest alone: it carries all earlier ones."""
    newest = max((row.seq or 0 for row in rows if row.kind == "trust"), default=0)
    return [row for row in rows if row.kind != "trust" or row.seq == newest]


def note_losses(connection: Connection, header: Header, acks: Iterable[Ack], at: str) -> None:
    """Write down which numbers of its own channels a writer says will not come."""
    for ack in acks:
        if ack.writer == header.writer and ack.to in (header.to, EVERYONE):
            rows = packages.of_channel(connection, ack.writer, ack.to)
            had = {row.seq for row in rows if row.state not in ("refused", "duplicate")}
            said = {one.seq: one for one in ack.rejected if one.code in _WONT_COME}
            for seq in sorted(said.keys() - had)[:MOST_NAMED]:
                _note_loss(connection, ack, said[seq], at)


def _note_loss(connection: Connection, ack: Ack, one: Rejected, at: str) -> None:
    row = PackageRow(
        "in",
        f"lost {ack.writer} {ack.to} {one.seq}",
        "lost",
        at,
        writer=ack.writer,
        to=ack.to,
        seq=one.seq,
        note=_WONT_COME[one.code].format(seq=one.seq),
    )
    packages.add(connection, row)


def _rejected(rows: list[PackageRow], received: Collection[int | None]) -> set[tuple[int, str]]:
    """What is to be said of refused numbers; not of those that somebody else made up."""
    return {
        (row.seq, row.code)
        for row in rows
        if row.state in ("refused", "frozen") and row.seq and row.code
        if row.code != "SIGNER_NOT_WRITER" and (row.state == "frozen" or row.seq not in received)
    }


class AckDetail(msgspec.Struct, frozen=True):
    """The rest of what another office said of a channel of ours."""

    missing: tuple[int, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    parked: tuple[str, ...] = ()


def keep_acks(connection: Connection, teller: str, acks: tuple[Ack, ...]) -> None:
    """Keep what the writer `teller` says it has."""
    rows = [
        packages.AckRow(
            teller,
            ack.writer,
            ack.to,
            ack.seq,
            ack.tip,
            msgspec.json.encode(AckDetail(ack.missing, ack.rejected, ack.parked)).decode(),
        )
        for ack in acks
    ]
    packages.put_acks(connection, rows)


def knows_more(connection: Connection, writer: str, acks: Iterable[Ack]) -> bool:
    """Whether another office has packages of ours that we did not seal.

    Then this store is an old copy, or there is a second one (package format §3).
    """
    for ack in acks:
        if ack.writer != writer:
            continue
        ours = packages.find(connection, direction="out", writer=writer, to=ack.to)
        known = ack.seq == 0 or (ack.seq, ack.tip) in {(row.seq, row.tip) for row in ours}
        if not known or any(one.code == "FORK" for one in ack.rejected):
            return True
    return False


def unconfirmed(connection: Connection, writer: str, to: str, station: str) -> list[PackageRow]:
    """What was sealed for a channel and the office `station` has not confirmed, in order."""
    got = acknowledged(connection, writer, to, station)
    rows = packages.find(connection, direction="out", writer=writer, to=to)
    return [row for row in rows if (row.seq or 0) > got and row.state != "lost"]


def acknowledged(connection: Connection, writer: str, to: str, station: str) -> int:
    """The last number of a channel that the office `station` has without a gap.

    Of several PCs of the office that one counts which has least; one that is no
    longer in use counts until another has spoken. The word of a PC counts only
    where it names the very package that we know.
    """
    trust = trust_of(connection)
    ended = {one.writer for one in trust.document.writers if not one.in_use} if trust else set()
    tips = {(row.seq, row.tip) for row in packages.find(connection, writer=writer, to=to)}
    said: dict[bool, list[int]] = {True: [], False: []}
    for row in packages.acks(connection, writer):
        if row.to == to and station_of(row.teller) == station:
            known = (row.seq, row.tip) in tips
            said[row.teller in ended].append(row.seq if known else 0)
    return min(said[False]) if said[False] else max(said[True], default=0)
