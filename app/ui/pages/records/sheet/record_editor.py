"""What happens to the record in the form: opened, kept as a draft, saved, taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.domain.checking.checks import Finding, Severity
from app.domain.kernel.errors import Cancelled, Problem
from app.domain.kernel.fields import by_name
from app.domain.records import Record, body_of
from app.services.lists import record_sheet
from app.services.lists.record_sheet import Opened
from app.services.records import drafts, form_saving
from app.services.records.checked_body import CheckFailed
from app.services.records.drafts import Draft
from app.services.records.duplicate_refusal import Twin
from app.services.records.saving import Saved
from app.ui.forms.attaching import Attaching
from app.ui.page_context import PageContext
from app.ui.pages.records.sheet.known_values import KnownValues
from app.ui.pages.records.sheet.proposal_answers import ProposalAnswers
from app.ui.pages.records.sheet.record_card import RecordCard
from app.ui.parts.held_keys import HeldKeys, held_keys
from app.ui.parts.refusal_bar import Refusal


class RecordEditor(QObject):
    """Drives the form of a `RecordCard`.

    `going(Operation)` when a record is read, `shown(key)` when it stands in it, `readied`
    when what may be done with it changed, `kept(Saved)` when it was written, `refused` when
    it could not be, `stale` when the list is to be read again, `drafted(Draft)` when what
    was typed is kept, `told(words)` for the save state.
    """

    shown = Signal(str)
    going = Signal(object)
    readied = Signal()
    kept = Signal(object)
    refused = Signal()
    stale = Signal()
    drafted = Signal(object)
    told = Signal(str)

    def __init__(
        self, desk: PageContext, record_type: type[Record], noun: str, card: RecordCard
    ) -> None:
        super().__init__(card)
        self._desk, self._office = desk, desk.office
        self._type, self._noun = record_type, noun
        self._card, self._form = card, card.form
        self._previous: dict[str, Any] = {}
        self._aside: dict[str, dict[str, Any]] = {}
        self._attaching = Attaching(self._form, desk.office, desk.worker, desk.problems)
        self._busy = False
        self._going_to = ""
        self._gone = False
        self._discarded: tuple[str, str | None, dict[str, Any]] | None = None
        self.now: Opened | None = None
        self._form.draft_due.connect(lambda typed: self.keep_draft())
        card.discard_wanted.connect(self.discard)
        card.brought_back.connect(self.bring_back_discarded)
        self._form.changed.connect(self._keep_after_all)
        self._known = KnownValues(self, card, self._attaching, desk, record_type)
        ProposalAnswers(self, card, desk.office, record_type)

    @property
    def key(self) -> str:
        """The key of the record shown, or being fetched."""
        return self._going_to

    @property
    def free(self) -> bool:
        """Whether the record shown may be written to now."""
        now = self.now
        return now is not None and now.ours and not now.void and not self._busy

    @property
    def busy(self) -> bool:
        """Whether something is being written to it."""
        return self._busy

    @property
    def is_kept(self) -> bool:
        """Whether the record shown was saved before."""
        return self.now is not None and self.now.base is not None

    def value_before(self, name: str) -> object:
        """What the record saved last has in a field (F3)."""
        return self._previous.get(name)

    # -- going to a record

    def open(self, key: str) -> None:
        """Show a record; what was typed in the one before is kept as a draft."""
        self.keep_draft()
        self._go_to(key, partial(record_sheet.opened, self._office, self._type, key))

    def new(self, body: Mapping[str, Any] | None = None) -> None:
        """Show an empty form with what is known already."""
        self.keep_draft()
        job = partial(record_sheet.fresh, self._office, self._type, body or {})
        self._held.hold(self)
        self._go_to("new", job, focus=True)

    def look_again(self) -> None:
        """How far the record has come, or what is asked of it, may be another by now."""
        if self.is_kept and not self._busy and not self._form.dirty:
            self.open(self.key)

    def _go_to(self, key: str, job: Callable[[], Opened], *, focus: bool = False) -> None:
        self._going_to = key
        going = self._desk.worker.read(job)
        self.going.emit(going)
        going.done.connect(partial(self._arrive, key, focus))
        going.ended.connect(partial(self._gone_to, key))

    def _arrive(self, going_to: str, focus: bool, opened: Opened) -> None:
        if going_to != self._going_to:
            return
        self.keep_draft()
        self.now, self._going_to = opened, opened.key
        self._previous = self._previous or dict(opened.previous)
        self._card.show_opened(opened, self._noun)
        if self._gone:
            self._card.remembered.show_gone()
        self._gone = False
        self._known.begin(opened)
        typed = self._aside.pop(opened.key, None)
        if typed is not None:
            self._form.restore(typed)
        self._attaching.show(self._type, opened.key, opened.base)
        self.readied.emit()
        self.shown.emit(opened.key)
        if focus:
            self._form.focus_first()
        self._held.give(self)

    def _gone_to(self, going_to: str) -> None:
        """What did not come takes no keys."""
        if going_to == self._going_to:
            self._held.drop(self)

    @property
    def _held(self) -> HeldKeys:
        """What is keyed while the form is on its way."""
        return held_keys(self._card)

    # -- saving

    def save(self, *, then_new: bool = False) -> None:
        """Save what stands here, unless a 错误 does; then go there."""
        self._save(self._go_on_new if then_new else None)

    def save_then(self, then: Callable[[Saved], object]) -> None:
        """Save what stands here and go on with it."""
        self._save(then)

    def _go_on_new(self, saved: Saved) -> None:
        self.new()

    def _save(self, then: Callable[[Saved], object] | None) -> None:
        now = self.now
        if now is None or not self.free:
            return
        self._form.check_all()
        self._card.count_messages()
        if blocking := self._form.blocking():
            self._refuse(blocking)
            return
        typed = self._form.typed()
        given = self._known.to_save(now, typed)
        reasons, why = self._form.reasons(), self._attaching.why()
        job = partial(
            form_saving.save,
            self._office,
            self._type,
            now.key,
            given,
            base=now.base,
            accept=reasons,
            why=why,
        )
        self._set_busy(True)
        if then is not None:
            self._held.hold(self)
        saving = self._desk.worker.write(job)
        saving.done.connect(partial(self._saved, typed, then))
        saving.failed.connect(self._not_saved)

    def _saved(
        self, typed: dict[str, Any], then: Callable[[Saved], object] | None, saved: Saved
    ) -> None:
        self._busy = False
        self._previous = body_of(saved.state.record)
        later = self._form.typed()
        if self.now is not None:
            self._aside.pop(self.now.key, None)
        self.now = None
        self._offer_back(None)
        self.told.emit(f"已保存 {self._clock()}")
        if then is not None and later == typed:
            then(saved)
        else:
            if later != typed:
                self._aside[saved.id] = later
            self.open(saved.id)
        if not saved.changes.types:
            self.stale.emit()
        self.kept.emit(saved)

    def _not_saved(self, error: Exception) -> None:
        self._set_busy(False)
        known = by_name(self._type)
        findings = error.findings if isinstance(error, CheckFailed) else []
        if findings and all(finding.field in known for finding in findings):
            self._form.show_findings(findings)
            self._card.count_messages()
            self._refuse(findings)
            return
        if isinstance(error, Problem) and not isinstance(error, Cancelled):
            refusal = Refusal(f"没有保存：{error.what}", error.why, error.remedy)
            at = error.field if isinstance(error, Twin) else self._form.here
            back = partial(self._back_to, at)
            self._card.refusal.refuse(refusal, back, keyed_on=self._held.take(self))
        else:
            self._held.give(self)
            self._desk.problems.show(error)
        self.told.emit("没有保存")
        self.refused.emit()

    def _refuse(self, findings: Sequence[Finding]) -> None:
        """Say it so that it cannot be missed, and mark what is wrong in its field."""
        first = findings[0]
        self._form.go_back_to(first)
        more = f"另有{len(findings) - 1}处。" if len(findings) > 1 else ""
        name = self._form.cells()[first.field].spec.label
        asked = first.severity is Severity.ASK
        what = f"没有保存：“{name}”要{'核对' if asked else '先改好'}"
        refusal = Refusal(what, first.sentence, f"{first.remedy}{more}")
        accept = self._form.accept_note if asked else None
        back, keyed_on = partial(self._form.go_back_to, first), self._held.take(self)
        self._card.refusal.refuse(refusal, back, accept, keyed_on=keyed_on)
        self.told.emit(f"没有保存，请先{'核对' if asked else '改正错误'}")
        self.refused.emit()

    def _back_to(self, name: str) -> None:
        cell = self._form.cells().get(name) or next(iter(self._form.cells().values()))
        self._form.jump_to(cell.name)
        cell.editor.select_text()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.readied.emit()

    # -- drafts

    def keep_draft(self) -> None:
        """Keep what was typed and not saved."""
        now = self.now
        if now is None or self._busy or not self._form.dirty:
            return
        typed = self._form.typed()
        self._aside[now.key] = typed
        job = partial(drafts.save, self._office, self._type, typed, key=now.key, base=now.base)
        self._desk.worker.write(job).done.connect(self._draft_kept)

    def _draft_kept(self, draft: Draft) -> None:
        self.told.emit(f"草稿已存 {self._clock()}")
        self.drafted.emit(draft)

    def discard(self) -> None:
        """不要这些内容, asked once: back to what was saved, or an empty form."""
        now, line = self.now, self._card.remembered
        if now is None or self._busy or not (now.draft or self._form.dirty):
            return
        if not line.asks:
            line.ask()
            return
        self._offer_back((now.key, now.base, self._form.typed()))
        self._gone = True
        self.told.emit("已经丢掉")
        self.now = None
        self._aside.pop(now.key, None)
        forgetting = self._desk.worker.write(partial(drafts.remove, self._office, now.key))
        forgetting.done.connect(lambda _: self.open(now.key) if now.base else self.new())
        forgetting.done.connect(lambda _: self.stale.emit())

    def go_instead(self, key: str) -> None:
        """What is being begun is there already: go to it; what was typed can be brought back."""
        now = self.now
        if now is None or now.base is not None or self._busy:
            return
        self._offer_back((now.key, None, self._form.typed()))
        self.now = None
        self._aside.pop(now.key, None)
        forgetting = self._desk.worker.write(partial(drafts.remove, self._office, now.key))
        forgetting.done.connect(lambda _: self.open(key))
        forgetting.done.connect(lambda _: self.stale.emit())

    def bring_back_discarded(self) -> None:
        """What was thrown away last stands in the form again."""
        if self._discarded is None or self._busy:
            return
        key, base, typed = self._discarded
        self._offer_back(None)
        keeping = self._desk.worker.write(
            partial(drafts.save, self._office, self._type, typed, key=key, base=base)
        )
        keeping.done.connect(lambda _: self.open(key))
        keeping.done.connect(lambda _: self.stale.emit())

    def _offer_back(self, discarded: tuple[str, str | None, dict[str, Any]] | None) -> None:
        self._discarded = discarded
        self._card.bring_back.setEnabled(discarded is not None)

    def _keep_after_all(self) -> None:
        """Who types on wants to keep it."""
        line, now = self._card.remembered, self.now
        if line.asks and now is not None:
            line.show_draft(now.draft.at if now.draft else "", "")

    def write(self, job: Callable[[], Saved], words: str) -> None:
        """Write to the record shown by another service, say so, and show it again."""
        self._set_busy(True)
        writing = self._desk.worker.write(job)
        writing.done.connect(partial(self._written, words))
        writing.failed.connect(self._not_saved)

    def _written(self, words: str, saved: Saved) -> None:
        self._busy, self.now = False, None
        self.told.emit(f"{words} {self._clock()}")
        self.open(saved.id)
        self.kept.emit(saved)

    def _clock(self) -> str:
        return f"{dt.datetime.fromisoformat(self._office.now()):%H:%M:%S}"
