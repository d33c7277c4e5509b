"""What a person does with records: save, look, take back, bring back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from app.domain.checking import checks
from app.domain.checking.checks import Finding
from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import fields_of
from app.domain.merging.merge import VOID, Folded, settle
from app.domain.merging.revision import Op
from app.domain.records import Enterprise, Record, Review
from app.domain.records.base import GIVEN
from app.domain.records.facts import Carry
from app.domain.records.paper_mark import tidied
from app.services.office.duties import needs, require_saving
from app.services.office.office import Office
from app.services.records import guard_marks
from app.services.records.append_revision import Past, past_of, require_owner, write
from app.services.records.body_from_entry import Composer
from app.services.records.checked_body import CheckFailed, accepted, checked
from app.services.records.duplicate_refusal import refuse_twin
from app.services.records.first_words import written_over
from app.services.records.guards import Guards
from app.services.records.headcounts import follow
from app.services.records.link_resolving import Links
from app.services.records.numbers import Numbers
from app.services.records.record_folding import decode, fold_decoded
from database.books import guard_notes
from database.log import revisions
from database.state import states
from database.state.filters import equal, live
from database.state.states import State
from database.store.engine import Connection

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of a save: the record's state, what the checks say, what to redraw."""

    state: State[Record]
    findings: tuple[Finding, ...]
    changes: Changes

    @property
    def id(self) -> str:
        """The record's id."""
        return self.state.id

    @property
    def number(self) -> str:
        """The record's 编号."""
        return self.state.record.number


def save(
    office: Office,
    record_type: type[Record],
    typed: Mapping[str, object],
    *,
    record: str | None = None,
    base: str | None = None,
    accept: Mapping[str, str] | None = None,
    why: str | None = None,
    asking: bool = False,
) -> Saved:
    """Save what was typed as a new record, or as a change of `record`.

    `typed` maps field names or labels to what was typed; for a change only the
    changed fields, `None` empties one. A link may be named by 编号, code or name.
    `base` is the version h the person had before them: if another was saved
    since, code STALE. `accept` maps the key or code of a 核对 or 提醒 to the reason it may
    stand, where it is made; with `asking` an unanswered 核对 is refused like a 错误. Raises
    `CheckFailed`, `UserError` ENTRY, UNKNOWN_FIELD, LINK_UNKNOWN, LINK_AMBIGUOUS,
    NUMBER_FIXED, NUMBER_TAKEN, NOT_OWNER, TWIN, NOT_FOUND, NOT_YOUR_DUTY.
    """
    require_saving(office, record_type)
    with office.store.write() as connection:
        return save_within(
            office,
            connection,
            record_type,
            typed,
            record=record,
            base=base,
            accept=accept,
            why=why,
            asking=asking,
        )


def save_within(
    office: Office,
    connection: Connection,
    record_type: type[Record],
    typed: Mapping[str, object],
    *,
    record: str | None = None,
    base: str | None = None,
    accept: Mapping[str, str] | None = None,
    why: str | None = None,
    links: Links | None = None,
    new_id: str | None = None,
    asking: bool = False,
) -> Saved:
    """`save` as a part of a larger transaction; `links` may be shared by many saves.

    A new record gets `new_id`, when that is given.
    """
    past = _past(office, connection, record_type, record, base, refuse_void=True)
    if past is None:
        _require_maker(office, record_type)
    links = links or Links(office, connection)
    before = past.body if past else None
    body = Composer(links, record_type, before).compose(typed)
    touched: list[tuple[str, str]] = []
    guards = Guards(links).of(record_type, body, record=record or new_id or "", before=before)
    body, typed_record, findings = accepted(links, record_type, body, accept or {}, guards)
    if asking and (unanswered := checks.open_asks(findings)):
        raise CheckFailed(unanswered)
    body = _with_enterprises(links, record_type, body, touched)
    if past is None:
        refuse_twin(connection, office, typed_record)
        body["number"] = body.get("number") or _next_number(links, typed_record)
    else:
        _refuse_overwriting(links, record_type, past, body)
    if past is not None and body == past.body and not past.conflicts:
        state = states.get(connection, record_type, past.stored[0].id)
        assert state is not None
        return Saved(state, tuple(findings), Changes())
    state = write(
        office,
        connection,
        record_type,
        record or new_id or office.new_id(),
        body,
        op="edit" if past else "create",
        past=past,
        why=why,
    )
    touched += follow(office, connection, past, state, body)
    guard_marks.note(connection, record_type, state.id, findings)
    return Saved(state, tuple(findings), Changes.of([*touched, (record_type.type_name, state.id)]))


