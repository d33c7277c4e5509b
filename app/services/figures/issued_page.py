"""The page for leaders of a 定稿: one file for any browser, without personal data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from app.documents.webpages.leaders_page import leaders_page
from app.documents.webpages.page_content import Bars, PageContent, PageTable, Share, Tile
from app.domain.kernel.file_names import safe_file_name
from app.domain.values.masking import without_numbers
from app.services.figures.issued_board import Board, BoardFigure, BoardRow
from app.services.figures.issued_totals import Issued
from app.services.figures.totals_table import Value
from app.services.office.duties import needs
from app.services.office.office import Office

_MOST_BEHIND = 5
_NO_BOARD = "这份定稿是早先做的，当时没有存覆盖率、图和指标，这里只有汇总表。"
_FOOT = "这个网页没有个人信息，不联网也能打开，可以打印。"


@needs("print")
def write_page(office: Office, issued: Issued, out: Path) -> Path:
    """Write the page of a 定稿 as HTML; raises `EnvironmentProblem`."""
    leaders_page(content_of(issued), out)
    return out


def file_name(issued: Issued) -> str:
    """走访情况_沙湾区总工会_2011-12-03.html."""
    table = issued.table
    return safe_file_name(f"走访情况_{table.office}_{table.as_of}") + ".html"


def content_of(issued: Issued) -> PageContent:
    """What stands on it: nobody's name, not even that of who made the 定稿."""
    table, board = issued.table, issued.board
    made = written_date_of(issued)
    return PageContent(
        title=without_numbers(f"{table.title}走访情况"),
        office=table.office,
        as_of=table.as_of,
        basis=f"依据{made}的定稿（第{issued.n}号）；这一天以后的变化不在里面。",
        figures=tuple(_share(one.total, one.title) for one in board.figures) if board else (),
        tiles_title=f"各{_places(board)}：规模以上企业走访" if board else "",
        tiles=tuple(_tiles(board)) if board else (),
        pictures=tuple(_pictures(board)) if board else (),
        tables=(_totals(issued), *(_tables(board) if board else ())),
        note=_FOOT if board else f"{_NO_BOARD}{_FOOT}",
    )


def written_date_of(issued: Issued) -> str:
    """The day on which it was issued: 2011年12月20日."""
    year, month, day = issued.at[:10].split("-")
    return f"{int(year)}年{int(month)}月{int(day)}日"


def _places(board: Board | None) -> str:
    return board.first if board else ""


def _share(one: BoardRow, name: str = "") -> Share:
    return Share(name or one.name, one.reached, one.due)


def _tiles(board: Board) -> Iterator[Tile]:
    for one in board.tiles:
        yield Tile(_share(one.large), f"走访单位 {one.visited:,} 户")


def _pictures(board: Board) -> Iterator[Bars]:
    weeks, kinds = board.weeks, board.categories
    if any(one.visits or one.planned for one in weeks):
        yield Bars(
            "每周走访",
            "次",
            tuple(f"{one.monday.month}-{one.monday.day:02d}" for one in weeks),
            tuple(one.visits for one in weeks),
            ("已走访", "安排走访"),
            line=tuple(one.planned for one in weeks),
        )
    if any(one.raised for one in kinds):
        yield Bars(
            "意见诉求",
            "件，按类别",
            tuple(one.title for one in kinds),
            tuple(one.raised for one in kinds),
            ("没有办结", "已办结"),
            part=tuple(one.closed for one in kinds),
        )


def _totals(issued: Issued) -> PageTable:
    table = issued.table
    heads = tuple(f"{without_numbers(title)}\n（{unit}）" for title, unit in table.columns)
    rows = tuple(tuple(map(_cell, row)) for row in (*table.sums, *table.rows))
    return PageTable("汇总表", (table.first, *heads), rows, sums=len(table.sums))


def _cell(value: Value) -> str:
    if isinstance(value, str):
        return value
    return f"{value:,.2f}" if isinstance(value, Decimal) else f"{value:,}"


def _tables(board: Board) -> Iterator[PageTable]:
    yield from (_coverage(board.first, one) for one in board.figures if _due(one.rows))
    if behind := list(_behind(board.figures)):
        yield PageTable(
            "走访落后的",
            (board.first, "哪一项", "已走访", "应走访", "还差", "走访率"),
            tuple(behind),
            note=f"每一项最多列{_MOST_BEHIND}个，走访率低的在前。",
            texts=(0, 1),
        )
    if board.indicators:
        yield _indicators(board)


def _coverage(first: str, figure: BoardFigure) -> PageTable:
    rows = tuple(_numbers(one) for one in (figure.total, *_due(figure.rows)))
    return PageTable(figure.title, (first, "已走访", "应走访", "还差", "走访率"), rows, sums=1)


def _due(rows: Iterable[BoardRow]) -> list[BoardRow]:
    return [one for one in rows if one.due]


def _numbers(one: BoardRow) -> tuple[str, ...]:
    left = one.due - one.reached
    return (one.name, f"{one.reached:,}", f"{one.due:,}", f"{left:,}", _share(one).percent)


def _behind(figures: Iterable[BoardFigure]) -> Iterator[tuple[str, ...]]:
    for figure in figures:
        short = [one for one in _due(figure.rows) if one.reached < one.due]
        short.sort(key=lambda one: (one.reached / one.due, one.reached - one.due))
        for one in short[:_MOST_BEHIND]:
            name, *numbers = _numbers(one)
            yield (name, figure.title, *numbers)


def _indicators(board: Board) -> PageTable:
    rows = tuple(
        (
            without_numbers(one.name),
            one.asked,
            one.reached,
            one.completion,
            one.gap,
            "、".join(one.behind) or "—",
        )
        for one in board.indicators
    )
    heads = ("指标", "目标", "完成", "完成率", "差额", "落后的")
    return PageTable("指标进度", heads, rows, texts=(0, 5))
