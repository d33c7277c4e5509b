"""材料: plans, summaries, reports."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain import codes
from app.domain.kernel.fields import Field
from app.domain.records.base import ASK_CAMPAIGN, Record
from app.domain.records.facts import Facts, Part, Place, Search


class Document(Record, frozen=True, kw_only=True):
    """材料: a plan, summary, research report, piece of information (R40, R42, R17, R46)."""

    type_name: ClassVar[str] = "document"
    label: ClassVar[str] = "材料"
    mark: ClassVar[str] = "材"
    facts: ClassVar[Facts] = Facts(
        place=Place("documents", "材料", Part.STANDING, 3),
        noun="材料",
        why="方案、总结、调研报告和信息都存在这里。\n文件作为附件，随记录一起报送。",
        title=("title",),
        who="kind",
        day="dated",
        search=Search("m", ("title", "author")),
        campaign_of_day=True,
        awaited=True,
    )

    campaign: Annotated[str, Field("活动", links="campaign", required=True, ask=ASK_CAMPAIGN)] = ""
    kind: Annotated[str, Field("材料类别", codes=codes.DOCUMENT_KIND, required=True)] = ""
    title: Annotated[str, Field("标题", required=True)] = ""
    dated: Annotated[dt.date | None, Field("成文日期", required=True)] = None
    author: Annotated[str, Field("撰稿人")] = ""
    group: Annotated[
        str,
        Field("工作组", links="group", help="工作组写的调研报告填写", source="R17"),
    ] = ""
    sections: Annotated[
        tuple[str, ...], Field("报告包含的部分", codes=codes.REPORT_SECTION, source="R17")
    ] = ()
