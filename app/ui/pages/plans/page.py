"""工作安排: the board first, then the plans, groups and leaders as records, then the draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.domain.kernel.changes import Changes
from app.domain.records import Draw, Leader, Plan
from app.services.lists.chips import Chip
from app.ui.fields.suggestion import Surroundings
from app.ui.forms.office_lookups import OfficeLookups
from app.ui.keys import Action, Key, tell
from app.ui.page_context import PageContext
from app.ui.pages.draws.draws_view import DrawsView
from app.ui.pages.plans.board_view import BoardView
from app.ui.pages.records.kind import RecordKind
from app.ui.pages.records.page import RecordPage
from app.ui.parts.tabs import Tabs
from app.ui.shell.page import Page
from app.ui.theme import LIGHT

BOARD, DRAWS = "board", Draw.type_name
_WORDS = {Plan.type_name: "安排清单", Leader.type_name: "领导班子"}
"""What a tab is called where the noun of its records does not tell it from the board."""


class PlansPage(Page):
    """Shows the board, the records of one type or the draws; Alt+1… goes to each."""

    search_words = RecordPage.search_words

    def __init__(
        self, desk: PageContext, kinds: Sequence[RecordKind], lookups: OfficeLookups
    ) -> None:
        super().__init__()
        types = {kind.record_type.type_name: kind for kind in kinds}
        self.pages = {name: RecordPage(desk, kind, lookups) for name, kind in types.items()}
        self.board = BoardView(desk)
        self.draws = DrawsView(desk, Surroundings(desk.office.today, lookups.lookups()))
        views = [(BOARD, "安排表")]
        views += [(name, _WORDS.get(name, kind.noun)) for name, kind in types.items()]
        views += [(DRAWS, Draw.label)]
        self.tabs = Tabs(views)
        self._stack = QStackedWidget()
        self._others: dict[str, BoardView | DrawsView] = {BOARD: self.board, DRAWS: self.draws}
        self._places: dict[str, QWidget] = {
            BOARD: _framed(self.board),
            **self.pages,
            DRAWS: _framed(self.draws),
        }
        for place in self._places.values():
            self._stack.addWidget(place)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(0)
        self.tabs.setContentsMargins(LIGHT.margin, 0, LIGHT.margin, 0)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
        self.tabs.chosen.connect(self._show)
        for other in self._others.values():
            other.reshaped.connect(self.reshaped)
        for page in self.pages.values():
            page.saved.connect(self.saved)
            page.reshaped.connect(self.reshaped)
        tell(self, Key(f"Alt+1…{len(views)}", "换一页"))
        for place_at, (name, words) in enumerate(views, 1):
            Action(
                Key(f"Alt+{place_at}", words, (f"Alt+{place_at}",)), partial(self._go, name), self
            )

    @property
    def page(self) -> BoardView | DrawsView | RecordPage:
        """What is shown."""
        return self.pages.get(self.tabs.current) or self._others[self.tabs.current]

    @property
    def actions_shown(self) -> Sequence[Action]:
        return self.page.actions_shown

    def turn_to(self, name: str) -> None:
        """Show the board, the draws, or the records of this type."""
        if self.tabs.current != name:
            self._go(name)
        else:
            self.page.activate()

    def activate(self) -> None:
        self.page.activate()

    def changed(self, changes: Changes) -> None:
        self.board.changed(changes)
        self.draws.changed(changes)
        for page in self.pages.values():
            page.changed(changes)

    def can_leave(self) -> bool:
        return all(page.can_leave() for page in self.pages.values())

    def search(self, text: str) -> None:
        self.page.search(text)

    def set_narrow(self, narrow: bool) -> None:
        self.board.set_narrow(narrow)
        self.draws.set_narrow(narrow)
        for page in self.pages.values():
            page.set_narrow(narrow)

    def show_record(self, type_name: str, record: str) -> None:
        self.turn_to(type_name)
        self.pages[type_name].show_record(type_name, record)

    def narrow_list(self, type_name: str, chips: Sequence[Chip]) -> None:
        self.turn_to(type_name)
        self.pages[type_name].narrow_list(type_name, chips)

    def begin_record(self, type_name: str, body: Mapping[str, Any]) -> None:
        self.turn_to(type_name)
        self.pages[type_name].begin_record(type_name, body)

    def _go(self, name: str) -> None:
        if self.tabs.current in self.pages:
            self.pages[self.tabs.current].can_leave()
        self.tabs.go(name)

    def _show(self, name: str) -> None:
        self._stack.setCurrentWidget(self._places[name])
        self.reshaped.emit()
        self.page.activate()


def _framed(board: QWidget) -> QWidget:
    """A board with the margin that a page of records has."""
    frame = QWidget()
    column = QVBoxLayout(frame)
    column.setContentsMargins(LIGHT.margin, 8, LIGHT.margin, LIGHT.margin)
    column.addWidget(board)
    return frame
