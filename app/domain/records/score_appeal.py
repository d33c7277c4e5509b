"""考评申诉: what an office says against points that an office above gave it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain.kernel.fields import Field
from app.domain.records.base import Record
from app.domain.records.facts import Facts


class ScoreAppeal(Record, frozen=True, kw_only=True):
    """考评申诉: against one criterion, with the reason and what proves it (R43, R47).

    It goes up with the next submission and is answered in the 考评 itself (`Appeal`). `source` is
    that 考评 and `criterion` the id of its row, which only the office above has.
    """

    type_name: ClassVar[str] = "score_appeal"
    label: ClassVar[str] = "考评申诉"
    mark: ClassVar[str] = "申"
    facts: ClassVar[Facts] = Facts(place=None)

    source: Annotated[str, Field("考评", required=True, hidden=True, indexed=True)] = ""
    criterion: Annotated[str, Field("考评项目行号", required=True, longest=40, hidden=True)] = ""
    title: Annotated[str, Field("考评名称", longest=60)] = ""
    name: Annotated[str, Field("考评项目", required=True, longest=60)] = ""
    points: Annotated[str, Field("申诉时的得分", longest=20)] = ""
    said: Annotated[
        str, Field("申诉理由", required=True, prose=True, longest=500, ask="请写申诉的理由。")
    ] = ""
    evidence: Annotated[str, Field("依据", longest=500)] = ""
    said_on: Annotated[dt.date | None, Field("申诉日期", required=True)] = None
    said_by: Annotated[str, Field("经办人", longest=50)] = ""
