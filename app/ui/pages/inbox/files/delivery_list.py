"""The card with the list of what came: its views, the search, what came of the last job."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.domain.kernel.text import lookup_key
from app.domain.naming.pinyin import initials_key, matcher
from app.services.receiving.inbox import MERGEABLE, Delivery
from app.ui.icons import icon
from app.ui.keys import Action
from app.ui.pages.inbox.grid import Cell, Column, Grid, Line, quiet
from app.ui.pages.inbox.words import standing_chip
from app.ui.parts.card import Card
from app.ui.parts.elided import Elided
from app.ui.parts.empty import EmptyState
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.message_line import MessageLine
from app.ui.parts.tabs import Tabs
from app.ui.theme import LIGHT

_UNIT, _UNIT_NARROW = 176, 148
COLUMNS = (
    Column("报送单位", _UNIT), Column("次数", 80), Column("日期", 58),
    Column("条数", 52, right=True), Column("状态", 108), Column("说明", 0),
)  # fmt: skip
_VIEWS = (("pending", "待处理"), ("done", "已处理"), ("all", "全部"))
_EMPTY = {
    True: "各单位送来的报送文件列在这里：先核对，看清楚了再汇总。\n"
    "文件先拷进本机，优盘上什么都不写。",
    False: "市总工会给的登记文件，乡镇（街道）和本单位另一台电脑送来的\n"
    "文件列在这里：先核对，看清楚了再汇总。优盘上什么都不写。",
}
"""By whether this is the city."""
_NOT_FOUND = "没有找到。请换一个词，或按 Esc 清除。"


class DeliveryList(Card):
    """Emits `chosen` when another file is shown beside, and `entered` for Enter on one."""

    chosen_changed = Signal()
    entered = Signal()

    def __init__(self, merge_all: Action, beginning: Sequence[Action], *, is_city: bool) -> None:
        super().__init__(" ")
        self._all: Sequence[Delivery] | None = None
        self.shown: dict[str, Delivery] = {}
        self._digest = self._text = ""
        self.tabs = Tabs(_VIEWS, underlined=False)
        self.sum = label(role="note")
        self.grid = Grid(COLUMNS, "收到的文件")
        self.said = MessageLine()
        self._empty = EmptyState("tray", "没有要处理的文件", _EMPTY[is_city], beginning)
        self._nothing = label("", "note")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._said_row = _padded(self.said)
        self._button = KeyButton(merge_all, primary=True)
        self._lay_out()
        self.tabs.chosen.connect(lambda name: self._show())
        self.grid.sideways.connect(self.tabs.step)
        self.grid.moved.connect(lambda key: self._choose())
        self.grid.entered_line.connect(lambda key: self.entered.emit())

    @property
    def chosen(self) -> Delivery | None:
        """The file in the chosen row."""
        return self.shown.get(self.grid.key)

    def show_deliveries(self, found: Sequence[Delivery]) -> None:
        """Show what came; the chosen file stays, also when it was taken in meanwhile."""
        self._all = found
        self.tabs.count("pending", sum(one.pending for one in found))
        self.tabs.count("done", sum(not one.pending for one in found))
        self.tabs.count("all", len(found))
        self._show()

    def search(self, text: str) -> None:
        """Only files whose office, number or name answers."""
        self._text = text
        self._show()

    def say(self, kind: str, words: str) -> None:
        """Say what came of a job, under the list."""
        self.said.say(kind, words)
        self._said_row.show()

    def hush(self) -> None:
        """What was said is over."""
        self._said_row.hide()

    def set_narrow(self, narrow: bool) -> None:
        """Leave the notes room where the window is small."""
        self.grid.set_width(0, _UNIT_NARROW if narrow else _UNIT)

    def _lay_out(self) -> None:
        self.title.hide()
        self.note.hide()
        self.head.insertWidget(0, self.tabs)
        self.head.addWidget(self.sum)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        for part in (self.grid, self._empty, self._nothing):
            self.body.addWidget(part, 1)
        self.body.addWidget(self._said_row)
        self._said_row.hide()
        bar = self.add_bar()
        sign = QLabel()
        sign.setPixmap(icon("download-simple").pixmap(16, 16))
        bar.addWidget(sign)
        how = Elided()
        how.setProperty("role", "note")
        how.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        how.say("把报送文件或文件夹拖到这里，或插上优盘按 Ctrl+D")
        bar.addWidget(how, 1)
        bar.addWidget(self._button)

    def _show(self) -> None:
        if self._all is None:
            return
        listed = [one for one in self._all if self._belongs(one) and self._answers(one)]
        self.shown = {one.key: one for one in listed}
        same = next((one.key for one in listed if one.digest and one.digest == self._digest), "")
        self.grid.show_lines([_line(one) for one in listed], same)
        self.grid.setVisible(bool(listed))
        empty = not listed and not self._text and self.tabs.current == "pending"
        self._empty.setVisible(empty)
        self._nothing.setVisible(not listed and not empty)
        self._nothing.setText(_NOT_FOUND if self._text else "这里还没有文件。")
        self._button.setVisible(not empty)
        self._choose()

    def _choose(self) -> None:
        one = self.chosen
        self._digest = one.digest if one else ""
        self.chosen_changed.emit()

    def _belongs(self, one: Delivery) -> bool:
        return self.tabs.current == "all" or one.pending == (self.tabs.current == "pending")

    def _answers(self, one: Delivery) -> bool:
        wanted, answers = lookup_key(self._text), matcher(self._text)
        told = (one.title, one.name, one.number)
        return not wanted or any(wanted in lookup_key(t) or answers(initials_key(t)) for t in told)


def _line(one: Delivery) -> Line:
    words, kind = standing_chip(one)
    return Line(
        one.key,
        (
            Cell(one.station_name or one.name, bold=one.standing in MERGEABLE),
            Cell(one.number),
            Cell(one.dated[5:]),
            Cell("—" if one.records is None else f"{one.records:,}"),
            Cell(words, chip=kind),
            quiet(one.note),
        ),
    )


def _padded(inner: QWidget) -> QWidget:
    row = QWidget()
    column = QVBoxLayout(row)
    column.setContentsMargins(LIGHT.margin, 6, LIGHT.margin, 6)
    column.addWidget(inner)
    return row
