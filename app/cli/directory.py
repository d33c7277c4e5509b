"""`directory …` and `rates`: 单位名录 worked through, and the union rates that stand on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.frame.open_folder import at_work
from app.cli.frame.options import CampaignCode, Data, Key, Operator, wrong
from app.cli.frame.reply import Reply

if TYPE_CHECKING:
    from app.services.deciding.to_verify import Entry, Work
    from app.services.deciding.verifying import Judged
    from app.services.figures.union_rates import RateTable
    from app.services.office.office import Office

GoesOn = Annotated[str, typer.Argument(metavar="ID", help="留下的那一条：编号或 id")]
How = Annotated[str, typer.Option("--how", help="closed 注销，moved 迁出，unknown 查无此单位")]
By = Annotated[
    str,
    typer.Option(
        "--by", help="office 单位，place 乡镇，section、industry 行业，ownership 经济类型"
    ),
]
OfOffice = Annotated[str | None, typer.Option("--office", help="只看这个单位（代码）")]
Industry = Annotated[str | None, typer.Option("--industry", help="只看这个行业大类（代码）")]


def work(*, data: Data, operator: Operator = None) -> Reply:
    """还有哪些单位没有核实，核实过多少。"""
    import msgspec

    from app.services.deciding import to_verify

    with at_work(data, operator, reads=True) as office:
        found = to_verify.work(office)
    return Reply(msgspec.to_builtins(found), list(_work_lines(found)))


def _work_lines(found: Work) -> Iterator[str]:
    done, waiting = len(found.done), len(found.waiting)
    yield f"共 {found.total:,} 家，核实过 {done:,} 家，待核实 {waiting:,} 家。"
    yield from (_entry_line(one) for one in found.waiting)


def _entry_line(one: Entry) -> str:
    return "  ".join(filter(None, (one.number, one.name, one.area)))


def verify(*, data: Data, key: Key, operator: Operator = None) -> Reply:
    """已核实：有这家单位，名录里写得对。"""
    from app.services.deciding import verifying

    with at_work(data, operator) as office:
        return _said(verifying.verify(office, _id(office, key)))


def gone(*, data: Data, key: Key, how: How = "closed", operator: Operator = None) -> Reply:
    """不存在：注销、迁出，或者查无此单位。"""
    from app.services.deciding import verifying

    if how not in verifying.GONE_HOW:
        wrong(f"--how 只能写 {'、'.join(verifying.GONE_HOW)}。")
    with at_work(data, operator) as office:
        return _said(verifying.declare_gone(office, _id(office, key), how))


def join(*, data: Data, key: Key, goes_on: GoesOn, operator: Operator = None) -> Reply:
    """重复：前一条并入后一条，两条都留着，统计只算一家。"""
    from app.services.deciding import verifying

    with at_work(data, operator) as office:
        return _said(verifying.join(office, _id(office, key), _id(office, goes_on)))


def undo(*, data: Data, key: Key, operator: Operator = None) -> Reply:
    """撤销一家单位的核实或并入。"""
    from app.services.deciding import verifying

    with at_work(data, operator) as office:
        return _said(verifying.take_back(office, _id(office, key)))


def _id(office: Office, key: str) -> str:
    """The id of the unit of this 编号, code or id; raises `UserError` NOT_FOUND."""
    from app.domain.records import Enterprise
    from app.services.records import saving

    return saving.show(office, Enterprise, key).id


def _said(done: Judged) -> Reply:
    return Reply({"record": done.record}, [done.words])


def rates(
    *,
    data: Data,
    campaign: CampaignCode = None,
    by: By = "",
    office: OfOffice = None,
    industry: Industry = None,
    operator: Operator = None,
) -> Reply:
    """建会率、入会率、工资集体协商、职代会、厂务公开，按单位、乡镇、行业、经济类型。"""
    import msgspec

    from app.services.figures import union_rates

    if by and by not in union_rates.BY:
        wrong(f"--by 只能写 {'、'.join(union_rates.BY)}。")
    narrowed = {"office": office, "industry": industry}
    within = {name: code for name, code in narrowed.items() if code}
    with at_work(data, operator, reads=True) as here:
        seen = union_rates.look(here, campaign)
    table = seen.table(by or ("office" if seen.by_unit else "place"), within)
    return Reply(msgspec.to_builtins(table), list(_rate_lines(table)))


def _rate_lines(table: RateTable) -> Iterator[str]:
    for line in (*table.rows, table.total):
        yield f"{line.name}：{line.units:,} 家，未核实 {line.unverified:,} 家"
        for head, cell in zip(table.heads, line.cells, strict=True):
            lacking = cell.blank + cell.unknown
            more = f"，没填 {lacking:,} 家" if lacking else ""
            share = f"{cell.percent}（{cell.parts}{f' {head.measure}' * bool(cell.parts)}）"
            yield f"  {head.title} {share}{more}"
