"""工作简报: an issue with its number, whom it goes to, its text in parts, what it was made of."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain.kernel.fields import Field
from app.domain.records.base import ASK_CAMPAIGN, Record, Row
from app.domain.records.document import DOCUMENTS
from app.domain.records.facts import Facts, Search, Told

MASTHEAD = "工作简报"
"""What it is called where nobody calls it otherwise."""


class BriefingPart(Row, frozen=True, kw_only=True):
    """A part of the text; where it was taken from a piece of 信息, which, and whose that is.

    `document` is its id. One with `figures_as_of` tells figures of a 定稿, made on `figures_from`.
    """

    heading: Annotated[str, Field("标题", required=True, longest=100)] = ""
    text: Annotated[str, Field("内容", prose=True, longest=5000)] = ""
    station: Annotated[str, Field("来稿单位代码", longest=12, hidden=True)] = ""
    source: Annotated[str, Field("来稿单位", longest=200)] = ""
    document: Annotated[str, Field("来自信息", longest=36, hidden=True)] = ""
    figures_as_of: Annotated[dt.date | None, Field("数字截至")] = None
    figures_from: Annotated[dt.date | None, Field("定稿日期")] = None


_RECALL = (
    "请先按 F10（编简报）、Ctrl+Z（撤回印发），里面的信息跟着不再记为采用，再作废。"
    "采用已经随回执发下去的不能撤回，内容有误的在下一期更正。"
)


def _named(body: Told) -> Told:
    """工作简报 2011年第3期."""
    if not (body.get("year") and body.get("issue")):
        return {}
    return {"title": f"{body.get('masthead') or MASTHEAD} {body['year']}年第{body['issue']}期"}


def _of_its_day(body: Told) -> Told:
    return {"year": int(str(body["dated"])[:4])} if body.get("dated") else {}


class Briefing(Record, frozen=True, kw_only=True):
    """工作简报: one issue (R50). Once issued (印发) nothing of it changes."""

    type_name: ClassVar[str] = "briefing"
    label: ClassVar[str] = "工作简报"
    mark: ClassVar[str] = "简"
    facts: ClassVar[Facts] = Facts(
        place=DOCUMENTS,
        turn=4,
        noun="简报",
        why="一期记一条，期号按年连着编。\n按 F10（编简报）选信息、取定稿的数、改文字、印发。",
        title=("title",),
        who="recipients",
        day="dated",
        apart=("number", "dated"),
        search=Search("j", ("title",)),
        campaign_of_day=True,
        implied=_of_its_day,
        completed=_named,
        issued="issued_at",
        issued_as="印发",
        recall=_RECALL,
        growing=("attachments",),
    )

    campaign: Annotated[str, Field("活动", links="campaign", required=True, ask=ASK_CAMPAIGN)] = ""
    title: Annotated[str, Field("简报", longest=80, hidden=True)] = ""
    masthead: Annotated[str, Field("刊名", longest=30, help="不填就是“工作简报”")] = ""
    year: Annotated[int | None, Field("年度", required=True, ge=1990, le=2200)] = None
    issue: Annotated[int | None, Field("期号", unit="期", required=True, ge=1, le=999)] = None
    dated: Annotated[dt.date | None, Field("印发日期", required=True)] = None
    editor: Annotated[str, Field("编印单位", longest=100)] = ""
    approved_by: Annotated[str, Field("签发人", longest=50)] = ""
    recipients: Annotated[
        str, Field("主送", longest=500, source="R50", help="如：市委、市政府；几个用顿号隔开")
    ] = ""
    copies_to: Annotated[str, Field("抄送", longest=500)] = ""
    printed: Annotated[int | None, Field("印数", unit="份", ge=1, le=100_000)] = None
    note: Annotated[str, Field("编者按", prose=True, longest=2000)] = ""
    parts: Annotated[tuple[BriefingPart, ...], Field("正文各部分")] = ()
    issued_at: Annotated[dt.datetime | None, Field("印发时间", hidden=True)] = None
    issued_by: Annotated[str, Field("印发人", hidden=True, longest=50)] = ""
