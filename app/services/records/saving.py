"""What a person does with records: save and look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from app.domain.checking import checks
from app.domain.checking.checks import Finding
from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.merging.revision import Op
from app.domain.records import Enterprise, Record
from app.domain.records.base import GIVEN
from app.domain.records.facts import Carry
from app.services.office.duties import require_saving
from app.services.office.office import Office
from app.services.records import guard_marks
from app.services.records.append_revision import Past, past_of, require_owner, write
from app.services.records.body_from_entry import Composer
from app.services.records.checked_body import CheckFailed, accepted
from app.services.records.duplicate_refusal import refuse_twin
from app.services.records.first_words import written_over
from app.services.records.guards import Guards
from app.services.records.headcounts import follow
from app.services.records.link_resolving import Links
from app.services.records.numbers import Numbers
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
    past = past_to_change(office, connection, record_type, record, base, refuse_void=True)
    if past is None:
        _require_maker(office, record_type)
    links = links or Links(office, connection)
    record = record or new_id or office.new_id()
    before = past.body if past else None
    body = Composer(links, record_type, before, keeps=asking).compose(typed)
    guards = Guards(links).of(record_type, body, record=record, before=before)
    body, typed_record, findings = accepted(links, record_type, body, accept or {}, guards)
    if asking and (unanswered := checks.open_asks(findings)):
        raise CheckFailed(unanswered)
    body, added = _with_enterprises(links, record_type, body)
    if past is None:
        refuse_twin(connection, office, typed_record)
        body["number"] = body.get("number") or _next_number(links, typed_record)
    else:
        refuse_overwriting(links, record_type, past, body)
        if body == past.body and not past.conflicts:
            return Saved(_stored(connection, record_type, record), tuple(findings), Changes())
    op: Op = "edit" if past else "create"
    state = write(office, connection, record_type, record, body, op=op, past=past, why=why)
    touched = [*added, *follow(office, connection, past, state, body)]
    guard_marks.note(connection, record_type, record, findings)
    return Saved(state, tuple(findings), Changes.of([*touched, (record_type.type_name, record)]))


def _stored(connection: Connection, record_type: type[Record], record: str) -> State[Record]:
    state = states.get(connection, record_type, record)
    assert state is not None
    return state


def require_by_hand(record_type: type[Record]) -> None:
    """Raise `UserError` MADE_WHOLE for a type that nobody types or imports."""
    if record_type.facts.made_whole:
        raise UserError(
            "MADE_WHOLE",
            f"“{record_type.label}”不能手工添加。",
            remedy="请在“工作安排”的“随机抽取”里做。",
        )


def _require_maker(office: Office, record_type: type[Record]) -> None:
    """What only the city gives out is made at the city alone."""
    require_by_hand(record_type)
    if record_type.travels == GIVEN and not office.is_city:
        raise UserError(
            "CITY_ONLY",
            f"{record_type.label}由市总工会添加，这里不能添加。",
            remedy="请告诉市总工会，添加后随回执发来。",
        )


def past_to_change(
    office: Office,
    connection: Connection,
    record_type: type[Record],
    record: str | None,
    base: str | None,
    *,
    refuse_void: bool = False,
) -> Past | None:
    """The past of `record`, where it may be changed; None where there is no `record`.

    Raises `UserError` NOT_OWNER, VOIDED (with `refuse_void`), UNSETTLED, STALE (`base` is old).
    """
    if record is None:
        return None
    past = past_of(connection, record_type, record)
    state = _stored(connection, record_type, record)
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


def refuse_overwriting(
    links: Links, record_type: type[Record], past: Past, body: Mapping[str, Any]
) -> None:
    """Raise `CheckFailed` where first-hand words would be written over after their day."""
    record = past.stored[0].id
    if found := written_over(links, record_type, record, past.body, body):
        raise CheckFailed(found)


def _with_enterprises(
    links: Links, kind: type[Record], body: dict[str, Any]
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """A unit that no list knows yet is added to 单位名录 with what the form says of it.

    Out comes the body that links it, and what was added.
    """
    added: list[tuple[str, str]] = []
    for carry in kind.facts.carried:
        typed = unit_of_form(kind, carry, body)
        if typed is not None:
            reasons = {row["check"]: row["reason"] for row in body.get("accepted", ())}
            office, connection = links.office, links.connection
            saved = save_within(office, connection, Enterprise, typed, accept=reasons, links=links)
            added.append((Enterprise.type_name, saved.id))
            body = body | {carry.link: saved.id}
    return body, added


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
