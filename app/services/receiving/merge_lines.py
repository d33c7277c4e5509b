"""汇总: the record lines of one verified package go into the log (package format §4).

Everything happens inside the caller's transaction; nothing of it stays when
the package turns out bad at its last line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from app.domain.kernel.collecting import uncollected
from app.domain.kernel.progress import Cancel
from app.domain.kernel.readable import readable
from app.domain.merging.ownership import Standpoint, owner_of_root, station_of
from app.domain.merging.revision import Revision
from app.domain.merging.written import Written
from app.domain.records import TYPES, Record, Review
from app.exchange.records import Good, Spoken
from app.exchange.refusal import Parked, Refused
from app.services.receiving.line_faults import UNFIT, LineFaults
from app.services.records.record_settling import Settled, told_about
from app.services.records.state_from_log import SPEAKING, refold
from database.log import packages, revisions
from database.log.packages import ParkedRow
from database.log.revisions import StoredRevision
from database.state import bulk, record_rows, states
from database.store.engine import Connection

BATCH = 2000
_HEAVY = 8 << 20
"""Bytes of lines taken in together; two thousand of the usual length are a megabyte."""
MOST_REVISIONS = 2000
"""Revisions of one record in one package; an office sends what it saved since the last time."""


@dataclass
class Tally:
    """What a package held, and what became of each line.

    contained = new + same + conflict + waiting + parked, each one saving (次填写) of one of
    the `distinct` records that can be read; `changed` of the new
    ones change a record that came before, in another package. `differing` are (type, id, 编号,
    paths) of the records with 两处填写不一致.
    """

    contained: int = 0
    distinct: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    conflict: int = 0
    waiting: int = 0
    parked: int = 0
    records: dict[str, int] = field(default_factory=dict)
    differing: list[tuple[str, str, str, tuple[str, ...]]] = field(default_factory=list)


_Place = Literal["first", "next", "other"]


def _batches(lines: Iterable[Good | Parked]) -> Iterator[list[Good | Parked]]:
    batch: list[Good | Parked] = []
    size = 0
    for line in lines:
        batch.append(line)
        size += len(line.raw) if isinstance(line, Good) else 0
        if len(batch) >= BATCH or size > _HEAVY:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


class Merger:
    """Takes the lines of one package into the log."""

    def __init__(
        self,
        connection: Connection,
        package: int,
        standpoint: Standpoint,
        cancel: Cancel | None = None,
    ) -> None:
        self.tally = Tally()
        self._cancel = cancel or Cancel()
        self._changes: Counter[str] = Counter()
        self.touched: dict[tuple[str, str], None] = {}
        self._connection = connection
        self._package = package
        self._standpoint = standpoint
        self._faults = LineFaults(connection, standpoint)
        self._next = revisions.next_n(connection)
        self._told = states.first(connection, Review) is not None
        self._begun: dict[str, tuple[str, str, str]] = {}
        """Of the records that began in this package: type, first revision, and who wrote it."""
        self._heads: dict[str, str] = {}
        """Of these records the last revision, where it is not the first."""
        self._added: dict[str, tuple[str, str]] = {}
        self._brought: set[str] = set()
        """The records of which this package brings a first version."""

    def take(self, lines: Iterable[Good | Parked]) -> None:
        """Take every line in, then settle what waits and fold what was touched.

        Raises `Refused` HISTORY_INVALID when the package changes one record more
        often than any office does, `Cancelled`.
        """
        with uncollected():
            for batch in _batches(lines):
                self._cancel.check()
                self._take_batch(batch)
            self._finish()

    def brought(self, types: Iterable[type[Record]]) -> dict[str, set[str]]:
        """The ids of the records of these types that it brought something new of."""
        found: dict[str, set[str]] = {one.type_name: set() for one in types}
        for record, (name, *_) in self._begun.items():
            if name in found:
                found[name].add(record)
        for name, record in self._added.values():
            if name in found:
                found[name].add(record)
        return found

    def park(self, h: str | None, code: str, reason: str, raw: bytes | None = None) -> None:
        """Set one line or scan aside."""
        packages.park(self._connection, [ParkedRow(self._package, h, code, reason, raw)])

    def _take_batch(self, batch: list[Good | Parked]) -> None:
        self.tally.contained += len(batch)
        good = [line for line in batch if isinstance(line, Good)]
        self._count_changes(good)
        self._park([line for line in batch if isinstance(line, Parked)])
        here = revisions.known(self._connection, dict.fromkeys(one.revision.id for one in good))
        known = {h: one for found in here.values() for h, one in found.items()}
        self._old_lines([line for line in good if line.h in known], known)
        fresh = {line.h: line for line in good if line.h not in known}
        self.tally.same += len(good) - len(fresh) - sum(line.h in known for line in good)
        self._new_lines(list(fresh.values()), set(here))

    def _park(self, lines: list[Parked]) -> None:
        self.tally.parked += len(lines)
        rows = [ParkedRow(self._package, one.h, one.code, one.reason, one.raw) for one in lines]
        packages.park(self._connection, rows)

    def _count_changes(self, lines: list[Good]) -> None:
        records = [line.revision.id for line in lines]
        self._changes.update(records)
        self.tally.distinct = len(self._changes)
        worst = max(records, key=self._changes.__getitem__, default="")
        if self._changes[worst] > MOST_REVISIONS:
            raise Refused("HISTORY_INVALID", worst)

    def _set_aside(self, h: str | None, code: str, reason: str, raw: bytes | None = None) -> None:
        self.tally.parked += 1
        self.park(h, code, reason, raw)

    def _old_lines(self, lines: list[Good], known: dict[str, revisions.Known]) -> None:
        """Lines whose revision is here already; one that does not count is judged anew."""
        back = [line for line in lines if known[line.h].status in ("withdrawn", "barred")]
        self.tally.same += len(lines) - len(back)
        packages.deliver(self._connection, self._package, (known[line.h].n for line in lines))
        revisions.set_status(self._connection, (known[line.h].n for line in back), "waiting")
        for line in back:
            self._note(line, "waiting")

    def _note(self, line: Good, status: str) -> None:
        if not line.revision.parents:
            self._brought.add(line.revision.id)
        self._added[line.h] = (line.revision.type, line.revision.id)
        if status == "waiting":
            self.touched[line.revision.type, line.revision.id] = None

    def _new_lines(self, lines: list[Good], known: set[str]) -> None:
        """Take in lines that are not here; `known` are the records of which others are."""
        if self._told:
            known |= told_about(self._connection, [line.revision.id for line in lines]).keys()
        rows: list[StoredRevision] = []
        begun: dict[str, dict[str, record_rows.Row]] = {}
        changed: dict[str, dict[str, record_rows.Row]] = {}
        for line, row in zip(lines, self._rows(lines), strict=True):
            r = line.revision
            fault = self._faults.of(r)
            if fault is not None or row is None:
                code, reason = fault or UNFIT
                self._set_aside(line.h, code, reason, line.raw)
                continue
            place = self._place(r, known)
            known.add(r.id)
            rows.append(self._stored(line, place))
            here = begun.setdefault(r.type, {})
            if place == "first" or (place == "next" and r.id in here):
                here[r.id] = row
            elif place == "next":
                changed.setdefault(r.type, {})[r.id] = row
        bulk.add(
            self._connection,
            rows,
            {TYPES[name]: list(found.values()) for name, found in begun.items()},
            self._package,
        )
        for name, found in changed.items():
            states.put_rows(self._connection, TYPES[name], list(found.values()))

    def _place(self, r: Spoken, known: set[str]) -> _Place:
        """Whether a line begins a record, is the next of one that began here, or neither.

        Of a record that one PC of its owner began and changed, step after step, the last
        line says all; the fold would say the same.
        """
        if not r.parents:
            return "other" if r.id in known else "first"
        begun = self._begun.get(r.id)
        if begun is None or r.op == "merge":
            return "other"
        name, h, writer = begun
        follows = r.parents == (self._heads.get(r.id, h),)
        same_hand = r.writer == writer and r.type == name
        of_city = station_of(writer) == self._standpoint.city
        return "next" if follows and same_hand and not of_city else "other"

    def _rows(self, lines: Sequence[Good]) -> list[record_rows.Row | None]:
        """For each line the state row of its record if it says all; None where it does not fit."""
        rows: list[record_rows.Row | None] = [None] * len(lines)
        groups: dict[str, tuple[list[int], list[record_rows.First], list[Record]]] = {}
        for n, line in enumerate(lines):
            r = line.revision
            record = self._record(r)
            if record is not None:
                numbers, firsts, records = groups.setdefault(r.type, ([], [], []))
                numbers.append(n)
                firsts.append(record_rows.First(r.id, line.h, r.at, r.by, r.writer))
                records.append(record)
        for numbers, firsts, records in groups.values():
            for n, row in zip(numbers, _fitting(firsts, records), strict=True):
                is_void = lines[n].revision.op == "void"
                rows[n] = (*row[:5], 1, *row[6:]) if is_void and row else row
        return rows

    def _record(self, r: Spoken) -> Record | None:
        """What a line says, with its owner; None where it does not fit the fields of its type."""
        record = r.record if isinstance(r, Written) else _typed(r)
        if record is None:
            return None
        owner = owner_of_root(r.writer, {"owner": record.owner}, self._standpoint.city)
        return record if record.owner == owner else msgspec.structs.replace(record, owner=owner)

    def _stored(self, line: Good, place: _Place) -> StoredRevision:
        r = line.revision
        number, self._next = self._next, self._next + 1
        if place == "first":
            self._begun[r.id] = (r.type, line.h, r.writer)
        else:
            self._added[line.h] = (r.type, r.id)
        if place == "next":
            self._heads[r.id] = line.h
        elif place == "other":
            self.touched[r.type, r.id] = None
        status: revisions.Status = "waiting" if place == "other" else "live"
        return StoredRevision(
            number, line.h, r.id, r.type, r.parents, r.writer, r.at, r.by, r.op, line.raw, status
        )

    def _finish(self) -> None:
        """Fold what was touched, park what nobody may write, and count."""
        speaking = [(name, one) for one, (name, *_) in self._begun.items() if name in SPEAKING]
        touched = [*self.touched, *speaking]
        settled = refold(self._connection, touched, self._standpoint, self._cancel)
        barred = {one.row.h for each in settled for one in each.barred}
        begun = [record for record, (_, h, _) in self._begun.items() if h in barred]
        added = self._added.keys() & barred
        for record in begun:
            del self._begun[record]
        for h in added:
            del self._added[h]
        self.tally.parked += len(begun) + len(added)
        self._count(settled)

    def _count(self, settled: list[Settled]) -> None:
        waiting = {row.h for one in settled for row in one.waiting}
        open_ones = {one.id for one in settled if one.state and one.state.conflicts}
        self.tally.differing = [
            (one.type, one.id, one.state.record.number, tuple(one.state.conflicts))
            for one in settled
            if one.state and one.state.conflicts
        ]
        self.tally.conflict = len(open_ones & self._begun.keys())
        self.tally.new = len(self._begun) - self.tally.conflict
        records = Counter(name for name, *_ in self._begun.values())
        for h, (type_name, record) in self._added.items():
            records[type_name] += 1
            if h in waiting:
                self.tally.waiting += 1
            elif record in open_ones:
                self.tally.conflict += 1
            else:
                self.tally.new += 1
                self.tally.changed += record not in self._begun and record not in self._brought
        self.tally.records = dict(records)


def _fitting(
    firsts: Sequence[record_rows.First], records: Sequence[Record]
) -> Sequence[record_rows.Row | None]:
    """The rows of records of one type, None for each with a number that no column holds."""
    try:
        return list(record_rows.first_rows(firsts, records))
    except OverflowError:
        if len(records) == 1:
            return [None]
        pairs = zip(firsts, records, strict=True)
        return [row for first, record in pairs for row in _fitting([first], [record])]


def _typed(revision: Revision) -> Record | None:
    """The record of a body; None when it does not fit its fields, or its type is unknown here."""
    record_type = TYPES.get(revision.type)
    if record_type is None:
        return None
    try:
        return msgspec.convert(revision.body, readable(record_type))
    except msgspec.ValidationError:
        return None
