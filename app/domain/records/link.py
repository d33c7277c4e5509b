"""同一认定: whether two records are the same."""

from __future__ import annotations

from typing import Annotated, ClassVar

from app.domain.kernel.fields import Field
from app.domain.records.base import Record
from app.domain.records.facts import Facts


class Link(Record, frozen=True, kw_only=True):
    """同一 / 不同: two records are, or are not, the same enterprise or person."""

    type_name: ClassVar[str] = "link"
    label: ClassVar[str] = "同一认定"
    mark: ClassVar[str] = "同"
    travels: ClassVar[frozenset[str]] = frozenset({"submission", "answer", "restore"})
    facts: ClassVar[Facts] = Facts(place=None)

    kind: Annotated[str, Field("记录类型", required=True, hidden=True)] = ""
    one: Annotated[str, Field("记录甲", required=True, hidden=True)] = ""
    other: Annotated[str, Field("记录乙", required=True, hidden=True)] = ""
    same: Annotated[bool | None, Field("是同一个", required=True)] = None
    reason: Annotated[str, Field("理由", required=True)] = ""
    stations: Annotated[tuple[str, ...], Field("送达单位", links="unit")] = ()
