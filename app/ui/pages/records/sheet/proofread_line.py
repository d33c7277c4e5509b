"""校对: the record shown is ticked as read against its paper, and the next one comes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.records import Record
from app.services.records import proofreading
from app.ui.keys import PROOF, Action
from app.ui.page_context import PageContext
from app.ui.pages.records.browse.record_browser import RecordBrowser
from app.ui.pages.records.sheet.record_editor import RecordEditor
from app.ui.parts.label import tip


class ProofreadLine(QObject):
    """Ctrl+K on a saved record in which nothing was changed; once more takes it back."""

    def __init__(
        self,
        desk: PageContext,
        record_type: type[Record],
        editing: RecordEditor,
        browsing: RecordBrowser,
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._desk, self._type = desk, record_type
        self._editing, self._browsing = editing, browsing
        self.action = Action(PROOF, self._turn, page)
        self.action.setVisible(False)

    def follow(self, *, dirty: bool) -> None:
        """Offer the tick where there is something to tick."""
        now = self._editing.now
        kept = self._editing.free and self._editing.is_kept and not dirty
        self.action.setVisible(kept and self._type.facts.proofread)
        proof = now.proof if now is not None else None
        self.action.setText(f"{proof.at[5:10]} 核对过" if proof else PROOF.words)
        self.action.setToolTip(tip(f"{proof.who} {proof.at[:10]} 照纸质表核对过" if proof else ""))

    def _turn(self) -> None:
        now = self._editing.now
        if now is None or now.base is None:
            return
        which = (self._desk.office, self._type, now.key)
        if now.proof is None:
            writing = self._desk.worker.write(partial(proofreading.tick, *which, now.base))
            following = self._browsing.after(now.key) or now.key
        else:
            writing = self._desk.worker.write(partial(proofreading.untick, *which))
            following = now.key
        writing.done.connect(partial(self._go_on, following))

    def _go_on(self, following: str, done: object) -> None:
        self._browsing.refresh()
        self._editing.open(following)
