"""疑似重复: records that may be one, each pair with its reasons; only a person decides.

The comparison is kept up while the office is open: after a decision or a merge only what changed
is compared again, and what was found last is there at once when the office is opened.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from app.domain.campaign.campaign_data import CampaignData
from app.domain.doubles import Candidate, Decisions, Doubles, Found, Kind
from app.domain.doubles.evidence import TYPES_OF
from app.domain.doubles.faces import Faces
from app.domain.kernel.progress import Cancel
from app.domain.records import Area, Campaign, Group, Link, Review, Unit
from app.services.figures.compared_records import COMPARED, Label, Read, read_all, read_some
from app.services.figures.figure_records import campaign_of, counted
from app.services.office.office import Office
from app.services.records.link_resolving import Links
from database.log import packages, revisions
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

    `amount` is the money given a second time, in fen.
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


class Candidates(msgspec.Struct, frozen=True):
    """疑似重复: nobody has decided yet (`open`), or a person said they are one (`settled`).

    `crowds` name what too many records share to be told apart by it.
    """

    open: tuple[PairView, ...]
    settled: tuple[PairView, ...]
    crowds: tuple[str, ...]


def duplicates(
    office: Office, campaign: str | None = None, *, cancel: Cancel | None = None
) -> Candidates:
    """What may be registered twice; only a person decides, with `reviewing.link`.

    Raises `UserError` NO_CAMPAIGN, `Cancelled`.
    """
    kept: _Kept = office.remembered.setdefault(_NAME, _Kept())
    with kept.lock, office.store.read() as connection:
        return kept.looked_up(office, connection, campaign, cancel or Cancel())


class _Kept:
    """The comparison as it stood at a moment of the log."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self._mark: _Mark | None = None
        self._faces: Faces
        self._doubles: Doubles
        self._read = Read()
        self._told = Candidates((), (), ())

    def looked_up(
        self, office: Office, connection: Connection, campaign: str | None, cancel: Cancel
    ) -> Candidates:
        """What is found now; what did not change since the last time is not compared again."""
        mark = _mark(connection, campaign)
        if mark != self._mark:
            read = self._since(connection, mark)
            cancel.check()
            # What is half taken in is no ground to go on from.
            self._mark = None
            if read is None:
                self._anew(office, connection, campaign)
            else:
                self._go_on(connection, read)
            self._told, self._mark = self._views(self._doubles.found()), mark
        return self._told

    def _since(self, connection: Connection, mark: _Mark) -> Read | None:
        """What changed since; None where everything is to be compared anew."""
        before = self._mark
        if before is None or before.campaign != mark.campaign:
            return None
        touched = _touched(connection, before.n - 1)
        if touched is None:
            return None
        if before.packages != mark.packages or len(touched) > _MOST_SINGLY:
            return self._read.differing(read_all(connection, self._faces))
        return read_some(connection, self._faces, touched)

    def _anew(self, office: Office, connection: Connection, campaign: str | None) -> None:
        surroundings = counted(connection, ("units", "areas", "groups"))
        chosen = campaign_of(Links(office, connection), campaign)
        self._faces = Faces(CampaignData(campaign=chosen, **surroundings))
        self._doubles = Doubles(self._faces.names, self._faces.counties, self._faces.office)
        self._read = Read()
        self._go_on(connection, read_all(connection, self._faces))

    def _go_on(self, connection: Connection, read: Read) -> None:
        self._read.take(read)
        self._doubles.update(read.changed, _decisions(connection))

    def _views(self, found: Found) -> Candidates:
        crowds = sorted(found.crowds, key=lambda crowd: -crowd.count)[:_MOST_CROWDS]
        return Candidates(
            tuple(self._pair(pair) for pair in found.open),
            tuple(self._pair(pair) for pair in found.settled),
            tuple(
                f"{KIND_WORDS[one.kind]}：{one.count}条记录的{one.what}相同，没有逐对比较。"
                for one in crowds
            ),
        )

    def _pair(self, pair: Candidate) -> PairView:
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
        )

    def _side(self, pair: Candidate, record: str) -> SideView:
        labels = self._read.labels
        number, name, owner = labels.get(record, _NO_LABEL)
        if pair.kind is Kind.AID:
            name = labels.get(name, _NO_LABEL).name
        return SideView(record, number, name, owner, self._faces.office(owner))


class _Mark(NamedTuple):
    """Where the store stood: the next number of the log, and which packages count."""

    campaign: str | None
    n: int
    packages: tuple[tuple[int | None, str], ...]


def _mark(connection: Connection, campaign: str | None) -> _Mark:
    taken = packages.find(connection, direction="in")
    gone = tuple((row.n, row.state) for row in taken if row.state != "merged")
    return _Mark(campaign, revisions.next_n(connection), gone)


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
