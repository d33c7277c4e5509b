"""One question to a list: which columns, in which order, narrowed by what. Its answer is rows.

The table on the screen, its print and what is copied are made from it, and so come out alike.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain.kernel.added_values import is_of_kind
from app.domain.kernel.fields import FieldSpec
from app.domain.kernel.idlist import IdList, IdOrder
from app.domain.kernel.order import Order
from app.domain.kernel.progress import Cancel
from app.domain.records import Campaign, Record
from app.domain.records.facts import Facts
from app.services.lists import listing
from app.services.lists.chips import Chip, conditions, said
from app.services.lists.listing import Head, Standing, View
from app.services.lists.questions import Moment
from app.services.lists.table_cells import STANDINGS, Cell, CellWriter
from app.services.lists.table_columns import (
    CITY_PAPER,
    STANDING,
    TableColumn,
    Titles,
    columns_of,
    usual,
)
from app.services.office.office import Office
from app.services.records import city_papers
from app.services.records.indicator_names import in_words
from app.services.records.link_resolving import Links
from database.log.revisions import chunks
from database.state import id_lists, states
from database.state.filters import Filter, equal
from database.store.engine import Connection

_HEAD = ("h", "owner", "void", "conflicts")
_ADDED = "extra"
SaidOf = Callable[[Connection, type[Record], Sequence[str]], Mapping[str, str]]
"""By record what stands in place of its 状态."""
VIEWS: dict[View, str] = {
    "all": "",
    "returned": "退回",
    "unread": "未核对",
    "void": "作废",
}


@dataclass(frozen=True, slots=True)
class TableQuery:
    """What is shown of the records of a type.

    `columns` are names of `columns_of`, `titles` what they are called; without `order` the
    newest come first; `text`, `view` and `chips` narrow as in `listing.ids`. With `within` only
    these records are meant, whatever part of the list they are in; `said_of` tells what stands
    in place of their 状态. `added` are the fields that campaigns add (`added_fields`).
    """

    record_type: type[Record]
    columns: tuple[str, ...] = ()
    order: Order = ()
    chips: tuple[Chip, ...] = ()
    text: str = ""
    view: View = "all"
    titles: Titles = ()
    within: tuple[str, ...] | None = None
    said_of: SaidOf | None = None
    added: tuple[FieldSpec, ...] = ()

    @property
    def shown(self) -> tuple[TableColumn, ...]:
        """The columns; those that the type does not have (any more) are left out."""
        known = columns_of(self.record_type, self.titles, self.added)
        wanted = self.columns or usual(self.record_type, self.titles)
        return tuple(known[name] for name in wanted if name in known)

    @property
    def narrowed_to(self) -> tuple[str, ...]:
        """In words what the list is narrowed to, one for each condition."""
        view = VIEWS[self.view]
        text = (f"查找 {self.text.strip()}",) if self.text.strip() else ()
        chips = (said(self.record_type, chip, self.titles, self.added) for chip in self.chips)
        return (*((view,) if view else ()), *text, *chips)


@dataclass(frozen=True, slots=True)
class Listed:
    """Which records answer, in order, and how many there are in that part of the list."""

    ids: IdList
    total: int


@dataclass(frozen=True, slots=True)
class TableRow:
    """A record as a row: a cell for each column, and where it stands."""

    id: str
    cells: tuple[Cell, ...]
    standing: Standing


def listed(office: Office, query: TableQuery, *, cancel: Cancel | None = None) -> Listed:
    """The records that answer. Raises `Cancelled`."""
    record_type = query.record_type
    with office.store.read() as connection:
        found = _ordered(office, connection, query, cancel)
        if query.within is not None:
            return Listed(found, len(query.within))
        narrowed = bool(query.chips or query.text.strip())
        total = len(found)
        if narrowed and query.view in ("all", "void"):
            part = equal("void", int(query.view == "void"))
            total = states.count(connection, record_type, part)
        elif narrowed:
            total = len(listing.ids(office, record_type, view=query.view, cancel=cancel))
        return Listed(found, total)


def _ordered(
    office: Office, connection: Connection, query: TableQuery, cancel: Cancel | None
) -> IdList:
    record_type, order = query.record_type, _known(query)
    if query.within is not None:
        meets = conditions(record_type, query.chips, Moment(office, connection), query.added)
        packed = id_lists.ordered(
            connection, record_type, order, *meets, within=query.within, added=query.added
        )
        return IdOrder(packed)
    ranks = _ranks(office, connection, record_type, order)
    parted = query.view in ("returned", "unread") or bool(query.text.strip())
    if parted or not order:
        found = listing.ids(
            office,
            record_type,
            text=query.text,
            view=query.view,
            chips=query.chips,
            cancel=cancel,
        )
        if not order:
            return found
        packed = id_lists.ordered(
            connection, record_type, order, within=found, ranks=ranks, added=query.added
        )
        return IdOrder(packed)
    part = equal("void", int(query.view == "void"))
    meets = conditions(record_type, query.chips, Moment(office, connection), query.added)
    packed = id_lists.ordered(
        connection, record_type, order, part, *meets, ranks=ranks, added=query.added
    )
    return IdOrder(packed)


def _known(query: TableQuery) -> Order:
    """The order, without columns that the type does not have (any more)."""
    columns = columns_of(query.record_type, added=query.added)
    known = (by for by in query.order if by.field in columns and by.field != CITY_PAPER)
    return tuple(by for by in known if by.field != STANDING or query.said_of is None)


def _ranks(
    office: Office, connection: Connection, record_type: type[Record], order: Order
) -> dict[str, Filter]:
    """What is asked of the whole store only where the order needs it."""
    if all(by.field != STANDING for by in order):
        return {}
    return {STANDING: listing.standing_order(office, connection, record_type)}


def rows(office: Office, query: TableQuery, wanted: Sequence[str]) -> list[TableRow]:
    """The rows of these records, in the order asked for; those that are gone are left out.

    What is sensitive is masked (R71).
    """
    with office.store.read() as connection:
        return _rows(office, connection, query, wanted, CellWriter(connection))


def every_row(
    office: Office,
    query: TableQuery,
    ids: Sequence[str],
    *,
    full: bool = False,
    cancel: Cancel | None = None,
) -> Iterator[TableRow]:
    """As `rows`, a few hundred at a time in one look at the data. Raises `Cancelled`.

    What is sensitive is shown in `full` only where that was written down (`list_files`).
    """
    with office.store.read() as connection:
        writer = CellWriter(connection, full=full)
        for chunk in chunks(ids):
            if cancel is not None:
                cancel.check()
            yield from _rows(office, connection, query, chunk, writer)


def _rows(
    office: Office,
    connection: Connection,
    query: TableQuery,
    wanted: Sequence[str],
    writer: CellWriter,
) -> list[TableRow]:
    columns = query.shown
    added = [one.spec for one in columns if one.spec is not None and one.spec.extra]
    apart = {STANDING, CITY_PAPER, *(spec.name for spec in added)}
    names = [column.name for column in columns if column.name not in apart]
    names += [_ADDED] if added else []
    indicator = query.record_type.facts.indicator
    names += [Campaign.type_name] if indicator else []
    facts = query.record_type.facts
    names += [facts.issued] if facts.issued and facts.issued not in names else []
    found = states.cells(connection, query.record_type, (*_HEAD, *names), wanted)
    if indicator in names:
        links = Links(office, connection)
        found = {id: in_words(links, query.record_type, one) for id, one in found.items()}
    for one in found.values():
        one |= _beside(added, one.get(_ADDED) or {})
    if any(column.name == CITY_PAPER for column in columns):
        _tell_papers(office, connection, query.record_type, found)
    heads = [
        Head(record, one["h"], one["owner"], bool(one["void"]), bool(one["conflicts"]))
        for record, one in found.items()
    ]
    standing = listing.standings(office, connection, query.record_type, heads)
    said = query.said_of and query.said_of(connection, query.record_type, list(found))
    said = said or {id: _standing_words(facts, found[id], s) for id, s in standing.items()}
    written = writer.cells(columns, found, said)
    return [TableRow(id, written[id], standing[id]) for id in wanted if id in found]


def _standing_words(facts: Facts, one: Mapping[str, Any], standing: Standing) -> str:
    """已填完; of what is issued whether it is, as its list says."""
    if not facts.issued or standing not in listing.ON_ITS_WAY:
        return STANDINGS[standing]
    at = one[facts.issued]
    return listing.issued_words(facts, dt.datetime.fromisoformat(at) if at else None)


def _tell_papers(
    office: Office,
    connection: Connection,
    record_type: type[Record],
    found: Mapping[str, dict[str, Any]],
) -> None:
    """What the city told of the signed paper of each of this office's records."""
    here = office.identity.station
    told = city_papers.of_records(connection, record_type, list(found), here)
    for record, one in found.items():
        one[CITY_PAPER] = (
            told.get(record, city_papers.NOTHING).words if one["owner"] == here else ""
        )


def _beside(added: Iterable[FieldSpec], held: Mapping[str, Any]) -> dict[str, Any]:
    """What a record says in the fields that campaigns add, None where it is not of their kind."""
    told = ((spec, held.get(spec.name)) for spec in added)
    return {spec.name: value if is_of_kind(spec, value) else None for spec, value in told}
