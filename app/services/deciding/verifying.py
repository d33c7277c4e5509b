"""名录核实: a ready-made list is worked through, entry by entry (R63).

An entry is 已核实, 不存在 (注销, 迁出, 查无此单位), or 重复 of another, which goes on for both.
Who and when is kept in the entry, how and of which in the reason of its version: so it travels,
shows in the history, and can be taken back at any time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from app.domain.codes import VERIFICATION
from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.records import Enterprise, Link, body_of
from app.services.deciding.to_verify import MARK, MISSING, OPEN, VERIFIED, is_mark
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.people.paper_names import operator_name
from app.services.records.append_revision import past_of, require_owner, write
from app.services.records.same_units import DUPLICATE, joined
from app.services.records.saving import find_one, save_within
from app.services.records.undone_save import last_said, take_save_back
from app.services.records.who_and_when import who_and_when
from database.state import states
from database.state.filters import equal, live, owned_by
from database.state.states import State
from database.store.engine import Connection

_UNDONE = "撤销名录核实"
GONE_HOW: Mapping[str, str] = {"closed": "注销", "moved": "迁出", "unknown": "查无此单位"}
"""How a unit is 不存在."""

_OWN_WORDS = frozenset(
    "number unit owner name verification verified_by verified_on accepted remarks attachments"
    " extra aliases".split()
)
"""What an entry does not hand on to the one that goes on: it is about the entry itself."""


class Judged(msgspec.Struct, frozen=True):
    """What was done, in words, and what to redraw."""

    record: str
    words: str
    changes: Changes


@needs("key")
def verify(office: Office, record: str, *, known: str | None = None) -> Judged:
    """已核实: the unit is there, as the entry says.

    `known`, here and below, is the 核实情况 that stood before whoever decides ("" for none yet);
    raises `UserError` STALE, with who decided what and when, where another does by now. None
    where that is no matter.
    """
    return _judge(office, record, VERIFIED, "已核实", known)


@needs("key")
def declare_gone(office: Office, record: str, how: str, *, known: str | None = None) -> Judged:
    """不存在: `how` is one of `GONE_HOW`."""
    return _judge(office, record, MISSING, GONE_HOW[how], known)


def _judge(office: Office, record: str, standing: str, words: str, known: str | None) -> Judged:
    with office.store.write() as connection:
        _refuse_stale(connection, find_one(connection, Enterprise, record), known)
        name = _mark(office, connection, record, standing, words)
    changes = Changes.of([(Enterprise.type_name, record)])
    return Judged(record, f"“{name}”：{words}。", changes)


def _refuse_stale(connection: Connection, entry: State[Enterprise], known: str | None) -> None:
    now = entry.record.verification
    if known is None or now == known or {now, known} <= OPEN:
        return
    past = past_of(connection, Enterprise, entry.id)
    said = last_said(past, is_mark) if now not in OPEN else None
    row = next((one for one in past.stored if said and one.h == said.h), past.stored[-1])
    by, at = row.by, row.at
    did = "撤销了核实" if now in OPEN else f"定为“{VERIFICATION.label_of(now)}”"
    raise UserError(
        "STALE",
        f"{who_and_when(connection, by, at)}已把“{entry.record.name}”{did}，您的没有写入。",
        remedy="请看过最新的再定。",
    )


def _mark(office: Office, connection: Connection, record: str, standing: str, words: str) -> str:
    """Write into an entry what was found, who and when; its name."""
    typed = {
        "verification": standing,
        "verified_by": operator_name(connection, office.operator),
        "verified_on": office.today(),
    }
    why = f"{MARK}{words}"
    save_within(office, connection, Enterprise, typed, record=record, why=why)
    return find_one(connection, Enterprise, record).record.name


@needs("key")
def join(office: Office, record: str, goes_on: str, *, known: str | None = None) -> Judged:
    """重复: the entry is the unit that `goes_on` stands for, which stands for both from now on.

    What only the entry said is added to the other, where that is this office's own; visits,
    plans and the rest stay as written and are counted and shown with it. Raises `UserError`
    SAME_RECORD, NOT_OWNER, NOT_FOUND, GONE.
    """
    with office.store.write() as connection:
        entry = find_one(connection, Enterprise, record)
        _refuse_stale(connection, entry, known)
        instead = joined(connection).get(goes_on, goes_on)
        kept = find_one(connection, Enterprise, instead)
        _require_two(office, entry, kept)
        _mark(office, connection, entry.id, DUPLICATE, f"与 {kept.record.number} 重复")
        link = _link(office, connection, entry, kept)
        _hand_on(office, connection, entry, kept)
    touched = [(Enterprise.type_name, entry.id), (Enterprise.type_name, kept.id)]
    changes = Changes.of([*touched, (Link.type_name, link)])
    return Judged(entry.id, f"“{entry.record.name}”并入“{kept.record.name}”。", changes)


def _require_two(office: Office, entry: State[Enterprise], kept: State[Enterprise]) -> None:
    require_owner(office, entry)
    if entry.id == kept.id:
        raise UserError("SAME_RECORD", "两边是同一条。", remedy="请选另一条单位。")
    if kept.void or kept.record.verification in (MISSING, DUPLICATE):
        raise UserError(
            "GONE", f"“{kept.record.name}”已经作废或不存在，不能并入它。", remedy="请选另一条单位。"
        )


def _link(
    office: Office, connection: Connection, entry: State[Enterprise], kept: State[Enterprise]
) -> str:
    one, other = sorted((entry.id, kept.id))
    stations = tuple(sorted({kept.owner} - {office.identity.station}))
    link = Link(
        kind=Enterprise.type_name,
        one=one,
        other=other,
        same=True,
        reason=f"{MARK}“{entry.record.name}”与“{kept.record.name}”重复",
        stations=stations,
    )
    return write(office, connection, Link, office.new_id(), body_of(link), op="create").id


def _hand_on(
    office: Office, connection: Connection, entry: State[Enterprise], kept: State[Enterprise]
) -> None:
    """What the one that goes on does not say; the other's names it is found by from now on."""
    if kept.owner != office.identity.station:
        return
    said, has = body_of(entry.record), body_of(kept.record)
    new: dict[str, Any] = {n: v for n, v in said.items() if n not in has and n not in _OWN_WORDS}
    names = (*kept.record.aliases, entry.record.name, *entry.record.aliases)
    aliases = [one for one in dict.fromkeys(names) if one != kept.record.name]
    if aliases != list(kept.record.aliases):
        new["aliases"] = aliases
    if new:
        why = f"{MARK}并入 {entry.record.number} 时补上"
        save_within(office, connection, Enterprise, new, record=kept.id, why=why)


