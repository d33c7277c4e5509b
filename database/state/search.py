"""Finding records by a part of what they are called, or by the initials of its pinyin.

The index is a full-text table of SQLite (FTS5) inside the encrypted store. It holds no texts,
only the pieces of them (`app.domain.naming.search_pieces`), each behind the mark of its record
type, and is written in the same transaction as the state rows. It is made from these and not
part of the schema: `ready` tells whether it is there and up to date, `rebuild` makes it anew.

What is special to SQLite stands here. `rowid` is the state table's own: rows that came later
have a larger one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import Connection

from app.domain.kernel.fields import Kind, by_name
from app.domain.kernel.progress import Cancel
from app.domain.naming.search_pieces import VERSION, Sought, pieces
from app.domain.records import TYPES, Record
from app.domain.records.registry import shown
from database.log.revisions import chunks
from database.store.dialect import marks, run
from database.store.tables import SCHEMA

TABLE = "search"

_GATHERED = 8 << 20
"""Bytes of new pieces that FTS5 keeps before it writes them: one part of the index, not ten."""

RECENT = 130
"""Rows looked through, newest first, before a very short word is looked up in the index."""
LOOKED_AT = 1000
"""Rows that the index leads to and that are judged at most, when only the newest are asked for."""

_names = msgspec.json.Decoder(list[str]).decode


@dataclass(frozen=True)
class Searched:
    """What the records of one type are found by, made from its facts.

    `mark` is the letter before its pieces, "" for a type that is not in the index;
    `texts` and `lists` are columns with one text or a JSON list of them. With `through`
    they are found like the records of that type, which they point at by `link`.
    """

    type: str
    mark: str
    texts: tuple[str, ...]
    lists: tuple[str, ...] = ()
    through: str = ""
    link: str = field(default="", repr=False)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """All columns with words in them."""
        return self.texts + self.lists

    @cached_property
    def places(self) -> tuple[int, ...]:
        """Where these stand in a state row."""
        names = [column.name for column in SCHEMA.states[self.type].columns]
        return tuple(names.index(name) for name in self.columns)

    @property
    def base(self) -> int:
        """What is added to the rowids of this type, so that those of all types differ."""
        return ord(self.mark) << 40

    @property
    def table(self) -> str:
        """The state table."""
        return f"state_{self.type}"

    @property
    def selected(self) -> str:
        """The columns with words, in a SELECT from the state table `s`."""
        return ", ".join(f's."{name}"' for name in self.columns)

    def words(self, values: Sequence[str | None]) -> dict[str, list[str]]:
        """The texts of each of `columns` from their values."""
        texts = len(self.texts)
        return {
            name: ([value] if n < texts else _names(value)) if value else []
            for n, (name, value) in enumerate(zip(self.columns, values, strict=True))
        }

    def document(self, values: Sequence[str | None]) -> str:
        """What the index keeps of a record."""
        found: list[str] = []
        texts = len(self.texts)
        for value in values[:texts]:
            if value:
                found += pieces(value)
        for value in values[texts:]:
            for text in _names(value) if value else ():
                found += pieces(text)
        return self.mark + f" {self.mark}".join(found) if found else ""


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
        link.field.links if link else "",
        link.name if link else "",
    )


def _indexed() -> list[type[Record]]:
    return [one for one in shown() if one.facts.search]


SEARCHED = {one: searched_by(one) for one in _indexed()}
"""The types in the index."""

_MADE_FROM = "\n".join((str(VERSION), *map(repr, SEARCHED.values())))
_COLUMN = f"pieces_{hashlib.sha256(_MADE_FROM.encode()).hexdigest()[:8]}"
"""The one column; its name says how the index is made, so that another index is noticed."""
INSERT = f"INSERT INTO {TABLE} (rowid, {_COLUMN}) VALUES (?, ?)"
_CREATE = (
    f"CREATE VIRTUAL TABLE {TABLE} USING fts5"
    f"({_COLUMN}, content='', contentless_delete=1, detail=none, tokenize='ascii')"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that answers; `words` are its texts by field."""

    id: str
    words: dict[str, list[str]]

    @property
    def all_words(self) -> Iterator[str]:
        """Every text it may be found by."""
        return (text for texts in self.words.values() for text in texts)


