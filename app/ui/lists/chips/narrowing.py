"""What a list is narrowed to: the same chips wherever it is shown, as list or as table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.kernel.fields import FieldSpec
from app.domain.records import Record
from app.services.lists.added_fields import added_fields
from app.services.lists.chips import Chip, without
from app.ui.page_context import PageContext


class Narrowing(QObject):
    """Keeps the chips of one list; `changed` when they are others.

    `added` are the fields that campaigns add, None until they were read (`learned`).

    They may hold names and numbers, so they live as long as the window; who wants to keep them
    gives them a name (`saved_menu`), and they lie in the encrypted store.
    """

    changed = Signal()
    learned = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.chips: tuple[Chip, ...] = ()
        self.added: tuple[FieldSpec, ...] | None = None

    def ask(self, desk: PageContext, record_type: type[Record]) -> None:
        """Read which fields campaigns add to the type."""
        job = partial(added_fields, desk.office, record_type)
        desk.worker.read(job).done.connect(self.learn)

    def learn(self, added: tuple[FieldSpec, ...]) -> None:
        """Know the fields that campaigns add."""
        if added != self.added:
            self.added = added
            self.learned.emit()

    def put(self, chip: Chip, before: Chip | None = None) -> None:
        """One condition more, in the place of the one it was before."""
        if before in self.chips:
            self._become(tuple(chip if one == before else one for one in self.chips))
        elif chip not in self.chips:
            self._become((*self.chips, chip))

    def drop(self, chip: Chip) -> None:
        """One condition less."""
        self._become(without(self.chips, chip))

    def become(self, chips: Sequence[Chip]) -> None:
        """These conditions and no others."""
        self._become(tuple(chips))

    def clear(self) -> None:
        """Show everything again."""
        self._become(())

    def _become(self, chips: tuple[Chip, ...]) -> None:
        if chips != self.chips:
            self.chips = chips
            self.changed.emit()
