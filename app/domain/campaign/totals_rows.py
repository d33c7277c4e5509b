"""Into which row of the 汇总表 a record falls: by reporting unit, or by township."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from app.domain.campaign.campaign_data import CampaignData
from app.domain.campaign.counted_visit import CountedVisit
from app.domain.campaign.coverage import place_of
from app.domain.records import Aid, Demand

NO_UNIT = "未分到单位"
NO_AREA = "没有填地区"


class Rows(Protocol):
    """The rows of a table, and the code of the row of each record."""

    def of_visit(self, record: str, visit: CountedVisit) -> str: ...
    def of_demand(self, record: str, demand: Demand) -> str: ...
    def of_aid(self, record: str, aid: Aid) -> str: ...

    def shown(self, told: Collection[str]) -> Mapping[str, str]:
        """The rows to show, in order, by code; `told` are those that hold something."""


class UnitRows:
    """Units that report to the city; counties always have a row, others what they show."""

    def __init__(self, ground: CampaignData) -> None:
        self._ground = ground
        self._known = {unit.code for unit in ground.row_units}

    def of_visit(self, record: str, visit: CountedVisit) -> str:
        return self._row(record, visit.unit)

    def of_demand(self, record: str, demand: Demand) -> str:
        return self._row(record, demand.unit)

    def of_aid(self, record: str, aid: Aid) -> str:
        return self._row(record, aid.unit)

    def shown(self, told: Collection[str]) -> Mapping[str, str]:
        """Counties, and the other units of which there is something."""
        units = self._ground.row_units
        names = {u.code: u.name for u in units if u.kind == "county" or u.code in told}
        return names | ({"": NO_UNIT} if "" in told else {})

    def _row(self, record: str, unit: str) -> str:
        code = self._ground.reporting_unit(self._ground.filed_by(record, unit))
        return code if code in self._known else ""


class AreaRows:
    """Townships and zones, in the order given."""

    def __init__(self, ground: CampaignData, areas: Sequence[str]) -> None:
        self._ground = ground
        known = ground.area_by_code
        self.names = {code: known[code].name for code in areas if code in known}

    def of_visit(self, record: str, visit: CountedVisit) -> str:
        return self._row(place_of(self._ground, visit))

    def of_demand(self, record: str, demand: Demand) -> str:
        visit = self._ground.visits.get(demand.visit)
        return self.of_visit(demand.visit, visit) if visit else self._at(demand.enterprise)

    def of_aid(self, record: str, aid: Aid) -> str:
        case = self._ground.cases.get(aid.case)
        visit = self._ground.visits.get(case.visit) if case else None
        if case and visit:
            return self.of_visit(case.visit, visit)
        person = self._ground.persons.get(aid.person or (case.person if case else ""))
        return self._at(person.enterprise) if person else ""

    def shown(self, told: Collection[str]) -> Mapping[str, str]:
        """All of them, and what lies in none where there is something."""
        return self.names | ({"": NO_AREA} if "" in told else {})

    def _at(self, enterprise: str) -> str:
        found = self._ground.enterprises.get(enterprise)
        return self._row(found.area) if found else ""

    def _row(self, area: str) -> str:
        return area if area in self.names else ""
