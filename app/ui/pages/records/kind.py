"""What tells the page of one record type from another's. Data only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from app.services.opening import Opened
from app.ui.desk import Desk
from app.ui.keys import Key


class ThirdCard(QWidget):
    """A card at the right that follows what stands in the form."""

    def show_body(self, opened: Opened, body: Mapping[str, Any]) -> None:
        """The record shown, and its body as it stands in the form now."""


@dataclass(frozen=True, slots=True)
class Third:
    """A card for the third column: its name, and how it is made."""

    title: str
    make: Callable[[Desk], ThirdCard]


@dataclass(frozen=True, slots=True)
class Next:
    """A record that is begun from another: by this key, of this type, named in its `link`.

    `noun` is what stands on the button (意见诉求).
    """

    key: Key
    type_name: str
    link: str
    noun: str


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A place for the records of one type.

    `noun` is one of them in words (走访), `why` two lines for the empty page;
    `thirds` are the cards at the right, the first is shown; `nexts` what is begun from here.
    """

    type_name: str
    title: str
    sign: str
    noun: str
    why: str
    thirds: tuple[Third, ...] = ()
    nexts: tuple[Next, ...] = ()

    @property
    def place(self) -> str:
        """The place's name."""
        return f"{self.type_name}s"
