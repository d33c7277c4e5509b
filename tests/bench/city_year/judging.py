"""How much of what is known to be twice is found, and how much of what is found is so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from app.domain.campaign.campaign_data import CampaignData
from app.domain.campaign.enterprise_groups import Directory
from app.domain.campaign.overlap import enterprise_overlaps, person_overlaps
from app.domain.doubles import Kind, Strength
from app.domain.records import Aid, Campaign, Case, Enterprise, Group, Person, Plan, Visit
from database.reference import preset
from tests.bench.city_year.chance import CAMPAIGN, FIRST, LAST, Book, Clash
from tests.domain.doubles.comparing import filled

Pair = tuple[str, str, str]
SURE = (Strength.HIGH, Strength.MEDIUM)


@dataclass(slots=True)
class Judged:
    """The pairs of one kind: those that are one (by flavour), and those shown (by strength)."""

    truth: dict[Pair, str] = field(default_factory=dict)
    shown: dict[Pair, Strength] = field(default_factory=dict)

    @property
    def recall(self) -> float:
        """The share found of what is one."""
        return sum(pair in self.shown for pair in self.truth) / max(1, len(self.truth))

    def precision(self, *strengths: Strength) -> float:
        """The share that is one of what is shown so strongly."""
        those = [pair for pair, strength in self.shown.items() if strength in strengths]
        return sum(pair in self.truth for pair in those) / max(1, len(those))

    def table(self, kind: Kind) -> Iterator[str]:
        """Its line of the table, and one for each flavour."""
        count = list(self.shown.values()).count
        told = " ".join(f"{one} {self.precision(one):4.0%} of {count(one)}" for one in Strength)
        yield f"{kind:11} found {self.recall:4.0%} of {len(self.truth)}, right: {told}"
        by: dict[str, list[Strength | None]] = defaultdict(list)
        for pair, flavour in self.truth.items():
            by[flavour].append(self.shown.get(pair))
        for flavour, found in sorted(by.items()):
            some = " ".join(f"{one} {found.count(one)}" for one in Strength if one in found)
            yield f"    {flavour} {len(found) - found.count(None)} of {len(found)}: {some}"


def judged(
    truth: Iterable[tuple[Pair, str]], shown: Iterable[tuple[Pair, Strength]]
) -> Mapping[Kind, Judged]:
    """Both put together, by kind."""
    found = {kind: Judged() for kind in Kind}
    for pair, flavour in truth:
        found[Kind(pair[0])].truth[pair] = flavour
    for pair, strength in shown:
        found[Kind(pair[0])].shown[pair] = strength
    return found


def judged_in_memory(book: Book) -> Mapping[Kind, Judged]:
    """The same of a year that lies in no store."""
    ground = ground_of(book)
    found = filled(ground).found().open
    return judged(
        (((one.kind, one.one, one.other), one.flavour) for one in book.truth),
        (((one.kind, one.one, one.other), one.strength) for one in found),
    )


def recalled(
    clashes: Iterable[Clash], is_found: Callable[[Clash], bool]
) -> Mapping[tuple[str, str], tuple[int, int]]:
    """By rule and flavour how many of the clashes of two levels are found, and how many are."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for one in clashes:
        seen, made = found.get((one.rule, one.flavour), (0, 0))
        found[one.rule, one.flavour] = seen + is_found(one), made + 1
    return found


def clashes_in_memory(book: Book) -> Mapping[tuple[str, str], tuple[int, int]]:
    """What 不重复、不交叉 shows of the clashes of a year that lies in no store."""
    ground = ground_of(book)
    every = (*enterprise_overlaps(Directory(ground), LAST), *person_overlaps(ground))
    at = {stop.id: one.id for one in every if one.flagged for stop in one.stops}
    return recalled(book.clashes, lambda one: at.get(one.county, "") == at.get(one.city))


def ground_of(book: Book) -> CampaignData:
    """The records of a year as the figures take them."""
    by: dict[type, dict[str, object]] = defaultdict(dict)
    for one in book.written:
        by[type(one.record)][one.id] = one.record
    members = {
        "units": {unit.code: unit for unit in preset.units()},
        "areas": {area.code: area for area in preset.areas()},
        "enterprises": by[Enterprise],
        "persons": by[Person],
        "visits": by[Visit],
        "cases": by[Case],
        "aids": by[Aid],
        "groups": by[Group],
        "plans": by[Plan],
        "owner_of": {one.id: one.station for one in book.written},
    }
    campaign = Campaign(code=CAMPAIGN, title=CAMPAIGN, starts=FIRST, ends=LAST)
    return CampaignData(campaign=campaign, **members)  # type: ignore[arg-type]
