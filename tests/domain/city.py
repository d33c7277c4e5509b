"""A small city for the figures: its union, two counties, a high-tech zone, a township."""

from __future__ import annotations

import datetime as dt
from typing import Any

from app.domain.campaign.campaign_data import CampaignData
from app.domain.records import Area, Campaign, Enterprise, Group, Link, Phase, Unit, Visit

CAMPAIGN = Campaign(
    code="2011-36",
    title="走访",
    starts=dt.date(2011, 6, 1),
    ends=dt.date(2011, 12, 31),
    headcount_threshold=200,
    phases=(
        Phase(title="动员部署", starts=dt.date(2011, 6, 1), ends=dt.date(2011, 6, 30)),
        Phase(
            title="全面推进",
            starts=dt.date(2011, 7, 1),
            ends=dt.date(2011, 11, 30),
            concentrated=True,
        ),
    ),
)

UNITS = {
    "u0": Unit(code="511100", name="乐山市总工会", kind="city", order=0),
    "u1": Unit(code="511111", name="沙湾区总工会", kind="county", area="511111", order=2),
    "u2": Unit(code="511102", name="市中区总工会", kind="county", area="511102", order=1),
    "u3": Unit(code="511190", name="高新区工会", kind="hitech", area="Z1", order=3),
    "u4": Unit(code="511111100", name="沙湾镇工会", kind="township", parent="511111"),
    "u5": Unit(code="511199", name="教育系统工会", kind="system", order=4),
}

AREAS = {
    "a0": Area(code="511100", name="乐山市", kind="city", aliases=("乐山",)),
    "b1": Area(code="511111", name="沙湾区", kind="county", aliases=("沙湾",)),
    "b2": Area(code="511102", name="市中区", kind="county", aliases=("市中",)),
    "a1": Area(code="511111100", name="沙湾镇", kind="town", county="511111", order=1),
    "a2": Area(code="511111101", name="嘉农镇", kind="town", county="511111", order=2),
    "a3": Area(code="511102103", name="白马镇", kind="town", county="511102", order=1),
    "a4": Area(code="Z1", name="高新区", kind="zone", order=1),
    "a5": Area(
        code="511111999",
        name="葫芦镇",
        kind="town",
        county="511111",
        valid_to=dt.date(2010, 12, 31),
    ),
}

GROUPS = {
    "g1": Group(campaign="2011-36", name="第一组", level="city", leaders=("刘勇",)),
    "g2": Group(campaign="2011-36", name="沙湾组", level="county", leaders=("李明书",)),
}


def city(**records: Any) -> CampaignData:
    """The ground of the small city with these records added."""
    given: dict[str, Any] = {
        "campaign": CAMPAIGN,
        "units": UNITS,
        "areas": AREAS,
        "groups": GROUPS,
    }
    return CampaignData(**(given | records))


def firm(name: str = "恒宇机械厂", **fields: Any) -> Enterprise:
    """An enterprise in 沙湾镇 unless told otherwise."""
    return Enterprise(**({"name": name, "area": "511111100", "kind": "enterprise"} | fields))


def visit(enterprise: str, on: str = "2011-08-03", **fields: Any) -> Visit:
    """A visit by 沙湾 unless told otherwise."""
    base: dict[str, Any] = {"campaign": "2011-36", "unit": "511111", "leaders": ("李明书",)}
    return Visit(
        **(base | {"enterprise": enterprise, "visited_on": dt.date.fromisoformat(on)} | fields)
    )


def link(one: str, other: str, *, same: bool = True, kind: str = "enterprise") -> Link:
    """The word that two records are, or are not, the same."""
    return Link(kind=kind, one=one, other=other, same=same, reason="打电话问过")
