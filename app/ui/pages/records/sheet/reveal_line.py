"""看全号: a sensitive value of a saved record is shown after a reason, which is kept."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from app.domain.records import Record
from app.services.records import reveals
from app.ui.page_context import PageContext
from app.ui.pages.records.sheet.record_card import RecordCard
from app.ui.pages.records.sheet.record_editor import RecordEditor


class RevealLine(QObject):
    """Asks in place, writes down who saw it and why, then shows it; the reason holds for a record.

    One reason is enough for all sensitive fields of the record as long as it is shown.
    """

    def __init__(
        self, desk: PageContext, record_type: type[Record], card: RecordCard, editing: RecordEditor
    ) -> None:
        super().__init__(card)
        self._desk, self._type = desk, record_type
        self._card, self._editing = card, editing
        self._reason = ("", "")
        card.form.reveal_requested.connect(self._ask)

    def _ask(self, name: str) -> None:
        key, reason = self._reason
        if key == self._editing.key:
            self._reveal(name, reason)
        else:
            hint = "例如：核对身份证复印件"
            self._card.asking.ask("看全号的原因", hint, "看", partial(self._reveal, name))

    def _reveal(self, name: str, reason: str) -> None:
        key = self._editing.key
        self._reason = (key, reason)
        job = partial(reveals.reveal, self._desk.office, self._type, key, (name,), reason)
        self._desk.worker.write(job).done.connect(lambda _: self._show(key, name))

    def _show(self, key: str, name: str) -> None:
        if key == self._editing.key and self._card.form.editor(name).masked:
            self._card.form.reveal(name)
            self._card.form.jump_to(name)
