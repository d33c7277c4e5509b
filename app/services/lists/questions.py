"""What is asked of a list beyond its fields: 超期, 未走访, 待核实 … each a rule written once.

The rules are those of `app.domain.checking.state` and `app.domain.campaign.joined_units`; the
store is asked by their twins.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from app.domain.campaign.joined_units import JoinedUnits
from app.domain.checking.city_paper import CityPaper
from app.domain.kernel.fields import Field, FieldSpec, Kind
from app.domain.records import (
    Aid,
    Case,
    Demand,
    Document,
    Enterprise,
    Hazard,
    Meeting,
    Person,
    Plan,
    Record,
    Visit,
)
from app.services.office.office import Office
from app.services.records import city_papers
from app.services.records.city_papers import PaperAtCity
from app.services.records.link_resolving import Links
from app.services.records.prefill import campaign_on
from app.services.records.same_units import by_one, joined_units
from database.state import standing
from database.state.filters import Filter, not_
from database.state.filters import named as among_ids
from database.store.engine import Connection

_MARK = "?"
"""What the name of a question begins with; no field's does."""


class Moment:
    """When and where a question is asked: today, the campaign that runs, what is one unit."""

    def __init__(self, office: Office, connection: Connection) -> None:
        self._office, self._connection = office, connection
        self.today: dt.date = office.today()
        self.station = office.identity.station
        self._papers: dict[type[Record], Mapping[str, PaperAtCity]] = {}

    @cached_property
    def campaign(self) -> str:
        """The code of the campaign of today, "" where none runs."""
        return campaign_on(Links(self._office, self._connection), None)

    @cached_property
    def joined(self) -> JoinedUnits:
        """Which entries of 单位名录 are one unit."""
        return joined_units(self._connection)

    @cached_property
    def one_person(self) -> Mapping[str, str]:
        """By file of a worker the one that stands for all of the same person."""
        return by_one(self._connection, Person)

    def papers(self, kind: type[Record], *wanted: CityPaper) -> Filter:
        """Those of a type whose signed paper stands so at the city."""
        if kind not in self._papers:
            self._papers[kind] = city_papers.every(self._connection, kind, self.station)
        told = self._papers[kind].items()
        return among_ids([record for record, one in told if one.standing in wanted])


@dataclass(frozen=True, slots=True)
class Question:
    """`label` is said of those that meet it, `other` of those that do not.

    Where some are neither, `asks_other` says what makes a record one of the others.
    """

    name: str
    label: str
    other: str
    asks: Callable[[Moment], Filter]
    asks_other: Callable[[Moment], Filter] | None = None

    def others(self, now: Moment) -> Filter:
        """Those that `other` is said of."""
        return self.asks_other(now) if self.asks_other else not_(self.asks(now))

    @property
    def spec(self) -> FieldSpec:
        """The question where fields are offered: answered with 是 or 不是."""
        return FieldSpec(_MARK + self.name, Kind.FLAG, Field(self.label))


_CLOSED = "已办结"
_UNCLEAR = Question("unclear", "纸上没写清", "纸上都写清", lambda now: standing.unclear_on_paper())
_PAPER = Question("paper", "纸质未到", "纸质已到", lambda now: not_(standing.signed_paper_came()))


def _city_papers(kind: type[Record]) -> tuple[Question, ...]:
    """What the city told of the signed paper of a type."""
    return (
        Question(
            "city_paper",
            "纸质市里已收",
            "纸质市里未收",
            lambda now: now.papers(kind, CityPaper.CAME),
            lambda now: not_(now.papers(kind, *CityPaper)),
        ),
        Question(
            "city_paper_old",
            "纸质市里版本旧",
            "纸质市里不是旧版本",
            lambda now: now.papers(kind, CityPaper.OLD),
        ),
        Question(
            "city_paper_missing",
            "纸质市里缺页",
            "纸质市里不缺页",
            lambda now: now.papers(kind, CityPaper.MISSING),
        ),
    )


QUESTIONS: Mapping[type[Record], tuple[Question, ...]] = {
    Demand: (
        Question("open", "未办结", _CLOSED, lambda now: not_(standing.closed_demands())),
        Question("overdue", "超期", "没有超期", lambda now: standing.overdue_demands(now.today)),
        Question(
            "above", "待上级答复", "不等上级答复", lambda now: standing.demands_waiting_above()
        ),
    ),
    Case: (
        Question("open", "未办结", _CLOSED, lambda now: not_(standing.closed_cases())),
        Question("revisit", "应回访", "不用回访", lambda now: standing.cases_to_revisit()),
        Question(
            "revisit_near",
            "30天内该回访",
            "30天内不用回访",
            lambda now: standing.revisits_near(now.today),
        ),
    ),
    Hazard: (
        Question("open", "未化解", "已化解", lambda now: standing.open_hazards()),
        Question("report", "待报告", "不用再报告", lambda now: standing.hazards_to_report()),
        Question("grave", "重大未化解", "不是重大未化解", lambda now: standing.grave_hazards()),
    ),
    Person: (
        Question(
            "unaided", "未帮扶", "帮扶过", lambda now: standing.unaided_persons(now.one_person)
        ),
        Question(
            "recheck",
            "一年未复核",
            "一年内复核过",
            lambda now: standing.persons_to_recheck(now.today),
        ),
        _UNCLEAR,
        _PAPER,
        *_city_papers(Person),
    ),
    Aid: (Question("large", "大额", "不是大额", lambda now: standing.large_aids()), _UNCLEAR),
    Enterprise: (
        Question(
            "unvisited",
            "未走访",
            "走访过",
            lambda now: standing.unvisited_enterprises(now.joined),
            lambda now: standing.visited_enterprises(now.joined),
        ),
        Question(
            "unvisited_now",
            "本活动未走访",
            "本活动走访过",
            lambda now: standing.unvisited_enterprises(now.joined, now.campaign),
            lambda now: standing.visited_enterprises(now.joined, now.campaign),
        ),
        Question("unverified", "待核实", "核实过", lambda now: standing.unverified_enterprises()),
    ),
    Visit: (
        Question("unlogged", "没有日志", "不缺日志", lambda now: standing.unlogged_visits()),
        _UNCLEAR,
        _PAPER,
        *_city_papers(Visit),
    ),
    Meeting: (
        Question(
            "unfulfilled",
            "到期未落实",
            "没有到期未落实",
            lambda now: standing.unfulfilled_meetings(now.today),
        ),
    ),
    Document: (
        Question("submitted", "已报出", "没有报出", lambda now: standing.submitted_documents()),
        Question("undecided", "报出待定", "不是待定", lambda now: standing.undecided_documents()),
        Question("partial", "内容不全", "不缺内容", lambda now: standing.partial_documents()),
    ),
    Plan: (
        Question(
            "missed",
            "到期未走访",
            "没有到期未走访",
            lambda now: standing.missed_plans(now.today, now.joined, now.station),
        ),
    ),
}
"""By type, those people ask most first."""


def of_type(record_type: type[Record]) -> tuple[Question, ...]:
    """What may be asked of the records of a type."""
    return QUESTIONS.get(record_type, ())


def is_question(name: str) -> bool:
    """Whether a name is that of a question, not of a field."""
    return name.startswith(_MARK)


def named(record_type: type[Record], name: str) -> Question | None:
    """The question of this name, as `Question.spec` has it; None where a type knows none."""
    return next((one for one in of_type(record_type) if _MARK + one.name == name), None)
