"""经办人: who works at an office's program."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain import codes
from app.domain.kernel.fields import Field
from app.domain.records.base import Record
from app.domain.records.facts import Facts
from app.domain.values.telephone import plain_telephone


class Operator(Record, frozen=True, kw_only=True):
    """经办人: who works at this office's program; every revision names one."""

    type_name: ClassVar[str] = "operator"
    label: ClassVar[str] = "经办人"
    mark: ClassVar[str] = "人"
    facts: ClassVar[Facts] = Facts(
        place=None,
        title=("name",),
    )

    name: Annotated[str, Field("姓名", required=True, longest=50)] = ""
    department: Annotated[str, Field("部门")] = ""
    telephone: Annotated[str, Field("电话", read=plain_telephone, longest=40)] = ""
    on_duty_from: Annotated[dt.date | None, Field("在岗开始日期")] = None
    on_duty_to: Annotated[dt.date | None, Field("在岗结束日期")] = None
    duties: Annotated[tuple[str, ...], Field("职责", codes=codes.DUTY)] = ()
