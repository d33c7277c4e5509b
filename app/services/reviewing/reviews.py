"""审核: the word of an office above on a record, and the county's trays for it (R30)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec

from app.domain.kernel.added_values import flat
from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec
from app.domain.merging import revision
from app.domain.records import (
    TYPES,
    Link,
    Notice,
    Proposal,
    Question,
    Record,
    Review,
    ScoreSheet,
    UpdatePart,
    body_of,
)
from app.domain.values.entry import read_value
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.records import record_folding, state_from_log
from app.services.records.append_revision import write
from app.services.records.asked_campaign import asked_fields
from app.services.records.link_resolving import Links
from app.services.records.removed_fields import any_removed, shown_fields
from app.services.records.saving import Saved, find_one
from app.services.records.units import superiors
from app.services.records.who_and_when import who_and_when
from app.services.reviewing import two_steps
from app.services.reviewing.stale_base import note_own, refuse_stale
from app.services.reviewing.standing_refusals import refusals_of
from database.log import revisions
from database.log.revisions import Written
from database.state import states
from database.state.filters import equal, live
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


class Decision(NamedTuple):
    """同一 / 不同: what is said of two records of a type, by id or 编号, and why.

    `kind` says what they are the same of, where that is not what they are (two files of
    one `household`). `known` is the link of the decision that stands before whoever decides, ""
    for none; None where that is no matter.
    """

    type: type[Record]
    one: str
    other: str
    same: bool
    reason: str
    kind: str = ""
    known: str | None = None


def link(
    office: Office,
    record_type: type[Record],
    one: str,
    other: str,
    *,
    same: bool,
    reason: str,
    kind: str = "",
) -> Saved:
    """同一 / 不同: remember a decision about two records, with its reason."""
    return link_all(office, (Decision(record_type, one, other, same, reason, kind),))[0]


@needs("decide")
def link_all(office: Office, decisions: Iterable[Decision]) -> list[Saved]:
    """Remember decisions about several pairs, all or none of them.

    Raises `UserError` STALE, with who decided what, where another decision than the `known` one
    stands about a pair.
    """
    told = list(decisions)
    if any(not one.reason.strip() for one in told):
        raise UserError("WHY", "要写明理由。", remedy="请填写理由。")
    with office.store.write() as connection:
        for one in told:
            _refuse_decided(connection, one)
        return [_link(office, connection, one) for one in told]


def _refuse_decided(connection: Connection, told: Decision) -> None:
    if told.known is None:
        return
    first, second = sorted((told.one, told.other))
    kind = equal("kind", told.kind or told.type.type_name)
    pair = equal("one", first) & equal("other", second)
    found = states.find(connection, Link, kind, pair, live(), order=("changed_at", "id"))
    if not found or found[-1].id == told.known:
        return
    last = found[-1]
    names = "与".join(find_one(connection, told.type, one).record.number for one in (first, second))
    verdict = "是同一个" if last.record.same else "不是同一个"
    raise UserError(
        "STALE",
        f"{who_and_when(connection, last.changed_by, last.changed_at)}已认定{names}{verdict}，"
        "您的没有写入。",
        remedy="不同意的，请在“已认定”里改回，再重新认定。",
    )


def _link(office: Office, connection: Connection, told: Decision) -> Saved:
    found = [find_one(connection, told.type, key) for key in (told.one, told.other)]
    first, second = sorted(state.id for state in found)
    owners = sorted({state.owner for state in found} - {office.identity.station})
    body = body_of(
        Link(
            kind=told.kind or told.type.type_name,
            one=first,
            other=second,
            same=told.same,
            reason=told.reason,
            stations=tuple(owners),
        )
    )
    state = write(office, connection, Link, office.new_id(), body, op="create")
    return Saved(state, (), Changes.of([(Link.type_name, state.id)]))


SPOKEN = (
    Review.type_name,
    Link.type_name,
    Notice.type_name,
    ScoreSheet.type_name,
    UpdatePart.type_name,
)
"""What is said of others' records, what the city tells of its own, points, newer programs."""

_FOR_ALL = (Notice.type_name, UpdatePart.type_name)


def speaks_to(row: Written, station: str) -> bool:
    """Whether a review or a decision concerns an office's records, and so is told to it.

    A notice that is for no office alone is told to every one, and so is a newer program.
    """
    if row.type not in SPOKEN:
        return False
    body = revision.read(row.raw).body
    if row.type in _FOR_ALL and not body.get("station"):
        return True
    return body.get("station") == station or station in body.get("stations", ())


def is_hint(row: Written) -> bool:
    """Whether a notice says what others have, and nothing of a visit."""
    return row.type == Notice.type_name and bool(revision.read(row.raw).body.get("hint_of"))


def tells_of_paper(row: Written) -> bool:
    """Whether a notice says which signed paper came, and nothing of a visit."""
    return row.type == Notice.type_name and bool(revision.read(row.raw).body.get("paper_of"))


@dataclass(frozen=True, slots=True)
class TrayItem:
    """One record in a tray: what the office above said, and whether it still stands.

    `open` until the owner has changed the record (or the proposed fields) since, or refused it.
    """

    review: State[Review]
    record: State[Record]
    type: str
    open: bool


def tray(office: Office, verdict: str) -> list[TrayItem]:
    """退回 (return), 更正建议 (propose) or 通过 (accept) on records of this office."""
    with office.store.read() as connection:
        found = states.find(
            connection,
            Review,
            equal("verdict", verdict),
            equal("station", office.identity.station),
            live(),
            order=states.AS_LOGGED,
        )
        refused = refusals_of(connection, found).keys()
        return [item for one in found if (item := _item(connection, one, one.id in refused))]


def _item(connection: Connection, state: State[Review], refused: bool) -> TrayItem | None:
    review = state.record
    record_type = TYPES.get(review.target_type)
    record = states.get(connection, record_type, review.target) if record_type else None
    if record is None:
        return None
    still = not refused and still_stands(connection, record, review)
    return TrayItem(state, record, review.target_type, still)


def still_stands(connection: Connection, record: State[Record], review: Review) -> bool:
    """Whether the owner has left what was spoken about as it was."""
    fields = [*(q.field for q in review.questions), *(p.field for p in review.proposals)]
    spoken = revisions.get(connection, review.target_h)
    if spoken is None or not fields:
        return record.h == review.target_h
    before = flat(record_folding.decode([spoken])[spoken.h].body)
    now = flat(body_of(record.record))
    if any_removed(connection, type(record.record), fields) and record.h != review.target_h:
        return False
    return all(_plain(before.get(name)) == _plain(now.get(name)) for name in fields)


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def open_items(items: Sequence[TrayItem]) -> list[TrayItem]:
    """Those the owner has still to look at."""
    return [item for item in items if item.open]
