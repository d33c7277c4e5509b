"""设置: what this computer and the people at it need, one subject at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget

from app.domain.kernel.changes import Changes
from app.domain.records import Operator
from app.exchange.updates import SUFFIX
from app.ui.help.topics import about
from app.ui.icons import icon
from app.ui.keys import UP_DOWN, Action, Key, key, tell
from app.ui.page_context import PageContext
from app.ui.pages.settings.about import AboutSubject
from app.ui.pages.settings.archive import ArchiveSubject
from app.ui.pages.settings.backups import BackupSubject
from app.ui.pages.settings.campaigns import CampaignsSubject
from app.ui.pages.settings.data import DataSubject
from app.ui.pages.settings.handover import HandoverSubject
from app.ui.pages.settings.looks import LooksSubject
from app.ui.pages.settings.own_passphrase import PassphraseSubject
from app.ui.pages.settings.people import PeopleSubject
from app.ui.pages.settings.recovery import RecoverySubject
from app.ui.pages.settings.registration import RegistrationSubject
from app.ui.pages.settings.registration_city import CityRegistrationSubject
from app.ui.pages.settings.subject import Subject
from app.ui.pages.settings.units import UnitsSubject
from app.ui.pages.settings.updates import UpdatesSubject
from app.ui.parts.card import Card
from app.ui.shell.page import Page
from app.ui.theme import LIGHT

WIDTH = 248
BACK_TO_LIST = key("Alt+0", "回到设置列表")
_KEPT = "settings/subject"
HELP_PAGES = {
    "people": "settings",
    "passphrase": "unlock",
    "recovery": "unlock",
    "about": "settings",
    "looks": "settings",
}
"""The pages of the help that are not called as their subject."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list at the left; `make` builds its subject when it is first chosen."""

    name: str
    title: str
    icon: str
    make: Callable[[PageContext], Subject]


def entries(is_city: bool) -> Sequence[Entry]:
    """The subjects in their order."""
    registration = CityRegistrationSubject if is_city else RegistrationSubject
    return (
        Entry("people", "经办人", "users", PeopleSubject),
        Entry("passphrase", "我的口令", "lock-key", PassphraseSubject),
        Entry("recovery", "恢复码", "lifebuoy", RecoverySubject),
        Entry("campaigns", "活动", "flag-banner", CampaignsSubject),
        Entry("units", "报送单位", "tree-structure", UnitsSubject),
        Entry("registration", "报送单位登记", "identification-badge", registration),
        Entry("data", "数据", "database", DataSubject),
        Entry("archive", "年度归档", "archive-box", ArchiveSubject),
        Entry("backup", "备份与恢复", "hard-drives", BackupSubject),
        Entry("handover", "工作交接", "handshake", HandoverSubject),
        Entry("looks", "全号查看记录", "eye", LooksSubject),
        Entry("updates", "程序更新", "arrows-clockwise", UpdatesSubject),
        Entry("about", "关于", "info", AboutSubject),
    )


class SettingsPage(Page):
    """`shown(name)` when a subject stands at the right."""

    shown = Signal(str)

    def __init__(self, desk: PageContext) -> None:
        super().__init__()
        self._desk = desk
        self._entries = {one.name: one for one in entries(desk.office.is_city)}
        self._subjects: dict[str, Subject] = {}
        self.name = ""
        self._begun = False
        self._kept = desk.memory.text(_KEPT)
        self.list = SubjectList(list(self._entries.values()))
        self.stack = QStackedWidget()
        self._back = Action(BACK_TO_LIST, self._to_list, self)
        self._lay_out()
        self.list.currentRowChanged.connect(self._choose)
        self.list.entered_subject.connect(self._enter)

    @property
    def subject(self) -> Subject:
        """The subject shown."""
        return self._subjects[self.name]

    def go(self, name: str) -> Subject:
        """Show a subject by name."""
        row = list(self._entries).index(name)
        self.list.setCurrentRow(row)
        # A list that had the focus before has a current row, but shows none as chosen.
        self.list.item(row).setSelected(True)
        return self.subject

    def activate(self) -> None:
        if self._begun:
            self._load()
        else:
            self._begun = True
            self.go(self._kept if self._kept in self._entries else next(iter(self._entries)))
        self.list.setFocus()

    def changed(self, changes: Changes) -> None:
        if Operator.type_name in changes.types and self.name == "people":
            self._load()

    def show_view(self, name: str) -> None:
        self.go(name)

    def takes(self, paths: Sequence[Path]) -> bool:
        return len(paths) == 1 and paths[0].suffix.lower() == SUFFIX

    def take_files(self, paths: Sequence[Path]) -> None:
        if not self.takes(paths):
            return
        subject = self.go("updates")
        assert isinstance(subject, UpdatesSubject)
        subject.begin(paths[0])

    def _load(self) -> None:
        self.subject.load()
        self.subject.look_at_duty()

    def can_leave(self) -> bool:
        return not self.name or self.subject.can_leave()

    def _lay_out(self) -> None:
        card = Card()
        card.setFixedWidth(WIDTH)
        card.body.setContentsMargins(0, 8, 0, 8)
        card.body.addWidget(self.list)
        row = QHBoxLayout(self)
        row.setContentsMargins(*[LIGHT.margin] * 4)
        row.setSpacing(LIGHT.gap)
        row.addWidget(card)
        row.addWidget(self.stack, 1)
        tell(self, BACK_TO_LIST)

    def _choose(self, row: int) -> None:
        name = list(self._entries)[row]
        if name == self.name:
            return
        if not self.can_leave():
            before = list(self._entries).index(self.name)
            self.list.blockSignals(True)
            self.list.setCurrentRow(before)
            self.list.blockSignals(False)
            return
        if name not in self._subjects:
            self._subjects[name] = made = self._entries[name].make(self._desk)
            self.stack.addWidget(made)
        self.name = name
        about(self, HELP_PAGES.get(name, name))
        self.stack.setCurrentWidget(self.subject)
        self._desk.memory.keep(_KEPT, name)
        self._load()
        self.shown.emit(name)

    def _enter(self) -> None:
        self.subject.activate()

    def _to_list(self) -> None:
        self.list.setFocus()


class SubjectList(QListWidget):
    """↑ ↓ show a subject, Enter goes into it."""

    entered_subject = Signal()

    def __init__(self, listed: Sequence[Entry]) -> None:
        super().__init__()
        self.setAccessibleName("设置的内容")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setIconSize(QSize(18, 18))
        self.setStyleSheet(
            "QListWidget::item { padding-left: 12px; border-left: 3px solid transparent; }"
            f"QListWidget::item:selected {{ border-left: 3px solid {LIGHT.focus}; }}"
        )
        for one in listed:
            item = QListWidgetItem(icon(one.icon), one.title, self)
            item.setSizeHint(QSize(0, LIGHT.icon_row))
        tell(self, UP_DOWN("选内容"), Key("Enter", "进入"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        into = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right)
        if event.key() in into:
            self.entered_subject.emit()
        else:
            super().keyPressEvent(event)
