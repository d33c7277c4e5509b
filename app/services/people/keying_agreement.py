"""二次录入 by operator and by field: how often another read the paper differently.

For the office itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from app.domain.kernel.fields import added_to, by_name
from app.domain.records import TYPES, Operator
from app.services.office.office import Office
from app.services.records.link_resolving import Links
from database.books import second_keyings
from database.books.second_keyings import AgainRow, Came
from database.state import states


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of what an operator keyed first: papers drawn and keyed again, fields compared, differing.

    `mended` are the fields in which the second was right.
    """

    name: str
    drawn: int
    done: int
    compared: int
    differing: int
    mended: int

    @property
    def rate(self) -> str:
        """The share of the fields that differ, "" while nothing was compared."""
        return f"{self.differing / self.compared:.1%}" if self.compared else ""


def keying_agreement(office: Office) -> tuple[Agreement, ...]:
    """Of everybody whose records were ever drawn, by name."""
    with office.store.read() as connection:
        rows = second_keyings.every(connection)
        names = {one.id: one.record.name for one in states.find(connection, Operator)}
    by_keyer: dict[str, list[AgainRow]] = defaultdict(list)
    for row in rows:
        by_keyer[row.keyer].append(row)
    found = (
        Agreement(
            names.get(keyer, ""),
            len(own),
            sum(one.at is not None for one in own),
            sum(one.compared for one in own),
            sum(one.differing for one in own),
            sum(one.mended for one in own),
        )
        for keyer, own in by_keyer.items()
    )
    return tuple(sorted(found, key=lambda one: one.name))


@dataclass(frozen=True, slots=True)
class FieldAgreement:
    """Of a field: papers on which it was compared, those on which it differs, the second right."""

    type: str
    label: str
    compared: int
    differing: int
    mended: int

    @property
    def rate(self) -> str:
        """The share of the papers on which it differs."""
        return f"{self.differing / self.compared:.1%}"


def differing_fields(office: Office) -> tuple[FieldAgreement, ...]:
    """The fields that were ever read differently, those that differ most first."""
    with office.store.read() as connection:
        types = {one.n: one.type for one in second_keyings.samples(connection)}
        rows = second_keyings.every(connection)
        campaigns = Links(office, connection).campaigns.values()
    came: dict[tuple[str, str], Counter[Came]] = defaultdict(Counter)
    for row in rows:
        for name, what in (row.fields or {}).items():
            came[types[row.sample], name][what] += 1
    found = []
    for (type_name, name), counts in came.items():
        record_type = TYPES[type_name]
        added = {spec.name: spec for spec in added_to(record_type, campaigns)}
        spec = {**added, **by_name(record_type)}.get(name)
        differing = counts["differing"] + counts["mended"]
        if spec is not None and differing:
            figures = (counts.total(), differing, counts["mended"])
            found.append(FieldAgreement(record_type.label, spec.label, *figures))
    return tuple(sorted(found, key=lambda one: (-one.differing, one.compared, one.label)))
