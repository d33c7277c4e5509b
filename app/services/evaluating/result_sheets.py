"""考评结果 that an office above sent, and the 申诉 of this office against it (R43, R47).

seen_sheet(office, key).lines             # a criterion each, with what was said against it
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.records import ScoreAppeal, ScoreSheet, SheetAnswer, SheetLine
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.people.paper_names import operator_of
from app.services.records import voiding
from app.services.records.saving import find_one, save_within
from app.services.records.units import name_of
from database.state import states
from database.state.filters import equal, live, not_, owned_by
from database.state.states import State
from database.store.engine import Connection


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A criterion: its points, what is answered, and the own 申诉 that waits, if any."""

    line: SheetLine
    answers: tuple[SheetAnswer, ...]
    waiting: State[ScoreAppeal] | None

    @property
    def corrected(self) -> bool:
        """Whether the points come of an 申诉."""
        return any(one.points for one in self.answers)


@dataclass(frozen=True, slots=True)
class SheetSeen:
    """A sheet as it stands: who sent it, to whom, its criteria."""

    state: State[ScoreSheet]
    maker: str
    office: str
    rows: tuple[SheetRow, ...]

    @property
    def record(self) -> ScoreSheet:
        """What was told."""
        return self.state.record

    @property
    def issued(self) -> bool:
        """Whether nothing of it changes any more."""
        return self.record.issued_at is not None

    def row(self, criterion: str) -> SheetRow:
        """A criterion by its id or name; raises `UserError` NO_CELL."""
        named = (criterion,)
        found = (one for one in self.rows if one.line.id in named or one.line.name in named)
        row = next(found, None)
        if row is None:
            raise UserError("NO_CELL", f"没有考评项目“{criterion}”。", remedy="请核对项目。")
        return row


def listed_sheets(office: Office) -> list[State[ScoreSheet]]:
    """The sheets for this office, the newest first.

    Two computers of the office above may have told of one 考评; the word about the newer holds,
    also where it is that nothing is told any more.
    """
    with office.store.read() as connection:
        return listed_within(office, connection)


def listed_within(office: Office, connection: Connection) -> list[State[ScoreSheet]]:
    """As `listed_sheets`, within a transaction."""
    own = office.identity.station
    mine = equal("station", own), not_(equal("owner", own))
    found = states.find(connection, ScoreSheet, *mine)
    found.sort(key=lambda one: (one.record.told_of, one.changed_at, one.id))
    once = {one.record.source: one for one in found}
    told = [one for one in once.values() if not one.void]
    return sorted(told, key=lambda one: one.record.as_of or dt.date.min, reverse=True)


def seen_sheet(office: Office, key: str) -> SheetSeen:
    """One sheet by its id or the name of its 考评; raises `UserError` NOT_FOUND."""
    known = {one.record.title: one.id for one in listed_sheets(office)}
    with office.store.read() as connection:
        return _seen(office, connection, known.get(key, key))


def _seen(office: Office, connection: Connection, key: str) -> SheetSeen:
    state = find_one(connection, ScoreSheet, key)
    one = state.record
    ours = states.find(
        connection, ScoreAppeal, live(), owned_by(office.identity.station),
        equal("source", one.source), order=("id",),
    )  # fmt: skip
    answered = {answer.appeal for answer in one.answers}
    waiting = {told.record.criterion: told for told in ours if told.id not in answered}
    rows = (
        SheetRow(
            line,
            tuple(answer for answer in one.answers if answer.criterion == line.id),
            waiting.get(line.id),
        )
        for line in one.lines
    )
    return SheetSeen(
        state,
        name_of(connection, state.owner),
        name_of(connection, office.identity.station),
        tuple(rows),
    )


@needs("key")
def object_to(
    office: Office,
    key: str,
    criterion: str,
    said: str,
    evidence: str = "",
    *,
    base: SheetSeen | None = None,
) -> Changes:
    """申诉: say why the points of a criterion are not right; it goes up with the next submission.

    One that waits for its answer is written anew. `base` is what was looked at before. Raises
    `UserError` NO_CELL, ISSUED, STALE where new points came since, and as `saving.save`.
    """
    with office.store.write() as connection:
        sheet = _seen(office, connection, key)
        row = sheet.row(criterion)
        _require_open(sheet)
        _refuse_stale(office, connection, sheet, base)
        typed = {
            "source": sheet.record.source,
            "criterion": row.line.id,
            "title": sheet.record.title,
            "name": row.line.name,
            "points": row.line.points or "",
            "said": said.strip(),
            "evidence": evidence.strip(),
            "said_on": office.today().isoformat(),
            "said_by": operator_of(connection, office).name,
        }
        record = row.waiting.id if row.waiting else None
        saved = save_within(office, connection, ScoreAppeal, typed, record=record)
        return saved.changes


@needs("key")
def withdraw(office: Office, key: str, criterion: str) -> Changes:
    """Take back the 申诉 of a criterion that waits for its answer.

    Raises `UserError` NOT_FOUND, NO_CELL, ISSUED.
    """
    with office.store.write() as connection:
        sheet = _seen(office, connection, key)
        _require_open(sheet)
        waiting = sheet.row(criterion).waiting
        if waiting is None:
            raise UserError(
                "NOT_FOUND",
                "这一项没有等待答复的申诉。",
                remedy="上级已经答复的不能撤回，还有意见可以再申诉。",
            )
        return voiding.void_within(office, connection, ScoreAppeal, waiting.id, "撤回申诉").changes


def _require_open(sheet: SheetSeen) -> None:
    if sheet.issued:
        raise UserError(
            "ISSUED",
            f"“{sheet.record.title}”已经定稿，不能再申诉。",
            remedy=f"有不同意见的，请和{sheet.maker}联系。",
        )


def _refuse_stale(
    office: Office, connection: Connection, sheet: SheetSeen, base: SheetSeen | None
) -> None:
    told = listed_within(office, connection)
    holds = next((one for one in told if one.record.source == sheet.record.source), sheet.state)
    if base is not None and base.state.h != holds.h:
        at = holds.changed_at
        raise UserError(
            "STALE",
            f"{sheet.maker}（{int(at[5:7])}月{int(at[8:10])}日 {at[11:16]}）又发来了新的结果，"
            "您的没有写入。",
            remedy="请看过最新内容再申诉。",
        )
