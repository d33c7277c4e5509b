"""Finding records by a part of what they are called, or by the initials of its pinyin.

The index (`database.state.search_index`) leads to most of them; those that it does not tell of
yet are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from sqlalchemy import Connection

from app.domain.kernel.progress import Cancel
from app.domain.naming.search_pieces import Sought, pieces
from app.domain.records import TYPES, Record
from database.log.revisions import chunks
from database.state.search_engines import TABLE, Asked, matches, question
from database.state.search_index import COLUMN, SEARCHED, TEXT, Searched, due, searched_by, upto
from database.store.dialect import marks, run

__all__ = ["SEARCHED", "Finding", "Hit", "every", "sharing"]

RECENT = 130
"""Rows looked through, newest first, before a very short word is looked up in the index."""
LOOKED_AT = 1000
"""Rows that the index leads to and that are judged at most, when only the newest are asked for."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that answers; `words` are what it is called by field, `row` grows with time.

    `says` are its long texts by field, where these were looked into.
    """

    id: str
    words: dict[str, list[str]]
    row: int = 0
    says: Mapping[str, str] = field(default_factory=dict)

    @property
    def all_words(self) -> Iterator[str]:
        """Everything it is called."""
        return (text for texts in self.words.values() for text in texts)


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

        Those called so themselves come before those that point at such a record, and these
        before those in whose texts it stands. Raises `Cancelled`.
        """
        one = SEARCHED[record_type]
        found = self._called_so(one)
        leading = self._called_so(SEARCHED[TYPES[one.through]]) if one.through else []
        if leading and len(found) < self.most:
            known = {hit.id for hit in found}
            found = found + [hit for hit in self._pointing(one, leading) if hit.id not in known]
        if len(found) < self.most:
            known = {hit.id for hit in found}
            found = found + [hit for hit in self._saying(one) if hit.id not in known]
        return found[: self.most], max(len(found), len(leading)) < self.most

    def _saying(self, one: Searched) -> list[Hit]:
        """Those with the words in what was written there: an opinion, an answer."""
        if self._sought.broad or not one.says_more:
            return []
        asked = (self._connection, one, self._sought, self._cancel)
        return list(islice(_saying(*asked, void=False, most=LOOKED_AT), self.most))

    def _called_so(self, one: Searched) -> list[Hit]:
        if one.type not in self._own:
            found = self._recent(one) if self._sought.broad else []
            self._own[one.type] = found if len(found) == self.most else self._all(one)
        return self._own[one.type]

    def _recent(self, one: Searched) -> list[Hit]:
        """What hardly narrows anything is found sooner among the newest than by the index."""
        rows = run(
            self._connection,
            f"SELECT s.rowid, s.id, {one.selected} FROM {one.table} s WHERE s.void = 0"
            f" ORDER BY s.rowid DESC LIMIT {RECENT}",
        )
        return self._first(rows, one, judge=True)

    def _all(self, one: Searched) -> list[Hit]:
        """Those that the index does not tell of yet, newest first, and those it leads to."""
        asked = (self._connection, one, self._sought, self._cancel)
        since = list(islice(_since(*asked, void=False), self.most))
        if len(since) == self.most:
            return since
        rows = _matching(self._connection, one, self._sought, void=False)
        known = self._first(rows, one, judge=not self._sought.exact)
        renamed = list(_renamed(*asked, void=False))
        if renamed:
            known = sorted([*known, *renamed], key=lambda hit: -hit.row)
        return [*since, *known][: self.most]

    def _first(self, rows: Any, one: Searched, *, judge: bool) -> list[Hit]:
        looked_at = islice(rows, LOOKED_AT)
        hits = _answering(looked_at, one, self._sought, self._cancel, judge=judge)
        found = list(islice(hits, self.most))
        rows.close()
        return found

    def _pointing(self, one: Searched, leading: Sequence[Hit]) -> Iterator[Hit]:
        rows = run(
            self._connection,
            f"SELECT s.rowid, s.id, {one.selected} FROM {one.table} s"
            f' WHERE s.void = 0 AND s."{one.link}" IN ({marks(leading)})'
            f" ORDER BY s.rowid DESC LIMIT {self.most}",
            tuple(hit.id for hit in leading),
        )
        return (Hit(record, one.words(values), number) for number, record, *values in rows)


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


def sharing(
    connection: Connection, record_type: type[Record], parts: Iterable[str], most: int
) -> list[str]:
    """The ids of records, not 作废, that share a piece of one of these texts: `most` by the index.

    Whoever asks judges which of them are meant.
    """
    one = SEARCHED[record_type]
    wanted = {piece for part in parts for piece in pieces(part)}
    # A single character, or the initial of one, is shared by too many to tell anything.
    telling = {piece for piece in wanted if len(piece) >= (3 if piece.isascii() else 2)}
    if not telling:
        return []
    rows = run(
        connection,
        f"SELECT s.id FROM {TABLE} f CROSS JOIN {one.table} s WHERE s.rowid = f.rowid - {one.base}"
        f" AND {matches(connection, COLUMN)} AND s.void = 0 AND s.rowid NOT IN ({due(one)})"
        f" ORDER BY f.rowid DESC LIMIT {most}",
        (question(connection, [[(one.mark + piece, True) for piece in sorted(telling)]]),),
    )
    found = [record for (record,) in rows]
    beyond = f"(s.rowid > ? OR s.rowid IN ({due(one)}))"
    for _, record, *values in _selected(
        connection, one, beyond, (upto(connection, one),), void=False
    ):
        texts = Hit(record, one.words(values)).all_words
        if any(not telling.isdisjoint(pieces(text)) for text in texts):
            found.append(record)
    return found


