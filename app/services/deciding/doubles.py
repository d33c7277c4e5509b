"""疑似重复: two records beside each other, field by field, and what a person decided of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from app.domain.doubles.evidence import TYPES_OF
from app.domain.doubles.evidence import Kind as Pairing
from app.domain.doubles.persons import resident_number
from app.domain.kernel.added_values import said_in, value_in
from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec, Kind, fields_of
from app.domain.kernel.text import fold_digits, lookup_key
from app.domain.naming.name_sounds import fits, sounds
from app.domain.records import TYPES, Link, Record, body_of
from app.services.deciding.to_verify import MARK
from app.services.figures.possible_doubles import PairView
from app.services.office.office import Office
from app.services.records.asked_campaign import asked_of
from app.services.records.field_words import Wording
from app.services.records.link_resolving import Links
from app.services.records.saving import find_one
from app.services.records.units import name_of
from app.services.records.voiding import void_all
from app.services.reviewing import pair_decisions
from database.state import states
from database.state.filters import live, owned_by
from database.state.states import State
from database.store.engine import Connection

Verdict = Literal["same", "named", "near", "different", "blank"]
"""相同, 同名, 相近, 不同; named: another record of the same name.

blank: only one of the two is filled in.
"""

_LEFT_OUT = frozenset(
    {"number", "unit", "owner", "attachments", "accepted", "extra", "paper_marks"}
)
_NEAR_DAYS = 7
_SHORTEST_PART = 3
_FEWEST_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Row:
    """One field of both, in words; sensitive values are masked."""

    label: str
    one: str
    other: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Side:
    """Whose record it is, and when it was last changed."""

    type: str
    id: str
    number: str
    name: str
    unit: str
    changed: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two records, what tells most first."""

    one: Side
    other: Side
    rows: tuple[Row, ...]


def compare(office: Office, record_type: type[Record], one: str, other: str) -> Comparison:
    """Two records by id; raises `UserError` NOT_FOUND when one is gone."""
    with office.store.read() as connection:
        first, second = (find_one(connection, record_type, record) for record in (one, other))
        return Comparison(
            _side(connection, record_type, first),
            _side(connection, record_type, second),
            tuple(_rows(office, connection, record_type, first, second)),
        )


def _side(connection: Connection, record_type: type[Record], state: State[Record]) -> Side:
    return Side(
        record_type.type_name,
        state.id,
        state.record.number,
        Wording(connection).name(record_type, state.id),
        name_of(connection, state.owner),
        state.changed_at[:10],
    )


def _rows(
    office: Office,
    connection: Connection,
    record_type: type[Record],
    one: State[Record],
    other: State[Record],
) -> Iterator[Row]:
    wording = Wording(connection)
    bodies = body_of(one.record), body_of(other.record)
    asked = asked_of(Links(office, connection), record_type, bodies[0], beside=said_in(bodies[1]))
    for spec in _specs(fields_of(record_type, asked)):
        mine, theirs = (value_in(spec, body) for body in bodies)
        words = wording.of(spec, mine), wording.of(spec, theirs)
        if any(words):
            told = _lengths(spec, mine, theirs, words)
            found = verdict(spec, mine, theirs)
            if found == "different" and spec.field.links and words[0] == words[1]:
                found = "named"
            yield Row(spec.label, *told, found)


def _specs(specs: Sequence[FieldSpec]) -> Iterator[FieldSpec]:
    shown = [s for s in specs if not s.field.hidden and s.name not in _LEFT_OUT]
    yield from (spec for spec in shown if spec.kind is not Kind.PROSE)
    yield from (spec for spec in shown if spec.kind is Kind.PROSE)


def _lengths(spec: FieldSpec, one: Any, other: Any, words: tuple[str, str]) -> tuple[str, str]:
    """A number of 15 digits and one of 18 are said to be so, since the middle is masked."""
    if spec.field.read is None or not spec.field.sensitive or len(str(one)) == len(str(other)):
        return words
    first, second = (
        f"{word}（{len(str(value))} 位）" if word else ""
        for word, value in zip(words, (one, other), strict=True)
    )
    return first, second


def verdict(spec: FieldSpec, one: Any, other: Any) -> Verdict:
    """How two stored values of a field stand to each other."""
    if _is_blank(one) or _is_blank(other):
        return "same" if _is_blank(one) and _is_blank(other) else "blank"
    if _plain(one) == _plain(other):
        return "same"
    near = _NEAR.get(spec.kind, _never)
    return "near" if near(one, other) else "different"


def _is_blank(value: Any) -> bool:
    return value in (None, "", [], ())


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _never(one: Any, other: Any) -> bool:
    return False


def _near_texts(one: str, other: str) -> bool:
    """The same but for blanks and forms of figures, by sound, or one a part of the other."""
    first, second = lookup_key(one), lookup_key(other)
    if first == second or fits(one, other) or not set(sounds(one)).isdisjoint(sounds(other)):
        return True
    shorter, longer = sorted((first, second), key=len)
    inside = len(shorter) >= _SHORTEST_PART and shorter in longer
    return inside or _near_numbers(one, other)


def _near_numbers(one: str, other: str) -> bool:
    """15 digits for 18, one digit written wrong, or a shared telephone number."""
    first, second = resident_number(one), resident_number(other)
    if first and first == second:
        return True
    figures = ["".join(filter(str.isdigit, fold_digits(text))) for text in (first, second)]
    if len(figures[0]) != len(figures[1]) or len(figures[0]) < _FEWEST_DIGITS:
        return False
    apart = [a != b for a, b in zip(*figures, strict=True)]
    return apart.count(True) == 1


