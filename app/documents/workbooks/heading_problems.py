"""What is said of a sheet whose headings do not tell what it holds."""

from __future__ import annotations

from collections.abc import Sequence

from app.documents.workbooks.headings import SEARCHED_ROWS, Headings, shown_heading
from app.documents.workbooks.known_words import Known, standing
from app.documents.workbooks.raster import Cells
from app.domain.kernel.errors import UserError

_MOST_NAMED = 12
_FIRST_ROWS = 8


def missing_columns(headings: Headings) -> UserError:
    """The error of a sheet without a column that every record needs."""
    unknown = "、".join(f"{one.letter} 列“{one.text}”" for one in headings.left_out[:_MOST_NAMED])
    why = f"没有认出的列：{unknown}。" if unknown else ""
    return UserError(
        "MISSING_HEADING",
        f"缺少必填的列：{'、'.join(headings.lacking)}。",
        why=why,
        remedy="请指明哪一列是它，或补上这一列；没有模板时先存一份空模板。",
    )


def no_headings(lines: Sequence[tuple[int, Cells]], known: Known) -> UserError:
    """The error of a sheet without headings: which words were seen, which are missing."""
    across, count = standing(lines, known)
    if count > 1:
        return UserError(
            "SHEET_TRANSPOSED",
            f"这张表是横过来的：列名竖着写在 {across} 列。",
            remedy="请在 WPS 或 Excel 里复制整张表，用“选择性粘贴 → 转置”粘到新表，再导入。",
        )
    needed = "、".join(spec.label for spec in known.specs if spec.field.required)
    seen = max(lines, key=lambda line: len(line[1]), default=(0, {}))
    words = "、".join(
        f"“{shown_heading(str(one))[:12]}”" for one in list(seen[1].values())[:_FIRST_ROWS]
    )
    return UserError(
        "NO_HEADINGS",
        "没有找到列名所在的那一行。",
        why=f"第 {seen[0]} 行写的是{words}，都不是认识的列名。" if words else "这张表里没有内容。",
        remedy=f"请在前 {SEARCHED_ROWS} 行以内写上列名，至少要有：{needed}；"
        "或用本程序存出的空模板填写。",
    )


class SheetWanted(UserError):
    """A person has to say which sheet is meant; `titles` are those that hold records."""

    def __init__(
        self, code: str, what: str, *, why: str, remedy: str, titles: Sequence[str]
    ) -> None:
        super().__init__(code, what, why=why, remedy=remedy)
        self.titles = tuple(titles)


def several_sheets(titles: Sequence[str]) -> SheetWanted:
    """The error of a workbook with more than one sheet of records: none is dropped silently."""
    return SheetWanted(
        "SEVERAL_SHEETS",
        f"这个文件里有 {len(titles)} 张登记表：{'、'.join(titles)}。",
        why="一次导入一张。",
        remedy="请选一张；用命令导入时写 --sheet。",
        titles=titles,
    )


def hidden_sheet(titles: Sequence[str]) -> SheetWanted:
    """The error of a workbook whose records stand on sheets nobody sees."""
    return SheetWanted(
        "SHEET_HIDDEN",
        f"工作表“{'、'.join(titles)}”里有登记内容，但它是隐藏的。",
        why="隐藏的表不会不问就导入。",
        remedy="要导入它就选它；用命令导入时写 --sheet。",
        titles=titles,
    )
