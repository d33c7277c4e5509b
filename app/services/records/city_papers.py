"""市里收到的纸质: what the city told of the signed paper of this office's records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.checking.city_paper import CityPaper, joined, missing_of, standing_of, words_of
from app.domain.records import Notice, PaperPage, Person, Record, Visit
from app.services.records.printed_versions import changed_since
from database.log.revisions import chunks
from database.state import states
from database.state.filters import Filter, among, equal, filled, live, not_, owned_by
from database.state.states import State
from database.store.engine import Connection

PAPERS: tuple[type[Record], ...] = (Visit, Person)
"""The types whose signed forms go to the city."""


@dataclass(frozen=True, slots=True)
class PaperAtCity:
    """What the city has of the signed form of a record; `standing` is None where it has none."""

    pages: tuple[PaperPage, ...]
    standing: CityPaper | None

    @property
    def words(self) -> str:
        """市里已收; 版本旧; 缺第2页; 未收."""
        return words_of(self.standing, missing_of(self.pages))

    @property
    def details(self) -> str:
        """市里已收纸质：第1、2页（2011-12-03）."""
        numbers = "、".join(str(one.page) for one in self.pages if one.page)
        which = f"第{numbers}页" if numbers else f"{len(self.pages)}页"
        last = max((one.came_on for one in self.pages if one.came_on), default=None)
        when = f"（{last:%Y-%m-%d}）" if last else ""
        return f"{_SAID[self.standing]}：{which}{when}{self._left}"

    @property
    def _left(self) -> str:
        missing = missing_of(self.pages)
        return f"，缺第{'、'.join(map(str, missing))}页" if missing else ""


_SAID: Mapping[CityPaper | None, str] = {
    None: "市里还没有收到纸质",
    CityPaper.CAME: "市里已收纸质",
    CityPaper.OLD: "市里收到的纸质版本旧，内容后来改过，请重新打印盖章",
    CityPaper.MISSING: "市里收到的纸质不全",
}
NOTHING = PaperAtCity((), None)


def of_record(connection: Connection, state: State[Record], station: str) -> PaperAtCity | None:
    """What the city has of one record; None where it told nothing. `station` is this office."""
    pages = _pages(connection, [state.id], station).get(state.id)
    return _told(connection, state, pages) if pages else None


def of_records(
    connection: Connection, record_type: type[Record], wanted: Sequence[str], station: str
) -> Mapping[str, PaperAtCity]:
    """As `of_record`, of those of these records of which the city told something."""
    pages = _pages(connection, wanted, station)
    found = {}
    for some in chunks(sorted(pages)):
        for state in states.find(connection, record_type, among("id", some)):
            found[state.id] = _told(connection, state, pages[state.id])
    return found


def every(
    connection: Connection, record_type: type[Record], station: str
) -> Mapping[str, PaperAtCity]:
    """As `of_records`, of all records of a type."""
    told = states.pick(connection, Notice, ("paper_of",), live(), *_from_above(station))
    return of_records(connection, record_type, [one for (one,) in told], station)


def _from_above(station: str) -> tuple[Filter, ...]:
    return filled("paper_of"), equal("station", station), not_(owned_by(station))


def _pages(
    connection: Connection, wanted: Sequence[str], station: str
) -> Mapping[str, tuple[PaperPage, ...]]:
    found: dict[str, list[PaperPage]] = defaultdict(list)
    for notice in _notices(connection, wanted, station):
        found[notice.paper_of].extend(notice.papers)
    return {record: joined(pages) for record, pages in found.items() if pages}


def _notices(connection: Connection, wanted: Sequence[str], station: str) -> Iterator[Notice]:
    for some in chunks(wanted):
        at = among("paper_of", some), live(), *_from_above(station)
        for state in states.find(connection, Notice, *at):
            yield state.record


def _told(
    connection: Connection, state: State[Record], pages: tuple[PaperPage, ...]
) -> PaperAtCity:
    is_old = any(one.version and changed_since(connection, one.version, state) for one in pages)
    return PaperAtCity(pages, standing_of(pages, is_old=is_old))
