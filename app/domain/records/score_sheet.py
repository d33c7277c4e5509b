"""考评结果: what an office above tells one office of its own points in an 考评."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain.kernel.fields import Field, Money
from app.domain.records.base import Record, Row
from app.domain.records.facts import Facts


class SheetLine(Row, frozen=True, kw_only=True):
    """得分 of the office for one criterion, whose id it has; nothing given leaves it empty."""

    name: Annotated[str, Field("考评项目", required=True, longest=60)] = ""
    how: Annotated[str, Field("怎么打分", longest=200)] = ""
    full: Annotated[Money | None, Field("满分", unit="分")] = None
    points: Annotated[Money | None, Field("得分", unit="分")] = None
    evidence: Annotated[str, Field("依据", longest=500)] = ""
    figure: Annotated[str, Field("数", longest=100)] = ""


class SheetAnswer(Row, frozen=True, kw_only=True):
    """答复 to a 申诉 of the office; `appeal` is the record that came from it, if one did."""

    criterion: Annotated[str, Field("考评项目", required=True, longest=40)] = ""
    appeal: Annotated[str, Field("申诉", longest=36)] = ""
    said: Annotated[str, Field("申诉内容", required=True, prose=True, longest=500)] = ""
    answer: Annotated[str, Field("答复", required=True, prose=True, longest=500)] = ""
    points: Annotated[Money | None, Field("改为", unit="分")] = None
    on: Annotated[dt.date | None, Field("日期")] = None
    by: Annotated[str, Field("经办人", longest=50)] = ""


class ScoreSheet(Record, frozen=True, kw_only=True):
    """考评结果: an 考评 as it concerns one office, and nothing of the others (R43, R47).

    It goes down with the answer from the moment the points are shown to be checked (交核对) until
    the 定稿, which adds the place; it is made anew when something of it changed. `source` is the
    考评, which the receiver does not have, and `told_of` when that was changed last: of what two
    computers of one office tell, the word about the newer 考评 holds.
    """

    type_name: ClassVar[str] = "score_sheet"
    label: ClassVar[str] = "考评结果"
    mark: ClassVar[str] = "绩"
    travels: ClassVar[frozenset[str]] = frozenset({"answer", "restore"})
    facts: ClassVar[Facts] = Facts(place=None)

    station: Annotated[str, Field("送达单位", required=True, hidden=True)] = ""
    source: Annotated[str, Field("考评", required=True, hidden=True, indexed=True)] = ""
    campaign: Annotated[str, Field("活动", hidden=True)] = ""
    title: Annotated[str, Field("考评名称", required=True, longest=60)] = ""
    as_of: Annotated[dt.date | None, Field("考评日期")] = None
    lines: Annotated[tuple[SheetLine, ...], Field("各项得分")] = ()
    answers: Annotated[tuple[SheetAnswer, ...], Field("申诉和答复")] = ()
    total: Annotated[Money | None, Field("总分", unit="分")] = None
    place: Annotated[int | None, Field("名次", ge=1)] = None
    among: Annotated[int | None, Field("几个单位", unit="个", ge=1)] = None
    issued_at: Annotated[dt.datetime | None, Field("定稿时间")] = None
    told_of: Annotated[str, Field("考评最后改动", hidden=True, longest=40)] = ""
