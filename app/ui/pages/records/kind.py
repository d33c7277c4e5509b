"""What tells the page of one record type from another's. Data only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.kernel.changes import Changes
from app.domain.kernel.fields import Kind, by_name
from app.domain.records import Record
from app.services.lists.record_sheet import Opened
from app.ui.fields.suggestion import Surroundings
from app.ui.keys import Key
from app.ui.page_context import PageContext

HISTORY = "历史"


class ThirdCard(QWidget):
    """A card at the right that follows what stands in the form.

    `bring_back_asked(h)` when an earlier version is to count again.
    """

    bring_back_asked = Signal(str)
    follows_typing = False

    def show_body(self, opened: Opened, body: Mapping[str, Any]) -> None:
        """The record shown, and its body as it stands in the form now."""


@dataclass(frozen=True, slots=True)
class Third:
    """A card for the third column: its name, and how it is made."""

    title: str
    make: Callable[[PageContext], ThirdCard]


class WorkPanel(QWidget):
    """Work that takes the place of the page for a while; `closed` when done."""

    closed = Signal()

    def begin(self, record: str | None) -> None:
        """The panel is opened beside this record (its id), or none that is saved."""

    def begin_with(self, record: str | None, selected: Sequence[str]) -> None:
        """As `begin`; `selected` are the records marked when it was opened, in their order."""
        self.begin(record)

    def activate(self) -> None:
        """Put the focus where work goes on."""

    def keep(self) -> None:
        """Another page is shown: keep what was typed and is not saved."""

    def changed(self, changes: Changes) -> None:
        """Records were written."""

    def search(self, text: str) -> None:
        """The search box holds this now (empty: no search)."""


@dataclass(frozen=True, slots=True)
class Work:
    """A `WorkPanel`: the key that opens it, and how it is made.

    A `quiet` one has no button above the page: its key stands with those of the list.
    """

    key: Key
    make: Callable[[PageContext, Surroundings], WorkPanel]
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Next:
    """A record that is begun from another: by this key, of this type, naming it in `link`."""

    key: Key
    record_type: type[Record]
    link: str

    def body(self, record: str) -> dict[str, Any]:
        """What it begins with: the link to this record."""
        several = by_name(self.record_type)[self.link].kind is Kind.LINKS
        return {self.link: [record] if several else record}


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A place for the records of one type.

    `noun` is one of them in words (走访), `why` two lines for the empty page;
    `thirds` are the cards at the right, the first is shown; `nexts` what is begun from here;
    `works` are done on many of them.
    """

    record_type: type[Record]
    sign: str
    noun: str
    why: str
    thirds: tuple[Third, ...] = ()
    nexts: tuple[Next, ...] = ()
    works: tuple[Work, ...] = ()

    @property
    def opens_third(self) -> bool:
        """Whether a card stands at the right without being asked for."""
        return bool(self.thirds) and self.thirds[0].title != HISTORY
