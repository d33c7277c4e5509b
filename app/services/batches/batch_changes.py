"""批量: one field set, 作废, 采用 or 不采用 of many records; each keeps its history, one undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import msgspec

from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec, Kind, fields_of
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.domain.records import TYPES, Record
from app.services.batches import span_undo
from app.services.batches.span_undo import Outlook
from app.services.lists.added_fields import added_fields
from app.services.office.duties import require_saving
from app.services.office.office import Office
from app.services.records import saving, settling, voiding
from app.services.records.link_resolving import Links
from app.services.records.saving import Saved, find_one
from app.services.reviewing import open_reviews, refusals
from app.services.reviewing.stale_base import position, refuse_stale
from database.books import batches
from database.books.batches import BatchRow
from database.log import revisions
from database.state import states
from database.store.engine import Connection

__all__ = [
    "BatchDone",
    "BatchRow",
    "Left",
    "adopt_many",
    "done_before",
    "refuse_many",
    "seen_up_to",
    "set_field",
    "settable",
    "take_back",
    "void_many",
]

MOST = 5000
"""Records changed at once; beyond that somebody forgot to narrow the list."""

_KINDS = frozenset(Kind) - {Kind.ROWS, Kind.OBJECT}
_STEP = 20


class Left(msgspec.Struct, frozen=True):
    """A record that was left as it is, and why."""

    id: str
    number: str
    why: str


class BatchDone(msgspec.Struct, frozen=True):
    """What came of it: how many were changed, how many said so already, which were left."""

    batch: int
    what: str
    changed: int
    same: int
    left: tuple[Left, ...]
    changes: Changes


def settable(record_type: type[Record], added: Sequence[FieldSpec] = ()) -> tuple[FieldSpec, ...]:
    """The fields that many records may be given at once: none that tells one from another.

    Those that campaigns `added` come last.
    """
    facts = record_type.facts
    own = {"number", "owner", *facts.title, *(name for group in facts.certain for name in group)}
    return tuple(
        spec
        for spec in (*fields_of(record_type), *added)
        if spec.kind in _KINDS
        and not (spec.field.hidden or spec.field.sensitive or spec.field.indexed)
        and spec.name not in own - {facts.day}
    )


def set_field(
    office: Office,
    record_type: type[Record],
    records: Sequence[str],
    field: str,
    value: object,
    *,
    why: str | None = None,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> BatchDone:
    """Give each of these records this value (as typed; None empties) in a field.

    What a check refuses, or another office owns, is left and named. Raises `UserError` FIELD,
    TOO_MANY, NOTHING_DONE, NOT_YOUR_DUTY; `Cancelled`, and then nothing was changed.
    """
    known = settable(record_type, added_fields(office, record_type))
    spec = next((one for one in known if one.name == field), None)
    if spec is None:
        raise UserError("FIELD", "这一项不能成批地改。", remedy="请逐条修改。")

    def change(connection: Connection, links: Links, record: str) -> Saved:
        typed = {field: value}
        return saving.save_within(
            office, connection, record_type, typed, record=record, why=why, links=links
        )

    said = "清空" if value in (None, "", [], ()) else "改"
    what = f"{said}“{spec.label}”"
    return _each(office, record_type, records, what, change, progress=progress, cancel=cancel)


def void_many(
    office: Office,
    record_type: type[Record],
    records: Sequence[str],
    why: str,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> BatchDone:
    """作废 each of these records for one reason; else as `set_field`. Raises `UserError` WHY."""
    if not why.strip():
        raise UserError("WHY", "作废要写明原因。", remedy="请填写原因。")

    def change(connection: Connection, links: Links, record: str) -> Saved:
        return voiding.void_within(office, connection, record_type, record, why)

    what = f"作废（{why.strip()}）"
    return _each(office, record_type, records, what, change, progress=progress, cancel=cancel)


def adopt_many(
    office: Office,
    record_type: type[Record],
    records: Sequence[str],
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> BatchDone:
    """采用 what the office above proposes of each of these records; else as `set_field`.

    A record of which nothing is proposed counts as one that says so already.
    """
    with office.store.read() as connection:
        found = dict(open_reviews.proposed(connection, record_type, records))

    def change(connection: Connection, links: Links, record: str) -> Saved:
        saved = Saved(find_one(connection, record_type, record), (), Changes())
        for review in found.get(record, ()):
            saved = settling.adopt_within(links, record_type, record, review)
        return saved

    what = "采用更正建议"
    return _each(office, record_type, records, what, change, progress=progress, cancel=cancel)


def refuse_many(
    office: Office,
    record_type: type[Record],
    records: Sequence[str],
    why: str,
    *,
    base: int | None = None,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> BatchDone:
    """不采用 of what the office above proposes of each of these records; else as `adopt_many`.

    `base` is the place in the log up to which the person had read: what was said of a record, or
    came, since then is left, and told with who and when. Raises `UserError` WHY.
    """
    if not why.strip():
        raise UserError("WHY", "不采用要写明理由。", remedy="请写明为什么原来填的对。")
    with office.store.read() as connection:
        found = dict(open_reviews.proposed(connection, record_type, records))

    def change(connection: Connection, links: Links, record: str) -> Saved:
        saved = Saved(find_one(connection, record_type, record), (), Changes())
        if record in found:
            refuse_stale(office, connection, (record,), base)
        for review in found.get(record, ()):
            told = refusals.refuse_within(links, record_type, record, review, why)
            saved = Saved(told.state, (), saved.changes | told.changes)
        return saved

    what = f"不采用（{why.strip()}）"
    return _each(office, record_type, records, what, change, progress=progress, cancel=cancel)


def _each(
    office: Office,
    record_type: type[Record],
    records: Sequence[str],
    what: str,
    change: Callable[[Connection, Links, str], Saved],
    *,
    progress: Progress,
    cancel: Cancel | None,
) -> BatchDone:
    require_saving(office, record_type)
    if len(records) > MOST:
        raise UserError(
            "TOO_MANY",
            f"一次最多改 {MOST:,} 条，现在是 {len(records):,} 条。",
            remedy="请先筛选，分几次改。",
        )
    made = _Made()
    with office.store.write() as connection:
        first, links = revisions.next_n(connection), Links(office, connection)
        for done, record in enumerate(records):
            if cancel is not None:
                cancel.check()
            if done % _STEP == 0:
                progress(Step("正在修改", done, len(records)))
            try:
                made.count(change(connection, links, record))
            except UserError as problem:
                number = _number(connection, record_type, record)
                made.left.append(Left(record, number, str(problem)))
        if not made.changed:
            raise _nothing_done(made.left)
        last = revisions.next_n(connection) - 1
        name, at = record_type.type_name, office.now()
        row = BatchRow(0, at, office.operator, name, what, made.changed, first, last)
        n = batches.add(connection, row)
    return BatchDone(n, what, made.changed, made.same, tuple(made.left), made.changes)


@dataclass(slots=True)
class _Made:
    """What came of the records so far, as `BatchDone` tells it."""

    changed: int = 0
    same: int = 0
    left: list[Left] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)

    def count(self, saved: Saved) -> None:
        """A record was saved, or said so already."""
        self.changed += bool(saved.changes.ids)
        self.same += not saved.changes.ids
        self.changes |= saved.changes


def _number(connection: Connection, record_type: type[Record], record: str) -> str:
    state = states.get(connection, record_type, record)
    return state.record.number if state else ""


def _nothing_done(left: Sequence[Left]) -> UserError:
    if not left:
        return UserError("NOTHING_DONE", "这些记录已经是这样，没有要改的。")
    first = left[0]
    return UserError(
        "NOTHING_DONE", f"一条也没有改：{first.number}　{first.why}", remedy="请逐条修改。"
    )


def seen_up_to(office: Office) -> int:
    """The place in the log up to which a person has seen everything who looks now."""
    with office.store.read() as connection:
        return position(connection)


def done_before(office: Office, record_type: type[Record]) -> list[BatchRow]:
    """The changes of many that took place, the newest first."""
    with office.store.read() as connection:
        return batches.newest(connection, record_type.type_name)


def take_back(
    office: Office, batch: int, *, progress: Progress = silent, cancel: Cancel | None = None
) -> Outlook:
    """Take all of it back but what was changed, used or reported since.

    Raises `UserError` NO_BATCH, UNDONE, NOTHING_TO_UNDO, NOT_YOUR_DUTY; `Cancelled`.
    """
    with office.store.write() as connection:
        row = batches.find(connection, batch)
        if row is None:
            raise UserError("NO_BATCH", "没有这次批量修改。")
        if row.undone_at:
            raise UserError("UNDONE", "这次批量修改已经撤销过。")
        require_saving(office, TYPES[row.type])
        found = span_undo.outlook(connection, row.first, row.last)
        if not found.records:
            why = "、".join(f"{why}的{count}条" for why, count in found.why.items())
            raise UserError(
                "NOTHING_TO_UNDO", "这次批量修改不能撤销了。", why=why, remedy="请逐条修改。"
            )
        progress(Step("正在撤销", 0, len(found.records)))
        span_undo.withdraw(office, connection, (row.first, row.last), found, cancel)
        batches.set_undone(connection, batch, office.now(), office.operator)
    return found
