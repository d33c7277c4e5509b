"""指标进度 as it is shown: every indicator of a campaign, by unit and month, and its plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.campaign import indicators as domain
from app.domain.campaign.campaign_data import CampaignData
from app.domain.campaign.coverage_figures import unsaid
from app.domain.campaign.indicators import Amount, Behind, Reached
from app.domain.checking.formulas import FORMULAS, counted_by
from app.domain.codes import INDICATOR_UNIT, INDUSTRY, STRENGTH
from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.records import Attainment, Campaign, Indicator, Target, Unit
from app.services.figures.figure_records import FigureRecords
from app.services.figures.indicator_counts import IndicatorCounts
from app.services.figures.office_scope import OfficeScope, reach_of
from app.services.office.duties import require
from app.services.office.office import Office
from app.services.records import saving, voiding
from app.services.records.link_resolving import Links
from database.state import states
from database.state.filters import equal, live
from database.state.states import State
from database.store.engine import Connection

_MEMBERS = ("units", "areas")
TYPED_WORD, COUNTED_WORD = "填报", "记录"
NOTHING = "—"
"""In the place of a number that nobody said."""


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit's part of an indicator, in words and as it is.

    `source` says whether the number was typed (填报) or the records say it (记录); `beside` what
    the other of the two says, where it says something else.
    """

    unit: str
    name: str
    reached: Reached
    value: str
    source: str
    beside: str
    target: str
    completion: str
    gap: str
    months: tuple[tuple[str, str], ...]

    @property
    def behind(self) -> Behind | None:
        """The records the number is made of, where they are of one type."""
        used = self.reached.used
        return used.behind if used is not None else None


@dataclass(frozen=True, slots=True)
class YearLine:
    """One year of a plan over several: its target and what was reached."""

    plan: str
    year: int
    target: str
    reached: str


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """One indicator: its words, the whole, the units, and the years of its plan.

    `asked` is its target with how firmly it is meant, or that there is none; `counted_as` says
    what of the records is counted, "" where none are; `allotted` how the shares of the units add
    up to the target ("" for a rate, or where nothing was shared out).
    """

    code: str
    title: str
    unit: str
    strength: str
    asked: str
    basis: str
    rate: bool
    formula: str
    counted_as: str
    total: UnitLine
    lines: tuple[UnitLine, ...]
    years: tuple[YearLine, ...]
    allotted: str

    @property
    def standing(self) -> str:
        """What is asked and how far it is: 力争 2,000 人次，还差 12; 没有定目标，完成 3 次."""
        total = self.total
        reached = "还没有填" if total.value == NOTHING else f"完成 {total.value}"
        reached += "" if self.rate or total.value == NOTHING else f" {self.unit}"
        if total.target == NOTHING:
            return f"{self.asked}，{reached}"
        asked = self.asked if self.rate else f"{self.asked} {self.unit}"
        return f"{asked}，{reached if total.gap == NOTHING else total.gap}"


@dataclass(frozen=True, slots=True)
class IndicatorsView:
    """All indicators of a campaign as of a day; `themes` are its 重点领域 (R73)."""

    campaign: str
    title: str
    office: str
    as_of: dt.date
    by_unit: bool
    indicators: tuple[IndicatorView, ...]
    themes: tuple[str, ...] = ()


def look(office: Office, campaign: str | None = None) -> IndicatorsView:
    """Every indicator of a campaign as of the office's today; raises `UserError` NO_CAMPAIGN."""
    with office.store.read() as connection:
        gathered = FigureRecords(office, connection, campaign, members=_MEMBERS)
        links = Links(office, connection)
        chosen = gathered.ground.campaign
        entries = states.find(connection, Attainment, live(), equal("campaign", chosen.code))
        targets = states.find(connection, Target, live(), equal("campaign", chosen.code))
        scope = reach_of(links)
        own = links.own_unit
    counts = IndicatorCounts(office, chosen.code)
    looking = _Looking(gathered.ground, scope, entries, targets, counts)
    return IndicatorsView(
        chosen.code,
        chosen.short_title or chosen.title,
        own.name if own else office.identity.station,
        office.today(),
        scope.whole,
        tuple(looking.view(one) for one in chosen.indicators),
        (*chosen.focus_themes, *map(INDUSTRY.label_of, chosen.focus_industries)),
    )


