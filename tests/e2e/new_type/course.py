"""培训班: a course held for workers."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain.kernel.fields import Field
from app.domain.records.base import Record
from app.domain.records.facts import Facts, Part, Place, Search


class Course(Record, frozen=True, kw_only=True):
    """培训班: who held a course on which day for whom, and what came of it."""

    type_name: ClassVar[str] = "course"
    label: ClassVar[str] = "培训班"
    mark: ClassVar[str] = "培"
    facts: ClassVar[Facts] = Facts(
        place=Place("courses", "培训班", Part.DAILY, 7),
        noun="培训班",
        why="给职工办的培训班，一期记一条。\n从单位名录里添加最快。",
        title=("subject",),
        who="chairs",
        day="held_on",
        search=Search("g", ("subject", "chairs")),
        around=("host",),
        telling=("subject", "chairs 主持："),
        tallied=True,
        begun_from=("host",),
    )

    subject: Annotated[str, Field("议题", required=True)] = ""
    held_on: Annotated[dt.date | None, Field("开班日期", required=True, past=True)] = None
    chairs: Annotated[tuple[str, ...], Field("主持人", required=True)] = ()
    host: Annotated[str, Field("参加单位", links="enterprise")] = ""
    agreed: Annotated[str, Field("议定事项", prose=True, longest=5000)] = ""
