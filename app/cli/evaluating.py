"""`evaluation`: units are scored by the office's own rubric, placed, issued, and told of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.frame.open_folder import at_work
from app.cli.frame.options import CampaignCode, Data, Operator, wrong
from app.cli.frame.progress import watched
from app.cli.frame.reply import Complaint, Reply
from app.documents.drawing.target import Target

if TYPE_CHECKING:
    from app.domain.checking.evaluation_rules import Cell
    from app.services.evaluating.evaluation_seen import EvaluationSeen
    from app.services.office.office import Office

Which = Annotated[str, typer.Argument(metavar="EVALUATION", help="考评的编号或 id")]
Unit = Annotated[str, typer.Argument(metavar="UNIT", help="单位代码或名称")]
Criterion = Annotated[str, typer.Argument(metavar="CRITERION", help="考评项目的名称")]
Points = Annotated[str, typer.Argument(metavar="POINTS", help="得分")]
Evidence = Annotated[str, typer.Option("--evidence", help="依据")]
Said = Annotated[str, typer.Option("--said", help="申诉内容")]
Answered = Annotated[str, typer.Option("--answer", help="答复")]
Corrected = Annotated[str, typer.Option("--points", help="改为多少分；不写就不改")]
Units = Annotated[list[str], typer.Argument(metavar="UNIT...", help="要表扬的单位")]
Files = Annotated[list[Path], typer.Argument(metavar="OUT", help="写到 .docx 或 .pdf；可以写两个")]


def list_evaluations(
    *, data: Data, campaign: CampaignCode = None, operator: Operator = None
) -> Reply:
    """列出考评，新的在前。"""
    from app.cli.frame.record_views import state_value
    from app.services.evaluating.evaluation_seen import listed

    with at_work(data, operator, reads=True) as office:
        states = listed(office, campaign)
    lines = [
        f"{one.record.number}　{one.record.title}　{'已定稿' if one.record.issued_at else '未定稿'}"
        for one in states
    ]
    return Reply({"evaluations": [state_value(one) for one in states]}, lines or ["还没有考评。"])


def show(*, data: Data, which: Which, operator: Operator = None) -> Reply:
    """显示名次和各项得分。"""
    with at_work(data, operator, reads=True) as office:
        return standing(office, which)


def compute(*, data: Data, which: Which, operator: Operator = None) -> Reply:
    """取数：按数算分的项目，照现在的数给各单位打分。"""
    from app.services.evaluating import evaluations

    with at_work(data, operator) as office, watched() as watch:
        done = evaluations.compute(office, which, progress=watch.progress, cancel=watch.cancel)
        without = f"，{done.without}个没有数" if done.without else ""
        return standing(office, which, f"按数打了{done.given}个分{without}。")


def give(
    *,
    data: Data,
    which: Which,
    unit: Unit,
    criterion: Criterion,
    points: Points,
    evidence: Evidence = "",
    operator: Operator = None,
) -> Reply:
    """人工打分，写明依据。"""
    from app.services.evaluating import evaluations

    with at_work(data, operator) as office:
        cell = _cell(office, which, unit, criterion)
        evaluations.give(office, which, cell, points, evidence)
        return standing(office, which)


def appeal(
    *,
    data: Data,
    which: Which,
    unit: Unit,
    criterion: Criterion,
    said: Said,
    answer: Answered,
    points: Corrected = "",
    operator: Operator = None,
) -> Reply:
    """记一条申诉和答复；写了 --points 就改分。"""
    from app.services.evaluating import evaluations

    with at_work(data, operator) as office:
        cell = _cell(office, which, unit, criterion)
        told = evaluations.Objection(said, answer, points)
        evaluations.appeal(office, which, cell, told)
        return standing(office, which)


def commend(*, data: Data, which: Which, units: Units, operator: Operator = None) -> Reply:
    """选定要表扬的单位；定稿以后只能再添。"""
    from app.services.evaluating import evaluations
    from app.services.evaluating.evaluation_seen import seen

    with at_work(data, operator) as office:
        found = seen(office, which)
        evaluations.commend(office, which, [_unit(found, one) for one in units])
        return standing(office, which)


def issue(*, data: Data, which: Which, operator: Operator = None) -> Reply:
    """定稿：名次、日期和经办人一起存下来，以后不能改。"""
    from app.services.evaluating import evaluations

    with at_work(data, operator) as office:
        evaluations.issue(office, which)
        return standing(office, which)


def notice(*, data: Data, which: Which, out: Files, operator: Operator = None) -> Reply:
    """通报，写成 .docx（可以继续改）或 .pdf；没有定稿的写成得分表，供核对。"""
    from app.services.evaluating.evaluation_letter import letter_of, write_paper, write_word
    from app.services.evaluating.evaluation_seen import seen

    if any(path.suffix not in (".docx", ".pdf") for path in out):
        wrong("文件名请以 .docx 或 .pdf 结尾。")
    complaints: list[Complaint] = []
    with at_work(data, operator, reads=True) as office:
        found = seen(office, which)
        for path in out:
            if path.suffix == ".docx":
                write_word(office, found, path)
                continue
            target = Target(path)
            write_paper(office, found, target)
            if target.warning:
                complaints.append(Complaint("MISSING_GLYPH", target.warning))
    title = letter_of(found).title
    value = {"title": title, "issued": found.issued, "files": out}
    return Reply(value, [title, *(f"文件：{path}" for path in out)], complaints)


def _cell(office: Office, which: str, unit: str, criterion: str) -> Cell:
    from app.services.evaluating.evaluation_seen import seen

    found = seen(office, which)
    rows = found.record.criteria
    at = next((one.id for one in rows if criterion in (one.id, one.name)), criterion)
    return _unit(found, unit), at


def _unit(found: EvaluationSeen, unit: str) -> str:
    return next((code for code, name in found.units.items() if unit in (code, name)), unit)


def standing(office: Office, which: str, more: str = "") -> Reply:
    """An evaluation as it now stands."""
    from app.cli.frame.record_views import state_value
    from app.domain.campaign.evaluation_places import plain
    from app.services.evaluating.evaluation_seen import seen

    found = seen(office, which)
    places = [
        {
            "place": one.place,
            "unit": one.unit,
            "name": found.units[one.unit],
            "points": plain(one.total),
            "open": one.open,
        }
        for one in found.places
    ]
    counts = [
        {"unit": unit, "criterion": criterion, "points": plain(points)}
        for (unit, criterion), points in found.counts.items()
    ]
    value: dict[str, Any] = {**state_value(found.state), "places": places, "counts": counts}
    state = found.issue_words or "未定稿"
    record = found.record
    lines = [f"{record.number}　{record.title}　满分{plain(found.full)}分　{state}"]
    lines += [
        f"  {one['place']}　{one['name']}　{one['points']}"
        + (f"　还有{one['open']}项没有打分" if one["open"] else "")
        for one in places
    ]
    named = "、".join(found.units.get(one, one) for one in record.commended)
    lines += [f"表扬：{named}"] if named else []
    return Reply(value, [*lines, *([more] if more else [])])
