"""疑似重复: records that may be one, each pair with its reasons; only a person decides.

The comparison is kept up while the office is open: after a decision or a merge only what changed
is compared again. What was found is kept in the store: where nothing changed since, the next
session compares nothing.
"""

from __future__ import annotations

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
from app.domain.records import Area, Campaign, Group, Link, Unit
from app.services.figures import decided_before
from app.services.figures.compared_records import COMPARED, Label, Read, read_all, read_some
from app.services.figures.decided_before import Before, PairKey
from app.services.figures.figure_records import campaign_of, counted
from app.services.office import kept_answers
from app.services.office.office import Office
from app.services.office.one_at_a_time import OneAtATime
from app.services.office.store_mark import StoreMark, store_mark
from app.services.records.changed_records import changed_records
from app.services.records.link_resolving import Links
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
_COMPARING = _SURROUNDINGS | COMPARED
_TELLING = _COMPARING | {Link.type_name}
"""The types whose change may end or begin what is found, also by what was decided."""
_MOST_SINGLY = 20_000
"""So many changed records are read one by one; more of them are read with all others."""

_MOST_CROWDS = 20
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
    kept, cancel = _kept(office), cancel or Cancel()
    with kept.alone.turn(progress, cancel) as told, office.store.read() as connection:
        chosen = campaign_of(Links(office, connection), campaign)
        return kept.looked_up(connection, chosen, _Watch(told, cancel))


def known(office: Office) -> Candidates | None:
    """What is 高 or 中 of what was found when the store was last compared, and is not decided.

    At once, also where comparing takes long; None where nothing is known.
    """
    with office.store.read() as connection:
        last = kept_answers.recall(connection, _NAME, _Last)
        return None if last is None else Candidates(_strong(connection, last[1]), (), ())


def remember(office: Office) -> Changes:
    """Keep what was found for the next time the office is opened."""
    kept = _kept(office)
    stands = kept.stands
    if stands is not None and stands[0] != kept.written:
        mark, told = stands
        content = kept_answers.packed(_Last(mark.campaign, told))
        if kept_answers.keep(office, _NAME, mark.store, content):
            kept.written = mark
    return Changes()


def strong_ones(office: Office, *, cancel: Cancel | None = None) -> tuple[PairView, ...]:
    """What is 高 or 中; compared again only if records changed since it was last remembered.

    Raises `UserError` NO_CAMPAIGN, `Cancelled`.
    """
    with office.store.read() as connection:
        last = kept_answers.recall(connection, _NAME, _Last)
        if last is not None and not _kinds_since(connection, last[0]) & _COMPARING:
            return _strong(connection, last[1])
    return tuple(one for one in duplicates(office, cancel=cancel).open if one.strength in SURE)


def _strong(connection: Connection, last: _Last) -> tuple[PairView, ...]:
    return _undecided(connection, (one for one in last.found.open if one.strength in SURE))


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
        self.alone = OneAtATime()
        self.stands: tuple[_Mark, Candidates] | None = None
        """Where the store stood when it was last compared, and what was found."""
        self.written: _Mark | None = None
        """Up to where it is kept in the store."""
        self._doubles: Doubles | None = None
        self._faces: Faces
        self._read = Read()

    def looked_up(self, connection: Connection, campaign: Campaign, watch: _Watch) -> Candidates:
        """What is found now; what did not change since the last time is not compared again."""
        if self.stands is None:
            self._recall(connection)
        mark = _Mark(campaign.code, store_mark(connection))
        if self.stands is not None and self._holds(connection, mark):
            self.stands = mark, self.stands[1]
            return self.stands[1]
        watch.step("正在读取记录")
        doubles, read = self._since(connection, mark)
        # What is half taken in is no ground to go on from.
        self.stands = self._doubles = None
        doubles = self._gone_on(connection, doubles, read, campaign, watch)
        told = self._views(connection, doubles.found())
        self.stands, self._doubles = (mark, told), doubles
        return told

    def _recall(self, connection: Connection) -> None:
        last = kept_answers.recall(connection, _NAME, _Last)
        if last is not None:
            self.written = _Mark(last[1].campaign, last[0])
            self.stands = self.written, last[1].found

    def _holds(self, connection: Connection, mark: _Mark) -> bool:
        """Whether nothing changed that was compared, or decided."""
        before = self.stands[0] if self.stands else None
        if before is None or before.campaign != mark.campaign:
            return False
        return before == mark or not _kinds_since(connection, before.store) & _TELLING

    def _since(self, connection: Connection, mark: _Mark) -> tuple[Doubles | None, Read]:
        """What to go on from, and what changed since; None where all is to be compared anew."""
        before, doubles = self.stands[0] if self.stands else None, self._doubles
        if before is None or doubles is None or before.campaign != mark.campaign:
            return None, Read()
        touched = changed_records(connection, before.store)
        if {kind for kind, _ in touched} & _SURROUNDINGS:
            return None, Read()
        some = [target for target in touched if target[0] in COMPARED]
        if len(some) > _MOST_SINGLY:
            return doubles, self._read.differing(read_all(connection, self._faces))
        return doubles, read_some(connection, self._faces, some)

    def _gone_on(
        self,
        connection: Connection,
        doubles: Doubles | None,
        read: Read,
        campaign: Campaign,
        watch: _Watch,
    ) -> Doubles:
        if doubles is None:
            surroundings = counted(connection, ("units", "areas", "groups"))
            self._faces = faces = Faces(CampaignData(campaign=campaign, **surroundings))
            doubles = Doubles(faces.names, faces.counties, faces.office)
            self._read, read = Read(), read_all(connection, faces)
        self._read.take(read)
        doubles.update(read.changed, _decisions(connection), watch.step)
        return doubles

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
    """The campaign (its code) by which it was compared, and where the store stood."""

    campaign: str
    store: StoreMark


class _Last(msgspec.Struct, frozen=True):
    """What is kept in the store: by which campaign it was compared, and what was found."""

    campaign: str
    found: Candidates


def _kinds_since(connection: Connection, before: StoreMark) -> set[str]:
    """The types of the records that may be other than they were at the mark."""
    return {kind for kind, _ in changed_records(connection, before)}


def _decisions(connection: Connection) -> Decisions:
    """What was decided, by kind, oldest first."""
    found: dict[Kind, list[tuple[str, str, bool]]] = {}
    names = ("kind", "one", "other", "same")
    for kind, one, other, same in states.pick(connection, Link, names, live()):
        if kind in KIND_WORDS and same is not None:
            found.setdefault(Kind(kind), []).append((one, other, bool(same)))
    return {kind: tuple(some) for kind, some in found.items()}
