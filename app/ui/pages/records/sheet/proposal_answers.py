"""What is answered to a proposal of the office above, by keys: 采用, 不采用, and 收回不采用."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject

from app.domain.records import Record
from app.services.lists.record_sheet import Opened
from app.services.office.office import Office
from app.services.records import settling
from app.services.records.saving import Saved
from app.services.reviewing import refusals
from app.ui.pages.records.sheet.record_card import RecordCard

_HINT = "例如：花名册上就是这个数"


class Writing(Protocol):
    """What is asked of the editor of the record: what it shows, and to write to it."""

    now: Opened | None

    @property
    def free(self) -> bool: ...

    @property
    def busy(self) -> bool: ...

    def write(self, job: Callable[[], Saved], words: str) -> None: ...


class ProposalAnswers(QObject):
    """Answers the proposal that the card shows first, through the editor of its record."""

    def __init__(
        self, editor: Writing, card: RecordCard, office: Office, record_type: type[Record]
    ) -> None:
        super().__init__(card)
        self._editor, self._card = editor, card
        self._office, self._type = office, record_type
        card.adopted.connect(self.adopt)
        card.refused.connect(self.refuse)

    def adopt(self) -> None:
        """采用更正: the values that the office above proposes."""
        now = self._editor.now
        if now is not None and now.offers and self._editor.free:
            job = partial(settling.adopt, self._office, self._type, now.key, now.offers[0].review)
            self._editor.write(job, "已采用")

    def refuse(self) -> None:
        """不采用 asks why; where nothing is proposed any more, what was refused is taken back."""
        now = self._editor.now
        if now is None or not self._editor.free:
            return
        if now.offers:
            given = partial(self._refuse, now.key, now.offers[0].review)
            self._card.asking.ask("不采用的理由", _HINT, "不采用", given)
        elif now.refused:
            told = [one.refusal for one in now.refused]
            job = partial(refusals.take_back, self._office, self._type, now.key, told)
            self._editor.write(job, "已收回不采用")

    def _refuse(self, record: str, review: str, reason: str) -> None:
        job = partial(refusals.refuse, self._office, self._type, record, [review], reason)
        self._editor.write(job, "已写明不采用，下次报送告诉上级")
