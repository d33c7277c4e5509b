"""What stands under the fields of a form, and how it comes and goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import msgspec

from app.domain.checking import checks
from app.domain.checking.checks import Finding
from app.domain.kernel.readable import readable
from app.domain.records import Campaign, Record
from app.ui.forms.findings import shown_for
from app.ui.forms.form_body import FormBody
from app.ui.forms.form_cell import FormCell
from app.ui.forms.messages import Message

MoreChecks = Callable[[Record], Iterable[Finding]]
Beside = Callable[[str], Message | None]
"""What is said of a field besides findings: its mark of the paper."""


class Checking:
    """Checks one form: the rules of its type, what a page adds, what a save refused.

    A finding is shown once its field was left, or everything was asked for.
    """

    def __init__(
        self,
        record_type: type[Record],
        campaign: Campaign | None,
        sheet: FormBody,
        cells: Mapping[str, FormCell],
        *,
        today: Callable[[], dt.date],
        more: MoreChecks | None,
        beside: Beside,
    ) -> None:
        self._type = record_type
        self.campaign = campaign
        self._sheet = sheet
        self._cells = cells
        self._today = today
        self._more = more
        self._beside = beside
        self.findings: list[Finding] = []
        self.known: list[Finding] = []
        self.stamp = self._known_at = 0
        self.reasons: dict[str, str] = {}
        self._touched: set[str] = set()
        self._elsewhere: list[Finding] = []
        self._questions: dict[str, str] = {}
        self._told: dict[str, Message] = {}

    def forget(self) -> None:
        """Begin anew with another record."""
        self.findings, self.known, self.reasons, self._touched = [], [], {}, set()
        self._elsewhere, self._questions, self._told = [], {}, {}
        for cell in self._cells.values():
            cell.messages.show([])
        self.show()

    def go_on_from(self, earlier: Checking) -> None:
        """Say what was said of the form as it stood before, where its fields still stand."""
        self.reasons, self._questions = dict(earlier.reasons), dict(earlier._questions)
        self._touched = earlier._touched & self._cells.keys()
        self._elsewhere = [one for one in earlier._elsewhere if one.field in self._cells]
        self.known, self._known_at = earlier.known, earlier._known_at
        self.stamp = earlier.stamp
        self.recheck()

    def check(self) -> list[Finding]:
        """Everything the rules say of what stands in the form, 错误 first."""
        record = msgspec.convert(self._sheet.body(), readable(self._type))
        found = checks.check(record, today=self._today(), campaign=self.campaign)
        found += self._more(record) if self._more else ()
        found += self.known
        problems = self._sheet.problems
        unread = {problem.field for problem in problems}
        rest = [f for f in found if not (f.code == "F01" and f.field in unread)]
        every = [*problems, *self._answered(rest)]
        return checks.in_order(self._type, every, self.campaign)

    def recheck(self) -> None:
        """Check again and show what is to be shown."""
        own = self.check()
        known = {(finding.code, finding.field) for finding in own}
        also = [f for f in self._elsewhere if (f.code, f.field) not in known]
        self.findings = own + self._answered(also)
        self.show()

    def _answered(self, found: Iterable[Finding]) -> list[Finding]:
        return [replace(f, accepted=self.reasons.get(f.key, f.accepted)) for f in found]

    def know(self, findings: Iterable[Finding], stamp: int) -> bool:
        """What other records said against the form as it stood at `stamp`; whether it counts.

        What was asked before something that is known already comes too late.
        """
        if stamp < self._known_at:
            return False
        self.known, self._known_at = list(findings), stamp
        self.recheck()
        return True

    def show_all(self) -> None:
        """Show the findings of all fields, left yet or not."""
        self._touched = set(self._cells)
        self.recheck()

    def show_also(self, findings: Iterable[Finding]) -> None:
        """Show findings made elsewhere until their fields are changed."""
        found = list(findings)
        self._elsewhere = [finding for finding in found if not finding.is_guard]
        self._touched |= {finding.field for finding in found}
        if guards := [finding for finding in found if finding.is_guard]:
            self.known, self._known_at = guards, self.stamp
        self.recheck()

    def ask(self, questions: Mapping[str, str]) -> None:
        """Show the questions of a returned record."""
        self._questions = dict(questions)
        self.show()

    def tell(self, name: str, message: Message) -> None:
        """Say something under a field until it is changed or left."""
        self._told[name] = message
        self.show()

    def untell(self, name: str) -> None:
        """Take back what was said under a field."""
        if self._told.pop(name, None) is not None:
            self.show()

    def changed(self, cell: FormCell) -> None:
        """A field changes under its messages: what was said of it may no longer be so."""
        self.stamp += 1
        self._told.pop(cell.name, None)
        self._elsewhere = [f for f in self._elsewhere if f.field != cell.name]
        self.known = [f for f in self.known if f.field != cell.name]
        if cell.messages.lines and not cell.messages.asking:
            self.recheck()

    def left(self, cell: FormCell) -> None:
        """A field was left: from now on its findings are shown."""
        self._told.pop(cell.name, None)
        self._touched.add(cell.name)
        self.recheck()

    def open_note(self, name: str) -> Finding | None:
        """The 提醒 to accept next: of this field, else the first shown."""
        notes = [f for f in checks.open_notes(self.findings) if f.field in self._touched]
        here = [finding for finding in notes if finding.field == name]
        return next(iter(here or notes), None)

    def blocking(self) -> list[Finding]:
        """What keeps the form from being saved, in the order of the fields: 错误 and open 核对.

        What other records said before the last key is asked again by whoever saves.
        """
        asked = self._known_at == self.stamp
        found = [*checks.errors(self.findings), *checks.open_asks(self.findings)]
        places = {name: place for place, name in enumerate(self._cells)}
        return sorted(
            (f for f in found if f.field in places and (asked or not f.is_guard)),
            key=lambda finding: places[finding.field],
        )

    def show(self) -> None:
        """Bring messages and looks in line with what is known."""
        for name, cell in self._cells.items():
            if cell.messages.asking:
                continue
            found = [f for f in self.findings if f.field == name and name in self._touched]
            state, messages = shown_for(found, self._questions.get(name, ""))
            more = (self._beside(name), self._told.get(name))
            cell.editor.set_state(state)
            cell.messages.show([*messages, *(told for told in more if told)])
