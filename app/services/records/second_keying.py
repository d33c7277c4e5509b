"""二次录入: a sample is keyed again by another operator, from the paper, without seeing the first.

One of so many records begun by hand is drawn, from a random start; both are written down, so that
anybody can draw the same again. What comes of it stays on this computer and tells how often two
operators read one paper differently.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.domain.campaign.windows import windows_for
from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec, Kind, fields_of
from app.domain.records import TYPES, Campaign, Operator, Record, body_of
from app.domain.records.told import day_of, title_of
from app.domain.values.dates import Window
from app.domain.values.entry import read_body
from app.services.office.duties import needs, require_saving
from app.services.office.office import Office
from app.services.records import reveals, saving
from app.services.records.field_words import Wording
from app.services.records.keyed_by_hand import by_hand
from app.services.records.link_resolving import Links
from database.books import proofread_ticks, second_keyings
from database.books.proofread_ticks import ProofRow
from database.books.second_keyings import AgainRow, SampleRow
from database.log import keyed
from database.state import states
from database.state.states import State
from database.store.engine import Connection

LEAST, MOST = 2, 1000
"""One of at least and of at most so many may be drawn."""
WHY = "二次录入核对"


@dataclass(frozen=True, slots=True)
class Sample:
    """A draw in words: `drawn` were drawn, `done` of them keyed again, `by` is a name."""

    label: str
    every: int
    start: int
    among: int
    drawn: int
    done: int
    at: str
    by: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits to be keyed again: by who is at work, and how many only others may key.

    `compared` and `differing` are the fields of what was keyed again of this type.
    """

    mine: tuple[str, ...]
    others: int
    done: int
    compared: int
    differing: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to be keyed again: how it is found in the folder, and what its form is made for."""

    record: str
    h: str
    number: str
    title: str
    day: str
    campaign: Campaign | None
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that both read differently, in words."""

    field: str
    label: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What two operators read: how many fields say anything, and those that differ."""

    compared: int
    differing: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Again:
    """A record keyed again: the paper, the fields on it, and what was typed."""

    record: str
    h: str
    fields: tuple[str, ...]
    typed: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of one record, in fields; `changes` tell the lists."""

    compared: int
    differing: int
    mended: int
    changes: Changes


@needs("key")
def draw(office: Office, record_type: type[Record], every: int) -> Sample:
    """Draw one of `every` records of a type begun by hand since the last draw.

    Raises `UserError` EVERY, TOO_FEW.
    """
    if not LEAST <= every <= MOST:
        raise UserError("EVERY", f"请填 {LEAST} 到 {MOST}：每几条抽一条。")
    with office.store.write() as connection:
        known = second_keyings.samples(connection)
        last = max((one.last for one in known if one.type == record_type.type_name), default=0)
        found = by_hand(
            connection,
            keyed.begun_after(connection, office.identity.writer, record_type, last),
        )
        if len(found) < every:
            raise UserError(
                "TOO_FEW",
                f"上次抽样以后新录的只有 {len(found)} 条，不够每 {every} 条抽一条。",
                remedy="请多录一些再抽，或把数字改小。",
            )
        start = secrets.randbelow(every) + 1
        sample = SampleRow(
            len(known) + 1,
            record_type.type_name,
            every,
            start,
            found[0].n,
            found[-1].n,
            len(found),
            office.now(),
            office.operator,
        )
        drawn = [AgainRow(one.id, sample.n, one.by) for one in found[start - 1 :: every]]
        second_keyings.add(connection, sample, drawn)
        return _sample(connection, sample, drawn)


def samples(office: Office) -> list[Sample]:
    """All draws, the newest first."""
    with office.store.read() as connection:
        rows = second_keyings.every(connection)
        return [
            _sample(connection, one, [row for row in rows if row.sample == one.n])
            for one in second_keyings.samples(connection)
        ][::-1]


def waiting(office: Office, record_type: type[Record]) -> Waiting:
    """What of this type was drawn and not keyed again; what is 作废 by now is left out."""
    with office.store.read() as connection:
        of_type = {
            one.n for one in second_keyings.samples(connection) if one.type == record_type.type_name
        }
        rows = [row for row in second_keyings.every(connection) if row.sample in of_type]
        open_ = [row for row in rows if row.at is None and _stands(connection, record_type, row)]
    done = [row for row in rows if row.at is not None]
    return Waiting(
        tuple(row.record for row in open_ if row.keyer != office.operator),
        sum(row.keyer == office.operator for row in open_),
        len(done),
        sum(row.compared for row in done),
        sum(row.differing for row in done),
    )


def paper(office: Office, record_type: type[Record], record: str) -> Paper:
    """What tells the paper of a record; raises `UserError` NOT_FOUND, SAME_KEYER, NOT_DRAWN."""
    with office.store.read() as connection:
        state = _drawn(office, connection, record_type, record)
        links = Links(office, connection)
        campaign = _campaign(links, state.record)
        day = day_of(state.record)
        return Paper(
            state.id,
            state.h,
            state.record.number,
            title_of(state.record),
            day.isoformat() if day else "",
            campaign,
            windows_for(links.campaigns.values(), office.today(), campaign),
        )


