"""分类统计 taken along: to the clipboard, as a workbook, on paper."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.documents.drawing.target import Out
from app.documents.reports.list_content import NONE, ListColumn, ListContent, Value
from app.documents.reports.list_paper import print_list
from app.documents.workbooks.list_sheet import write_list
from app.domain.kernel.file_names import safe_file_name
from app.services.figures.tallies import Number, TallyView
from app.services.office.duties import needs
from app.services.office.office import Office

_FIGURES = 12


def content_of(view: TallyView) -> ListContent:
    """The table as a list to be written; 合计 stands last there."""
    lines = [*view.lines[1:], *view.lines[:1]]

    def rows() -> Iterator[Sequence[Value]]:
        for line in lines:
            yield (line.name, *(NONE if one is None else one for one in line.numbers))

    columns = [ListColumn(view.first, 0)]
    columns += [
        ListColumn(
            head.heading.replace("（", "\n（"),
            _FIGURES,
            "right",
            figures="#,##0.00" if head.money else "#,##0",
        )
        for head in view.heads
    ]
    return ListContent(
        title=view.title,
        office=view.office,
        made_on=view.as_of,
        columns=tuple(columns),
        rows=rows,
        count=len(lines),
        conditions=view.note,
        numbered=False,
    )


@needs("print")
def write_sheet(office: Office, view: TallyView, out: Path) -> Path:
    """The table as a workbook; raises `EnvironmentProblem`."""
    write_list(out, content_of(view))
    return out


@needs("print")
def write_paper(office: Office, view: TallyView, out: Out) -> int:
    """The table as a PDF; answers its pages. Raises `EnvironmentProblem`."""
    return print_list(content_of(view), out)


def file_name(view: TallyView, suffix: str) -> str:
    """诉求类别_沙湾区总工会_2011-12-03.xlsx."""
    title = view.kind.title.replace(" · ", "")
    return safe_file_name(f"{title}_{view.office}_{view.as_of}{suffix}")


@dataclass(frozen=True, slots=True)
class CopiedTable:
    """The table for the clipboard, as text and as HTML."""

    text: str
    html: str


def copied(view: TallyView) -> CopiedTable:
    """Headings and all rows, numbers without the marks that are for the eye."""
    table = [[view.first, *(head.heading for head in view.heads)]]
    table += [[line.name, *map(plain, line.numbers)] for line in view.lines]
    return copied_table(table)


def plain(number: Number) -> str:
    """A number without the marks that are for the eye; — for none."""
    return NONE if number is None else str(number)


def copied_table(table: Sequence[Sequence[str]]) -> CopiedTable:
    """These rows, the headings first, for the clipboard."""
    text = "\n".join("\t".join(row) for row in table)
    rows = (f"<tr>{''.join(f'<td>{html.escape(one)}</td>' for one in row)}</tr>" for row in table)
    return CopiedTable(text, f'<meta charset="utf-8"><table border="1">{"".join(rows)}</table>')
