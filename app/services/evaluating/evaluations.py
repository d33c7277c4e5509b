"""考评 at work: points given and computed, appeals, 表扬, 定稿 (R43, R47)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.domain.campaign.evaluation_places import computed_points, plain
from app.domain.checking.evaluation_rules import Cell, full_of
from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, silent
from app.domain.records import Criterion, Evaluation, body_of
from app.services.evaluating.evaluation_figures import Figure, Figures, figures_of
from app.services.evaluating.evaluation_seen import EvaluationSeen, seen
from app.services.evaluating.open_evaluation import (
    open_cell,
    refuse_other_points,
    require_open,
    row_body,
)
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.people.paper_names import operator_of
from app.services.records import saving
from app.services.records.saving import find_one, save_within
from database.state import states
from database.state.filters import live, owned_by
from database.state.states import State
from database.store.engine import Connection


@dataclass(frozen=True, slots=True)
class Computed:
    """How many cells got points from a figure, and for how many there was no figure."""

    given: int
    without: int
    changes: Changes


@dataclass(frozen=True, slots=True)
class Objection:
    """What a unit said against a cell, the answer, and the points it has from then on, if any."""

    said: str
    answer: str
    points: str = ""


@dataclass(frozen=True, slots=True)
class Differing:
    """A computed cell whose figure is another now than when its points were given."""

    unit: str
    criterion: str
    then: str
    now: str


# -- the rubric


def like_last(office: Office, campaign: str, title: str) -> saving.Saved:
    """A new 考评 with the criteria of this office's newest; nothing of its scores.

    Raises `UserError` NO_LAST, NOT_YOUR_DUTY and as `saving.save`.
    """
    rubrics = _rubrics(office)
    if not rubrics:
        raise UserError("NO_LAST", "本单位还没有做过考评。", remedy="请按 Ctrl+N 从空白开始。")
    last = max(rubrics, key=lambda one: one.as_of or dt.date.min)
    body = body_of(last)
    kept: dict[str, object] = {n: body[n] for n in ("criteria", "kinds") if n in body}
    return saving.save(
        office,
        Evaluation,
        {**kept, "campaign": campaign, "title": title, "as_of": office.today().isoformat()},
    )


def has_rubric(office: Office) -> bool:
    """Whether this office has made a 考评 whose criteria another can begin with."""
    return bool(_rubrics(office))


def _rubrics(office: Office) -> list[Evaluation]:
    with office.store.read() as connection:
        own = owned_by(office.identity.station)
        found = states.find(connection, Evaluation, live(), own)
    return [one.record for one in found if one.record.criteria]


# -- points


@needs("key")
def give(
    office: Office,
    key: str,
    cell: Cell,
    points: str,
    evidence: str,
    *,
    base: EvaluationSeen | None = None,
) -> Changes:
    """Give points by hand, with the evidence; empty points take the row away.

    `base` is what was looked at before. Raises `UserError` NO_CELL, NOT_OWNER, STALE and as
    `saving.save`, with E01 too many points.
    """
    with office.store.write() as connection:
        state = open_cell(office, connection, key, cell)
        refuse_other_points(connection, base, state, cell)
        by = operator_of(connection, office).name
        row = _score_row(cell, points, evidence, "", by)
        return _with_scores(office, connection, state, {cell: row if points.strip() else None})


def _score_row(cell: Cell, points: str, evidence: str, figure: str, by: str) -> dict[str, str]:
    unit, criterion = cell
    told = {
        "id": f"{unit}.{criterion}",
        "unit": unit,
        "criterion": criterion,
        "points": points.strip(),
        "evidence": evidence.strip(),
        "figure": figure,
        "by": by,
    }
    return {name: value for name, value in told.items() if value}


def _with_scores(
    office: Office,
    connection: Connection,
    state: State[Evaluation],
    rows: Mapping[Cell, dict[str, str] | None],
    base: str | None = None,
) -> Changes:
    kept = {(one.unit, one.criterion): row_body(one) for one in state.record.scores}
    merged = {cell: row for cell, row in (kept | dict(rows)).items() if row is not None}
    typed = {"scores": list(merged.values())}
    return save_within(office, connection, Evaluation, typed, record=state.id, base=base).changes


@needs("key")
def compute(
    office: Office, key: str, *, progress: Progress = silent, cancel: Cancel | None = None
) -> Computed:
    """Give points to every cell of a criterion that follows a figure, as the figure is now.

    Points given by hand to such a cell are replaced, its evidence is kept; corrections after
    an appeal still count. Raises as `give`, `Cancelled`.
    """
    before = seen(office, key)
    require_open(before.state)
    found = figures_of(office, before.record, progress=progress, cancel=cancel)
    by_id = {one.id: one for one in before.record.criteria}
    with office.store.write() as connection:
        state = find_one(connection, Evaluation, before.state.id)
        rows = {
            (unit, at): _computed_row(before, (unit, at), by_id[at], figures[unit])
            for at, figures in found.items()
            for unit in before.units
            if unit in figures
        }
        changes = _with_scores(office, connection, state, rows, before.state.h)
    return Computed(len(rows), len(found) * len(before.units) - len(rows), changes)


def _computed_row(
    before: EvaluationSeen, cell: Cell, criterion: Criterion, figure: Figure
) -> dict[str, str]:
    full, full_at = full_of(criterion), Decimal(criterion.full_at or 0)
    points = plain(computed_points(full, figure.value, full_at))
    score = before.score(cell)
    return _score_row(cell, points, score.evidence if score else "", figure.words, "由数计算")


def differing(
    office: Office,
    key: str,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> tuple[Differing, ...]:
    """The computed cells whose figure is another now, e.g. after the 定稿; raises as `seen`."""
    before = seen(office, key)
    found = figures_of(office, before.record, progress=progress, cancel=cancel)
    return tuple(_differing(before, found))


def _differing(before: EvaluationSeen, found: Mapping[str, Figures]) -> Iterable[Differing]:
    for score in before.record.scores:
        if score.figure and score.criterion in found:
            now = found[score.criterion].get(score.unit)
            words = now.words if now is not None else "没有数"
            if words != score.figure:
                yield Differing(score.unit, score.criterion, score.figure, words)


# -- 交核对, appeals, 表扬, 定稿


@needs("key")
def show_points(office: Office, key: str, *, shown: bool = True) -> Changes:
    """交核对: tell every office scored its own points with the next answer; or no longer.

    Raises `UserError` NOTHING_SCORED, ISSUED, NOT_OWNER.
    """
    found = seen(office, key)
    require_open(found.state)
    if shown and not found.counts:
        raise UserError("NOTHING_SCORED", "还没有打分，没有可以核对的。", remedy="请先打分或取数。")
    with office.store.write() as connection:
        typed = {
            "shown_at": office.now() if shown else None,
            "shown_by": operator_of(connection, office).name if shown else None,
        }
        record, base = found.state.id, found.state.h
        return save_within(office, connection, Evaluation, typed, record=record, base=base).changes


@needs("key")
def appeal(office: Office, key: str, cell: Cell, told: Objection) -> Changes:
    """Write down an 申诉 with its answer; its points correct the cell, "" lets it stand.

    Raises as `give`.
    """
    with office.store.write() as connection:
        state = open_cell(office, connection, key, cell)
        row = {
            "id": office.new_id(),
            "unit": cell[0],
            "criterion": cell[1],
            "said": told.said.strip(),
            "answer": told.answer.strip(),
            "points": told.points.strip(),
            "on": office.today().isoformat(),
            "by": operator_of(connection, office).name,
        }
        added = {name: value for name, value in row.items() if value}
        typed = {"appeals": [*map(row_body, state.record.appeals), added]}
        return save_within(office, connection, Evaluation, typed, record=state.id).changes


@needs("key")
def commend(office: Office, key: str, units: Sequence[str]) -> Changes:
    """Name the units that are commended, in this order; after the 定稿 only further ones.

    Raises `UserError` NO_UNIT and as `saving.save`.
    """
    found = seen(office, key)
    if gone := [one for one in units if one not in found.units]:
        raise UserError("NO_UNIT", f"这次考评里没有单位“{gone[0]}”。", remedy="请核对单位。")
    typed = {"commended": list(units)}
    record, base = found.state.id, found.state.h
    return saving.save(office, Evaluation, typed, record=record, base=base).changes


@needs("prepare")
def issue(office: Office, key: str) -> Changes:
    """定稿: keep the places with the day and who, and change nothing of it from now on.

    Raises `UserError` ISSUED, NOTHING_SCORED and as `saving.save`.
    """
    found = seen(office, key)
    require_open(found.state)
    if not found.counts:
        raise UserError("NOTHING_SCORED", "还没有打分，不能定稿。", remedy="请先打分或取数。")
    rows = [
        {
            "id": one.unit,
            "name": found.units[one.unit],
            "points": plain(one.total),
            "place": one.place,
        }
        for one in found.places
    ]
    with office.store.write() as connection:
        typed = {
            "standings": rows,
            "issued_at": office.now(),
            "issued_by": operator_of(connection, office).name,
        }
        record = found.state.id
        base = found.state.h
        return save_within(office, connection, Evaluation, typed, record=record, base=base).changes
