"""合成一份: what was decided to be one person or one unit as one file, taken apart at will.

Nothing is rewritten: a decision (同一认定) stands beside the files, which their offices keep and
go on changing. So it can be taken back at any time, after later changes and after packages came
in, and every file is then what its own office made of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import fields_of
from app.domain.records import Enterprise, Link, Person, Record, body_of
from app.domain.records.told import title_of
from app.services.deciding.doubles import Verdict, verdict
from app.services.deciding.to_verify import MARK
from app.services.lists import record_history
from app.services.lists.record_history import Entry
from app.services.office.office import Office
from app.services.records.field_words import Wording
from app.services.records.same_units import alike
from app.services.records.saving import Saved, find_one
from app.services.records.units import name_of
from app.services.records.voiding import void_all
from app.services.records.who_and_when import who_and_when
from app.services.reviewing import pair_decisions
from app.services.reviewing.pair_decisions import Decision
from database.state import states
from database.state.filters import among, equal, live
from database.state.states import State
from database.store.engine import Connection

JOINED: tuple[type[Record], ...] = (Person, Enterprise)
"""The types of which two files may be one."""
MOST_FILES = 12
"""So many files stand beside each other; who has more has a wrong decision among them."""
_MARKS = "甲乙丙丁戊己庚辛壬癸子丑"
_LEFT_OUT = frozenset({"number", "unit", "owner", "attachments", "accepted", "extra"})


@dataclass(frozen=True, slots=True)
class FileHeld:
    """One of the files: whose it is, and when it was last changed.

    `joined` says that a decision holds it here; else it only stands beside to be looked at.
    """

    id: str
    number: str
    name: str
    unit: str
    changed: str
    joined: bool
    void: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One field of all files in words, in their order; sensitive values are masked."""

    label: str
    words: tuple[str, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Told:
    """One save of one of the files; `file` is its place among them."""

    file: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class JoinedFile:
    """All files of one person or unit: beside each other, and the history of all, newest first.

    The first is the one that was asked for. `why` are the decisions that join them in words,
    `links` their ids; `decided` is the decision that stands about the first and the one to look
    at, "" for none.
    """

    type: type[Record]
    files: tuple[FileHeld, ...]
    lines: tuple[Line, ...]
    history: tuple[Told, ...]
    why: tuple[str, ...]
    links: tuple[str, ...] = ()
    decided: str = ""

    @property
    def is_joined(self) -> bool:
        """Whether there is more than the one file."""
        return sum(one.joined for one in self.files) > 1


def mark_of(place: int) -> str:
    """What one of the files is called in words: 甲, 乙."""
    return _MARKS[place]


def joined_file(
    office: Office, record_type: type[Record], key: str, beside: str = ""
) -> JoinedFile:
    """One file by id or 编号 with all that are one with it; `beside` is another to look at.

    What is one with that stands there too: it would all be one file.

    Raises `UserError` NOT_FOUND.
    """
    with office.store.read() as connection:
        first = find_one(connection, record_type, key)
        together = alike(connection, record_type, first.id)[:MOST_FILES]
        other = find_one(connection, record_type, beside).id if beside else ""
        with_it = alike(connection, record_type, other)[:MOST_FILES] if other else ()
        ids = [*together, *(one for one in with_it if one not in together)]
        found = [s for one in ids if (s := states.get(connection, record_type, one)) is not None]
        files = tuple(_held(connection, s, joined=s.id in together) for s in found)
        lines = tuple(_lines(connection, record_type, found))
        why = tuple(_why(connection, record_type, together))
        links = tuple(one.id for one in _links(connection, record_type, together))
        decided = _decided(connection, record_type, first.id, other)
    history = [
        Told(place, entry)
        for place, one in enumerate(found)
        for entry in record_history.told(office, record_type, one.id)
    ]
    history.sort(key=lambda told: told.entry.at, reverse=True)
    return JoinedFile(record_type, files, lines, tuple(history), why, links, decided)


def _decided(connection: Connection, record_type: type[Record], one: str, other: str) -> str:
    """The decision that stands about two, whatever it says."""
    first, second = sorted((one, other))
    about = equal("kind", record_type.type_name), equal("one", first), equal("other", second)
    found = states.find(connection, Link, live(), *about, order=("changed_at", "id"))
    return found[-1].id if found else ""


def _held(connection: Connection, state: State[Record], *, joined: bool) -> FileHeld:
    return FileHeld(
        state.id,
        state.record.number,
        title_of(state.record),
        name_of(connection, state.owner),
        state.changed_at[:10],
        joined,
        state.void,
    )


def _lines(
    connection: Connection, record_type: type[Record], found: Sequence[State[Record]]
) -> Iterable[Line]:
    wording = Wording(connection)
    bodies: list[dict[str, Any]] = [body_of(state.record) for state in found]
    for spec in fields_of(record_type):
        if spec.field.hidden or spec.name in _LEFT_OUT:
            continue
        values = [body.get(spec.name) for body in bodies]
        words = tuple(wording.of(spec, value) for value in values)
        if any(words):
            told = {verdict(spec, values[0], value) for value in values[1:]}
            worst: Verdict = next((one for one in _WORST if one in told), "same")
            yield Line(spec.label, words, worst)


_WORST: tuple[Verdict, ...] = ("different", "near", "blank")


def _why(connection: Connection, record_type: type[Record], ids: Sequence[str]) -> Iterable[str]:
    for state in _links(connection, record_type, ids):
        who = name_of(connection, state.owner)
        yield f"{state.changed_at[:10]} {who}认定：{state.record.reason}"


def _links(
    connection: Connection, record_type: type[Record], ids: Iterable[str]
) -> list[State[Link]]:
    """The decisions that join two of these."""
    some = list(ids)
    about = equal("kind", record_type.type_name), equal("same", True)
    both = among("one", some), among("other", some)
    return states.find(connection, Link, live(), *about, *both, order=("changed_at", "id"))


def join(
    office: Office,
    record_type: type[Record],
    key: str,
    other: str,
    reason: str,
    *,
    known: str | None = None,
) -> Saved:
    """合成一份: decide that two files are of one person or one unit, with the reason.

    `known` is the decision that stood before whoever decides (`decided`), None where that is no
    matter. Raises `UserError` NOT_FOUND, SAME_FILE, ALREADY_ONE, NOT_TWO_FILES, WHY,
    NOT_YOUR_DUTY; STALE and ALREADY_ONE tell who decided what, and when.
    """
    with office.store.read() as connection:
        first, second = (find_one(connection, record_type, one) for one in (key, other))
        together = alike(connection, record_type, first.id)
        who = _who_joined(connection, record_type, together)
    if record_type not in JOINED:
        raise UserError("NOT_TWO_FILES", f"{record_type.label}不能合成一份。")
    if first.id == second.id:
        raise UserError("SAME_FILE", "这就是同一条记录。", remedy="请填另一份的编号。")
    if second.id in together:
        raise UserError("ALREADY_ONE", f"{who}已经把这两份合成一份了。", remedy="请看过最新的。")
    told = Decision(record_type, first.id, second.id, True, reason, known=known)
    return pair_decisions.link_all(office, [told])[0]


def _who_joined(connection: Connection, record_type: type[Record], ids: Sequence[str]) -> str:
    """Who joined these last, "" where nobody did."""
    links = _links(connection, record_type, ids)
    return who_and_when(connection, links[-1].changed_by, links[-1].changed_at) if links else ""


def _refuse_stale(
    connection: Connection, record_type: type[Record], record: str, known: Collection[str]
) -> None:
    now = _links(connection, record_type, alike(connection, record_type, record))
    new = [one for one in now if one.id not in known]
    gone = [one for id in known if (one := states.get(connection, Link, id)) and one.void]
    for did, found in (("又合成了别的一份", new), ("已经拆开", gone)):
        if found:
            who = who_and_when(connection, found[-1].changed_by, found[-1].changed_at)
            raise UserError("STALE", f"{who}{did}，您的没有写入。", remedy="请看过最新的再决定。")


def part(
    office: Office,
    record_type: type[Record],
    key: str,
    why: str = "拆开",
    *,
    known: Collection[str] | None = None,
) -> Changes:
    """拆开: this file stands by itself again; its decisions with others are taken back.

    All or none. `known` are the decisions that stood before whoever decides (`links`), None where
    that is no matter. Raises `UserError` NOT_FOUND, NOT_JOINED, NOT_OURS, DECIDED_IN_DIRECTORY;
    STALE with who and when.
    """
    with office.store.read() as connection:
        state = find_one(connection, record_type, key)
        if known is not None:
            _refuse_stale(connection, record_type, state.id, known)
        together = _links(connection, record_type, alike(connection, record_type, state.id))
        links = [one for one in together if state.id in (one.record.one, one.record.other)]
        names = [name_of(connection, one.owner) for one in links]
    if not links:
        raise UserError("NOT_JOINED", "这一份没有和别的合成一份。")
    for link, name in zip(links, names, strict=True):
        if link.owner != office.identity.station:
            raise UserError(
                "NOT_OURS", f"这是{name}认定的，不能在这里拆开。", remedy=f"请{name}改回认定。"
            )
        if link.record.reason.startswith(MARK):
            raise UserError(
                "DECIDED_IN_DIRECTORY",
                "这是核实单位名录时认定的。",
                remedy="请在“单位名录”的“核实”里改回。",
            )
    saved = void_all(office, Link, [one.id for one in links], why)
    changes = Changes.of([(Link.type_name, one.id) for one in links])
    return changes | Changes.of([(record_type.type_name, state.id)]) if saved else changes
