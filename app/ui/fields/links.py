"""Looking up another record: by characters, 编号, pinyin initials or a part of its code."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.domain.kernel.errors import UserError
from app.domain.kernel.fields import FieldSpec
from app.domain.kernel.text import lookup_key
from app.ui.fields.picking import PickingLine
from app.ui.fields.suggestion import Lookups, Search, Suggestion, Surroundings
from app.ui.fields.text import LineEditor

ADD = Suggestion("", "添加新的……")
"""The last row of a list: what is looked for is not there yet."""


class Asking(QObject):
    """Asks a search beside the window; only the answer to the latest question counts."""

    answered = Signal(str, object)

    def __init__(self, search: Search, lookups: Lookups, parent: QObject) -> None:
        super().__init__(parent)
        self.search = search
        self._read = lookups.read
        self._latest = 0

    def ask(self, text: str) -> None:
        """Search; `answered` brings the text and what was found."""
        self._latest += 1
        number = self._latest

        def done(found: Any) -> None:
            if number == self._latest:
                self.answered.emit(text, found)

        self._read(partial(self.search, text), done)

    def forget(self) -> None:
        """Let no answer come any more."""
        self._latest += 1


def is_meant(suggestion: Suggestion, text: str) -> bool:
    """Whether a text names this suggestion in full: its title, 编号, code or another spelling."""
    named = suggestion.number or suggestion.key
    names = (suggestion.title, named, *suggestion.detail.split(), *suggestion.words)
    return lookup_key(text) in map(lookup_key, names)


class SuggestedTextEditor(LineEditor):
    """A text for which records are offered while one types; any other text stands too.

    The record with the key `left_out` is not offered: another one than it is asked for.
    """

    line: PickingLine

    def __init__(
        self, spec: FieldSpec, around: Surroundings, search: Search, *, adds: bool = False
    ) -> None:
        self._adds = adds
        self.left_out = ""
        super().__init__(spec, around)
        self._asking = Asking(search, around.lookups, self)
        self._asking.answered.connect(self._offer)

    def _make_line(self) -> PickingLine:
        return PickingLine()

    def _connect(self) -> None:
        super()._connect()
        self.line.wanted.connect(self._ask)
        self.line.list_wanted.connect(self.show_choices)
        self.line.chosen.connect(self._choose)

    def _ask(self, text: str) -> None:
        if text.strip():
            self._asking.ask(text)
        else:
            self.line.close_list()

    def show_choices(self) -> bool:
        self._asking.ask(self.text())
        return True

    def _offer(self, text: str, found: list[Suggestion]) -> None:
        if text == self.text():
            found = self._others(found)
            rows = [*found, ADD] if self._adds else found
            self.line.offer(rows, highlight=self._highlight(text, found))

    def _others(self, found: list[Suggestion]) -> list[Suggestion]:
        return [one for one in found if one.key != self.left_out]

    def _highlight(self, text: str, found: list[Suggestion]) -> int:
        """Letters and figures look up, so the first is taken; a written name stands as it is."""
        sure = bool(found) and text and (text.isascii() or is_meant(found[0], text))
        return 0 if sure else -1

    def _choose(self, suggestion: Suggestion) -> None:
        self._asking.forget()
        if suggestion is ADD:
            self.add_wanted.emit(self.spec.field.links, self.text())
            return
        self._take(suggestion)
        self.picked.emit(suggestion)

    def _take(self, suggestion: Suggestion) -> None:
        self.line.setText(suggestion.title)
        self.line.setCursorPosition(0)

    def _restyle(self) -> None:
        super()._restyle()
        self.line.set_arrow(not (self.read_only or self.masked))


class OfferedCodeEditor(SuggestedTextEditor):
    """A code, or a name, for which names are offered; what is picked stands there as its key."""

    def _take(self, suggestion: Suggestion) -> None:
        self.line.setText(suggestion.key)


class KnownNameEditor(SuggestedTextEditor):
    """A name for which those who bear it already are offered; a written name stands as it is."""

    def _highlight(self, text: str, found: list[Suggestion]) -> int:
        return 0 if found and text and text.isascii() else -1


class LinkEditor(SuggestedTextEditor):
    """A link to another record, shown by its title; only what was found can be the value."""

    def __init__(self, spec: FieldSpec, around: Surroundings, search: Search) -> None:
        self._meant: Suggestion | None = None
        self._stored = ""
        super().__init__(spec, around, search, adds=spec.field.links in around.lookups.adds)
        self._settling = Asking(search, around.lookups, self)
        self._settling.answered.connect(self._settle)

    def shown(self, value: Any) -> str:
        meant = self._meant
        return meant.title if meant is not None and meant.key == value else str(value)

    def load(self, value: Any) -> None:
        """A stored link stands even when what it points at is not here."""
        self._stored = value or ""
        self.put(value)

    def put(self, typed: Any) -> None:
        key = "" if typed is None else str(typed)
        self._meant = Suggestion(key, key) if key else None
        self._set_text(key)
        if key:
            self._fetch_title(key)

    def put_suggestion(self, suggestion: Suggestion) -> None:
        """Take a record that was found or made elsewhere."""
        self._take(suggestion)

    def _fetch_title(self, key: str) -> None:
        lookups, links = self.around.lookups, self.spec.field.links

        def done(title: Any) -> None:
            self.line.wait(waits=False)
            if self._meant is None or self._meant.key != key:
                return
            if self.text() != self._meant.title:
                return
            known = bool(title) or key == self._stored
            self._meant = Suggestion(key, title or key) if known else None
            self._show_quietly(title or key)

        self.line.wait(waits=True)
        lookups.read(partial(lookups.title, links, key), done)

    def _show_quietly(self, text: str) -> None:
        """The same value in better words is no change."""
        blocked = self.blockSignals(True)
        self._set_text(text)
        self.blockSignals(blocked)

    def value(self) -> Any:
        text = self.text().strip()
        if not text:
            return None
        if self._meant is not None and self.text() == self._meant.title:
            return self._meant.key
        raise UserError(
            "ENTRY",
            f"“{self.spec.label}”：没有选定“{text}”。",
            remedy="请按 F7 从列表中选择，没有就添加。" if self._adds else "请按 F7 从列表中选择。",
        )

    def _highlight(self, text: str, found: list[Suggestion]) -> int:
        return 0 if found else -1

    def _take(self, suggestion: Suggestion) -> None:
        self._meant = suggestion
        if suggestion.title == self.text():
            self.changed.emit()
        super()._take(suggestion)

    def _leave(self) -> None:
        text = self.text().strip()
        if text and (self._meant is None or self._meant.title != self.text()):
            self._settling.ask(text)
        self.left.emit()

    def _settle(self, text: str, found: list[Suggestion]) -> None:
        """A 编号 or name typed in full needs no picking when only one record has it."""
        meant = [one for one in self._others(found) if is_meant(one, text)]
        if len(meant) == 1 and text == self.text().strip():
            self._take(meant[0])
            self.picked.emit(meant[0])
