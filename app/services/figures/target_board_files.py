"""目标看板 taken along as it is shown: as a workbook, and on paper, where the map is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.documents.drawing.target import Out
from app.documents.reports.list_content import ListColumn, ListContent, Value
from app.documents.reports.list_paper import print_list
from app.documents.reports.tile_paper import TilePaper, TileShown, print_tiles
from app.documents.workbooks.list_sheet import write_list
from app.domain.kernel.file_names import safe_file_name
from app.services.figures.indicators import IndicatorView, UnitLine
from app.services.figures.target_board import TargetBoard, Tile, tiles
from app.services.office.duties import needs
from app.services.office.office import Office

BOARD, TARGETS, UNITS, MAP = "board", "targets", "units", "map"
TITLES = {
    BOARD: "目标看板",
    TARGETS: "各指标落后的单位",
    UNITS: "各单位落后的指标",
    MAP: "地图",
}
_RULE = "数量的完成率低于全年已过的时间为落后，率低于目标为落后。"
_NUMBERS = (
    ListColumn("完成", 20, "right"),
    ListColumn("目标", 11, "right"),
    ListColumn("完成率", 9, "right"),
    ListColumn("差额", 18, "right"),
)


@dataclass(frozen=True, slots=True)
class BoardSheet:
    """One view of the board as it stands there; `code` is the indicator of the map."""

    board: TargetBoard
    what: str
    code: str = ""

    @property
    def view(self) -> IndicatorView | None:
        """The indicator of the map."""
        every = self.board.seen.indicators
        return next((one for one in every if one.code == self.code), None)

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """The tiles of the map."""
        return tiles(self.view) if self.view is not None else ()

    @property
    def title(self) -> str:
        """2012年…目标看板, or the indicator of the map."""
        if self.what == MAP and self.view is not None:
            return f"{self.view.code} {self.view.title}"
        return f"{self.board.seen.title}{TITLES[self.what]}"


def lagging(sheet: BoardSheet) -> Iterable[tuple[str, str, UnitLine]]:
    """The rows of who lags where: what they are grouped by, what lags, the numbers."""
    if sheet.what == UNITS:
        for unit in sheet.board.units:
            for view, line in unit.lagging:
                yield unit.name, f"{view.code} {view.title}", line
        return
    for one in sheet.board.lines:
        for line in one.lagging:
            yield f"{one.view.code} {one.view.title}", line.name, line


def _board_rows(sheet: BoardSheet) -> Iterable[Sequence[Value]]:
    for one in sheet.board.lines:
        view, total = one.view, one.view.total
        yield (
            view.code,
            view.title,
            view.strength,
            total.target,
            view.unit,
            total.value,
            total.completion,
            total.gap,
            one.trend,
            one.lagging_words,
        )


_BOARD = (
    ListColumn("代码", 6),
    ListColumn("指标", 26),
    ListColumn("力度", 7, "middle"),
    ListColumn("目标", 10, "right"),
    ListColumn("计量", 6, "middle"),
    ListColumn("完成", 18, "right"),
    ListColumn("完成率", 9, "right"),
    ListColumn("差额", 16, "right"),
    ListColumn("趋势", 20),
    ListColumn("落后的单位", 30),
)


def _numbers(line: UnitLine) -> Sequence[Value]:
    return line.value, line.target, line.completion, line.gap


def content_of(sheet: BoardSheet) -> ListContent:
    """The view as a list to be written."""
    columns: tuple[ListColumn, ...]
    rows: list[Sequence[Value]]
    if sheet.what == BOARD:
        columns, rows = _BOARD, list(_board_rows(sheet))
    elif sheet.what == MAP:
        columns = (ListColumn("单位", 22), *_NUMBERS)
        rows = [(tile.line.name, *_numbers(tile.line)) for tile in sheet.tiles]
    else:
        heads = ("单位", "指标") if sheet.what == UNITS else ("指标", "单位")
        columns = (*(ListColumn(head, 26) for head in heads), *_NUMBERS)
        rows = [(first, then, *_numbers(line)) for first, then, line in lagging(sheet)]
    return ListContent(
        title=sheet.title,
        office=sheet.board.seen.office,
        made_on=sheet.board.seen.as_of,
        columns=columns,
        rows=partial(iter, rows),
        count=len(rows),
        conditions="" if sheet.what == MAP else f"{sheet.board.over_words}；{_RULE}",
        numbered=False,
    )


def file_name(sheet: BoardSheet, suffix: str) -> str:
    """目标看板_乐山市总工会_2012-12-03.xlsx."""
    seen = sheet.board.seen
    what = sheet.title if sheet.what == MAP else TITLES[sheet.what]
    return safe_file_name(f"{what}_{seen.office}_{seen.as_of}{suffix}")


@needs("print")
def write_sheet(office: Office, sheet: BoardSheet, out: Path) -> Path:
    """As a workbook; raises `EnvironmentProblem`."""
    write_list(out, content_of(sheet))
    return out


@needs("print")
def write_paper(office: Office, sheet: BoardSheet, out: Out) -> int:
    """As a PDF, the map as tiles; answers its pages. Raises `EnvironmentProblem`."""
    if sheet.what != MAP:
        return print_list(content_of(sheet), out)
    shown = (
        TileShown(tile.name, tile.row, tile.column, tile.value, tile.note, tile.shade)
        for tile in sheet.tiles
    )
    seen = sheet.board.seen
    standing = sheet.view.standing if sheet.view is not None else ""
    return print_tiles(TilePaper(sheet.title, standing, seen.office, seen.as_of, tuple(shown)), out)
