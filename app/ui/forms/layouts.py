"""Where each field of a record stands. Data only.

A line of a group is one field, or a pair that always stands side by side. A text
is short for a `Cell`: the field's name and, after a space, a label shorter than
the field's own. What prints comes first, 备查内容 below a line. A field that no
layout names stands at the end of the form.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """One field in a form.

    `suggests` is the record type offered while a text is typed, `fills` the field
    that takes the key of the one picked; `wide` takes the whole width; `first` are
    the columns that a table of rows begins with.
    """

    name: str
    label: str = ""
    suggests: str = ""
    fills: str = ""
    wide: bool = False
    first: tuple[str, ...] = ()


Line = str | Cell | tuple[str | Cell, str | Cell]


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under one heading; `note` stands beside it in small letters."""

    title: str
    lines: tuple[Line, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """The groups of a form from top to bottom."""

    groups: tuple[Group, ...]


BEHIND = "备查内容"
_BEHIND_NOTE = "不打印，报送时一并报"


def cell(part: str | Cell) -> Cell:
    """The cell that a part of a line stands for."""
    if isinstance(part, Cell):
        return part
    name, _, label = part.partition(" ")
    return Cell(name, label)


COMMON: tuple[Line, ...] = ("unit", "number", "attachments", Cell("remarks", wide=True))
"""What every record has; it ends each form."""

VISIT = Layout(
    (
        Group(
            "登记表内容",
            (
                "leaders",
                Cell("enterprise_name", "走访单位", suggests="enterprise", fills="enterprise"),
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
                Cell("methods", "走访方式", wide=True),
                Cell("front_line", wide=True),
                Cell("programmes", wide=True),
                "area",
                "enterprise",
                "level",
                ("led_by_chief 领导带队", "discipline 遵守纪律"),
                "campaign",
                *COMMON,
            ),
            _BEHIND_NOTE,
        ),
    )
)

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
            _BEHIND_NOTE,
        ),
    )
)

PERSON = Layout(
    (
        Group(
            "本人",
            (
                ("name", "sex"),
                "resident_id",
                ("born", "nationality"),
                ("telephone", "politics"),
                ("health", "disability"),
                ("marriage", "single_parent"),
                Cell("enterprise", "工作单位", wide=True),
                "workplace 单位名称",
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
                ("consent_withdrawn_on 撤回日期", "filed_on"),
            ),
        ),
        Group(BEHIND, ("bank", "bank_card", *COMMON)),
    )
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
    )
)

AID = Layout(
    (
        Group(
            "帮扶记录",
            (
                "case",
                "person",
                ("given_on", "type"),
                ("money", "fund"),
                ("goods", "goods_value"),
                ("programme", "receipt"),
                Cell("content", wide=True),
            ),
        ),
        Group(BEHIND, COMMON),
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
                Cell("content", wide=True),
            ),
        ),
        Group(
            "办理",
            (
                ("referred_to", "referred_on"),
                ("responsible", "due"),
                Cell("measures", wide=True),
                Cell("schedule", wide=True),
                Cell("progress", wide=True),
                Cell("reply", wide=True),
                ("replied_on", "state"),
                Cell("outcome", wide=True),
                "closed_on",
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

DOCUMENT = Layout(
    (
        Group(
            "材料",
            (
                Cell("title", wide=True),
                ("kind", "dated"),
                "author",
                "group",
                Cell("sections", "包含的部分", wide=True),
                "campaign",
                "attachments",
            ),
        ),
        Group(BEHIND, ("unit", "number", Cell("remarks", wide=True))),
    )
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

LAYOUTS: dict[str, Layout] = {
    "visit": VISIT,
    "enterprise": ENTERPRISE,
    "person": PERSON,
    "case": CASE,
    "aid": AID,
    "demand": DEMAND,
    "hazard": HAZARD,
    "document": DOCUMENT,
    "unit": UNIT,
    "plan": PLAN,
    "operator": OPERATOR,
}
"""By record type; a type without one gets all its fields in their own order."""