@needs("key")
def take_back(office: Office, record: str, *, known: str | None = None) -> Judged:
    """Undo what was last decided here of an entry, with everything it led to.

    Raises `UserError` NOTHING_TO_UNDO where it was not decided here, NOT_OWNER.
    """
    with office.store.write() as connection:
        entry = find_one(connection, Enterprise, record)
        require_owner(office, entry)
        _refuse_stale(connection, entry, known)
        said = last_said(past_of(connection, Enterprise, entry.id), is_mark)
        if said is None or entry.record.verification in OPEN:
            raise _not_here(entry)
        joined_now = entry.record.verification == DUPLICATE
        touched = list(_parted(office, connection, entry)) if joined_now else []
        if take_save_back(office, connection, entry, said.h, _UNDONE) is None:
            raise _not_here(entry)
    changes = Changes.of([*touched, (Enterprise.type_name, entry.id)])
    return Judged(entry.id, f"“{entry.record.name}”的核实已撤销。", changes)


def _not_here(entry: State[Enterprise]) -> UserError:
    return UserError(
        "NOTHING_TO_UNDO",
        f"“{entry.record.name}”不是在这里核实的。",
        remedy="请打开这条单位，在“核实情况”里改，或从历史改回。",
    )


def _parted(
    office: Office, connection: Connection, entry: State[Enterprise]
) -> Iterator[tuple[str, str]]:
    """The decisions and additions of a joining, taken back."""
    either = equal("one", entry.id) | equal("other", entry.id)
    own = live(), owned_by(office.identity.station), equal("kind", Enterprise.type_name), either
    added = f"{MARK}并入 {entry.record.number} 时补上"
    for link in states.find(connection, Link, *own):
        if not link.record.same or not link.record.reason.startswith(MARK):
            continue
        past = past_of(connection, Link, link.id)
        write(office, connection, Link, link.id, past.body, op="void", past=past, why=_UNDONE)
        yield Link.type_name, link.id
        other = link.record.other if link.record.one == entry.id else link.record.one
        state = states.get(connection, Enterprise, other)
        if state is not None and state.owner == office.identity.station:
            said = last_said(past_of(connection, Enterprise, other), added.__eq__)
            if said is not None:
                take_save_back(office, connection, state, said.h, _UNDONE)
                yield Enterprise.type_name, other
