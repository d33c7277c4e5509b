"""困难职工档案, 帮扶事项 and 帮扶记录."""

from __future__ import annotations

from app.ui.forms.layouts.shape import BEHIND, COMMON, Cell, Group, Layout

PERSON = Layout(
    (
        Group(
            "本人",
            (
                (Cell("name", opens="person"), "sex"),
                "resident_id",
                ("born", "nationality"),
                ("telephone", "politics"),
                ("health", "disability"),
                ("marriage", "single_parent"),
                Cell("workplace", suggests="enterprise", fills="enterprise", wide=True),
                "status",
                ("industry", "working_since 参加工作"),
                Cell("address", wide=True),
                ("registration", "registered_area"),
                ("other_contact 其他联系", "postcode"),
            ),
        ),
        Group(
            "困难情况",
            (
                ("distress_class", "model_worker"),
                ("main_cause 主要原因", "insurance"),
                Cell("other_causes", "次要原因", wide=True),
                Cell("categories", wide=True),
                ("monthly_income 本人月收入", "household_size"),
                ("other_income 其他年收入", "yearly_income 家庭年收入"),
                ("housing", "floor_area"),
                ("self_help 能自救", "no_earner 零就业"),
                Cell("story", wide=True),
            ),
        ),
        Group(
            "家庭成员",
            (
                Cell(
                    "family",
                    first=("name", "relation", "resident_id", "health", "monthly_income", "place"),
                ),
            ),
        ),
        Group(
            "知情同意",
            (
                Cell("consent_scope", "同意内容", wide=True),
                ("consent_on 同意日期", "consent_signed 已签纸质"),
                "consent_withdrawn_on 撤回日期",
                ("filed_on", "rechecked_on"),
            ),
        ),
        Group(BEHIND, ("enterprise 名录中的单位", "bank", "bank_card", *COMMON)),
    ),
    short=("name", "resident_id", ("telephone", "distress_class")),
)

CASE = Layout(
    (
        Group(
            "帮扶事项",
            (
                "person",
                "visit",
                Cell("types", wide=True),
                Cell("description", wide=True),
                ("stage", "responsible"),
                ("found_on", "verified_on"),
                ("aided_on", "followed_up_on"),
                ("closed_on", "follow_up_due 计划回访"),
                Cell("follow_up", wide=True),
            ),
        ),
        Group(BEHIND, COMMON),
    ),
    short=("person", Cell("types", wide=True), "found_on"),
)

AID = Layout(
    (
        Group(
            "帮扶记录",
            (
                "case",
                "person",
                ("given_on", "type"),
                Cell("students", wide=True),
                ("money", "fund"),
                Cell("goods", wide=True),
                ("goods_value", "programme"),
                "receipt",
                Cell("content", wide=True),
            ),
        ),
        Group(BEHIND, COMMON),
    )
)
