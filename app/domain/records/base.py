"""What every record has, whatever its type."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

import msgspec

from app.domain import codes
from app.domain.kernel.fields import Field
from app.domain.records.facts import Facts


class Row(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A row inside a record (a family member, a phase); its id lets two versions be merged."""

    id: Annotated[str, Field("行号", hidden=True)] = ""


class Attachment(Row, frozen=True, kw_only=True):
    """A scan or photo, named by the sha256 of its bytes; the bytes lie in their own file."""

    sha256: Annotated[str, Field("校验值", required=True, longest=64, hidden=True)] = ""
    name: Annotated[str, Field("文件名", required=True, longest=255)] = ""
    type: Annotated[str, Field("类型", longest=100)] = ""
    size: Annotated[int | None, Field("大小", unit="字节", ge=0)] = None


class Acceptance(Row, frozen=True, kw_only=True):
    """A 提醒 that a person looked at and let stand, with the reason."""

    check: Annotated[str, Field("检查项", required=True, hidden=True)] = ""
    reason: Annotated[str, Field("理由", required=True)] = ""


NewTrends = Annotated[
    tuple[str, ...],
    Field(
        "三新",
        codes=codes.NEW_TREND,
        help="新情况、新问题、新矛盾，可以多选，不是的不选",
        source="R25",
    ),
]
"""Whether a demand or a hazard is 新情况, 新问题 or 新矛盾."""

ASK_CAMPAIGN = "没有哪个活动的期间包含这个日期，请选它属于哪个活动。"
"""What a person decides where the day of a record lies in no campaign."""

OWN = frozenset({"submission", "urgent", "restore"})
"""How a record travels that any office may own."""

GIVEN = frozenset({"reference", "restore"})
"""How a record travels that only the city makes."""


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The common members of all records.

    The record's id, its owner by default, who saved it and when stand in the
    revision, not here. An empty member is absent when written.
    """

    type_name: ClassVar[str]
    label: ClassVar[str]
    mark: ClassVar[str] = ""
    """The word that tells this type's 编号 from another's; visits have none."""
    schema: ClassVar[int] = 1
    travels: ClassVar[frozenset[str]] = OWN
    """The kinds of package that carry this type (the table of package format §7)."""
    facts: ClassVar[Facts]

    number: Annotated[str, Field("编号", longest=60, indexed=True)] = ""
    unit: Annotated[
        str,
        Field("填报单位", links="unit", help="代录时填写实际填报的单位", source="R2"),
    ] = ""
    owner: Annotated[
        str,
        Field("归属单位", links="unit", hidden=True, help="只有预置的名录才填写"),
    ] = ""
    attachments: Annotated[tuple[Attachment, ...], Field("附件")] = ()
    remarks: Annotated[str, Field("备注", prose=True, longest=2000)] = ""
    accepted: Annotated[tuple[Acceptance, ...], Field("已确认的提醒", hidden=True)] = ()
    extra: Annotated[dict[str, Any], Field("活动增加的项目", hidden=True)] = {}


def body_of(record: Record) -> dict[str, Any]:
    """The JSON members of a record; empty ones are absent (package format §7)."""
    body: dict[str, Any] = msgspec.to_builtins(record)
    return body
