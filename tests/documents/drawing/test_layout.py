"""How titles part into lines."""

from __future__ import annotations

import pytest

from app.documents.drawing.fonts import Role, shipped
from app.documents.drawing.layout import AREA_WIDTH, Pen, Style

TITLE = Style(Role.TITLE, 22, 34, align=0.5)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("沙湾区总工会走访总结", ["沙湾区总工会走访总结"]),
        (
            "沙湾区总工会“进千户企业、访万名职工”活动总结",
            ["沙湾区总工会", "“进千户企业、访万名职工”活动总结"],
        ),
        (
            "关于做好走访帮扶工作的通知《实施意见》、补充意见和有关安排的函",
            ["关于做好走访帮扶工作的通知", "《实施意见》、补充意见和有关安排的函"],
        ),
        (
            "乐山市总工会关于2011年走访活动考评结果的通报",
            ["乐山市总工会", "关于2011年走访活动考评结果的通报"],
        ),
    ],
)
def test_a_title_parts_by_its_sense(title: str, lines: list[str]) -> None:
    assert Pen(shipped(), "标题").by_sense(title, AREA_WIDTH, TITLE) == lines


def test_without_a_quotation_both_lines_are_about_as_long() -> None:
    pen = Pen(shipped(), "标题")
    title = "沙湾区总工会进千户企业访万名职工实践活动总结报告"
    first, second = pen.by_sense(title, AREA_WIDTH, TITLE)
    assert first + second == title
    assert abs(len(first) - len(second)) <= 1
