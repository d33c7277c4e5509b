"""疑似重复 of a whole store, kept up: after a change only what it touches is compared again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from app.domain.doubles.aids import AidFace, Household, aid_pairs, same_aid
from app.domain.doubles.compared import Compared
from app.domain.doubles.enterprises import FirmFace, firm_keys, same_firm
from app.domain.doubles.evidence import (
    CROWD,
    Candidate,
    Crowd,
    Found,
    Kind,
    Strength,
    Verdict,
    in_order,
)
from app.domain.doubles.households import same_household
from app.domain.doubles.neighbours import BY_NAME, SURE, Near, Wanted, neighbours, reason_of
from app.domain.doubles.persons import PersonFace, person_keys, same_person
from app.domain.doubles.visits import Visited, VisitFace, near_pairs, same_visit
from app.domain.merging.link_decisions import Pair, Sameness, pair
from app.domain.naming.unit_names import UnitName, UnitNames

STEPS = ("正在比对单位", "正在比对困难职工", "正在比对走访", "正在比对帮扶")
"""What `Doubles.update` does, one after the other."""

_CROWDS = {"t": "电话", "h": "家庭住址", "c": "银行卡号"}


class Told(NamedTuple):
    """A visit as it is told: the directory's id or the name as written, and where that lies."""

    face: VisitFace
    name: str
    county: str


@dataclass(frozen=True, slots=True)
class Changed:
    """Records that are new, other than before, or (None) gone, by id."""

    enterprises: Mapping[str, FirmFace | None] = field(default_factory=dict)
    persons: Mapping[str, PersonFace | None] = field(default_factory=dict)
    visits: Mapping[str, Told | None] = field(default_factory=dict)
    aids: Mapping[str, AidFace | None] = field(default_factory=dict)


Decisions = Mapping[Kind, tuple[tuple[str, str, bool], ...]]
"""What was decided about pairs, by kind, in the order it was."""


