"""Why a line of a package is set aside: it says what its office may not say, or nothing known."""

from __future__ import annotations

from typing import NamedTuple

from app.domain.merging.ownership import Standpoint, station_of
from app.domain.records import TYPES, Notice, Review, ScoreSheet
from app.exchange.records import Spoken
from app.services.records.units import superiors
from database.store.engine import Connection


class Fault(NamedTuple):
    """Why a line is set aside."""

    code: str
    reason: str


_TELLS_MORE = ("enterprise", "person", "paper_of")
"""What a notice names that is more than a 提示."""

UNFIT = Fault("RECORD_INVALID", "记录的项目不合规定")
"""Of a record that does not fit the fields of its type."""


class LineFaults:
    """Finds them in the lines of one package, before their records are looked at."""

    def __init__(self, connection: Connection, standpoint: Standpoint) -> None:
        self._connection, self._city = connection, standpoint.city
        self._above: dict[str, set[str]] = {}

    def of(self, revision: Spoken) -> Fault | None:
        """What is wrong with it; None where nothing is."""
        if revision.type not in TYPES:
            return Fault("RECORD_INVALID", f"本程序还不认识这种记录（{revision.type[:40]}）")
        if not revision.parents and revision.op not in ("create", "merge", "edit", "restore"):
            return Fault("RECORD_INVALID", "第一次填写的记录不能这样写")
        if revision.type == Review.type_name and not self._may_review(revision):
            return Fault("REV_FORBIDDEN", "只有上级单位可以审核")
        if revision.type == ScoreSheet.type_name and not self._may_review(revision):
            return Fault("REV_FORBIDDEN", "只有上级单位可以告知考评结果")
        if revision.type == Notice.type_name and not self._may_notify(revision):
            return Fault("REV_FORBIDDEN", "只有市总工会告知走访情况")
        return None

    def _may_notify(self, revision: Spoken) -> bool:
        """The city alone tells of visits; 提示 come from any office above."""
        said = revision.body
        hints = bool(said.get("hint_of")) and not any(map(said.get, _TELLS_MORE))
        return station_of(revision.writer) == self._city or (hints and self._may_review(revision))

    def _may_review(self, revision: Spoken) -> bool:
        """Offices above an office, and the city, speak about its records."""
        writer = station_of(revision.writer)
        told = revision.body.get("station")
        if writer == self._city or not isinstance(told, str):
            return writer == self._city
        known = self._above.get(told)
        if known is None:
            known = set(superiors(self._connection, told))
        if known:
            # Made-up stations, of which there is no end, are not remembered.
            self._above[told] = known
        return writer in known
