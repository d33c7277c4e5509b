"""本单位联系方式: whom to ring up at an office, in its own words."""

from __future__ import annotations

from typing import Annotated, ClassVar

from app.domain.kernel.fields import Field
from app.domain.records.base import Record
from app.domain.records.facts import Facts
from app.domain.values.telephone import plain_telephone


class Contact(Record, frozen=True, kw_only=True):
    """本单位联系方式: 分管领导 and 经办人 of an office, kept and sent up by itself (R2).

    The 填报单位 is the city's; this is the office's, and what is filled in here counts before
    the city's entry if it was saved later.
    """

    type_name: ClassVar[str] = "contact"
    label: ClassVar[str] = "本单位联系方式"
    mark: ClassVar[str] = "联"
    facts: ClassVar[Facts] = Facts(place=None, title=("clerk", "leader"))

    leader: Annotated[str, Field("分管领导", longest=50)] = ""
    leader_telephone: Annotated[str, Field("分管领导电话", read=plain_telephone)] = ""
    clerk: Annotated[str, Field("经办人", longest=50)] = ""
    clerk_telephone: Annotated[str, Field("经办人电话", read=plain_telephone)] = ""
