"""The frame: navigation, header, messages, one page, hints."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.domain.kernel.changes import Changes
from app.services.lists.chips import Chip
from app.ui.help.topics import about
from app.ui.keys import FIND, LAST_PAGE, NEXT_PAGE, OPERATOR, Action
from app.ui.parts.message_bar import MessageBar
from app.ui.shell.header import Header
from app.ui.shell.hint_bar import HintBar
from app.ui.shell.navigation import Navigation
from app.ui.shell.page import Page, Place, Who
from app.ui.theme import LIGHT
from app.ui.ui_memory import UiMemory

_PAGE = "shell/page"


class Shell(QWidget):
    """Shows one place at a time; makes its page when it is first visited.

    `switch_asked` is 切换经办人, `help_asked` the help by mouse. `messages` takes
    notices from `Problems`.
    """

    gone_to = Signal(str)
    switch_asked = Signal()
    help_asked = Signal()

    def __init__(
        self,
        sections: Sequence[Sequence[Place]],
        who: Who,
        memory: UiMemory,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._places = {place.name: place for section in sections for place in section}
        self._pages: dict[str, Page] = {}
        self._unseen: dict[str, Changes] = {}
        self._memory = memory
        self._current = ""
        self._before: QWidget | None = None
        self._narrow = False
        operator = Action(OPERATOR, self.switch_asked.emit, self)
        self.navigation = Navigation(sections, who, operator, self)
        self.header = Header(self)
        self.messages = MessageBar(self)
        self.hints = HintBar(self)
        about(self.header.search, "search")
        self._stack = QStackedWidget()
        self._lay_out()
        self._listen()

    @property
    def current(self) -> str:
        """The name of the place shown."""
        return self._current

    @property
    def page(self) -> Page:
        """The page shown."""
        return self._pages[self._current]

    @property
    def held_here(self) -> Sequence[str]:
        """The record types of the place shown."""
        return self._places[self._current].holds

    def narrow_list(self, text: str) -> None:
        """Show only what answers to this in the list of the page shown."""
        self.header.search.hold(text)
        self.page.search(text)

    def start(self) -> None:
        """Show the page last seen, or the first."""
        kept = self._memory.text(_PAGE)
        self.go(kept if kept in self._places else next(iter(self._places)))

    def go(self, name: str) -> bool:
        """Show a place, unless there is none or the page shown cannot be left; says whether."""
        if name not in self._places:
            return False
        if name == self._current:
            self.page.activate()
            return True
        if self._current and not self.page.can_leave():
            return False
        self._show(name)
        return True

    def show_view(self, place: str, view: str) -> bool:
        """Show a part of a place; says whether that is shown now."""
        shown = self.go(place)
        if shown:
            self.page.show_view(view)
        return shown

    def open(self, type_name: str, record: str) -> bool:
        """Show a record in the place for its type; says whether that is shown now."""
        place = self._place_of(type_name)
        shown = bool(place) and self.go(place)
        if shown:
            self.page.show_record(type_name, record)
        return shown

    def show_list(self, type_name: str, chips: Sequence[Chip]) -> bool:
        """Show the records of a type that meet these, in their place; says whether it is shown."""
        place = self._place_of(type_name)
        shown = bool(place) and self.go(place)
        if shown:
            self.page.narrow_list(type_name, chips)
        return shown

    def begin(self, type_name: str, body: Mapping[str, Any]) -> bool:
        """Begin a record in the place for its type with what is known of it."""
        place = self._place_of(type_name)
        shown = bool(place) and self.go(place)
        if shown:
            self.page.begin_record(type_name, body)
        return shown

    def has_place(self, name: str) -> bool:
        """Whether the navigation offers this place."""
        return name in self._places

    def _place_of(self, type_name: str) -> str:
        found = (place.name for place in self._places.values() if type_name in place.holds)
        return next(found, "")

    def changed(self, changes: Changes) -> None:
        """Tell the page shown at once, the others when they are shown next."""
        for name, page in self._pages.items():
            if name == self._current:
                page.changed(changes)
            else:
                self._unseen[name] = self._unseen.get(name, Changes()) | changes

    def set_badge(self, name: str, count: int) -> None:
        """Show in the navigation how much waits at a place."""
        self.navigation.item(name).set_badge(count)

    def can_close(self) -> bool:
        """Whether every page that was opened can be left."""
        return all(page.can_leave() for page in self._pages.values())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < LIGHT.narrow_below
        if narrow != self._narrow:
            self._set_narrow(narrow)

    def _set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.navigation.set_narrow(narrow)
        self.header.set_narrow(narrow)
        for page in self._pages.values():
            page.set_narrow(narrow)
        self._row.activate()

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        for part in (self.header, self.messages, self._stack, self.hints):
            right.addWidget(part)
        right.setStretchFactor(self._stack, 1)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.navigation)
        self._row.addLayout(right, 1)
        for layout in (right, self._row):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)

    def _listen(self) -> None:
        self.navigation.chosen.connect(self.go)
        self.header.help.clicked.connect(self.help_asked)
        self.header.search.sought.connect(self._search)
        self.header.search.left.connect(self._leave_search)
        self.header.search.given_up.connect(self._go_back)
        Action(FIND, self._find, self)
        Action(NEXT_PAGE, lambda: self._step(1), self)
        Action(LAST_PAGE, lambda: self._step(-1), self)

    def _find(self) -> None:
        here: QWidget | None = QApplication.focusWidget()
        if here is not self.header.search:
            self._before = here
        self.header.search.setFocus()
        self.header.search.selectAll()

    def _search(self, text: str) -> None:
        self.page.search(text)

    def _leave_search(self) -> None:
        self.page.activate()

    def _go_back(self) -> None:
        """Back to where one was when the search began, if that can still be seen."""
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus()
        else:
            self.page.activate()

    def _step(self, by: int) -> None:
        names = list(self._places)
        self.go(names[(names.index(self._current) + by) % len(names)])

    def _show(self, name: str) -> None:
        place = self._places[name]
        if self.header.search.text():
            self.page.search("")
        page = self._pages.get(name) or self._made(place)
        self._current = name
        about(self, name)
        self.messages.clear()
        self.hints.say("")
        self.navigation.set_current(name)
        self._show_head(place, page)
        self._stack.setCurrentWidget(page)
        self._memory.keep(_PAGE, name)
        unseen = self._unseen.pop(name, None)
        if unseen is not None:
            page.changed(unseen)
        page.activate()
        self.gone_to.emit(name)

    def _show_head(self, place: Place, page: Page) -> None:
        if place.name == self._current:
            self.header.show_page(place.title, page.note, page.search_words, page.actions_shown)

    def _made(self, place: Place) -> Page:
        page = place.make()
        page.setAccessibleName(place.title)
        page.set_narrow(self._narrow)
        page.badge_changed.connect(self.navigation.item(place.name).set_badge)
        page.note_changed.connect(partial(self._if_shown, place.name, self.header.set_note))
        page.saved.connect(partial(self._if_shown, place.name, self.hints.say))
        page.reshaped.connect(partial(self._show_head, place, page))
        self._pages[place.name] = page
        self._stack.addWidget(page)
        return page

    def _if_shown(self, name: str, tell: Callable[[str], None], text: str) -> None:
        if name == self._current:
            tell(text)
