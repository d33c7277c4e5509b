"""考评: by which rubric units are scored, their scores with the evidence, appeals, the 定稿."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain import codes
from app.domain.kernel.fields import Field, Money
from app.domain.records.base import ASK_CAMPAIGN, Record, Row
from app.domain.records.diary import WORKLOG
from app.domain.records.facts import Facts

TYPED = "typed"
"""The basis of a criterion whose points a person gives."""

_FULL_AT = "按数算分的填：达到多少得满分。率写百分数，如 95；其他写数量"


class Criterion(Row, frozen=True, kw_only=True):
    """考评项目: what is looked at, its full marks, and the figure that its points follow, if any.

    `full_at` is where the figure gets full marks: a percentage of a rate, else a number.
    """

    name: Annotated[str, Field("考评项目", required=True, longest=60, offers="criterion")] = ""
    points: Annotated[Money | None, Field("满分", unit="分", required=True)] = None
    basis: Annotated[str, Field("怎么打分", codes=codes.EVALUATION_BASIS)] = ""
    indicator: Annotated[
        str,
        Field(
            "指标代码",
            longest=40,
            offers="indicator",
            help="按指标完成率打分的填：打名称或代码，如 T8",
        ),
    ] = ""
    full_at: Annotated[Money | None, Field("得满分的数", help=_FULL_AT)] = None


class Score(Row, frozen=True, kw_only=True):
    """得分 of one unit for one criterion; its id is both, so that one cell is one row.

    `figure` is the number it was computed from, in words; "" where a person gave the points.
    """

    unit: Annotated[str, Field("单位代码", required=True, longest=12)] = ""
    criterion: Annotated[str, Field("考评项目", required=True, longest=40)] = ""
    points: Annotated[Money | None, Field("得分", unit="分", required=True)] = None
    evidence: Annotated[str, Field("依据", longest=500)] = ""
    figure: Annotated[str, Field("数", longest=100)] = ""
    by: Annotated[str, Field("打分人", required=True, longest=50)] = ""


class Appeal(Row, frozen=True, kw_only=True):
    """申诉 of a unit about one criterion, what it was answered, and the points that count since.

    `appeal` is the record that came with a submission; its row has the same id. "" where the
    office that scores wrote down what it was told.
    """

    unit: Annotated[str, Field("单位代码", required=True, longest=12)] = ""
    criterion: Annotated[str, Field("考评项目", required=True, longest=40)] = ""
    said: Annotated[str, Field("申诉内容", required=True, prose=True, longest=500)] = ""
    answer: Annotated[str, Field("答复", required=True, prose=True, longest=500)] = ""
    points: Annotated[Money | None, Field("改为", unit="分")] = None
    appeal: Annotated[str, Field("来自申诉", longest=36, hidden=True)] = ""
    on: Annotated[dt.date | None, Field("日期", required=True)] = None
    by: Annotated[str, Field("经办人", required=True, longest=50)] = ""


class Standing(Row, frozen=True, kw_only=True):
    """名次 of a unit as it was issued; its id is the unit's code."""

    name: Annotated[str, Field("单位", required=True, longest=200)] = ""
    points: Annotated[Money | None, Field("总分", unit="分", required=True)] = None
    place: Annotated[int | None, Field("名次", ge=1, required=True)] = None


class Evaluation(Record, frozen=True, kw_only=True):
    """考评: kept with the weights it was made by, which no document gives (R43, R47).

    The city scores units of the kinds it chose, a county its townships and zones. From `shown_at`
    on each of them is told its own points with the answer (`ScoreSheet`). Once issued
    (定稿) nothing of it changes; who is commended (表扬) may still be added.
    """

    type_name: ClassVar[str] = "evaluation"
    label: ClassVar[str] = "考评"
    mark: ClassVar[str] = "考"
    facts: ClassVar[Facts] = Facts(
        place=WORKLOG,
        turn=4,
        noun="考评",
        why="文件没有规定分值，考评项目和满分由本单位定。\n在这里写考评项目，到“统计”的“考评”里打分。",
        title=("title",),
        who="campaign",
        day="as_of",
        apart=("number", "as_of"),
        campaign_of_day=True,
        issued="issued_at",
        growing=("commended", "attachments"),
    )

    campaign: Annotated[str, Field("活动", links="campaign", required=True, ask=ASK_CAMPAIGN)] = ""
    title: Annotated[
        str,
        Field(
            "考评名称", required=True, longest=60, source="R47", ask="请写一个名称，如 2011年考评。"
        ),
    ] = ""
    as_of: Annotated[dt.date | None, Field("考评日期", required=True)] = None
    kinds: Annotated[
        tuple[str, ...],
        Field(
            "考评哪类单位",
            codes=codes.UNIT_KIND,
            help="市总工会填；不填就是各县（市、区）总工会。县总工会考评本县乡镇（街道）、园区",
        ),
    ] = ()
    criteria: Annotated[
        tuple[Criterion, ...], Field("考评项目", help="满分由本单位定，合计不一定是100分")
    ] = ()
    scores: Annotated[tuple[Score, ...], Field("得分", hidden=True)] = ()
    appeals: Annotated[tuple[Appeal, ...], Field("申诉", hidden=True)] = ()
    commended: Annotated[
        tuple[str, ...], Field("表扬的单位", hidden=True, longest=12, source="R43")
    ] = ()
    standings: Annotated[tuple[Standing, ...], Field("名次", hidden=True)] = ()
    shown_at: Annotated[dt.datetime | None, Field("交核对时间", hidden=True)] = None
    shown_by: Annotated[str, Field("交核对的人", hidden=True, longest=50)] = ""
    issued_at: Annotated[dt.datetime | None, Field("定稿时间", hidden=True)] = None
    issued_by: Annotated[str, Field("定稿人", hidden=True, longest=50)] = ""
