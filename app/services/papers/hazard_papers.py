"""隐患报告单 (R24, R59): the level, four times against the limits of the campaign, who was told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TypeVar

from app.documents.drawing.target import Out
from app.documents.reports.hazard_report import HazardReport, Moment, hazard_reports
from app.domain.codes import HAZARD_NATURE, NEW_TREND, WARNING_LEVEL
from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, silent
from app.domain.records import Campaign, Enterprise, Hazard, Record, Visit, body_of
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.records.asked_campaign import campaign_of
from app.services.records.link_resolving import Links
from app.services.records.saving import find_one
from app.services.records.units import name_of
from database.state import states
from database.state.states import State
from database.store.engine import Connection

R = TypeVar("R", bound=Record)


@needs("print")
def print_hazard_reports(
    office: Office,
    out: Out,
    hazards: Sequence[str],
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Print the 隐患报告单 of these hazards (ids or 编号), a page each; answer the pages.

    Raises `UserError` NOT_FOUND, NOTHING_TO_PRINT; `EnvironmentProblem`, `Cancelled`.
    """
    with office.store.read() as connection:
        links = Links(office, connection)
        found = [find_one(connection, Hazard, key) for key in hazards]
        reports = [_report(office, connection, links, state) for state in found]
    if not reports:
        raise UserError("NOTHING_TO_PRINT", "没有可以打印的隐患。", remedy="请先选好要打印的内容。")
    return hazard_reports(reports, out, progress=progress, cancel=cancel)


def _report(
    office: Office, connection: Connection, links: Links, state: State[Hazard]
) -> HazardReport:
    it = state.record
    visit = _linked(connection, Visit, it.visit)
    firm = _linked(connection, Enterprise, it.enterprise)
    campaign = campaign_of(links, Hazard, body_of(it))
    return HazardReport(
        number=it.number,
        level=WARNING_LEVEL.label_of(it.level),
        enterprise=firm.name if firm else visit.enterprise_name if visit else "",
        nature=_nature(it),
        people="" if it.people is None else f"{it.people:,} 人",
        visit=visit.number if visit else "",
        responsible=it.responsible,
        office=name_of(connection, it.unit or state.owner),
        moments=tuple(_moments(it, campaign)),
        description=it.description,
        measures=it.measures,
        closed_on=it.closed_on,
        told=(bool(it.reported_to_party), bool(it.reported_to_union)),
        made_on=office.today(),
    )


def _nature(it: Hazard) -> str:
    """欠薪（新情况、新矛盾）: what it is, and what of it is new (R25)."""
    trends = "、".join(map(NEW_TREND.label_of, it.trends))
    return HAZARD_NATURE.label_of(it.nature) + (f"（{trends}）" if trends else "")


def _linked(connection: Connection, record_type: type[R], record: str) -> R | None:
    state = states.get(connection, record_type, record) if record else None
    return state.record if state else None


def _moments(it: Hazard, campaign: Campaign | None) -> Iterator[Moment]:
    """The four times; a limit only where the campaign sets one."""
    limits = campaign or Campaign()
    yield Moment("发现", _at(it.found_at))
    for title, at, hours in (
        ("介入", it.joined_at, limits.hazard_join_hours),
        ("处置", it.handled_at, limits.hazard_handle_hours),
        ("报告", it.reported_at, limits.hazard_report_hours),
    ):
        after = at - it.found_at if at and it.found_at else None
        yield Moment(title, _at(at), _after(after), _limit(after, hours))


def _at(moment: dt.datetime | None) -> str:
    if moment is None:
        return ""
    return f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M}"


def _after(span: dt.timedelta | None) -> str:
    """1 天 4 小时 40 分钟, 25 分钟; "" where one of the two times is missing."""
    if span is None:
        return ""
    minutes = int(span.total_seconds() // 60)
    told = ((minutes // 1440, "天"), (minutes // 60 % 24, "小时"), (minutes % 60, "分钟"))
    return " ".join(f"{count} {unit}" for count, unit in told if count) or "0 分钟"


def _limit(span: dt.timedelta | None, hours: int | None) -> str:
    if hours is None:
        return ""
    if span is None:
        return f"{hours} 小时内"
    late = span > dt.timedelta(hours=hours)
    return f"{hours} 小时内，{'超过' if late else '没有超过'}"