def _require_maker(office: Office, record_type: type[Record]) -> None:
    """What only the city gives out is made at the city alone."""
    if record_type.travels == GIVEN and not office.is_city:
        raise UserError(
            "CITY_ONLY",
            f"{record_type.label}由市总工会添加，这里不能添加。",
            remedy="请告诉市总工会，添加后随回执发来。",
        )


def _past(
    office: Office,
    connection: Connection,
    record_type: type[Record],
    record: str | None,
    base: str | None,
    *,
    refuse_void: bool = False,
) -> Past | None:
    if record is None:
        return None
    past = past_of(connection, record_type, record)
    state = states.get(connection, record_type, record)
    assert state is not None
    require_owner(office, state)
    if state.void and refuse_void:
        raise UserError(
            "VOIDED",
            f"“{state.record.number}”已经作废，不能修改。",
            remedy="请先在历史中改回作废前的内容。",
        )
    if past.conflicts:
        raise UserError(
            "UNSETTLED",
            f"“{state.record.number}”有两处填写不一致，还没有选定。",
            remedy="请先选定再修改。",
        )
    if base is not None and base not in past.heads:
        raise UserError(
            "STALE",
            f"“{state.record.number}”刚才已被修改过。",
            remedy="请看过最新内容后再改。",
        )
    return past


def _refuse_overwriting(
    links: Links, record_type: type[Record], past: Past, body: Mapping[str, Any]
) -> None:
    """Raise `CheckFailed` where first-hand words would be written over after their day."""
    record = past.stored[0].id
    if found := written_over(links, record_type, record, past.body, body):
        raise CheckFailed(found)


def _with_enterprises(
    links: Links, kind: type[Record], body: dict[str, Any], touched: list[tuple[str, str]]
) -> dict[str, Any]:
    """A unit that no list knows yet is added to 单位名录 with what the form says of it."""
    for carry in kind.facts.carried:
        typed = unit_of_form(kind, carry, body)
        if typed is not None:
            reasons = {row["check"]: row["reason"] for row in body.get("accepted", ())}
            office, connection = links.office, links.connection
            saved = save_within(office, connection, Enterprise, typed, accept=reasons, links=links)
            touched.append((Enterprise.type_name, saved.id))
            body = body | {carry.link: saved.id}
    return body


def unit_of_form(
    kind: type[Record], carry: Carry, body: Mapping[str, Any]
) -> dict[str, Any] | None:
    """What a form says of a unit that no list knows yet; None where it names none, or a known."""
    if body.get(carry.link) or not body.get(carry.named):
        return None
    known = {there: body.get(own) for own, there in carry.fields.items()}
    known |= {Enterprise.facts.day: body.get(kind.facts.day)}
    return {name: value for name, value in known.items() if value is not None}


def _next_number(links: Links, record: Record) -> str:
    numbers = Numbers(links)
    number = numbers.next(record)
    numbers.keep(links.connection)
    return number


def void(office: Office, record_type: type[Record], record: str, why: str) -> Saved:
    """作废 a record with a reason; nothing is lost, it moves to the trash."""
    return void_all(office, record_type, (record,), why)[0]


def void_all(
    office: Office, record_type: type[Record], records: Iterable[str], why: str
) -> list[Saved]:
    """作废 several, all or none of them."""
    require_saving(office, record_type)
    if not why.strip():
        raise UserError("WHY", "作废要写明原因。", remedy="请填写原因。")
    with office.store.write() as connection:
        return [void_within(office, connection, record_type, record, why) for record in records]


def void_within(
    office: Office, connection: Connection, record_type: type[Record], record: str, why: str
) -> Saved:
    """作废 one record as a part of a larger transaction."""
    past = _past(office, connection, record_type, record, None, refuse_void=True)
    assert past is not None
    state = write(office, connection, record_type, record, past.body, op="void", past=past, why=why)
    guard_notes.remove(connection, record)
    touched = follow(office, connection, past, state, past.body)
    return Saved(state, (), Changes.of([*touched, (record_type.type_name, record)]))


