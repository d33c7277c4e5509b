"""作废 of the record shown, and 改回 to what it said before: both ask why."""

from __future__ import annotations

from functools import partial

from app.domain.records import Record
from app.services.lists.hanging import hanging, in_words
from app.services.records import voiding
from app.ui.page_context import PageContext
from app.ui.pages.records.sheet.proposal_answers import Writing
from app.ui.pages.records.sheet.record_card import RecordCard


class TakingBack:
    """Asks on the card, and writes through the editor of its record."""

    def __init__(
        self, editor: Writing, card: RecordCard, desk: PageContext, record_type: type[Record]
    ) -> None:
        self._editor, self._card, self._desk, self._type = editor, card, desk, record_type

    def ask_void(self) -> None:
        """作废 asks why, and says what hangs on the record."""
        now = self._editor.now
        if now is None or now.base is None or not self._editor.free:
            return
        self._card.asking.ask("作废原因", "例如：录重了", "作废", self._void)
        reading = partial(hanging, self._desk.office, self._type, now.key)
        self._desk.worker.read(reading).done.connect(partial(self._warn_of, now.key))

    def ask_bring_back(self, h: str) -> None:
        """改回这一次的内容 asks why."""
        now = self._editor.now
        if now is not None and now.base is not None and not self._editor.busy:
            given = partial(self._bring_back, h)
            self._card.asking.ask("改回的原因", "例如：改错了", "改回", given)

    def _warn_of(self, key: str, found: dict[type[Record], int]) -> None:
        now = self._editor.now
        if now is not None and now.key == key:
            self._card.asking.warn(in_words(found))

    def _void(self, reason: str) -> None:
        if now := self._editor.now:
            job = partial(voiding.void, self._desk.office, self._type, now.key, reason)
            self._editor.write(job, "已作废")

    def _bring_back(self, h: str, reason: str) -> None:
        if now := self._editor.now:
            job = partial(voiding.bring_back, self._desk.office, self._type, now.key, h, reason)
            self._editor.write(job, "已改回")
