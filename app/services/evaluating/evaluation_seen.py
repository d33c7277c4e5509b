"""An 考评 as it stands: who is scored, what counts in each cell, the places (R43, R47).

seen(office, key).places                  # from the highest total down
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from app.domain.campaign.evaluation_places import Place, full_marks, places
from app.domain.checking.evaluation_rules import Cell, points_of
from app.domain.records import Appeal, Evaluation, Score, ScoreAppeal
from app.services.figures.figure_records import FigureRecords
from app.services.figures.office_scope import OfficeScope, reach_of
from app.services.office.office import Office
from app.services.records.link_resolving import Links
from app.services.records.saving import find_one
from app.services.records.units import name_of
from app.services.reviewing.score_sheets import scored_as
from database.state import states
from database.state.filters import equal, live, not_
from database.state.states import State
from database.store.engine import Connection

_MEMBERS = ("units", "areas")


@dataclass(frozen=True, slots=True)
class EvaluationSeen:
    """An 考评 as it stands: the units scored (code, name) in official order, by their places.

    `counts` is what each scored cell counts, `full` the full marks. `mine` says whether this
    office made it; `waiting` are the 申诉 of units that nobody has answered, by cell.
    """

    state: State[Evaluation]
    office: str
    campaign: str
    units: Mapping[str, str]
    places: tuple[Place, ...]
    counts: Mapping[Cell, Decimal]
    full: Decimal
    mine: bool
    waiting: Mapping[Cell, Sequence[State[ScoreAppeal]]] = field(default_factory=dict)

    @property
    def record(self) -> Evaluation:
        """What is kept."""
        return self.state.record

    @property
    def issued(self) -> bool:
        """Whether nothing of it changes any more."""
        return self.record.issued_at is not None

    @property
    def issue_words(self) -> str:
        """定稿 2011-12-20 李经办, "" before."""
        at = self.record.issued_at
        return f"定稿 {at:%Y-%m-%d} {self.record.issued_by}" if at else ""

    @property
    def show_words(self) -> str:
        """12月20日起交核对, "" before and after the 定稿."""
        at = self.record.shown_at
        return f"{at.month}月{at.day}日起交核对" if at and not self.issued else ""

    def score(self, cell: Cell) -> Score | None:
        """The row of points given to a cell."""
        return cell_of(self.record, cell)[0]

    def appeals(self, cell: Cell) -> tuple[Appeal, ...]:
        """What the unit said against it, in order of time."""
        return cell_of(self.record, cell)[1]


def cell_of(record: Evaluation, cell: Cell) -> tuple[Score | None, tuple[Appeal, ...]]:
    """The points given to a cell, and what its unit said against it."""
    given = (one for one in record.scores if (one.unit, one.criterion) == cell)
    said = (one for one in record.appeals if (one.unit, one.criterion) == cell)
    return next(given, None), tuple(said)


def waiting_of(
    connection: Connection, state: State[Evaluation]
) -> Mapping[Cell, Sequence[State[ScoreAppeal]]]:
    """The 申诉 of offices below against an 考评 that nobody has answered, by cell."""
    answered = {row.appeal for row in state.record.appeals}
    of_it = equal("source", state.id), not_(equal("owner", state.owner))
    found: dict[Cell, list[State[ScoreAppeal]]] = {}
    for told in states.find(connection, ScoreAppeal, live(), *of_it, order=("id",)):
        if told.id not in answered:
            found.setdefault(cell_against(connection, state, told), []).append(told)
    return found


def cell_against(
    connection: Connection, state: State[Evaluation], told: State[ScoreAppeal]
) -> Cell:
    """The cell that an 申诉 is about: always one of the office that made it."""
    names = scored_as(connection, told.owner)
    scored = {row.unit for row in state.record.scores} & names
    return min(scored or names), told.record.criterion


def listed(office: Office, campaign: str | None = None) -> list[State[Evaluation]]:
    """The 考评 of a campaign (its code; else of all) that stand, the newest first."""
    asked = (equal("campaign", campaign),) if campaign else ()
    with office.store.read() as connection:
        found = states.find(connection, Evaluation, live(), *asked)
    own = office.identity.station
    days = sorted(found, key=lambda one: one.record.as_of or dt.date.min, reverse=True)
    return sorted(days, key=lambda one: one.owner != own)


def seen(office: Office, key: str) -> EvaluationSeen:
    """One 考评 by its id or 编号; raises `UserError` NOT_FOUND."""
    with office.store.read() as connection:
        state = find_one(connection, Evaluation, key)
        units = units_scored(office, connection, state)
        record = state.record
        campaign = Links(office, connection).campaigns.get(record.campaign)
        return EvaluationSeen(
            state,
            name_of(connection, state.owner),
            (campaign.short_title or campaign.title) if campaign else record.campaign,
            units,
            places(record, tuple(units)),
            points_of(record),
            full_marks(record),
            state.owner == office.identity.station,
            waiting_of(connection, state),
        )


def units_scored(
    office: Office, connection: Connection, state: State[Evaluation]
) -> dict[str, str]:
    """Who is scored, by code, in official order; once issued, as they stood then.

    Units of the kinds chosen; where a county made it, its townships and zones.
    """
    record = state.record
    if record.standings:
        return {one.id: one.name for one in record.standings}
    ground = FigureRecords(office, connection, record.campaign, members=_MEMBERS).ground
    reach = reach_of(Links(office, connection))
    if reach.whole and state.owner == office.identity.station:
        kinds = record.kinds or ("county",)
        return {unit.code: unit.name for unit in ground.units_in_force if unit.kind in kinds}
    scope = reach if not reach.whole else OfficeScope(unit=state.owner)
    return {code: ground.area_by_code[code].name for code in scope.areas(ground)}
