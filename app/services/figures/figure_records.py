"""The records that the city's figures stand on, gathered from the state tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, get_args, get_type_hints

from app.domain.campaign.campaign_data import CampaignData
from app.domain.campaign.headcounts import Told
from app.domain.kernel.errors import UserError
from app.domain.records import Campaign, Document, Notice, Record
from app.domain.records.told import title_of
from app.services.office.office import Office
from app.services.records.campaign_choice import looked_at
from app.services.records.link_resolving import Links
from database.state import counts, states
from database.state.filters import live
from database.store.engine import Connection

R = TypeVar("R", bound=Record)


def _kind_of(hint: Any) -> type[Record] | None:
    held = [part for one in get_args(hint)[-1:] for part in (one, *get_args(one))]
    return next((one for one in held if isinstance(one, type) and issubclass(one, Record)), None)


_MEMBERS: Mapping[str, type[Record]] = {
    member: kind
    for member, hint in get_type_hints(CampaignData).items()
    if (kind := _kind_of(hint))
}
"""The members of a ground that hold records, as it declares them."""

_MEMBER_OF = {kind: member for member, kind in _MEMBERS.items()}

COUNTED: tuple[type[Record], ...] = tuple(_MEMBERS.values())
"""Their types."""

MEMBER_COUNT = len(_MEMBERS)
"""How often `FigureRecords` says what it reads."""


@dataclass(frozen=True, slots=True)
class Named:
    """How a person finds a record: its 编号 and what it is called."""

    number: str
    name: str


class FigureRecords:
    """A ground, the documents beside it, and the 编号 and name of every record in it.

    Its records hold no more than what is counted, unless they are asked for `whole`. Of a
    ground only the `members` are read that somebody asks for (`units`, …), else all.
    """

    def __init__(
        self,
        office: Office,
        connection: Connection,
        campaign: str | None,
        *,
        whole: bool = False,
        members: Collection[str] = _MEMBERS,
        watch: Callable[[str], None] = lambda label: None,
    ) -> None:
        found: dict[str, Any] = {}
        here = needed(office, members)
        for member in members:
            kind = _MEMBERS[member]
            watch(kind.label)
            found[member] = _live(connection, kind, whole=whole) if member in here else {}
        self.documents: Mapping[str, Document] = _live(connection, Document, whole=True)
        owners = {
            record: one.owner
            for records in (*found.values(), self.documents)
            for record, one in records.items()
        }
        chosen = campaign_of(Links(office, connection), campaign)
        told = heard(connection) if "enterprises" in found else {}
        self.ground = CampaignData(campaign=chosen, owner_of=owners, heard=told, **found)
        self._found = found

    def named(self, record_type: type[Record], record: str) -> Named:
        """The 编号 and name of one record."""
        found = self._records(record_type).get(record)
        return Named(found.number, title_of(found)) if found else Named("", "")

    def number(self, record_type: type[Record], record: str) -> str:
        """The 编号 of one record, "" when it is not here."""
        found = self._records(record_type).get(record)
        return found.number if found else ""

    def _records(self, record_type: type[Record]) -> Mapping[str, Record]:
        return (
            self.documents
            if record_type is Document
            else self._found.get(_MEMBER_OF[record_type], {})
        )

    def unit_name(self, code: str) -> str:
        """The name of a unit, or its code."""
        unit = self.ground.unit_by_code.get(code)
        return unit.name if unit else code

    def area_name(self, code: str) -> str:
        """The name of a township or zone, or its code."""
        area = self.ground.area_by_code.get(code)
        return area.name if area else code


def needed(office: Office, members: Iterable[str]) -> list[str]:
    """These members of a ground but what tells the city of its own records."""
    return [one for one in members if _MEMBERS[one] is not Notice or not office.is_city]


def counted(connection: Connection, members: Iterable[str]) -> dict[str, Any]:
    """These members of a ground (`enterprises`, …), as far as they are counted.

    With `owner_of`, and `heard` of the visits.
    """
    return {**counted_members(connection, members), "heard": heard(connection)}


def counted_members(connection: Connection, members: Iterable[str]) -> dict[str, Any]:
    """As `counted`, without what the visits say of headcounts."""
    found = {member: _live(connection, _MEMBERS[member], whole=False) for member in members}
    owners = {record: one.owner for records in found.values() for record, one in records.items()}
    return {**found, "owner_of": owners}


def heard(connection: Connection, enterprises: Collection[str] | None = None) -> dict[str, Told]:
    """The newest headcount that the visits say of each enterprise, or of each of these."""
    return {
        enterprise: Told(dt.date.fromisoformat(day), True, headcount)
        for enterprise, day, headcount in counts.headcounts(connection, enterprises)
    }


def campaign_of(links: Links, wanted: str | None) -> Campaign:
    """The campaign of this code (or title), else the one chosen, that of today, the one begun last.

    Raises `UserError` NO_CAMPAIGN.
    """
    known = links.campaigns
    if wanted:
        same = (c for c in known.values() if wanted in (c.code, c.number, c.title, c.short_title))
        found = next(same, None)
    else:
        found = looked_at(known.values(), links.chosen_campaign, links.office.today())
    if found is None:
        words = "、".join(known)
        raise UserError("NO_CAMPAIGN", f"没有活动“{wanted or ''}”。", remedy=f"可以用：{words}。")
    return found


def counted_fields(kind: type[Record]) -> tuple[str, ...]:
    """What is read of every record of a kind to count it."""
    return ("number", "unit", "owner", *kind.facts.counted)


def _live(connection: Connection, kind: type[R], *, whole: bool) -> dict[str, R]:
    if kind.facts.counted and not whole:
        return dict(states.parts(connection, kind, counted_fields(kind)))
    return {s.id: s.record for s in states.iterate(connection, kind, live())}
