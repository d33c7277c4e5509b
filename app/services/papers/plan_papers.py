"""The papers of 工作安排: 计划安排 of a campaign, and 附件1 with its groups."""

from __future__ import annotations

from collections.abc import Sequence

from app.documents.drawing.target import Out
from app.documents.reports.plan_tables import (
    PlanHead,
    PlannedLine,
    RosterLine,
    print_plan,
    print_rosters,
)
from app.domain.campaign.board_making import roster_order
from app.domain.campaign.plan_board import BoardPlan, PlanBoard, day_words, week_span
from app.domain.kernel.progress import Cancel, Progress, silent
from app.domain.records import Area, Campaign, Enterprise, Group, Plan
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.papers.aid_choice import require_some
from app.services.planning.board import board
from app.services.records.link_resolving import Links
from app.services.records.units import name_of
from database.log.revisions import chunks
from database.state import states
from database.state.filters import among, live
from database.store.engine import Connection


@needs("print")
def print_schedule(
    office: Office,
    out: Out,
    *,
    campaign: str | None = None,
    plans: Sequence[str] | None = None,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Print 走访计划安排表: by group in roster order, then by day; `plans` narrow it to these.

    Answers its pages. Raises `UserError` NO_CAMPAIGN, NOTHING_TO_PRINT, NOT_YOUR_DUTY;
    `EnvironmentProblem`, `Cancelled`.
    """
    found = board(office, campaign or _campaign_of(office, plans))
    wanted = None if plans is None else set(plans)
    lines = [
        _line(found, row.name if row.group else "", row.leaders, one)
        for row in found.rows
        for week in range(-1, len(found.weeks))
        for one in found.cells.get((row.group, week), ())
        if wanted is None or one.plan in wanted
    ]
    require_some(lines, "走访安排")
    head = _head(office, found.campaign)
    return print_plan(head, lines, out, progress=progress, cancel=cancel)


def _campaign_of(office: Office, plans: Sequence[str] | None) -> str | None:
    """The campaign of the first of these plans; that of today for none."""
    with office.store.read() as connection:
        found = states.get(connection, Plan, plans[0]) if plans else None
    return found.record.campaign if found else None


@needs("print")
def print_roster(
    office: Office,
    out: Out,
    *,
    groups: Sequence[str],
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> int:
    """Print these groups as 附件1, in roster order; raises as `print_schedule`."""
    with office.store.read() as connection:
        found = {s.id: s.record for s in states.find(connection, Group, live(), order=("id",))}
        wanted = {one: found[one] for one in groups if one in found}
        in_order = sorted(wanted, key=lambda one: roster_order(one, wanted[one]))
        lines = [_roster_line(connection, wanted[one]) for one in in_order]
        codes = list(dict.fromkeys(wanted[one].campaign for one in in_order))
        known = Links(office, connection).campaigns
    require_some(lines, "工作组")
    titles = "、".join(known[code].short_title for code in codes if code in known)
    head = _head(office, None, titles)
    return print_rosters(head, lines, out, progress=progress, cancel=cancel)


def _head(office: Office, campaign: Campaign | None, title: str = "") -> PlanHead:
    with office.store.read() as connection:
        own = name_of(connection, office.identity.station)
    of = campaign.short_title or campaign.title if campaign else title
    return PlanHead(own, of, office.today())


def _line(found: PlanBoard, group: str, leaders: Sequence[str], one: BoardPlan) -> PlannedLine:
    flagged = [str(other) for other in one.unit.elsewhere if other.flagged]
    return PlannedLine(
        group,
        leaders,
        _when(found, one),
        one.unit.name,
        one.unit.place,
        one.unit.large,
        "；".join(flagged),
    )


def _when(found: PlanBoard, one: BoardPlan) -> str:
    """The day, or the week where only its last working day is set."""
    week = found.week_of(one.planned)
    if one.planned is None:
        return ""
    if one.planned != found.last_day(week):
        return day_words(one.planned)
    return week_span(found.weeks[week])


def _roster_line(connection: Connection, group: Group) -> RosterLine:
    areas = states.pick(connection, Area, ("code", "name"), among("code", list(group.regions)))
    names: dict[str, str] = dict(areas)
    units: dict[str, str] = {}
    for some in chunks(group.enterprises):
        units |= dict(states.pick(connection, Enterprise, ("id", "name"), among("id", some)))
    return RosterLine(
        group.leaders,
        group.departments,
        [names.get(code, code) for code in group.regions],
        [units[one] for one in group.enterprises if one in units],
        group.contacts,
        group.contacts_to_confirm,
    )
