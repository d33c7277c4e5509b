"""What is placed on the board of 工作安排, moved on it, taken off and taken back.

Each of these is one transaction over any number of units; what it did is told by `Placed`,
from which the window makes its board and the next Ctrl+Z its way back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from app.domain.campaign.plan_board import PlanBoard, day_words
from app.domain.checking.checks import Finding, Severity
from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.records import Enterprise, Plan
from app.services.office.duties import require_saving
from app.services.office.office import Office
from app.services.records import saving, voiding
from app.services.records.link_resolving import Links
from app.services.records.same_units import alike_by, sameness
from app.services.records.saving import Saved
from app.services.records.who_and_when import who_and_when
from database.log.revisions import chunks
from database.state import states
from database.state.filters import among, equal, live, owned_by
from database.store.engine import Connection

MOST = 500
"""Units placed at once; beyond that somebody forgot to narrow the list."""
_OFF, _BACK = "从工作安排表上取下", "撤销刚才的安排"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a unit goes: a group (or none), and the day by which it is to be visited."""

    group: str
    planned: dt.date | None


Seen = Mapping[str, Spot | None]
"""Where plans (by id) stood for who decides about them; None: taken off."""
NOTHING_SEEN: Seen = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Was:
    """One plan before it was written: its version, or None where there was none."""

    plan: str
    h: str | None


@dataclass(frozen=True, slots=True)
class Placed:
    """What was done: every plan as it is now (None: taken off), and what it was.

    `findings` are what speaks against a unit, by the id of its plan; `skipped` counts units that
    somebody had placed meanwhile.
    """

    plans: dict[str, Plan | None]
    before: tuple[Was, ...]
    findings: tuple[tuple[str, Finding], ...]
    changes: Changes
    skipped: int = 0


def place(
    office: Office,
    campaign: str,
    units: Sequence[tuple[str, Spot]],
    how: Mapping[str, str] = MappingProxyType({}),
) -> Placed:
    """Plan these enterprises (by record id), each at its spot; one planned already is left out.

    `how` is what else the plans say: how their units were chosen. Raises `UserError` TOO_MANY,
    NOT_YOUR_DUTY and as `saving.save` does; then nothing is placed.
    """
    _require(office, len(units))
    with office.store.write() as connection:
        links = Links(office, connection)
        known = _planned(office, connection, campaign, [unit for unit, _ in units])
        wanted = [(unit, spot) for unit, spot in units if unit not in known]
        made = [
            saving.save_within(
                office,
                connection,
                Plan,
                {"campaign": campaign, "enterprise": unit, **how, **_told(spot)},
                links=links,
            )
            for unit, spot in wanted
        ]
        before = tuple(Was(saved.id, None) for saved in made)
        return _placed(made, before, skipped=len(units) - len(wanted))


def move(office: Office, plans: Sequence[tuple[str, Spot]], seen: Seen = NOTHING_SEEN) -> Placed:
    """Put these plans elsewhere; raises as `place`, and STALE where one was `seen` elsewhere."""
    _require(office, len(plans))
    with office.store.write() as connection:
        _require_as_seen(connection, seen)
        links = Links(office, connection)
        before = _before(connection, [plan for plan, _ in plans])
        made = [
            saving.save_within(office, connection, Plan, _told(spot), record=plan, links=links)
            for plan, spot in plans
        ]
        return _placed(made, before)


def take_off(office: Office, plans: Sequence[str], seen: Seen = NOTHING_SEEN) -> Placed:
    """Void these plans: their units wait again; raises as `move` does."""
    _require(office, len(plans))
    with office.store.write() as connection:
        _require_as_seen(connection, seen)
        before = _before(connection, plans)
        made = [voiding.void_within(office, connection, Plan, plan, _OFF) for plan in plans]
        return _placed(made, before)


def take_back(office: Office, done: Placed) -> Placed:
    """Make undone what was done.

    Raises `UserError` NOT_YOUR_DUTY, STALE where a plan stands no longer as it was left, and what
    `saving` raises.
    """
    _require(office, len(done.before))
    with office.store.write() as connection:
        left = {plan: _spot_of(one) if one else None for plan, one in done.plans.items()}
        _require_as_seen(connection, left)
        plans = [was.plan for was in done.before]
        before = _before(connection, plans)
        made = [_as_before(office, connection, was) for was in done.before]
        return _placed([saved for saved in made if saved is not None], before)


