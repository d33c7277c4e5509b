"""`evaluation`, what travels: points told to offices, their 申诉 and the answers to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.evaluating import Answered, Corrected, Criterion, Evidence, Which, standing
from app.cli.frame.open_folder import at_work
from app.cli.frame.options import Data, Operator
from app.cli.frame.reply import Reply

if TYPE_CHECKING:
    from app.services.evaluating.result_sheets import SheetSeen
    from app.services.office.office import Office

Sheet = Annotated[str, typer.Argument(metavar="RESULT", help="考评的名称，或考评结果的 id")]
Reason = Annotated[str, typer.Option("--said", help="申诉理由")]
Appeal = Annotated[str, typer.Argument(metavar="APPEAL", help="申诉的编号或 id")]


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


def results(*, data: Data, operator: Operator = None) -> Reply:
    """上级发来的考评结果：本单位各项得分、申诉和答复。"""
    from app.services.evaluating.result_sheets import listed_sheets

    with at_work(data, operator, reads=True) as office:
        made = [_sheet(office, one.id) for one in listed_sheets(office)]
    lines = [line for _, lines in made for line in lines]
    return Reply({"results": [value for value, _ in made]}, lines or ["还没有收到考评结果。"])


def object_to(
    *,
    data: Data,
    sheet: Sheet,
    criterion: Criterion,
    said: Reason,
    evidence: Evidence = "",
    operator: Operator = None,
) -> Reply:
    """对上级给的一项得分申诉，随下次报送交上去；再写一次就改写。"""
    from app.services.evaluating import result_sheets

    with at_work(data, operator) as office:
        at = result_sheets.seen_sheet(office, sheet).state.id
        result_sheets.object_to(office, at, criterion, said, evidence)
        return Reply(*_sheet(office, at))


def withdraw(*, data: Data, sheet: Sheet, criterion: Criterion, operator: Operator = None) -> Reply:
    """撤回一条还没有答复的申诉。"""
    from app.services.evaluating import result_sheets

    with at_work(data, operator) as office:
        at = result_sheets.seen_sheet(office, sheet).state.id
        result_sheets.withdraw(office, at, criterion)
        return Reply(*_sheet(office, at))


def _sheet(office: Office, key: str) -> tuple[dict[str, Any], list[str]]:
    from app.services.evaluating.result_sheets import seen_sheet
    from app.services.evaluating.sheet_letter import standing_words

    found = seen_sheet(office, key)
    one = found.record
    rows = [_row(found, at) for at in range(len(found.rows))]
    value = {
        "id": found.state.id,
        "title": one.title,
        "total": one.total,
        "place": one.place,
        "issued": found.issued,
        "rows": rows,
    }
    lines = [f"{one.title}　{standing_words(found)}"]
    lines += [
        f"  {row['criterion']}　{row['points'] or '—'}"
        + (f"　申诉：{row['waiting']}，等答复" if row["waiting"] else "")
        + "".join(f"　答复：{told['answer']}" for told in row["answers"])
        for row in rows
    ]
    return value, lines


def _row(found: SheetSeen, at: int) -> dict[str, Any]:
    row = found.rows[at]
    return {
        "criterion": row.line.name,
        "full": row.line.full,
        "points": row.line.points,
        "evidence": row.line.evidence,
        "figure": row.line.figure,
        "waiting": row.waiting.record.said if row.waiting else "",
        "answers": [
            {"said": one.said, "answer": one.answer, "points": one.points} for one in row.answers
        ],
    }
