"""编简报: parts chosen and written, looked at as paper, issued and taken back (R50)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QStackedWidget, QWidget

from app.domain.kernel.changes import Changes
from app.domain.records import Briefing, BriefingPart, Document
from app.services.figures import issued_totals
from app.services.letters import briefing_issuing, briefing_items, briefings
from app.services.letters.briefing_items import Item
from app.services.letters.briefings import BriefingSeen
from app.services.office.office import Office
from app.services.records.saving import Saved
from app.ui.fields.suggestion import Surroundings
from app.ui.help.topics import about
from app.ui.keys import ESCAPE, NEW, PRINT, SAVE, SAVE_AS, UNDO, Action, tell
from app.ui.page_context import PageContext
from app.ui.pages.briefing.asking_line import ASKS, AskingLine
from app.ui.pages.briefing.chooser import Chooser
from app.ui.pages.briefing.looking import look
from app.ui.pages.briefing.papers import Papers
from app.ui.pages.briefing.part_editor import PartEditor
from app.ui.pages.briefing.parts_card import CHOOSE, FIGURES, LAST, WRITE, PartsCard
from app.ui.pages.records.kind import WorkPanel
from app.ui.pages.statistics.issue_line import IssueLine
from app.ui.pages.statistics.table_view import ISSUE
from app.ui.parts.empty import EmptyState
from app.ui.parts.key_button import KeyButton
from app.ui.parts.loading import Awaited
from app.ui.problems import Notice
from app.ui.theme import LIGHT
from app.ui.worker import Operation

_LEFT = 452
_NONE = ("newspaper-clipping", "还没有简报", "按 Ctrl+N 编第一期；期号、日期自动填好，可以改。")
_NEW_PART = "新的一段"


class BriefingPanel(WorkPanel):
    """`shown` when an issue stands there."""

    shown = Signal()

    def __init__(self, desk: PageContext, around: Surroundings | None = None) -> None:
        super().__init__()
        about(self, "briefing")
        self._desk = desk
        self._key = self._beside = ""
        self._found: BriefingSeen | None = None
        self._reading: Operation | None = None
        self._wanted = ""
        self._items: list[Item] = []
        self.parts, self.editor, self.chooser = PartsCard(), PartEditor(), Chooser()
        self.asking = IssueLine(self._back_to_parts, ASKS, "不印发")
        self.why = AskingLine("为什么撤回印发")
        self._make_actions()
        self._lay_out()
        self._listen()

    def begin(self, record: str | None) -> None:
        """Show this issue, or the latest of this office."""
        self._key = self._beside = record or ""
        self._read()

    def activate(self) -> None:
        self.parts.table.setFocus()

    def keep(self) -> None:
        self._keep_typed()

    def changed(self, changes: Changes) -> None:
        if changes.types & {Briefing.type_name, Document.type_name} and self.isVisible():
            self._read()

    @property
    def seen(self) -> BriefingSeen | None:
        """The issue that stands there."""
        return self._found

    # -- making

    def _make_actions(self) -> None:
        self.choose = Action(CHOOSE, self._choose_items, self)
        self.figures = Action(FIGURES, self._choose_figures, self)
        self.write = Action(WRITE, self._write_new, self)
        self.new = Action(NEW("新一期"), self._begin_issue, self)
        self.save = Action(SAVE("存好"), self._keep_typed, self)
        self.word = Action(SAVE_AS("存为 Word"), self._save_word, self)
        self.print = Action(PRINT, self._print, self)
        self.issue = Action(ISSUE("印发"), self._issue, self)
        self.undo = Action(UNDO("撤回印发"), self._ask_why, self)
        self.back = Action(ESCAPE("返回"), self._leave, self)

    def _lay_out(self) -> None:
        self.parts.setMinimumWidth(_LEFT)
        self.parts.setMaximumWidth(_LEFT)
        self.parts.add_buttons(self.choose, self.figures, self.write)
        self._right = QStackedWidget()
        self._right.addWidget(self.editor)
        self._right.addWidget(self.chooser)
        self.parts.body.insertWidget(0, self.asking)
        self.parts.body.insertWidget(1, self.why)
        bar = self.editor.add_bar()
        self.parts.head.addWidget(KeyButton(self.new, quiet=True))
        self._undo_button, self._issue_button = KeyButton(self.undo), KeyButton(self.issue)
        bar.addWidget(KeyButton(self.back))
        bar.addStretch(1)
        for button in (KeyButton(self.save), self._issue_button, self._undo_button):
            bar.addWidget(button)
        bar.addWidget(KeyButton(self.print, primary=True))
        work = QWidget()
        tell(work, self.new.key, self.word.key)
        row = QHBoxLayout(work)
        row.setContentsMargins(*[LIGHT.margin] * 4)
        row.setSpacing(LIGHT.gap)
        row.addWidget(self.parts)
        row.addWidget(self._right, 1)
        self._work, self._none = work, EmptyState(*_NONE, [self.new])
        self._places = QStackedWidget()
        self._places.addWidget(work)
        self._places.addWidget(self._none)
        self._awaited = Awaited(self._places)
        self._stage = QStackedLayout(self)
        self._stage.addWidget(self._awaited)
        self.papers = Papers(self._desk, self, self._stage)
        self.papers.left.connect(self._leave_paper)

    def _listen(self) -> None:
        self.parts.turned.connect(self._turn)
        self.parts.entered.connect(self.editor.text.setFocus)
        self.parts.moved.connect(self._move)
        self.parts.dropped.connect(self._drop)
        self.chooser.chosen.connect(self._take)
        self.why.answered.connect(self._withdraw)
        self.why.left.connect(self._back_to_parts)

    # -- reading

    def _read(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
        job = partial(look, self._desk.office, self._key)
        self._reading = reading = self._desk.worker.read(job)
        reading.done.connect(partial(self._show, reading))
        self._awaited.wait(reading, at_once=False)

    def _show(self, reading: Operation, found: BriefingSeen | None) -> None:
        if reading is not self._reading:
            return
        self._found = found
        self._places.setCurrentWidget(self._none if found is None else self._work)
        if found is not None:
            another = self._key != found.state.id
            self._key = found.state.id
            kept = "" if another else self._wanted or self.editor.part
            begins, self._wanted = self._wanted == LAST, ""
            if another:
                self.editor.show_part(None, locked=self._locked)
            self.parts.show_seen(found, kept)
            self._turn()
            if begins:
                self._begin_last()
        self._enable()
        self._awaited.answer()
        self.shown.emit()

    @property
    def _locked(self) -> bool:
        found = self._found
        return found is None or found.issued or not found.mine

    def _enable(self) -> None:
        """While the paper is looked at, or something is asked, Esc is theirs."""
        found, on_paper = self._found, self.papers.shown
        there, open_here = found is not None and not on_paper, not (self._locked or on_paper)
        for action in (self.choose, self.figures, self.write, self.save, self.issue):
            action.setEnabled(open_here)
        for action in (self.word, self.print):
            action.setEnabled(there)
        out = found is not None and found.mine and found.issued
        self._undo_button.setVisible(out)
        self._issue_button.setVisible(not out)
        self.undo.setEnabled(there and out)
        self.new.setEnabled(not on_paper)
        self.back.setEnabled(not (on_paper or self.asking.asks or self.why.isVisibleTo(self)))

    def _at(self) -> BriefingPart | None:
        rows = self._found.record.parts if self._found is not None else ()
        row = self.parts.table.row
        return rows[row] if 0 <= row < len(rows) else None

    def _turn(self) -> None:
        """Another part is looked at; what was typed in the one before is kept."""
        part = self._at()
        if part is not None and part.id == self.editor.part:
            if not (self._locked or self.editor.holds(part)) and self.editor.changed:
                return  # it is typed on while an earlier word is being kept
        else:
            self._keep_typed()
        self.editor.show_part(part, locked=self._locked)

    # -- writing

    def _keep_typed(self) -> None:
        if self._locked or not self.editor.changed:
            return
        heading, text = self.editor.typed
        part = self.editor.part
        self._do(partial(briefings.write_part, self._office, self._key, part, heading, text))

    @property
    def _office(self) -> Office:
        return self._desk.office

    def _do(self, job: Callable[[], Changes], said: str = "") -> None:
        """Write; what is there then is read when the window hears of it, and `said` is told."""
        writing = self._desk.worker.write(job)
        if said and self._found is not None:
            one = self._found.record
            notice = Notice("ok", f"{one.year}年第{one.issue}期{said}")
            writing.done.connect(lambda changes: self._desk.problems.noticed.emit(notice))

    def _write_new(self) -> None:
        self._keep_typed()
        self._wanted = LAST
        self._do(partial(briefings.add_text, self._office, self._key, _NEW_PART, ""))

    def _begin_last(self) -> None:
        self._right.setCurrentWidget(self.editor)
        self.editor.heading.setFocus()
        self.editor.heading.selectAll()

    def _move(self, by: int) -> None:
        part = self._at()
        if part is not None:
            self._keep_typed()
            self._wanted = part.id
            self._do(partial(briefings.move_part, self._office, self._key, part.id, by))

    def _drop(self) -> None:
        part = self._at()
        if part is not None:
            self.editor.show_part(None, locked=self._locked)
            self._do(partial(briefings.drop_part, self._office, self._key, part.id))

    def _begin_issue(self) -> None:
        self._keep_typed()
        making = self._desk.worker.write(partial(briefings.begin, self._office))
        making.done.connect(self._begun)

    def _begun(self, saved: Saved) -> None:
        self._key = saved.id
        self._read()
        words = f"已建好{saved.number}；主送、抄送等照上一期填好，按 Esc 返回可以改。"
        self._desk.problems.noticed.emit(Notice("ok", words))

    # -- choosing

    def _choose_items(self) -> None:
        self._keep_typed()
        there = self._found.record.parts if self._found is not None else ()
        taken = {part.document for part in there}
        reading = self._desk.worker.read(partial(briefing_items.items, self._office))
        reading.done.connect(lambda found: self._offer([i for i in found if i.id not in taken]))

    def _offer(self, found: list[Item]) -> None:
        self._right.setCurrentWidget(self.chooser)
        self.chooser.show_items(found)
        self._items = found

    def _choose_figures(self) -> None:
        self._keep_typed()
        campaign = self._found.record.campaign if self._found is not None else ""
        reading = self._desk.worker.read(partial(issued_totals.issued, self._office, campaign))
        reading.done.connect(self._offer_issued)

    def _offer_issued(self, found: tuple[issued_totals.Issued, ...]) -> None:
        self._items = []
        self._right.setCurrentWidget(self.chooser)
        self.chooser.show_issued(found)

    def _take(self, key: str) -> None:
        if key.isdigit():
            self._do(partial(briefings.add_figures, self._office, self._key, int(key)))
            self._back_to_parts()
            return
        self._do(partial(briefings.add_items, self._office, self._key, [key]))
        self._offer([one for one in self._items if one.id != key])

    def _back_to_parts(self) -> None:
        self._right.setCurrentWidget(self.editor)
        self.parts.table.setFocus()
        self._enable()

    # -- paper, files, 印发

    def _print(self) -> None:
        self._keep_typed()
        if self._found is not None:
            self.papers.look_at(self._found)
            self._enable()

    def _leave_paper(self) -> None:
        self._stage.setCurrentWidget(self._awaited)
        self._back_to_parts()

    def _save_word(self) -> None:
        self._keep_typed()
        if self._found is not None:
            self.papers.save_word(self._found)

    def _issue(self) -> None:
        """Asked first: it is told to others."""
        self._keep_typed()
        if not self.asking.asks:
            self.asking.ask()
            self._back_to_parts()
            return
        self.asking.end()
        self._enable()
        said = "已印发。里面的信息记为采用，随回执告诉来稿单位。"
        self._do(partial(briefing_issuing.issue, self._office, self._key), said)

    def _ask_why(self) -> None:
        self.why.ask()
        self._enable()

    def _withdraw(self, why: str) -> None:
        self._back_to_parts()
        said = "已撤回印发，可以改。"
        self._do(partial(briefing_issuing.withdraw, self._office, self._key, why), said)

    def _leave(self) -> None:
        """Esc leads from what is typed or chosen to the parts, and from there back."""
        if self._right.currentWidget() is self.chooser or self.editor.isAncestorOf(
            self.focusWidget() or self
        ):
            self._keep_typed()
            self._back_to_parts()
            return
        self._keep_typed()
        self.closed.emit()
        if self._key != self._beside:
            self._desk.open(Briefing.type_name, self._key)
