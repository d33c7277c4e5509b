"""撤销导入: what a sheet brought is taken back, but for what something was built on since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec

from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import Kind, fields_of
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.domain.records import TYPES, Link, Record
from app.domain.records.told import key_field
from app.services.office.duties import require_saving
from app.services.office.office import Office
from app.services.records.field_words import texts_in
from app.services.records.state_from_log import refold
from app.services.reporting.frozen_report import Frozen
from database.books import reports, sheet_imports
from database.books.sheet_imports import SheetImport
from database.log import revisions
from database.log.revisions import Line
from database.state import states
from database.state.filters import filled, live
from database.store.engine import Connection

Imported = SheetImport
"""One import that took place: when, by whom, of which file, and its counts."""

CHANGED = "后来又改过"
SENT = "已经报送"
FROZEN = "正在送审"
USED = "别的记录用到它"


class Staying(msgspec.Struct, frozen=True):
    """A record that stays as it is, and why."""

    type: str
    id: str
    number: str
    why: str


class TakenBack(msgspec.Struct, frozen=True):
    """What taking an import back does, or did: records gone, changes undone, records that stay."""

    batch: int
    file: str
    gone: int
    undone: int
    staying: tuple[Staying, ...]
    records: tuple[tuple[str, str], ...] = ()

    @property
    def changes(self) -> Changes:
        """What to redraw."""
        return Changes.of(self.records)

    @property
    def why(self) -> dict[str, int]:
        """How many stay, by reason."""
        return dict(Counter(one.why for one in self.staying))


def imports(office: Office, record_type: type[Record] | None = None) -> list[Imported]:
    """The imports that took place, the newest first."""
    with office.store.read() as connection:
        return sheet_imports.newest(connection, record_type.type_name if record_type else "")


def look(office: Office, batch: int) -> TakenBack:
    """What taking this import back would do; raises `UserError` NO_IMPORT, UNDONE."""
    with office.store.read() as connection:
        row = _row(connection, batch)
        return _outlook(connection, row)


def take_back(
    office: Office,
    batch: int,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> TakenBack:
    """Take an import back: what it wrote leaves the records and stays in the log.

    Records that were changed, used or reported since stay as they are. Raises `UserError`
    NO_IMPORT, UNDONE, NOTHING_TO_UNDO when everything stays, NOT_YOUR_DUTY; `Cancelled` and then
    nothing was taken back.
    """
    with office.store.write() as connection:
        row = _row(connection, batch)
        require_saving(office, TYPES[row.type], "import")
        found = _outlook(connection, row)
        if not found.records:
            raise UserError(
                "NOTHING_TO_UNDO",
                "这次导入的记录都用上了，不能撤销。",
                why="、".join(f"{why}的{count}条" for why, count in found.why.items()),
                remedy="请逐条修改或作废。",
            )
        progress(Step("撤销导入", 0, len(found.records)))
        going = set(found.records)
        lines = revisions.between(connection, row.first, row.last)
        withdrawn = (line.n for line in lines if (line.type, line.id) in going)
        revisions.set_status(connection, withdrawn, "withdrawn")
        refold(connection, found.records, office.standpoint, cancel)
        sheet_imports.set_undone(connection, batch, office.now(), office.operator)
        progress(Step("撤销导入", len(found.records), len(found.records)))
    return found


def _row(connection: Connection, batch: int) -> SheetImport:
    row = sheet_imports.find(connection, batch)
    if row is None:
        raise UserError("NO_IMPORT", "没有这次导入。", remedy="请在导入记录里选择。")
    if row.undone_at:
        raise UserError("UNDONE", f"“{row.file}”的导入已经撤销过。")
    return row


def _outlook(connection: Connection, row: SheetImport) -> TakenBack:
    lines = revisions.between(connection, row.first, row.last)
    begun = {(line.type, line.id): line.begins for line in lines}
    why = _built_on(connection, row, lines)
    _add_used(connection, begun, why)
    going = tuple(pair for pair in begun if pair[1] not in why)
    gone = sum(begun[pair] for pair in going)
    staying = tuple(_staying(connection, begun, why))
    return TakenBack(row.n, row.file, gone, len(going) - gone, staying, going)


def _built_on(connection: Connection, row: SheetImport, lines: list[Line]) -> dict[str, str]:
    """The records that stay for what happened to themselves."""
    span = row.first, row.last
    frozen = [
        name
        for content in reports.open_contents(connection)
        for name in msgspec.json.decode(content, type=Frozen).revisions
    ]
    why = dict.fromkeys(revisions.named_in(connection, *span, frozen), FROZEN)
    why |= dict.fromkeys(revisions.packed_of(connection, *span), SENT)
    why |= dict.fromkeys(revisions.changed_after(connection, *span), CHANGED)
    return why


def _add_used(
    connection: Connection, begun: Mapping[tuple[str, str], bool], why: dict[str, str]
) -> None:
    """Add new records that stay because one that stays, or is no part of this, points at them."""
    pointers = list(_pointers(connection, begun))
    while True:
        found = {
            target
            for source, target in pointers
            if target not in why and (source in why or source not in {key for _, key in begun})
        }
        if not found:
            return
        why |= dict.fromkeys(found, USED)


def _pointers(
    connection: Connection, begun: Mapping[tuple[str, str], bool]
) -> Iterator[tuple[str, str]]:
    """Who points at whom: (record, new record of this import)."""
    new = {type_name: set[str]() for type_name, _ in begun}
    for (type_name, key), begins in begun.items():
        if begins:
            new[type_name].add(key)
    for kind in TYPES.values():
        for spec in fields_of(kind):
            targets = new.get(spec.field.links, set())
            if not targets or key_field(TYPES[spec.field.links]) != "id":
                continue
            columns = ("id", spec.name)
            for source, value in states.pick(connection, kind, columns, live(), filled(spec.name)):
                pointed = texts_in(spec, value) if spec.kind is Kind.LINKS else (value,)
                yield from ((source, one) for one in pointed if one in targets)
    everything = set().union(*new.values())
    for source, *ends in states.pick(connection, Link, ("id", "one", "other"), live()):
        yield from ((source, one) for one in ends if one in everything)


def _staying(
    connection: Connection, begun: Mapping[tuple[str, str], bool], why: Mapping[str, str]
) -> Iterator[Staying]:
    for type_name, key in begun:
        if key in why:
            state = states.get(connection, TYPES[type_name], key)
            number = state.record.number if state else ""
            yield Staying(type_name, key, number, why[key])
