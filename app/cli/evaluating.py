"""`evaluation`, the side of who scores: points by the own rubric, 申诉 answered, 定稿, told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.frame.letter_files import Files, require_endings, write_letter
from app.cli.frame.open_folder import at_work
from app.cli.frame.options import CampaignCode, Data, Operator
from app.cli.frame.progress import watched
from app.cli.frame.reply import Reply

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
Appeal = Annotated[str, typer.Argument(metavar="APPEAL", help="申诉的编号或 id")]
Units = Annotated[list[str], typer.Argument(metavar="UNIT...", help="要表扬的单位")]


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


def show_points(*, data: Data, which: Which, operator: Operator = None) -> Reply:
    """交核对：各单位自己的得分随下次回执发下去。"""
    return _shown(data, which, operator, shown=True)


def hide_points(*, data: Data, which: Which, operator: Operator = None) -> Reply:
    """收回核对；已经发下去的，随下次回执收回。"""
    return _shown(data, which, operator, shown=False)


def _shown(data: Data, which: str, operator: Operator, *, shown: bool) -> Reply:
    from app.services.evaluating import evaluations

    with at_work(data, operator) as office:
        evaluations.show_points(office, which, shown=shown)
        return standing(office, which)


def appeals(*, data: Data, which: Which, operator: Operator = None) -> Reply:
    """列出下级交来、还没有答复的申诉。"""
    from app.services.evaluating.evaluation_seen import seen

    with at_work(data, operator, reads=True) as office:
        found = seen(office, which)
    rows = [
        {
            "id": told.id,
            "number": told.record.number,
            "unit": unit,
            "criterion": told.record.name,
            "said": told.record.said,
            "evidence": told.record.evidence,
        }
        for (unit, _), every in found.waiting.items()
        for told in every
    ]
    lines = [
        f"{row['number']}　{found.units.get(row['unit'], row['unit'])}　{row['criterion']}　"
        f"{row['said']}" + (f"　依据：{row['evidence']}" if row["evidence"] else "")
        for row in rows
    ]
    return Reply({"appeals": rows}, lines or ["没有等待答复的申诉。"])


def decide(
    *,
    data: Data,
    which: Which,
    appeal: Appeal,
    answer: Answered,
    points: Corrected = "",
    operator: Operator = None,
) -> Reply:
    """答复下级的申诉；写了 --points 就改分，不写就维持。"""
    from app.services.evaluating import score_appeals

    with at_work(data, operator) as office:
        decision = score_appeals.Decision(answer, points)
        score_appeals.decide(office, which, appeal, decision)
        return standing(office, which)


def undecide(*, data: Data, which: Which, appeal: Appeal, operator: Operator = None) -> Reply:
    """撤回对一条申诉的答复，它又等待答复。"""
    from app.services.evaluating import score_appeals

    with at_work(data, operator) as office:
        score_appeals.take_back(office, which, appeal)
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
    from app.services.evaluating.evaluation_letter import letter_file
    from app.services.evaluating.evaluation_seen import seen

    require_endings(out)
    with at_work(data, operator, reads=True) as office:
        found = seen(office, which)
        file = letter_file(found)
        complaints = write_letter(office, file, out)
    title = file.letter.title
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