def bring_back(office: Office, record_type: type[Record], record: str, h: str, why: str) -> Saved:
    """改回这一次的内容: the body of an earlier version becomes the newest one."""
    require_saving(office, record_type)
    with office.store.write() as connection:
        return bring_back_within(office, connection, record_type, record, h, why=why)


def bring_back_within(
    office: Office,
    connection: Connection,
    record_type: type[Record],
    record: str,
    h: str,
    *,
    why: str,
) -> Saved:
    """`bring_back` as a part of a larger transaction."""
    past = _past(office, connection, record_type, record, None)
    assert past is not None
    old = revisions.get(connection, h)
    if old is None or old.id != record:
        raise UserError("NOT_FOUND", "没有找到这一次的内容。", remedy="请刷新后再试。")
    body = decode([old])[h].body
    links = Links(office, connection)
    _refuse_overwriting(links, record_type, past, body)
    checked(links, record_type, body)
    state = write(office, connection, record_type, record, body, op="restore", past=past, why=why)
    touched = follow(office, connection, past, state, body)
    return Saved(state, (), Changes.of([*touched, (record_type.type_name, record)]))


@needs("decide")
def settle_conflict(
    office: Office, record_type: type[Record], record: str, choices: Mapping[str, Any]
) -> Saved:
    """Settle 两处填写不一致: `choices` maps each open path to the value chosen."""
    with office.store.write() as connection:
        past = past_of(connection, record_type, record)
        state = states.get(connection, record_type, record)
        assert state is not None
        require_owner(office, state)
        if len(past.heads) == 1:
            raise UserError("NO_CONFLICT", "这条记录没有填写不一致的地方。")
        folded: Folded = fold_decoded(record_type, decode(past.stored))
        body = settle(folded, choices)
        checked(Links(office, connection), record_type, body)
        op: Op = "void" if choices.get(VOID) is True else "merge"
        state = write(office, connection, record_type, record, body, op=op, past=past)
        touched = follow(office, connection, past, state, body)
    return Saved(state, (), Changes.of([*touched, (record_type.type_name, record)]))


@needs("key")
def adopt(office: Office, record_type: type[Record], record: str, review: str) -> Saved:
    """Take over the values that the office above proposes in a review (电话更正)."""
    with office.store.write() as connection:
        past = _past(office, connection, record_type, record, None, refuse_void=True)
        found = states.get(connection, Review, review)
        if past is None or found is None or found.record.target != record:
            raise UserError("NOT_FOUND", "没有找到这条更正建议。", remedy="请刷新后再试。")
        told = {p.field: p.value for p in found.record.proposals}
        body = {n: v for n, v in (past.body | told).items() if v is not None}
        body = tidied(fields_of(record_type), body)
        links = Links(office, connection)
        _refuse_overwriting(links, record_type, past, body)
        _, findings = checked(links, record_type, body)
        state = write(
            office, connection, record_type, record, body, op="adopt", past=past, why=review
        )
        touched = follow(office, connection, past, state, body)
    changes = Changes.of([*touched, (record_type.type_name, record)])
    return Saved(state, tuple(findings), changes)


def show(office: Office, record_type: type[R], key: str) -> State[R]:
    """One record by id or 编号; raises `UserError` NOT_FOUND."""
    with office.store.read() as connection:
        return find_one(connection, record_type, key)


def find_one(connection: Connection, record_type: type[R], key: str) -> State[R]:
    """As `show`, within a transaction."""
    state = states.get(connection, record_type, key)
    if state is None:
        same = equal("number", key)
        if "code" in states.fields(record_type):
            same = same | equal("code", key)
        found = states.find(connection, record_type, same, limit=1)
        state = found[0] if found else None
    if state is None:
        label = record_type.label
        raise UserError("NOT_FOUND", f"没有找到{label}“{key}”。", remedy="请核对编号。")
    return state


def listing(office: Office, record_type: type[R], *, voided: bool = False) -> list[State[R]]:
    """All records of a type by 编号; 作废 ones only when asked for."""
    with office.store.read() as connection:
        return states.find(connection, record_type, *(() if voided else (live(),)))
