"""提示 for an office straight below: which persons and units others have, as fingerprints (R37).

They go down with the answer as 走访告知 do, and are kept in step at each: what came is added,
what was made void or changed is taken out. The office's own files and those of the offices below
it are not among them, unless another office has the same. Where two computers of the city began
with a key each, the first holds and the lists under the other are emptied.

A county tells its townships in the same way what it has itself and what the other townships have;
what the city told it are fingerprints under its own key, and stay with it. Nobody is told by two
offices: what fits both lists would be nearly certain. Therefore the city tells a township that
reports to a county nothing, and takes back what it told one before.
"""

from __future__ import annotations

import secrets
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from app.domain.doubles.hints import (
    KEY_BYTES,
    fingerprint,
    packed,
    person_values,
    told_anew,
    unit_values,
    unpacked,
)
from app.domain.records import Enterprise, Notice, Person, body_of
from app.services.office.office import Office
from app.services.records.append_revision import past_of, write
from app.services.records.units import subordinates, superiors
from database.state import states
from database.state.filters import equal, live, owned_by
from database.state.states import State
from database.store.engine import Connection

Values = Callable[[Connection, frozenset[str]], Iterable[str]]


def keep_up(office: Office, connection: Connection, station: str) -> None:
    """Make the hints for an office below say what others have now; none if it is not ours alone."""
    straight = _reports_to(connection, station) == office.identity.station
    around = frozenset({station, *(unit.code for unit in subordinates(connection, station))})
    for kind, values in _VALUES.items():
        at = owned_by(office.identity.station), equal("station", station), equal("hint_of", kind)
        known = states.find(connection, Notice, live(), *at, order=("source", "id"))
        if not (straight or known):
            continue
        key = next((one.record.hint_key for one in known), "") or _new_key()
        without = around if kind == Person.type_name else around | {office.identity.city}
        others = values(connection, without) if straight else ()
        wanted = {fingerprint(key, value) for value in others}
        ours = [one for one in known if one.record.hint_key == key]
        lists = told_anew((unpacked(one.record.hints) for one in ours), wanted)
        for place, prints in enumerate(lists):
            notice = Notice(
                source=f"{kind}-{place + 1}",
                station=station,
                hint_of=kind,
                hint_key=key,
                hints=packed(prints),
            )
            _say(office, connection, ours[place] if place < len(ours) else None, notice)
        for other in known:
            if other.record.hint_key != key:
                _say(office, connection, other, msgspec.structs.replace(other.record, hints=""))


def _reports_to(connection: Connection, station: str) -> str:
    return next(iter(superiors(connection, station)), "")


def _say(
    office: Office, connection: Connection, known: State[Notice] | None, notice: Notice
) -> None:
    if known is None:
        write(office, connection, Notice, office.new_id(), body_of(notice), op="create")
    elif known.record.hints != notice.hints:
        body = body_of(msgspec.structs.replace(known.record, owner="", hints=notice.hints))
        past = past_of(connection, Notice, known.id)
        write(office, connection, Notice, known.id, body, op="edit", past=past)


def _new_key() -> str:
    return b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _persons(connection: Connection, around: frozenset[str]) -> Iterator[str]:
    for owner, number in states.pick(connection, Person, ("owner", "resident_id"), live()):
        if owner not in around:
            yield from person_values(number or "")


def _units(connection: Connection, around: frozenset[str]) -> Iterator[str]:
    """What offices entered into 单位名录; what the city gave out, everybody has."""
    names = ("owner", "name", "aliases", "uscc")
    for owner, name, aliases, uscc in states.pick(connection, Enterprise, names, live()):
        if owner not in around:
            called = (name or "", *(msgspec.json.decode(aliases) if aliases else ()))
            yield from unit_values(called, uscc or "")


_VALUES: Mapping[str, Values] = {Person.type_name: _persons, Enterprise.type_name: _units}
