"""What the frame asks of a page, and where a page stands in the navigation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.kernel.changes import Changes
from app.ui.keys import Action

if TYPE_CHECKING:
    from app.services.lists.chips import Chip


class Page(QWidget):
    """One place of the navigation. All methods are called on the main thread.

    `actions_shown` stand in the header, the right one outermost. `note` stands
    beside the title; `reshaped` says that these are others now. `search_words` says
    by what the page's own list is narrowed; without it the search box only finds
    records, as it does everywhere. Signals tell the frame what it cannot see:
    `badge_changed(int)`, `note_changed(str)`, and `saved(str)` for the save
    state at the right of the hint bar (草稿已存 10:42:07).
    """

    badge_changed = Signal(int)
    note_changed = Signal(str)
    saved = Signal(str)
    reshaped = Signal()

    note: str = ""
    search_words: str = ""

    @property
    def actions_shown(self) -> Sequence[Action]:
        """What the header offers on this page."""
        return ()

    def activate(self) -> None:
        """The page is shown: put the focus where work goes on."""
        self.setFocus()

    def changed(self, changes: Changes) -> None:
        """Records were written; a hidden page is told all at once before `activate`."""

    def can_leave(self) -> bool:
        """Whether another page may be shown or the window closed now."""
        return True

    def search(self, text: str) -> None:
        """The search box holds this now (empty: no search)."""

    def show_view(self, name: str) -> None:
        """Show this part of the page, where it has parts."""

    def show_record(self, type_name: str, record: str) -> None:
        """Show this record, which is of a type that has its place here."""

    def begin_record(self, type_name: str, body: Mapping[str, Any]) -> None:
        """Begin a record of this type with what is known of it."""

    def narrow_list(self, type_name: str, chips: Sequence[Chip]) -> None:
        """Show all records of this type that meet these, and no others."""

    def takes(self, paths: Sequence[Path]) -> bool:
        """Whether these files are for this page when they are dropped on the window over it."""
        return False

    def take_files(self, paths: Sequence[Path]) -> None:
        """Files that belong here were dropped on the window; the page is shown."""

    def set_narrow(self, narrow: bool) -> None:
        """The window is below 1200 px (the third card goes behind F6), or wide again."""


@dataclass(frozen=True)
class Place:
    """An entry of the navigation; `make` builds its page when it is first visited.

    `holds` are the record types that are shown here.
    """

    name: str
    title: str
    icon: str
    make: Callable[[], Page]
    holds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Who:
    """Whose office it is and who is at work, as the frame shows it."""

    office: str
    operator: str
    duty: str = "经办人"
