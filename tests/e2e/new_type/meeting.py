"""会议: a meeting with an enterprise."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain.kernel.fields import Field
from app.domain.records.base import Record
from app.domain.records.facts import Facts, Part, Place, Search


class Meeting(Record, frozen=True, kw_only=True):
    """会议: who met an enterprise on which day, and what was agreed."""

    type_name: ClassVar[str] = "meeting"
    label: ClassVar[str] = "会议"
    mark: ClassVar[str] = "会"
    facts: ClassVar[Facts] = Facts(
        place=Place("meetings", "会议", Part.DAILY, 6),
        noun="会议",
        why="和企（事）业单位一起开的会，一次记一条。\n从单位名录里添加最快。",
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
    held_on: Annotated[dt.date | None, Field("开会日期", required=True, past=True)] = None
    chairs: Annotated[tuple[str, ...], Field("主持人", required=True)] = ()
    host: Annotated[str, Field("参加单位", links="enterprise")] = ""
    agreed: Annotated[str, Field("议定事项", prose=True, longest=5000)] = ""
