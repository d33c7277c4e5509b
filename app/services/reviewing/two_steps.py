"""两级审核: what a clerk says of records waits until the person in charge confirms it.

Where the office wants it (`turn`), what somebody without the duty 负责人 says is kept as a draft:
no review is written, no figure changes and no answer carries it, until 负责人 confirms it. They may
hand it back with a word. Nobody says anything of a record over a draft of somebody else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import msgspec

from app.domain.codes import REVIEW_VERDICT
from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.kernel.readable import readable
from app.domain.records import TYPES, Record, Review, body_of
from app.services.office.duties import LEADER, able_instead, duties_of, in_post, needs, require
from app.services.office.office import Office
from app.services.people.paper_names import operator_name
from app.services.records import state_from_log
from app.services.records.append_revision import past_of, write
from app.services.records.who_and_when import who_and_when
from app.services.reviewing.stale_base import note_own
from database.books import drafted_reviews, settings
from database.books.drafted_reviews import (
    CONFIRMED,
    HANDED_BACK,
    WAITING,
    WITHDRAWN,
    DraftedReview,
)
from database.state import states
from database.state.states import State
from database.store.engine import Connection

_SETTING = "reviews in two steps"
DRAFTS = "drafted_review"
"""What changes when something waits, is confirmed, handed back or withdrawn."""

_TAKEN_BACK = "撤回刚才的确认"


def is_on(office: Office) -> bool:
    """Whether what clerks say waits for 负责人 here."""
    with office.store.read() as connection:
        return _is_on(connection)


def _is_on(connection: Connection) -> bool:
    return bool(settings.get(connection, _SETTING, bool))


@needs("people")
def turn(office: Office, *, on: bool) -> Changes:
    """Let what clerks say wait for 负责人, or no longer; raises `UserError` NO_LEADER."""
    with office.store.write() as connection:
        if on and not any(LEADER in duties_of(who) for _, who in in_post(office, connection)):
            raise UserError(
                "NO_LEADER",
                "本单位还没有人担任“负责人”，不能分两步审核。",
                remedy="请先给负责人勾选职责，再按一次。",
            )
        settings.put(connection, _SETTING, on)
    return Changes(frozenset({DRAFTS}))


def require_speaker(office: Office, action: str = "review") -> None:
    """See that who is at work may say something of records; raises `UserError` NOT_YOUR_DUTY."""
    require(office, "draft review" if is_on(office) else action)


def waits_for(office: Office, connection: Connection) -> tuple[str, ...]:
    """Who must confirm what the person at work says; nobody where it holds at once."""
    return able_instead(office, connection, "review") if _is_on(connection) else ()


# -- what is drafted


def refuse_drafted(office: Office, connection: Connection, targets: Collection[str]) -> None:
    """Raise `UserError` STALE where a draft of somebody else waits for one of these records."""
    there = drafted_reviews.of_targets(connection, targets, WAITING)
    row = next((one for one in there if one.by != office.operator), None)
    if row is None:
        return
    who = who_and_when(connection, row.by, row.at)
    raise UserError(
        "STALE",
        f"{who}已对“{_number(connection, row)}”拟了“{_verdict(row)}”，还没有确认。",
        remedy="请在“待确认”里确认或交回，不要另写一份。",
    )


def draft(office: Office, connection: Connection, target: State[Record], review: Review) -> int:
    """Keep what would be said of a record; what the same person drafted before gives way."""
    there = drafted_reviews.of_targets(connection, [target.id], WAITING, HANDED_BACK)
    gone = [one for one in there if one.standing == HANDED_BACK or _gives_way(one, review)]
    drafted_reviews.settle(connection, [_closed(office, one, WITHDRAWN) for one in gone])
    row = DraftedReview(
        0,
        office.now(),
        office.operator,
        type(target.record).type_name,
        target.id,
        target.h,
        msgspec.json.encode(body_of(review)).decode(),
        WAITING,
        *[""] * 4,
    )
    return drafted_reviews.add(connection, row)


def _gives_way(row: DraftedReview, review: Review) -> bool:
    """通过 and 退回 of one record exclude each other; values proposed may stand beside them."""
    return "propose" not in {review.verdict, read(row).verdict}


def _closed(office: Office, row: DraftedReview, standing: str, word: str = "") -> DraftedReview:
    at, by = office.now(), office.operator
    return row._replace(standing=standing, closed_at=at, closed_by=by, word=word)


def read(row: DraftedReview) -> Review:
    """What a line would say."""
    return msgspec.json.decode(row.review, type=readable(Review))


# -- what is decided of it


@dataclass(frozen=True, slots=True)
class Step:
    """What was done with some lines: as they were and are, the reviews made, who was left out.

    `changed` (编号) are records that say otherwise by now: they go on waiting.
    """

    before: tuple[DraftedReview, ...]
    after: tuple[DraftedReview, ...]
    changed: tuple[str, ...] = ()

    @property
    def changes(self) -> Changes:
        """What to redraw."""
        made = [(Review.type_name, one.made) for one in self.after if one.made]
        touched = [(one.type, one.target) for one in self.after]
        return Changes.of([*made, *touched]) | Changes(frozenset({DRAFTS}))


@needs("review")
def confirm(office: Office, numbers: Iterable[int]) -> Step:
    """确认: write the reviews that wait, all in one transaction.

    Raises `UserError` STALE where one of them was confirmed, handed back or withdrawn meanwhile.
    """
    with office.store.write() as connection:
        rows = _waiting_rows(connection, numbers)
        targets = {row.n: _target(connection, row) for row in rows}
        fit = [row for row in rows if (one := targets[row.n]) and one.h == row.target_h]
        changed = [_number(connection, row) for row in rows if row not in fit]
        after = [_written(office, connection, row) for row in fit]
        drafted_reviews.settle(connection, after)
        _show_anew(office, connection, fit)
    return Step(tuple(fit), tuple(after), tuple(changed))


def _written(office: Office, connection: Connection, row: DraftedReview) -> DraftedReview:
    name = operator_name(connection, row.by)
    why = f"经办{name}拟，负责人确认"
    body = body_of(read(row))
    state = write(office, connection, Review, office.new_id(), body, op="create", why=why)
    note_own(office, state.id)
    return _closed(office, row, CONFIRMED)._replace(made=state.id)


def _show_anew(office: Office, connection: Connection, rows: Iterable[DraftedReview]) -> None:
    state_from_log.refold(connection, [(one.type, one.target) for one in rows], office.standpoint)


@needs("review")
def hand_back(office: Office, numbers: Iterable[int], word: str) -> Step:
    """交回 to the clerk with a word; raises `UserError` WHY, STALE."""
    if not word.strip():
        raise UserError("WHY", "交回要写明原因。", remedy="请写一句，让经办知道要改什么。")
    with office.store.write() as connection:
        rows = _waiting_rows(connection, numbers)
        after = [_closed(office, row, HANDED_BACK, word.strip()) for row in rows]
        drafted_reviews.settle(connection, after)
    return Step(tuple(rows), tuple(after))


@needs("draft review")
def withdraw(office: Office, numbers: Iterable[int]) -> Step:
    """撤回 what one drafted oneself; raises `UserError` NOT_YOURS, STALE."""
    with office.store.write() as connection:
        rows = _waiting_rows(connection, numbers, HANDED_BACK)
        if any(row.by != office.operator for row in rows):
            raise UserError("NOT_YOURS", "这是别人拟的，不能撤回。", remedy="请负责人交回。")
        after = [_closed(office, row, WITHDRAWN) for row in rows]
        drafted_reviews.settle(connection, after)
    return Step(tuple(rows), tuple(after))


@needs("draft review")
def undo(office: Office, step: Step) -> Changes:
    """Take a step back: the lines stand as they stood, the reviews made of them are void.

    Raises `UserError` STALE where somebody went on with one of them, NOT_YOUR_DUTY.
    """
    if any(one.made for one in step.after):
        require(office, "review")
    with office.store.write() as connection:
        now = drafted_reviews.named(connection, [one.n for one in step.after])
        if tuple(now) != step.after:
            raise UserError(
                "STALE", "其中有的刚才又办理过，没有撤回。", remedy="请刷新后逐条办理。"
            )
        for row in step.after:
            _void(office, connection, row.made)
        drafted_reviews.settle(connection, step.before)
        _show_anew(office, connection, [row for row in step.after if row.made])
    return step.changes


def _void(office: Office, connection: Connection, made: str) -> None:
    state = states.get(connection, Review, made) if made else None
    if state is not None and not state.void:
        past = past_of(connection, Review, made)
        write(office, connection, Review, made, past.body, op="void", past=past, why=_TAKEN_BACK)


def _waiting_rows(
    connection: Connection, numbers: Iterable[int], *also: str
) -> Sequence[DraftedReview]:
    """The lines of these numbers; raises `UserError` STALE where one waits no longer."""
    rows = drafted_reviews.named(connection, numbers)
    gone = next((one for one in rows if one.standing not in (WAITING, *also)), None)
    if gone is not None:
        who = who_and_when(connection, gone.closed_by, gone.closed_at)
        did = {CONFIRMED: "确认", HANDED_BACK: "交回", WITHDRAWN: "撤回"}[gone.standing]
        raise UserError(
            "STALE",
            f"{who}已把“{_number(connection, gone)}”的审核{did}，您的没有写入。",
            remedy="请看过最新的再办。",
        )
    return rows


def _target(connection: Connection, row: DraftedReview) -> State[Record] | None:
    state = states.get(connection, TYPES[row.type], row.target)
    return None if state is None or state.void else state


def _number(connection: Connection, row: DraftedReview) -> str:
    state = states.get(connection, TYPES[row.type], row.target)
    return (state.record.number if state else "") or TYPES[row.type].label


def _verdict(row: DraftedReview) -> str:
    return REVIEW_VERDICT.label_of(read(row).verdict)
