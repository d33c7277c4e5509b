"""指标进度: how far a unit has come with an indicator."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain.kernel.fields import Field
from app.domain.records.base import ASK_CAMPAIGN, Record
from app.domain.records.facts import Facts
from app.domain.records.plan import PLANS


class Attainment(Record, frozen=True, kw_only=True):
    """指标进度: what one unit reached of one indicator in one month (R60, R61).

    Of what is counted (人次, 人, 个 …) `value` is what that month added; of a rate (%) numerator
    and denominator are as they stand at the end of the month. Of two of one month the later
    `as_of` counts.
    """

    type_name: ClassVar[str] = "attainment"
    label: ClassVar[str] = "指标进度"
    mark: ClassVar[str] = "进"
    facts: ClassVar[Facts] = Facts(
        place=PLANS,
        turn=3,
        noun="指标进度",
        why="一个指标、一个月，记一条：这个月完成了多少。\n率记分子、分母，程序自己算。",
        title=("indicator",),
        who="value",
        day="as_of",
        apart=("number", "as_of"),
        campaign_of_day=True,
        indicator="indicator",
    )

    campaign: Annotated[str, Field("活动", links="campaign", required=True, ask=ASK_CAMPAIGN)] = ""
    indicator: Annotated[
        str,
        Field("指标代码", required=True, help="打名称、首字母或代码，如 T8", source="R60"),
    ] = ""
    as_of: Annotated[
        dt.date | None, Field("截至日期", required=True, past=True, help="哪一个月就写那个月的日期")
    ] = None
    value: Annotated[
        int | None,
        Field("本月完成数", ge=0, le=1_000_000_000, help="只写这个月新完成的，不写累计"),
    ] = None
    numerator: Annotated[
        int | None, Field("分子", ge=0, le=1_000_000_000, help="率填月末的数，不是这个月新增的")
    ] = None
    denominator: Annotated[int | None, Field("分母", ge=0, le=1_000_000_000)] = None
