"""What waits of 考评: 申诉 to be answered, and results that may be objected to (R47)."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.records import ScoreAppeal, ScoreSheet
from app.services.evaluating import result_sheets, score_appeals
from app.services.office.office import Office
from app.services.todo.todo_office import Waiting
from database.store.engine import Connection


def appeals(office: Office, connection: Connection) -> Iterator[Waiting]:
    """申诉 against the points of an 考评 of this office that nobody has answered."""
    found = score_appeals.waiting_in(office, connection)
    if found:
        note = f"{found[0][1]}{'等' if len(found) > 1 else ''}"
        kind = ScoreAppeal.type_name
        yield Waiting(
            "appeals", "考评申诉待答复", note, len(found), None, "statistics", kind, found[0][0]
        )


def results(office: Office, connection: Connection) -> Iterator[Waiting]:
    """考评结果 of the office above that may still be objected to."""
    listed = result_sheets.listed_within(office, connection)
    found = [one for one in listed if one.record.issued_at is None]
    if found:
        titles = "、".join(one.record.title for one in found)
        kind, first = ScoreSheet.type_name, found[0].id
        title = "考评得分可以核对、申诉"
        yield Waiting("results", title, titles, len(found), None, "statistics", kind, first)