def create(connection: Connection) -> None:
    """Make the index of a store without records."""
    run(connection, _CREATE)
    tell = f"INSERT INTO {TABLE} ({TABLE}, rank) VALUES ('hashsize', {_GATHERED})"
    run(connection, tell)


def drop(connection: Connection) -> None:
    """Remove the index: whoever changes the state tables themselves makes it anew."""
    run(connection, f"DROP TABLE IF EXISTS {TABLE}")


def ready(connection: Any) -> bool:
    """Whether the index is there and made the way this program makes it.

    Asked at every start, so by a connection of the driver's own.
    """
    made = "SELECT 1 FROM sqlite_master WHERE sql = ?"
    return connection.execute(made, (_CREATE,)).fetchone() is not None


def rebuild(connection: Connection) -> None:
    """Make the index from the state tables as they are."""
    drop(connection)
    create(connection)
    for one in SEARCHED.values():
        rows = run(connection, f"SELECT s.rowid + {one.base}, {one.selected} FROM {one.table} s")
        for batch in rows.partitions(2000):
            made = [(row, one.document(values)) for row, *values in batch]
            run(connection, f"INSERT INTO {TABLE} (rowid, {_COLUMN}) VALUES (?, ?)", made)


def clear(connection: Connection) -> None:
    """Empty the index."""
    run(connection, f"INSERT INTO {TABLE} ({TABLE}) VALUES ('delete-all')")


Row = Sequence[Any]
"""A state row: its id first, then the values in the order of the table's columns."""


def outdated(connection: Connection, record_type: type[Record], rows: Sequence[Row]) -> list[Row]:
    """Those of the state rows about to be written that are called otherwise than before."""
    one = SEARCHED.get(record_type)
    if one is None:
        return []
    select = f"SELECT {one.selected} FROM {one.table} s WHERE s.id = ?"
    found = []
    for row in rows:
        before = run(connection, select, (row[0],)).first()
        now = [row[place] or None for place in one.places]
        if before is None or list(before) != now:
            found.append(row)
    return found


def put(connection: Connection, record_type: type[Record], rows: Sequence[Row]) -> None:
    """Keep the words of state rows that were written just now."""
    one = SEARCHED.get(record_type)
    if one is None or not rows:
        return
    run(
        connection,
        f"INSERT OR REPLACE INTO {TABLE} (rowid, {_COLUMN})"
        f" SELECT rowid + {one.base}, ? FROM {one.table} WHERE id = ?",
        [(one.document([row[place] for place in one.places]), row[0]) for row in rows],
    )


def append(connection: Connection, record_type: type[Record], rows: Sequence[Row]) -> None:
    """As `put`, for rows that were just now inserted one after the other, and nothing since.

    SQLite gives each the number after the largest.
    """
    one = SEARCHED.get(record_type)
    if one is None or not rows:
        return
    last = run(connection, f"SELECT max(rowid) FROM {one.table}").scalar_one()
    run(
        connection,
        INSERT,
        [
            (number, one.document([row[place] for place in one.places]))
            for number, row in enumerate(rows, one.base + last - len(rows) + 1)
        ],
    )


def remove(connection: Connection, record_type: type[Record], record: str) -> None:
    """Forget a record whose state row is still there."""
    one = SEARCHED.get(record_type)
    if one is not None:
        run(
            connection,
            f"DELETE FROM {TABLE} WHERE rowid ="
            f" (SELECT rowid + {one.base} FROM {one.table} WHERE id = ?)",
            (record,),
        )


