"""整份通过: one word on many records at once, after what the checks say; one undo for all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from app.domain.checking import checks
from app.domain.checking.checks import Severity
from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.domain.records import TYPES, Question, Record, Review, body_of
from app.domain.records.registry import shown
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.records import state_from_log, voiding
from app.services.records.append_revision import write
from app.services.records.asked_campaign import asked_of
from app.services.records.link_resolving import Links
from app.services.records.saving import find_one
from app.services.records.units import superiors
from app.services.reviewing import reviews, two_steps
from app.services.reviewing.reviews import Correction
from app.services.reviewing.stale_base import note_own, position, refuse_stale
from database.books import drafted_reviews
from database.books.drafted_reviews import WAITING
from database.log import packages
from database.log.revisions import chunks
from database.state import states
from database.state.filters import among, live
from database.state.states import State
from database.store.engine import Connection

Target = tuple[str, str]
"""Type name and id of a record."""
TAKEN_BACK = "撤回刚才的审核"


@dataclass(frozen=True, slots=True)
class Remark:
    """What the checks say of one record: its 编号, and the sentence."""

    type: str
    id: str
    number: str
    severity: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """A package before it is passed whole: what is to pass, what is left out, what speaks against.

    `spoken` have a word on them as they stand, `foreign` are not for this office to review,
    `differing` (编号) are 两处填写不一致. `base` is the place in the log at which it was looked at.
    """

    to_pass: tuple[Target, ...]
    spoken: int
    foreign: int
    differing: tuple[str, ...]
    remarks: tuple[Remark, ...]
    base: int = 0


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was said at once: the reviews (ids) that one undo takes back, and of what.

    `drafts` are the lines that wait for 负责人 in their place.
    """

    reviews: tuple[str, ...]
    records: tuple[Target, ...]
    drafts: tuple[int, ...] = ()

    @property
    def changes(self) -> Changes:
        """What to redraw."""
        made = ((Review.type_name, one) for one in self.reviews)
        waiting = {two_steps.DRAFTS} if self.drafts else ()
        return Changes.of([*self.records, *made]) | Changes(frozenset(waiting))


def outlook(
    office: Office, package: int, *, progress: Progress = silent, cancel: Cancel | None = None
) -> Outlook:
    """What passing a whole package would pass, with what the checks say of each of it.

    Raises `Cancelled`.
    """
    cancel = cancel or Cancel()
    known = {kind.type_name for kind in shown()}
    with office.store.read() as connection:
        base = position(connection)
        contents = packages.contents(connection, package)
        found = list(dict.fromkeys((kind, id) for _, _, kind, id in contents if kind in known))
        below, links = Below(office, connection), Links(office, connection)
        to_pass: list[Target] = []
        remarks: list[Remark] = []
        differing: list[str] = []
        spoken = foreign = 0
        for done, (state, said) in enumerate(_with_words(connection, found), 1):
            cancel.check()
            progress(Step("看核对结果", done, len(found)))
            target = (type(state.record).type_name, state.id)
            if state.void or not below(state.owner):
                foreign += 1
            elif state.h in said:
                spoken += 1
            else:
                to_pass.append(target)
                differing += [state.record.number] if state.conflicts else []
                remarks += _remarks(links, state)
    return Outlook(tuple(to_pass), spoken, foreign, tuple(differing), tuple(remarks), base)


class Below:
    """Whether an office reports to this one; each is asked for once."""

    def __init__(self, office: Office, connection: Connection) -> None:
        self._office, self._connection = office, connection
        self._known: dict[str, bool] = {office.identity.station: False}

    def __call__(self, station: str) -> bool:
        if station not in self._known:
            above = superiors(self._connection, station)
            self._known[station] = self._office.identity.station in above
        return self._known[station]


def _with_words(
    connection: Connection, found: Iterable[Target]
) -> Iterator[tuple[State[Record], set[str]]]:
    """Each record with the versions of it (h) that were spoken of."""
    by_type: dict[str, list[str]] = {}
    for kind, record in found:
        by_type.setdefault(kind, []).append(record)
    for kind, ids in by_type.items():
        for some in chunks(ids):
            said: dict[str, set[str]] = {}
            for review in states.find(connection, Review, among("target", some), live()):
                said.setdefault(review.record.target, set()).add(review.record.target_h)
            for row in drafted_reviews.of_targets(connection, some, WAITING):
                said.setdefault(row.target, set()).add(row.target_h)
            for state in states.find(connection, TYPES[kind], among("id", some)):
                yield state, said.get(state.id, set())


def _remarks(links: Links, state: State[Record]) -> Iterator[Remark]:
    campaign = asked_of(links, type(state.record), body_of(state.record))
    for one in checks.check(state.record, today=links.office.today(), campaign=campaign):
        if one.severity is not Severity.INFO:
            kind, number = type(state.record).type_name, state.record.number
            yield Remark(kind, state.id, number, one.severity.value, one.sentence)


