"""Units registered twice: which records are one, and which of them goes on.

The decision is a 同一认定 record, and of an entry of 单位名录 that stands for nothing any more the
word 重复. Nothing that points at such an entry is rewritten: whoever asks what happened around a
unit asks for all its records, and what is new is written down at the one that goes on.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.campaign.enterprise_groups import GONE, crossed, the_one
from app.domain.campaign.joined_units import JoinedUnits
from app.domain.merging.link_decisions import Sameness
from app.domain.records import Enterprise, Link, Record
from database.log.revisions import chunks
from database.state import states
from database.state.filters import among, equal, live
from database.store.engine import Connection

DUPLICATE = "duplicate"
_VERIFIED = ("id", "verification")


def alike(connection: Connection, record_type: type[Record], record: str) -> tuple[str, ...]:
    """The ids of everything decided to be the same as a record, itself first."""
    return alike_by(sameness(connection, record_type), record)


def alike_by(same: Sameness, record: str) -> tuple[str, ...]:
    """As `alike`, by what was read already."""
    if record not in same.joined:
        return (record,)
    others = (one for one in sorted(same.joined) if one != record and same.same(one, record))
    return (record, *others)


def joined(connection: Connection) -> Mapping[str, str]:
    """By entry of 单位名录 that is 重复 the one that goes on in its place."""
    same = sameness(connection, Enterprise)
    classes = same.classes({one for pair in same.pairs for one in pair})
    every = sorted({one for members in classes.values() for one in members})
    said = dict(states.pick(connection, Enterprise, _VERIFIED, live(), among("id", every)))
    found: dict[str, str] = {}
    for members in classes.values():
        here = {one: said[one] or "" for one in members if one in said}
        if crossed(here.values()) or any(word not in GONE for word in here.values()):
            goes_on = the_one(here)
            twice = {one for one, word in here.items() if word == DUPLICATE} - {goes_on}
            found |= dict.fromkeys(twice, goes_on)
    return found


def joined_units(connection: Connection) -> JoinedUnits:
    """Which entries of 单位名录 are one unit, as lists and figures ask."""
    same = sameness(connection, Enterprise)
    ends = sorted({one for pair in same.pairs for one in pair})
    verified: dict[str, str] = {}
    for some in chunks(ends):
        rows = states.pick(connection, Enterprise, _VERIFIED, live(), among("id", some))
        verified |= {record: said or "" for record, said in rows}
    return JoinedUnits.made(same, verified)


def by_one(connection: Connection, record_type: type[Record]) -> Mapping[str, str]:
    """By record the one that stands for all decided to be the same as it."""
    same = sameness(connection, record_type)
    return {one: same.one(one) for pair in same.pairs for one in pair}


def sameness(connection: Connection, record_type: type[Record]) -> Sameness:
    """What was decided of the records of a type."""
    about = live(), equal("kind", record_type.type_name)
    decided = states.pick(connection, Link, ("one", "other", "same"), *about)
    return Sameness((one, other, bool(same)) for one, other, same in decided if same is not None)