class _Looking:
    """The indicators of one campaign on their way."""

    def __init__(
        self,
        ground: CampaignData,
        scope: OfficeScope,
        entries: Iterable[State[Attainment]],
        targets: Iterable[State[Target]],
        counts: IndicatorCounts,
    ) -> None:
        self._ground, self._scope, self._counts = ground, scope, counts
        unit_of = {
            one.id: ground.reporting_unit(one.record.unit or one.owner) or one.owner
            for one in entries
        }
        told = {one.id: one.record for one in entries}
        self._entries = domain.by_unit(told, ground.campaign.code, unit_of)
        self._shares = {
            (one.record.indicator, one.record.unit): one.record.value for one in targets
        }

    def view(self, one: Indicator) -> IndicatorView:
        """One indicator."""
        formula = counted_by(one)
        counted = self._counts.of(formula)
        units = self._units(one, counted or {})
        reached = {unit.code: self._reached(one, unit.code, counted) for unit in units}
        used = [r.used for r in reached.values() if r.used is not None]
        whole_target = one.value if self._scope.whole else self._target(one, self._scope.unit)
        total = Reached(domain.total(used), None, whole_target)
        sources = {_source(r) for r in reached.values()} - {""}
        lines = tuple(_line(one, unit.code, unit.name, reached[unit.code]) for unit in units)
        return IndicatorView(
            one.code,
            one.title,
            INDICATOR_UNIT.label_of(one.measure),
            STRENGTH.label_of(one.strength) if one.strength else "",
            _asked(one, whole_target),
            one.basis or one.numerator,
            domain.is_rate(one),
            formula,
            FORMULAS[formula].words if formula in FORMULAS else "",
            _line(one, "", "合计", total, "、".join(sorted(sources))),
            lines,
            self._years(one, total.used),
            self._allotted(one),
        )

    def _units(self, one: Indicator, counted: Mapping[str, Amount]) -> list[Unit]:
        """Counties always, others that have something; below the city the office itself."""
        held = {unit for code, unit in self._entries if code == one.code}
        held |= {unit for (code, unit), value in self._shares.items() if code == one.code}
        held |= counted.keys()
        units = self._ground.row_units
        if not self._scope.whole:
            return [unit for unit in units if unit.code == self._scope.unit]
        return [unit for unit in units if unit.kind == "county" or unit.code in held]

    def _target(self, one: Indicator, unit: str) -> int | None:
        """What is asked of a unit: its share; a rate is asked of every one alike."""
        share = self._shares.get((one.code, unit))
        return one.value if share is None and domain.is_rate(one) else share

    def _reached(self, one: Indicator, unit: str, counted: Mapping[str, Amount] | None) -> Reached:
        months = domain.typed_by_month(self._entries.get((one.code, unit), ()))
        return Reached(
            domain.typed_amount(one, months),
            counted.get(unit) if counted else None,
            self._target(one, unit),
            {month: domain.month_amount(one, entry) for month, (_, entry) in months.items()},
        )

    def _years(self, one: Indicator, reached: Amount | None) -> tuple[YearLine, ...]:
        """The plan year by year; of this year what was counted now (R74)."""
        now = domain.year_of(self._ground.campaign)
        return tuple(
            YearLine(
                row.plan,
                row.year or 0,
                _number(one, row.value),
                words(one, reached)
                if row.year == now and self._scope.whole
                else _number(one, row.reached),
            )
            for row in domain.years_of(self._ground.campaign, one.code)
        )

    def _allotted(self, one: Indicator) -> str:
        """Whether what the units were given adds up to the target (R62)."""
        shares = [v or 0 for (code, _), v in self._shares.items() if code == one.code]
        if not shares or domain.is_rate(one) or not self._scope.whole:
            return ""
        return sum_words(sum(shares), one.value)


