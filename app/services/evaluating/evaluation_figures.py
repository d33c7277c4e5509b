"""The figures that points of an 考评 may follow, by unit, as of the office's today."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.domain.checking.evaluation_rules import INDICATOR, is_computed
from app.domain.kernel.progress import Cancel, Progress, silent
from app.domain.kernel.text import lookup_key
from app.domain.records import Document, Evaluation
from app.domain.records.evaluation import Criterion
from app.services.figures import dues, indicators
from app.services.figures.figure_records import FigureRecords
from app.services.figures.statistics import Statistics, statistics
from app.services.office.office import Office
from database.state import states
from database.state.filters import equal, live


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of one unit: of a rate its percentage, else a number; and as it is read."""

    value: Decimal
    words: str


Figures = Mapping[str, Figure]
"""By the code of the unit; one without a figure is not there."""


def figures_of(
    office: Office,
    evaluation: Evaluation,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> Mapping[str, Figures]:
    """By the id of each criterion that follows a figure, what the units have.

    Raises `UserError` NO_CAMPAIGN, `Cancelled`.
    """
    cancel = cancel or Cancel()
    asked = [one for one in evaluation.criteria if is_computed(one)]
    found: dict[str, Figures] = {}
    counted = {one.basis for one in asked} & (_COVERAGE | _COLUMNS.keys() | {"closed"})
    seen = (
        statistics(office, evaluation.campaign, progress=progress, cancel=cancel)
        if counted
        else None
    )
    for one in asked:
        cancel.check()
        found[one.id] = (
            _counted(seen, one.basis)
            if seen is not None and one.basis in counted
            else _LOOKS[one.basis](office, evaluation, one)
        )
    return found


_COVERAGE = frozenset({"cadres", "groups", "townships", "areas"})
_COLUMNS: Mapping[str, int] = {"enterprises": 0, "workers": 1, "persons": 6}
"""The columns of the 汇总表 that are plain numbers, by their place there."""
_DEMANDS, _CLOSED = 4, 5


def _counted(seen: Statistics, basis: str) -> Figures:
    if basis in _COVERAGE:
        rows = [row for figure in seen.figures if figure.code == basis for row in figure.rows]
        return _rates((row.code, row.numerator, row.denominator) for row in rows)
    if basis == "closed":
        told = [(row.code, row.values[_CLOSED], row.values[_DEMANDS]) for row in seen.table.rows]
        return _rates((code, _whole(part), _whole(whole)) for code, part, whole in told)
    at = _COLUMNS[basis]
    told_rows = [(row.code, row.values[at]) for row in seen.table.rows if row.code]
    return {
        code: Figure(Decimal(said), f"{said:,}")
        for code, said in told_rows
        if isinstance(said, int)
    }


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _rates(rows: Iterable[tuple[str, int, int]]) -> Figures:
    return {code: _rate(part, whole) for code, part, whole in rows if code and whole}


def _rate(part: int, whole: int) -> Figure:
    share = Decimal(100 * part) / whole
    return Figure(share, f"{part:,}／{whole:,}（{share.quantize(Decimal('0.1'))}%）")


def _on_time(office: Office, evaluation: Evaluation, criterion: Criterion) -> Figures:
    """Of what was due until today how much came by its day."""
    due: dict[str, list[bool]] = {}
    for one in dues.missing(office, evaluation.campaign).standings:
        if one.due is not None and (one.came is not None or one.due < office.today()):
            due.setdefault(one.unit, []).append(one.came is not None and one.came <= one.due)
    return _rates((unit, sum(came), len(came)) for unit, came in due.items())


def _indicator(office: Office, evaluation: Evaluation, criterion: Criterion) -> Figures:
    """What each unit reached of its own share; without a share there is no figure."""
    seen = indicators.look(office, evaluation.campaign)
    asked = lookup_key(criterion.indicator)
    meant = (one for one in seen.indicators if asked in map(lookup_key, (one.code, one.title)))
    view = next(meant, None)
    found: dict[str, Figure] = {}
    for line in view.lines if view is not None else ():
        used, target = line.reached.used, line.reached.target
        if used is None or used.unsaid or not target:
            continue
        if view is not None and view.rate:
            reached = Decimal(100 * used.part) / used.whole if used.whole else None
        else:
            reached = Decimal(used.value)
        if reached is not None:
            share = 100 * reached / target
            words = f"{line.value}，目标{line.target}，完成率{share.quantize(Decimal('0.1'))}%"
            found[line.unit] = Figure(share, words)
    return found


def _news(office: Office, evaluation: Evaluation, criterion: Criterion) -> Figures:
    """信息 that was 采用, by whose it is; whoever has a row and none has 0."""
    with office.store.read() as connection:
        ground = FigureRecords(office, connection, evaluation.campaign, members=("units",)).ground
        ours = equal("campaign", ground.campaign.code)
        adopted = states.find(connection, Document, live(), ours, equal("outcome", "adopted"))
    counts = {unit.code: 0 for unit in ground.units_in_force}
    areas = {unit.area: unit.code for unit in ground.units_in_force if unit.kind == "township"}
    for one in adopted:
        filer = one.record.unit or one.record.owner or one.owner
        for code in dict.fromkeys((filer, ground.reporting_unit(filer))):
            if code in counts:
                counts[code] += 1
    found = {code: Figure(Decimal(count), f"{count:,}") for code, count in counts.items()}
    return found | {area: found[code] for area, code in areas.items() if area}


_LOOKS: Mapping[str, Callable[[Office, Evaluation, Criterion], Figures]] = {
    "on_time": _on_time,
    INDICATOR: _indicator,
    "news": _news,
}
