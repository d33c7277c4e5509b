"""工作组: who goes out together."""

from __future__ import annotations

from typing import Annotated, ClassVar

from app.domain import codes
from app.domain.kernel.fields import Field
from app.domain.records.base import ASK_CAMPAIGN, GIVEN, OWN, Record
from app.domain.records.facts import Facts, Search
from app.domain.records.plan import PLANS
from app.domain.values.person_names import parted_names


class Group(Record, frozen=True, kw_only=True):
    """工作组: leaders, departments, regions, units and contacts, each of them many (R32, R54)."""

    type_name: ClassVar[str] = "group"
    label: ClassVar[str] = "工作组"
    mark: ClassVar[str] = "组"
    travels: ClassVar[frozenset[str]] = OWN | GIVEN
    facts: ClassVar[Facts] = Facts(
        place=PLANS,
        turn=1,
        noun="工作组",
        why="领导、部门和去的地方，一个组一条。\n走访时选了工作组，领导和级别自动带出。",
        title=("name",),
        who="leaders",
        in_order=("level", "order", "number"),
        rank="order",
        search=Search("w", ("name", "leaders")),
        campaign_of_day=True,
        handed_over=False,
    )

    campaign: Annotated[str, Field("活动", links="campaign", required=True, ask=ASK_CAMPAIGN)] = ""
    name: Annotated[str, Field("名称", required=True)] = ""
    level: Annotated[str, Field("级别", codes=codes.GROUP_LEVEL, required=True)] = ""
    leaders: Annotated[tuple[str, ...], Field("走访领导", parted=parted_names, required=True)] = ()
    departments: Annotated[tuple[str, ...], Field("部门（产业）")] = ()
    members: Annotated[tuple[str, ...], Field("成员", parted=parted_names)] = ()
    regions: Annotated[tuple[str, ...], Field("走访地区", links="area")] = ()
    enterprises: Annotated[tuple[str, ...], Field("走访单位", links="enterprise")] = ()
    contacts: Annotated[tuple[str, ...], Field("联络人", parted=parted_names)] = ()
    contacts_to_confirm: Annotated[
        tuple[str, ...], Field("待确认的联络人", parted=parted_names)
    ] = ()
    order: Annotated[int | None, Field("排列顺序", ge=0)] = None
