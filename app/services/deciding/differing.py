"""两处填写不一致: what two computers of an office wrote differently, and whose word is needed.

What this office proposed and the owner refused stands among them: two offices say otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.kernel.added_values import EXTRA
from app.domain.kernel.fields import FieldSpec, by_name
from app.domain.merging.merge import VOID, field_of, parse_path
from app.domain.merging.revision import Revision
from app.domain.records import TYPES, Record, Review, body_of
from app.services.deciding import refused_proposals
from app.services.deciding.refused_proposals import RefusedProposal
from app.services.lists.added_fields import added_within
from app.services.office.office import Office
from app.services.people.paper_names import operator_name
from app.services.records.field_words import Wording
from app.services.records.record_folding import decode, fold_decoded
from app.services.records.units import name_of
from app.services.reviewing import several
from app.services.reviewing.several import Spoken
from app.services.reviewing.stale_base import position
from database.log import revisions
from database.state import states
from database.state.filters import equal, filled, live
from database.state.states import State
from database.store.engine import Connection

_ASKED = "两台电脑填写不一致（{values}），请核对后选定一个再报送。"


@dataclass(frozen=True, slots=True)
class Claim:
    """One of the values written: as kept, in words, and who wrote it when."""

    value: Any
    words: str
    who: str
    at: str


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a record that differs; `field` is the member it belongs to."""

    path: str
    field: str
    label: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A record with places that differ.

    `ours`: this office chooses itself. Else it is sent back (`returned`: that was
    said already, and nothing came since). With `refused` our proposal stands against what the
    owner says, and is withdrawn or let stand (`returned`: that was decided). `heads` are the
    versions that differ, `base` is the place in the log up to which it was read.
    """

    type: str
    id: str
    number: str
    title: str
    label: str
    station: str
    station_name: str
    ours: bool
    returned: bool
    places: tuple[Place, ...]
    refused: RefusedProposal | None = None
    heads: tuple[str, ...] = ()
    base: int | None = None

    @property
    def key(self) -> str:
        """What tells it from the other lines."""
        return self.refused.refusal if self.refused else self.id


def disagreements(office: Office) -> list[Disagreement]:
    """Every record with an open 填写不一致, our own first, then by office and 编号."""
    found: list[Disagreement] = []
    with office.store.read() as connection:
        for record_type in TYPES.values():
            open_ones = filled("conflicts")
            for state in states.find(connection, record_type, open_ones):
                found.append(_told(office, connection, record_type, state))
        for record, refused in refused_proposals.refused_proposals(office, connection):
            found.append(_refused(connection, record, refused))
    return sorted(found, key=lambda one: (not one.ours, one.station, one.number))


def send_back(office: Office, ones: Sequence[Disagreement]) -> Spoken:
    """退回 to the offices that own them, with a question at every place; one undo takes all back.

    Raises `UserError` STALE where somebody said something of one, or it came anew, meanwhile.
    """
    questions = {(one.type, one.id): _questions(one) for one in ones}
    read = [one.base for one in ones if one.base is not None]
    return several.return_each(office, questions, base=min(read, default=None))


def _questions(one: Disagreement) -> dict[str, str]:
    asked = {place.field: _question(place) for place in one.places if place.field}
    return asked or {"remarks": _void_question()}


def _question(place: Place) -> str:
    told = [claim.words.rstrip("。") or "空白" for claim in place.claims]
    return _ASKED.format(values="、".join(told))


def _void_question() -> str:
    return _ASKED.format(values="一台作废了这一条，另一台改了它")


def _told(
    office: Office, connection: Connection, record_type: type[Record], state: State[Record]
) -> Disagreement:
    stored = revisions.of_record(connection, state.id)
    decoded = decode(stored)
    teller = _Teller(office, connection, record_type, decoded, body_of(state.record))
    title = Wording(connection).name(record_type, state.id)
    return Disagreement(
        record_type.type_name,
        state.id,
        state.record.number,
        title,
        record_type.label,
        state.owner,
        name_of(connection, state.owner),
        state.owner == office.identity.station,
        _is_returned(connection, state),
        tuple(teller.places(state.conflicts)),
        heads=fold_decoded(record_type, decoded).heads,
        base=position(connection),
    )


def _refused(
    connection: Connection, state: State[Record], refused: RefusedProposal
) -> Disagreement:
    kind, owner = type(state.record), name_of(connection, state.owner)
    places = (
        Place(
            one.field,
            one.field,
            one.label,
            (
                Claim(None, one.own, owner, refused.refused_on),
                Claim(None, one.proposed, refused.by, refused.at),
            ),
        )
        for one in refused.fields
    )
    return Disagreement(
        kind.type_name,
        state.id,
        state.record.number,
        Wording(connection).name(kind, state.id),
        kind.label,
        state.owner,
        owner,
        ours=False,
        returned=bool(refused.left),
        places=tuple(places),
        refused=refused,
    )


def _is_returned(connection: Connection, state: State[Record]) -> bool:
    said = states.find(connection, Review, equal("target", state.id), live())
    return any(one.record.verdict == "return" and one.record.target_h == state.h for one in said)


class _Teller:
    """Says what differs in one record."""

    def __init__(
        self,
        office: Office,
        connection: Connection,
        record_type: type[Record],
        decoded: Mapping[str, Revision],
        body: Mapping[str, Any],
    ) -> None:
        self._connection = connection
        self._decoded = decoded
        self._body = body
        self._added = added_within(office, connection, record_type)
        self._specs = {one.name: one for one in self._added} | dict(by_name(record_type))
        self._wording = Wording(connection)

    def places(self, conflicts: Mapping[str, Any]) -> Iterator[Place]:
        for path, claims in conflicts.items():
            whole, row, member = parse_path(path)
            field = field_of(path)
            row = row if field == whole else None
            spec = self._spec(field, member)
            label = self._label(path, field, row, spec)
            told = tuple(self._claim(path, spec, row, value, h) for value, h in claims)
            yield Place(path, "" if path == VOID else field, label, told)

    def _spec(self, field: str, member: str | None) -> FieldSpec | None:
        spec = self._specs.get(field)
        if spec is None or member is None:
            return spec
        return next((column for column in spec.columns if column.name == member), None)

    def _label(self, path: str, field: str, row: str | None, spec: FieldSpec | None) -> str:
        if path == VOID:
            return "作废"
        own = spec.label if spec else field
        if row is None or field not in self._specs:
            return own
        whole = self._specs[field]
        named = whole.label if own == whole.label else f"{whole.label} {own}"
        return f"{named}（{self._row_name(field, row)}）"

    def _row_name(self, field: str, row: str) -> str:
        rows = self._body.get(field) or ()
        at = next((n for n, one in enumerate(rows, 1) if one.get("id") == row), 0)
        name = next(
            (str(one["name"]) for one in rows if one.get("id") == row and "name" in one), ""
        )
        return name or f"第{at}行"

    def _claim(
        self, path: str, spec: FieldSpec | None, row: str | None, value: Any, h: str
    ) -> Claim:
        if path == VOID:
            words = "作废这一条" if value else "保留这一条"
        elif path == EXTRA:
            words = self._added_words(value or {})
        elif spec is None:
            words = str(value or "")
        else:
            whole_row = row is not None and isinstance(value, Mapping)
            words = self._wording.of(spec, [value] if whole_row else value)
        revision = self._decoded.get(h)
        if revision is None:
            return Claim(value, words, "", "")
        return Claim(value, words, self._who(revision), revision.at)

    def _added_words(self, held: Mapping[str, Any]) -> str:
        """What was filled in of what campaigns add, all of it: 取暖用煤 3吨；停暖 是."""
        told = ((one.label, self._wording.of(one, held.get(one.name))) for one in self._added)
        return "；".join(f"{label} {words}" for label, words in told if words)

    def _who(self, revision: Revision) -> str:
        """The operator where the office is ours, else the computer."""
        return operator_name(self._connection, revision.by) or revision.writer
