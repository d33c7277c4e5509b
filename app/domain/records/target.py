"""指标分解: the share of an indicator that one unit has."""

from __future__ import annotations

from typing import Annotated, ClassVar

from app.domain.kernel.fields import Field
from app.domain.records.base import ASK_CAMPAIGN, GIVEN, Record
from app.domain.records.facts import Facts


class Target(Record, frozen=True, kw_only=True):
    """指标分解: the share of an indicator that the city gives one unit (R62)."""

    type_name: ClassVar[str] = "target"
    label: ClassVar[str] = "指标分解"
    mark: ClassVar[str] = "标"
    travels: ClassVar[frozenset[str]] = GIVEN
    facts: ClassVar[Facts] = Facts(place=None)

    campaign: Annotated[str, Field("活动", links="campaign", required=True, ask=ASK_CAMPAIGN)] = ""
    indicator: Annotated[str, Field("指标代码", required=True)] = ""
    value: Annotated[int | None, Field("分解数", ge=0, required=True)] = None
