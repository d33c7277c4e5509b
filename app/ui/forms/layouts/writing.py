"""材料, 媒体报道, 制度成果 and the 信息员."""

from __future__ import annotations

from app.ui.forms.layouts.shape import BEHIND, COMMON, Cell, Group, Layout

_PARTS = ("situation", "analysis", "advice", "measures")

DOCUMENT = Layout(
    (
        Group(
            "材料",
            (
                Cell("title", wide=True),
                ("kind", "dated"),
                Cell("author", suggests="reporter", fills="reporter", wide=True),
                Cell("text", wide=True),
                "group",
                "campaign",
                "attachments",
            ),
        ),
        Group(
            "调研报告的四个部分",
            tuple(
                Cell(name, wide=True) for name in ("situation", "analysis", "advice", "measures")
            ),
            "缺哪一部分都不算齐",
        ),
        Group(
            "报送和采用",
            (
                Cell("channels", wide=True),
                ("submitted_to", "submitted_on"),
                ("outcome", "decided_on 哪天定的"),
                "adopted_by",
            ),
            "信息、工作成效、典型经验",
        ),
        Group(
            BEHIND,
            ("reporter", "visit", "unit", "number", Cell("remarks", wide=True)),
        ),
    )
)

PRESS = Layout(
    (
        Group(
            "媒体报道",
            (
                Cell("title", wide=True),
                Cell("outlet", wide=True),
                ("form", "published_on"),
                Cell("location", wide=True),
                "author",
                Cell("text", wide=True),
                "document",
                "enterprise",
            ),
        ),
        Group(BEHIND, ("campaign", *COMMON)),
    )
)

POLICY = Layout(
    (
        Group(
            "制度成果",
            (
                Cell("title", wide=True),
                ("kind", "issued_on"),
                ("issuer", "document_number"),
                Cell("mechanisms", wide=True),
                Cell("text", wide=True),
            ),
        ),
        Group(
            "针对的问题",
            (
                Cell("demands", wide=True),
                Cell("hazards", wide=True),
                "document",
                Cell("effect", wide=True),
                "ended_on",
            ),
        ),
        Group(BEHIND, ("campaign", *COMMON)),
    )
)

REPORTER = Layout(
    (
        Group(
            "信息员",
            (
                "name",
                ("department", "telephone"),
                ("serves_from", "serves_to"),
            ),
        ),
        Group(BEHIND, COMMON),
    ),
    short=("name", "department", "serves_from"),
)

BRIEFING = Layout(
    (
        Group(
            "报头",
            (
                ("year", "issue"),
                ("masthead", "dated"),
                Cell("editor", wide=True),
            ),
            "期号一年一年连着编",
        ),
        Group(
            "主送和抄送",
            (
                Cell("recipients", wide=True),
                Cell("copies_to", wide=True),
                ("approved_by", "printed"),
            ),
        ),
        Group(
            "正文",
            (
                Cell("note", wide=True),
                Cell("parts", first=("heading", "text", "source", "figures_as_of", "figures_from")),
            ),
            "按 F10（编简报）选信息、取数、改文字",
        ),
        Group(BEHIND, ("campaign", *COMMON)),
    )
)
