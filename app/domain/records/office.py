"""What an office keeps of its own work: documents, operators, reviews, links."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain import codes
from app.domain.kernel.fields import Field
from app.domain.records.base import Record, Row


class Document(Record, frozen=True, kw_only=True):
    """材料: a plan, summary, research report, piece of information (R40, R42, R17, R46)."""

    type_name: ClassVar[str] = "document"
    label: ClassVar[str] = "材料"
    mark: ClassVar[str] = "材"

    campaign: Annotated[str, Field("活动", links="campaign", required=True)] = ""
    kind: Annotated[str, Field("材料类别", codes=codes.DOCUMENT_KIND, required=True)] = ""
    title: Annotated[str, Field("标题", required=True)] = ""
    dated: Annotated[dt.date | None, Field("成文日期", required=True)] = None
    author: Annotated[str, Field("撰稿人")] = ""
    group: Annotated[
        str,
        Field("工作组", links="group", help="工作组写的调研报告填写", source="R17"),
    ] = ""
    sections: Annotated[
        tuple[str, ...], Field("报告包含的部分", codes=codes.REPORT_SECTION, source="R17")
    ] = ()


class Operator(Record, frozen=True, kw_only=True):
    """经办人: who works at this office's program; every revision names one."""

    type_name: ClassVar[str] = "operator"
    label: ClassVar[str] = "经办人"
    mark: ClassVar[str] = "人"

    name: Annotated[str, Field("姓名", required=True, longest=50)] = ""
    department: Annotated[str, Field("部门")] = ""
    telephone: Annotated[str, Field("电话", longest=40)] = ""
    on_duty_from: Annotated[dt.date | None, Field("在岗开始日期")] = None
    on_duty_to: Annotated[dt.date | None, Field("在岗结束日期")] = None
    duties: Annotated[tuple[str, ...], Field("职责", codes=codes.DUTY)] = ()


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

    station: Annotated[str, Field("送达单位", links="unit", required=True)] = ""
    target: Annotated[str, Field("记录", required=True, hidden=True, indexed=True)] = ""
    target_type: Annotated[str, Field("记录类型", required=True, hidden=True)] = ""
    target_h: Annotated[str, Field("记录版本", required=True, hidden=True, longest=64)] = ""
    verdict: Annotated[str, Field("结论", codes=codes.REVIEW_VERDICT, required=True)] = ""
    questions: Annotated[tuple[Question, ...], Field("退回的问题")] = ()
    proposals: Annotated[tuple[Proposal, ...], Field("更正建议")] = ()
    text: Annotated[str, Field("意见", prose=True, longest=2000)] = ""


class Link(Record, frozen=True, kw_only=True):
    """同一 / 不同: two records are, or are not, the same enterprise or person."""

    type_name: ClassVar[str] = "link"
    label: ClassVar[str] = "同一认定"
    mark: ClassVar[str] = "同"
    travels: ClassVar[frozenset[str]] = frozenset({"submission", "answer", "restore"})

    kind: Annotated[str, Field("记录类型", required=True, hidden=True)] = ""
    one: Annotated[str, Field("记录甲", required=True, hidden=True)] = ""
    other: Annotated[str, Field("记录乙", required=True, hidden=True)] = ""
    same: Annotated[bool | None, Field("是同一个", required=True)] = None
    reason: Annotated[str, Field("理由", required=True)] = ""
    stations: Annotated[tuple[str, ...], Field("送达单位", links="unit")] = ()
