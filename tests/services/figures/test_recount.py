"""The city's figures counted again from the raw JSON of its log, by nothing of the house's own."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.domain.records import Aid, Case, Demand, Person, Visit
from app.services.figures import statistics
from app.services.office.office import Office
from app.services.records import saving, voiding
from app.services.todo import campaign_progress
from tests.services.figures.raw_log import folded
from tests.services.offices import SetClock, deliver, save_visit

Body = dict[str, Any]
PERSONS: tuple[Body, ...] = tuple(
    {"name": name, "resident_id": number, "consent_on": "2011-07-01", "workplace": "供电所",
     "telephone": "13900000000", "address": "示例街 1 号"}
    for name, number in (("沈大山", "110101199003077774"), ("周小川", "11010119900307803X"))
)  # fmt: skip
ROSTER = ("恒宇机械厂", "吉象人造林公司")


def keyed(office: Office, clock: SetClock, seed: int) -> None:
    """A season in a few dozen records: closed two ways, overdue, void, changed, of the roster."""
    chance = random.Random(seed)
    person = saving.save(office, Person, PERSONS[seed]).id
    for n in range(12):
        day = (dt.date(2011, 7, 1) + dt.timedelta(days=chance.randrange(120))).isoformat()
        clock.set(2011, 11, 1 + n)
        name = ROSTER[n % 2] if n % 5 == 0 else f"{office.identity.station}第{n % 6}厂"
        counted = {"headcount": chance.choice([150, 199, 200, 900]), "workers_met": n}
        visit = save_visit(office, enterprise_name=name, visited_on=day, **counted).id
        if n % 4 == 3:
            saving.save(office, Visit, {"workers_met": n + 40}, record=visit)
        told: Body = {"visit": visit, "content": "要求", "category": "生活", "raised_on": day}
        told |= ({"due": "2011-10-01"}, {"due": "2011-12-30"}, {"closed_on": "2011-11-01"})[n % 3]
        demand = saving.save(office, Demand, told).id
        if n == 7:
            voiding.void(office, Demand, demand, "录重了")
        case = saving.save(
            office, Case, {"person": person, "visit": visit, "types": ["living"], "found_on": day}
        ).id
        saving.save(
            office, Aid, {"case": case, "given_on": day, "type": "medical", "money": "500.50"}
        )


def test_every_figure_of_the_city_is_that_of_a_recount(
    city: Office, county: Office, second_county: Office, clock: SetClock, tmp_path: Path
) -> None:
    for seed, office in enumerate((county, second_county)):
        keyed(office, clock, seed)
        deliver(office, city, tmp_path / office.identity.station)
    clock.set(2011, 11, 20)
    found = folded(city)
    visits, demands = found["visit"].values(), found["demand"].values()
    closed = [one for one in demands if one.get("closed_on")]
    overdue = [one for one in demands if one.get("due", "9") < "2011-11-20" and one not in closed]
    met = sum(one.get("workers_met", 0) for one in visits)
    money = sum(Decimal(one["money"]) for one in found["aid"].values())

    seen = statistics.statistics(city)
    by_unit = {row.code: row.values for row in seen.table.rows}
    for office in (county, second_county):
        mine = [one for one in visits if one["writer"] == office.identity.station]
        told = by_unit[office.identity.station]
        assert told[0] == len({one["enterprise"] for one in mine})
        assert told[1] == sum(one.get("workers_met", 0) for one in mine)
    total = seen.table.total.values
    assert (total[1], total[4], total[5], total[7]) == (met, len(demands), len(closed), money)

    home = campaign_progress.headway(city)
    assert home.visited == len({one["enterprise"] for one in visits})
    assert (home.workers, home.demands, home.closed) == (met, len(demands), len(closed))
    assert (home.overdue, home.money) == (len(overdue), money)
    assert overdue
    assert closed

    newest: dict[str, tuple[str, int]] = {}
    for one in visits:
        said = (one["visited_on"], one["headcount"])
        newest[one["enterprise"]] = max(said, newest.get(one["enterprise"], said))
    large = {firm for firm, (_, count) in newest.items() if count >= 200}
    (cadres,) = [one for one in seen.figures if one.code == "cadres"]
    assert cadres.total.numerator == len(large)
    assert (home.covered, home.wanted) == (len(large), cadres.total.denominator)
    roster = {one["enterprise"] for one in visits if one["enterprise_name"] in ROSTER}
    at_counties = sum(row.numerator for row in cadres.rows if row.code != "511100")
    assert roster & large, "units of the city's list stand in the rows of the counties"
    assert at_counties == len(large)
