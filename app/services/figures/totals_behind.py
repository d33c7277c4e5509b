"""汇总表: the records behind one of its numbers, as a list that has just that many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from app.domain.campaign.campaign_data import CampaignData
from app.domain.records import Aid, Case, Demand, Enterprise, Person, Record, Visit
from app.services.figures import coverage_behind
from app.services.figures.added_kinds import kind_of
from app.services.figures.figure_records import FigureRecords
from app.services.figures.issued_totals import offered
from app.services.figures.office_scope import reach_of
from app.services.figures.statistics import Statistics
from app.services.figures.tallies import scope_of
from app.services.figures.tally_rows import rows_by
from app.services.lists.chips import Chip, behind_figure, of_these
from app.services.office.office import Office
from app.services.records.link_resolving import Links
from database.state import states
from database.state.tallies import Cell, Wanted, behind
from database.store.engine import Connection

Found = tuple[type[Record], Chip]

_LISTS: Mapping[str, tuple[type[Record], str]] = {
    "1": (Visit, ""),
    "4": (Demand, ""),
    "5": (Demand, "closed"),
    "7": (Aid, ""),
    "8": (Aid, ""),
    "9": (Visit, ""),
    "11": (Aid, ""),
}
"""Columns whose records are those of a cell: their type, and what it is narrowed to."""
_COVERED: Mapping[str, str] = {"2": "areas", "3": "cadres"}
"""Columns of pairs, with the figure of 走访覆盖 that they are."""
_MEMBERS = ("units", "areas", "groups", "links")


def records_behind(
    office: Office, seen: Statistics, name: str, code: str | None, row: str
) -> Found | None:
    """The list behind a number of a row; `code` is None for 合计, `row` what it is called.

    Of 规上覆盖 those that are to be visited, of 乡镇覆盖 the visits that reached a place; None
    where there are none.
    """
    words = f"{offered(seen)[name].title} · {row}"
    if name in _COVERED:
        return _covered(seen, _COVERED[name], code, words)
    with office.store.read() as connection:
        gathered = FigureRecords(office, connection, seen.campaign, members=_MEMBERS)
        part = "unit" if seen.by_unit else "area"
        cell = _cell(Links(office, connection), gathered.ground, name, part, code)
        table = kind_of(name.partition(":")[0], seen)
        if name in _LISTS:
            return _LISTS[name][0], behind_figure(cell, words)
        if ":" in name:
            return table.record_type, behind_figure(cell, words)
        members = _MEMBERS_OF.get(name)
        if members is None:
            return None
        record_type, told = members
        return record_type, of_these(told(connection, gathered.ground, cell), words)


def _covered(seen: Statistics, figure: str, code: str | None, words: str) -> Found | None:
    chosen = next(one for one in seen.figures if one.code == figure)
    record_type, ids = coverage_behind.behind(chosen, code, by_unit=seen.by_unit, due=True)
    return (record_type, of_these(ids, words)) if ids and chosen.listed else None


def _cell(links: Links, ground: CampaignData, name: str, part: str, code: str | None) -> Cell:
    """The question of one column and row; `part` is by what the rows are parted."""
    today = links.office.today()
    wanted: tuple[Wanted, ...] = ()
    if code is not None:
        wanted = (rows_by(part, ground, reach_of(links), today).wanted(code),)
    if ":" in name:
        kind, _, value = name.partition(":")
        wanted = (*wanted, Wanted(kind_of(kind, ground.campaign).part, (value,)))
    only = _LISTS[name][1] if name in _LISTS else ""
    return Cell(scope_of(ground.campaign, today), wanted, only)


def enterprises_of(connection: Connection, ground: CampaignData, cell: Cell) -> Iterable[str]:
    """The units that the visits of a cell name, each once."""
    rows = states.pick(connection, Visit, ("enterprise",), behind(Visit, cell))
    return sorted({ground.same_enterprise.one(row[0]) for row in rows if row[0]})


def persons_of(connection: Connection, ground: CampaignData, cell: Cell) -> Iterable[str]:
    """Whom the aid of a cell helped, each once."""
    rows = states.pick(connection, Aid, ("person", "case"), behind(Aid, cell))
    cases = states.cells(connection, Case, ("person",), sorted({c for _, c in rows if c}))
    told = {person or cases.get(case, {}).get("person") for person, case in rows}
    return sorted({ground.same_person.one(one) for one in told if one})


Members = Callable[[Connection, CampaignData, Cell], Iterable[str]]

_MEMBERS_OF: Mapping[str, tuple[type[Record], Members]] = {
    "0": (Enterprise, enterprises_of),
    "6": (Person, persons_of),
    "10": (Person, persons_of),
}
"""Columns that count whom the records of a cell are about, each once."""
