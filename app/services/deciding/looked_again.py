"""逻辑检查: what around the records the rules look at, and what is to be looked at again for it.

A record is found as it was as long as neither it nor its campaign changed. A day that comes ends
晚于今天; which campaign runs or is looked at matters to those records alone that are of none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from app.domain.campaign.record_campaign import Choosing, takes_added
from app.domain.kernel.added_values import EXTRA
from app.domain.kernel.fields import added_to, by_name
from app.domain.records import Campaign, Record
from app.domain.records.registry import linked_type, shown
from app.services.office.store_mark import Target
from app.services.records.changed_records import by_type
from app.services.records.link_resolving import Links
from database.state import states
from database.state.filters import among, filled, live
from database.store.engine import Connection

_NAMED = Campaign.type_name
_FEW = 2000
"""Of so many changed records it is asked who hangs on them; of more, all that may are taken."""


class Around(msgspec.Struct, frozen=True):
    """Beside the records: the day (ISO), each campaign's version, which of them is of now.

    `adding` are the types of records to which a campaign adds fields.
    """

    day: str
    campaigns: dict[str, str]
    wanted: str
    running: str
    adding: tuple[str, ...]


class Again(NamedTuple):
    """What is to be looked at again: whole types (by name), and of others these records."""

    kinds: frozenset[str]
    records: Mapping[str, list[str]]


class Changed(NamedTuple):
    """What changed since it was last looked: records, and what is around them."""

    touched: frozenset[Target]
    before: Around | None
    now: Around

    @property
    def kinds(self) -> frozenset[str]:
        """The types of the records."""
        return frozenset(kind for kind, _ in self.touched)


def around(links: Links) -> Around:
    """What is around the records now."""
    known, today = tuple(links.campaigns.values()), links.office.today()
    running = Choosing(known, links.chosen_campaign, today).running(today)
    adding = [kind.type_name for kind in shown() if takes_added(kind) and added_to(kind, known)]
    return Around(
        today.isoformat(),
        dict(states.pick(links.connection, Campaign, ("code", "h"))),
        links.chosen_campaign,
        running.code if running else "",
        tuple(adding),
    )


def looked_again(
    connection: Connection,
    kinds: Collection[type[Record]],
    changed: Changed,
    until: Iterable[Target],
) -> Again:
    """What changed, and what hangs on what changed; `until` is what only a day made found.

    Everything where nothing is known, or the day is an earlier one.
    """
    touched, before, now = changed
    if before is None or now.day < before.day:
        return Again(frozenset(kind.type_name for kind in kinds), {})
    turned = {
        code
        for code in before.campaigns.keys() | now.campaigns.keys()
        if before.campaigns.get(code) != now.campaigns.get(code)
    }
    adding = {*before.adding, *now.adding}
    shifted = turned or (before.wanted, before.running) != (now.wanted, now.running)
    whole = {
        kind.type_name
        for kind in kinds
        if shifted and kind.type_name in adding and _NAMED not in by_name(kind)
    }
    found = set(touched)
    if before.day != now.day:
        found.update(until)
    if turned:
        for kind in kinds:
            found.update(_of_campaigns(connection, kind, turned))
    hanging, more = _hanging(connection, kinds, adding, found)
    return _sorted_out(connection, kinds, whole | hanging, more.union(found))


def _of_campaigns(
    connection: Connection, kind: type[Record], codes: Collection[str]
) -> Iterator[Target]:
    """The records that name these campaigns, and those that say something in added fields."""
    if _NAMED not in by_name(kind):
        return
    ways = [among(_NAMED, sorted(codes))]
    if takes_added(kind):
        ways.append(filled(EXTRA))
    for way in ways:
        for (record,) in states.pick(connection, kind, ("id",), live(), way):
            yield kind.type_name, record


def _hanging(
    connection: Connection,
    kinds: Collection[type[Record]],
    adding: Collection[str],
    changed: Iterable[Target],
) -> tuple[frozenset[str], frozenset[Target]]:
    """What is of a campaign over what changed, and so is asked what the campaign adds.

    Whole types, and single records.
    """
    ends = [kind for kind in kinds if kind.facts.came_by and kind.type_name in adding]
    if not any(_NAMED not in by_name(kind) for kind in ends):
        return frozenset(), frozenset()
    whole: set[str] = set()
    found: dict[str, set[str]] = {
        name: set(ids) for name, ids in by_type(frozenset(changed)).items()
    }
    steps = [kind for kind in kinds if kind.facts.came_by]
    # As many rounds as there are steps: a chain is no longer.
    for _ in steps:
        for kind in steps:
            link = kind.facts.came_by
            over = linked_type(kind, link).type_name
            ids = found.get(over, set())
            if over in whole or len(ids) > _FEW:
                whole.add(kind.type_name)
            elif ids:
                there = states.pointing_at(connection, kind, link, sorted(ids))
                found.setdefault(kind.type_name, set()).update(there)
    single = frozenset((name, one) for name, ids in found.items() for one in ids)
    return frozenset(whole), single


def _sorted_out(
    connection: Connection,
    kinds: Collection[type[Record]],
    whole: Collection[str],
    found: frozenset[Target],
) -> Again:
    """Single records by type; where they are most of a type, all of it is read at once."""
    known = {kind.type_name: kind for kind in kinds}
    records = {name: ids for name, ids in by_type(found).items() if name in known}
    every = {
        name
        for name, ids in records.items()
        if len(ids) > _FEW and 2 * len(ids) > states.count(connection, known[name])
    }
    taken = frozenset((*whole, *every))
    return Again(taken, {name: ids for name, ids in records.items() if name not in taken})
