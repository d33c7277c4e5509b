"""审核意见: the word of an office above on one record."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain import codes
from app.domain.kernel.fields import Field
from app.domain.records.base import Record, Row
from app.domain.records.facts import Facts


class Question(Row, frozen=True, kw_only=True):
    """A question about one field of a returned record."""

    field: Annotated[str, Field("项目", required=True)] = ""
    text: Annotated[str, Field("问题", required=True, prose=True, longest=1000)] = ""


class Proposal(Row, frozen=True, kw_only=True):
    """电话更正: a value told by telephone, used by the city until the owner adopts it."""

    field: Annotated[str, Field("项目", required=True)] = ""
    value: Annotated[object, Field("更正为")] = None
    said_by: Annotated[str, Field("告知人", required=True)] = ""
    said_on: Annotated[dt.date | None, Field("告知日期", required=True, past=True)] = None


class Review(Record, frozen=True, kw_only=True):
    """审核: the word of an office above on one revision (package format §4)."""

    type_name: ClassVar[str] = "review"
    label: ClassVar[str] = "审核意见"
    mark: ClassVar[str] = "审"
    travels: ClassVar[frozenset[str]] = frozenset({"answer", "restore"})
    facts: ClassVar[Facts] = Facts(place=None)

    station: Annotated[str, Field("送达单位", links="unit", required=True)] = ""
    target: Annotated[str, Field("记录", required=True, hidden=True, indexed=True)] = ""
    target_type: Annotated[str, Field("记录类型", required=True, hidden=True)] = ""
    target_h: Annotated[str, Field("记录版本", required=True, hidden=True, longest=64)] = ""
    verdict: Annotated[str, Field("结论", codes=codes.REVIEW_VERDICT, required=True)] = ""
    questions: Annotated[tuple[Question, ...], Field("退回的问题")] = ()
    proposals: Annotated[tuple[Proposal, ...], Field("更正建议")] = ()
    text: Annotated[str, Field("意见", prose=True, longest=2000)] = ""
