"""Who and where was visited: the coverage figures, side by side (R6, R7, R36).

Each figure names its numerator and denominator, and for everything counted, not
counted or not known the reason, so that a person can check it by hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.domain.campaign.campaign_data import TOWNSHIPS, CampaignData
from app.domain.campaign.counted_visit import CountedVisit
from app.domain.campaign.coverage_figures import (
    Alike,
    Figure,
    Item,
    Row,
    Standing,
    counted_figure,
    make_figure,
    rows_of,
)
from app.domain.campaign.enterprise_groups import Directory, Firm
from app.domain.checking.state import is_in_concentrated_phase
from app.domain.codes import GROUP_LEVEL
from app.domain.records import Area
from app.domain.values.dates import format_date

ABOVE_TOWNSHIP = frozenset({"city", "county"})

Wanted = tuple[bool | None, str]
"""Whether an enterprise belongs in the denominator (None: not known), and why."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The figures side by side."""

    cadres: Figure
    groups: Figure
    townships: Figure
    areas: Figure


@dataclass(frozen=True, slots=True)
class _Question:
    """What a figure of enterprises asks: who is to be visited, and which visits do not count."""

    words: tuple[str, str, str]
    wanted: Callable[[Firm], Wanted]
    objection: Callable[[str, CountedVisit], str]
    unit: Callable[[Firm], str]


def coverage(ground: CampaignData, directory: Directory | None = None) -> Coverage:
    """All four figures of a campaign; `directory` is that of the ground, if it is there."""
    directory = directory or Directory(ground)
    return Coverage(
        cadre_coverage(directory),
        group_coverage(directory),
        township_coverage(directory),
        area_coverage(ground),
    )


def cadre_coverage(directory: Directory) -> Figure:
    """工会干部走访覆盖 (R7): 规上 or at least the campaign's headcount; any union's visit."""
    limit = directory.ground.campaign.headcount_threshold
    question = _Question(
        _cadre_words(limit),
        lambda firm: large(firm, limit),
        lambda record, visit: "",
        lambda firm: firm.unit,
    )
    return _of_firms(directory, question)


def cadre_counts(ground: CampaignData, alike: Iterable[Alike]) -> Figure:
    """The numbers of `cadre_coverage` from enterprises that were counted elsewhere."""
    words = _cadre_words(ground.campaign.headcount_threshold)
    return counted_figure(words, alike, _unit_names(ground), always=_counties(ground))


def _cadre_words(limit: int | None) -> tuple[str, str, str]:
    basis = "规模以上" if limit is None else f"规模以上，或职工 {limit} 人以上（含 {limit} 人）"
    words = f"应走访：{basis}的企业。各级工会干部的走访都算。"
    return "cadres", "工会干部走访覆盖", words


def group_coverage(directory: Directory) -> Figure:
    """市县工作组走访覆盖: every 规上 enterprise, visited by a city or county group (R32)."""

    def objection(record: str, visit: CountedVisit) -> str:
        level = directory.ground.level_of_visit(record, visit)
        return "" if level in ABOVE_TOWNSHIP else "只有市、县两级以外的走访，不计入。"

    words = "应走访：所有规模以上企业。市级、县级工作组的走访才算。"
    title = ("groups", "市县工作组走访覆盖", words)
    return _of_firms(directory, _Question(title, _flagged, objection, lambda firm: firm.unit))


def township_coverage(directory: Directory) -> Figure:
    """乡镇普遍走访 (R36): every enterprise of a township, by the township, in the window (R41)."""
    ground = directory.ground

    def wanted(firm: Firm) -> Wanted:
        area = ground.area_by_code.get(firm.area)
        if area is None:
            return None, "没有填所在乡镇（街道）。"
        if area.kind not in TOWNSHIPS:
            return None, "只填了园区，没有填所在乡镇（街道）。"
        return True, ""

    def objection(record: str, visit: CountedVisit) -> str:
        if ground.level_of_visit(record, visit) != "township":
            return "只有乡镇（街道）以外的走访，不计入。"
        day = visit.visited_on
        if day is not None and is_in_concentrated_phase(ground.campaign, day):
            return ""
        return "乡镇（街道）的走访不在集中走访阶段。"

    words = "应走访：乡镇（街道）辖区内所有企业。集中走访阶段内乡镇（街道）工会的走访才算。"
    title = ("townships", "乡镇（街道）普遍走访", words)
    in_county = _Question(title, wanted, objection, lambda firm: ground.unit_of_area(firm.area))
    return _of_firms(directory, in_county)


