"""二次录入: what two operators read of one paper, field by field, and which of them is right.

It tells how often two operators read one paper differently. What the paper has where a field is
empty counts too: 看不清 and 横线 differ from nothing; 空白 says the same as an empty field.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.domain.campaign.windows import windows_for
from app.domain.codes import PAPER_MARK
from app.domain.kernel.added_values import flat
from app.domain.kernel.changes import Changes
from app.domain.kernel.fields import FieldSpec, Kind
from app.domain.records import Record, body_of
from app.domain.records.paper_mark import PAPER_MARKS, tidied
from app.domain.values.entry import read_body
from app.services.office.duties import require_saving
from app.services.office.office import Office
from app.services.records import reveals, saving, second_drafts
from app.services.records.asked_campaign import asked_fields
from app.services.records.field_words import Wording
from app.services.records.link_resolving import Links
from app.services.records.second_papers import campaign_of, drawn
from database.books import proofread_ticks, second_keyings
from database.books.proofread_ticks import ProofRow
from database.books.second_keyings import AgainRow, Came
from database.state.states import State
from database.store.engine import Connection

WHY = "二次录入核对"
_BLANK = "blank"


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


def compare(office: Office, record_type: type[Record], again: Again) -> Compared:
    """Put what was typed beside what stands in the record, field by field.

    What is sensitive is shown in full, which is logged: it lies on paper before who keys.
    Raises `UserError` as `second_papers.paper`, STALE, and what reading what was typed raises.
    """
    with office.store.write() as connection:
        state = drawn(office, connection, record_type, again.record, again.h)
        both = _both(office, connection, state, again)
        found = tuple(both.differences(Wording(connection, full=True)))
        seen = {one.field for one in found} & {s.name for s in both.specs if _is_sensitive(s)}
        if seen:
            reveals.note(office, connection, record_type, {state.id: tuple(sorted(seen))}, WHY)
        return Compared(len(both.saying), found)


def settle(
    office: Office, record_type: type[Record], again: Again, second_right: Collection[str] = ()
) -> Settled:
    """Keep what is right of a record keyed again, and tick it 已核对.

    `second_right` names the fields of which the second is right: they become a revision of
    their own. Raises as `compare`, and as `saving.save`.
    """
    require_saving(office, record_type)
    with office.store.write() as connection:
        state = drawn(office, connection, record_type, again.record, again.h)
        both = _both(office, connection, state, again)
        differing = [spec.name for spec in both.differing]
        right = [name for name in differing if name in second_right]
        h, changes = state.h, Changes.of([(record_type.type_name, state.id)])
        if right:
            mended = both.mended(right)
            saved = saving.save_within(
                office, connection, record_type, mended, record=state.id, base=state.h, why=WHY
            )
            h, changes = saved.state.h, saved.changes
        now = office.now()
        proofread_ticks.put(connection, ProofRow(state.id, h, office.operator, now))
        row = second_keyings.of(connection, state.id)
        assert row is not None
        result = (len(both.saying), len(differing), len(right))
        came = both.came(right)
        second_keyings.finish(
            connection,
            AgainRow(row.record, row.sample, row.keyer, now, office.operator, *result, came),
        )
    second_drafts.forget(office, again.record)
    return Settled(*result, changes)


Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Both:
    """The fields on a paper, and what each of the two read there."""

    specs: tuple[FieldSpec, ...]
    first: Body
    second: Body

    @property
    def saying(self) -> list[FieldSpec]:
        """The fields in which either says anything."""
        marked = _marks(self.first).keys() | _marks(self.second).keys()
        said = self.first.keys() | self.second.keys() | marked
        return [spec for spec in self.specs if spec.name in said]

    @property
    def differing(self) -> list[FieldSpec]:
        """The fields that both read differently."""
        return [spec for spec in self.saying if _read(spec, self.first) != _read(spec, self.second)]

    def differences(self, wording: Wording) -> Iterator[Difference]:
        """They in words."""
        for spec in self.differing:
            first, second = (_words(wording, spec, body) for body in (self.first, self.second))
            yield Difference(spec.name, spec.label, first, second)

    def came(self, right: Collection[str]) -> dict[str, Came]:
        """What came of each field; the second was `right` in these."""
        found: dict[str, Came] = {spec.name: "same" for spec in self.saying}
        for spec in self.differing:
            found[spec.name] = "mended" if spec.name in right else "differing"
        return found

    def mended(self, names: Collection[str]) -> dict[str, Any]:
        """What is to be saved so that these fields say what the second read."""
        kept = [row for name, row in _marks(self.first).items() if name not in names]
        new = [row for name, row in _marks(self.second).items() if name in names]
        typed = {name: self.second.get(name) for name in names}
        same = [*kept, *new] == list(_marks(self.first).values())
        return typed if same else {**typed, PAPER_MARKS: [*kept, *new] or None}


def _both(office: Office, connection: Connection, state: State[Record], again: Again) -> _Both:
    links = Links(office, connection)
    campaign = campaign_of(links, state.record)
    known = asked_fields(links, type(state.record), body_of(state.record))
    read = tuple(spec for spec in known if spec.name in {*again.fields, PAPER_MARKS})
    names = {spec.name for spec in read}
    windows = windows_for(links.campaigns.values(), office.today(), campaign)
    given = {name: value for name, value in again.typed.items() if name in names}
    typed = links.resolve(read, read_body(read, given, office.today(), windows))
    specs = tuple(spec for spec in read if spec.name != PAPER_MARKS)
    return _Both(specs, flat(body_of(state.record)), flat(tidied(known, typed)))


def _marks(body: Body) -> dict[str, Mapping[str, Any]]:
    """What a paper has in fields that are empty, by field."""
    return {str(row["id"]): row for row in body.get(PAPER_MARKS, ())}


def _mark(spec: FieldSpec, body: Body) -> str:
    return str(_marks(body).get(spec.name, {}).get("mark", ""))


def _read(spec: FieldSpec, body: Body) -> tuple[Any, str]:
    """What two operators must agree on; 空白 says no more than an empty field."""
    mark = _mark(spec, body)
    return _plain(spec, body.get(spec.name)), "" if mark == _BLANK else mark


def _words(wording: Wording, spec: FieldSpec, body: Body) -> str:
    mark = _mark(spec, body)
    return f"（{PAPER_MARK.label_of(mark)}）" if mark else wording.of(spec, body.get(spec.name))


def _plain(spec: FieldSpec, value: Any) -> Any:
    """Without what does not matter: blanks, the order of what was ticked."""
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
