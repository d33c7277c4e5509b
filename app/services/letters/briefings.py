"""工作简报 at work: an issue begun, its parts chosen and written (R50)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from app.domain.checking.issue_numbers import missing, words
from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.records import Briefing, BriefingPart, Document, Review
from app.domain.records.briefing import MASTHEAD
from app.services.figures.figure_records import campaign_of
from app.services.figures.issued_totals import issued_one
from app.services.letters.briefing_items import figure_words, item_of
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.records.append_revision import require_owner
from app.services.records.briefing_numbers import numbers, of_year
from app.services.records.link_resolving import Links
from app.services.records.saving import Saved, find_one, save, save_within
from app.services.records.units import name_of
from app.services.reviewing import adoptions
from database.state import states
from database.state.filters import live, owned_by
from database.state.states import State
from database.store.engine import Connection

_CARRIED = ("masthead", "editor", "approved_by", "recipients", "copies_to", "printed")
"""What the next issue takes over from the last."""


@dataclass(frozen=True, slots=True)
class BriefingSeen:
    """An issue as it stands: whose, the numbers left out before it, who was told of it already.

    `told` are the offices whose 信息 is in it, `sent` those of them the word went down to.
    """

    state: State[Briefing]
    office: str
    mine: bool
    gap: tuple[int, ...]
    told: tuple[str, ...] = ()
    sent: tuple[str, ...] = ()

    @property
    def record(self) -> Briefing:
        """What is kept."""
        return self.state.record

    @property
    def issued(self) -> bool:
        """Whether it is locked."""
        return self.record.issued_at is not None

    @property
    def standing(self) -> str:
        """已印发 2011-12-20 李经办, or 还没有印发; and what of the numbers before it is missing."""
        one, at = self.record, self.record.issued_at
        how = f"已印发 {at:%Y-%m-%d} {one.issued_by}" if at else "还没有印发"
        return f"{how}；{one.year}年没有{words(self.gap)}" if self.gap else how


def cited(one: Briefing) -> str:
    """《工作简报》2011年第3期."""
    return f"《{one.masthead or MASTHEAD}》{one.year}年第{one.issue}期"


def listed(office: Office) -> list[State[Briefing]]:
    """The register: every issue that stands here, the latest number first, the own ones first."""
    with office.store.read() as connection:
        found = states.find(connection, Briefing, live())
    own = office.identity.station
    latest = sorted(found, key=lambda one: _rank(one.record), reverse=True)
    return sorted(latest, key=lambda one: one.owner != own)


def _rank(one: Briefing) -> tuple[int, int]:
    return one.year or 0, one.issue or 0


def seen(office: Office, key: str) -> BriefingSeen:
    """One issue by its id or 编号; raises `UserError` NOT_FOUND."""
    with office.store.read() as connection:
        state = find_one(connection, Briefing, key)
        one = state.record
        known = numbers(of_year(connection, state.owner, one.year or 0))
        said = adoptions.told(connection, state.owner, cited(one)) if one.issued_at else []
        sent = [review for review in said if adoptions.is_sent(connection, review)]
        return BriefingSeen(
            state,
            name_of(connection, state.owner),
            state.owner == office.identity.station,
            missing(known, one.issue or 0),
            offices_of(connection, said),
            offices_of(connection, sent),
        )


def offices_of(connection: Connection, said: Sequence[State[Review]]) -> tuple[str, ...]:
    """The offices that reviews are for."""
    codes = sorted({review.record.station for review in said})
    return tuple(name_of(connection, code) for code in codes)


# -- the text


def begin(office: Office, campaign: str = "") -> Saved:
    """The next issue of this year, dated today; recipients and the like as on the last one.

    `campaign` is a code or title, "" for the one of today. Raises NO_CAMPAIGN, as `saving.save`.
    """
    today = office.today()
    with office.store.read() as connection:
        station = office.identity.station
        known = numbers(of_year(connection, station, today.year))
        own = states.find(connection, Briefing, live(), owned_by(station))
        unit = name_of(connection, station)
        code = campaign_of(Links(office, connection), campaign or None).code
    last = max((one.record for one in own), key=_rank, default=Briefing(editor=unit))
    body = msgspec.to_builtins(last)
    carried = {name: body[name] for name in _CARRIED if name in body}
    number = max(known, default=0) + 1
    typed = {"year": today.year, "issue": number, "dated": today.isoformat(), **carried}
    return save(office, Briefing, {**typed, "campaign": code})


@needs("key")
def add_items(office: Office, key: str, documents: Sequence[str]) -> Changes:
    """Put these pieces of 信息 (by id or 编号) behind the text, those that are not in it yet.

    Raises `UserError` NOT_FOUND, NOT_OWNER, ISSUED and as `saving.save`.
    """
    with office.store.write() as connection:
        state = open_own(office, connection, key)
        there = {part.document for part in state.record.parts}
        rows = [_rows(part) for part in state.record.parts]
        for one in (find_one(connection, Document, document) for document in documents):
            if one.id not in there:
                there.add(one.id)
                item = item_of(connection, one)
                told = {
                    "heading": item.title[:100],
                    "text": item.text,
                    "station": item.station,
                    "source": item.office,
                    "document": item.id,
                }
                rows.append(_row(office, told))
        return _keep(office, connection, state, rows)


@needs("key")
def add_figures(office: Office, key: str, n: int) -> Changes:
    """Put the figures of a 定稿 (its number) behind the text; raises as `add_items`."""
    issued = issued_one(office, n)
    told = {
        "heading": "走访情况",
        "text": figure_words(issued),
        "figures_as_of": issued.table.as_of.isoformat(),
        "figures_from": issued.at[:10],
    }
    return _append(office, key, told)


@needs("key")
def add_text(office: Office, key: str, heading: str, text: str) -> Changes:
    """Put a part of one's own behind the text; raises as `add_items`."""
    return _append(office, key, {"heading": heading, "text": text})


