"""乡镇（街道）、园区: the places to be covered."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain import codes
from app.domain.kernel.fields import Field
from app.domain.records.base import GIVEN, Record
from app.domain.records.facts import Facts


class Area(Record, frozen=True, kw_only=True):
    """乡镇（街道）、开发区（园区）: a place to be covered (R6)."""

    type_name: ClassVar[str] = "area"
    label: ClassVar[str] = "乡镇（街道）、园区"
    mark: ClassVar[str] = "地"
    travels: ClassVar[frozenset[str]] = GIVEN
    facts: ClassVar[Facts] = Facts(
        place=None,
        title=("name",),
        apart=("number", "county"),
        spellings=("aliases", "code"),
        certain=(("code",),),
    )

    code: Annotated[str, Field("地区代码", required=True, longest=12)] = ""
    name: Annotated[str, Field("名称", required=True)] = ""
    aliases: Annotated[tuple[str, ...], Field("别名")] = ()
    kind: Annotated[str, Field("类别", codes=codes.AREA_KIND, required=True)] = ""
    county: Annotated[str, Field("所属县（市、区）", links="area")] = ""
    initials: Annotated[str, Field("拼音首字母", hidden=True)] = ""
    order: Annotated[int | None, Field("排列顺序", ge=0)] = None
    valid_from: Annotated[dt.date | None, Field("启用日期")] = None
    valid_to: Annotated[dt.date | None, Field("停用日期")] = None
