"""The index that records are found by: what it holds, and how it follows the state tables.

It is a full-text table inside the store (`database.state.search_engines`). It holds no texts,
only the pieces of them (`app.domain.naming.search_pieces`), each behind the mark of its record
type. It is made from the state tables and not part of the schema: `ready` tells whether it is
there and made as this program makes it, `create` begins an empty one.

It is written behind: a save or a merge only notes which rows it does not tell of yet, and whoever
searches looks at those themselves (`database.state.search`), so nothing is ever missed. `keep_up`
makes up for some of them, little by little.

`rowid` is the state table's own: rows that came later have a larger one. Of each type the
index knows the rows up to a mark (`search_upto`), except those that were called otherwise since
(`search_due`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import msgspec
from sqlalchemy import Connection

from app.domain.campaign.record_campaign import takes_added
from app.domain.kernel.added_values import EXTRA, texts_in
from app.domain.kernel.fields import Kind, by_name, fields_of
from app.domain.naming.search_pieces import VERSION, pieces, text_pieces
from app.domain.records import TYPES, Record
from app.domain.records.registry import shown
from database.log.revisions import chunks
from database.state import search_engines
from database.state.search_engines import TABLE, own_table
from database.store.dialect import is_own, marks, run, unless_there
from database.store.tables import SCHEMA

TEXT = "¶"
"""Before the mark of a piece that stands in a long text: names are looked up without them."""

FEW = 100
"""Rows of a type that every search looks at one by one without anybody noticing."""
MANY = 500

_names = msgspec.json.Decoder(list[str]).decode
_held = msgspec.json.Decoder(dict[str, Any]).decode


@dataclass(frozen=True)
class Searched:
    """What the records of one type are found by, made from its facts.

    `mark` is the letter before its pieces, "" for a type that is not in the index;
    `texts` and `lists` are columns with one text or a JSON list of them; `prose` are those with
    long texts (opinions, answers), of which the index keeps the pieces apart, and so it does
    with what is said in words in the one of `added`, where campaigns add fields. With `through`
    they are found like the records of that type, which they point at by `link`.
    """

    type: str
    mark: str
    texts: tuple[str, ...]
    lists: tuple[str, ...] = ()
    prose: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    through: str = ""
    link: str = field(default="", repr=False)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """All columns with words that a record is called by."""
        return self.texts + self.lists

    @cached_property
    def everything(self) -> tuple[str, ...]:
        """These, and behind them the columns with long texts."""
        return self.columns + self.prose + self.added

    @property
    def says_more(self) -> bool:
        """Whether there is anything but what its records are called by."""
        return bool(self.prose or self.added)

    @cached_property
    def places(self) -> tuple[int, ...]:
        """Where these stand in a state row."""
        names = [column.name for column in SCHEMA.states[self.type].columns]
        return tuple(names.index(name) for name in self.everything)

    @property
    def base(self) -> int:
        """What is added to the rowids of this type, so that those of all types differ."""
        return ord(self.mark) << 40

    @property
    def end(self) -> int:
        """The largest number that a row of this type has with it."""
        return self.base + (1 << 40) - 1

    @property
    def table(self) -> str:
        """The state table."""
        return f"state_{self.type}"

    @property
    def selected(self) -> str:
        """The columns with words, in a SELECT from the state table `s`."""
        return ", ".join(f's."{name}"' for name in self.columns)

    @property
    def all_selected(self) -> str:
        """As `selected`, with the columns of long texts."""
        return ", ".join(f's."{name}"' for name in self.everything)

    def words(self, values: Sequence[str | None]) -> dict[str, list[str]]:
        """The texts of each of `columns` from their values."""
        texts = len(self.texts)
        return {
            name: ([value] if n < texts else _names(value)) if value else []
            for n, (name, value) in enumerate(zip(self.columns, values, strict=False))
        }

    def says(self, values: Sequence[str | None]) -> dict[str, str]:
        """The long texts by field, from the values of `everything`."""
        told = dict(zip(self.prose + self.added, values[len(self.columns) :], strict=False))
        held = [value for name in self.added if (value := told.pop(name, None))]
        found = {name: text for one in held for name, text in texts_in(_held(one)).items()}
        return found | {name: text for name, text in told.items() if text}

    def document(self, values: Sequence[str | None]) -> str:
        """What the index keeps of a record."""
        found: list[str] = []
        texts = len(self.texts)
        for value in values[:texts]:
            if value:
                found += pieces(value)
        for value in values[texts : len(self.columns)]:
            for text in _names(value) if value else ():
                found += pieces(text)
        said = set[str]().union(*map(text_pieces, self.says(values).values()))
        called = [self.mark + piece for piece in found]
        return " ".join((*called, *(f"{TEXT}{self.mark}{piece}" for piece in sorted(said))))


def searched_by(record_type: type[Record]) -> Searched:
    """What a type says of itself."""
    facts, specs = record_type.facts, by_name(record_type)
    called = [specs[name] for name in facts.title]
    own = [spec.name for spec in called if spec.kind is not Kind.LINK]
    named = ("number", *(facts.search.fields if facts.search else own))
    links = (spec for spec in called if TYPES.get(spec.field.links, Record) in _indexed())
    link = next(links, None) if facts.search else None
    return Searched(
        record_type.type_name,
        facts.search.letter if facts.search else "",
        tuple(name for name in named if specs[name].kind is not Kind.NAMES),
        tuple(name for name in named if specs[name].kind is Kind.NAMES),
        tuple(_prose(record_type)),
        (EXTRA,) if takes_added(record_type) else (),
        link.field.links if link else "",
        link.name if link else "",
    )


def _prose(record_type: type[Record]) -> Iterator[str]:
    """The long texts of a type; of what is sensitive nobody learns a part by asking (R71)."""
    for spec in fields_of(record_type):
        if spec.kind is Kind.PROSE and not (spec.field.sensitive or spec.field.hidden):
            yield spec.name


def _indexed() -> list[type[Record]]:
    return [one for one in shown() if one.facts.search]


SEARCHED = {one: searched_by(one) for one in _indexed()}
"""The types in the index."""

_MADE_FROM = "\n".join((str(VERSION), *map(repr, SEARCHED.values())))
COLUMN = f"pieces_{hashlib.sha256(_MADE_FROM.encode()).hexdigest()[:8]}"
"""The one column; its name says how the index is made, so that another index is noticed."""

_UPTO, _DUE = f"{TABLE}_upto", f"{TABLE}_due"
_NOTES = (
    f"CREATE TABLE {_UPTO} (type TEXT PRIMARY KEY, row INTEGER NOT NULL)",
    f"CREATE TABLE {_DUE} (row INTEGER PRIMARY KEY)",
)
_TABLES = (own_table(COLUMN), *_NOTES)


def create(connection: Connection) -> None:
    """Begin the index anew; all that the store holds is still to be taken into it."""
    drop(connection)
    search_engines.make(connection, COLUMN)
    for table in _NOTES:
        run(connection, table if is_own(connection) else table.replace("INTEGER", "BIGINT"))
    _begin(connection)


def _begin(connection: Connection) -> None:
    marks_of_none = [(one.type, 0) for one in SEARCHED.values()]
    run(connection, f"INSERT INTO {_UPTO} VALUES (?, ?)", marks_of_none)


def drop(connection: Connection) -> None:
    """Remove the index: whoever changes the state tables themselves makes it anew."""
    for table in (TABLE, _UPTO, _DUE):
        run(connection, f"DROP TABLE IF EXISTS {table}")


def ready(connection: Any) -> bool:
    """Whether the index is there and made the way this program makes it.

    Asked at every start, so by a connection of the driver's own.
    """
    made = f"SELECT count(*) FROM sqlite_master WHERE sql IN ({marks(_TABLES)})"
    found = connection.execute(made, _TABLES).fetchone()
    return bool(found[0] == len(_TABLES))


def ready_on_server(connection: Connection) -> bool:
    """As `ready`, of a store on a server."""
    made = (
        "SELECT count(*) FROM information_schema.columns WHERE table_schema = current_schema()"
        " AND ((table_name = ? AND column_name = ?) OR (table_name IN (?, ?) AND column_name = ?))"
    )
    found = run(connection, made, (TABLE, COLUMN, _UPTO, _DUE, "row"))
    return bool(found.scalar_one() == len(_TABLES))


def clear(connection: Connection) -> None:
    """Empty the index, before the state tables are made anew."""
    search_engines.empty(connection)
    for table in (_UPTO, _DUE):
        run(connection, f"DELETE FROM {table}")
    _begin(connection)


Row = Sequence[Any]
"""A state row: its id first, then the values in the order of the table's columns."""


