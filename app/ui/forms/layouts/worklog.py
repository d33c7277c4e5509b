"""工作记录: 调查日志, 活动记录, 会议与督查, 荣誉."""

from __future__ import annotations

from app.ui.forms.layouts.shape import BEHIND, COMMON, Cell, Group, Layout

DIARY = Layout(
    (
        Group(
            "调查日志",
            (
                ("group", "kept_on"),
                ("author", "place"),
                Cell("visits", wide=True),
                Cell("content", wide=True),
                Cell("categories", wide=True),
                Cell("methods", wide=True),
            ),
            "当天写完；过了当天原文不再改",
        ),
        Group("更正", (Cell("corrections", first=("words", "by", "on")),), "写在原文旁边"),
        Group(BEHIND, ("campaign", *COMMON)),
    )
)

ACTIVITY = Layout(
    (
        Group(
            "活动",
            (
                Cell("title", wide=True),
                ("kind", "held_on"),
                ("place", "held_until"),
                Cell("organiser", wide=True),
                ("people", "materials"),
                Cell("content", wide=True),
                Cell("effect", wide=True),
                Cell("programmes", wide=True),
            ),
        ),
        Group("在哪里、和谁", ("visit", "enterprise 单位", "group")),
        Group(BEHIND, ("campaign", *COMMON)),
    )
)

MEETING = Layout(
    (
        Group(
            "会议或督查",
            (
                Cell("title", wide=True),
                ("kind", "held_on"),
                ("place", "people"),
                Cell("chairs", wide=True),
                Cell("attendees", wide=True),
                Cell("decided", wide=True),
            ),
        ),
        Group(
            "督查",
            (
                "inspected 受检报送单位",
                "enterprise 受检单位",
                Cell("problems", wide=True),
                Cell("measures", wide=True),
            ),
        ),
        Group("落实", (("responsible", "due"), ("done_on", "group")), "到期没有落实的首页提醒"),
        Group(BEHIND, ("campaign", *COMMON)),
    )
)

HONOUR = Layout(
    (
        Group(
            "荣誉",
            (
                Cell("title", wide=True),
                ("level", "year"),
                Cell("holder", suggests="enterprise", fills="enterprise", wide=True),
                ("holder_kind 获得者类型", "granted_on"),
                Cell("granted_by", wide=True),
                "document_number",
            ),
        ),
        Group(BEHIND, ("enterprise 名录中的单位", *COMMON)),
    )
)

EVALUATION = Layout(
    (
        Group(
            "考评",
            (Cell("title", wide=True), "as_of", Cell("kinds", wide=True)),
            "分在“统计”的“考评”里打",
        ),
        Group(
            "考评项目",
            (Cell("criteria", first=("name", "points", "basis", "full_at", "indicator")),),
            "分值由本单位定",
        ),
        Group(BEHIND, ("campaign", *COMMON)),
    )
)
