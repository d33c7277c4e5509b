"""逻辑检查 of what was received, taken along: as a workbook or on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from app.documents.drawing.target import Out
from app.documents.reports.list_content import ListColumn, ListContent, Value
from app.documents.reports.list_paper import print_list
from app.documents.workbooks.list_sheet import write_list
from app.domain.kernel.progress import Cancel, Progress, silent
from app.services.deciding.findings import Line
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.records.units import name_of

TITLE = "逻辑检查结果"
_COLUMNS = (
    ListColumn("单位", 22),
    ListColumn("记录", 12),
    ListColumn("编号", 18),
    ListColumn("程度", 6, "middle"),
    ListColumn("问题", 44),
    ListColumn("怎么办", 36),
    ListColumn("情况", 8, "middle"),
    ListColumn("理由", 20),
)


def _content(office: Office, lines: Sequence[Line], narrowed: str) -> ListContent:
    def rows() -> Iterator[Sequence[Value]]:
        for one in lines:
            yield (
                one.owner_name,
                one.record.type.label,
                one.record.number,
                one.severity,
                one.finding.sentence,
                one.finding.remedy,
                one.standing.value,
                one.reason,
            )

    with office.store.read() as connection:
        own = name_of(connection, office.identity.station)
    return ListContent(
        title=TITLE,
        office=own,
        made_on=office.today(),
        columns=_COLUMNS,
        rows=rows,
        count=len(lines),
        conditions=f"条件：{narrowed}" if narrowed else "",
    )


@needs("print")
def write_sheet(
    office: Office,
    lines: Sequence[Line],
    narrowed: str,
    out: Path,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Path:
    """These findings as a workbook; raises `EnvironmentProblem`, `Cancelled`."""
    write_list(out, _content(office, lines, narrowed), progress=progress, cancel=cancel)
    return out


@needs("print")
def write_paper(
    office: Office,
    lines: Sequence[Line],
    narrowed: str,
    out: Out,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """These findings on paper; answers its pages. Raises `EnvironmentProblem`, `Cancelled`."""
    return print_list(_content(office, lines, narrowed), out, progress=progress, cancel=cancel)
