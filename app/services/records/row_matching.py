"""Which records rows speak of: looked for in sets, by what names them or by what they say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Any, NamedTuple

from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import by_name, fields_of
from app.domain.merging.merge import Folded
from app.domain.merging.revision import read
from app.domain.records import Record
from app.domain.records.told import own_titles
from app.services.office.office import Office
from app.services.records.append_revision import Past
from app.services.records.record_folding import decode, fold_decoded
from app.services.records.same_units import joined
from database.log import revisions
from database.log.revisions import StoredRevision, chunks
from database.state import states
from database.state.filters import among, owned_by
from database.state.record_rows import says
from database.store.columns import kept
from database.store.engine import Connection

Body = Mapping[str, Any]
Key = tuple[Any, ...]


class Known(NamedTuple):
    """A record that is here; `held` are its values as its columns hold them."""

    id: str
    number: str
    owner: str
    void: bool
    unsettled: bool
    held: Mapping[str, Any]


class How(Enum):
    """How a row stands to what is here."""

    NEW = "nothing here is meant"
    SAME = "a record says all of it"
    DIFFERS = "a record is meant and says something else"
    EARLIER = "a record said all of it once, and was corrected or made void since"
    ELSEWHERE = "one of the same name lies in another place, or has another code"
    ALIKE = "one for the same occasion says something else"
    THEIRS = "one of the same name belongs to the office above"


class Match(NamedTuple):
    """What was found for a row."""

    how: How
    known: Known | None = None


NOTHING = Match(How.NEW)


class Existing:
    """Finds records of one type within one transaction, for a batch of rows at a time.

    `load` asks the store for everything that the rows of a batch may mean, in a few statements;
    `find` then answers from memory.
    """

    def __init__(
        self,
        office: Office,
        connection: Connection,
        record_type: type[Record],
        fields: Collection[str],
    ) -> None:
        self._connection = connection
        self._type = record_type
        self._station = office.identity.station
        self._above = "" if office.is_city else office.identity.city
        self._certain = record_type.facts.certain
        self._telling = telling(record_type)
        self._joined = joined(connection)
        wanted = {*fields, *own_titles(record_type), *self._telling, "extra"}
        wanted |= {record_type.facts.who} - {""}
        wanted |= {name for group in self._certain for name in group}
        self._columns = sorted(wanted - {"number", "owner"})
        self._found: dict[tuple[str, str], list[Known]] = {}
        self._pasts: dict[str, Past] = {}
        self._by_content: dict[int, list[str]] | None = None
        self._earlier: dict[int, list[tuple[str, Body]]] | None = None

    def load(self, bodies: Sequence[Body]) -> None:
        """Get ready for these rows (links as kept); what was known of earlier ones is forgotten."""
        self._found, self._pasts = {}, {}
        for name in dict.fromkeys(("number", *(group[0] for group in self._certain))):
            self._ask(name, {body[name] for body in bodies if body.get(name)})
        if not self._certain:
            keys = (hash(self._content(body)) for body in bodies)
            contents = self._contents()
            self._ask("id", {record for key in keys for record in contents.get(key, ())})

    def find(self, body: Body) -> Match:
        """What a row means; raises `UserError` NUMBER_UNKNOWN, NUMBER_SHARED, WHICH_RECORD."""
        if body.get("number"):
            return self._numbered(str(body["number"]), body)
        for group in self._certain:
            match = self._named(group, body) if body.get(group[0]) else NOTHING
            if match.how is not How.NEW:
                return match
        return self._before(body) if self._certain else self._saying(body)

    def past(self, record: str) -> Past:
        """The past of a record that was found; all of the batch are read at once."""
        if record not in self._pasts:
            self._read_pasts(record)
        return self._pasts[record]

    def said_before(self, record: str, body: Body) -> bool:
        """Whether an earlier version of a record that was found said all that a body says."""
        past = self.past(record)
        earlier = (row for row in past.stored if row.h not in past.heads)
        return any(self._says(body, read(row.raw).body) for row in earlier)

    def by_id(self, record: str) -> Known:
        """A record by its id."""
        self._ask("id", {record})
        return self._found["id", record][0]

    def _ask(self, name: str, values: Collection[str]) -> None:
        columns = ("id", "number", "owner", "void", "conflicts", *self._columns)
        spot = columns.index(name)
        for chunk in chunks(sorted(values)):
            for row in states.pick(self._connection, self._type, columns, among(name, chunk)):
                record, number, owner, void, conflicts, *held = row
                values_held = dict(zip(self._columns, held, strict=True)) | {"number": number}
                known = Known(
                    record, number or "", owner or "", bool(void), bool(conflicts), values_held
                )
                self._found.setdefault((name, row[spot]), []).append(known)

    def _numbered(self, number: str, body: Body) -> Match:
        found = self._found.get(("number", number), [])
        if not found:
            raise UserError(
                "NUMBER_UNKNOWN",
                f"没有编号为“{number}”的记录。",
                remedy="请核对编号；新记录的编号请留空。",
            )
        if len(found) > 1:
            raise UserError(
                "NUMBER_SHARED",
                f"有{len(found)}条记录的编号都是“{number}”，看不出是哪一条。",
                remedy="请在程序里打开要改的那一条修改。",
            )
        mine = found[0].owner == self._station
        return self._of(found, body) if mine else Match(How.DIFFERS, found[0])

    def _of(self, found: Sequence[Known], body: Body) -> Match:
        """Of records that are meant for certain the one that says it all, or the only one."""
        for known in found:
            if says(self._type, body, known.held):
                return Match(How.SAME, known)
        if len(found) > 1:
            numbers = "、".join(known.number or known.id for known in found[:5])
            raise UserError(
                "WHICH_RECORD",
                f"已有{len(found)}条都对得上，看不出是哪一条。",
                remedy=f"请填写编号：{numbers}。",
            )
        return Match(How.DIFFERS, found[0])

    def _named(self, group: tuple[str, ...], body: Body) -> Match:
        found = self._found.get((group[0], body[group[0]]), [])
        own = [known for known in found if known.owner == self._station and not known.void]
        own = [known for known in own if known.id not in self._joined] or own
        if len(group) == 1:
            return self._of(own, body) if own else NOTHING
        return self._placed(group, body, own) or self._given(group, body, found)

    def _placed(self, group: tuple[str, ...], body: Body, own: Sequence[Known]) -> Match | None:
        """One of this name: in the place the row tells, or the only one where one is not told."""
        place = body.get(group[1])
        if not own or place is None:
            return self._of(own, body) if own else None
        meant = [known for known in own if known.held[group[1]] == place]
        meant = meant or [known for known in own if known.held[group[1]] is None]
        if not meant or any(self._codes_differ(known, body) for known in meant):
            return Match(How.ELSEWHERE, own[0])
        return self._of(meant, body)

    def _codes_differ(self, known: Known, body: Body) -> bool:
        sure = [group[0] for group in self._certain if len(group) == 1]
        return any(body.get(n) and known.held[n] and body[n] != known.held[n] for n in sure)

    def _given(self, group: tuple[str, ...], body: Body, found: Sequence[Known]) -> Match:
        """One of this name and place that the office above keeps for all."""
        place = body.get(group[1])
        for known in found:
            here = place is None or known.held[group[1]] in (None, place)
            if known.owner == self._above and not known.void and here:
                same = says(self._type, body, known.held)
                return Match(How.SAME if same else How.THEIRS, known)
        return NOTHING

    def _saying(self, body: Body) -> Match:
        """A record with everything the body says, or said it; else one for the same occasion."""
        records = self._contents().get(hash(self._content(body)), ())
        alike = [self._found["id", one][0] for one in records if ("id", one) in self._found]
        for known in alike:
            if says(self._type, body, known.held):
                return Match(How.SAME, known)
        before = self._before(body)
        alike = [known for known in alike if self._same_whom(known, body)]
        return Match(How.ALIKE, alike[0]) if alike and before.how is How.NEW else before

    def _same_whom(self, known: Known, body: Body) -> bool:
        """Whether both concern the same people: others may have been there the same day."""
        who = self._type.facts.who
        return who not in body or says(self._type, {who: body[who]}, known.held)

    def _content(self, body: Body) -> Key:
        specs = by_name(self._type)
        return tuple(kept(specs[name], body.get(name)) for name in self._telling)

    def _contents(self) -> dict[int, list[str]]:
        """Every record of this office by what tells it, read once."""
        if self._by_content is None:
            self._by_content = defaultdict(list)
            columns = ("id", "void", *self._telling)
            mine = owned_by(self._station)
            for record, void, *told in states.pick(self._connection, self._type, columns, mine):
                if not void:
                    self._by_content[hash(tuple(told))].append(record)
        return self._by_content

    def _before(self, body: Body) -> Match:
        """A record that said all of this once."""
        if self._earlier is None:
            self._earlier = self._read_earlier()
        if self._earlier:
            for key in self._keys(body):
                for record, said in self._earlier.get(key, ()):
                    if self._says(body, said):
                        return Match(How.EARLIER, self.by_id(record))
        return NOTHING

    def _read_earlier(self) -> dict[int, list[tuple[str, Body]]]:
        found: dict[int, list[tuple[str, Body]]] = defaultdict(list)
        rows = revisions.of_changed(self._connection, self._type.type_name, self._station)
        for record, raw in rows:
            said = read(raw).body
            for key in self._keys(said):
                found[key].append((record, said))
        return found

    def _keys(self, body: Body) -> Iterator[int]:
        if not self._certain:
            yield hash(self._content(body))
        for group in self._certain:
            if body.get(group[0]):
                yield hash((group[0], body[group[0]]))

    def _says(self, body: Body, said: Body) -> bool:
        specs = by_name(self._type)
        held = {n: kept(specs[n], said.get(n)) for n in body}
        return says(self._type, body, held)

    def _read_pasts(self, wanted: str) -> None:
        ids = {known.id for found in self._found.values() for known in found}
        missing = [record for record in ids - self._pasts.keys() if record != wanted]
        for chunk in chunks([wanted, *missing]):
            for record, stored in revisions.of_records(self._connection, chunk).items():
                live = [row for row in stored if row.status == "live"]
                if live:
                    self._pasts[record] = self._past(live)

    def _past(self, stored: Sequence[StoredRevision]) -> Past:
        folded: Folded = fold_decoded(self._type, decode(stored))
        return Past(stored, folded.heads, dict(folded.body), dict(folded.conflicts))


def telling(record_type: type[Record]) -> tuple[str, ...]:
    """What tells the occasion of a record: the required fields that no other record says."""
    carried = record_type.facts.carried_over
    required = (spec.name for spec in fields_of(record_type) if spec.field.required)
    return tuple(name for name in required if name not in carried)


def keys_of(record_type: type[Record], body: Body) -> Iterable[Key]:
    """By what a row is told from others in one sheet: what names it, or its occasion."""
    if not record_type.facts.certain:
        specs, who = by_name(record_type), record_type.facts.who
        names = (*telling(record_type), *((who,) if who else ()))
        yield tuple(kept(specs[name], body.get(name)) for name in names)
    for group in record_type.facts.certain:
        if body.get(group[0]):
            yield (group[0], *(body.get(name) for name in group))
