"""不采用: this office leaves a record as it is and tells the office above why (R30).

It is a record of its own that goes up with the next submission. The proposal then waits for
nobody here; the office above sees the reason beside it, and withdraws it or lets it stand.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.records import Record, Refusal, Review, body_of
from app.services.office.duties import require_saving
from app.services.office.office import Office
from app.services.records.append_revision import require_owner, write
from app.services.records.link_resolving import Links
from app.services.records.saving import Saved, find_one
from app.services.records.units import name_of
from app.services.records.voiding import void_within
from app.services.records.who_and_when import moment, who_and_when
from app.services.reviewing.standing_refusals import refusals_of
from app.services.reviewing.trays import still_stands
from database.state import states
from database.state.states import State
from database.store.engine import Connection

_LOOK = "请看过最新内容再决定。"
_TAKEN_BACK = "收回不采用"


def refuse(
    office: Office, record_type: type[Record], record: str, reviews: Iterable[str], reason: str
) -> Saved:
    """不采用 of what these reviews propose of a record, all or none; as `refuse_within`."""
    require_saving(office, Refusal)
    with office.store.write() as connection:
        links, changes = Links(office, connection), Changes()
        for review in reviews:
            changes |= refuse_within(links, record_type, record, review, reason).changes
        return Saved(find_one(connection, record_type, record), (), changes)


def refuse_within(
    links: Links, record_type: type[Record], record: str, review: str, reason: str
) -> Saved:
    """不采用 of one proposal as a part of a larger transaction; answers the record as it stands.

    Raises `UserError` WHY, NOT_FOUND, NOT_OWNER, and STALE with who and when where it was
    withdrawn, refused or acted on meanwhile.
    """
    office, connection = links.office, links.connection
    if not reason.strip():
        raise UserError("WHY", "不采用要写明理由。", remedy="请写明为什么原来填的对。")
    state = find_one(connection, record_type, record)
    require_owner(office, state)
    proposal = states.get(connection, Review, review)
    if proposal is None or proposal.record.target != state.id or not proposal.record.proposals:
        raise UserError("NOT_FOUND", "没有找到这条更正建议。", remedy="请刷新后再试。")
    _refuse_stale(connection, state, proposal)
    body = body_of(
        Refusal(
            review=review,
            target=state.id,
            target_type=record_type.type_name,
            reason=reason.strip(),
        )
    )
    new = write(office, connection, Refusal, office.new_id(), body, op="create")
    touched = (Refusal.type_name, new.id), (record_type.type_name, state.id)
    return Saved(state, (), Changes.of(touched))


def _refuse_stale(connection: Connection, state: State[Record], proposal: State[Review]) -> None:
    number = state.record.number
    before = refusals_of(connection, [proposal]).get(proposal.id)
    did = ""
    if proposal.void:
        by = name_of(connection, proposal.owner)
        did = f"{by}（{moment(proposal.changed_at)}）已撤回对“{number}”的更正"
    elif before is not None:
        who = who_and_when(connection, before.changed_by, before.changed_at)
        did = f"{who}已对“{number}”写了不采用：{before.record.reason}"
    elif not still_stands(connection, state, proposal.record):
        who = who_and_when(connection, state.changed_by, state.changed_at)
        did = f"{who}已改过“{number}”"
    if did:
        raise UserError("STALE", f"{did}，您的没有写入。", remedy=_LOOK)


def take_back(
    office: Office, record_type: type[Record], record: str, refusals: Iterable[str]
) -> Saved:
    """收回不采用: the proposals wait for this office again; those taken back already stay so.

    Raises `UserError` NOT_OWNER, NOT_YOUR_DUTY.
    """
    require_saving(office, Refusal)
    with office.store.write() as connection:
        changes = Changes.of([(record_type.type_name, record)])
        for one in refusals:
            known = states.get(connection, Refusal, one)
            if known is not None and not known.void:
                changes |= void_within(office, connection, Refusal, one, _TAKEN_BACK).changes
        return Saved(find_one(connection, record_type, record), (), changes)
