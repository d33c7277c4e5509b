"""Who did something and when, as a sentence begins with it: 付志勇（7月21日 10:32）."""

from __future__ import annotations

from app.domain.records import Operator
from database.state import states
from database.store.engine import Connection


def who_and_when(connection: Connection, operator: str, at: str) -> str:
    """付志勇（7月21日 10:32）; an operator of another office is 另一位经办人."""
    known = states.get(connection, Operator, operator)
    name = known.record.name if known else "另一位经办人"
    return f"{name}（{moment(at)}）"


def moment(at: str) -> str:
    """7月21日 10:32."""
    return f"{int(at[5:7])}月{int(at[8:10])}日 {at[11:16]}"
