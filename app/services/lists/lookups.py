"""What a look-up offers: the records of a type by the names people know them by."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.kernel.fields import by_name
from app.domain.kernel.progress import Cancel
from app.domain.naming.search_pieces import Sought
from app.domain.records import TYPES, Evaluation, Record
from app.domain.records.told import first_text, key_field, own_titles, title_link
from app.services.office.office import Office
from app.services.records.field_words import texts_in
from app.services.records.indicator_names import in_words
from app.services.records.link_resolving import Links
from app.services.records.same_units import joined
from database.log.revisions import chunks
from database.state import id_lists, search, states
from database.state.filters import Filter, among, live
from database.store.engine import Connection

_Linked = Mapping[tuple[str, str], str]
"""By link and key the name of a record."""

MANY = frozenset(one.type_name for one in search.SEARCHED)
"""Types of which there may be a million: they are looked up in the store, not in memory."""


@dataclass(frozen=True, slots=True)
class Named:
    """A record that a link may point at.

    `key` is what the link keeps (code, else record id), `title` its name, `detail`
    tells those of one name apart (编号, day, county), `words` are other spellings.
    """

    key: str
    title: str
    detail: str = ""
    words: tuple[str, ...] = ()


def names(office: Office, record_type: type[Record]) -> list[Named]:
    """Every record of a type that is not 作废, by title."""
    not_void = live()
    return sorted(_found(office, record_type, not_void), key=lambda one: one.title)


INDICATOR = "indicator"
"""Not a type of record: a row of a campaign, offered by its name."""


def indicators(office: Office) -> list[Named]:
    """The indicators of every campaign by their names, those of the newest campaign first."""
    with office.store.read() as connection:
        campaigns = list(Links(office, connection).campaigns.values())
    return [
        Named(one.code, one.words, campaign.short_title or campaign.title, (one.code, one.title))
        for campaign in reversed(campaigns)
        for one in campaign.indicators
    ]


CRITERION = "criterion"
"""Not a type of record either: what units were scored by before."""


def criteria(office: Office) -> list[Named]:
    """The names of the criteria of every 考评 there is, each once, in their order."""
    with office.store.read() as connection:
        found = states.find(connection, Evaluation, live())
    names = dict.fromkeys(row.name for one in found for row in one.record.criteria if row.name)
    return [Named(name, name) for name in names]


def some(office: Office, record_type: type[Record], keys: Collection[str]) -> list[Named]:
    """The records that links with these keys point at, 作废 ones too, in their order."""
    meant = among("id", keys)
    of_code = key_field(record_type) == "code"
    coded = (meant | among("code", keys)) if of_code else meant
    places = {key: place for place, key in enumerate(keys)}
    return sorted(_found(office, record_type, coded), key=lambda one: places.get(one.key, 0))


def found(office: Office, record_type: type[Record], text: str, most: int = 50) -> list[Named]:
    """The records of a type of `MANY` that answer, the newest of a great many; all without text.

    For a unit that is 重复 the one in its place is offered.
    """
    with office.store.read() as connection:
        if text.strip():
            hits, _ = search.Finding(connection, Sought(text), most, Cancel()).newest(record_type)
            keys = [hit.id for hit in hits]
        else:
            keys = id_lists.newest(connection, record_type, most)
        instead = joined(connection)
    return some(office, record_type, list(dict.fromkeys(instead.get(key, key) for key in keys)))


def _found(office: Office, record_type: type[Record], condition: Filter) -> list[Named]:
    naming = _Naming(record_type)
    with office.store.read() as connection:
        found = states.pick(connection, naming.record_type, naming.columns, condition)
        rows = [dict(zip(naming.columns, values, strict=True)) for values in found]
        if record_type.facts.indicator:
            links = Links(office, connection)
            rows = [in_words(links, record_type, row) for row in rows]
        of_link = naming.linked(connection, rows)
    return [naming.named(row, of_link) for row in rows]


class _Naming:
    """How the records of a type are named, from rows as they lie in the table."""

    def __init__(self, record_type: type[Record]) -> None:
        self.record_type = record_type
        self._facts, self._specs = record_type.facts, by_name(record_type)
        self._key, self._titles = key_field(record_type), own_titles(record_type)
        self._link = title_link(record_type)
        told = (*self._facts.title, *self._facts.spellings, *self._facts.apart)
        of_code = ("campaign",) if self._facts.indicator else ()
        self.columns = tuple(dict.fromkeys(("id", "number", self._key, *of_code, *told)))

    def linked(self, connection: Connection, rows: Iterable[Mapping[str, Any]]) -> _Linked:
        """The names of the records that title and details of these rows point at."""
        links = [self._specs[name] for name in self._facts.apart if self._specs[name].field.links]
        found: dict[tuple[str, str], str] = {}
        for spec in filter(None, (self._link, *links)):
            keys = {row[spec.name] for row in rows if row[spec.name]}
            kind = TYPES[spec.field.links]
            columns = (key_field(kind), *own_titles(kind))
            for chunk in chunks(sorted(keys)):
                for key, *texts in states.pick(connection, kind, columns, among(columns[0], chunk)):
                    found[spec.name, key] = first_text(texts)
        return found

    def named(self, row: Mapping[str, Any], of_link: _Linked) -> Named:
        """One of them."""
        key = str(row[self._key] or row["id"])
        own = first_text(row[name] for name in self._titles)
        linked = of_link.get((self._link.name, row[self._link.name]), "") if self._link else ""
        details = (self._detail(name, row[name], of_link) for name in self._facts.apart)
        spellings = ((self._specs[name], row[name]) for name in self._facts.spellings)
        return Named(
            key,
            own or linked or str(row["number"] or key),
            "　".join(filter(None, details)),
            tuple(text for spec, value in spellings for text in texts_in(spec, value)),
        )

    def _detail(self, name: str, value: Any, of_link: _Linked) -> str:
        if self._specs[name].field.links:
            return of_link.get((name, value), "")
        return str(value or "")
