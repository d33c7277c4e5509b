"""县里不采用: what this office proposed and the owner refused; it is withdrawn or let stand.

As long as it stands, the figures here use the proposed value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.kernel.added_values import flat
from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import by_name
from app.domain.records import TYPES, Record, Refusal, Review, body_of
from app.services.office.duties import require
from app.services.office.office import Office
from app.services.people.paper_names import operator_name
from app.services.records import state_from_log
from app.services.records.asked_campaign import asked_of
from app.services.records.field_words import Wording
from app.services.records.link_resolving import Links
from app.services.records.units import name_of
from app.services.records.voiding import bring_back_within, void_within
from app.services.records.who_and_when import who_and_when
from app.services.reviewing import two_steps
from app.services.reviewing.standing_refusals import refusals_of
from database.books import let_stand
from database.books.let_stand import LetStandRow
from database.log.revisions import chunks
from database.state import states
from database.state.filters import among, live, owned_by
from database.state.states import State
from database.store.engine import Connection

TOLD = "refused_proposal"
"""What changes when one of them is let stand, or no longer."""
_LET_STAND = "refusal {refusal}"
_UNDONE = "撤销撤回"


@dataclass(frozen=True, slots=True)
class Told:
    """One field that is proposed: what it is called, the owner's value and the proposed one."""

    field: str
    label: str
    own: str
    proposed: str


@dataclass(frozen=True, slots=True)
class RefusedProposal:
    """A proposal with the 不采用 of it: why, of which day, who proposed it when.

    `left` says who let it stand, "" as long as nobody did.
    """

    review: str
    refusal: str
    reason: str
    refused_on: str
    by: str
    at: str
    fields: tuple[Told, ...]
    left: str


Found = tuple[State[Record], RefusedProposal]


def refused_proposals(office: Office, connection: Connection) -> Iterator[Found]:
    """Every proposal of this office that its record's owner refused and left as it was."""
    refused = sorted({one.record.review for one in states.find(connection, Refusal, live())})
    let = {(row.record, row.finding): row for row in let_stand.every(connection)}
    mine, links = owned_by(office.identity.station), Links(office, connection)
    for some in chunks(refused):
        proposals = states.find(connection, Review, among("id", some), mine, live())
        said = refusals_of(connection, proposals)
        for proposal in proposals:
            state = _standing(connection, proposal)
            if proposal.id in said and state is not None:
                row = let.get((state.id, _LET_STAND.format(refusal=said[proposal.id].id)))
                yield state, _told(links, state, proposal, said[proposal.id], row)


def count(office: Office, connection: Connection) -> int:
    """How many nobody here has looked at."""
    return sum(not one.left for _, one in refused_proposals(office, connection))


def _standing(connection: Connection, proposal: State[Review]) -> State[Record] | None:
    """The record, as long as what was proposed is what is shown of it here."""
    kind = TYPES.get(proposal.record.target_type)
    state = states.get(connection, kind, proposal.record.target) if kind else None
    if state is None or state.void:
        return None
    shown = any(told.get("review") == proposal.id for told in state.pending.values())
    return state if shown else None


def _told(
    links: Links,
    state: State[Record],
    proposal: State[Review],
    refusal: State[Refusal],
    row: LetStandRow | None,
) -> RefusedProposal:
    connection = links.connection
    return RefusedProposal(
        proposal.id,
        refusal.id,
        refusal.record.reason,
        refusal.changed_at[:10],
        operator_name(connection, proposal.changed_by),
        proposal.changed_at,
        tuple(_fields(links, state, proposal)),
        who_and_when(connection, row.by, row.at) if row else "",
    )


def _fields(links: Links, state: State[Record], proposal: State[Review]) -> Iterator[Told]:
    kind, wording, shown = type(state.record), Wording(links.connection), body_of(state.record)
    names = [one.field for one in proposal.record.proposals]
    specs = by_name(kind, asked_of(links, kind, shown, beside=names))
    body = flat(shown)
    for one in proposal.record.proposals:
        spec, pending = specs.get(one.field), state.pending.get(one.field)
        own = pending["own"] if pending else body.get(one.field)
        words = (wording.of(spec, told) if spec else str(told or "") for told in (own, one.value))
        yield Told(one.field, spec.label if spec else one.field, *words)