class Doubles:
    """Everything that may be registered twice, the same for the same records in any order.

    `names` reads the names of units, `counties` are the codes of all counties, `office` says
    what a unit is called.
    """

    def __init__(
        self, names: UnitNames, counties: tuple[str, ...], office: Callable[[str], str]
    ) -> None:
        self._names, self._counties, self._office = names, counties, office
        self._decided: Decisions = {}
        self._same: dict[Kind, Sameness] = {kind: Sameness() for kind in Kind}
        self._homes = Sameness()
        self._firms = Compared[FirmFace]()
        self._persons = Compared[PersonFace]()
        self._visits = Compared[VisitFace](near_pairs)
        self._aids = Compared[AidFace](aid_pairs)
        self._told: dict[str, Told] = {}
        self._unlinked: set[str] = set()
        self._cores: dict[str, set[str]] = defaultdict(set)
        self._near_firms: Near = {}
        self._near_homes: Near = {}

    def update(
        self,
        changed: Changed,
        decisions: Decisions,
        watch: Callable[[str], None] = lambda label: None,
    ) -> None:
        """Compare what changed with everything it may be the same as; `watch` hears what now."""
        self._decide(decisions)
        for label, step in zip(
            STEPS,
            (self._update_firms, self._update_persons, self._update_visits, self._update_aids),
            strict=True,
        ):
            watch(label)
            step(changed)

    def found(self) -> Found:
        """All candidates as they stand."""
        still: list[Candidate] = []
        settled: list[Candidate] = []
        for kind, both, verdict in self._verdicts():
            one = _candidate(kind, both, verdict)
            (settled if self._same[kind].same(*both) else still).append(one)
        denied = in_order(self._denied())
        return Found(in_order(still), in_order(settled), tuple(self._crowds()), denied)

    def _denied(self) -> Iterator[Candidate]:
        found: Mapping[Kind, Near] = {
            Kind.AID: self._aids.found,
            Kind.ENTERPRISE: self._firms.found,
            Kind.PERSON: self._persons.found,
            Kind.HOUSEHOLD: self._persons.beside,
            Kind.VISIT: self._visits.found,
        }
        for kind, decisions in self._decided.items():
            for both in sorted({pair(one, other) for one, other, _ in decisions}):
                verdict = found[kind].get(both)
                if verdict is not None and self._same[kind].different(*both):
                    yield _candidate(kind, both, verdict)

    # -- what was decided

    def _decide(self, decisions: Decisions) -> None:
        if decisions == self._decided:
            return
        self._decided = {kind: tuple(some) for kind, some in decisions.items()}
        self._same = {kind: Sameness(decisions.get(kind, ())) for kind in Kind}
        persons = [one for one in decisions.get(Kind.PERSON, ()) if one[2]]
        self._homes = Sameness((*persons, *decisions.get(Kind.HOUSEHOLD, ())))

    def _verdicts(self) -> Iterator[tuple[Kind, Pair, Verdict]]:
        firms = ((b, v) for b, v in self._firms.found.items() if not b[1].startswith(BY_NAME))
        for kind, found in (
            (Kind.AID, self._aids.found.items()),
            (Kind.ENTERPRISE, firms),
            (Kind.VISIT, self._visits.found.items()),
        ):
            for both, verdict in found:
                if not self._same[kind].different(*both):
                    yield kind, both, verdict
        yield from self._person_verdicts()

    def _person_verdicts(self) -> Iterator[tuple[Kind, Pair, Verdict]]:
        """One person or, where that was denied or nothing speaks for it, one household."""
        people, homes = self._same[Kind.PERSON], self._same[Kind.HOUSEHOLD]
        for both, verdict in self._persons.found.items():
            if not people.different(*both):
                yield Kind.PERSON, both, verdict
        for both, verdict in self._persons.beside.items():
            shown = not people.different(*both) and self._hides(both, verdict)
            if not (shown or people.same(*both) or homes.different(*both)):
                yield Kind.HOUSEHOLD, both, verdict

    def _hides(self, both: Pair, household: Verdict) -> bool:
        """Whether one person is all that is asked; a likely household of two names is asked too."""
        person = self._persons.found.get(both)
        if person is None or (person.strength not in SURE and household.strength in SURE):
            one, other = (self._persons.faces[record].key for record in both)
            return person is not None and one == other
        return True

    def _crowds(self) -> Iterator[Crowd]:
        for kind, compared in ((Kind.ENTERPRISE, self._firms), (Kind.PERSON, self._persons)):
            for key, count in compared.blocks.shared():
                if count > CROWD and key[0] in _CROWDS:
                    yield Crowd(kind, _CROWDS[key[0]], count)

    # -- enterprises, and the units that visits only name

    def _update_firms(self, changed: Changed) -> None:
        for record, face in changed.enterprises.items():
            self._recall(record, self._firms.faces.get(record), face)
        self._tell(changed.visits)
        targets = (self._target(self._told[record]) for record in self._unlinked)
        wanted = {target for target in targets if target.startswith(BY_NAME)}
        named: dict[str, FirmFace | None] = {
            target: None
            for target in self._firms.faces
            if target.startswith(BY_NAME) and target not in wanted
        }
        for target in wanted.difference(self._firms.faces):
            county, _, name = target.removeprefix(BY_NAME).partition("|")
            named[target] = FirmFace((self._names.read(name),), county, "")
        self._firms.change(
            {**changed.enterprises, **named},
            lambda face: firm_keys(face, self._counties),
            lambda one, other: (same_firm(one, other), None),
        )

    def _recall(self, record: str, before: FirmFace | None, now: FirmFace | None) -> None:
        """Remember under which cores an enterprise of a county is found by a name alone."""
        for face, keep in ((before, False), (now, True)):
            for name in face.names if face else ():
                held = self._cores[_core_key(name, face.county if face else "")]
                (held.add if keep else held.discard)(record)

    def _tell(self, visits: Mapping[str, Told | None]) -> None:
        for record, told in visits.items():
            self._unlinked.discard(record)
            if told is None:
                self._told.pop(record, None)
                continue
            self._told[record] = told
            if not told.face.target:
                self._unlinked.add(record)

    def _target(self, told: Told) -> str:
        """The one enterprise of the county that is called so, else the name itself; "" for none."""
        if told.face.target or not told.name:
            return told.face.target
        name = self._names.read(told.name)
        held = self._cores.get(_core_key(name, told.county), ())
        if len(held) == 1:
            return next(iter(held))
        return BY_NAME + _core_key(name, told.county)

    # -- persons

    def _update_persons(self, changed: Changed) -> None:
        size = self._persons.blocks.size
        self._persons.change(
            changed.persons,
            person_keys,
            lambda one, other: (same_person(one, other, size), same_household(one, other, size)),
        )

    # -- visits

    def _update_visits(self, changed: Changed) -> None:
        self._near_firms, keys = neighbours(
            self._same[Kind.ENTERPRISE],
            ((b, v) for b, v in self._firms.found.items()),
        )
        wanted = Wanted(keys, self._same[Kind.ENTERPRISE])
        faces: dict[str, VisitFace | None] = {}
        for record, told in self._told.items():
            target = told.face.target or self._target(told)
            if record in changed.visits or self._visits.blocks.keys(record) != wanted[target]:
                faces[record] = told.face._replace(target=target) if target else None
        faces |= {record: None for record in changed.visits if record not in self._told}
        self._visits.change(
            faces,
            lambda face: wanted[face.target],
            lambda one, other: (same_visit(one, other, self._visited, self._office), None),
        )

    def _visited(self, one: str, other: str) -> Visited | None:
        root = self._same[Kind.ENTERPRISE].one
        first, second = root(one), root(other)
        if first == second:
            return Visited(Strength.HIGH, "走访单位相同")
        verdict = self._near_firms.get((first, second))
        if verdict is None:
            return None
        return Visited(verdict.strength, f"走访单位可能是同一个（{reason_of(verdict)}）")

    # -- aid

    def _update_aids(self, changed: Changed) -> None:
        pairs = (
            (both, verdict)
            for kind, both, verdict in self._person_verdicts()
            if kind in {Kind.PERSON, Kind.HOUSEHOLD}
        )
        self._near_homes, keys = neighbours(self._homes, pairs)
        wanted = Wanted(keys, self._homes)
        faces: dict[str, AidFace | None] = dict(changed.aids)
        for record, face in self._aids.faces.items():
            if record not in faces and self._aids.blocks.keys(record) != wanted[face.person]:
                faces[record] = face
        self._aids.change(
            faces,
            lambda face: wanted[face.person],
            lambda one, other: (same_aid(one, other, self._home, self._office), None),
        )

    def _home(self, one: str, other: str) -> Household | None:
        first, second = self._homes.one(one), self._homes.one(other)
        if first == second:
            return Household(Strength.HIGH, "")
        verdict = self._near_homes.get((first, second))
        if verdict is None:
            return None
        return Household(verdict.strength, f"两份档案可能是同一户（{reason_of(verdict)}）。")


def _candidate(kind: Kind, both: Pair, verdict: Verdict) -> Candidate:
    strength, reasons, against, amount = verdict
    return Candidate(kind, *both, strength, reasons, against, amount)


def _core_key(name: UnitName, county: str) -> str:
    """What a unit is called within a county; 卫生院 goes by its whole name."""
    return f"{county}|{name.key if name.generic else name.core}"
