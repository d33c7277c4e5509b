"""走访安排: who will visit whom when."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain import codes
from app.domain.kernel.fields import Field
from app.domain.records.base import ASK_CAMPAIGN, GIVEN, OWN, Record
from app.domain.records.facts import Facts, Part, Place, Search

PLANS = Place("plans", "工作安排", Part.STANDING, 2)
"""走访安排 with the 工作组."""


class Plan(Record, frozen=True, kw_only=True):
    """走访安排: who will visit which enterprise when, before anyone drives out (R34, R37)."""

    type_name: ClassVar[str] = "plan"
    label: ClassVar[str] = "走访安排"
    mark: ClassVar[str] = "排"
    travels: ClassVar[frozenset[str]] = OWN | GIVEN
    facts: ClassVar[Facts] = Facts(
        place=PLANS,
        noun="安排",
        why="哪个工作组哪一天去哪个单位，先排好再下去。\n两级去同一个单位时会有提醒。",
        title=("enterprise",),
        who="source",
        day="planned",
        search=Search("l"),
        around=("enterprise",),
        telling=("group", "source"),
        campaign_of_day=True,
        counted=("campaign", "enterprise", "group", "planned"),
    )

    campaign: Annotated[str, Field("活动", links="campaign", required=True, ask=ASK_CAMPAIGN)] = ""
    enterprise: Annotated[str, Field("企（事）业单位", links="enterprise", required=True)] = ""
    group: Annotated[str, Field("工作组", links="group")] = ""
    source: Annotated[str, Field("确定方式", codes=codes.PLAN_SOURCE, source="R34")] = ""
    planned: Annotated[dt.date | None, Field("计划日期")] = None
