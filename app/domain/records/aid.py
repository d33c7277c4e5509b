"""帮扶记录: what was given under a case."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain import codes
from app.domain.kernel.fields import Applies, Field, Money
from app.domain.records.base import Record
from app.domain.records.case import CASES
from app.domain.records.facts import Carry, Facts, Search
from app.domain.records.paper_mark import PaperMarks


class Aid(Record, frozen=True, kw_only=True):
    """帮扶记录: what was given under a case, money or goods, from which fund (R20, R65)."""

    type_name: ClassVar[str] = "aid"
    label: ClassVar[str] = "帮扶记录"
    mark: ClassVar[str] = "扶"
    facts: ClassVar[Facts] = Facts(
        place=CASES,
        turn=1,
        noun="帮扶记录",
        why="给了什么、给了多少、用的哪一笔钱，一次记一条。\n从帮扶事项里按 Ctrl+B 添加最快。",
        title=("person",),
        who="type",
        day="given_on",
        subject="goods",
        search=Search("a"),
        around=("case", "person"),
        telling=("type", "money", "goods", "fund"),
        begun_from=("case",),
        came_by="case",
        carried=(Carry("case", {"person": "person"}),),
        counted=("case", "person", "given_on", "money", "goods_value"),
        summed=("money", "goods_value"),
        proofread=True,
    )

    case: Annotated[str, Field("帮扶事项", links="case", required=True)] = ""
    person: Annotated[str, Field("困难职工", links="person", help="随帮扶事项")] = ""
    given_on: Annotated[dt.date | None, Field("帮扶日期", required=True, past=True)] = None
    type: Annotated[str, Field("帮扶类型", codes=codes.AID_TYPE, required=True)] = ""
    programme: Annotated[str, Field("四季送", codes=codes.AID_PROGRAMME, source="R65")] = ""
    students: Annotated[
        tuple[str, ...],
        Field(
            "受助学生",
            help="资助了几个孩子写几个名字；不写的按档案里的在校子女算",
            source="R60",
            applies=Applies("type", ("schooling",)),
        ),
    ] = ()
    money: Annotated[Money | None, Field("金额", unit="元")] = None
    goods: Annotated[str, Field("实物", help="如棉被1床、菜油1桶")] = ""
    goods_value: Annotated[Money | None, Field("实物折价", unit="元", applies=Applies("goods"))] = (
        None
    )
    fund: Annotated[str, Field("资金来源", codes=codes.FUND_SOURCE)] = ""
    receipt: Annotated[str, Field("签收情况")] = ""
    content: Annotated[str, Field("帮扶内容", prose=True, longest=2000)] = ""
    paper_marks: PaperMarks = ()
