"""What a visit says of its unit reaches 单位名录, and is taken back with the visit.

Called by every save of a visit, in its transaction. Only units of this office are written; the
figures take the newest word of any visit by themselves (`app.domain.campaign.headcounts`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from app.domain.campaign.headcounts import Told, newest
from app.domain.records import Enterprise, Record, Visit
from app.services.office.office import Office
from app.services.records.append_revision import Past, past_of, write
from app.services.records.record_folding import decode
from database.log import revisions
from database.state import counts, states
from database.store.engine import Connection

MARK = "随走访更新"
"""How the reason of a revision begins that repeats what a visit says."""


class Word(NamedTuple):
    """A headcount and its 截至日期 as a unit keeps them."""

    headcount: int | None
    on: str | None


def follow(
    office: Office,
    connection: Connection,
    past: Past | None,
    state: states.State[Record],
    body: Mapping[str, Any],
) -> list[tuple[str, str]]:
    """Bring the units of a visit that was just written in line with it; what was touched.

    `past` is what the visit was before, `body` what it says now, also where it is 作废.
    """
    if type(state.record) is not Visit:
        return []
    before = past.body if past else {}
    linked = dict.fromkeys(one.get("enterprise") for one in (before, body))
    units = (unit for unit in linked if unit)
    return [found for unit in units for found in _bring(office, connection, unit, state, body)]


def _bring(
    office: Office,
    connection: Connection,
    unit: str,
    visit: states.State[Record],
    body: Mapping[str, Any],
) -> Iterator[tuple[str, str]]:
    known = states.get(connection, Enterprise, unit)
    if known is None or known.void or known.conflicts or known.owner != office.identity.station:
        return
    heard = _heard(connection, unit)
    now = _wanted(connection, known, visit.id, heard)
    place = body.get("area") if not (visit.void or known.record.area) else None
    if now is None and not place:
        return
    past = past_of(connection, Enterprise, unit)
    changed = _said(past.body, now) if now is not None else past.body
    changed = changed | ({"area": place} if place else {})
    if changed != past.body:
        why = f"{MARK}（{visit.record.number}）"
        write(office, connection, Enterprise, unit, changed, op="edit", past=past, why=why)
        yield Enterprise.type_name, unit


def _said(body: Mapping[str, Any], word: Word) -> dict[str, Any]:
    rest = {name: value for name, value in body.items() if name not in ("headcount", _DAY)}
    said = {"headcount": word.headcount, _DAY: word.on}
    return rest | {name: value for name, value in said.items() if value is not None}


_DAY = Enterprise.facts.day


def _heard(connection: Connection, unit: str) -> Told | None:
    found = counts.headcount_of(connection, unit)
    return Told(dt.date.fromisoformat(found[1]), True, found[2], found[0]) if found else None


def _wanted(
    connection: Connection, unit: states.State[Enterprise], visit: str, heard: Told | None
) -> Word | None:
    """What 单位名录 is to say from now on; None where it says that already."""
    day = unit.record.headcount_on
    now = Word(unit.record.headcount, day.isoformat() if day else None)
    if heard is not None and now == Word(heard.headcount, heard.on.isoformat()):
        return None
    newer = heard is not None and heard.on >= (day or dt.date.min)
    if heard is not None and newer and heard.headcount != now.headcount:
        return Word(heard.headcount, heard.on.isoformat())
    copies = _words_of(connection, visit)
    if now not in copies:
        return None
    found = newest([_told(_by_hand(connection, unit.id, copies)), heard])
    return Word(found.headcount, _iso(found.on)) if found else Word(None, None)


def _told(word: Word | None) -> Told | None:
    if word is None or word.headcount is None:
        return None
    on = dt.date.fromisoformat(word.on) if word.on else dt.date.min
    return Told(on, False, word.headcount)


def _iso(day: dt.date) -> str | None:
    return None if day == dt.date.min else day.isoformat()


def _words_of(connection: Connection, visit: str) -> set[Word]:
    """Everything that a visit ever said: what 单位名录 says after it was a copy."""
    said = decode(revisions.of_record(connection, visit, status="live")).values()
    return {Word(one.body.get("headcount"), one.body.get("visited_on")) for one in said}


def _by_hand(connection: Connection, unit: str, copies: Collection[Word]) -> Word | None:
    """What was last entered in 单位名录 itself, before visits were repeated there."""
    found, last = None, Word(None, None)
    for one in decode(revisions.of_record(connection, unit, status="live")).values():
        word = Word(one.body.get("headcount"), one.body.get(_DAY))
        if word != last and word not in copies and not (one.why or "").startswith(MARK):
            found = word
        last = word
    return found
