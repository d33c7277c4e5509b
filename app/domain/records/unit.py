"""填报单位: the offices that report."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, ClassVar

from app.domain import codes
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import Field
from app.domain.kernel.text import fold_digits
from app.domain.records.base import GIVEN, Record
from app.domain.records.facts import Facts
from app.domain.values.telephone import plain_telephone


def unit_code(text: str) -> str:
    """The code of a unit as it stands in names of files and keys; raises `UserError` UNIT_CODE."""
    code = fold_digits(text).strip()
    if not _CODE.fullmatch(code):
        raise UserError(
            "UNIT_CODE",
            "单位代码应是6到12位数字。",
            remedy="请核对代码；新增的单位可以用程序提议的代码。",
        )
    return code


_CODE = re.compile("[0-9]{6,12}", re.ASCII)


class Unit(Record, frozen=True, kw_only=True):
    """填报单位: an office that reports, or the city itself (R2)."""

    type_name: ClassVar[str] = "unit"
    label: ClassVar[str] = "填报单位"
    mark: ClassVar[str] = "单"
    travels: ClassVar[frozenset[str]] = GIVEN
    facts: ClassVar[Facts] = Facts(
        place=None,
        title=("name",),
        spellings=("aliases", "short_name", "code"),
        certain=(("code",),),
    )

    code: Annotated[str, Field("单位代码", read=unit_code, required=True, longest=12)] = ""
    name: Annotated[str, Field("单位名称", required=True)] = ""
    short_name: Annotated[str, Field("简称", required=True, help="用在编号里", longest=20)] = ""
    aliases: Annotated[tuple[str, ...], Field("别名")] = ()
    kind: Annotated[str, Field("单位类别", codes=codes.UNIT_KIND, required=True)] = ""
    parent: Annotated[str, Field("上级单位", links="unit")] = ""
    area: Annotated[str, Field("所在地区", links="area")] = ""
    order: Annotated[int | None, Field("排列顺序", ge=0)] = None
    valid_from: Annotated[dt.date | None, Field("启用日期")] = None
    valid_to: Annotated[dt.date | None, Field("停用日期")] = None
    leader: Annotated[str, Field("分管领导")] = ""
    leader_telephone: Annotated[str, Field("分管领导电话", read=plain_telephone)] = ""
    clerk: Annotated[str, Field("经办人")] = ""
    clerk_telephone: Annotated[str, Field("经办人电话", read=plain_telephone)] = ""
