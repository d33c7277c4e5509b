"""印发 of 简报: locked, told to who wrote what is in it; taken back while nobody knows (R50)."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.checking.issue_numbers import GAP, missing, words
from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.records import Briefing, Document, Review
from app.services.letters.briefings import cited, offices_of, open_own
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.people.paper_names import operator_of
from app.services.records import undone_save
from app.services.records.append_revision import past_of, require_owner, write
from app.services.records.briefing_numbers import of_year
from app.services.records.saving import find_one, save_within
from app.services.reviewing import adoptions
from database.state import states
from database.state.states import State
from database.store.engine import Connection


@needs("bring out")
def issue(office: Office, key: str) -> Changes:
    """印发: lock it, and say 采用 on every piece of 信息 in it.

    Raises `UserError` NOTHING_IN_IT, ISSUE_TAKEN, ISSUE_GAP and as `saving.save`.
    """
    with office.store.write() as connection:
        state = open_own(office, connection, key)
        one = state.record
        if not one.parts:
            raise UserError("NOTHING_IN_IT", "这一期还没有内容。", remedy="请先选信息或写一部分。")
        _require_number(office, connection, state)
        touched = _adopt_all(office, connection, state)
        typed = {"issued_at": office.now(), "issued_by": operator_of(connection, office).name}
        saved = save_within(office, connection, Briefing, typed, record=state.id, base=state.h)
        return saved.changes | touched


def _require_number(office: Office, connection: Connection, state: State[Briefing]) -> None:
    one = state.record
    year, number = one.year or 0, one.issue or 0
    others = [one for one in of_year(connection, state.owner, year) if one.id != state.id]
    if same := [other for other in others if other.record.issue == number]:
        sentence = f"{year}年已经有第{number}期，编号{same[0].record.number}。"
        raise UserError("ISSUE_TAKEN", sentence, remedy="请改期号。")
    out = {other.record.issue or 0 for other in others if other.record.issued_at is not None}
    gap = missing(out, number)
    if gap and not any(row.check.startswith(GAP) for row in one.accepted):
        raise UserError(
            "ISSUE_GAP",
            f"期号不连续：{year}年{words(gap)}还没有印发。",
            remedy="请先印发前面的，或改期号；前面的不是用这个程序编的，在“期号”按 F2 写明原因。",
        )


def _adopt_all(office: Office, connection: Connection, state: State[Briefing]) -> Changes:
    """Of the offices below as a review, of one's own as a save."""
    said = cited(state.record)
    values = {
        "outcome": "adopted",
        "decided_on": office.today().isoformat(),
        "adopted_by": said,
    }
    touched: list[tuple[str, str]] = []
    for part in state.record.parts:
        target = states.get(connection, Document, part.document) if part.document else None
        if target is None or target.void or target.record.outcome == "adopted":
            continue
        if target.owner == office.identity.station:
            why = _why(said)
            save_within(office, connection, Document, values, record=target.id, why=why)
        else:
            review = adoptions.tell(office, connection, target, values, said)
            touched.append((Review.type_name, review))
        touched.append((Document.type_name, target.id))
    return Changes.of(touched)


def _why(said: str) -> str:
    return f"采用：{said}"


@needs("bring out")
def withdraw(office: Office, key: str, why: str) -> Changes:
    """撤回印发: unlock it and say 采用 no more, while no word of it went down.

    Raises `UserError` NOT_ISSUED, SENT_DOWN, WHY, NOT_OWNER.
    """
    if not why.strip():
        raise UserError("WHY", "撤回印发要写明原因。", remedy="请填写原因。")
    with office.store.write() as connection:
        state = find_one(connection, Briefing, key)
        require_owner(office, state)
        if state.record.issued_at is None:
            raise UserError("NOT_ISSUED", "这一期还没有印发。", remedy="不用撤回，可以直接改。")
        said = adoptions.told(connection, state.owner, cited(state.record))
        _require_here(connection, said)
        touched = _say_no_more(office, connection, said, why)
        touched += _own_back(office, connection, state)
        past = past_of(connection, Briefing, state.id)
        body = {n: v for n, v in past.body.items() if n not in ("issued_at", "issued_by")}
        reason = f"撤回印发：{why.strip()}"
        write(office, connection, Briefing, state.id, body, op="edit", past=past, why=reason)
        return Changes.of([*touched, (Briefing.type_name, state.id)])


def _require_here(connection: Connection, said: Sequence[State[Review]]) -> None:
    sent = [review for review in said if adoptions.is_sent(connection, review)]
    if sent:
        raise UserError(
            "SENT_DOWN",
            f"采用情况已经随回执发给{'、'.join(offices_of(connection, sent))}，不能撤回印发。",
            remedy="内容有误的，请在下一期更正。",
        )


def _say_no_more(
    office: Office, connection: Connection, said: Sequence[State[Review]], why: str
) -> list[tuple[str, str]]:
    for review in said:
        adoptions.take_back(office, connection, review, why)
    return [(Document.type_name, review.record.target) for review in said]


def _own_back(
    office: Office, connection: Connection, state: State[Briefing]
) -> list[tuple[str, str]]:
    why = _why(cited(state.record))
    touched = []
    for part in state.record.parts:
        own = states.get(connection, Document, part.document) if part.document else None
        if own is None or own.owner != office.identity.station:
            continue
        said = undone_save.last_said(past_of(connection, Document, own.id), why.__eq__)
        if said is not None:
            undone_save.take_save_back(office, connection, own, said.h, f"撤回{why}")
            touched.append((Document.type_name, own.id))
    return touched
