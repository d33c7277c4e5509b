"""荣誉: what somebody was honoured with."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain import codes
from app.domain.kernel.fields import Field
from app.domain.records.base import Record
from app.domain.records.diary import WORKLOG
from app.domain.records.facts import Facts, Search


class Honour(Record, frozen=True, kw_only=True):
    """荣誉: which honour, of which level, whose, in which year (R66)."""

    type_name: ClassVar[str] = "honour"
    label: ClassVar[str] = "荣誉"
    mark: ClassVar[str] = "誉"
    facts: ClassVar[Facts] = Facts(
        place=WORKLOG,
        turn=3,
        noun="荣誉",
        why="工人先锋号、示范单位、先进个人，一项荣誉记一条。\n写明级别、年度和是谁得的。",
        title=("title",),
        who="holder",
        day="granted_on",
        apart=("number", "holder"),
        search=Search("o", ("title", "holder")),
        around=("enterprise",),
        telling=("title", "holder", "level"),
        tallied=True,
        begun_from=("enterprise",),
    )

    title: Annotated[str, Field("荣誉名称", required=True)] = ""
    level: Annotated[
        str, Field("荣誉级别", codes=codes.HONOUR_LEVEL, required=True, source="R66")
    ] = ""
    year: Annotated[
        int | None, Field("年度", required=True, unit="年", ge=1949, le=2200, source="R66")
    ] = None
    holder: Annotated[str, Field("获得者", required=True)] = ""
    holder_kind: Annotated[str, Field("获得者类型", codes=codes.HONOUR_HOLDER)] = ""
    enterprise: Annotated[str, Field("所在企（事）业单位", links="enterprise")] = ""
    granted_by: Annotated[str, Field("授予单位")] = ""
    granted_on: Annotated[dt.date | None, Field("授予日期", past=True)] = None
    document_number: Annotated[str, Field("文号")] = ""
