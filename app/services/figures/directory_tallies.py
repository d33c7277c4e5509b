"""走访单位 by what they are: type, ownership, industry, size, 重点 (R11, R73); from 单位名录.

Units that were decided to be one count once; those gone or registered twice do not count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.campaign.enterprise_groups import Directory, Firm
from app.domain.codes import INDUSTRY
from app.domain.codes.industry import section_of
from app.domain.kernel.codelist import Code, CodeList
from app.domain.records import Campaign, Enterprise
from app.services.figures.added_kinds import kinds_of
from app.services.figures.figure_records import FigureRecords
from app.services.figures.first_visits import MEMBERS, first_visits
from app.services.figures.office_scope import reach_of
from app.services.figures.tallies import TOTAL, Asked, Head, Line, TallyView, title_of
from app.services.figures.tally_kinds import ACROSS, KINDS, Measure, TallyKind
from app.services.figures.tally_rows import TallyRows, rows_by
from app.services.office.office import Office
from app.services.records.link_resolving import Links
from app.services.records.units import name_of
from database.state import states
from database.store.engine import Connection

KEY = "key"
NOT_TOLD = "没有填"
"""What stands for units of which nobody said it."""
FIELDS = ("ownership", "industry", "key")
"""What is read of a unit beyond what every figure reads."""
_PLACES = ("unit", "area")
_NOTE = "名录里的单位，已核实不存在、重复登记的不算。"
_ONLY_PLACES = "只按单位、乡镇分。"


@dataclass(frozen=True, slots=True)
class _Told:
    """A firm with what its records say beyond what every figure reads."""

    firm: Firm
    ownership: str
    industry: str
    key: bool
    visited: bool


Keys = Callable[[_Told, Campaign], Iterable[str]]


def look(office: Office, kind: TallyKind, asked: Asked) -> TallyView:
    """Count a table of the directory as of the office's today; raises `UserError` NO_CAMPAIGN."""
    with office.store.read() as connection:
        gathered = FigureRecords(office, connection, asked.campaign, members=(*MEMBERS, "groups"))
        ground = gathered.ground
        ground = replace(ground, visits=first_visits(connection, ground))
        more = _more(connection)
        scope = reach_of(Links(office, connection))
        own = name_of(connection, office.identity.station)
    told = _told(Directory(ground), more)
    across = asked.across if asked.across in _PLACES else ""
    if across:
        rows = rows_by(across, ground, scope, office.today())
        known = {one.name: one for one in kind.measures}
        measure = known.get(asked.measure, kind.measures[0])
        heads, lines = _crossed(kind, measure, ground.campaign, told, rows)
    else:
        heads, lines = _plain(kind, ground.campaign, told)
    return TallyView(
        kind,
        title_of(ground.campaign, kind),
        own,
        office.today(),
        ACROSS[across] if across else kind.codes.label,
        heads,
        lines,
        _NOTE if across == asked.across else _NOTE + _ONLY_PLACES,
        kinds_of(ground.campaign),
    )


def parted(directory: Directory, part: str, records: Mapping[str, Enterprise]) -> dict[str, str]:
    """By the id of each unit that counts the words of what it is: `part` as in `KINDS`.

    `records` hold at least `FIELDS`.
    """
    kind = next(one for one in KINDS if one.of_directory and one.part == part)
    campaign = directory.ground.campaign
    titles = titles_of(kind, campaign) | {"": NOT_TOLD}
    return {
        one.firm.id: titles.get(key, key)
        for one in _told(directory, records)
        for key in [*_KEYS[part](one, campaign)][:1]
    }


def _more(connection: Connection) -> dict[str, Enterprise]:
    return dict(states.parts(connection, Enterprise, ("number", "unit", "owner", *FIELDS)))


def _told(directory: Directory, more: Mapping[str, Enterprise]) -> list[_Told]:
    found = []
    for firm in directory.firms:
        if not firm.gone:
            records = [more[one] for one in firm.records if one in more]
            found.append(
                _Told(
                    firm,
                    next((one.ownership for one in records if one.ownership), ""),
                    next((one.industry for one in records if one.industry), ""),
                    any(one.key for one in records),
                    bool(directory.visits.get(firm.id)),
                )
            )
    return found


