"""What was said or came meanwhile: nobody says anything of a record over what they have not seen.

A base is a place in the log. Whoever decides names the place up to which they had read; what is
later about the same record refuses the decision and is told, with who and when.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from app.domain.codes import REVIEW_VERDICT
from app.domain.kernel.errors import UserError
from app.domain.records import TYPES, Record, Review
from app.services.office.office import Office
from app.services.records.who_and_when import who_and_when
from database.log import revisions
from database.log.revisions import chunks
from database.state import states
from database.state.filters import among
from database.state.states import State
from database.store.engine import Connection

_OWN = "reviews written while this office is open"
_LOOK = "请看过最新内容再决定。"


def position(connection: Connection) -> int:
    """The place in the log up to which a reader of this moment has seen everything."""
    return revisions.next_n(connection) - 1


def note_own(office: Office, review: str) -> None:
    """Remember that who is at work wrote this review here, and so knows of it."""
    office.remembered.setdefault(_OWN, set()).add((office.operator, review))


def refuse_stale(
    office: Office, connection: Connection, targets: Collection[str], base: int | None
) -> None:
    """Raise `UserError` STALE where something about these records is later than the base.

    Without a base nothing was looked at before, and nothing is refused.
    """
    if base is None:
        return
    found = list(_later(office, connection, set(targets), base))
    if not found:
        return
    several = f"等 {len(found)} 条" if len(found) > 1 else ""
    rest = "，一条也没有写" if len(targets) > 1 else "，您的没有写入"
    raise UserError("STALE", f"{found[0]}{several}{rest}。", remedy=_LOOK)


def _later(office: Office, connection: Connection, targets: set[str], base: int) -> Iterator[str]:
    later = revisions.since(connection, base)
    own = office.remembered.get(_OWN, ())
    said = [
        one for kind, one in later if kind == Review.type_name and (office.operator, one) not in own
    ]
    for some in chunks(said):
        for state in states.find(connection, Review, among("id", some)):
            if state.record.target in targets:
                yield _said(connection, state)
    for kind, record in later:
        if record in targets:
            yield f"“{_number(connection, TYPES[kind], record)}”刚才又收到了新的内容"


def _said(connection: Connection, review: State[Review]) -> str:
    told = review.record
    number = _number(connection, TYPES[told.target_type], told.target)
    verdict = REVIEW_VERDICT.label_of(told.verdict)
    did = f"撤回了“{verdict}”" if review.void else f"写了“{verdict}”"
    return f"{who_and_when(connection, review.changed_by, review.changed_at)}对“{number}”{did}"


def _number(connection: Connection, record_type: type[Record], record: str) -> str:
    state = states.get(connection, record_type, record)
    return (state.record.number if state else "") or record_type.label
