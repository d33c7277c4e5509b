"""Ctrl+F: one text sought among the records of every type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.kernel.added_values import EXTRA
from app.domain.kernel.fields import FieldSpec, by_name
from app.domain.kernel.progress import Cancel
from app.domain.kernel.text import lookup_key
from app.domain.naming.search_pieces import Sought
from app.domain.records import Record
from app.domain.records.told import own_titles
from app.domain.values.masking import masked
from app.services.lists import listing
from app.services.lists.added_fields import every_field
from app.services.lists.listing import Line
from app.services.office.office import Office
from database.state import search as index
from database.state import search_index
from database.state.search import Hit
from database.store.engine import Connection

CONSIDERED = 100
"""So many of the newest records of a type that answer are put in order."""
_FEW = 20
"""So many when very little was typed."""

_BEFORE, _AFTER = 6, 24
"""Characters of a long text shown around the word that was found."""


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one type; `more` is how many are not among the lines, None if uncounted."""

    type_name: str
    label: str
    lines: tuple[Line, ...]
    more: int | None = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What answers `text`, by type; types without a record that does are left out.

    `behind` are the records, where there are many, that had to be looked at one by one
    because the index is still being put in order (正在整理搜索).
    """

    text: str
    groups: tuple[Group, ...] = ()
    behind: int = 0


def search(office: Office, text: str, limit: int = 20, *, cancel: Cancel | None = None) -> Found:
    """Find records that are not 作废 by what people know of them.

    That is, characters, 编号, pinyin initials in any reading, a part of an ID number, of a
    code or of a telephone number; or by words that stand in an opinion, an answer or another
    text; several words must all be found. Of each type come `limit`
    lines: a 编号 that is meant exactly first, then what begins with the text, then the newest.
    Who is found by a sensitive field is shown with its mask (R71). Raises `Cancelled`.
    """
    sought = Sought(text)
    if not sought:
        return Found(text)
    watch = cancel or Cancel()
    with office.store.read() as connection:
        most = max(_FEW, limit) if sought.broad else CONSIDERED
        finding = index.Finding(connection, sought, most, watch)
        groups = []
        for record_type in index.SEARCHED:
            watch.check()
            hits, all_found = finding.newest(record_type)
            if hits:
                best = _best(hits, sought, limit)
                lines = listing.lines_within(office, connection, record_type, list(best))
                specs = _named(office, connection, record_type, best.values())
                titles = own_titles(record_type)
                told = tuple(_told(specs, titles, one, best[one.id], sought) for one in lines)
                more = len(hits) - len(best) if all_found else None
                groups.append(Group(record_type.type_name, record_type.label, told, more))
        behind = search_index.behind(connection)
    return Found(text, tuple(groups), behind if behind > search_index.MANY else 0)


def _best(hits: Sequence[Hit], sought: Sought, limit: int) -> dict[str, Hit]:
    """The first in order, by id."""
    wanted = "".join(sought.words)
    ordered = sorted(hits, key=lambda hit: _rank(hit, sought, wanted))
    return {hit.id: hit for hit in ordered[:limit]}


def _rank(hit: Hit, sought: Sought, wanted: str) -> int:
    """The smaller the nearer: 编号, its last part, a beginning, any name, a word of a text."""
    number = next(iter(hit.words["number"]), "")
    if lookup_key(number) == wanted:
        return 0
    if lookup_key(number.rpartition("-")[2]) == wanted:
        return 1
    if any(map(sought.begins, hit.all_words)):
        return 2
    return 4 if hit.says and not sought.meets(hit.all_words) else 3


def _named(
    office: Office, connection: Connection, record_type: type[Record], hits: Iterable[Hit]
) -> Mapping[str, FieldSpec]:
    """The fields that these were found by; campaigns are asked only where one added any."""
    own = by_name(record_type)
    added = {name for hit in hits for name in hit.says} - own.keys()
    return every_field(office, connection, record_type, added) if added else own


def _told(
    specs: Mapping[str, FieldSpec], titles: Sequence[str], line: Line, hit: Hit, sought: Sought
) -> Line:
    """The line, with the field it was found by where it would not show why it is there.

    It shows 编号 and title in full: one that is found by these speaks for itself.
    """
    words = hit.words
    shown = ("number", *titles)
    if sought.meets([line.who, *(text for name in shown for text in words.get(name, ()))]):
        return line
    for name, texts in words.items():
        if name not in shown and (met := [text for text in texts if sought.meets([text])]):
            text = masked(met[0]) if specs[name].field.sensitive else met[0]
            return replace(line, who=f"{specs[name].label} {text}")
    for name, text in hit.says.items():
        if part := _around(text, sought):
            return replace(line, who=f"{specs.get(name, specs[EXTRA]).label}：{part}")
    return line


def _around(text: str, sought: Sought) -> str:
    """What stands around the first word of those sought that is in a text, "" without one."""
    plain = " ".join(text.split())
    for word in sought.words:
        place = plain.casefold().find(word)
        if place < 0 and word in lookup_key(plain):
            place = 0
        if place >= 0:
            first = max(place - _BEFORE, 0)
            last = place + len(word) + _AFTER
            return f"{'…' * (first > 0)}{plain[first:last]}{'…' * (last < len(plain))}"
    return ""