def changing(connection: Connection, record_type: type[Record], rows: Sequence[Row]) -> None:
    """Note which of the state rows about to be written over are called otherwise than before."""
    one = SEARCHED.get(record_type)
    if one is None:
        return
    known = upto(connection, one)
    due: list[tuple[int]] = []
    for chunk in chunks(rows):
        now = {row[0]: [row[place] or None for place in one.places] for row in chunk}
        before = run(
            connection,
            f"SELECT rowid, id, {one.all_selected} FROM {one.table} s WHERE id IN ({marks(chunk)})",
            tuple(now),
        )
        for number, record, *words in before:
            if number <= known and words != now[record]:
                due.append((one.base + number,))
    if due:
        run(connection, unless_there(f"INSERT INTO {_DUE} VALUES (?)"), due)


def removing(connection: Connection, record_type: type[Record], record: str) -> None:
    """Forget a record whose state row is about to go."""
    one = SEARCHED.get(record_type)
    if one is None:
        return
    own = f"SELECT rowid + {one.base} FROM {one.table} WHERE id = ?"
    run(connection, f"DELETE FROM {TABLE} WHERE rowid = ({own})", (record,))
    run(connection, f"DELETE FROM {_DUE} WHERE row = ({own})", (record,))
    # SQLite gives the number of the last row again: what comes under it is not known yet.
    last = f"SELECT coalesce(max(rowid), 0) FROM {one.table} WHERE id <> ?"
    run(
        connection,
        f"UPDATE {_UPTO} SET row = ({last}) WHERE type = ? AND row > ({last})",
        (record, one.type, record),
    )


