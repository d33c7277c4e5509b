"""催报 taken along: a text to send (no person in it), and the list as a workbook."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from app.documents.reports.list_content import ListColumn, ListContent, Value
from app.documents.workbooks.list_sheet import write_list
from app.domain.kernel.file_names import safe_file_name
from app.services.figures.reminders import Outstanding, Owed
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.records.units import name_of

MOST_UNITS = 400
"""Units in one text; more is no message any more."""

_COLUMNS = (
    ListColumn("单位", 26),
    ListColumn("应报", 20),
    ListColumn("期限", 12),
    ListColumn("逾期天数", 8, "right", figures="#,##0"),
    ListColumn("状态", 14),
    ListColumn("联络人", 12),
    ListColumn("联络人电话", 16),
    ListColumn("单位负责人电话", 16),
    ListColumn("已催次数", 8, "right", figures="#,##0"),
    ListColumn("最近一次", 0),
    ListColumn("答应哪天", 12),
    ListColumn("过了答应的日子", 10),
)


def message(office: Office, seen: Outstanding, units: Collection[str] | None = None) -> str:
    """A text for WeChat, QQ or a telephone message: units, what is missing, days; no person.

    Of these units (codes) only where some are named; empty where nothing is missing.
    """
    by_unit: dict[str, list[Owed]] = defaultdict(list)
    for one in seen.missing:
        if units is None or one.standing.unit in units:
            by_unit[one.standing.unit_name].append(one)
    if not by_unit:
        return ""
    today = office.today()
    with office.store.read() as connection:
        sender = name_of(connection, office.identity.station)
    lines = [f"{seen.title}报送提醒（{today.month}月{today.day}日）"]
    lines += [
        f"{number}. {name}：{'；'.join(_owed(one, today) for one in owed)}。"
        for number, (name, owed) in enumerate(list(by_unit.items())[:MOST_UNITS], 1)
    ]
    return "\n".join([*lines, f"已经报送的请忽略。{sender}"])


def _owed(one: Owed, today: dt.date) -> str:
    standing, late = one.standing, one.days_late(today)
    due = f"{standing.due.month}月{standing.due.day}日前" if standing.due else ""
    told = "，".join(filter(None, (due, f"已逾期{late}天" if late else "")))
    return f"{standing.title}（{told}）" if told else standing.title


@needs("remind")
def write_sheet(office: Office, seen: Outstanding, owed: Sequence[Owed], out: Path) -> Path:
    """These lines as a workbook, with telephones: for the office itself. `EnvironmentProblem`."""
    today = office.today()

    def rows() -> Iterator[Sequence[Value]]:
        for one in owed:
            yield _row(one, today)

    with office.store.read() as connection:
        name = name_of(connection, office.identity.station)
    content = ListContent(
        title=f"{seen.title}谁还没报",
        office=name,
        made_on=today,
        columns=_COLUMNS,
        rows=rows,
        count=len(owed),
        conditions=seen.words,
    )
    write_list(out, content)
    return out


def _row(one: Owed, today: dt.date) -> Sequence[Value]:
    standing, last = one.standing, one.reminders[-1] if one.reminders else None
    return (
        standing.unit_name,
        standing.title,
        standing.due.isoformat() if standing.due else "",
        one.days_late(today),
        standing.words,
        standing.clerk,
        standing.clerk_telephone,
        standing.leader_telephone,
        len(one.reminders),
        last.words if last else "",
        one.until.isoformat() if one.until else "",
        "是" if one.broken(today) else "",
    )


def file_name(seen: Outstanding, today: dt.date) -> str:
    """谁还没报_2011-12-18.xlsx."""
    return safe_file_name(f"谁还没报_{today}.xlsx")
