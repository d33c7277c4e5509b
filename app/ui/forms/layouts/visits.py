"""走访登记 and what comes of a visit: 意见诉求, 隐患预警."""

from __future__ import annotations

from app.ui.forms.layouts.shape import BEHIND, BEHIND_NOTE, COMMON, Cell, Group, Layout

VISIT = Layout(
    (
        Group(
            "登记表内容",
            (
                Cell("leaders", wide=True),
                Cell(
                    "enterprise_name",
                    "走访单位",
                    suggests="enterprise",
                    fills="enterprise",
                    wide=True,
                ),
                ("headcount 职工人数", "workers_met 走访职工"),
                Cell("opinions", "建议与意见", wide=True),
                ("visited_on", "filed_on"),
            ),
            "附件2，照原表打印",
        ),
        Group(
            BEHIND,
            (
                "group",
                Cell("items", wide=True),
                Cell("methods", wide=True),
                Cell("front_line", wide=True),
                Cell("priorities", wide=True),
                Cell("programmes", wide=True),
                "area",
                "enterprise",
                "level",
                ("led_by_chief 领导带队", "discipline 遵守纪律"),
                "campaign",
                *COMMON,
            ),
            BEHIND_NOTE,
        ),
    )
)

DEMAND = Layout(
    (
        Group(
            "意见诉求",
            (
                "visit",
                "enterprise 单位",
                ("raised_on", "raiser"),
                ("category", "addressee"),
                Cell("trends", wide=True),
                Cell("content", wide=True),
            ),
        ),
        Group(
            "办理",
            (
                Cell("referred_to", wide=True),
                ("referred_on", "due"),
                "responsible",
                Cell("measures", wide=True),
                Cell("schedule", wide=True),
                Cell("progress", wide=True),
                Cell("reply", wide=True),
                ("replied_on", "state"),
                Cell("outcome", wide=True),
                "closed_on",
            ),
        ),
        Group(
            "请上级协调",
            (
                Cell("requested", wide=True),
                ("requested_on", "upper_replied_on"),
                Cell("upper_reply", wide=True),
            ),
        ),
        Group(BEHIND, COMMON),
    )
)

HAZARD = Layout(
    (
        Group(
            "隐患矛盾",
            (
                "visit",
                "enterprise 单位",
                ("nature", "level"),
                Cell("trends", wide=True),
                Cell("description", wide=True),
                ("people", "responsible"),
            ),
        ),
        Group(
            "处置",
            (
                ("found_at", "joined_at"),
                ("handled_at", "reported_at"),
                ("reported_to_party 报党政", "reported_to_union 报上级工会"),
                Cell("measures", wide=True),
                "closed_on",
            ),
        ),
        Group(BEHIND, COMMON),
    )
)
