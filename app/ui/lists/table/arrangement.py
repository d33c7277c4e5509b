"""How somebody arranged a table: columns, widths, order; kept on this computer, by operator.

Nothing of a record is in it, so it may be kept outside the encrypted store.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from app.domain.kernel.fields import FieldSpec
from app.domain.kernel.order import By, Order
from app.domain.kernel.readable import readable
from app.domain.records import Record
from app.services.lists.table_columns import Titles, columns_of, usual
from app.ui.ui_memory import UiMemory

_LEAST, _MOST = 40, 900


class Kept(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is written down of a table."""

    columns: tuple[str, ...] = ()
    widths: dict[str, int] = {}
    order: tuple[tuple[str, bool], ...] = ()
    shown: bool = False


@dataclass(slots=True)
class Arrangement:
    """The columns from left to right, their widths in pixels, the order, and whether it is shown.

    `fresh` as long as nobody changed columns or widths.
    """

    columns: tuple[str, ...]
    widths: dict[str, int] = field(default_factory=dict)
    order: Order = ()
    shown: bool = False

    @property
    def fresh(self) -> bool:
        """Whether the table is as it comes."""
        return not self.widths


class TableMemory:
    """Reads and writes the arrangement of one list; `part` tells lists of one type apart.

    `usual` are the columns where nobody chose any, `added` the fields that campaigns add.
    """

    def __init__(
        self,
        memory: UiMemory,
        operator: str,
        record_type: type[Record],
        titles: Titles,
        *,
        part: str = "table",
        several: bool = False,
    ) -> None:
        self._memory, self._type = memory, record_type
        self.usual = usual(record_type, titles, several=several)
        self.added: tuple[FieldSpec, ...] = ()
        self._name = f"{part}/{operator}/{record_type.type_name}"

    def read(self) -> Arrangement:
        """What was kept, or the usual; what cannot be read is the usual too."""
        try:
            kept = msgspec.json.decode(self._memory.text(self._name, "{}"), type=readable(Kept))
        except (msgspec.DecodeError, UnicodeError):
            kept = Kept()
        known = columns_of(self._type, added=self.added)
        columns = tuple(dict.fromkeys(name for name in kept.columns if name in known))
        widths = {name: min(max(width, _LEAST), _MOST) for name, width in kept.widths.items()}
        order = tuple(By(name, falling) for name, falling in kept.order if name in known)
        return Arrangement(columns or self.usual, widths, order, kept.shown)

    def write(self, arranged: Arrangement) -> None:
        """Remember it."""
        kept = Kept(
            columns=arranged.columns,
            widths=arranged.widths,
            order=tuple((by.field, by.falling) for by in arranged.order),
            shown=arranged.shown,
        )
        self._memory.keep(self._name, msgspec.json.encode(kept).decode())


def was_shown(memory: UiMemory, operator: str, record_type: type[Record]) -> bool:
    """Whether a list was last looked at as a table."""
    return TableMemory(memory, operator, record_type, ()).read().shown
