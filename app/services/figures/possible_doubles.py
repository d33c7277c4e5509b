"""疑似重复: records that may be one, each pair with its reasons; only a person decides.

The comparison is kept up while the office is open: after a decision or a merge only what changed
is compared again, and what was found last is there at once when the office is opened.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from app.domain.campaign.campaign_data import CampaignData
from app.domain.doubles import Candidate, Decisions, Doubles, Found, Kind
from app.domain.doubles.comparing import STEPS
from app.domain.doubles.evidence import TYPES_OF, in_order
from app.domain.doubles.faces import Faces
from app.domain.doubles.neighbours import SURE
from app.domain.kernel.changes import Changes
from app.domain.kernel.progress import Cancel, Progress, Step, silent
from app.domain.records import Area, Campaign, Group, Link, Review, Unit
from app.services.figures import decided_before
from app.services.figures.compared_records import COMPARED, Label, Read, read_all, read_some
from app.services.figures.decided_before import Before, PairKey
from app.services.figures.figure_records import campaign_of, counted
from app.services.office.office import Office
from app.services.office.store_mark import store_mark
from app.services.records.link_resolving import Links
from database.books import settings
from database.log import revisions
from database.state import states
from database.state.filters import live
from database.store.engine import Connection

KIND_WORDS: Mapping[str, str] = {
    Kind.ENTERPRISE: "同一单位",
    Kind.PERSON: "同一个人",
    Kind.HOUSEHOLD: "同一户",
    Kind.VISIT: "同一次走访",
    Kind.AID: "重复帮扶",
}
_NAME = "doubles"
_SURROUNDINGS = frozenset(kind.type_name for kind in (Unit, Area, Group, Campaign))
_MOST_SINGLY = 20_000
"""So many changed records are read one by one; more of them are read with all others."""

_MOST_CROWDS = 20
_MOST_REMEMBERED = 5_000
_RULES = 5
"""Counted up when the rules change, so that what older ones found is not shown."""
_NO_LABEL = Label("", "", "")


class SideView(msgspec.Struct, frozen=True):
    """One of two records that may be one."""

    id: str
    number: str
    name: str
    unit: str
    unit_name: str


class PairView(msgspec.Struct, frozen=True):
    """Two records that may be one, why, and what speaks against it.

    `amount` is the money given a second time, in fen. `before` says what was decided and what has
    changed since, `link` is the record of that decision; both empty where nobody decided.
    """

    kind: str
    words: str
    type: str
    strength: str
    one: SideView
    other: SideView
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    amount: int = 0
    before: str = ""
    link: str = ""


class Candidates(msgspec.Struct, frozen=True):
    """疑似重复: nobody has decided yet (`open`), or a person said they are one (`settled`).

    Where what was compared has changed since the decision, the pair is open again.

    `crowds` name what too many records share to be told apart by it.
    """

    open: tuple[PairView, ...]
    settled: tuple[PairView, ...]
    crowds: tuple[str, ...]


def duplicates(
    office: Office,
    campaign: str | None = None,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Candidates:
    """What may be registered twice; only a person decides, with `reviewing.link`.

    Raises `UserError` NO_CAMPAIGN, `Cancelled`.
    """
    kept = _kept(office)
    with kept.lock, office.store.read() as connection:
        return kept.looked_up(office, connection, campaign, _Watch(progress, cancel or Cancel()))


def known(office: Office) -> Candidates | None:
    """What was found when the store was last compared, without what was decided since.

    At once, also where comparing takes long; None where nothing is known.
    """
    with office.store.read() as connection:
        last = _last(connection)
        return None if last is None else Candidates(_undecided(connection, last.open), (), ())


def remember(office: Office) -> Changes:
    """Keep what was found for the next time the office is opened: all that is 高 or 中."""
    stands = _kept(office).stands
    if stands is None or office.read_only:
        return Changes()
    mark, told = stands
    with office.store.read() as connection:
        last = _last(connection)
        if last is not None and last.holds(connection):
            return Changes()
    strong = tuple(one for one in told.open if one.strength in SURE)[:_MOST_REMEMBERED]
    with office.store.write() as connection:
        later = _last(connection)
        if later is not None and later.n > mark.n:
            return Changes()
        settings.put(connection, _NAME, _Last(_RULES, mark.n, mark.packages, strong))
    return Changes()


def strong_ones(office: Office, *, cancel: Cancel | None = None) -> tuple[PairView, ...]:
    """What is 高 or 中; compared again only if records changed since it was last remembered.

    Raises `UserError` NO_CAMPAIGN, `Cancelled`.
    """
    with office.store.read() as connection:
        last = _last(connection)
        if last is not None and last.holds(connection):
            return _undecided(connection, last.open)
    found = duplicates(office, cancel=cancel).open
    return tuple(one for one in found if one.strength in SURE)


def _undecided(connection: Connection, pairs: Iterable[PairView]) -> tuple[PairView, ...]:
    known = decided_before.decisions(connection)
    return tuple(one for one in pairs if _asked(one, known))


def _asked(one: PairView, known: Mapping[PairKey, Before]) -> bool:
    """Whether nobody decided on a pair since it was found."""
    before = known.get((one.kind, one.one.id, one.other.id))
    return before is None or before.link == one.link


def _kept(office: Office) -> _Kept:
    kept: _Kept = office.remembered.setdefault(_NAME, _Kept())
    return kept


class _Kept:
    """The comparison as it stood at a moment of the log."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.stands: tuple[_Mark, Candidates] | None = None
        """Where the store stood when it was last compared, and what was found."""
        self._faces: Faces
        self._doubles: Doubles
        self._read = Read()

    def looked_up(
        self, office: Office, connection: Connection, campaign: str | None, watch: _Watch
    ) -> Candidates:
        """What is found now; what did not change since the last time is not compared again."""
        mark = _mark(connection, campaign)
        if self.stands is not None and self.stands[0] == mark:
            return self.stands[1]
        watch.step("正在读取记录")
        read = self._since(connection, mark)
        # What is half taken in is no ground to go on from.
        self.stands = None
        if read is None:
            self._anew(office, connection, campaign, watch)
        else:
            self._go_on(connection, read, watch)
        told = self._views(connection, self._doubles.found())
        self.stands = mark, told
        return told

    def _since(self, connection: Connection, mark: _Mark) -> Read | None:
        """What changed since; None where everything is to be compared anew."""
        before = self.stands[0] if self.stands else None
        if before is None or before.campaign != mark.campaign:
            return None
        touched = _touched(connection, before.n - 1)
        if touched is None:
            return None
        if before.packages != mark.packages or len(touched) > _MOST_SINGLY:
            return self._read.differing(read_all(connection, self._faces))
        return read_some(connection, self._faces, touched)

    def _anew(
        self, office: Office, connection: Connection, campaign: str | None, watch: _Watch
    ) -> None:
        surroundings = counted(connection, ("units", "areas", "groups"))
        chosen = campaign_of(Links(office, connection), campaign)
        self._faces = Faces(CampaignData(campaign=chosen, **surroundings))
        self._doubles = Doubles(self._faces.names, self._faces.counties, self._faces.office)
        self._read = Read()
        self._go_on(connection, read_all(connection, self._faces), watch)

    def _go_on(self, connection: Connection, read: Read, watch: _Watch) -> None:
        self._read.take(read)
        self._doubles.update(read.changed, _decisions(connection), watch.step)

    def _views(self, connection: Connection, found: Found) -> Candidates:
        again = decided_before.asked_again(connection, (*found.denied, *found.settled))
        crowds = sorted(found.crowds, key=lambda crowd: -crowd.count)[:_MOST_CROWDS]
        return Candidates(
            tuple(self._pair(one, *again.get(one, ())) for one in in_order((*found.open, *again))),
            tuple(self._pair(one) for one in found.settled if one not in again),
            tuple(
                f"{KIND_WORDS[one.kind]}：{one.count}条记录的{one.what}相同，没有逐对比较。"
                for one in crowds
            ),
        )

    def _pair(self, pair: Candidate, link: str = "", before: str = "") -> PairView:
        return PairView(
            pair.kind,
            KIND_WORDS[pair.kind],
            TYPES_OF[pair.kind].type_name,
            pair.strength,
            self._side(pair, pair.one),
            self._side(pair, pair.other),
            pair.reasons,
            pair.against,
            pair.amount,
            before,
            link,
        )

    def _side(self, pair: Candidate, record: str) -> SideView:
        labels = self._read.labels
        number, name, owner = labels.get(record, _NO_LABEL)
        if pair.kind is Kind.AID:
            name = labels.get(name, _NO_LABEL).name
        return SideView(record, number, name, owner, self._faces.office(owner))


