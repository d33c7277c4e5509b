"""审核: the word of an office above on a record, and the county's trays for it (R30)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec
from app.domain.records import (
    Proposal,
    Question,
    Record,
    Review,
    body_of,
)
from app.domain.values.entry import read_value
from app.services.office.office import Office
from app.services.records import state_from_log
from app.services.records.append_revision import write
from app.services.records.asked_campaign import asked_fields
from app.services.records.link_resolving import Links
from app.services.records.removed_fields import shown_fields
from app.services.records.saving import Saved, find_one
from app.services.records.units import superiors
from app.services.reviewing import two_steps
from app.services.reviewing.stale_base import note_own, refuse_stale
from database.state.states import State
from database.store.engine import Connection

FieldsOf = Callable[[Links, type[Record], Mapping[str, Any]], Iterable[FieldSpec]]
"""The fields that a record has."""


@dataclass(frozen=True, slots=True)
class Correction:
    """电话更正: what was said for a field, by whom and when."""

    value: object
    said_by: str
    said_on: dt.date


def accept(
    office: Office,
    record_type: type[Record],
    key: str,
    text: str = "",
    *,
    base: int | None = None,
) -> Saved:
    """通过: the record is right as it is.

    `base`, here and below, is the place in the log up to which the person had read of it; raises
    `UserError` STALE where somebody said something of it since.
    """
    two_steps.require_speaker(office)
    said = Review(verdict="accept", text=text)
    return _say(office, record_type, key, lambda specs: said, base=base)


def send_back(
    office: Office,
    record_type: type[Record],
    key: str,
    questions: Mapping[str, str],
    text: str = "",
    *,
    base: int | None = None,
) -> Saved:
    """退回 with a question per field; the owner sees the field lit up."""
    two_steps.require_speaker(office)
    if not questions:
        raise UserError("NO_QUESTION", "退回时要写明问题。", remedy="请至少对一项写明问题。")

    def asked(specs: Mapping[str, FieldSpec]) -> Review:
        rows = (Question(id=s.name, field=s.name, text=questions[k]) for k, s in specs.items())
        return Review(verdict="return", questions=tuple(rows), text=text)

    return _say(office, record_type, key, asked, questions, base=base, of=shown_fields)


def propose(
    office: Office,
    record_type: type[Record],
    key: str,
    corrections: Mapping[str, Correction],
    *,
    base: int | None = None,
) -> Saved:
    """电话更正: our figures use the value at once, marked 待县确认, until the owner adopts it."""
    two_steps.require_speaker(office, "telephone")

    def told(specs: Mapping[str, FieldSpec]) -> Review:
        return _proposal(office, specs, corrections)

    return _say(office, record_type, key, told, corrections, base=base)


def proposal(
    office: Office,
    connection: Connection,
    like: State[Record],
    corrections: Mapping[str, Correction],
) -> Review:
    """What proposes these values of records of one type, `like` this one."""
    specs = _specs(Links(office, connection), like, corrections)
    return _proposal(office, specs, corrections)


def _proposal(
    office: Office, specs: Mapping[str, FieldSpec], corrections: Mapping[str, Correction]
) -> Review:
    rows = (
        Proposal(
            id=spec.name,
            field=spec.name,
            value=read_value(spec, corrections[name].value, office.today()),
            said_by=corrections[name].said_by,
            said_on=corrections[name].said_on,
        )
        for name, spec in specs.items()
    )
    return Review(verdict="propose", proposals=tuple(rows))


def _specs(
    links: Links, target: State[Record], named: Iterable[str], of: FieldsOf = asked_fields
) -> dict[str, FieldSpec]:
    """The fields of these names or labels, those among them that campaigns add to the record.

    With `of=shown_fields` those too that its campaign removed: these may be asked about.
    """
    known = {}
    for spec in of(links, type(target.record), body_of(target.record)):
        known[spec.name] = known[spec.label] = spec
    unknown = [name for name in named if name not in known]
    if unknown:
        raise UserError(
            "UNKNOWN_FIELD", f"没有“{unknown[0]}”这一项。", remedy="请对照登记表检查名称。"
        )
    return {name: known[name] for name in named}


def _say(
    office: Office,
    record_type: type[Record],
    key: str,
    said: Callable[[Mapping[str, FieldSpec]], Review],
    named: Iterable[str] = (),
    *,
    base: int | None,
    of: FieldsOf = asked_fields,
) -> Saved:
    """Say of a record what `said` makes of the fields that are named.

    What waits for 负责人 has no id yet (`waits`).
    """
    with office.store.write() as connection:
        target = find_one(connection, record_type, key)
        require_below(office, connection, target)
        refuse_stale(office, connection, (target.id,), base)
        two_steps.refuse_drafted(office, connection, (target.id,))
        specs = _specs(Links(office, connection), target, named, of)
        review = msgspec.structs.replace(
            said(specs),
            station=target.owner,
            target=target.id,
            target_type=record_type.type_name,
            target_h=target.h,
            unit=office.identity.station,
        )
        if two_steps.waits_for(office, connection):
            two_steps.draft(office, connection, target, review)
            return _drafted(office, review)
        state = write(office, connection, Review, office.new_id(), body_of(review), op="create")
        refold_target(office, connection, target, record_type)
        note_own(office, state.id)
    return Saved(
        state, (), Changes.of([(Review.type_name, state.id), (record_type.type_name, target.id)])
    )


def _drafted(office: Office, review: Review) -> Saved:
    at, by, writer = office.now(), office.operator, office.identity.writer
    state = State("", "", at, by, writer, void=False, record=review, conflicts={}, pending={})
    touched = Changes.of([(review.target_type, review.target)])
    return Saved(state, (), touched | Changes(frozenset({two_steps.DRAFTS})))


def waits(saved: Saved) -> bool:
    """Whether what was said waits for 负责人, and is told to nobody before."""
    return not saved.id


def refold_target(
    office: Office, connection: Connection, target: State[Record], record_type: type[Record]
) -> None:
    """Show the record with what was said of it."""
    state_from_log.refold(connection, [(record_type.type_name, target.id)], office.standpoint)


def require_below(office: Office, connection: Connection, target: State[Record]) -> None:
    """Raise `UserError` NOT_ABOVE for a record of one's own, or of an office that is not below."""
    here = office.identity.station
    if target.owner == here or here not in superiors(connection, target.owner):
        raise not_above(office)


def not_above(office: Office) -> UserError:
    """Why a record of one's own, or of an office that is not below, is not reviewed here."""
    return UserError(
        "NOT_ABOVE", f"只能审核{office.below}报送的记录。", remedy="本单位的记录请直接修改。"
    )
