"""What may be changed of an 考评: one's own, not issued, and nothing over what was not seen."""

from __future__ import annotations

from typing import Any

import msgspec

from app.domain.checking.evaluation_rules import Cell
from app.domain.kernel.errors import UserError
from app.domain.records import Evaluation, Row
from app.services.evaluating.evaluation_seen import EvaluationSeen, cell_of, units_scored
from app.services.office.office import Office
from app.services.records.saving import find_one
from app.services.records.who_and_when import who_and_when
from database.state.states import State
from database.store.engine import Connection


def open_cell(office: Office, connection: Connection, key: str, cell: Cell) -> State[Evaluation]:
    """The record, where the cell is one of it and it is not issued.

    Raises `UserError` NOT_FOUND, ISSUED, NO_CELL.
    """
    state = find_one(connection, Evaluation, key)
    require_open(state)
    units = units_scored(office, connection, state)
    if cell[0] not in units or cell[1] not in {one.id for one in state.record.criteria}:
        raise UserError("NO_CELL", "没有这个单位或考评项目。", remedy="请核对单位代码和项目。")
    return state


def require_open(state: State[Evaluation]) -> None:
    """Raise `UserError` ISSUED after the 定稿."""
    if state.record.issued_at is not None:
        raise UserError(
            "ISSUED",
            f"“{state.record.number}”已经定稿，不能再改。",
            remedy="确有错误的，请作废，写明原因，再做一次。",
        )


def refuse_other_points(
    connection: Connection, base: EvaluationSeen | None, state: State[Evaluation], cell: Cell
) -> None:
    """Raise `UserError` STALE where a cell is another now than in what was looked at.

    Without a base nothing was looked at before, and nothing is refused.
    """
    if base is not None and cell_of(base.record, cell) != cell_of(state.record, cell):
        who = who_and_when(connection, state.changed_by, state.changed_at)
        raise UserError(
            "STALE",
            f"{who}改了这一格的得分或者答复了申诉，您的没有写入。",
            remedy="请看过最新内容再打分。",
        )


def row_body(row: Row) -> dict[str, Any]:
    """A row as it is typed."""
    body: dict[str, Any] = msgspec.to_builtins(row)
    return body
