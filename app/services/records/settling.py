"""Decide which of differing values stands: two of one's own, or what the office above proposes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from app.domain.kernel.added_values import lifted
from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import by_name, fields_of
from app.domain.merging.merge import VOID, Folded, settle
from app.domain.merging.revision import Op
from app.domain.records import Record, Refusal, Review
from app.domain.records.paper_mark import tidied
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.records.append_revision import past_of, require_owner, write
from app.services.records.checked_body import checked
from app.services.records.headcounts import follow
from app.services.records.link_resolving import Links
from app.services.records.record_folding import decode, fold_decoded, shapes
from app.services.records.saving import Saved, past_to_change, refuse_overwriting
from app.services.records.who_and_when import who_and_when
from database.state import states
from database.state.filters import equal, live, owned_by
from database.state.states import State
from database.store.engine import Connection


@needs("decide")
def settle_conflict(
    office: Office,
    record_type: type[Record],
    record: str,
    choices: Mapping[str, Any],
    *,
    known: Collection[str] | None = None,
) -> Saved:
    """Settle 两处填写不一致: `choices` maps each open path to the value chosen.

    `known` are the versions (h) that stood beside each other before whoever chooses; raises
    `UserError` STALE, with who and when, where others do by now. None where that is no matter.
    """
    with office.store.write() as connection:
        past = past_of(connection, record_type, record)
        state = states.get(connection, record_type, record)
        assert state is not None
        require_owner(office, state)
        if known is not None and set(known) != set(past.heads):
            raise _settled_already(connection, state, chosen=len(past.heads) == 1)
        if len(past.heads) == 1:
            raise UserError("NO_CONFLICT", "这条记录没有填写不一致的地方。")
        folded: Folded = fold_decoded(record_type, decode(past.stored))
        body = settle(folded, choices, shapes(record_type))
        checked(Links(office, connection), record_type, body)
        op: Op = "void" if choices.get(VOID) is True else "merge"
        state = write(office, connection, record_type, record, body, op=op, past=past)
        touched = follow(office, connection, past, state, body)
    return Saved(state, (), Changes.of([*touched, (record_type.type_name, record)]))


def _settled_already(connection: Connection, state: State[Record], *, chosen: bool) -> UserError:
    who = who_and_when(connection, state.changed_by, state.changed_at)
    did = "已选定" if chosen else "又改了"
    return UserError(
        "STALE",
        f"{who}{did}“{state.record.number}”，您的没有写入。",
        remedy="请看过最新内容再选定。",
    )


@needs("key")
def adopt(office: Office, record_type: type[Record], record: str, review: str) -> Saved:
    """Take over the values that the office above proposes in a review (电话更正).

    Raises `UserError` NOT_FOUND, STALE where it was refused or withdrawn meanwhile, and as `save`.
    """
    with office.store.write() as connection:
        return adopt_within(Links(office, connection), record_type, record, review)


def adopt_within(links: Links, record_type: type[Record], record: str, review: str) -> Saved:
    """`adopt` as a part of a larger transaction."""
    office, connection = links.office, links.connection
    past = past_to_change(office, connection, record_type, record, None, refuse_void=True)
    found = states.get(connection, Review, review)
    if past is None or found is None or found.record.target != record:
        raise UserError("NOT_FOUND", "没有找到这条更正建议。", remedy="请刷新后再试。")
    _refuse_answered(office, connection, found)
    told = {p.field: p.value for p in found.record.proposals}
    body = lifted(past.body | told, told.keys() - by_name(record_type).keys())
    body = tidied(fields_of(record_type), body)
    refuse_overwriting(links, record_type, past, body)
    _, findings = checked(links, record_type, body)
    state = write(office, connection, record_type, record, body, op="adopt", past=past, why=review)
    touched = follow(office, connection, past, state, body)
    changes = Changes.of([*touched, (record_type.type_name, record)])
    return Saved(state, tuple(findings), changes)


def _refuse_answered(office: Office, connection: Connection, proposal: State[Review]) -> None:
    """Nobody takes over what somebody here wrote 不采用 of, or what was withdrawn."""
    if proposal.void:
        raise UserError("STALE", "上级已撤回这条更正，没有采用。", remedy="请看过最新内容再决定。")
    here = owned_by(office.identity.station)
    refused = states.find(connection, Refusal, equal("review", proposal.id), here, live())
    if refused:
        who = who_and_when(connection, refused[0].changed_by, refused[0].changed_at)
        raise UserError(
            "STALE",
            f"{who}已写明不采用：{refused[0].record.reason}",
            remedy="要采用的，请先收回不采用。",
        )
