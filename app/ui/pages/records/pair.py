"""Several record pages in one place: 帮扶事项 with its 帮扶记录, the types of 工作记录."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from app.domain.kernel.changes import Changes
from app.services.lists.chips import Chip
from app.ui.forms.office_lookups import OfficeLookups
from app.ui.keys import TURN, Action, Key, tell
from app.ui.page_context import PageContext
from app.ui.pages.records.kind import RecordKind
from app.ui.pages.records.page import RecordPage
from app.ui.parts.tabs import Tabs
from app.ui.shell.page import Page
from app.ui.theme import LIGHT


class Pair(Page):
    """Shows one of its pages; Ctrl+T turns to the next. More than two have tabs and Alt+1…"""

    search_words = RecordPage.search_words

    def __init__(
        self, desk: PageContext, kinds: Sequence[RecordKind], lookups: OfficeLookups
    ) -> None:
        super().__init__()
        self._kinds = kinds
        self.pages = {kind.record_type.type_name: RecordPage(desk, kind, lookups) for kind in kinds}
        self._stack = QStackedWidget()
        self.tabs = self._make_tabs() if len(kinds) > 2 else None
        self._turns = {}
        for kind, page in zip(kinds, self.pages.values(), strict=True):
            self._stack.addWidget(page)
            page.saved.connect(self.saved)
            page.reshaped.connect(self.reshaped)
            following = kinds[(kinds.index(kind) + 1) % len(kinds)]
            turn = partial(self.turn_to, following.record_type.type_name)
            self._turns[kind.record_type.type_name] = Action(
                TURN(following.noun), turn, page, icon="swap"
            )
        self._lay_out()

    @property
    def page(self) -> RecordPage:
        """The page shown."""
        return list(self.pages.values())[self._stack.currentIndex()]

    @property
    def actions_shown(self) -> Sequence[Action]:
        shown = self.page.actions_shown
        if self.tabs is not None or not shown:
            return shown
        return (self._turns[self._kind.record_type.type_name], *shown)

    @property
    def _kind(self) -> RecordKind:
        return self._kinds[self._stack.currentIndex()]

    def _make_tabs(self) -> Tabs:
        tabs = Tabs([(kind.record_type.type_name, kind.record_type.label) for kind in self._kinds])
        tell(self, Key(f"Alt+1…{len(self._kinds)}", "换一种"), TURN("下一种"))
        for place, kind in enumerate(self._kinds, 1):
            shown = f"Alt+{place}"
            name = kind.record_type.type_name
            Action(Key(shown, kind.record_type.label, (shown,)), partial(tabs.go, name), self)
        tabs.chosen.connect(self.turn_to)
        return tabs

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self.tabs is not None:
            head = QVBoxLayout()
            head.setContentsMargins(LIGHT.margin, 6, LIGHT.margin, 0)
            head.addWidget(self.tabs)
            column.addLayout(head)
        column.addWidget(self._stack, 1)

    def turn_to(self, type_name: str) -> None:
        """Show the records of this type."""
        if self._kind.record_type.type_name != type_name:
            self.page.can_leave()
            self._stack.setCurrentWidget(self.pages[type_name])
            if self.tabs is not None:
                self.tabs.mark(type_name)
            else:
                self.note = self._kind.noun if self._stack.currentIndex() else ""
            self.reshaped.emit()
        self.page.activate()

    def activate(self) -> None:
        self.page.activate()

    def changed(self, changes: Changes) -> None:
        for page in self.pages.values():
            page.changed(changes)

    def takes(self, paths: Sequence[Path]) -> bool:
        return self.page.takes(paths)

    def take_files(self, paths: Sequence[Path]) -> None:
        self.page.take_files(paths)

    def can_leave(self) -> bool:
        return self.page.can_leave()

    def search(self, text: str) -> None:
        self.page.search(text)

    def set_narrow(self, narrow: bool) -> None:
        for page in self.pages.values():
            page.set_narrow(narrow)

    def show_record(self, type_name: str, record: str) -> None:
        self.turn_to(type_name)
        self.page.show_record(type_name, record)

    def narrow_list(self, type_name: str, chips: Sequence[Chip]) -> None:
        self.turn_to(type_name)
        self.page.narrow_list(type_name, chips)

    def begin_record(self, type_name: str, body: Mapping[str, Any]) -> None:
        self.turn_to(type_name)
        self.page.begin_record(type_name, body)
