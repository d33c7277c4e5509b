"""制度成果: what was made of what the visits showed."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain import codes
from app.domain.kernel.fields import Field
from app.domain.records.base import ASK_CAMPAIGN, Record
from app.domain.records.document import DOCUMENTS
from app.domain.records.facts import Carry, Facts, Search


class Policy(Record, frozen=True, kw_only=True):
    """制度成果: 制度, 办法, 措施, 理论成果, and the problems they answer (R48, R58, R72)."""

    type_name: ClassVar[str] = "policy"
    label: ClassVar[str] = "制度成果"
    mark: ClassVar[str] = "制"
    facts: ClassVar[Facts] = Facts(
        place=DOCUMENTS,
        turn=2,
        noun="制度或成果",
        why="行之有效的做法写成的制度、办法、措施和理论成果。\n注明针对哪些意见诉求和隐患，以后查得到。",
        title=("title",),
        who="kind",
        day="issued_on",
        search=Search("t", ("title", "issuer", "document_number")),
        around=("demands", "hazards", "document"),
        telling=("kind", "title"),
        tallied=True,
        begun_from=("demands", "hazards", "document"),
        campaign_of_day=True,
        carried=(Carry("document", {"title": "title", "text": "text"}),),
    )

    campaign: Annotated[str, Field("活动", links="campaign", required=True, ask=ASK_CAMPAIGN)] = ""
    kind: Annotated[
        str, Field("成果类别", codes=codes.POLICY_KIND, required=True, source="R48, R72")
    ] = ""
    title: Annotated[str, Field("标题", required=True)] = ""
    issued_on: Annotated[dt.date | None, Field("成文日期", required=True, past=True)] = None
    issuer: Annotated[str, Field("制定单位")] = ""
    document_number: Annotated[str, Field("文号")] = ""
    ended_on: Annotated[dt.date | None, Field("废止日期")] = None
    mechanisms: Annotated[
        tuple[str, ...], Field("四个机制", codes=codes.MECHANISM, source="R58")
    ] = ()
    demands: Annotated[tuple[str, ...], Field("针对的意见诉求", links="demand", source="R72")] = ()
    hazards: Annotated[tuple[str, ...], Field("针对的隐患", links="hazard", source="R72")] = ()
    document: Annotated[str, Field("来自材料", links="document", source="R48")] = ""
    text: Annotated[str, Field("正文", prose=True, longest=20_000)] = ""
    effect: Annotated[str, Field("实施效果", prose=True, longest=2000)] = ""
