"""Where the third column stands: beside the list, or in its place where the room is short."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from app.ui.pages.records.beside.third_column import ThirdColumn
from app.ui.pages.records.kind import HISTORY, RecordKind


class ThirdPlace:
    """Opens and closes the column beside `listing`, whose list `resting` takes the focus back.

    Before a record stands in the form it has nothing to show, and stays closed.
    """

    def __init__(
        self, kind: RecordKind, column: ThirdColumn | None, listing: QWidget, resting: QWidget
    ) -> None:
        self._kind, self._column = kind, column
        self._listing, self._resting = listing, resting
        self.narrow = self.ready = False

    def rest(self) -> None:
        """As it stands where nobody has opened or closed it."""
        self.show(not self.narrow and self._kind.opens_third)

    def toggle(self) -> None:
        """F6 goes through the cards: the first, the next, none where the room is short."""
        if self._column is None:
            return
        if self._column.isHidden():
            self._column.turn_to(self._kind.thirds[0].title)
            self.show(True)
        elif not self._column.turn_to_next():
            self.show(False)

    def toggle_history(self) -> None:
        """经过 of the record, or what stood there before."""
        if self._column is None:
            return
        shown = not self._column.isHidden() and self._column.title == HISTORY
        self._column.turn_to(self._kind.thirds[0].title if shown else HISTORY)
        self.show(not shown or (self._kind.opens_third and not self.narrow))

    def show(self, wanted: bool) -> None:
        """Open or close it; where there is no room for three cards the list gives way."""
        if self._column is None:
            return
        wanted = wanted and self.ready
        here = QApplication.focusWidget()
        in_list = self._listing.isAncestorOf(here) if here else False
        in_third = self._column.isAncestorOf(here) if here else False
        self._column.setVisible(wanted)
        self._listing.setVisible(not (wanted and self.narrow))
        self._column.draw()
        if in_list and self._listing.isHidden():
            self._column.go_in()
        elif in_third and not wanted:
            self._resting.setFocus()