# -- what is decided of it


@dataclass(frozen=True, slots=True)
class Decided:
    """What one undo takes back: the proposal withdrawn (`h` is how it stood), or let stand."""

    review: str
    target: tuple[str, str]
    h: str = ""
    finding: str = ""

    @property
    def changes(self) -> Changes:
        """What to redraw."""
        return Changes.of([(Review.type_name, self.review), self.target]) | Changes(
            frozenset({TOLD})
        )


def withdraw(office: Office, review: str, *, known: str | None = None) -> Decided:
    """撤回更正: the owner's value stands here again, and the next answer says so.

    `known`, here and below, is what stands before whoever decides of who let it stand (`left`);
    None where that is no matter. Raises `UserError` STALE with who and when where it was
    withdrawn, or answered otherwise, meanwhile; NOT_YOUR_DUTY.
    """
    _require(office)
    with office.store.write() as connection:
        state, proposal, refusal = _now(office, connection, review, known)
        why = f"{name_of(connection, state.owner)}不采用：{refusal.reason}"
        void_within(office, connection, Review, review, why)
        decided = Decided(review, (type(state.record).type_name, state.id), proposal.h)
        _show_anew(office, connection, decided)
    return decided


def leave(office: Office, review: str, *, known: str | None = None) -> Decided:
    """照旧留着: it was looked at and stands; raises as `withdraw`."""
    _require(office)
    with office.store.write() as connection:
        state, _, refusal = _now(office, connection, review, known)
        finding, kind = _LET_STAND.format(refusal=refusal.refusal), type(state.record).type_name
        at, by = office.now(), office.operator
        row = LetStandRow(state.id, finding, kind, state.h, refusal.reason, at, by)
        let_stand.put(connection, [row])
    return Decided(review, (kind, state.id), finding=finding)


def undo(office: Office, decided: Decided) -> Changes:
    """Take back that it was withdrawn or let stand; raises as `withdraw`."""
    _require(office)
    with office.store.write() as connection:
        if decided.finding:
            let_stand.remove(connection, [(decided.target[1], decided.finding)])
        else:
            known = states.get(connection, Review, decided.review)
            if known is not None and known.void:
                bring_back_within(
                    office, connection, Review, decided.review, decided.h, why=_UNDONE
                )
                _show_anew(office, connection, decided)
    return decided.changes


def _require(office: Office) -> None:
    """Where 负责人 confirms what is said, a clerk does not take it back alone."""
    require(office, "review" if two_steps.is_on(office) else "telephone")


def _now(
    office: Office, connection: Connection, review: str, known: str | None
) -> tuple[State[Record], State[Review], RefusedProposal]:
    for state, one in refused_proposals(office, connection):
        proposal = states.get(connection, Review, review)
        if one.review != review or proposal is None:
            continue
        if known is not None and one.left != known:
            did = f"{one.left}已决定照旧留着" if one.left else "刚才有人撤销了照旧留着"
            raise UserError("STALE", f"{did}，您的没有写入。", remedy="请看过最新的再办。")
        return state, proposal, one
    raise _gone(connection, review)


def _gone(connection: Connection, review: str) -> UserError:
    proposal = states.get(connection, Review, review)
    if proposal is not None and proposal.void:
        who = who_and_when(connection, proposal.changed_by, proposal.changed_at)
        told = f"{who}已撤回这条更正，您的没有写入。"
    else:
        told = "对方已收回不采用，或者已经改过这一条，您的没有写入。"
    return UserError("STALE", told, remedy="请看过最新的再办。")


def _show_anew(office: Office, connection: Connection, decided: Decided) -> None:
    state_from_log.refold(connection, [decided.target], office.standpoint)
