"""Enterprises as the figures count them: those decided to be one count once (R63)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import msgspec

from app.domain.campaign.campaign_data import CampaignData
from app.domain.campaign.headcounts import Told, newest, of_unit
from app.domain.records import Enterprise

GONE = {"missing": "已核实不存在。", "duplicate": "核实为重复登记。"}
NO_FIRM = {"institution": "是事业单位，不是企业。", "government": "是机关，不是企业。"}
"""R7, A21 and R36 speak of 企业; an institution counts only where it is marked 规模以上."""


class Firm(msgspec.Struct, frozen=True):
    """One enterprise, from all its records.

    `id` is the record to open, `records` all of them; `unit` is the row it is
    shown in (市属以上 in the city's, R33, unless only a county visited it); `gone` says
    why it does not count.
    """

    id: str
    name: str
    records: tuple[str, ...]
    area: str
    unit: str
    kind: str
    above_scale: bool | None
    headcount: int | None
    gone: str = ""

    @property
    def not_a_firm(self) -> str:
        """Why the enterprise figures leave it out, empty when they do not."""
        return self.gone or ("" if self.above_scale else NO_FIRM.get(self.kind, ""))


def firms(ground: CampaignData) -> tuple[Firm, ...]:
    """All enterprises of the directory, by the id that stands for each."""
    classes = ground.same_enterprise.classes(ground.enterprises)
    return tuple(_firm(ground, members) for members in classes.values())


def the_one(verified: Mapping[str, str]) -> str:
    """Of records of one unit, by id what was found of each, the one that stands for all."""
    return min(verified, key=lambda one: (verified[one] in GONE, verified[one] != "verified", one))


def crossed(verified: Iterable[str]) -> bool:
    """Whether of several records of one unit each was called a 重复 of another one.

    Two people may say so at once, from either side: the unit is there all the same.
    """
    words = list(verified)
    return len(words) > 1 and set(words) == {"duplicate"}


def gone_of(verified: Mapping[str, str]) -> str:
    """Why a unit does not count, from what was found of each of its entries; empty if it does."""
    return "" if crossed(verified.values()) else GONE.get(verified[the_one(verified)], "")


def _lone(ground: CampaignData, one: str) -> Firm:
    """As `_firm`, for what nearly every enterprise is: one record alone."""
    record = ground.enterprises[one]
    return Firm(
        id=one,
        name=record.name,
        records=(one,),
        area=record.area,
        unit=_unit(ground, one, record, record.area, (record,)),
        kind=record.kind,
        above_scale=record.above_scale,
        headcount=_newest((of_unit(record), ground.told_by_visits.get(one))),
        gone=GONE.get(record.verification, ""),
    )


def _firm(ground: CampaignData, members: tuple[str, ...]) -> Firm:
    if len(members) == 1:
        return _lone(ground, members[0])
    records = {one: ground.enterprises[one] for one in members}
    live = {one: e for one, e in records.items() if e.verification not in GONE} or records
    said = {one: e.verification for one, e in records.items()}
    best = the_one(said)
    every = [live[best], *live.values(), *records.values()]
    area = next((e.area for e in every if e.area), "")
    return Firm(
        id=best,
        name=live[best].name,
        records=members,
        area=area,
        unit=_unit(ground, best, live[best], area, every),
        kind=next((e.kind for e in every if e.kind), ""),
        above_scale=_above_scale(live.values()),
        headcount=_headcount(ground, live),
        gone=gone_of(said),
    )


def _unit(
    ground: CampaignData, best: str, record: Enterprise, area: str, every: Iterable[Enterprise]
) -> str:
    if ground.city and any(e.affiliation == "city" for e in every):
        return ground.city
    filed_by = record.owner or ground.filed_by(best, record.unit)
    return ground.unit_of_area(area) or ground.reporting_unit(filed_by)


def _above_scale(records: Iterable[Enterprise]) -> bool | None:
    """The flag of the latest year; where two of one year differ, the enterprise is in."""
    told = [(e.above_scale_year or 0, e.above_scale) for e in records if e.above_scale is not None]
    return max(told)[1] if told else None


def _headcount(ground: CampaignData, records: Mapping[str, Enterprise]) -> int | None:
    """The newest word on it, of 单位名录 and of the visits."""
    said = [of_unit(unit) for unit in records.values()]
    said += [ground.told_by_visits.get(record) for record in records]
    return _newest(said)


def _newest(said: Iterable[Told | None]) -> int | None:
    found = newest(said)
    return found.headcount if found else None


class Directory:
    """The enterprises of a campaign and who visited each, worked out once."""

    def __init__(self, ground: CampaignData) -> None:
        self.ground = ground
        self.firms = firms(ground)
        self.firm_of = {record: firm for firm in self.firms for record in firm.records}
        """The enterprise behind each record id."""
        self.visits: dict[str, tuple[str, ...]] = {}
        """The campaign's visits by `Firm.id`, in order of date."""
        lost = []
        for record, visit in ground.campaign_visits.items():
            firm = self.firm_of.get(visit.enterprise)
            if firm is None:
                lost.append(record)
            else:
                self.visits[firm.id] = (*self.visits.get(firm.id, ()), record)
        self.unplaced = tuple(lost)
        """Visits that name no enterprise of the directory."""
        if self.visits:
            self.firms = tuple(map(self._at_visitor, self.firms))
            self.firm_of = {record: firm for firm in self.firms for record in firm.records}

    def _at_visitor(self, firm: Firm) -> Firm:
        """A unit of the city's own that only counties visited stands in the first one's row.

        Its roster names many that it leaves to a county; whoever went there answers for it.
        """
        ground = self.ground
        visits = self.visits.get(firm.id, ())
        if firm.unit != ground.city or not visits:
            return firm
        been = [(ground.visits[one].visited_on, ground.row_of_visit(one)) for one in visits]
        return msgspec.structs.replace(firm, unit=row_at_visitors(ground.city, been))


def row_at_visitors(city: str, visits: Iterable[tuple[dt.date | None, str]]) -> str:
    """In whose row a unit of the city's own stands, by its visits: their days, their units' rows.

    Of two counties that first came on one day the one of the smaller code.
    """
    been = sorted((day or dt.date.max, row) for day, row in visits if row)
    return city if not been or any(row == city for _, row in been) else been[0][1]


def is_of_city(ground: CampaignData, record: str) -> bool:
    """Whether an enterprise (its id) may stand in the city's row, as long as no county visits it.

    What was decided to be one with another may do so by that one.
    """
    unit = ground.enterprises[record]
    if unit.affiliation == "city" or record in ground.same_enterprise.joined:
        return True
    owner = unit.owner or ground.filed_by(record, unit.unit)
    return not ground.unit_of_area(unit.area) and ground.reporting_unit(owner) == ground.city