def _as_before(office: Office, connection: Connection, was: Was) -> Saved | None:
    now = states.get(connection, Plan, was.plan)
    if now is None or now.h == was.h or (was.h is None and now.void):
        return None
    if was.h is None:
        return voiding.void_within(office, connection, Plan, was.plan, _BACK)
    return voiding.bring_back_within(office, connection, Plan, was.plan, was.h, why=_BACK)


def _require(office: Office, count: int) -> None:
    require_saving(office, Plan)
    if count > MOST:
        raise UserError(
            "TOO_MANY",
            f"一次最多安排 {MOST} 家，现在是 {count:,} 家。",
            remedy="请先选一部分，分几次安排。",
        )


def seen_on(board: PlanBoard, plans: Iterable[str]) -> Seen:
    """Where these plans stand on a board that somebody looks at."""
    spots = {one.plan: Spot(one.group, one.planned) for one in board.plans}
    return {plan: spots[plan] for plan in plans if plan in spots}


def _require_as_seen(connection: Connection, seen: Seen) -> None:
    """Raise `UserError` STALE where somebody moved a plan, or took it off, meanwhile."""
    for plan, spot in seen.items():
        now = states.get(connection, Plan, plan)
        stands = None if now is None or now.void else _spot_of(now.record)
        if now is not None and stands != spot:
            unit = states.get(connection, Enterprise, now.record.enterprise)
            name = unit.record.name if unit else now.record.number
            who = who_and_when(connection, now.changed_by, now.changed_at)
            raise UserError(
                "STALE",
                f"“{name}”的安排刚才由{who}{_deed(spot, stands)}，您这一次没有写入。",
                remedy="请看过最新的安排表再挪。",
            )


def _spot_of(plan: Plan) -> Spot:
    return Spot(plan.group, plan.planned)


def _deed(was: Spot | None, now: Spot | None) -> str:
    if now is None:
        return "取下了"
    if was is None or now.planned != was.planned:
        day = day_words(now.planned) if now.planned else "“没定日期”"
        return f"{'排' if was is None else '挪'}到了{day}"
    return "换了组"


def _told(spot: Spot) -> dict[str, Any]:
    return {
        "group": spot.group or None,
        "planned": spot.planned.isoformat() if spot.planned else None,
    }


def _planned(
    office: Office, connection: Connection, campaign: str, units: Iterable[str]
) -> set[str]:
    """Those of the enterprises that this office has planned in the campaign already.

    A plan for an entry that was joined with theirs is one for them.
    """
    same = sameness(connection, Enterprise)
    alike = {unit: alike_by(same, unit) for unit in units}
    every = sorted({one for entries in alike.values() for one in entries})
    at = live(), owned_by(office.identity.station), equal("campaign", campaign)
    found: set[str] = set()
    for some in chunks(every):
        rows = states.pick(connection, Plan, ("enterprise",), *at, among("enterprise", some))
        found |= {enterprise for (enterprise,) in rows}
    return {unit for unit, entries in alike.items() if not found.isdisjoint(entries)}


def _before(connection: Connection, plans: Sequence[str]) -> tuple[Was, ...]:
    rows = dict(states.pick(connection, Plan, ("id", "h"), among("id", list(plans))))
    return tuple(Was(plan, rows.get(plan)) for plan in plans)


def _placed(made: Iterable[Saved], before: tuple[Was, ...], *, skipped: int = 0) -> Placed:
    plans: dict[str, Plan | None] = {}
    changes, findings = Changes(), []
    for saved in made:
        record = saved.state.record
        assert isinstance(record, Plan)
        plans[saved.id] = None if saved.state.void else record
        changes |= saved.changes
        findings += [(saved.id, f) for f in saved.findings if f.severity is not Severity.INFO]
    return Placed(plans, before, tuple(findings), changes, skipped)