def upto(connection: Connection, one: Searched) -> int:
    """The last row of a type that the index knows of."""
    found = run(connection, f"SELECT row FROM {_UPTO} WHERE type = ?", (one.type,)).first()
    return int(found[0]) if found else 0


def due(one: Searched) -> str:
    """A SELECT of the rows of a type that were called otherwise since."""
    return f"SELECT row - {one.base} FROM {_DUE} WHERE row BETWEEN {one.base} AND {one.end}"


def behind(connection: Connection) -> int:
    """How many rows the index does not tell of yet."""
    left = int(run(connection, f"SELECT count(*) FROM {_DUE}").scalar_one())
    for one in SEARCHED.values():
        since = f"SELECT count(*) FROM {one.table} WHERE rowid > ?"
        left += int(run(connection, since, (upto(connection, one),)).scalar_one())
    return left


def keep_near(connection: Connection, record_type: type[Record]) -> None:
    """Take in what single saves have left, whenever it has come to `FEW`.

    More than `MANY` is what a merge or an import left, which `keep_up` makes up for.
    """
    one = SEARCHED.get(record_type)
    if one is not None:
        last = f"SELECT coalesce(max(rowid), 0) FROM {one.table}"
        left = int(run(connection, last).scalar_one()) - upto(connection, one)
        if FEW <= left <= MANY:
            _further(connection, one, left)


def keep_up(connection: Connection, most: int) -> None:
    """Take up to `most` rows into the index, those first that were there when it was made."""
    left = most
    for one in SEARCHED.values():
        left -= _again(connection, one, left)
        left -= _further(connection, one, left)
        if left <= 0:
            return


def _again(connection: Connection, one: Searched, most: int) -> int:
    rows = run(
        connection,
        f"SELECT s.rowid, {one.all_selected} FROM {one.table} s"
        f" WHERE s.rowid IN ({due(one)}) ORDER BY s.rowid LIMIT ?",
        (most,),
    ).all()
    made = [(one.base + number, one.document(words)) for number, *words in rows]
    if made:
        search_engines.write(connection, COLUMN, made, again=True)
        run(connection, f"DELETE FROM {_DUE} WHERE row = ?", [(number,) for number, _ in made])
    return len(made)


def _further(connection: Connection, one: Searched, most: int) -> int:
    rows = run(
        connection,
        f"SELECT s.rowid, {one.all_selected} FROM {one.table} s"
        " WHERE s.rowid > ? ORDER BY s.rowid LIMIT ?",
        (upto(connection, one), max(most, 0)),
    ).all()
    if rows:
        made = [(one.base + number, one.document(words)) for number, *words in rows]
        search_engines.write(connection, COLUMN, made)
        last = (rows[-1][0], one.type)
        run(connection, f"UPDATE {_UPTO} SET row = ? WHERE type = ?", last)
    return len(rows)