def _of(record_type: type[Record]) -> Searched:
    """What a type is found by, in the index or by looking at every row."""
    return SEARCHED.get(record_type) or searched_by(record_type)


def _all_own(
    connection: Connection, one: Searched, sought: Sought, cancel: Cancel, *, void: bool
) -> list[str]:
    deep = one.says_more and not sought.broad
    if not one.mark:
        rows = _selected(connection, one, deep=deep, void=void)
        return [hit.id for hit in _answering(rows, one, sought, cancel, judge=True, deep=deep)]
    asked = (connection, one, sought, cancel)
    if deep:
        return [hit.id for hit in _saying(*asked, void=void)]
    rows = _matching(connection, one, sought, void=void)
    known = _answering(rows, one, sought, cancel, judge=not sought.exact)
    found = chain(_since(*asked, void=void), known, _renamed(*asked, void=void))
    return [hit.id for hit in found]


def _saying(
    connection: Connection,
    one: Searched,
    sought: Sought,
    cancel: Cancel,
    *,
    void: bool,
    most: int | None = None,
) -> Iterator[Hit]:
    """Those that are called so or say so: what the index does not tell of yet comes first.

    `most` is how many rows of each kind are looked into, the newest first; None for all.
    """
    known = (upto(connection, one),)
    again = f"s.rowid IN ({due(one)})"
    asked: tuple[tuple[Callable[[], Any], bool], ...] = (
        (lambda: _selected(connection, one, "s.rowid > ?", known, deep=True, void=void), True),
        (lambda: _matching(connection, one, sought, deep=True, void=void), not sought.exact),
        (lambda: _selected(connection, one, again, deep=True, void=void), True),
    )
    for ask, judge in asked:
        rows = ask()
        looked_into = islice(rows, most)
        yield from _answering(looked_into, one, sought, cancel, judge=judge, deep=True)
        rows.close()


def _selected(
    connection: Connection,
    one: Searched,
    condition: str = "TRUE",
    values: Sequence[int] = (),
    *,
    deep: bool = False,
    void: bool,
) -> Any:
    """Row, id and words of the records for which a condition holds, those that came last first.

    `deep` with their long texts.
    """
    return run(
        connection,
        f"SELECT s.rowid, s.id, {one.all_selected if deep else one.selected} FROM {one.table} s"
        f" WHERE s.void = {int(void)} AND {condition} ORDER BY s.rowid DESC",
        values,
    )


def _since(
    connection: Connection, one: Searched, sought: Sought, cancel: Cancel, *, void: bool
) -> Iterator[Hit]:
    """Those that answer among the records that came since the index was kept up."""
    rows = _selected(connection, one, "s.rowid > ?", (upto(connection, one),), void=void)
    return _answering(rows, one, sought, cancel, judge=True)


def _renamed(
    connection: Connection, one: Searched, sought: Sought, cancel: Cancel, *, void: bool
) -> Iterator[Hit]:
    """Those that answer among the records that the index has under other words."""
    rows = _selected(connection, one, f"s.rowid IN ({due(one)})", void=void)
    return _answering(rows, one, sought, cancel, judge=True)


def _matching(
    connection: Connection, one: Searched, sought: Sought, *, deep: bool = False, void: bool
) -> Any:
    """Row, id and words of the records that have the pieces, those that came last first."""
    words = one.all_selected if deep else one.selected
    return run(
        connection,
        f"SELECT s.rowid, s.id, {words} FROM {TABLE} f CROSS JOIN {one.table} s"
        f" WHERE s.rowid = f.rowid - {one.base} AND {matches(connection, COLUMN)}"
        f" AND s.void = {int(void)} AND s.rowid NOT IN ({due(one)})"
        " ORDER BY f.rowid DESC",
        (question(connection, _asked(one.mark, sought, deep=deep)),),
    )


def _asked(mark: str, sought: Sought, *, deep: bool) -> Asked:
    if deep:
        # Each word may stand in a name or in a text: 永泰 限电.
        return [
            [(mark + one.text, True), (f"{TEXT}{mark}{one.text}", True)] for one in sought.pieces
        ]
    return [[(mark + piece.text, piece.whole)] for piece in sought.pieces]


def _answering(
    rows: Iterable[Sequence[Any]],
    one: Searched,
    sought: Sought,
    cancel: Cancel,
    *,
    judge: bool,
    deep: bool = False,
) -> Iterator[Hit]:
    for n, (number, record, *values) in enumerate(rows):
        if n % 100 == 0:
            cancel.check()
        hit = Hit(record, one.words(values), number, one.says(values) if deep else {})
        if not judge or sought.meets(hit.all_words, hit.says.values()):
            yield hit