def compare(office: Office, record_type: type[Record], again: Again) -> Compared:
    """Put what was typed beside what stands in the record, field by field.

    What is sensitive is shown in full, which is logged: it lies on paper before who keys.
    Raises `UserError` as `paper`, STALE, and what reading what was typed raises.
    """
    with office.store.write() as connection:
        state = _drawn(office, connection, record_type, again.record, again.h)
        specs, first, second = _both(office, connection, state, again)
        found = tuple(_differences(connection, specs, first, second))
        seen = {one.field for one in found} & {s.name for s in specs if _is_sensitive(s)}
        if seen:
            reveals.note(office, connection, record_type, {state.id: tuple(sorted(seen))}, WHY)
        return Compared(len(_saying(specs, first, second)), found)


def settle(
    office: Office, record_type: type[Record], again: Again, second_right: Collection[str] = ()
) -> Settled:
    """Keep what is right of a record keyed again, and tick it 已核对.

    `second_right` names the fields of which the second is right: they become a revision of
    their own. Raises as `compare`, and as `saving.save`.
    """
    require_saving(office, record_type)
    with office.store.write() as connection:
        state = _drawn(office, connection, record_type, again.record, again.h)
        specs, first, second = _both(office, connection, state, again)
        differing = [one.field for one in _differences(connection, specs, first, second)]
        mended = {name: second.get(name) for name in differing if name in second_right}
        h, changes = state.h, Changes.of([(record_type.type_name, state.id)])
        if mended:
            saved = saving.save_within(
                office, connection, record_type, mended, record=state.id, base=state.h, why=WHY
            )
            h, changes = saved.state.h, saved.changes
        now = office.now()
        proofread_ticks.put(connection, ProofRow(state.id, h, office.operator, now))
        row = second_keyings.of(connection, state.id)
        assert row is not None
        compared = len(_saying(specs, first, second))
        result = (compared, len(differing), len(mended))
        second_keyings.finish(
            connection,
            AgainRow(row.record, row.sample, row.keyer, now, office.operator, *result),
        )
    return Settled(*result, changes)


def _drawn(
    office: Office,
    connection: Connection,
    record_type: type[Record],
    record: str,
    h: str | None = None,
) -> State[Record]:
    state = saving.find_one(connection, record_type, record)
    row = second_keyings.of(connection, state.id)
    if row is None or row.at is not None or state.void:
        raise UserError(
            "NOT_DRAWN", f"“{state.record.number}”现在不用再录。", remedy="请接着录下一张。"
        )
    if row.keyer == office.operator:
        raise UserError(
            "SAME_KEYER",
            f"“{state.record.number}”是您自己录的。",
            remedy="请换一位经办人来录（Ctrl+L）。",
        )
    if h is not None and state.h != h:
        raise UserError(
            "STALE", f"“{state.record.number}”刚才被改过。", remedy="请把这一张再录一遍。"
        )
    return state


def _both(
    office: Office, connection: Connection, state: State[Record], again: Again
) -> tuple[list[FieldSpec], dict[str, Any], dict[str, Any]]:
    """The fields on the paper, and what each of the two read there."""
    links = Links(office, connection)
    campaign = _campaign(links, state.record)
    specs = [s for s in fields_of(type(state.record), campaign) if s.name in again.fields]
    windows = windows_for(links.campaigns.values(), office.today(), campaign)
    given = {name: value for name, value in again.typed.items() if name in again.fields}
    read = read_body(tuple(specs), given, office.today(), windows)
    return specs, body_of(state.record), links.resolve(specs, read)


def _saying(
    specs: Sequence[FieldSpec], first: Mapping[str, Any], second: Mapping[str, Any]
) -> list[FieldSpec]:
    """The fields in which either says anything."""
    return [spec for spec in specs if spec.name in first or spec.name in second]


def _differences(
    connection: Connection,
    specs: Sequence[FieldSpec],
    first: Mapping[str, Any],
    second: Mapping[str, Any],
) -> Iterator[Difference]:
    wording = Wording(connection, full=True)
    for spec in _saying(specs, first, second):
        one, other = first.get(spec.name), second.get(spec.name)
        if _plain(spec, one) != _plain(spec, other):
            words = (wording.of(spec, one), wording.of(spec, other))
            yield Difference(spec.name, spec.label, *words)


def _plain(spec: FieldSpec, value: Any) -> Any:
    """What two operators must agree on: not on blanks, nor on the order of what was ticked."""
    if value is None:
        return None
    if spec.kind is Kind.ROWS:
        return [{name: one for name, one in row.items() if name != "id"} for row in value]
    if spec.kind in (Kind.CODES, Kind.LINKS):
        return sorted(value)
    if spec.kind is Kind.MONEY:
        return Decimal(value)
    if spec.kind is Kind.PROSE:
        return "".join(str(value).split())
    return list(value) if isinstance(value, tuple) else value


def _is_sensitive(spec: FieldSpec) -> bool:
    return spec.field.sensitive or any(column.field.sensitive for column in spec.columns)


def _stands(connection: Connection, record_type: type[Record], row: AgainRow) -> bool:
    state = states.get(connection, record_type, row.record)
    return state is not None and not state.void


def _campaign(links: Links, record: Record) -> Campaign | None:
    return links.campaigns.get(str(body_of(record).get("campaign", "")))


def _sample(connection: Connection, row: SampleRow, drawn: Sequence[AgainRow]) -> Sample:
    who = states.get(connection, Operator, row.by)
    return Sample(
        TYPES[row.type].label,
        row.every,
        row.start,
        row.among,
        len(drawn),
        sum(one.at is not None for one in drawn),
        row.at,
        who.record.name if who else "",
    )
