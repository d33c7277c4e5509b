"""媒体报道: what was printed, broadcast or put on the net."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain import codes
from app.domain.kernel.fields import Field
from app.domain.records.base import ASK_CAMPAIGN, Record
from app.domain.records.document import DOCUMENTS
from app.domain.records.facts import Carry, Facts, Search


class Press(Record, frozen=True, kw_only=True):
    """媒体报道: which outlet told what, in which form, on which day, and where (R49)."""

    type_name: ClassVar[str] = "press"
    label: ClassVar[str] = "媒体报道"
    mark: ClassVar[str] = "媒"
    facts: ClassVar[Facts] = Facts(
        place=DOCUMENTS,
        turn=1,
        noun="报道",
        why="报纸、广播电视、网站登过的，一篇记一条。\n从对应的信息添加，标题自动带出。",
        title=("title",),
        who="outlet",
        day="published_on",
        apart=("number", "outlet"),
        search=Search("s", ("title", "outlet")),
        around=("document", "enterprise"),
        telling=("outlet", "title"),
        tallied=True,
        begun_from=("document",),
        campaign_of_day=True,
        carried=(Carry("document", {"title": "title"}),),
    )

    campaign: Annotated[str, Field("活动", links="campaign", required=True, ask=ASK_CAMPAIGN)] = ""
    title: Annotated[str, Field("标题", required=True)] = ""
    outlet: Annotated[str, Field("媒体名称", required=True)] = ""
    form: Annotated[str, Field("媒体形式", codes=codes.MEDIA_FORM, required=True, source="R49")] = (
        ""
    )
    published_on: Annotated[dt.date | None, Field("刊播日期", required=True, past=True)] = None
    location: Annotated[str, Field("版面或网址", longest=500)] = ""
    author: Annotated[str, Field("作者")] = ""
    document: Annotated[str, Field("对应的材料", links="document")] = ""
    enterprise: Annotated[str, Field("报道的单位", links="enterprise")] = ""
    text: Annotated[str, Field("摘要", prose=True, longest=5000)] = ""
