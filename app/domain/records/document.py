"""材料: plans, summaries, reports."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain import codes
from app.domain.kernel.fields import Applies, Field
from app.domain.records.base import ASK_CAMPAIGN, Record
from app.domain.records.facts import Carry, Facts, Part, Place, Search

_RESEARCH = Applies("kind", ("research",))
_NEWS = Applies("kind", ("news", "results", "experience"))

DOCUMENTS = Place("documents", "材料", Part.STANDING, 3)
"""材料, with 媒体报道, 制度成果 and the 信息员."""


class Document(Record, frozen=True, kw_only=True):
    """材料: a plan, summary, research report, piece of information (R40, R42, R17, R46)."""

    type_name: ClassVar[str] = "document"
    label: ClassVar[str] = "材料"
    mark: ClassVar[str] = "材"
    facts: ClassVar[Facts] = Facts(
        place=DOCUMENTS,
        noun="材料",
        why="方案、总结、调研报告和信息都存在这里。\n正文写在这里，或者把文件作为附件，随记录一起报送。",
        title=("title",),
        who="kind",
        day="dated",
        progress="outcome",
        search=Search("m", ("title", "author")),
        around=("reporter", "group", "visit"),
        telling=("kind", "title"),
        tallied=True,
        begun_from=("group", "visit"),
        campaign_of_day=True,
        carried=(Carry("visit", {"group": "group"}), Carry("reporter", {"author": "name"})),
        awaited=True,
    )

    campaign: Annotated[str, Field("活动", links="campaign", required=True, ask=ASK_CAMPAIGN)] = ""
    kind: Annotated[str, Field("材料类别", codes=codes.DOCUMENT_KIND, required=True)] = ""
    title: Annotated[str, Field("标题", required=True)] = ""
    dated: Annotated[dt.date | None, Field("成文日期", required=True)] = None
    author: Annotated[str, Field("撰稿人")] = ""
    reporter: Annotated[str, Field("信息员", links="reporter", source="R69, R75")] = ""
    group: Annotated[
        str,
        Field("工作组", links="group", help="工作组写的调研报告填写", source="R17"),
    ] = ""
    visit: Annotated[str, Field("来自走访", links="visit")] = ""
    text: Annotated[str, Field("正文", prose=True, longest=20_000)] = ""
    situation: Annotated[
        str, Field("情况", prose=True, longest=20_000, source="R17", applies=_RESEARCH)
    ] = ""
    analysis: Annotated[
        str, Field("分析", prose=True, longest=20_000, source="R17", applies=_RESEARCH)
    ] = ""
    advice: Annotated[
        str, Field("建议", prose=True, longest=20_000, source="R17", applies=_RESEARCH)
    ] = ""
    measures: Annotated[
        str, Field("对策", prose=True, longest=20_000, source="R17", applies=_RESEARCH)
    ] = ""
    channels: Annotated[
        tuple[str, ...], Field("报送渠道", codes=codes.NEWS_CHANNEL, source="R69", applies=_NEWS)
    ] = ()
    submitted_to: Annotated[str, Field("报给谁", applies=_NEWS)] = ""
    submitted_on: Annotated[
        dt.date | None, Field("报出日期", past=True, source="R69", applies=_NEWS)
    ] = None
    outcome: Annotated[
        str, Field("采用情况", codes=codes.NEWS_STATE, source="R69", applies=_NEWS)
    ] = ""
    decided_on: Annotated[
        dt.date | None,
        Field("采用或退回日期", past=True, applies=Applies("outcome", ("adopted", "returned"))),
    ] = None
    adopted_by: Annotated[
        str, Field("采用单位或刊物", applies=Applies("outcome", ("adopted",)))
    ] = ""
    sections: Annotated[
        tuple[str, ...],
        Field("报告包含的部分", codes=codes.REPORT_SECTION, hidden=True, source="R17"),
    ] = ()