def _append(office: Office, key: str, told: Mapping[str, str]) -> Changes:
    with office.store.write() as connection:
        state = open_own(office, connection, key)
        rows = [*map(_rows, state.record.parts), _row(office, told)]
        return _keep(office, connection, state, rows)


@needs("key")
def write_part(office: Office, key: str, part: str, heading: str, text: str) -> Changes:
    """Write a part (its id) anew; where it came from stays. Raises `UserError` NO_PART, …"""
    with office.store.write() as connection:
        state = open_own(office, connection, key)
        place = _place(state.record, part)
        rows = [_rows(one) for one in state.record.parts]
        rows[place] = {**rows[place], "heading": heading.strip(), "text": text.strip()}
        return _keep(office, connection, state, rows)


@needs("key")
def move_part(office: Office, key: str, part: str, by: int) -> Changes:
    """Move a part up (-1) or down (1); raises as `write_part`."""
    with office.store.write() as connection:
        state = open_own(office, connection, key)
        rows = [_rows(one) for one in state.record.parts]
        moved = rows.pop(place := _place(state.record, part))
        rows.insert(max(0, min(place + by, len(rows))), moved)
        return _keep(office, connection, state, rows)


@needs("key")
def drop_part(office: Office, key: str, part: str) -> Changes:
    """Leave a part out; its 信息 may be chosen again. Raises as `write_part`."""
    with office.store.write() as connection:
        state = open_own(office, connection, key)
        rows = [_rows(one) for one in state.record.parts]
        del rows[_place(state.record, part)]
        return _keep(office, connection, state, rows)


def _row(office: Office, told: Mapping[str, str]) -> dict[str, Any]:
    return {"id": office.new_id(), **{name: value for name, value in told.items() if value}}


def _rows(part: BriefingPart) -> dict[str, Any]:
    body: dict[str, Any] = msgspec.to_builtins(part)
    return body


def _place(one: Briefing, part: str) -> int:
    ids = [row.id for row in one.parts]
    if part not in ids:
        raise UserError("NO_PART", "没有这一部分。", remedy="请看过最新内容后再改。")
    return ids.index(part)


def _keep(
    office: Office, connection: Connection, state: State[Briefing], rows: Sequence[Any]
) -> Changes:
    typed = {"parts": list(rows)}
    return save_within(office, connection, Briefing, typed, record=state.id, base=state.h).changes


def open_own(office: Office, connection: Connection, key: str) -> State[Briefing]:
    """An issue of this office that is not locked; raises `UserError` NOT_OWNER, ISSUED."""
    state = find_one(connection, Briefing, key)
    require_owner(office, state)
    if state.record.issued_at is not None:
        raise UserError(
            "ISSUED",
            f"{cited(state.record)}已经印发，不能再改。",
            remedy="采用情况还没有随回执发下去的，可以先撤回印发。",
        )
    return state
