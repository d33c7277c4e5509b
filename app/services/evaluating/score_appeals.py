"""申诉 that offices below sent against their points: answered, and the answer taken back."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.records import Evaluation, ScoreAppeal
from app.services.evaluating.evaluation_seen import EvaluationSeen, cell_against, waiting_of
from app.services.evaluating.open_evaluation import (
    open_cell,
    refuse_other_points,
    require_open,
    row_body,
)
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.people.paper_names import operator_of
from app.services.records.saving import find_one, save_within
from app.services.records.units import name_of
from app.services.records.who_and_when import who_and_when
from database.state import states
from database.state.filters import empty, live, owned_by
from database.state.states import State
from database.store.engine import Connection


@dataclass(frozen=True, slots=True)
class Decision:
    """What an 申诉 is answered, and the points from then on; "" lets them stand (维持)."""

    answer: str
    points: str = ""


@needs("key")
def decide(
    office: Office,
    key: str,
    appeal: str,
    decision: Decision,
    base: EvaluationSeen | None = None,
) -> Changes:
    """Answer an 申诉 (its id or 编号) of an office below; `base` is what was looked at before.

    The answer goes down with the next 回执. Raises `UserError` STALE where somebody else answered
    it, where the office changed it or where the points are others since; as `evaluations.give`.
    """
    with office.store.write() as connection:
        told = find_one(connection, ScoreAppeal, appeal)
        state = find_one(connection, Evaluation, key)
        _require_about(state, told)
        _refuse_answered(state, told)
        cell = cell_against(connection, state, told)
        open_cell(office, connection, key, cell)
        _refuse_changed(connection, base, told)
        refuse_other_points(connection, base, state, cell)
        row = {
            "id": told.id,
            "unit": cell[0],
            "criterion": cell[1],
            "appeal": told.id,
            "said": told.record.said,
            "answer": decision.answer.strip(),
            "points": decision.points.strip(),
            "on": office.today().isoformat(),
            "by": operator_of(connection, office).name,
        }
        rows = [*map(row_body, state.record.appeals), {n: v for n, v in row.items() if v}]
        return _keep(office, connection, state, rows)


@needs("key")
def take_back(office: Office, key: str, appeal: str) -> Changes:
    """Take the answer to an 申诉 back, which then waits again and is told so with the next 回执.

    Raises `UserError` ISSUED, NOT_ANSWERED, NOT_OWNER.
    """
    with office.store.write() as connection:
        told = find_one(connection, ScoreAppeal, appeal)
        state = find_one(connection, Evaluation, key)
        require_open(state)
        rows = [row_body(row) for row in state.record.appeals if row.appeal != told.id]
        if len(rows) == len(state.record.appeals):
            raise UserError("NOT_ANSWERED", "这条申诉还没有答复。", remedy="不用撤回。")
        return _keep(office, connection, state, rows)


def waiting_in(office: Office, connection: Connection) -> list[tuple[str, str]]:
    """Every 申诉 that waits for an answer here: the id of its 考评, the name of its office."""
    asked = live(), owned_by(office.identity.station), empty("issued_at")
    return [
        (state.id, name_of(connection, told.owner))
        for state in states.find(connection, Evaluation, *asked)
        for every in waiting_of(connection, state).values()
        for told in every
    ]


def _keep(
    office: Office,
    connection: Connection,
    state: State[Evaluation],
    rows: list[dict[str, object]],
) -> Changes:
    typed = {"appeals": rows}
    saved = save_within(office, connection, Evaluation, typed, record=state.id, base=state.h)
    return saved.changes


def _require_about(state: State[Evaluation], told: State[ScoreAppeal]) -> None:
    if told.record.source != state.id or told.owner == state.owner:
        raise UserError("NOT_FOUND", "这条申诉说的不是这次考评。", remedy="请核对编号。")
    if told.void:
        raise UserError("VOIDED", "这条申诉已经撤回。", remedy="不用答复。")


def _refuse_answered(state: State[Evaluation], told: State[ScoreAppeal]) -> None:
    row = next((one for one in state.record.appeals if one.appeal == told.id), None)
    if row is not None:
        day = f"（{row.on.month}月{row.on.day}日）" if row.on else ""
        raise UserError(
            "STALE",
            f"{row.by}{day}已经答复了这条申诉：{row.answer}。您的没有写入。",
            remedy="要改的请先撤回答复。",
        )


def _refuse_changed(
    connection: Connection, base: EvaluationSeen | None, told: State[ScoreAppeal]
) -> None:
    seen = {one.id: one.h for every in base.waiting.values() for one in every} if base else {}
    if base is not None and seen.get(told.id) != told.h:
        whose = name_of(connection, told.owner)
        who = who_and_when(connection, told.changed_by, told.changed_at)
        raise UserError(
            "STALE",
            f"{whose}{who}又改了这条申诉，您的没有写入。",
            remedy="请看过最新内容再答复。",
        )
