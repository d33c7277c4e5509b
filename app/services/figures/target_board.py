"""目标看板: all targets at a glance, who lags behind where, and one of them as a map of tiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.domain.campaign import target_pace
from app.domain.campaign.indicators import Amount, total
from app.domain.campaign.target_pace import Pace
from app.domain.records import Campaign, Indicator
from app.services.figures.indicators import NOTHING, IndicatorsView, IndicatorView, UnitLine
from app.services.office.office import Office
from app.services.records.link_resolving import Links
from database.reference import preset

_ABREAST = 4
"""Tiles in a row where nobody said where the counties lie."""


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One target: where the whole stands, which way it goes, and who lags, the farthest first."""

    view: IndicatorView
    pace: Pace
    trend: str
    lagging: tuple[UnitLine, ...]
    unsaid: tuple[UnitLine, ...]

    @property
    def lagging_words(self) -> str:
        """落后 3：沙湾区总工会、…; 没有报数 8."""
        names = "、".join(one.name for one in self.lagging)
        behind = f"落后 {len(self.lagging)}：{names}" if names else ""
        return "；".join(
            filter(None, (behind, f"没有报数 {len(self.unsaid)}" if self.unsaid else ""))
        )


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """One unit: the targets it lags behind with, the farthest first, and those it is silent on."""

    unit: str
    name: str
    lagging: tuple[tuple[IndicatorView, UnitLine], ...]
    unsaid: tuple[IndicatorView, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """A county on the map; `shade` is how dark it is, 0 to 1, None where nothing is known."""

    name: str
    row: int
    column: int
    value: str
    note: str
    shade: float | None
    line: UnitLine


@dataclass(frozen=True, slots=True)
class TargetBoard:
    """All of it, made of one look at the indicators; `over` is the part of the year gone by."""

    seen: IndicatorsView
    over: Decimal
    lines: tuple[BoardLine, ...]
    units: tuple[UnitStanding, ...]

    @property
    def over_words(self) -> str:
        """全年已过 69%."""
        return f"全年已过 {int(self.over * 100)}%"


def board(office: Office, seen: IndicatorsView) -> TargetBoard:
    """The board of what was counted; nothing is counted again."""
    with office.store.read() as connection:
        campaign = Links(office, connection).campaigns.get(seen.campaign, Campaign())
    over = target_pace.elapsed(campaign, seen.as_of)
    known = {one.code: one for one in campaign.indicators}
    standing = {view.code: _paces(known[view.code], view, over) for view in seen.indicators}
    lines = tuple(_line(known[view.code], view, over, standing) for view in seen.indicators)
    return TargetBoard(seen, over, lines, _units(known, seen, standing))


_Paces = Mapping[str, Pace]
"""By unit where it stands."""


def _paces(one: Indicator, view: IndicatorView, over: Decimal) -> _Paces:
    return {
        line.unit: target_pace.pace(one, line.reached.used, line.reached.target, over)
        for line in view.lines
    }


def _line(
    one: Indicator, view: IndicatorView, over: Decimal, standing: Mapping[str, _Paces]
) -> BoardLine:
    reached, of = view.total.reached, standing[view.code]
    behind = [line for line in view.lines if of[line.unit] is Pace.BEHIND]
    return BoardLine(
        view,
        target_pace.pace(one, reached.used, reached.target, over),
        target_pace.trend(one, _months(view)),
        tuple(sorted(behind, key=lambda line: _attained(one, line))),
        tuple(line for line in view.lines if of[line.unit] is Pace.UNSAID),
    )


def _months(view: IndicatorView) -> Mapping[str, Amount]:
    """What all units said of each month."""
    every = sorted({month for line in view.lines for month in line.reached.months})
    told = {
        month: total(
            [r.months[month] for line in view.lines if month in (r := line.reached).months]
        )
        for month in every
    }
    return {month: amount for month, amount in told.items() if amount is not None}


def _attained(one: Indicator, line: UnitLine) -> Decimal:
    used, target = line.reached.used, line.reached.target
    return target_pace.attained(one, used, target) if used is not None and target else Decimal(0)


def _units(
    known: Mapping[str, Indicator], seen: IndicatorsView, standing: Mapping[str, _Paces]
) -> tuple[UnitStanding, ...]:
    """Every unit that lags anywhere or says nothing where it is asked, the most lagging first."""
    names = {line.unit: line.name for view in seen.indicators for line in view.lines}
    found = []
    for unit, name in names.items():
        behind, unsaid = [], []
        for view in seen.indicators:
            line = next((line for line in view.lines if line.unit == unit), None)
            word = standing[view.code].get(unit)
            if line is not None and word is Pace.BEHIND:
                behind.append((view, line))
            elif word is Pace.UNSAID:
                unsaid.append(view)
        behind.sort(key=lambda both: _attained(known[both[0].code], both[1]))
        if behind or unsaid:
            found.append(UnitStanding(unit, name, tuple(behind), tuple(unsaid)))
    found.sort(key=lambda one: (-len(one.lagging), -len(one.unsaid)))
    return tuple(found)


def tiles(view: IndicatorView) -> tuple[Tile, ...]:
    """One figure as a map: each county where it lies, as dark as it is far.

    Of a rate the rate itself is written, of a number with a target how much of it was reached;
    else the number. Counties of which nobody knows where they lie stand in rows below.
    """
    places = preset.tiles()
    lines = [line for line in view.lines if line.unit in places or not places]
    shares = {line.unit: _share(view, line) for line in view.lines}
    others = [one for one in view.lines if one.unit not in places and shares[one.unit] is not None]
    most = max((share for share in shares.values() if share is not None), default=0.0)
    below = 1 + max((row for row, _ in places.values()), default=-1)
    found = [_tile(line, places[line.unit], shares[line.unit], most) for line in lines]
    for place, line in enumerate(others):
        at = below + place // _ABREAST, place % _ABREAST
        found.append(_tile(line, at, shares[line.unit], most))
    return tuple(sorted(found, key=lambda tile: (tile.row, tile.column)))


def _share(view: IndicatorView, line: UnitLine) -> float | None:
    used, target = line.reached.used, line.reached.target
    if used is None or used.unsaid:
        return None
    if view.rate:
        return used.part / used.whole if used.whole else None
    return used.value / target if target else float(used.value)


def _tile(line: UnitLine, at: tuple[int, int], share: float | None, most: float) -> Tile:
    name = line.name.removesuffix("总工会").removesuffix("工会")
    shade = None if share is None else min(share / most, 1.0) if most else 0.0
    note = line.completion if line.completion != NOTHING else ""
    return Tile(name, *at, line.value, note, shade, line)


def figures(seen: IndicatorsView) -> Sequence[tuple[str, str]]:
    """What a map may show: code and title of every indicator."""
    return [(view.code, f"{view.code} {view.title}") for view in seen.indicators]
