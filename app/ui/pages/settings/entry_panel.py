"""A record keyed within 设置: its form, its save, and the question before typing is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.records import Record
from app.services.records.checked_body import CheckFailed
from app.ui.fields.suggestion import Surroundings
from app.ui.forms.office_lookups import OfficeLookups
from app.ui.forms.parted_form import Part, PartedForm
from app.ui.keys import ESCAPE, SAVE, Action
from app.ui.page_context import PageContext
from app.ui.pages.settings.panel import Panel
from app.ui.parts.label import label

_LEAVE = "改了还没有保存。请按 Ctrl+S 保存；不要这些改动请再按一次 Esc。"


class EntryPanel(Panel):
    """One record of a type in its `parts`, read only where the office does not write it.

    `given_up` is triggered to go back. What saves is `write`, of the panel of each type.
    """

    def __init__(
        self, desk: PageContext, record_type: type[Record], parts: Sequence[Part], *, writes: bool
    ) -> None:
        super().__init__(desk)
        self._writes = writes
        self._asked = False
        lookups = OfficeLookups(desk.office, desk.worker)
        around = Surroundings(desk.office.today, lookups.lookups())
        self.what = label(role="strong")
        self.parts = PartedForm(record_type, parts, around)
        self.column.addWidget(self.what)
        self.show_whole(self.parts)
        self.given_up = Action(ESCAPE("返回"), lambda: None, self)
        self.save = Action(SAVE, self._save, self)
        self.save.setEnabled(writes)
        self.add_bar([self.given_up], self.save if writes else None)
        self.parts.changed.connect(self._typed)

    def activate(self) -> None:
        self.parts.begin_here()

    def show_body(self, body: Mapping[str, Any], title: str, *, new: bool) -> None:
        """Show what is known; something new may be typed into by whoever began it."""
        self._asked = False
        self.what.setText(title)
        self.parts.load(body, read_only=not (new or self._writes))

    def may_go(self) -> bool:
        """Whether what was typed is saved, or is not wanted: asked once."""
        if not self.parts.dirty or self._asked:
            return True
        self._asked = True
        self.say("warning", _LEAVE)
        return False

    def write(self) -> None:
        """Save what stands there; nothing in it blocks."""
        raise NotImplementedError

    def refuse(self, error: Exception) -> None:
        super().refuse(error)
        if isinstance(error, CheckFailed):
            self.parts.show_findings(error.findings)

    def _typed(self) -> None:
        self._asked = False

    def _save(self) -> None:
        if (finding := self.parts.blocking()) is not None:
            self.say("error", f"没有保存。{finding.sentence}{finding.remedy}")
            return
        self.write()
