"""What is done with findings of received records: returned, let stand, asked again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, silent
from app.domain.records import Review
from app.services.deciding.findings import Line, Standing, finding_key
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.records.voiding import void_within
from app.services.records.who_and_when import who_and_when
from app.services.reviewing import several
from app.services.reviewing.several import TAKEN_BACK, Target
from database.books import let_stand
from database.books.let_stand import LetStandRow
from database.log.revisions import chunks
from database.state import states
from database.state.filters import among, live
from database.store.engine import Connection

MOST_AT_ONCE = 5_000
"""So many findings may be decided in one go."""
_TYPE = "let_stand"


@dataclass(frozen=True, slots=True)
class Done:
    """What was decided at once, of how many records: one undo takes it back."""

    findings: int
    records: int
    let: tuple[tuple[str, str], ...]
    reviews: tuple[str, ...]
    changes: Changes


@needs("review")
def send_back(
    office: Office,
    lines: Sequence[Line],
    text: str = "",
    *,
    base: int | None = None,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Done:
    """退回 the records of these findings to their offices, each finding as a question.

    `base` is the place in the log up to which they had been read. Raises `UserError` TOO_MANY,
    NOT_ABOVE, STALE; `Cancelled`.
    """
    _require_few(lines)
    asked = _questions(one for one in lines if one.standing is not Standing.RETURNED)
    done = several.return_each(
        office, asked, text.strip(), base=base, progress=progress, cancel=cancel
    )
    count = sum(one.standing is not Standing.RETURNED for one in lines)
    return Done(count, len(asked), (), done.reviews, done.changes)


def _questions(lines: Iterable[Line]) -> Mapping[Target, Mapping[str, str]]:
    """By record, by field what is asked; several findings of one field are one question."""
    found: dict[Target, dict[str, list[str]]] = {}
    for one in lines:
        target = one.record.type.type_name, one.record.id
        at = found.setdefault(target, {}).setdefault(one.finding.field, [])
        at.append(f"{one.finding.sentence}{one.finding.remedy}")
    return {
        target: {field: "\n".join(dict.fromkeys(told)) for field, told in of.items()}
        for target, of in found.items()
    }


@needs("review")
def stand(office: Office, lines: Sequence[Line], reason: str) -> Done:
    """认可 findings with a reason: they are not asked about until their record changes.

    Raises `UserError` TOO_MANY, WHY, or STALE where a colleague let one stand meanwhile.
    """
    _require_few(lines)
    if not reason.strip():
        raise UserError("WHY", "要写明理由。", remedy="请填写理由，再按 Enter。")
    at, by = office.now(), office.operator
    rows = [
        LetStandRow(
            one.record.id,
            finding_key(one.finding),
            one.record.type.type_name,
            one.record.h,
            reason.strip(),
            at,
            by,
        )
        for one in lines
    ]
    with office.store.write() as connection:
        _refuse_unseen(connection, lines)
        let_stand.put(connection, rows)
    changes = Changes.of((_TYPE, one.record.id) for one in lines)
    records = len({one.record.id for one in lines})
    return Done(len(lines), records, tuple(one.key for one in lines), (), changes)


def _refuse_unseen(connection: Connection, lines: Sequence[Line]) -> None:
    """Refuse to write over a reason that was not before whoever gives another."""
    seen = {one.key: one.reason for one in lines}
    looked_at = {one.key: one.record.h for one in lines}
    for row in let_stand.every(connection):
        key = row.record, row.finding
        if key in seen and row.h == looked_at[key] and row.reason != seen[key]:
            raise UserError(
                "STALE",
                f"{who_and_when(connection, row.by, row.at)}已认可其中一处（{row.reason}），"
                "您的没有写入。",
                remedy="请看过最新的再办。",
            )


def ask_again(office: Office, lines: Sequence[Line]) -> Changes:
    """Take back that these were returned or let stand, all or none: they are open again.

    A return is taken back whole, with whatever else it asked of its record.
    """
    let = [one.key for one in lines if one.standing is Standing.LET]
    return _take_back(office, let, {one.review for one in lines if one.review})


def undo(office: Office, done: Done) -> Changes:
    """Take back what was decided at once; what was taken back meanwhile stays so."""
    return _take_back(office, done.let, done.reviews)


@needs("review")
def _take_back(office: Office, let: Sequence[tuple[str, str]], reviews: Iterable[str]) -> Changes:
    with office.store.write() as connection:
        let_stand.remove(connection, let)
        still = [
            one.id
            for some in chunks(reviews)
            for one in states.find(connection, Review, among("id", some), live())
        ]
        for review in still:
            void_within(office, connection, Review, review, TAKEN_BACK)
    touched = [*((_TYPE, record) for record, _ in let), *((Review.type_name, one) for one in still)]
    return Changes.of(touched)


def _require_few(lines: Sequence[Line]) -> None:
    if len(lines) > MOST_AT_ONCE:
        raise UserError(
            "TOO_MANY",
            f"一次最多办理 {MOST_AT_ONCE:,} 处，现在选了 {len(lines):,} 处。",
            remedy="请先按单位或规则缩小范围，分几次办。",
        )