def _size(one: _Told, campaign: Campaign) -> list[str]:
    firm, limit = one.firm, campaign.headcount_threshold
    if firm.above_scale:
        return ["above"]
    if limit is not None and firm.headcount is not None and firm.headcount >= limit:
        return ["large"]
    known = firm.above_scale is not None and (limit is None or firm.headcount is not None)
    return ["small" if known else ""]


def _focus(one: _Told, campaign: Campaign) -> list[str]:
    section = section_of(one.industry)
    found = [code for code in campaign.focus_industries if code in (one.industry, section)]
    return [*found, *([KEY] if one.key else [])] or [""]


_KEYS: Mapping[str, Keys] = {
    "kind": lambda one, campaign: [one.firm.kind],
    "ownership": lambda one, campaign: [one.ownership],
    "section": lambda one, campaign: [section_of(one.industry)],
    "size": _size,
    "focus": _focus,
}


def titles_of(kind: TallyKind, campaign: Campaign) -> dict[str, str]:
    """The kinds by key; of 重点领域 those that the campaign chose."""
    codes = kind.codes
    if kind.part == "focus":
        chosen = tuple(Code(c, INDUSTRY.label_of(c)) for c in campaign.focus_industries)
        codes = CodeList("focus", codes.label, (*chosen, Code(KEY, "重点企业")))
    return {code.value: code.label for code in codes}


def _groups(kind: TallyKind, campaign: Campaign, told: Sequence[_Told]) -> dict[str, list[_Told]]:
    parts: dict[str, list[_Told]] = defaultdict(list)
    for one in told:
        for key in dict.fromkeys(_KEYS[kind.part](one, campaign)):
            parts[key].append(one)
    return parts


def _plain(
    kind: TallyKind, campaign: Campaign, told: Sequence[_Told]
) -> tuple[tuple[Head, ...], tuple[Line, ...]]:
    parts = _groups(kind, campaign, told)
    names = titles_of(kind, campaign) | ({"": NOT_TOLD} if parts.get("") else {})
    heads = tuple(Head(one.title, one.unit) for one in kind.measures)
    measures = [one.name for one in kind.measures]
    lines = [_line(TOTAL, "", [_of(told, name) for name in measures])]
    lines += [
        _line(title, key, [_of(parts.get(key, ()), name) for name in measures])
        for key, title in names.items()
    ]
    return heads, tuple(lines)


def _crossed(
    kind: TallyKind, measure: Measure, campaign: Campaign, told: Sequence[_Told], rows: TallyRows
) -> tuple[tuple[Head, ...], tuple[Line, ...]]:
    by_row: dict[str, list[_Told]] = defaultdict(list)
    for one in told:
        place = one.firm.unit if rows.part == "unit" else one.firm.area
        by_row[place if place in rows.names else ""].append(one)
    names = titles_of(kind, campaign)
    if _groups(kind, campaign, told).get(""):
        names[""] = NOT_TOLD
    heads = [Head(TOTAL, measure.unit), *(Head(t, measure.unit, k) for k, t in names.items())]

    def line(name: str, key: str, some: Sequence[_Told]) -> Line:
        parts = _groups(kind, campaign, some)
        columns = [some, *(parts.get(one, ()) for one in names)]
        return _line(name, key, [_of(part, measure.name) for part in columns])

    lines = [line(TOTAL, "", told)]
    lines += [line(name, key, by_row[key]) for key, name in rows.shown(by_row).items()]
    return tuple(heads), tuple(lines)


def _of(some: Iterable[_Told], measure: str) -> tuple[str, ...]:
    wanted = {"visited": (True,), "unvisited": (False,)}.get(measure, (True, False))
    return tuple(one.firm.id for one in some if one.visited in wanted)


def _line(name: str, key: str, ids: Sequence[tuple[str, ...]]) -> Line:
    return Line(name, tuple(map(len, ids)), tuple(ids), key)