class _Watch:
    """Says how far the comparison is, and hears when it is to stop."""

    def __init__(self, progress: Progress, cancel: Cancel) -> None:
        self._progress, self._cancel = progress, cancel
        self._done = 0

    def step(self, label: str) -> None:
        """Begin with this."""
        self._cancel.check()
        self._progress(Step(label, self._done, len(STEPS) + 1))
        self._done += 1


class _Mark(NamedTuple):
    """Where the store stood: the next number of the log, and which packages count."""

    campaign: str | None
    n: int
    packages: tuple[tuple[int | None, str], ...]


class _Last(msgspec.Struct, frozen=True):
    """What is remembered in the store: by which rules, where the log stood, what was found."""

    rules: int
    n: int
    packages: tuple[tuple[int | None, str], ...]
    open: tuple[PairView, ...]

    def holds(self, connection: Connection) -> bool:
        """Whether nothing that is compared changed since; what was decided since is known."""
        now = _mark(connection, None)
        return now.packages == self.packages and _touched(connection, self.n - 1) == set()


def _last(connection: Connection) -> _Last | None:
    """What is remembered, if these rules found it."""
    try:
        last = settings.get(connection, _NAME, _Last)
    except msgspec.ValidationError:
        return None
    return last if last is not None and last.rules == _RULES else None


def _mark(connection: Connection, campaign: str | None) -> _Mark:
    return _Mark(campaign, *store_mark(connection))


def _touched(connection: Connection, n: int) -> set[tuple[str, str]] | None:
    """The records that got other words after the n-th revision; None where that cannot be told."""
    found: set[tuple[str, str]] = set()
    for kind, record in revisions.since(connection, n):
        if kind in _SURROUNDINGS or (kind == Link.type_name and not _decides(connection, record)):
            return None
        if kind in COMPARED:
            found.add((kind, record))
        elif kind == Review.type_name and (review := states.get(connection, Review, record)):
            found.add((review.record.target_type, review.record.target))
    return {(kind, record) for kind, record in found if kind in COMPARED}


def _decides(connection: Connection, link: str) -> bool:
    """Whether a link record says that two are or are not the same, and nothing of owners."""
    state = states.get(connection, Link, link)
    return state is not None and state.record.kind in KIND_WORDS


def _decisions(connection: Connection) -> Decisions:
    """What was decided, by kind, oldest first."""
    found: dict[Kind, list[tuple[str, str, bool]]] = {}
    names = ("kind", "one", "other", "same")
    for kind, one, other, same in states.pick(connection, Link, names, live()):
        if kind in KIND_WORDS and same is not None:
            found.setdefault(Kind(kind), []).append((one, other, bool(same)))
    return {kind: tuple(some) for kind, some in found.items()}
