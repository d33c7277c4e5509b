"""编号 are handed out: each once, and above all that are known."""

from __future__ import annotations

from app.domain.records import Record
from app.domain.records.told import text_of
from app.domain.values import numbering
from app.services.records.link_resolving import Links
from database.books import settings
from database.log import packages
from database.state import states
from database.state.filters import beginning
from database.store.engine import Connection


class Numbers:
    """Hands out 编号 within one transaction; `keep` notes what was handed out.

    A restored store counts from an earlier day, and what was lost may come back from the office
    above: whenever this has happened, counting goes on above the largest 编号 that is here.
    """

    def __init__(self, links: Links) -> None:
        self._links = links
        self._last: dict[str, int] = {}
        self._marks: dict[str, list[object]] = {}
        self._prefixes: dict[tuple[type[Record], str], str] = {}

    def next(self, record: Record) -> str:
        """The next 编号 for a new record."""
        before, computer = self._before(record), self._links.office.identity.pc
        key = f"{before}/{computer}"
        if key not in self._last:
            self._last[key] = self._last_given(type(record), before, key)
        self._last[key] += 1
        return numbering.number(before, self._last[key], computer)

    def keep(self, connection: Connection) -> None:
        """Note what was handed out: in the same transaction, or one before which nothing came."""
        for key, last in self._last.items():
            settings.keep_serial(connection, key, last)
        for key, mark in self._marks.items():
            settings.put(connection, _mark_name(key), mark)
        self._marks.clear()

    def _before(self, record: Record) -> str:
        of = type(record), text_of(record, "campaign")
        if of not in self._prefixes:
            self._prefixes[of] = self._prefix(record)
        return self._prefixes[of]

    def _prefix(self, record: Record) -> str:
        office, unit = self._links.office, self._links.own_unit
        campaign = self._links.campaigns.get(text_of(record, "campaign"))
        starts = campaign.starts if campaign else None
        year = (starts or office.today()).year
        name = unit.short_name if unit else office.identity.station
        return numbering.prefix(name, record.mark, year)

    def _last_given(self, record_type: type[Record], before: str, key: str) -> int:
        connection, identity = self._links.connection, self._links.office.identity
        last = settings.last_serial(connection, key)
        mark: list[object] = [identity.writer, packages.count_merged(connection)]
        if settings.get(connection, _mark_name(key), list[object]) == mark:
            return last
        self._marks[key] = mark
        rows = states.pick(connection, record_type, ("number",), beginning("number", before))
        known = (numbering.count_of(before, number or "", identity.pc) for (number,) in rows)
        return max(last, max(known, default=0))


def _mark_name(key: str) -> str:
    return f"numbers above/{key}"