class Finding:
    """The newest records of each type that answer a question and are not 作废."""

    def __init__(self, connection: Connection, sought: Sought, most: int, cancel: Cancel) -> None:
        self.most = most
        self._connection = connection
        self._sought = sought
        self._cancel = cancel
        self._own: dict[str, list[Hit]] = {}

    def newest(self, record_type: type[Record]) -> tuple[list[Hit], bool]:
        """Up to `most` of a type, those that came last first, and whether these are all.

        Those called so themselves come before those that point at such a record. Raises
        `Cancelled`.
        """
        one = SEARCHED[record_type]
        found = self._called_so(one)
        leading = self._called_so(SEARCHED[TYPES[one.through]]) if one.through else []
        if leading and len(found) < self.most:
            known = {hit.id for hit in found}
            found = found + [hit for hit in self._pointing(one, leading) if hit.id not in known]
        return found[: self.most], max(len(found), len(leading)) < self.most

    def _called_so(self, one: Searched) -> list[Hit]:
        if one.type not in self._own:
            found = self._recent(one) if self._sought.broad else []
            self._own[one.type] = found if len(found) == self.most else self._by_index(one)
        return self._own[one.type]

    def _recent(self, one: Searched) -> list[Hit]:
        """What hardly narrows anything is found sooner among the newest than by the index."""
        rows = run(
            self._connection,
            f"SELECT s.id, {one.selected} FROM {one.table} s WHERE s.void = 0"
            f" ORDER BY s.rowid DESC LIMIT {RECENT}",
        )
        return self._first(rows, one, judge=True)

    def _by_index(self, one: Searched) -> list[Hit]:
        rows = _matching(self._connection, one, self._sought, one.selected, void=False)
        return self._first(rows, one, judge=not self._sought.exact)

    def _first(self, rows: Any, one: Searched, *, judge: bool) -> list[Hit]:
        looked_at = islice(rows, LOOKED_AT)
        hits = _answering(looked_at, one, self._sought, self._cancel, judge=judge)
        found = list(islice(hits, self.most))
        rows.close()
        return found

    def _pointing(self, one: Searched, leading: Sequence[Hit]) -> Iterator[Hit]:
        rows = run(
            self._connection,
            f"SELECT s.id, {one.selected} FROM {one.table} s"
            f' WHERE s.void = 0 AND s."{one.link}" IN ({marks(leading)})'
            f" ORDER BY s.rowid DESC LIMIT {self.most}",
            tuple(hit.id for hit in leading),
        )
        return (Hit(record, one.words(values)) for record, *values in rows)


def every(
    connection: Connection, record_type: type[Record], sought: Sought, *, void: bool, cancel: Cancel
) -> list[str]:
    """The ids of all records that answer, 作废 or not, by id; none answers an empty question."""
    if not sought:
        return []
    one = _of(record_type)
    found = set(_all_own(connection, one, sought, cancel, void=void))
    if one.through:
        target = SEARCHED[TYPES[one.through]]
        for state in (False, True):
            leading = _all_own(connection, target, sought, cancel, void=state)
            for chunk in chunks(leading):
                cancel.check()
                rows = run(
                    connection,
                    f"SELECT id FROM {one.table} WHERE void = {int(void)}"
                    f' AND "{one.link}" IN ({marks(chunk)})',
                    tuple(chunk),
                )
                found.update(record for (record,) in rows)
    return sorted(found)


def _of(record_type: type[Record]) -> Searched:
    """What a type is found by, in the index or by looking at every row."""
    return SEARCHED.get(record_type) or searched_by(record_type)


def _all_own(
    connection: Connection, one: Searched, sought: Sought, cancel: Cancel, *, void: bool
) -> list[str]:
    if not one.mark:
        rows = run(
            connection, f"SELECT s.id, {one.selected} FROM {one.table} s WHERE s.void = {int(void)}"
        )
        return [hit.id for hit in _answering(rows, one, sought, cancel, judge=True)]
    if sought.exact:
        rows = _matching(connection, one, sought, "s.id", void=void)
        return [record for record, _ in rows]
    rows = _matching(connection, one, sought, one.selected, void=void)
    return [hit.id for hit in _answering(rows, one, sought, cancel, judge=True)]


def _matching(
    connection: Connection, one: Searched, sought: Sought, columns: str, *, void: bool
) -> Any:
    """Rows of id and columns of the records that have the pieces, those that came last first."""
    return run(
        connection,
        f"SELECT s.id, {columns} FROM {TABLE} f CROSS JOIN {one.table} s"
        f" ON s.rowid = f.rowid - {one.base}"
        f" WHERE f.{TABLE} MATCH ? AND s.void = {int(void)} ORDER BY f.rowid DESC",
        (_expression(one.mark, sought),),
    )


def _expression(mark: str, sought: Sought) -> str:
    return " AND ".join(
        f'"{mark}{piece.text}"{"" if piece.whole else " *"}' for piece in sought.pieces
    )


def _answering(
    rows: Iterable[Sequence[Any]], one: Searched, sought: Sought, cancel: Cancel, *, judge: bool
) -> Iterator[Hit]:
    for n, (record, *values) in enumerate(rows):
        if n % 100 == 0:
            cancel.check()
        hit = Hit(record, one.words(values))
        if not judge or sought.meets(hit.all_words):
            yield hit
