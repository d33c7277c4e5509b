"""收件: the city's desk for what its counties send, and a county's for its townships."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from app.domain.kernel.changes import Changes
from app.services.receiving.inbox import Delivery
from app.ui.forms.office_lookups import OfficeLookups
from app.ui.keys import Action, Key, tell
from app.ui.page_context import PageContext
from app.ui.pages.inbox.confirming.confirm_view import ConfirmView
from app.ui.pages.inbox.differing.differing_view import DifferingView
from app.ui.pages.inbox.doubles.doubles_view import DoublesView
from app.ui.pages.inbox.files.files_view import FilesView
from app.ui.pages.inbox.findings.findings_view import FindingsView
from app.ui.pages.inbox.missing.missing_view import MissingView
from app.ui.pages.inbox.records.records_view import RecordsView
from app.ui.pages.inbox.replying.reply_view import ReplyView
from app.ui.pages.inbox.runs.runs_view import RunsView
from app.ui.parts.tabs import Tabs
from app.ui.shell.page import Page
from app.ui.theme import LIGHT

View = (
    FilesView
    | DoublesView
    | DifferingView
    | MissingView
    | RunsView
    | FindingsView
    | ConfirmView
    | ReplyView
    | RecordsView
)
Outdated = (
    DoublesView
    | DifferingView
    | MissingView
    | RunsView
    | FindingsView
    | ConfirmView
    | ReplyView
    | RecordsView
)
Counted = DoublesView | DifferingView | MissingView | FindingsView | ConfirmView | ReplyView

VIEWS = (
    ("files", "收到的文件"),
    ("doubles", "疑似重复"),
    ("differing", "填写不一致"),
    ("missing", "谁还没报"),
    ("runs", "汇总情况"),
    ("findings", "逻辑检查"),
    ("confirm", "待确认"),
    ("reply", "诉求答复"),
)


class Inbox(Page):
    """What came, may be doubled or differs, is missing, is found by checks, waits for 负责人."""

    note = "先核对，后汇总；每份都能撤销"
    search_words = "单位、次数、文件名"

    def __init__(self, desk: PageContext, lookups: OfficeLookups) -> None:
        super().__init__()
        self._desk, self._lookups = desk, lookups
        self._text = ""
        self.tabs = Tabs(VIEWS)
        self.files = FilesView(desk)
        self.doubles = DoublesView(desk)
        self.differing = DifferingView(desk)
        self.missing = MissingView(desk)
        self.runs = RunsView(desk, self.files.taking)
        self.findings = FindingsView(desk)
        self.confirm = ConfirmView(desk)
        self.reply = ReplyView(desk)
        self._views: dict[str, View] = {
            "files": self.files,
            "doubles": self.doubles,
            "differing": self.differing,
            "missing": self.missing,
            "runs": self.runs,
            "findings": self.findings,
            "confirm": self.confirm,
            "reply": self.reply,
        }
        self.records = RecordsView(desk, lookups)
        self._stack = QStackedWidget()
        for view in (*self._views.values(), self.records):
            self._stack.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(LIGHT.margin, 6, LIGHT.margin, LIGHT.margin)
        column.setSpacing(8)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
        self.tabs.chosen.connect(self._show)
        self.files.pending_changed.connect(self._count)
        self.files.wanted.connect(self._want_files)
        self.files.records_wanted.connect(self._show_records)
        self.records.left.connect(partial(self.tabs.go, "files"))
        for action in (*self.actions_shown, self.files.folder):
            self.addAction(action)
        counted: dict[str, Counted] = {
            "doubles": self.doubles,
            "differing": self.differing,
            "missing": self.missing,
            "findings": self.findings,
            "confirm": self.confirm,
            "reply": self.reply,
        }
        for name, one in counted.items():
            one.pending_changed.connect(partial(self.tabs.count, name))
        tell(self, Key(f"Alt+1…{len(VIEWS)}", "换一页"))
        for place, (name, words) in enumerate(VIEWS, 1):
            key = Key(f"Alt+{place}", words, (f"Alt+{place}",))
            Action(key, partial(self.tabs.go, name), self)

    @property
    def actions_shown(self) -> Sequence[Action]:
        return (self.files.stick, self.files.open, self.files.answer)

    @property
    def view(self) -> View:
        """The view shown."""
        shown = self._stack.currentWidget()
        return self.records if shown is self.records else self._views[self.tabs.current]

    def activate(self) -> None:
        self.view.activate()

    def changed(self, changes: Changes) -> None:
        self.files.taking.refresh()
        outdated: tuple[Outdated, ...] = (
            self.doubles,
            self.differing,
            self.missing,
            self.runs,
            self.findings,
            self.confirm,
            self.reply,
            self.records,
        )
        for view in outdated:
            view.outdated(changes)

    def search(self, text: str) -> None:
        self._text = text
        self.view.search(text)

    def set_narrow(self, narrow: bool) -> None:
        for view in (*self._views.values(), self.records):
            view.set_narrow(narrow)

    def show_view(self, name: str) -> None:
        self.tabs.go(name)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Files were dropped on the window."""
        self.tabs.go("files")
        self.files.take_in(paths)

    def _show_records(self, one: Delivery) -> None:
        self.records.show_package(one)
        self._stack.setCurrentWidget(self.records)
        self.records.activate()

    def _want_files(self) -> None:
        if self.view is not self.files:
            self.tabs.go("files")

    def _show(self, name: str) -> None:
        if name in self._views:
            self._stack.setCurrentWidget(self._views[name])
            self._views[name].activate()
            self._views[name].search(self._text)

    def _count(self, pending: int, to_merge: int) -> None:
        self.tabs.count("files", pending)
        self.badge_changed.emit(to_merge)