def accept_several(
    office: Office,
    targets: Sequence[Target],
    text: str = "",
    *,
    base: int | None = None,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Spoken:
    """通过 of all of these, in one transaction.

    `base`, here and below, is the place in the log up to which the person had read of them.
    Raises `UserError` NOT_ABOVE, STALE; `Cancelled`.
    """
    said = Review(verdict="accept", text=text)
    return _say_all(office, targets, lambda target: said, base, progress=progress, cancel=cancel)


def return_several(
    office: Office,
    targets: Sequence[Target],
    question: str,
    *,
    base: int | None = None,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Spoken:
    """退回 of all of these with one question on the whole record.

    Raises `UserError` NO_QUESTION, NOT_ABOVE, STALE; `Cancelled`.
    """
    if not question.strip():
        raise UserError("NO_QUESTION", "退回时要写明问题。", remedy="请写明问题。")
    said = Review(verdict="return", text=question)
    return _say_all(office, targets, lambda target: said, base, progress=progress, cancel=cancel)


def return_each(
    office: Office,
    questions: Mapping[Target, Mapping[str, str]],
    text: str = "",
    *,
    base: int | None = None,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Spoken:
    """退回 of each with questions of its own, by the name of their field; under "" on the whole.

    Raises `UserError` NOT_ABOVE, STALE; `Cancelled`.
    """

    def asked(target: Target) -> Review:
        of = questions[target]
        rows = tuple(Question(id=name, field=name, text=one) for name, one in of.items() if name)
        whole = "\n".join(filter(None, (of.get("", ""), text)))
        return Review(verdict="return", questions=rows, text=whole)

    return _say_all(office, list(questions), asked, base, progress=progress, cancel=cancel)


def propose_several(
    office: Office,
    record_type: type[Record],
    records: Sequence[str],
    corrections: Mapping[str, Correction],
    *,
    base: int | None = None,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Spoken:
    """更正建议 of the same fields of all of these, in one transaction, which one undo takes back.

    Raises `UserError` UNKNOWN_FIELD, NOT_ABOVE, STALE and as `read_value`; `Cancelled`.
    """
    with office.store.read() as connection:
        first = find_one(connection, record_type, records[0])
        told = reviews.proposal(office, connection, first, corrections)
    targets = [(record_type.type_name, record) for record in records]
    spoken = _say_all(
        office,
        targets,
        lambda target: told,
        base,
        progress=progress,
        cancel=cancel,
        action="telephone",
    )
    _refold(office, spoken.records if spoken.reviews else ())
    return spoken


def _refold(office: Office, targets: Sequence[Target]) -> None:
    """Show records with the values that are proposed of them, or no longer are."""
    if targets:
        with office.store.write() as connection:
            state_from_log.refold(connection, targets, office.standpoint)


def _say_all(
    office: Office,
    targets: Sequence[Target],
    word: Callable[[Target], Review],
    base: int | None,
    *,
    progress: Progress,
    cancel: Cancel | None,
    action: str = "review",
) -> Spoken:
    two_steps.require_speaker(office, action)
    cancel, made, drafts = cancel or Cancel(), list[str](), list[int]()
    with office.store.write() as connection:
        waits = bool(two_steps.waits_for(office, connection))
        ids = [one for _, one in targets]
        below = Below(office, connection)
        refuse_stale(office, connection, ids, base)
        two_steps.refuse_drafted(office, connection, ids)
        for done, (state, _) in enumerate(_with_words(connection, targets), 1):
            cancel.check()
            progress(Step("正在写审核意见", done, len(targets)))
            if not below(state.owner):
                raise reviews.not_above(office)
            review = word((type(state.record).type_name, state.id))
            said = _about(office, review, state)
            if waits:
                drafts.append(two_steps.draft(office, connection, state, said))
                continue
            new = write(office, connection, Review, office.new_id(), body_of(said), op="create")
            made.append(new.id)
            note_own(office, new.id)
    return Spoken(tuple(made), tuple(targets), tuple(drafts))


def _about(office: Office, review: Review, state: State[Record]) -> Review:
    return msgspec.structs.replace(
        review,
        station=state.owner,
        target=state.id,
        target_type=type(state.record).type_name,
        target_h=state.h,
        unit=office.identity.station,
    )


@needs("draft review")
def take_back(office: Office, spoken: Spoken) -> Changes:
    """Take back what was said at once; those taken back meanwhile stay so.

    Raises `UserError` STALE where 负责人 decided of a draft meanwhile.
    """
    if spoken.drafts:
        two_steps.withdraw(office, spoken.drafts)
        return spoken.changes
    with office.store.read() as connection:
        still = [
            one.id
            for some in chunks(spoken.reviews)
            for one in states.find(connection, Review, among("id", some), live())
        ]
    taken = voiding.void_all(office, Review, still, TAKEN_BACK)
    gone = (one.state.record for one in taken)
    _refold(
        office, [(r.target_type, r.target) for r in gone if isinstance(r, Review) and r.proposals]
    )
    return spoken.changes
