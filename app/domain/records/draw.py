"""随机抽取: which units were drawn, from which list, by which seed, before whose eyes."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain import codes
from app.domain.kernel.fields import Field
from app.domain.records.base import ASK_CAMPAIGN, GIVEN, OWN, Record, Row
from app.domain.records.facts import Facts
from app.domain.values.person_names import parted_names


class DrawStratum(Row, frozen=True, kw_only=True):
    """层: how many units it has, and how many of them were drawn; its id is its name."""

    name: Annotated[str, Field("层")] = ""
    size: Annotated[int | None, Field("家数", unit="家", ge=0, required=True)] = None
    number: Annotated[int | None, Field("抽取", unit="家", ge=0, required=True)] = None


class DrawnUnit(Row, frozen=True, kw_only=True):
    """A unit drawn; its id is that of its enterprise, `place` when it was drawn in its stratum."""

    stratum: Annotated[str, Field("层")] = ""
    place: Annotated[int | None, Field("顺序", ge=1, required=True)] = None
    name: Annotated[str, Field("单位", required=True, longest=200)] = ""


class Replacement(Row, frozen=True, kw_only=True):
    """替补: the unit drawn next stands for one that cannot be visited, whose id the row has."""

    stratum: Annotated[str, Field("层")] = ""
    place: Annotated[int | None, Field("顺序", ge=1, required=True)] = None
    unit: Annotated[str, Field("替补单位", links="enterprise", required=True)] = ""
    name: Annotated[str, Field("单位", required=True, longest=200)] = ""
    reason: Annotated[str, Field("原因", required=True, longest=200)] = ""
    on: Annotated[dt.date | None, Field("日期", required=True)] = None
    by: Annotated[str, Field("经办人", required=True, longest=50)] = ""


class Draw(Record, frozen=True, kw_only=True):
    """随机抽取: made in one go and never changed; replacements are added, or it is voided (R34)."""

    type_name: ClassVar[str] = "draw"
    label: ClassVar[str] = "随机抽取"
    mark: ClassVar[str] = "抽"
    travels: ClassVar[frozenset[str]] = OWN | GIVEN
    facts: ClassVar[Facts] = Facts(
        place=None,
        noun="抽取",
        title=("title",),
        who="drawn_by",
        day="drawn_at",
        campaign_of_day=True,
        made_whole=True,
        growing=("replacements", "attachments"),
    )

    campaign: Annotated[str, Field("活动", links="campaign", required=True, ask=ASK_CAMPAIGN)] = ""
    title: Annotated[str, Field("抽取事项", required=True, longest=60)] = ""
    scope: Annotated[tuple[str, ...], Field("抽取范围")] = ()
    parted_by: Annotated[str, Field("分层", longest=40)] = ""
    allocation: Annotated[
        str, Field("各层抽取家数", codes=codes.DRAW_ALLOCATION, required=True)
    ] = ""
    asked: Annotated[int | None, Field("要抽的家数", unit="家", ge=1)] = None
    strata: Annotated[tuple[DrawStratum, ...], Field("各层", required=True)] = ()
    algorithm: Annotated[str, Field("抽取方法", required=True, longest=40)] = ""
    frame_sha256: Annotated[str, Field("名单校验值", required=True, longest=64)] = ""
    seed: Annotated[str, Field("种子", required=True)] = ""
    seed_from: Annotated[str, Field("种子来源", codes=codes.DRAW_SEED, required=True)] = ""
    drawn_at: Annotated[dt.datetime | None, Field("抽取时间", required=True, past=True)] = None
    drawn_by: Annotated[str, Field("抽取人", required=True, longest=50)] = ""
    witnesses: Annotated[tuple[str, ...], Field("监督人", required=True, parted=parted_names)] = ()
    results: Annotated[tuple[DrawnUnit, ...], Field("抽中的单位", required=True)] = ()
    replacements: Annotated[tuple[Replacement, ...], Field("替补")] = ()