def area_coverage(ground: CampaignData) -> Figure:
    """乡镇（街道）与园区覆盖 (R6): every area in force, touched by a city or county group."""
    found: dict[str, list[str]] = defaultdict(list)
    for record, visit in ground.campaign_visits.items():
        if ground.level_of_visit(record, visit) in ABOVE_TOWNSHIP:
            found[place_of(ground, visit)].append(record)
    areas = (a for a in ground.area_by_code.values() if ground.in_force(a.valid_from, a.valid_to))
    items = [_area_item(ground, area, tuple(found.pop(area.code, ()))) for area in areas]
    words = "应到：活动期间所有乡镇（街道）和开发区（园区）。市级、县级工作组到过才算。"
    title = ("areas", "乡镇（街道）与园区覆盖", words)
    unplaced = {record for records in found.values() for record in records}
    in_order = tuple(record for record in ground.campaign_visits if record in unplaced)
    return _figure(ground, title, items, in_order)


def by_area(ground: CampaignData, figure: Figure) -> tuple[Row, ...]:
    """The same figure by township and zone, in official order; rows add up to its count."""
    place = {unit.code: index for index, unit in enumerate(ground.row_units)}

    def official(area: Area) -> tuple[int, bool, int, str]:
        county = place.get(ground.unit_of_area(area.code), len(place))
        return county, area.order is None, area.order or 0, area.code

    names = {area.code: area.name for area in sorted(ground.area_by_code.values(), key=official)}
    return rows_of(figure.items, lambda item: item.area, names, "没有填地区")


def place_of(ground: CampaignData, visit: CountedVisit) -> str:
    """The township or zone a visit touched: 走访地, else where the enterprise lies."""
    enterprise = ground.enterprises.get(visit.enterprise)
    told = (visit.area, enterprise.area if enterprise else "")
    return next((code for code in told if code in ground.area_by_code), "")


def large(firm: Firm, limit: int | None) -> Wanted:
    """Whether 工会干部 are to visit it (R7): 规上, or of at least so many workers."""
    wanted, why = _flagged(firm)
    if wanted or limit is None:
        return wanted, why
    if firm.headcount is None:
        return None, "没有填职工人数。" if wanted is False else "没有填是否规模以上和职工人数。"
    if firm.headcount >= limit:
        return True, f"职工 {firm.headcount} 人，达到 {limit} 人。"
    return wanted, f"{why}职工 {firm.headcount} 人，不到 {limit} 人。"


def _flagged(firm: Firm) -> Wanted:
    words = {True: "规模以上。", False: "不是规模以上。", None: "没有填是否规模以上。"}
    return firm.above_scale, words[firm.above_scale]


def _of_firms(directory: Directory, question: _Question) -> Figure:
    items = [_firm_item(directory, firm, question) for firm in directory.firms]
    return _figure(directory.ground, question.words, items, directory.unplaced)


def _firm_item(directory: Directory, firm: Firm, question: _Question) -> Item:
    ground = directory.ground
    objections = {
        one: question.objection(one, ground.visits[one])
        for one in directory.visits.get(firm.id, ())
    }
    counting = tuple(one for one, against in objections.items() if not against)
    standing, why = _standing(firm, question.wanted(firm), bool(counting))
    if standing is Standing.COVERED:
        why += _told(ground, counting)
    elif standing is Standing.UNCOVERED:
        why += " ".join(dict.fromkeys(objections.values())) or "没有走访。"
    return Item(
        id=firm.id,
        name=firm.name,
        unit=question.unit(firm),
        area=firm.area,
        standing=standing,
        why=why,
        visits=counting,
        records=firm.records,
    )


def _standing(firm: Firm, wanted: Wanted, visited: bool) -> tuple[Standing, str]:
    belongs, why = wanted
    if firm.not_a_firm:
        return Standing.LEFT_OUT, firm.not_a_firm
    if belongs is None:
        return Standing.UNKNOWN, why
    if not belongs:
        return Standing.LEFT_OUT, why
    return (Standing.COVERED if visited else Standing.UNCOVERED), why


def _area_item(ground: CampaignData, area: Area, visits: tuple[str, ...]) -> Item:
    return Item(
        id=area.code,
        name=area.name,
        unit=ground.unit_of_area(area.code),
        area=area.code,
        standing=Standing.COVERED if visits else Standing.UNCOVERED,
        why=_told(ground, visits) if visits else "市级、县级工作组没有到过。",
        visits=visits,
    )


def _told(ground: CampaignData, visits: tuple[str, ...]) -> str:
    first = ground.visits[visits[0]]
    level = GROUP_LEVEL.label_of(ground.level_of_visit(visits[0], first)) or "工会"
    day = format_date(first.visited_on) if first.visited_on else ""
    more = f"，共 {len(visits)} 次" if len(visits) > 1 else ""
    return f"{day}{level}走访{more}。"


def _figure(
    ground: CampaignData, words: tuple[str, str, str], items: list[Item], unplaced: tuple[str, ...]
) -> Figure:
    names, always = _unit_names(ground), _counties(ground)
    return make_figure(words, items, names, always=always, unplaced=unplaced)


def _unit_names(ground: CampaignData) -> dict[str, str]:
    return {unit.code: unit.name for unit in ground.row_units}


def _counties(ground: CampaignData) -> frozenset[str]:
    return frozenset(unit.code for unit in ground.row_units if unit.kind == "county")