def _near_days(one: Any, other: Any) -> bool:
    first, second = (dt.date.fromisoformat(str(value)[:10]) for value in (one, other))
    return abs((first - second).days) <= _NEAR_DAYS


def _near_counts(one: Any, other: Any) -> bool:
    first, second = float(one), float(other)
    return bool(abs(first - second) <= 0.1 * max(abs(first), abs(second)))


def _overlap(one: Iterable[Any], other: Iterable[Any]) -> bool:
    return not set(map(str, one)).isdisjoint(map(str, other))


def _near_rows(one: Iterable[Mapping[str, Any]], other: Iterable[Mapping[str, Any]]) -> bool:
    """A family member of the same name."""
    names = [{lookup_key(str(row.get("name", ""))) for row in rows} - {""} for rows in (one, other)]
    return not names[0].isdisjoint(names[1])


_NEAR: Mapping[Kind, Callable[[Any, Any], bool]] = {
    Kind.TEXT: _near_texts,
    Kind.PROSE: _near_texts,
    Kind.DATE: _near_days,
    Kind.TIME: _near_days,
    Kind.INTEGER: _near_counts,
    Kind.MONEY: _near_counts,
    Kind.CODES: _overlap,
    Kind.LINKS: _overlap,
    Kind.NAMES: _overlap,
    Kind.ROWS: _near_rows,
}


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision about two records (ids) that this office took, as its list shows it."""

    link: str
    kind: str
    type: str
    one: str
    other: str
    names: tuple[str, str]
    same: bool
    reason: str
    at: str

    @property
    def words(self) -> str:
        """沙湾-困2011-0006 与 马边-困2011-0006：同一个人."""
        verdict = KINDS[self.kind] if self.same else f"不是{KINDS[self.kind]}"
        return f"{self.names[0]} 与 {self.names[1]}：{verdict}"


KINDS: Mapping[str, str] = {
    Pairing.ENTERPRISE: "同一单位",
    Pairing.PERSON: "同一个人",
    Pairing.HOUSEHOLD: "同一户",
    Pairing.VISIT: "同一次走访",
    Pairing.AID: "重复帮扶",
}


def decided(office: Office) -> list[Decided]:
    """What this office decided, the latest first; `records.void` of the link takes it back.

    What was found while 单位名录 was checked is taken back there, with all that it led to.
    """
    with office.store.read() as connection:
        found = states.find(
            connection,
            Link,
            live(),
            owned_by(office.identity.station),
            order=states.AS_LOGGED,
        )
        known = [
            state
            for state in found
            if state.record.kind in KINDS and not state.record.reason.startswith(MARK)
        ]
        return [_decided(connection, state) for state in reversed(known)]


MOST_AT_ONCE = 200
"""So many pairs may be decided with one key."""

_COMPARED = "比对各项后认定"


@dataclass(frozen=True, slots=True)
class DecidedNow:
    """The links that hold decisions just taken, and what to redraw."""

    links: tuple[str, ...]
    changes: Changes


def decide(
    office: Office, pairs: Sequence[PairView], *, same: bool, reason: str = ""
) -> DecidedNow:
    """认定 of one pair or of several at once, all or none; without a reason what was found is it.

    Raises `UserError` TOO_MANY, NOT_FOUND, NOT_YOUR_DUTY, STALE.
    """
    if len(pairs) > MOST_AT_ONCE:
        raise UserError(
            "TOO_MANY",
            f"一次最多认定 {MOST_AT_ONCE} 对，现在选了 {len(pairs):,} 对。",
            remedy="请分几次选。",
        )
    saved = pair_decisions.link_all(
        office,
        (
            pair_decisions.Decision(
                TYPES[pair.type],
                pair.one.id,
                pair.other.id,
                same,
                reason.strip() or "".join(pair.reasons if same else pair.against) or _COMPARED,
                pair.kind,
                pair.link,
            )
            for pair in pairs
        ),
    )
    ids = tuple(one.state.id for one in saved)
    return DecidedNow(ids, Changes.of([(Link.type_name, link) for link in ids]))


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Decisions that no longer hold, none when there were none, and what to redraw."""

    decided: tuple[Decided, ...]
    changes: Changes


def take_back(office: Office, links: Sequence[str] = ()) -> TakenBack:
    """改回 decisions of this office, all or none: those named, else the last one it took."""
    held = decided(office)
    found = tuple(one for one in held if one.link in links) if links else tuple(held[:1])
    if not found:
        return TakenBack((), Changes())
    void_all(office, Link, [one.link for one in found], "改回认定")
    return TakenBack(found, Changes.of([(Link.type_name, one.link) for one in found]))


def _decided(connection: Connection, state: State[Link]) -> Decided:
    link, record_type = state.record, TYPES_OF[Pairing(state.record.kind)]
    first, second = (_called(connection, record_type, one) for one in (link.one, link.other))
    return Decided(
        state.id,
        link.kind,
        record_type.type_name,
        link.one,
        link.other,
        (first, second),
        bool(link.same),
        link.reason,
        state.changed_at,
    )


def _called(connection: Connection, record_type: type[Record], record: str) -> str:
    """The name of a record, else its 编号."""
    return Wording(connection).name(record_type, record)
