"""What is compared of a record, taken from the values it holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache, cached_property
from typing import NamedTuple

from app.domain.campaign.campaign_data import CampaignData
from app.domain.doubles.addresses import Address, front_of, read_address
from app.domain.doubles.aids import AidFace
from app.domain.doubles.comparing import Told
from app.domain.doubles.enterprises import FirmFace, firm_face
from app.domain.doubles.evidence import telephone_keys
from app.domain.doubles.persons import PersonFace, born_by, card_key, resident_number
from app.domain.doubles.places import county_codes, town_counties, unit_names
from app.domain.doubles.visits import LONG, LONG_ENOUGH, VisitFace
from app.domain.kernel.text import lookup_key
from app.domain.naming.unit_names import UnitNames


class FirmTold(NamedTuple):
    """The fields of an enterprise that are compared."""

    name: str
    aliases: tuple[str, ...] = ()
    uscc: str = ""
    area: str = ""
    address: str = ""
    headcount: int | None = None
    management_telephone: str = ""
    union_telephone: str = ""
    management_contact: str = ""
    union_contact: str = ""


class PersonTold(NamedTuple):
    """The fields of a person's file that are compared; days are ISO 8601."""

    name: str
    resident_id: str = ""
    born: str = ""
    registered_area: str = ""
    enterprise: str = ""
    workplace: str = ""
    address: str = ""
    telephone: str = ""
    other_contact: str = ""
    bank_card: str = ""
    family: tuple[tuple[str, str], ...] = ()
    """Name and ID number of each."""


class VisitTold(NamedTuple):
    """The fields of a visit that are compared; `leaders` is their JSON text."""

    campaign: str
    enterprise: str
    name: str
    visited_on: str
    group: str = ""
    level: str = ""
    area: str = ""
    leaders: str = ""
    met: int | None = None
    opinions: str = ""


class AidTold(NamedTuple):
    """The fields of an aid that are compared; money in fen."""

    case: str
    person: str
    given_on: str
    type: str = ""
    money: int = 0
    value: int = 0
    goods: str = ""
    fund: str = ""


class Faces:
    """Makes faces where these units, areas and groups are; `ground` need hold nothing else."""

    def __init__(self, ground: CampaignData) -> None:
        self._ground = ground
        self.names: UnitNames = unit_names(ground.areas.values())
        self._codes = county_codes(ground.areas.values())
        self._towns = town_counties(ground.areas.values())
        self._front = front_of(tuple(self._codes))
        self._rows: dict[str, str] = {}
        self._lies: dict[tuple[str, str], str] = {}
        self._levels: dict[tuple[str, str], str] = {}

    @cached_property
    def counties(self) -> tuple[str, ...]:
        """The codes of the offices that have a county of their own."""
        return tuple(unit.code for unit in self._ground.row_units if unit.kind != "city")

    def office(self, code: str) -> str:
        """What a unit is called."""
        unit = self._ground.unit_by_code.get(code)
        return unit.name if unit else code or "未知单位"

    def firm(self, filed_by: str, told: FirmTold) -> FirmFace:
        """An enterprise that this unit wrote down."""
        return firm_face(
            self.names.read_all((told.name, *told.aliases)),
            self._county(told.area, filed_by),
            told.area,
            (
                told.uscc,
                told.management_telephone,
                told.union_telephone,
                told.management_contact,
                told.union_contact,
                told.address,
                told.headcount,
            ),
        )

    def person(self, filed_by: str, told: PersonTold) -> PersonFace:
        """The file of a person that this unit wrote down."""
        number = resident_number(told.resident_id)
        county = self._county(told.registered_area, filed_by)
        where = read_address(told.address, self._front) if told.address else None
        named = self._named(where) if where else ""
        rows = ((lookup_key(name), resident_number(typed)) for name, typed in told.family if typed)
        known = tuple((name, number) for name, number in rows if number)
        return PersonFace(
            told.name,
            lookup_key(told.name),
            number,
            len(number) == 18 and len(told.resident_id.strip()) == 15,
            told.born or born_by(number),
            county,
            told.enterprise or (lookup_key(told.workplace) if told.workplace else ""),
            telephone_keys(told.telephone, told.other_contact),
            card_key(told.bank_card),
            f"{named or county}{where.key}" if where else "",
            where is not None and where.house,
            tuple(number for _, number in known),
            _names(name for name, _ in told.family),
            where.key if where else "",
            bool(named),
            where.town if where else "",
            known,
        )

    def visit(self, filed_by: str, told: VisitTold) -> Told | None:
        """A visit that this unit wrote down; None where it has no day or no unit."""
        if not told.visited_on or not (told.enterprise or told.name):
            return None
        level = told.level or self._level(told.group, filed_by)
        row = self._row(filed_by)
        face = VisitFace(
            told.campaign,
            told.enterprise,
            _ordinal(told.visited_on),
            filed_by,
            row,
            level,
            told.leaders,
            told.met,
            hash(told.opinions) if len(told.opinions) >= LONG_ENOUGH else 0,
            len(told.opinions) >= LONG,
        )
        county = "" if level == "city" else self._county(told.area, filed_by)
        return Told(face, told.name, county)

    def aid(self, filed_by: str, told: AidTold) -> AidFace | None:
        """An aid that this unit wrote down; None where it has no day or no person."""
        if not told.given_on or not told.person:
            return None
        return AidFace(
            told.case,
            told.person,
            _ordinal(told.given_on),
            int(told.given_on[:4]),
            filed_by,
            self._row(filed_by),
            told.type,
            told.money,
            told.value,
            told.goods,
            told.fund,
        )

    def _named(self, where: Address) -> str:
        """The county that an address names, or that its town lies in."""
        return self._codes.get(where.county, "") or self._towns.get(where.town, "")

    def _row(self, code: str) -> str:
        found = self._rows.get(code)
        if found is None:
            found = self._rows[code] = self._ground.reporting_unit(code) or code
        return found

    def _county(self, area: str, filed_by: str) -> str:
        """The county a record lies in; none for what the city wrote down without a place."""
        found = self._lies.get((area, filed_by))
        if found is None:
            row = (self._ground.unit_of_area(area) if area else "") or self._row(filed_by)
            found = self._lies[area, filed_by] = "" if row == self._ground.city else row
        return found

    def _level(self, group: str, filed_by: str) -> str:
        found = self._levels.get((group, filed_by))
        if found is None:
            found = self._ground.level_of("", unit=filed_by, group=group)
            self._levels[group, filed_by] = found
        return found


@cache
def _ordinal(day: str) -> int:
    return dt.date.fromisoformat(day[:10]).toordinal()


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(lookup_key, names))))
