"""`coverage` of a large store: what is printed has an end, and `--all` prints the rest."""

from __future__ import annotations

from app.cli.figures import _coverage_lines
from app.services.figures.coverage import CoverageView, FigureView, OverlapView, RowView

ROW = RowView("", "合计", 1, 2, "50.0%", 0)


def view(count: int) -> CoverageView:
    numbers = tuple(f"沙湾-2011-{n:04}" for n in range(count))
    figure = FigureView("cadres", "工会干部走访覆盖", "规上", ROW, (), (), (), numbers)
    overlaps = tuple(
        OverlapView("enterprise", f"第{n}厂", n % 2 == 0, ahead=n == 0, stops=(), next="2011-09-21")
        for n in range(count)
    )
    return CoverageView("2011-36", "走访", (figure,), overlaps)


def test_thousands_of_numbers_are_told_by_their_count_and_the_first_ones() -> None:
    lines = list(_coverage_lines(view(5000), 24))
    assert "  没有计入的走访 5,000 条：" in lines
    assert "    还有 4,976 条，加 --all 全部列出。" in lines
    assert len(lines) < 50
    assert max(map(len, lines)) < 120
    assert lines[-1] == "几级都去过（不算重复交叉）：2,500 个"


def test_all_of_them_stand_in_lines_where_they_are_asked_for() -> None:
    lines = list(_coverage_lines(view(5000), 10**9))
    assert sum(line.count("沙湾-2011-") for line in lines) == 5000
    assert max(map(len, lines)) < 120


def test_what_can_still_be_put_right_says_until_when() -> None:
    lines = list(_coverage_lines(view(2), 24))
    assert "重复、交叉（09-21 前来得及改）：第0厂（）" in lines
