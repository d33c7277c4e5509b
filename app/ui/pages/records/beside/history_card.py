"""The third card 历史: who changed what and when, and 改回这一次的内容."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from app.domain.records import Record
from app.services.lists import record_history
from app.services.lists.record_history import Entry, lines_of
from app.services.lists.record_sheet import Opened
from app.ui.help.topics import about
from app.ui.keys import BRING_BACK, UP_DOWN, Action, tell
from app.ui.lists.timeline_list import Moment, TimelineList
from app.ui.page_context import PageContext
from app.ui.pages.records.kind import ThirdCard
from app.ui.parts.card import Card
from app.ui.parts.key_button import KeyButton
from app.ui.parts.loading import Awaited
from app.ui.theme import LIGHT


class HistoryCard(ThirdCard):
    """Read again whenever its record is shown."""

    def __init__(self, desk: PageContext, record_type: type[Record]) -> None:
        super().__init__()
        about(self, "history")
        self._desk, self._type = desk, record_type
        self._wanted = ""
        self._entries: dict[str, Entry] = {}
        self._ours = False
        self.view = TimelineList("历史")
        self.view.selectionModel().currentChanged.connect(self._set_enabled)
        tell(self.view, UP_DOWN, BRING_BACK)
        self._back = Action(BRING_BACK, self._ask, self)
        card = Card("历史", "谁在何时改了什么")
        card.body.setContentsMargins(0, LIGHT.gap, 0, 0)
        self._awaited = Awaited(self.view)
        card.body.addWidget(self._awaited)
        bar = card.add_bar()
        bar.addStretch(1)
        bar.addWidget(KeyButton(self._back))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)

    def show_body(self, opened: Opened, body: Mapping[str, Any]) -> None:
        """A record that is still new has no history."""
        other = self._wanted != opened.key
        self._ours, self._wanted = opened.ours, opened.key
        if opened.base is None:
            self._show(opened.key, ())
            return
        job = partial(record_history.told, self._desk.office, self._type, opened.key)
        reading = self._desk.worker.read(job)
        reading.done.connect(partial(self._show, opened.key))
        if other:
            self._awaited.wait(reading)

    def _show(self, key: str, entries: Sequence[Entry]) -> None:
        if key != self._wanted:
            return
        known = list(self._entries)
        if known != [entry.h for entry in entries]:
            self._entries = {entry.h: entry for entry in entries}
            self.view.moments.show_moments([_moment(entry) for entry in entries])
        self._awaited.answer()
        self._set_enabled()

    def _set_enabled(self) -> None:
        moment = self.view.current()
        entry = self._entries.get(moment.key) if moment else None
        self._back.setEnabled(entry is not None and self._can_bring_back(entry))

    def _can_bring_back(self, entry: Entry) -> bool:
        newest = next(iter(self._entries))
        return self._ours and not entry.waits and entry.h != newest and entry.deed != "作废"

    def _ask(self) -> None:
        moment = self.view.current()
        if moment is not None:
            self.bring_back_asked.emit(moment.key)


def _moment(entry: Entry) -> Moment:
    return Moment(
        f"{entry.who}　{entry.deed}",
        entry.at[:16].replace("T", " "),
        lines_of(entry),
        "现在的内容" if entry.now else "还没有汇总" if entry.waits else "",
        "ok" if entry.now else "held",
        full=entry.now,
        key=entry.h,
    )
