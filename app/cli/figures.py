"""`coverage`, `missing`, `duplicates`: what the city sees of all offices."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.frame.open_folder import at_work
from app.cli.frame.options import CampaignCode, Data, Operator
from app.cli.frame.reply import Reply

if TYPE_CHECKING:
    from app.services.figures.coverage import CoverageView, OverlapView, RowView
    from app.services.figures.dues import MissingView
    from app.services.figures.possible_doubles import Candidates, PairView, SideView

Settled = Annotated[bool, typer.Option("--settled", help="也列出已经认定是同一个的")]


Everything = Annotated[bool, typer.Option("--all", help="长的名单也全部列出")]
_MOST, _ABREAST = 24, 6
"""So many of a long list are printed, so many 编号 on a line."""


def coverage(
    *,
    data: Data,
    campaign: CampaignCode = None,
    everything: Everything = False,
    operator: Operator = None,
) -> Reply:
    """走访覆盖了多少：工会干部、工作组、乡镇；长的名单只列开头，--all 全部列出。"""
    import msgspec

    from app.services.figures.coverage import coverage as covered

    with at_work(data, operator, reads=True) as office:
        view = covered(office, campaign)
    most = sys.maxsize if everything else _MOST
    return Reply(msgspec.to_builtins(view), [view.title, *_coverage_lines(view, most)])


def _coverage_lines(view: CoverageView, most: int) -> Iterator[str]:
    for figure in view.figures:
        yield f"{figure.title}（{figure.basis}）"
        yield from (_row_line(row) for row in (*figure.rows, figure.total))
        if figure.unplaced:
            yield f"  没有计入的走访 {len(figure.unplaced):,} 条："
            shown = figure.unplaced[:most]
            yield from (f"    {'  '.join(some)}" for some in _in_rows(shown))
            yield from _more(len(figure.unplaced) - len(shown), "    ")
    flagged = [one for one in view.overlaps if one.flagged]
    yield from (_overlap_line(one) for one in flagged[:most])
    yield from _more(len(flagged[most:]), "")
    beside = [one for one in view.overlaps if not one.flagged]
    if beside:
        yield f"几级都去过（不算重复交叉）：{len(beside):,} 个"
        yield from (_overlap_line(one) for one in (beside if most > len(beside) else ()))


def _in_rows(numbers: Sequence[str]) -> Iterator[Sequence[str]]:
    return (numbers[at : at + _ABREAST] for at in range(0, len(numbers), _ABREAST))


def _more(count: int, margin: str) -> Iterator[str]:
    if count > 0:
        yield f"{margin}还有 {count:,} 条，加 --all 全部列出。"


def _overlap_line(overlap: OverlapView) -> str:
    """重复、交叉（09-21 前来得及改）：恒宇机械厂（乐山市总工会、沙湾区总工会沙湾-2011-0003）."""
    stops = "、".join(f"{stop.unit_name}{stop.number}" for stop in overlap.stops)
    day = f"{overlap.next[5:]} 前" if overlap.next else ""
    word = "重复、交叉" if overlap.flagged else "几级都去过"
    ahead = f"（{day}来得及改）" if overlap.ahead else ""
    return f"{word}{ahead}：{overlap.name}（{stops}）"


def _row_line(row: RowView) -> str:
    unknown = f"，情况不明{row.unknown}" if row.unknown else ""
    return f"  {row.name}：{row.numerator}／{row.denominator}（{row.percent}）{unknown}"


def missing(*, data: Data, campaign: CampaignCode = None, operator: Operator = None) -> Reply:
    """谁还没有报、缺第几次报送、什么在等。"""
    import msgspec

    from app.services.figures import dues

    with at_work(data, operator, reads=True) as office:
        view = dues.missing(office, campaign)
    return Reply(msgspec.to_builtins(view), [view.title, *_missing_lines(view)])


_PRESSING = ("逾期未报", "快到期")
"""The states a person is told of one by one; all others are only counted."""


def _missing_lines(view: MissingView) -> Iterator[str]:
    yield "，".join(f"{state}{count}项" for state, count in view.tally.items() if count)
    for standing in view.standings:
        if standing.state in _PRESSING:
            yield f"{standing.unit_name}  {standing.title}  {standing.state}  {standing.words}"
    yield from (f"{c.station_name}（{c.writer}）  {c.words}" for c in view.channels if c.missing)
    yield from (f"{p.station_name}第{p.seq}次报送  {p.code}  {p.file}" for p in view.held)


def duplicates(
    *,
    data: Data,
    campaign: CampaignCode = None,
    settled: Settled = False,
    everything: Everything = False,
    operator: Operator = None,
) -> Reply:
    """疑似重复的单位、走访、困难职工和帮扶，等人认定（review link）；--all 也列出不太像的。"""
    import msgspec

    from app.services.figures import possible_doubles

    with at_work(data, operator, reads=True) as office:
        view = possible_doubles.duplicates(office, campaign)
    lines = _pair_lines(view, settled=settled, everything=everything)
    return Reply(msgspec.to_builtins(view), list(lines))


def _pair_lines(view: Candidates, *, settled: bool, everything: bool) -> Iterator[str]:
    shown = [one for one in view.open if everything or one.strength != _UNLIKELY]
    for pair in (*shown, *(view.settled if settled else ())):
        yield _pair_line(pair)
    yield from view.crowds
    if left := len(view.open) - len(shown):
        yield f"还有 {left:,} 处不太像，加 --all 列出。"
    yield f"待认定{len(view.open)}处，已认定{len(view.settled)}处。"


_UNLIKELY = "低"


def _pair_line(pair: PairView) -> str:
    against = f"（但是：{''.join(pair.against)}）" if pair.against else ""
    sides = f"{_side(pair.one)} 和 {_side(pair.other)}"
    amount = f"  {pair.amount / 100:,.2f}元" if pair.amount else ""
    words = f"{pair.words}（{pair.strength}）  {pair.type}：{sides}{amount}"
    return f"{words}  {''.join(pair.reasons)}{against}{pair.before}"


def _side(side: SideView) -> str:
    return f"{side.number or side.id}（{side.unit_name}）"
