"""信息员: who writes an office's 信息."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain.kernel.fields import Field
from app.domain.records.base import Record
from app.domain.records.document import DOCUMENTS
from app.domain.records.facts import Facts, Search
from app.domain.values.telephone import plain_telephone


class Reporter(Record, frozen=True, kw_only=True):
    """信息员: who writes the 信息 of an office, and from when to when (R69, R75)."""

    type_name: ClassVar[str] = "reporter"
    label: ClassVar[str] = "信息员"
    mark: ClassVar[str] = "员"
    facts: ClassVar[Facts] = Facts(
        place=DOCUMENTS,
        turn=3,
        noun="信息员",
        why="本单位谁写信息，从哪天任职到哪天。\n写材料时选了信息员，采用情况就按人统计。",
        title=("name",),
        who="department",
        day="serves_from",
        search=Search("i", ("name",)),
    )

    name: Annotated[str, Field("姓名", required=True)] = ""
    department: Annotated[str, Field("部门", required=True)] = ""
    telephone: Annotated[str, Field("联系电话", read=plain_telephone)] = ""
    serves_from: Annotated[dt.date | None, Field("任职开始", required=True)] = None
    serves_to: Annotated[dt.date | None, Field("任职结束")] = None
