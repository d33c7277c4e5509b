"""The account at the end of the demonstration, in plain Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from demo.events import Events
from demo.result import DemoResult
from demo.totals import Totals


def account_of(result: DemoResult) -> Iterator[str]:
    """Line by line: totals, coverage, what was missing, duplicates, whether all fits."""
    yield ""
    yield "各单位（市总所存）："
    for totals in result.totals.offices:
        yield from _office(totals)
    yield from _office(result.totals.city)
    yield from _office(result.totals.all)
    yield ""
    yield "覆盖情况："
    for one in result.totals.coverage:
        unknown = f"，情况不明{one.unknown}" if one.unknown else ""
        yield f"  {one.title}：{one.numerator}／{one.denominator}（{one.percent}）{unknown}"
    yield ""
    yield "经过："
    yield from (f"  {line}" for line in _events(result.events))
    yield ""
    yield f"疑似重复{len(result.duplicates)}处："
    yield from (f"  {line}" for line in result.duplicates)
    yield ""
    yield from _files(result)
    yield from _verdict(result)


def _office(totals: Totals) -> Iterator[str]:
    yield (
        f"  {totals.name}：走访{totals.visits}家次、{totals.workers_met}人次；"
        f"困难职工{totals.persons}人、帮扶事项{totals.cases}件；"
        f"帮扶{totals.aids}次，现金{_yuan(totals.aid_money)}元，"
        f"实物{totals.goods}次（折价{_yuan(totals.goods_value)}元）"
    )


def _yuan(amount: str) -> str:
    return f"{Decimal(amount):,.2f}"


def _events(events: Events) -> Iterator[str]:
    yield f"紧急报告：{events.urgent}当天单独送到市总。"
    settled = events.settled
    if settled is not None:
        typed = "和".join(map(str, settled.typed))
        yield f"两处填写不一致：{settled.number}走访职工人次{typed}，选定{settled.chosen}。"
    missing, healed = _numbers(events.missing), _numbers(events.healed)
    yield (f"缺报：市总发现马边缺{missing}报送，{events.waiting}条记录等待；补送{healed}后齐全。")
    yield f"退回：{events.returned}改正后重新报送；电话更正：{events.adopted}由县里采用。"


def _numbers(seqs: Sequence[int]) -> str:
    return "、".join(f"第{seq}次" for seq in seqs) or "无"


def _files(result: DemoResult) -> Iterator[str]:
    folder = Path(result.account).parent
    yield (
        f"文件在{folder}：报送文件{len(result.packages)}个、登记文件{len(result.enrolment)}个、"
        f"登记表{len(result.forms)}份、单据{len(result.slips)}份；口令都是“{result.passphrase}”。"
    )


def _verdict(result: DemoResult) -> Iterator[str]:
    wrong = [check for check in result.checks if not check.ok]
    if not wrong:
        yield f"核对{len(result.checks)}项，各单位、报送文件和市总全部一致。"
        return
    yield f"核对{len(result.checks)}项，有{len(wrong)}项不一致："
    yield from (f"  {check.what}：{check.detail}" for check in wrong)
