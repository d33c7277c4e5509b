"""指标 and figures: what the city sets, what 沙湾 reached month by month, and the 定稿."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.records import Attainment, Campaign
from app.services.figures import indicators, issued_totals
from app.services.figures.statistics import statistics
from app.services.records import saving
from demo.figures import CAMPAIGN
from demo.places import CITY, MABIAN, SHAWAN, Place
from demo.stage import Stage
from demo.tables import day
from demo.typing_in import FIRST_DAY, save
from demo.visits import ADDED

VISITED, MET, CONTESTS, LESSONS = "Y1", "Y2", "Y3", "Y4"

INDICATORS = (
    {"code": VISITED, "title": "走访企业", "value": 40, "measure": "家", "strength": "确保"},
    {"code": MET, "title": "走访职工", "value": 2000, "measure": "人次", "strength": "力争"},
    {"code": CONTESTS, "title": "职工参与技能比赛", "value": 1500, "measure": "人次"},
    {"code": LESSONS, "title": "参加政策宣讲", "value": 3000, "measure": "人次"},
)
"""The city's own in this story: the document of 2011 promises no numbers."""

SHARES: Mapping[str, Mapping[Place, int]] = {
    CONTESTS: {SHAWAN: 900, MABIAN: 600},
    LESSONS: {SHAWAN: 1800, MABIAN: 1200},
}

REACHED = {
    "7-31": {CONTESTS: 96, LESSONS: 240},
    "8-31": {CONTESTS: 158, LESSONS: 310},
    "9-30": {CONTESTS: 214, LESSONS: 425},
    "10-31": {CONTESTS: 187, LESSONS: 380},
    "11-30": {CONTESTS: 143, LESSONS: 296},
}
"""What each month added in 沙湾."""

_FIELD: Mapping[str, object] = {
    "type": "走访登记",
    "name": ADDED,
    "label": "见到的农民工",
    "kind": "整数",
    "unit": "人",
    "least": 0,
    "most": 100_000,
}


def set_goals(stage: Stage) -> None:
    """The city writes indicators and a field into the campaign, and shares two of them out."""
    stage.calendar.turn(FIRST_DAY, 15)
    city = stage.offices[CITY]
    known = {state.record.code: state.id for state in saving.listing(city, Campaign)}
    typed = {"indicators": INDICATORS, "extra_fields": [_FIELD]}
    saving.save(city, Campaign, typed, record=known[CAMPAIGN])
    for code, shares in SHARES.items():
        told = {place.station: value for place, value in shares.items()}
        indicators.allot(city, CAMPAIGN, code, told)


def type_progress(stage: Stage, first: str, last: str) -> None:
    """指标进度 of 沙湾, of the months that end between two days."""
    for on, numbers in REACHED.items():
        if day(first) <= day(on) <= day(last):
            for code, value in numbers.items():
                told = {"indicator": code, "as_of": day(on).isoformat(), "value": value}
                save(stage, SHAWAN, Attainment, {"campaign": CAMPAIGN} | told)


def issue_totals(stage: Stage, place: Place) -> None:
    """定稿 of the 汇总表 as it stands."""
    office = stage.offices[place]
    issued_totals.issue(office, issued_totals.shown(office, statistics(office, CAMPAIGN)))
