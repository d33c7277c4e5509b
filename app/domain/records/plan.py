"""走访安排: who will visit whom when."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain import codes
from app.domain.kernel.fields import Field
from app.domain.records.base import GIVEN, OWN, Record


class Plan(Record, frozen=True, kw_only=True):
    """走访安排: who will visit which enterprise when, before anyone drives out (R34, R37)."""

    type_name: ClassVar[str] = "plan"
    label: ClassVar[str] = "走访安排"
    mark: ClassVar[str] = "排"
    travels: ClassVar[frozenset[str]] = OWN | GIVEN

    campaign: Annotated[str, Field("活动", links="campaign", required=True)] = ""
    enterprise: Annotated[str, Field("企（事）业单位", links="enterprise", required=True)] = ""
    group: Annotated[str, Field("工作组", links="group")] = ""
    source: Annotated[str, Field("确定方式", codes=codes.PLAN_SOURCE, source="R34")] = ""
    planned: Annotated[dt.date | None, Field("计划日期")] = None
