"""Who and what is visited, and by whom: 单位名录, 工作组, 工作安排, 填报单位, 经办人."""

from __future__ import annotations

from app.ui.forms.layouts.shape import BEHIND, BEHIND_NOTE, COMMON, Cell, Group, Layout

ENTERPRISE = Layout(
    (
        Group(
            "单位",
            (
                Cell("name", wide=True),
                "aliases",
                Cell("uscc", "信用代码", wide=True),
                ("kind", "affiliation"),
                ("ownership", "industry"),
                "area 所在地",
                "address",
                ("headcount", "headcount_on 截至日期"),
                ("women 女职工", "migrant_workers 农民工"),
                ("above_scale", "key"),
                "above_scale_source",
                "above_scale_year",
            ),
        ),
        Group(
            "工会",
            (
                ("has_union", "union_founded"),
                ("members", "wage_contract 集体协商"),
                ("wage_contract_from", "wage_contract_to"),
                ("workers_congress", "open_affairs"),
            ),
        ),
        Group(
            "联系人",
            (
                ("management_contact 行政联系人", "management_telephone 电话"),
                ("union_contact 工会联系人", "union_telephone 电话"),
            ),
        ),
        Group(
            BEHIND,
            ("verification", ("verified_by", "verified_on"), *COMMON),
            BEHIND_NOTE,
        ),
    ),
    short=(Cell("name", wide=True), ("kind", "area 所在地"), "headcount 职工人数"),
)

PLAN = Layout(
    (
        Group(
            "走访安排",
            (
                Cell("enterprise", "走访单位", wide=True),
                "group",
                ("planned", "source"),
                "campaign",
            ),
        ),
        Group(BEHIND, COMMON),
    )
)

ATTAINMENT = Layout(
    (
        Group(
            "指标进度",
            (
                Cell("indicator", "指标", suggests="indicator", wide=True),
                ("as_of", "value"),
                ("numerator", "denominator"),
                "campaign",
            ),
        ),
        Group(BEHIND, COMMON),
    )
)

CONTACT = Layout(
    (
        Group(
            "本单位联系方式",
            (("leader", "leader_telephone 电话"), ("clerk", "clerk_telephone 电话")),
            "存好后随下次报送交市总工会，催报和收件里都用它",
        ),
    ),
    rest=False,
)

UNIT = Layout(
    (
        Group(
            "填报单位",
            (
                "code",
                Cell("name", wide=True),
                "short_name",
                "aliases",
                ("kind", "order"),
                "parent",
                "area",
                ("valid_from", "valid_to"),
                ("leader", "leader_telephone 电话"),
                ("clerk", "clerk_telephone 电话"),
            ),
        ),
        Group(BEHIND, COMMON),
    )
)

GROUP = Layout(
    (
        Group(
            "工作组",
            (
                Cell("name", wide=True),
                ("level", "order"),
                Cell("leaders", wide=True),
                Cell("departments", wide=True),
                Cell("members", wide=True),
                Cell("regions", wide=True),
                Cell("enterprises", wide=True),
                Cell("contacts", wide=True),
                Cell("contacts_to_confirm", "待确认联络人", wide=True),
                "campaign",
            ),
        ),
        Group(BEHIND, COMMON),
    ),
    short=("campaign", "name", "level", "leaders"),
)

LEADER = Layout(
    (
        Group(
            "领导班子成员",
            (
                ("name", "order"),
                Cell("post", wide=True),
                "chief",
                ("serves_from", "serves_to"),
            ),
        ),
        Group(BEHIND, COMMON),
    )
)

OPERATOR = Layout(
    (
        Group(
            "经办人",
            (
                ("name", "telephone"),
                "department",
                Cell("duties", wide=True),
                ("on_duty_from 在岗开始", "on_duty_to 在岗结束"),
            ),
        ),
        Group(BEHIND, COMMON),
    )
)
