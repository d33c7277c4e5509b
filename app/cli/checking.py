"""`check`: 逻辑检查 of the own records, and the store's own integrity."""

from __future__ import annotations

from collections import Counter

from app.cli.opening import at_work
from app.cli.options import Data, Operator
from app.cli.reply import Complaint, Reply, Status
from app.cli.watching import watched


def check(*, data: Data, operator: Operator = None) -> Reply:
    """逻辑检查本单位的全部记录。"""
    from app.domain.records import TYPES
    from app.services.submitting import examine

    with at_work(data, operator) as office, watched() as watch:
        problems = examine(office, everything=True, progress=watch.progress)
    count = Counter(problem.severity for problem in problems)
    errors, notes = count["错误"], count["提醒"]
    lines = [
        f"{p.severity} {p.code}  {TYPES[p.type].label}{p.number}：{p.sentence}{p.remedy}"
        for p in problems
    ]
    complaints = (Complaint("CHECKS_OPEN", f"还有{errors}处错误。"),) if errors else ()
    return Reply(
        {"problems": problems, "errors": errors, "notes": notes},
        [*lines, f"错误{errors}处，提醒{notes}处。"],
        complaints,
        Status.REFUSED if errors else Status.DONE,
    )