def sum_words(allotted: int, target: int | None) -> str:
    """已分解 1,900，正好 / 比目标少 100 / 多 100."""
    if target is None:
        return f"已分解 {allotted:,}"
    left = target - allotted
    how = "正好" if not left else f"比目标少 {left:,}" if left > 0 else f"比目标多 {-left:,}"
    return f"已分解 {allotted:,}，目标 {target:,}，{how}"


def words(one: Indicator, amount: Amount | None) -> str:
    """An amount as it is read: 1,234 or 45／50（90.0%）; "—" for none or nothing said."""
    if amount is None:
        return NOTHING
    if amount.unsaid:
        return f"—（{unsaid(amount.blank, amount.asked)}）"
    if domain.is_rate(one):
        return f"{amount.part:,}／{amount.whole:,}（{domain.share(one, amount)}）"
    return f"{amount.value:,}"


def _asked(one: Indicator, target: int | None) -> str:
    if target is None:
        return "没有定目标" if one.value is None else "没有分解"
    strength = STRENGTH.label_of(one.strength) if one.strength else ""
    return f"{strength} {_number(one, target)}".strip()


def _number(one: Indicator, value: int | None) -> str:
    if value is None:
        return NOTHING
    return f"{value:,}%" if domain.is_rate(one) else f"{value:,}"


def _source(reached: Reached) -> str:
    if reached.typed is not None:
        return TYPED_WORD
    return COUNTED_WORD if reached.counted is not None else ""


def _line(
    one: Indicator, unit: str, name: str, reached: Reached, source: str | None = None
) -> UnitLine:
    used, other = reached.used, reached.counted if reached.typed is not None else None
    differs = other is not None and words(one, other) != words(one, used)
    return UnitLine(
        unit,
        name,
        reached,
        words(one, used),
        _source(reached) if source is None else source,
        f"{COUNTED_WORD} {words(one, other)}" if differs else "",
        _number(one, reached.target),
        domain.completion(one, used, reached.target),
        domain.gap(one, used, reached.target),
        tuple((month, words(one, said)) for month, said in sorted(reached.months.items())),
    )


def allot(office: Office, campaign: str, code: str, shares: Mapping[str, int | None]) -> Changes:
    """指标分解: give each unit (its code) its share of an indicator; None takes it back (R62).

    One transaction for all of them. The city's alone: raises `UserError` NOT_CITY,
    NO_INDICATOR, NOT_YOUR_DUTY.
    """
    if not office.is_city:
        raise UserError("NOT_CITY", "指标由市总工会分解。", remedy="请向市总工会反映。")
    require(office, "settings")
    touched: list[tuple[str, str]] = []
    with office.store.write() as connection:
        links = Links(office, connection)
        _require_indicator(links.campaigns.get(campaign), code)
        known = _shares_of(connection, campaign, code)
        for unit, value in shares.items():
            before = known.get(unit)
            if value == (before.record.value if before else None):
                continue
            if value is None and before is not None:
                saved = voiding.void_within(office, connection, Target, before.id, "取消分解")
            else:
                typed = {"campaign": campaign, "indicator": code, "unit": unit, "value": value}
                saved = saving.save_within(
                    office,
                    connection,
                    Target,
                    typed if before is None else {"value": value},
                    record=before.id if before else None,
                    links=links,
                )
            touched.append((Target.type_name, saved.state.id))
    return Changes.of(touched)


def _require_indicator(campaign: Campaign | None, code: str) -> None:
    if campaign is None or code not in {one.code for one in campaign.indicators}:
        raise UserError("NO_INDICATOR", f"没有指标“{code}”。", remedy="请在设置的活动里先添加。")


def _shares_of(connection: Connection, campaign: str, code: str) -> dict[str, State[Target]]:
    found = states.find(
        connection, Target, live(), equal("campaign", campaign), equal("indicator", code)
    )
    return {one.record.unit: one for one in found}
