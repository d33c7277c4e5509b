"""`double-aid`, `one-file`: aid given twice in a year, and files joined into one, by command."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.frame.open_folder import at_work
from app.cli.frame.options import Data, Key, Operator, Type, type_named, wrong
from app.cli.frame.progress import watched
from app.cli.frame.reply import Reply

if TYPE_CHECKING:
    from app.services.deciding.joined_files import JoinedFile
    from app.services.figures.double_aid import DoubleAid

Out = Annotated[
    Path | None, typer.Argument(metavar="OUT", help="写到这个文件：.xlsx 或 .pdf；不写就列出来")
]
Year = Annotated[int | None, typer.Option("--year", help="只看这一年；不写是各年")]
Everything = Annotated[
    bool, typer.Option("--all", help="同一单位给了两次以上的也列出；不写是两个以上单位的")
]
With = Annotated[str | None, typer.Option("--with", help="和这一份合成一份（编号或 id）")]
Apart = Annotated[bool, typer.Option("--apart", help="拆开这一份")]
Reason = Annotated[str, typer.Option("--reason", help="理由")]


def double_aid(
    out: Out = None,
    *,
    data: Data,
    year: Year = None,
    everything: Everything = False,
    operator: Operator = None,
) -> Reply:
    """一年内重复帮扶：同一人、同一户一年里得到两次以上帮扶的，带合计。"""
    import msgspec

    from app.services.figures import double_aid as service

    which = service.ALL if everything else service.BY_TWO
    if out is not None and out.suffix.lower() not in (".xlsx", ".pdf"):
        wrong("文件名要以 .xlsx 或 .pdf 结尾。")
    with at_work(data, operator, reads=True) as office, watched() as watch:
        shown = service.look(office, year, which, progress=watch.progress, cancel=watch.cancel)
        if out is not None:
            is_paper = out.suffix.lower() == ".pdf"
            (service.write_paper if is_paper else service.write_sheet)(office, shown, out)
    return Reply(msgspec.to_builtins(shown), list(_lines(shown)))


def _lines(shown: DoubleAid) -> Iterator[str]:
    from app.domain.values.money import format_money

    yield f"{shown.title}　截至 {shown.as_of}"
    for one in shown.lines:
        total = format_money(one.money + one.goods)
        sums = f"{len(one.aids)}次  {total}元  {one.decided}"
        yield f"{one.year}  {one.names}（{one.numbers}）  {sums}"
        yield from (f"    {time}" for time in one.times)
    beyond = format_money(shown.beyond)
    total = format_money(shown.total)
    yield f"{len(shown.lines)}户，钱物合计{total}元，最多一次以外共{beyond}元。"


def one_file(
    *,
    data: Data,
    type_name: Type,
    key: Key,
    other: With = None,
    apart: Apart = False,
    reason: Reason = "",
    operator: Operator = None,
) -> Reply:
    """看合成一份的档案或单位和各份的历史；--with 合成，--apart 拆开。"""
    import msgspec

    from app.services.deciding import joined_files

    record_type = type_named(type_name)
    if other and apart:
        wrong("--with 和 --apart 只能写一个。")
    with at_work(data, operator) as office:
        if other:
            joined_files.join(office, record_type, key, other, reason)
        if apart:
            joined_files.part(office, record_type, key)
        seen = joined_files.joined_file(office, record_type, key)
    held = {"files": seen.files, "lines": seen.lines, "history": seen.history, "why": seen.why}
    return Reply(msgspec.to_builtins(held), list(_told(seen)))


def _told(seen: JoinedFile) -> Iterator[str]:
    for place, one in enumerate(seen.files, 1):
        yield f"{place}  {one.number}  {one.name}  {one.unit}  {one.changed} 改"
    yield from seen.why
    for line in seen.lines:
        if len(set(line.words)) > 1:
            told = "；".join(f"{n} {text or '—'}" for n, text in enumerate(line.words, 1))
            yield f"  {line.label}：{told}"
    for told_of in seen.history:
        entry = told_of.entry
        yield f"  {entry.at[:16].replace('T', ' ')}  {told_of.file + 1}  {entry.who}  {entry.deed}"
