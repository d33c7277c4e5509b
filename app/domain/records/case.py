"""帮扶事项: one difficulty being helped with."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain import codes
from app.domain.kernel.fields import Applies, Field
from app.domain.records.base import Record
from app.domain.records.facts import Carry, Facts, Part, Place, Search

CASES = Place("cases", "帮扶事项", Part.DAILY, 4)
"""帮扶事项 with what was given under each."""


class Case(Record, frozen=True, kw_only=True):
    """帮扶事项: one difficulty being helped with, 发现→核实→帮扶→回访→办结 (R21, R22)."""

    type_name: ClassVar[str] = "case"
    label: ClassVar[str] = "帮扶事项"
    mark: ClassVar[str] = "帮"
    facts: ClassVar[Facts] = Facts(
        place=CASES,
        noun="帮扶事项",
        why="一件帮扶事项，记一个困难职工从发现到办结的全过程。\n先要有这位职工的档案。",
        title=("person",),
        who="responsible",
        day="found_on",
        progress="stage",
        subject="description",
        apart=("number", "found_on"),
        search=Search("c", ("responsible",)),
        around=("person", "visit"),
        telling=("types", "responsible"),
        steps=("found_on", "verified_on", "aided_on", "followed_up_on", "closed_on"),
        timeline="帮扶经过",
        tallied=True,
        begun_from=("visit", "person"),
        came_by="visit",
        carried=(Carry("visit", {"found_on": "visited_on"}),),
        implied=lambda told: {"stage": "found"},
        counted=("person", "visit", "found_on"),
    )

    person: Annotated[str, Field("困难职工", links="person", required=True)] = ""
    visit: Annotated[str, Field("来自走访", links="visit", source="R21")] = ""
    types: Annotated[
        tuple[str, ...], Field("帮扶类型", codes=codes.AID_TYPE, required=True, source="R20")
    ] = ()
    description: Annotated[str, Field("事由", prose=True, longest=5000, sensitive=True)] = ""
    stage: Annotated[str, Field("进展", codes=codes.CASE_STAGE, source="R22")] = ""
    found_on: Annotated[dt.date | None, Field("发现日期", required=True, past=True)] = None
    verified_on: Annotated[dt.date | None, Field("核实日期", past=True)] = None
    aided_on: Annotated[dt.date | None, Field("帮扶日期", past=True)] = None
    followed_up_on: Annotated[dt.date | None, Field("回访日期", past=True)] = None
    closed_on: Annotated[dt.date | None, Field("办结日期", past=True)] = None
    follow_up_due: Annotated[dt.date | None, Field("计划回访日期")] = None
    follow_up: Annotated[
        str, Field("回访情况", prose=True, longest=2000, applies=Applies("followed_up_on"))
    ] = ""
    responsible: Annotated[str, Field("责任人")] = ""
