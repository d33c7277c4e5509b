"""The unlock page: who is at work, and the passphrase.

It needs Qt only, so that it is there at once; everything else loads behind it.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDeadlineTimer, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from app import __version__
from app.domain.kernel.errors import Problem
from app.ui.help.topics import about
from app.ui.icons import icon
from app.ui.keys import RECOVERY, Action, Key, key
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label, surface
from app.ui.parts.message_line import MessageLine
from app.ui.problems import notice_of
from app.ui.start.passphrase import PassphraseField
from app.ui.start.people import PeopleList, Person
from app.ui.theme import LIGHT

OPEN = Key("Enter", "打开", ("Return", "Enter"))
UPDATE = key("F8", "更新程序")
QUIT = Key("Alt+F4", "退出")


class UnlockPage(QWidget):
    """Emits `asked(operator id, passphrase)`; answered by `refuse`, or by another page.

    F4 asks for the recovery code and a new passphrase instead:
    `recovery_asked(operator id, code, new passphrase)`. `update_asked` where an update was
    offered. `painted` comes once, after the page is on the screen. `rows` is how many operators
    are expected. After too many wrong tries it counts down what is left to wait; `waits` is
    until when, by operator.
    """

    asked = Signal(str, str)
    recovery_asked = Signal(str, str, str)
    quit_asked = Signal()
    update_asked = Signal()
    painted = Signal()

    def __init__(self, office: str = "", rows: int = 1, *, place: str = "") -> None:
        super().__init__()
        about(self, "unlock")
        self._new = True
        self._recovering = False
        self.waits: dict[str, QDeadlineTimer] = {}
        self._said = ""
        self._counting = QTimer(self)
        self._counting.setInterval(1000)
        self._counting.timeout.connect(self.count_down)
        self.people = PeopleList(rows)
        self.code = QLineEdit()
        self.code.setAccessibleName("恢复码")
        self.passphrase = PassphraseField()
        self.again = PassphraseField("再输一次新口令")
        self.message = MessageLine()
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("正在打开")
        self.open_action = Action(OPEN, self._ask, self)
        self.quit_action = Action(QUIT, self.quit_asked.emit, self)
        self.recovery_action = Action(RECOVERY, self._change_way, self)
        self.update_action = Action(UPDATE, self.update_asked.emit, self)
        self.update_action.setVisible(False)
        self._lay_out(office, place)
        self._listen()
        self._show_way()
        self.set_busy(False)

    def set_people(self, people: Sequence[Person], last: str = "") -> None:
        """Who can be chosen; `last` is the id of who was here last."""
        self.people.show_people(people, last)
        for action in (self.open_action, self.recovery_action):
            action.setEnabled(bool(people))

    def set_busy(self, busy: bool) -> None:
        """Deriving the key takes a moment, on another thread."""
        self.people.setEnabled(not busy)
        for part in (self.code, self.passphrase, self.again):
            part.setReadOnly(busy)
        ready = not busy and self.people.chosen is not None
        self.recovery_action.setEnabled(ready)
        self.open_action.setEnabled(ready and not self._left)
        self.update_action.setEnabled(not busy)
        kept = self.progress.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(kept)
        self.progress.setVisible(busy)
        if busy:
            self.message.say("info", "正在打开数据…")

    def refuse(self, problem: Problem | None) -> None:
        """Say why it was not opened (None: a fault, shown elsewhere), and let it be tried again."""
        self.set_busy(False)
        self.message.clear()
        if problem is not None:
            self.message.say(notice_of(problem).kind, str(problem))
        seconds = getattr(problem, "seconds", 0)
        if problem is not None and seconds:
            self._said = problem.what
            self.waits[self._tried] = QDeadlineTimer(seconds * 1000)
            self._counting.start()
            self.count_down()
        first = self._first
        first.selectAll()
        first.setFocus()

    def offer_update(self, version: str) -> None:
        """Another person here updated to this version; one key brings it to this one too."""
        self.message.say("info", f"这台电脑上已有版本 {version}，按 {UPDATE.shown} 装上就能打开。")
        self.open_action.setVisible(False)
        self.update_action.setVisible(True)

    def tell_updated(self, version: str) -> None:
        """It is installed; what runs cannot open the data any more than before."""
        self.set_busy(False)
        self.update_action.setVisible(False)
        self.message.say("ok", f"已装好。退出程序再打开，就是版本 {version}。")

    def count_down(self) -> None:
        """Say how long is left to wait, once a second; then it can be tried again."""
        left = self._left
        if left:
            self.message.say("warning", f"{self._said}还有{_span(left)}可以再试。")
        elif not self.open_action.isEnabled() and self.people.isEnabled():
            self.message.say("info", "现在可以再试一次。")
        if not left:
            self._counting.stop()
        if self.people.isEnabled():
            self.open_action.setEnabled(not left and self.people.chosen is not None)

    @property
    def _tried(self) -> str:
        """What is tried: the recovery code, or the passphrase of an operator."""
        person = self.people.chosen
        return "recovery" if self._recovering else person.id if person else ""

    @property
    def _left(self) -> int:
        """The seconds left to wait for what would be tried now."""
        until = self.waits.get(self._tried)
        return -(-until.remainingTime() // 1000) if until else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._new:
            self._new = False
            QTimer.singleShot(0, self.painted.emit)

    @property
    def _first(self) -> QLineEdit:
        """The field that is filled in first."""
        return self.code if self._recovering else self.passphrase

    def _change_way(self) -> None:
        self._recovering = not self._recovering
        self.message.clear()
        self._show_way()
        self._look_at_wait()
        self._first.setFocus()

    def _show_way(self) -> None:
        """By passphrase, or by recovery code with a new passphrase typed twice."""
        for part in (self.code, self.again):
            part.setVisible(self._recovering)
            self._labels[part].setVisible(self._recovering)
        self.people.set_most(2 if self._recovering else 4)
        self._labels[self.passphrase].setText("新口令" if self._recovering else "口令")
        self.recovery_action.setText("用口令打开" if self._recovering else RECOVERY.words)

    def _ask(self) -> None:
        person = self.people.chosen
        if person is None or self._go_to_gap():
            return
        self.set_busy(True)
        if self._recovering:
            self.recovery_asked.emit(person.id, self.code.text(), self.passphrase.text())
        else:
            self.asked.emit(person.id, self.passphrase.text())

    def _go_to_gap(self) -> bool:
        """Go on to the first field still empty; one that is left empty is asked for."""
        shown = (self.code, self.passphrase, self.again) if self._recovering else (self.passphrase,)
        gap = next((field for field in shown if not field.text()), None)
        if gap is not None:
            if gap.hasFocus():
                self.message.say("error", f"请输入{self._labels[gap].text()}。")
            gap.setFocus()
        elif self._recovering and self.again.text() != self.passphrase.text():
            gap = self.again
            gap.selectAll()
            gap.setFocus()
            self.message.say("error", "两次输入的新口令不一样。")
        return gap is not None

    def _listen(self) -> None:
        for field in (self.passphrase, self.again):
            field.caps_lock.connect(self._note_caps_lock)
        self.passphrase.stepped.connect(self.people.step)
        self.people.currentRowChanged.connect(self._go_on)
        self.setFocusProxy(self.passphrase)

    def _go_on(self) -> None:
        self._look_at_wait()
        self._first.setFocus()

    def _look_at_wait(self) -> None:
        """Somebody else, or the recovery code, has a wait of its own."""
        if self.waits:
            self.message.clear()
            self.open_action.setEnabled(True)
            self._counting.start()
            self.count_down()

    def _note_caps_lock(self, on: bool) -> None:
        if on:
            self.message.say("warning", "大写锁定开着（Caps Lock）")
        else:
            self.message.clear()

    def _lay_out(self, office: str, place: str) -> None:
        card = self._card(office)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(5)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(LIGHT.gap)
        for line in (
            "口令只有本人知道，本系统和市总工会都查不到。",
            "忘了口令：请负责人取出封存的恢复码，按 F4。不明白的地方按 F1。",
        ):
            column.addWidget(label(line, "note"), 0, Qt.AlignmentFlag.AlignHCenter)
            column.addSpacing(4)
        column.addStretch(5)
        column.addWidget(_foot(place))

    def _card(self, office: str) -> QFrame:
        card = surface("card")
        card.setFixedWidth(480)
        column = QVBoxLayout(card)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(_head(office))
        column.addLayout(self._fields())
        column.addWidget(self._bar())
        return card

    def _fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(20, 20, 32, 8)
        grid.setHorizontalSpacing(LIGHT.gap)
        grid.setVerticalSpacing(8)
        self._labels: dict[QWidget, QLabel] = {}
        rows: tuple[tuple[str, QWidget], ...] = (
            ("经办人", self.people),
            ("恢复码", self.code),
            ("口令", self.passphrase),
            ("再输一次", self.again),
            ("", self.message),
            ("", self.progress),
        )
        for row, (words, part) in enumerate(rows):
            top = Qt.AlignmentFlag.AlignTop if row == 0 else Qt.AlignmentFlag.AlignVCenter
            name = self._labels[part] = label(words, "label")
            name.setContentsMargins(0, 11 if row == 0 else 0, 0, 0)
            name.setFixedWidth(60)
            name.setAlignment(Qt.AlignmentFlag.AlignRight | top)
            grid.addWidget(name, row, 0, top)
            grid.addWidget(part, row, 1)
        return grid

    def _bar(self) -> QFrame:
        bar = surface("bar")
        bar.setFixedHeight(56)
        row = QHBoxLayout(bar)
        row.setContentsMargins(32, 0, 32, 0)
        row.addWidget(KeyButton(self.recovery_action))
        row.addStretch(1)
        row.addWidget(KeyButton(self.quit_action))
        for action in (self.open_action, self.update_action):
            row.addWidget(KeyButton(action, primary=True))
        return bar


def _span(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}分{rest:02}秒" if minutes else f"{rest}秒"


def _head(office: str) -> QFrame:
    head = surface("head")
    row = QHBoxLayout(head)
    row.setContentsMargins(32, 24, 32, 18)
    row.setSpacing(LIGHT.gap)
    sign = QLabel()
    sign.setPixmap(icon("lock-key").pixmap(24, 24))
    sign.setFixedSize(40, 40)
    sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
    sign.setStyleSheet(
        f"background: {LIGHT.sub}; border: 1px solid {LIGHT.line}; border-radius: 4px;"
    )
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(label("走访帮扶登记系统", "title"))
    words.addWidget(label(office or "请选择经办人，输入口令", "note"))
    row.addWidget(sign)
    row.addLayout(words, 1)
    return head


def _foot(place: str) -> QFrame:
    foot = QFrame()
    foot.setFixedHeight(LIGHT.hint_bar)
    foot.setObjectName("foot")
    foot.setStyleSheet(
        f"#foot {{ background: {LIGHT.nav}; border: none; border-top: 1px solid {LIGHT.line}; }}"
    )
    row = QHBoxLayout(foot)
    row.setContentsMargins(LIGHT.margin, 0, LIGHT.margin, 0)
    row.addWidget(label(place, "note"))
    row.addStretch(1)
    row.addWidget(label(f"版本 {__version__}", "note"))
    return foot
