"""设置 → 活动: a campaign in parts, one shown at a time. Data only."""

from __future__ import annotations

from app.ui.forms.layouts.shape import Cell, Group, Layout

Part = tuple[str, str, Layout]


def _part(name: str, title: str, *groups: Group) -> Part:
    return name, title, Layout(groups, rest=False)


CAMPAIGN: tuple[Part, ...] = (
    _part(
        "paper",
        "文件和日期",
        Group(
            "文件",
            (
                "code",
                Cell("title", wide=True),
                Cell("short_title", wide=True),
                ("document_number", "document_number_original 原文文号"),
                ("issuer", "issued"),
                Cell("basis", wide=True),
            ),
            "文号照印发的样子和原文各记一次，两种写法都查得到",
        ),
        Group(
            "日期和范围",
            (
                ("starts", "ends"),
                Cell("headcount_threshold", "人数界线"),
                Cell("objectives", "主题", wide=True),
                Cell("programmes", wide=True),
                Cell("remarks", wide=True),
            ),
            "走访日期在起止日期之内，就算这个活动的",
        ),
        Group(
            "隐患时限",
            (
                (Cell("hazard_join_hours", "介入"), Cell("hazard_handle_hours", "处置")),
                Cell("hazard_report_hours", "报告"),
            ),
            "从发现算起几小时以内，印在隐患报告单上；文件没有规定的就空着",
        ),
        Group("步骤", (Cell("phases", wide=True),), "标“集中走访阶段”的才算乡镇普遍走访"),
    ),
    _part(
        "dues",
        "应报表",
        Group(
            "谁在哪一天以前报什么",
            (Cell("dues", wide=True),),
            "类别写“市总工会”时，市总的每个工作组各一份",
        ),
    ),
    _part(
        "tasks",
        "要求和口径",
        Group("工作要求", (Cell("checklist", wide=True),), "四项重点、四个机制等按组别排"),
        Group("口径", (Cell("definitions", wide=True),), "项目写表上的名称，填表时按 F1 就看得到"),
    ),
    _part(
        "texts",
        "登记表文字",
        Group("登记表上印的字", (Cell("form_texts", wide=True),), "位置不要改，只改文字"),
    ),
    _part(
        "added",
        "增加的项目",
        Group(
            "表上没有、这次活动要填的",
            (Cell("extra_fields", wide=True),),
            "存好发下去后，各单位的表、列表、筛选、Excel 和统计里都有",
        ),
    ),
    _part(
        "indicators",
        "指标",
        Group(
            "指标", (Cell("indicators", wide=True),), "只写全市的数，分解在“统计”的“指标进度”里做"
        ),
        Group(
            "多年规划",
            (Cell("plan_years", wide=True),),
            "一年一行；过去的年份写完成数，今年的由程序算",
        ),
        Group(
            "重点领域",
            (Cell("focus_industries", "行业", wide=True), Cell("focus_themes", "工作", wide=True)),
            "“统计”的分类统计里按这些行业和重点企业看走访了多少",
        ),
    ),
)
