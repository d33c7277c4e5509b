"""企（事）业单位: whom the offices visit."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from app.domain import codes
from app.domain.kernel.fields import Applies, Field
from app.domain.records.base import GIVEN, OWN, Record
from app.domain.records.facts import Facts, Part, Place, Search
from app.domain.values.telephone import plain_telephone
from app.domain.values.uscc import parse_uscc

_SIGNED = tuple(one.value for one in codes.CONTRACT_KIND.codes if one.value != "none")


class Enterprise(Record, frozen=True, kw_only=True):
    """企（事）业单位: the unit visited; public institutions too (R5, R7, R11, R26, R63)."""

    type_name: ClassVar[str] = "enterprise"
    label: ClassVar[str] = "企（事）业单位"
    mark: ClassVar[str] = "企"
    travels: ClassVar[frozenset[str]] = OWN | GIVEN
    facts: ClassVar[Facts] = Facts(
        place=Place("enterprises", "单位名录", Part.STANDING, 1),
        noun="单位",
        why="走访过的企（事）业单位会自动列在这里。\n也可以先把名录建好，走访时直接选。",
        title=("name",),
        who="kind",
        day="headcount_on",
        spellings=("aliases", "uscc"),
        search=Search("e", ("name", "uscc", "aliases")),
        certain=(("uscc",), ("name", "area")),
        timeline="本单位经过",
        at_home="area",
        dated={"headcount": "headcount_on"},
        counted=(
            "name",
            "kind",
            "affiliation",
            "area",
            "headcount",
            "headcount_on",
            "above_scale",
            "above_scale_year",
            "verification",
        ),
    )

    name: Annotated[str, Field("单位名称", required=True, indexed=True)] = ""
    aliases: Annotated[tuple[str, ...], Field("曾用名、简称")] = ()
    uscc: Annotated[
        str,
        Field(
            "统一社会信用代码",
            longest=18,
            indexed=True,
            read=parse_uscc,
            source="GB 32100",
        ),
    ] = ""
    kind: Annotated[str, Field("单位类型", codes=codes.ENTERPRISE_KIND)] = ""
    ownership: Annotated[str, Field("经济类型", codes=codes.OWNERSHIP, source="R11")] = ""
    industry: Annotated[str, Field("行业", codes=codes.INDUSTRY, source="GB/T 4754")] = ""
    affiliation: Annotated[str, Field("隶属关系", codes=codes.AFFILIATION, source="R33")] = ""
    area: Annotated[str, Field("所在乡镇（街道）、园区", links="area", source="R6")] = ""
    address: Annotated[str, Field("地址")] = ""
    above_scale: Annotated[bool | None, Field("规模以上", source="R7")] = None
    above_scale_source: Annotated[str, Field("规上认定来源", applies=Applies("above_scale"))] = ""
    above_scale_year: Annotated[
        int | None, Field("规上认定年份", ge=1990, le=2100, applies=Applies("above_scale"))
    ] = None
    headcount: Annotated[int | None, Field("职工人数", unit="人", ge=0, le=1_000_000)] = None
    headcount_on: Annotated[dt.date | None, Field("职工人数截至日期", past=True)] = None
    women: Annotated[int | None, Field("女职工人数", unit="人", ge=0)] = None
    migrant_workers: Annotated[int | None, Field("农民工人数", unit="人", ge=0)] = None
    members: Annotated[int | None, Field("会员人数", unit="人", ge=0)] = None
    has_union: Annotated[bool | None, Field("已建会", source="R26")] = None
    union_founded: Annotated[
        dt.date | None, Field("建会日期", past=True, applies=Applies("has_union"))
    ] = None
    wage_contract: Annotated[
        str, Field("工资集体协商", codes=codes.CONTRACT_KIND, source="R26, R64")
    ] = ""
    wage_contract_from: Annotated[
        dt.date | None, Field("协商期限起", applies=Applies("wage_contract", _SIGNED))
    ] = None
    wage_contract_to: Annotated[
        dt.date | None, Field("协商期限止", applies=Applies("wage_contract", _SIGNED))
    ] = None
    workers_congress: Annotated[bool | None, Field("建立职代会", source="R27")] = None
    open_affairs: Annotated[bool | None, Field("厂务公开", source="R27")] = None
    key: Annotated[bool | None, Field("重点企业", source="R29")] = None
    management_contact: Annotated[str, Field("行政联系人", source="R52")] = ""
    management_telephone: Annotated[str, Field("行政联系电话", read=plain_telephone)] = ""
    union_contact: Annotated[str, Field("工会联系人", source="R52")] = ""
    union_telephone: Annotated[str, Field("工会联系电话", read=plain_telephone)] = ""
    verification: Annotated[str, Field("核实情况", codes=codes.VERIFICATION, source="R63")] = ""
    verified_by: Annotated[str, Field("核实人")] = ""
    verified_on: Annotated[dt.date | None, Field("核实日期", past=True)] = None
