"""`evaluation`, the side of who is scored: the own points, 申诉 against them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.evaluating import Criterion, Evidence
from app.cli.frame.open_folder import at_work
from app.cli.frame.options import Data, Operator
from app.cli.frame.reply import Reply

if TYPE_CHECKING:
    from app.services.evaluating.result_sheets import SheetSeen
    from app.services.office.office import Office

Sheet = Annotated[str, typer.Argument(metavar="RESULT", help="考评的名称，或考评结果的 id")]
Reason = Annotated[str, typer.Option("--said", help="申诉理由")]


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
