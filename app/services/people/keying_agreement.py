"""二次录入 by operator: how often another read the paper differently, for the office itself."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from app.domain.records import Operator
from app.services.office.office import Office
from database.books import second_keyings
from database.books.second_keyings import AgainRow
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
