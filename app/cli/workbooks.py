"""`template`, `import`, `imports` and `undo-import`: records through Excel."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.frame.open_folder import at_work
from app.cli.frame.options import (
    Accept,
    CampaignCode,
    Data,
    Operator,
    Type,
    pairs,
    type_named,
    wrong,
)
from app.cli.frame.progress import watched
from app.cli.frame.reply import Complaint, Reply, Status

if TYPE_CHECKING:
    from app.domain.records import Campaign, Record
    from app.services.office.office import Office
    from app.services.workbooks.import_account import ImportAccount, ImportRow
    from app.services.workbooks.import_undo import Imported

Sheet = Annotated[Path, typer.Argument(metavar="OUT.xlsx", help="写到这个文件")]
Filled = Annotated[Path, typer.Argument(metavar="FILE", help="填好的表：xlsx、xls、et 或 csv")]
DataForCampaign = Annotated[
    Path | None,
    typer.Option("--data", envvar="ZOUFANG_DATA", help="数据文件夹；用 --campaign 时要写"),
]
Columns = Annotated[
    list[str] | None,
    typer.Option("--column", metavar="列名=项目", help="这一列是哪一项；“列名=”表示不导入这一列"),
]
SheetName = Annotated[str, typer.Option("--sheet", help="有几张表时，导入哪一张")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="只看会怎样，不保存")]
Marked = Annotated[
    Path | None, typer.Option("--marked", help="有问题的格子标出来的副本，写到这个文件")
]

Everything = Annotated[bool, typer.Option("--all", help="每一行都列出")]
Batch = Annotated[int, typer.Argument(metavar="导入号", help="zoufang imports 列出的号")]
Answer = Annotated[
    list[str] | None,
    typer.Option("--answer", metavar="问题=答法", help="要人定的行都这样办；问题和答法见预览"),
]


def template(
    *,
    type_name: Type,
    out: Sheet,
    data: DataForCampaign = None,
    campaign: CampaignCode = None,
    operator: Operator = None,
) -> Reply:
    """生成一类记录的 Excel 空表。"""
    from app.services.workbooks.excel_import import template as write

    record_type = type_named(type_name)
    if campaign and data is None:
        wrong("用 --campaign 时要写 --data。")
    found = _campaign(data, campaign, operator) if data and campaign else None
    write(record_type, out, campaign=found)
    return Reply({"type": record_type.type_name, "file": out}, [f"空表：{out}"])


def _campaign(data: Path, code: str, operator: str | None) -> Campaign:
    from app.domain.records import Campaign
    from app.services.records.saving import listing

    with at_work(data, operator, reads=True) as office:
        found = [one.record for one in listing(office, Campaign) if one.record.code == code]
    if not found:
        wrong(f"没有活动“{code}”。")
    return found[0]


def import_rows(
    *,
    data: Data,
    type_name: Type,
    file: Filled,
    dry_run: DryRun = False,
    marked: Marked = None,
    accept: Accept = None,
    answer: Answer = None,
    column: Columns = None,
    sheet: SheetName = "",
    everything: Everything = False,
    operator: Operator = None,
) -> Reply:
    """导入填好的表格（xlsx、xls、et、csv）；有问题的行和要人定的行不导入，其余照常。"""
    from app.documents.workbooks.workbook import Choices
    from app.services.lists.search_upkeep import keep_up
    from app.services.workbooks.excel_import import import_workbook

    record_type = type_named(type_name)
    reasons = pairs(accept or (), "--accept")
    answers = pairs(answer or (), "--answer")
    require_known(answers)
    with at_work(data, operator) as office, watched() as watch:
        columns = _columns(office, record_type, column or ())
        account = import_workbook(
            office,
            record_type,
            file,
            dry_run=dry_run,
            marked=marked,
            accept=reasons,
            answers=answers,
            choices=Choices(columns, sheet=sheet),
            progress=watch.progress,
            cancel=watch.cancel,
        )
        if not dry_run:
            keep_up(office, progress=watch.progress, cancel=watch.cancel)
    return _reply(account, sys.maxsize if everything else _MOST)


def require_known(answers: Mapping[str, str]) -> None:
    """End the command as wrong usage where a question or an answer is none."""
    from app.services.workbooks.import_account import QUESTIONS

    for code, answer in answers.items():
        if code not in QUESTIONS:
            wrong(f"没有“{code}”这个问题；有：{'、'.join(QUESTIONS)}。")
        if answer not in QUESTIONS[code].answers:
            ways = "、".join(QUESTIONS[code].answers)
            wrong(f"“{code}”没有“{answer}”这个答法；有：{ways}。")


def _reply(account: ImportAccount, most: int) -> Reply:
    from msgspec import to_builtins

    out = [row for row in account.rows if row.outcome in _OUT]
    complaints = [
        Complaint(_OUT[row.outcome], f"第{row.row}行：", "".join(row.sentences))
        for row in out[:most]
    ]
    return Reply(
        to_builtins(account),
        [*_lines(account, most), *_questions(account), *_left_out(account), _summary(account)],
        complaints,
        Status.REFUSED if out else Status.DONE,
    )


_OUT = {"refused": "ROW_REFUSED", "asked": "ROW_ASKED"}
"""The rows that stay out, and the code of the complaint about each."""

_MOST = 100
"""So many rows of a kind are printed."""


def _lines(account: ImportAccount, most: int) -> Iterator[str]:
    """The rows in order, of every kind the first ones."""
    told: Counter[str] = Counter()
    for row in account.rows:
        told[row.outcome] += 1
        if told[row.outcome] <= most:
            yield _line(row)
    for outcome, count in told.items():
        if count > most:
            yield f"{_WORDS[outcome]}的还有{count - most:,}行，加 --all 全部列出。"


_WORDS = {
    "add": "添加",
    "change": "修改",
    "same": "相同",
    "asked": "要定",
    "refused": "不能导入",
}


def _line(row: ImportRow) -> str:
    cells = f"（{'、'.join(row.cells)}）" if row.cells else ""
    told = "  ".join(filter(None, (row.number, f"{cells}{row.told}")))
    return f"第{row.row}行  {_WORDS[row.outcome]}  {told}"


def _questions(account: ImportAccount) -> Iterator[str]:
    """What a person decides, with the ways to say it."""
    from app.services.workbooks.import_account import QUESTIONS

    for code, count in account.questions.items():
        question = QUESTIONS[code]
        ways = "；".join(
            f"--answer {code}={way} {words}" for way, words in question.answers.items()
        )
        yield f"{question.words}：{count}行。{ways}"


def _left_out(account: ImportAccount) -> Iterator[str]:
    """What of the sheet is not read: rows by kind, columns, hidden sheets."""
    for kind, count in account.skipped_by_kind.items():
        rows = "、".join(str(row.number) for row in account.skipped if row.kind.value == kind)
        yield f"{kind}，不算记录：{count}行（第{rows}行）。"
    if account.left_out:
        names = "、".join(f"{one.letter}“{one.text}”" for one in account.left_out)
        yield f"没有导入的列：{names}。要导入就写 --column 列名=项目，不导入就写 --column 列名=。"
    hidden = "、".join(f"{c.letter}“{c.text}”" for c in account.columns if c.hidden and c.field)
    if hidden:
        yield f"隐藏的列也读了：{hidden}。"
    if account.aside:
        yield f"没有看隐藏的工作表：{'、'.join(account.aside)}。"


def _columns(office: Office, record_type: type[Record], pairs_of: Sequence[str]) -> dict[str, str]:
    """Field names by the text over a column, from 列名=项目; 列名= for a column left out."""
    from app.services.lists.added_fields import every_field_here

    labels = {spec.label: name for name, spec in every_field_here(office, record_type).items()}
    chosen = pairs(pairs_of, "--column")
    for name in chosen.values():
        if name and name not in labels and name not in labels.values():
            wrong(f"没有“{name}”这一项；有：{'、'.join(labels)}。")
    return {text: labels.get(name, name) for text, name in chosen.items()}


def _summary(account: ImportAccount) -> str:
    verb = "将" if account.dry_run else "已"
    marked = f"问题标在：{account.marked}" if account.marked else ""
    asked = f"要定{account.asked}条，" if account.asked else ""
    return (
        f"{verb}添加{account.added}条，{verb}修改{account.changed}条，相同{account.same}条，"
        f"{asked}不能导入{account.refused}条。{marked}"
    )


def list_imports(*, data: Data, operator: Operator = None) -> Reply:
    """列出做过的导入，最近的在前；撤销时要写它的号。"""
    from app.services.workbooks.import_undo import imports

    with at_work(data, operator, reads=True) as office:
        rows = imports(office)
    return Reply(
        {"imports": [row._asdict() for row in rows]},
        [_import_line(row) for row in rows] or ["还没有导入过。"],
    )


def _import_line(row: Imported) -> str:
    undone = f"  {row.undone_at[:16].replace('T', ' ')}撤销" if row.undone_at else ""
    return (
        f"{row.n}  {row.at[:16].replace('T', ' ')}  {type_named(row.type).label}  {row.file}"
        f"  添加{row.added}条，修改{row.changed}条{undone}"
    )


def undo_import(
    *, data: Data, batch: Batch, dry_run: DryRun = False, operator: Operator = None
) -> Reply:
    """撤销一次导入；后来改过、用到或报送过的记录留下，一一列出。"""
    from msgspec import to_builtins

    from app.services.workbooks.import_undo import look, take_back

    with at_work(data, operator, reads=dry_run) as office, watched() as watch:
        if dry_run:
            found = look(office, batch)
        else:
            found = take_back(office, batch, progress=watch.progress, cancel=watch.cancel)
    verb = "将" if dry_run else "已"
    lines = [f"{one.number or one.id}  留下，{one.why}" for one in found.staying[:_MOST]]
    if len(found.staying) > _MOST:
        lines.append(f"还有{len(found.staying) - _MOST:,}条留下。")
    said = f"“{found.file}”：{verb}撤掉{found.gone_words}，{verb}恢复{found.undone}条原来的内容"
    stays = f"，{len(found.staying)}条留下" if found.staying else ""
    return Reply(to_builtins(found), [*lines, f"{said}{stays}。"])
