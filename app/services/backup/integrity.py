"""Whether the store is whole, and its rows what the log says (`check`, `check --rebuild`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Any, Literal

import msgspec

from app.domain.kernel.collecting import uncollected
from app.domain.kernel.fields import FieldSpec, Kind, fields_of
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.domain.records import TYPES, Record
from app.services.office.lost_saves import forget_lost_saves, known_loss
from app.services.office.office import Office
from app.services.packages.kept_files import examine_kept
from app.services.records import state_from_log
from app.services.records.record_settling import settled_by_log
from database.log import revisions
from database.state import counts, states
from database.state.filters import equal, filled
from database.store import attachments
from database.store.engine import Connection
from database.upkeep import file_check

FaultKind = Literal[
    "lost", "file", "revision", "state", "scan", "package", "kept", "scan_missing", "number", "link"
]
"""package: a file that some office has still to get is missing or damaged; kept: another
one is, of those sent and received."""

BREAKS: frozenset[FaultKind] = frozenset({"lost", "file", "revision", "state", "scan"})
"""Faults of the store itself; the others are of what was written, or has not come yet."""


NAMED = 20
"""So many rows that differ are named; a person mends them all at once."""


class Fault(msgspec.Struct, frozen=True):
    """One thing found: of what kind, which record, and a sentence."""

    kind: FaultKind
    sentence: str
    type: str = ""
    id: str = ""
    number: str = ""


class Examination(msgspec.Struct, frozen=True):
    """What was looked at and what was found; `digest` is that of the rows as they stay.

    `agrees` says whether the rows were what the log gives; `rebuilt` whether they
    were written anew.
    """

    sound: bool
    agrees: bool
    rebuilt: bool
    revisions: int
    records: int
    digest: str
    faults: tuple[Fault, ...]


def examine_store(
    office: Office,
    *,
    rebuild: bool = False,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Examination:
    """Look at every page, revision, row, attachment, 编号 and link.

    The rows are made again from the log and compared; with `rebuild` the new ones
    stay. Raises `Cancelled`, which leaves everything as it was.
    """
    watch = cancel or Cancel()
    faults: list[Fault] = []
    for label, store in (("正在检查数据文件", office.store), ("正在检查附件文件", office.scans)):
        progress(Step(label))
        watch.check()
        with store.read() as connection:
            faults += [
                _file_fault(store.path.name, line) for line in file_check.file_faults(connection)
            ]
    with uncollected(), office.store.read() as connection:
        progress(Step("正在核对每一次填写"))
        lost = file_check.lost_deliveries(connection)
        faults += [_file_fault(office.store.path.name, line) for line in lost]
        in_log: dict[str, set[str]] = defaultdict(set)
        faults += _of_revisions(connection, in_log)
        watch.check()
        differing = _differing(office, connection, in_log, progress, watch)
    faults += differing
    digest = _made_again(office, progress) if rebuild else _digest(office)
    damaged = attachments.verify(office.scans, progress=progress, cancel=cancel)
    faults += [Fault("scan", f"附件 {sha256[:12]} 已损坏。") for sha256 in damaged]
    for broken in examine_kept(office, progress=progress, cancel=cancel):
        faults.append(Fault("package" if broken.needed else "kept", broken.sentence))
    with office.store.read() as connection:
        progress(Step("正在检查编号和关联"))
        faults += _lost_saves(office, connection)
        faults += [*_doubled_numbers(connection), *_lost_links(connection)]
        faults += _missing_scans(office, connection)
        records = sum(states.count(connection, kind) for kind in TYPES.values())
        lines = revisions.next_n(connection) - 1
    return Examination(
        not any(fault.kind in BREAKS for fault in faults),
        not differing,
        rebuild,
        lines,
        records,
        digest,
        tuple(faults),
    )


def _lost_saves(office: Office, connection: Connection) -> Iterator[Fault]:
    lost = known_loss(connection) or (office.lost if office.read_only else None)
    if lost is not None:
        yield Fault("lost", lost.words)


def _file_fault(name: str, line: str) -> Fault:
    return Fault("file", f"{name}：{line}")


def _of_revisions(connection: Connection, in_log: dict[str, set[str]]) -> Iterator[Fault]:
    """What was altered; `in_log` gets the records of the log by type: it is read but once."""
    for row, whole in file_check.unaltered(connection):
        in_log[row.type].add(row.id)
        if not whole:
            yield Fault("revision", f"第{row.n}次填写的内容已被改动。", row.type, row.id)


def _differing(
    office: Office,
    connection: Connection,
    in_log: Mapping[str, Collection[str]],
    progress: Progress,
    cancel: Cancel,
) -> list[Fault]:
    """The rows that are not what the log gives, the first `NAMED` by name; nothing is written."""
    faults: list[Fault] = []
    total, done = sum(map(len, in_log.values())), 0
    for name, kind in TYPES.items():
        rows, records = 0, sorted(in_log.get(name, ()))
        for settled in settled_by_log(connection, kind, records, office.standpoint, cancel):
            progress(Step("正在由历史记录核对当前内容", done, total))
            expected = {one.id: one.state for one in settled}
            wrong = states.differing(connection, kind, expected)
            faults += (_state_fault(connection, kind, one) for one in wrong)
            rows += sum(state is not None for state in expected.values())
            done += len(settled)
        if states.count(connection, kind) > rows:
            faults.append(Fault("state", f"{kind.label}里有历史记录中没有的内容。", name))
    left = len(faults) - NAMED
    more = [Fault("state", f"还有 {left:,} 条与历史记录不一致。")] if left > 0 else []
    return faults[:NAMED] + more


def _state_fault(connection: Connection, kind: type[Record], record: str) -> Fault:
    found = states.pick(connection, kind, ("number",), equal("id", record))
    number = found[0][0] or "" if found else ""
    words = f"{kind.label}{number}的当前内容与历史记录不一致。"
    return Fault("state", words, kind.type_name, record, number)


def _digest(office: Office) -> str:
    with office.store.read() as connection:
        return states.digest(connection)


def _made_again(office: Office, progress: Progress) -> str:
    with office.store.write() as connection:
        progress(Step("正在由历史记录重算"))
        state_from_log.rebuild(connection, office.standpoint)
        forget_lost_saves(connection)
        return states.digest(connection)


def _doubled_numbers(connection: Connection) -> Iterator[Fault]:
    for name, kind in TYPES.items():
        for number, record, times in counts.doubled_numbers(connection, kind):
            words = f"{kind.label}有{times}条用了同一个编号“{number}”。"
            yield Fault("number", words, name, record, number)


def _lost_links(connection: Connection) -> Iterator[Fault]:
    known = {name: set(_keys(connection, kind)) for name, kind in TYPES.items()}
    for name, kind in TYPES.items():
        lost = sorted(_links_lost(connection, kind, known), key=itemgetter(0))
        for record, number, label in lost:
            words = f"{kind.label}{number}的“{label}”指向的记录不在这里。"
            yield Fault("link", words, name, record, number)


def _links_lost(
    connection: Connection, kind: type[Record], known: Mapping[str, Collection[str]]
) -> Iterator[tuple[str, str, str]]:
    """The id, 编号 and field of every link of a type to what is not here, in any order."""
    specs = [s for s in fields_of(kind) if s.kind in (Kind.LINK, Kind.LINKS)]
    columns = ["id", "number", *(spec.name for spec in specs)]
    for record, number, *values in states.rows(connection, kind, columns):
        for spec, value in zip(specs, values, strict=True):
            for key in _linked(spec, value) if value else ():
                if key not in known[spec.field.links]:
                    yield record, number or "", spec.label


def _keys(connection: Connection, record_type: type[Record]) -> Iterator[str]:
    column = "code" if "code" in states.fields(record_type) else "id"
    for (key,) in states.pick(connection, record_type, (column,)):
        yield key


def _linked(spec: FieldSpec, value: Any) -> Iterable[str]:
    return msgspec.json.decode(value, type=list[str]) if spec.kind is Kind.LINKS else (value,)


def _missing_scans(office: Office, connection: Connection) -> Iterator[Fault]:
    for type_name, kind in TYPES.items():
        rows = states.pick(
            connection,
            kind,
            ("id", "number", "attachments"),
            filled("attachments"),
        )
        for record, number, text in rows:
            for scan in msgspec.json.decode(text):
                sha256, name = scan.get("sha256", ""), scan.get("name", "")
                if not (sha256 and attachments.has(office.scans, sha256)):
                    words = f"{kind.label}{number or ''}的附件“{name}”还没有到。"
                    yield Fault("scan_missing", words, type_name, record, number or "")
