"""What other records say of the one in the form: filled in where nothing was typed, and told."""

from __future__ import annotations

from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject

from app.domain.records import Record
from app.services.lists import record_sheet
from app.services.lists.record_sheet import Opened
from app.ui.fields.composition import is_composing
from app.ui.forms.attaching import Attaching
from app.ui.page_context import PageContext
from app.ui.pages.records.sheet.record_card import RecordCard

_BY_DAY = "campaign"
"""What the program fills in by the day of a record, as long as nobody chose another."""


class Keying(Protocol):
    """What is asked of the editor of the record: what it shows, and whether it may be written."""

    now: Opened | None

    @property
    def free(self) -> bool: ...

    @property
    def is_kept(self) -> bool: ...


class KnownValues(QObject):
    """Looks up what is known whenever a field is left; nothing typed is replaced."""

    def __init__(
        self,
        editor: Keying,
        card: RecordCard,
        attaching: Attaching,
        desk: PageContext,
        record_type: type[Record],
    ) -> None:
        super().__init__(card)
        self._editor, self._card, self._form = editor, card, card.form
        self._attaching, self._desk, self._type = attaching, desk, record_type
        self._given: Any = None
        self._form.field_left.connect(lambda name: self.look())
        self._form.picked.connect(lambda *given: self.look())

    def begin(self, opened: Opened) -> None:
        """Another record stands in the form; a draft may hold a campaign that was chosen."""
        self._given = opened.body.get(_BY_DAY) if opened.draft is None else None

    def look(self) -> None:
        """Ask what other records say of a new one, and what they say against any."""
        now = self._editor.now
        if now is None or not self._editor.free or not self._form.dirty:
            return
        body = self._form.body()
        if body.get(_BY_DAY) == self._given and not self._editor.is_kept:
            body.pop(_BY_DAY, None)
        job = partial(record_sheet.known, self._desk.office, self._type, body, now.key)
        reading = self._desk.worker.read(job)
        reading.done.connect(partial(self._show, now.key, self._form.stamp))
        reading.failed.connect(self._desk.problems.show)

    def to_save(self, now: Opened, typed: dict[str, Any]) -> dict[str, Any]:
        """What is to be saved of what was typed."""
        return self._with_campaign(typed) if now.base else self._without_guess(typed)

    def _with_campaign(self, typed: dict[str, Any]) -> dict[str, Any]:
        """What was changed; whoever changes the day sees which campaign it then belongs to."""
        given, facts = self._form.changes(), self._type.facts
        if facts.campaign_of_day and facts.day in given:
            given.setdefault(_BY_DAY, typed.get(_BY_DAY))
        return given

    def _without_guess(self, typed: dict[str, Any]) -> dict[str, Any]:
        """The campaign of a new record is that of its day as it stands now, unless one was chosen.

        What was filled in may be of a day that stood there before.
        """
        if not (self._is_guess() and self._type.facts.campaign_of_day):
            return typed
        return {name: value for name, value in typed.items() if name != _BY_DAY}

    def _is_guess(self) -> bool:
        """Whether the campaign in the form is the one that was filled in."""
        return bool(self._form.body().get(_BY_DAY) == self._given)

    def _show(self, key: str, stamp: int, known: record_sheet.Known) -> None:
        """Show what other records say of the record that is still there."""
        now = self._editor.now
        if now is None or now.key != key or not self._editor.free:
            return
        if not self._form.know(known.guards, stamp):
            return
        self._card.count_messages()
        if not self._editor.is_kept:
            self._fill_in(known)
        elif self._form.body().get(_BY_DAY) == now.body.get(_BY_DAY):
            self._form.refill(_BY_DAY, known.body.get(_BY_DAY))
        if self._form.become(known.campaign):
            self._form.know(known.guards, self._form.stamp)
            self._attaching.show(self._type, now.key, now.base)

    def _fill_in(self, known: record_sheet.Known) -> None:
        """Not where an input method is at work; what comes where one is, the next key replaces."""
        here = self._form.cells().get(self._form.here)
        was = here.editor.typed() if here is not None else None
        busy = self._form.here if is_composing() else ""
        by_day = busy != _BY_DAY and self._is_guess()
        self._form.fill({name: value for name, value in known.body.items() if name != busy})
        if here is not None and here.editor.typed() != was:
            here.editor.select_text()
        if by_day:
            self._given = known.body.get(_BY_DAY)
            self._form.refill(_BY_DAY, self._given)
        self._form.date_by(known.windows)
