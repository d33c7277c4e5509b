"""What operators and this computer are called on paper."""

from __future__ import annotations

from app.domain.records import Operator
from app.services.office.office import Office
from database.state import states
from database.store.engine import Connection


def operator_name(connection: Connection, operator: str) -> str:
    """The name of an operator, empty for one unknown."""
    state = states.get(connection, Operator, operator)
    return state.record.name if state else ""


def computer_name(office: Office) -> str:
    """This computer as offices speak of it: 第1台（511111-3fa9c2d1）."""
    return f"第{office.identity.pc}台（{office.identity.writer}）"


def operator_of(connection: Connection, office: Office) -> Operator:
    """Who is at work, as papers name them; without a name while the record is missing."""
    state = states.get(connection, Operator, office.operator)
    return state.record if state else Operator()
