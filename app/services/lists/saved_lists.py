"""常用筛选: conditions of a list under a name, kept over restarts for everybody of the office.

The list, its count, its table, its export and its print are all narrowed by them.
"""

from __future__ import annotations

from dataclasses import replace

import msgspec

from app.domain.kernel.errors import UserError
from app.domain.kernel.order import By
from app.domain.kernel.readable import readable
from app.domain.kernel.text import clean_name
from app.domain.records import Record
from app.services.lists.chips import Chip, How, require_few
from app.services.lists.lookups import indicators
from app.services.lists.table_query import TableQuery
from app.services.office.office import Office
from app.services.office.seen_base import require_seen
from database.books import saved_lists
from database.books.saved_lists import SavedRow

LONGEST = 30
"""Characters of a name."""
MOST = 60
"""Lists of one type."""


class SavedList(msgspec.Struct, frozen=True):
    """A named list: its conditions, all of which are met, and its order."""

    name: str
    chips: tuple[Chip, ...] = ()
    order: tuple[By, ...] = ()

    def applied(self, query: TableQuery) -> TableQuery:
        """The question, narrowed and ordered so."""
        return replace(query, chips=self.chips, order=self.order or query.order)


def saved(office: Office, record_type: type[Record]) -> list[SavedList]:
    """The named lists of a type, in the order they were made."""
    with office.store.read() as connection:
        rows = saved_lists.of_type(connection, record_type.type_name)
    found = [msgspec.json.decode(row.content, type=readable(SavedList)) for row in rows]
    if not any(_is_bare(record_type, chip) for one in found for chip in one.chips):
        return found
    called = {one.key: one.title for one in reversed(indicators(office))}

    def told(chip: Chip) -> Chip:
        words = (called.get(value, value) for value in chip.values)
        return replace(chip, shown="、".join(words)) if _is_bare(record_type, chip) else chip

    return [msgspec.structs.replace(one, chips=tuple(map(told, one.chips))) for one in found]


def _is_bare(record_type: type[Record], chip: Chip) -> bool:
    """Whether it shows the codes of indicators: it was kept before it was said by their names."""
    code = chip.how is How.IS and chip.shown in ("", "、".join(chip.values))
    return code and chip.field == record_type.facts.indicator


def save(
    office: Office, record_type: type[Record], one: SavedList, *, base: SavedList | None = None
) -> SavedList:
    """Keep a list under its name, in the place of one of that name.

    `base`, here and below, is what was seen of that name, without a condition where there was
    none. Raises `UserError` NAME, NO_CONDITION, TOO_MANY, TOO_MANY_CONDITIONS, CHANGED_MEANWHILE.
    """
    name = clean_name(one.name)
    if not name or len(name) > LONGEST:
        raise UserError(
            "NAME", f"名称要有 1 到 {LONGEST} 个字。", remedy="请起一个短的名称，例如：超期没办的。"
        )
    if not one.chips:
        raise UserError("NO_CONDITION", "现在没有筛选条件。", remedy="请先按 Ctrl+G 加上条件。")
    require_few(one.chips)
    kept = SavedList(name, one.chips, one.order)
    content = msgspec.json.encode(kept).decode()
    row = SavedRow(record_type.type_name, name, content, office.now(), office.operator)
    with office.store.write() as connection:
        known = {other.name for other in saved_lists.of_type(connection, row.type)}
        if name not in known and len(known) >= MOST:
            raise UserError("TOO_MANY", f"最多存 {MOST} 个。", remedy="请先删去不用的。")
        _require_seen(office, record_type, name, base)
        saved_lists.put(connection, row)
    return kept


def _require_seen(
    office: Office, record_type: type[Record], name: str, base: SavedList | None
) -> None:
    if base is None:
        return
    present = next((one for one in saved(office, record_type) if one.name == name), SavedList(name))
    require_seen(present, msgspec.structs.replace(base, name=name), f"常用筛选“{name}”")


def remove(
    office: Office, record_type: type[Record], name: str, *, base: SavedList | None = None
) -> None:
    """Forget a list; its records stay as they are. Raises `UserError` CHANGED_MEANWHILE."""
    with office.store.write() as connection:
        _require_seen(office, record_type, name, base)
        saved_lists.remove(connection, record_type.type_name, name)


def named(office: Office, record_type: type[Record], name: str) -> SavedList:
    """The list of this name; raises `UserError` NO_LIST."""
    known = saved(office, record_type)
    found = next((one for one in known if one.name == name), None)
    if found is None:
        words = "、".join(one.name for one in known) or "还没有"
        raise UserError("NO_LIST", f"没有常用筛选“{name}”。", remedy=f"可以用：{words}。")
    return found
