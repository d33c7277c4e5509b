"""`ledger` and `export`: lists taken along, as a workbook or on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.frame.open_folder import at_work
from app.cli.frame.options import Data, Operator, Type, type_named, wrong
from app.cli.frame.progress import Watch, watched
from app.cli.frame.reply import Complaint, Reply

if TYPE_CHECKING:
    from app.domain.records import Record
    from app.services.lists.table_query import TableQuery
    from app.services.office.office import Office

File = Annotated[Path, typer.Argument(metavar="OUT", help="写到这个文件：.xlsx 或 .pdf")]
Named = Annotated[
    str, typer.Argument(metavar="LEDGER", help="visits 或 走访台账 等；all 是六本都写")
]
Folder = Annotated[
    Path, typer.Argument(metavar="OUT", help="文件（.xlsx 或 .pdf）；写 all 时是文件夹")
]
Where = Annotated[
    list[str] | None,
    typer.Option(
        "--where", help="条件：超期、类别=工资、内容~限电、提出日期=2011-07-01..；可写多次"
    ),
]
Saved = Annotated[str | None, typer.Option("--list", help="用窗口里存下的常用筛选")]
Find = Annotated[str, typer.Option("--find", help="查找：编号、名称、拼音首字母、意见里的字")]
Columns = Annotated[
    list[str] | None, typer.Option("--column", help="列哪几栏（名称或代码）；可以写多次")
]
Sorted = Annotated[
    list[str] | None, typer.Option("--order", help="按哪一栏排序；前面加 - 是降序；可以写多次")
]
Because = Annotated[
    str | None, typer.Option("--full-numbers-because", help="要全部号码的原因；会记下来")
]
_SUFFIXES = (".xlsx", ".pdf")


def ledger(
    *, data: Data, name: Named, out: Folder, where: Where = None, because: Because = None,
    operator: Operator = None,
) -> Reply:  # fmt: skip
    """写走访、诉求、困难职工、帮扶、隐患台账或单位名录；all 是六本都写，xlsx 和 PDF 各一份。"""
    from app.services.lists.ledgers import ledger_named

    if name == "all":
        return _all_ledgers(data, out, because, operator)
    chosen = ledger_named(name)
    _require_suffix(out)
    with at_work(data, operator) as office, watched() as watch:
        query = _narrowed(office, chosen.query, where, None, "")
        count, lacking = _written(office, out, query, _how(chosen.title, because), watch)
    return _reply([(chosen.title, out, count)], lacking)


def _all_ledgers(data: Path, folder: Path, because: str | None, operator: str | None) -> Reply:
    from app.services.lists import table_query
    from app.services.lists.ledgers import LEDGERS

    if not folder.is_dir():
        wrong(f"没有文件夹“{folder}”。")
    made: list[tuple[str, Path, int]] = []
    lacking: list[str] = []
    with at_work(data, operator) as office, watched() as watch:
        for one in LEDGERS:
            if not table_query.listed(office, one.query).ids:
                continue
            for suffix in _SUFFIXES:
                out = folder / f"{one.title}{suffix}"
                count, boxes = _written(office, out, one.query, _how(one.title, because), watch)
                made.append((one.title, out, count))
                lacking += [boxes] if boxes else []
    return _reply(made, "".join(lacking))


def export(
    *, data: Data, type_name: Type, out: File, where: Where = None, saved: Saved = None,
    find: Find = "", column: Columns = None, order: Sorted = None, because: Because = None,
    operator: Operator = None,
) -> Reply:  # fmt: skip
    """按条件导出一类记录，和窗口里的表格一样。"""
    from app.services.lists.added_fields import added_fields
    from app.services.lists.table_query import TableQuery

    record_type = type_named(type_name)
    _require_suffix(out)
    with at_work(data, operator) as office, watched() as watch:
        query = TableQuery(record_type, added=added_fields(office, record_type))
        query = _arranged(query, column or (), order or ())
        query = _narrowed(office, query, where, saved, find)
        count, lacking = _written(office, out, query, _how("", because), watch)
    return _reply([(record_type.label, out, count)], lacking)


def _require_suffix(out: Path) -> None:
    if out.suffix.lower() not in _SUFFIXES:
        wrong("文件名要以 .xlsx 或 .pdf 结尾。")


def _arranged(query: TableQuery, columns: Sequence[str], order: Sequence[str]) -> TableQuery:
    from dataclasses import replace

    from app.domain.kernel.order import By
    from app.services.lists.table_columns import columns_of

    known = columns_of(query.record_type, query.titles, query.added)
    names = {column.title: name for name, column in known.items()} | {name: name for name in known}

    def of(words: str) -> str:
        if words not in names:
            wrong(f"没有“{words}”这一栏。可以是：{'、'.join(c.title for c in known.values())}。")
        return names[words]

    by = tuple(By(of(one.removeprefix("-")), one.startswith("-")) for one in order)
    return replace(query, columns=tuple(map(of, columns)), order=by)


def _narrowed(
    office: Office, query: TableQuery, where: list[str] | None, saved: str | None, find: str
) -> TableQuery:
    from dataclasses import replace

    from app.services.lists import saved_lists
    from app.services.lists.chip_words import chip_in
    from app.services.records.link_resolving import Links

    record_type: type[Record] = query.record_type
    if saved is not None:
        query = saved_lists.named(office, record_type, saved).applied(query)
    with office.store.read() as connection:
        links = Links(office, connection)
        chips = tuple(chip_in(record_type, one, query.added, links) for one in where or ())
    return replace(query, chips=(*query.chips, *chips), text=find)


def _how(title: str, because: str | None) -> Mapping[str, Any]:
    return {"title": title, "full_numbers_because": because}


def _written(
    office: Office, out: Path, query: TableQuery, how: Mapping[str, Any], watch: Watch
) -> tuple[int, str]:
    """How many records were written, and where a box stands for a character."""
    from app.documents.drawing.target import Target
    from app.services.lists import list_files, table_query

    ids = table_query.listed(office, query, cancel=watch.cancel).ids
    target = Target(out)
    watched_by: dict[str, Any] = {"progress": watch.progress, "cancel": watch.cancel}
    if out.suffix.lower() == ".xlsx":
        list_files.write_list_sheet(office, out, query, ids, **how, **watched_by)
    else:
        list_files.print_list_paper(office, target, query, ids, **how, **watched_by)
    return len(ids), target.warning


def _reply(made: Sequence[tuple[str, Path, int]], lacking: str) -> Reply:
    files = [{"ledger": title, "file": out, "records": count} for title, out, count in made]
    lines = [f"{title}：{out}（{count:,}条）" for title, out, count in made]
    complaints = [Complaint("MISSING_GLYPH", lacking)] if lacking else []
    return Reply({"files": files}, lines or ["没有可以写的记录。"], complaints)
