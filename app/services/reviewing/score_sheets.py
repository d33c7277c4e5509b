"""考评结果 for one office: its own points, evidence, answers and place, kept in step (R43, R47).

A sheet is made of an 考评 of this office whenever an answer is written, once the points are shown
to be checked (交核对) or issued (定稿). Nothing of another office's points is in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from app.domain.campaign.evaluation_places import basis_words
from app.domain.checking.evaluation_rules import points_of
from app.domain.records import Evaluation, ScoreSheet, SheetAnswer, SheetLine, Unit
from app.services.office.office import Office
from app.services.reviewing.told_records import keep_told
from database.state import states
from database.state.filters import equal, live, owned_by
from database.state.states import State
from database.store.engine import Connection


def keep_up(office: Office, connection: Connection, station: str) -> None:
    """Make the sheets of one office say what the 考评 of this one say now."""
    ours = owned_by(office.identity.station)
    names = scored_as(connection, station)
    made = {one.id: one for one in states.find(connection, Evaluation, ours)}
    wanted = {
        one.id: sheet
        for one in made.values()
        if not one.void
        for sheet in _sheets(one, station, names)
    }
    for state in states.find(connection, ScoreSheet, ours, equal("station", station)):
        sheet = wanted.pop(state.record.source, None)
        if not _says(state, sheet):
            source = made.get(state.record.source)
            last = {"told_of": source.changed_at} if source is not None else {}
            keep_told(office, connection, ScoreSheet, state, sheet, last=last)
    for sheet in wanted.values():
        keep_told(office, connection, ScoreSheet, None, sheet)


def _says(state: State[ScoreSheet], wanted: ScoreSheet | None) -> bool:
    """Whether that is told already, though other cells of the 考评 were changed since."""
    if state.void or wanted is None:
        return state.void and wanted is None
    told = {"owner": "", "told_of": wanted.told_of}
    return msgspec.structs.replace(state.record, **told) == wanted


def scored_as(connection: Connection, station: str) -> frozenset[str]:
    """The codes under which an office is scored: its own, and a township's area."""
    unit = next(iter(states.find(connection, Unit, live(), equal("code", station))), None)
    area = unit.record.area if unit is not None and unit.record.kind == "township" else ""
    return frozenset({station, area} - {""})


def _sheets(state: State[Evaluation], station: str, names: frozenset[str]) -> Iterator[ScoreSheet]:
    one = state.record
    if one.shown_at is None and one.issued_at is None:
        return
    scored = {row.unit for row in one.scores} | {row.id for row in one.standings}
    for code in sorted(names & scored)[:1]:
        yield _sheet(state, station, code)


def _sheet(state: State[Evaluation], station: str, code: str) -> ScoreSheet:
    one = state.record
    counts = {at: points for (unit, at), points in points_of(one).items() if unit == code}
    scores = {row.criterion: row for row in one.scores if row.unit == code}
    placed = next((row for row in one.standings if row.id == code), None)
    lines = [
        SheetLine(
            id=row.id,
            name=row.name,
            how=basis_words(row),
            full=row.points,
            points=f"{counts[row.id]:.2f}" if row.id in counts else None,
            evidence=scores[row.id].evidence if row.id in scores else "",
            figure=scores[row.id].figure if row.id in scores else "",
        )
        for row in one.criteria
    ]
    return ScoreSheet(
        station=station,
        source=state.id,
        campaign=one.campaign,
        title=one.title,
        as_of=one.as_of,
        lines=tuple(lines),
        answers=tuple(_answers(one, code)),
        total=_as_kept(sum(counts.values(), Decimal(0))),
        place=placed.place if placed else None,
        among=len(one.standings) or None,
        issued_at=one.issued_at,
        told_of=state.changed_at,
    )


def _as_kept(points: Decimal) -> str:
    """As a sum reads when it was kept; written otherwise it would be told with each answer."""
    return f"{points:.2f}".removesuffix(".00")


def _answers(one: Evaluation, code: str) -> Iterator[SheetAnswer]:
    for row in one.appeals:
        if row.unit == code:
            yield SheetAnswer(
                id=row.id,
                criterion=row.criterion,
                appeal=row.appeal,
                said=row.said,
                answer=row.answer,
                points=row.points,
                on=row.on,
                by=row.by,
            )
