"""指标: what was reached of what was promised, by unit; each in its own unit (R60-R62, R74).

人次, 人, 户, 个, 名 and 家 are never added to each other: an amount is added only to one of the
same indicator. What is counted grows month by month; a rate stands as at the end of its month.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from app.domain.campaign.coverage_figures import Count
from app.domain.records import Attainment, Campaign, Indicator, PlanYear, Record

PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Behind:
    """The records an amount is made of: all of one type."""

    record_type: type[Record]
    ids: frozenset[str]

    def __add__(self, other: Behind) -> Behind:
        return Behind(self.record_type, self.ids | other.ids)


@dataclass(frozen=True, slots=True)
class Amount:
    """How much: a number, or a part of a whole; `of` are whom it counts, each once.

    `among` are whom the whole counts, where those are known too. Of the units `asked` for a part
    `blank` did not say.
    """

    value: int = 0
    part: int = 0
    whole: int = 0
    of: frozenset[str] = frozenset()
    among: frozenset[str] = frozenset()
    behind: Behind | None = None
    blank: int = 0
    asked: int = 0

    @property
    def unsaid(self) -> bool:
        """Whether nobody who was asked said anything: that is not 0."""
        return bool(self.asked) and self.blank == self.asked

    @classmethod
    def persons(cls, of: Iterable[str], behind: Behind, among: Iterable[str] = ()) -> Amount:
        """So many different ones, of so many."""
        ids, every = frozenset(of), frozenset(among)
        return cls(len(ids), len(ids), len(every), ids, every, behind)


@dataclass(frozen=True, slots=True)
class Reached:
    """One indicator at one unit: what was typed (填报), what the records say (记录), the share."""

    typed: Amount | None
    counted: Amount | None
    target: int | None
    months: Mapping[str, Amount] = field(default_factory=dict)

    @property
    def used(self) -> Amount | None:
        """What counts: the typed, where somebody typed, else what the records say."""
        return self.typed if self.typed is not None else self.counted


def total(amounts: Sequence[Amount]) -> Amount | None:
    """Amounts of one indicator of several units together; whom two of them count counts once."""
    if not amounts:
        return None
    named = frozenset[str]().union(*(one.of for one in amounts))
    among = frozenset[str]().union(*(one.among for one in amounts))
    plain = [one for one in amounts if not one.of]
    value = sum(one.value for one in plain) + len(named)
    part = sum(one.part for one in plain) + len(named)
    whole = sum(one.whole for one in amounts if not one.among) + len(among)
    behind = [one.behind for one in amounts if one.behind is not None]
    kinds = {one.record_type for one in behind}
    of_all = (
        Behind(behind[0].record_type, frozenset[str]().union(*(b.ids for b in behind)))
        if (len(kinds) == 1)
        else None
    )
    said = [one for one in amounts if not one.unsaid] or amounts
    blank, asked = sum(one.blank for one in said), sum(one.asked for one in said)
    return Amount(value, part, whole, named, among, of_all, blank, asked)


def is_rate(indicator: Indicator) -> bool:
    """Whether it is a part of a whole (%), so that it is neither added up nor shared out."""
    return indicator.measure == PERCENT


def typed_by_month(entries: Iterable[tuple[str, Attainment]]) -> dict[str, tuple[str, Attainment]]:
    """Of the entries of one unit and indicator that of each month; of two the later day holds."""
    found: dict[str, tuple[str, Attainment]] = {}
    ranked = sorted(entries, key=lambda one: (one[1].as_of or dt.date.min, one[0]))
    for record, entry in ranked:
        if entry.as_of is not None:
            found[f"{entry.as_of:%Y-%m}"] = (record, entry)
    return found


def typed_amount(
    indicator: Indicator, months: Mapping[str, tuple[str, Attainment]]
) -> Amount | None:
    """What was typed: the sum of the months, of a rate the newest month."""
    if not months:
        return None
    behind = Behind(Attainment, frozenset(record for record, _ in months.values()))
    if is_rate(indicator):
        record, last = months[max(months)]
        of_last = Behind(Attainment, frozenset({record}))
        return Amount(0, last.numerator or 0, last.denominator or 0, behind=of_last)
    return Amount(sum(entry.value or 0 for _, entry in months.values()), behind=behind)


def month_amount(indicator: Indicator, entry: Attainment) -> Amount:
    """What one month says."""
    if is_rate(indicator):
        return Amount(0, entry.numerator or 0, entry.denominator or 0)
    return Amount(entry.value or 0)


def share(indicator: Indicator, amount: Amount | None) -> str:
    """The rate itself, "" for what is no rate or nobody said."""
    if amount is None or amount.unsaid or not is_rate(indicator):
        return ""
    return Count(amount.part, amount.whole).percent


def completion(indicator: Indicator, amount: Amount | None, target: int | None) -> str:
    """完成率, one decimal, never 100.0% while anything is missing; "—" without a target."""
    if amount is None or amount.unsaid or not target:
        return "—"
    part, whole = _against(indicator, amount, target)
    if not whole:
        return "—"
    percent = (Decimal(part * 100) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{min(percent, Decimal('99.9')) if part < whole else percent}%"


def gap(indicator: Indicator, amount: Amount | None, target: int | None) -> str:
    """差额: how much is missing (还差 …), or how much more there is (超 …); of rates in points."""
    if amount is None or amount.unsaid or target is None:
        return "—"
    if not is_rate(indicator):
        missing = target - amount.value
        return f"还差 {missing:,}" if missing > 0 else f"超 {-missing:,}" if missing else "正好"
    if not amount.whole:
        return "—"
    points = target - Decimal(amount.part * 100) / amount.whole
    rounded = abs(points).quantize(Decimal("0.1"), ROUND_HALF_UP)
    if points > 0:
        return f"还差 {max(rounded, Decimal('0.1'))} 个百分点"
    return f"超 {rounded} 个百分点" if rounded else "正好"


def _against(indicator: Indicator, amount: Amount, target: int) -> tuple[int, int]:
    """What was reached and what was wanted, as whole numbers of one kind."""
    if is_rate(indicator):
        return amount.part * 100, target * amount.whole
    return amount.value, target


def years_of(campaign: Campaign, code: str) -> tuple[PlanYear, ...]:
    """The years of the plan over several that an indicator belongs to, in order (R74)."""
    mine = (one for one in campaign.plan_years if one.code == code)
    return tuple(sorted(mine, key=lambda one: one.year or 0))


def year_of(campaign: Campaign) -> int | None:
    """The year whose targets a campaign sets: of its beginning, else of its number or code."""
    if campaign.starts is not None:
        return campaign.starts.year
    head = campaign.code[:4]
    return int(head) if head.isdigit() else None


def by_unit(
    attainments: Mapping[str, Attainment], campaign: str, unit_of: Mapping[str, str]
) -> dict[tuple[str, str], list[tuple[str, Attainment]]]:
    """The entries of a campaign by indicator and unit; `unit_of` is by record."""
    found: dict[tuple[str, str], list[tuple[str, Attainment]]] = defaultdict(list)
    for record, one in attainments.items():
        if one.campaign == campaign:
            found[one.indicator, unit_of[record]].append((record, one))
    return found
