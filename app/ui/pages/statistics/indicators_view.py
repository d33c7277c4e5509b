"""指标进度: every indicator of the campaign, beside it its units, months and plan of years."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.campaign.indicators import Behind
from app.domain.records import Attainment
from app.services.figures import indicators, target_board
from app.services.figures.indicators import NOTHING, IndicatorsView, IndicatorView, UnitLine
from app.services.figures.statistics import Statistics
from app.services.figures.target_board import TargetBoard
from app.services.figures.target_board_files import BoardSheet
from app.services.lists.chips import of_these
from app.services.office.office import Office
from app.ui.keys import NEW, UP_DOWN, Action, Key, key, tell
from app.ui.page_context import PageContext
from app.ui.pages.statistics.allot_panel import AllotPanel
from app.ui.pages.statistics.target_views import TargetViews
from app.ui.parts.card import Card
from app.ui.parts.column_widths import wide_enough
from app.ui.parts.empty import EmptyState
from app.ui.parts.key_button import KeyButton
from app.ui.parts.label import label
from app.ui.parts.loading import Awaited
from app.ui.parts.table import Cell, Column, Table
from app.ui.theme import LIGHT
from app.ui.worker import Operation

ALLOT = key("Ctrl+D", "分解到单位")
_LEFT, _RIGHT = ("指标", "目标", "完成", "完成率"), ("单位", "完成", "目标", "完成率", "差额")
_REACHED, _ASKED, _GAP = 2, 2, 4
_LEFT_AWAY = ((), ()), ((_REACHED,), (_ASKED,)), ((_REACHED,), (_ASKED, _GAP))
"""What is left away of both tables, the more the less room there is."""
_NUMBER, _NAMES, _FRAME, _SHARE = 72, (168, 128), 14, 0.5
"""Pixels for a number at first, for the names left and right, beside; the left table's part."""
_NONE = ("target", "这个活动没有指标", "市总工会在“设置 → 活动”里添加指标，\n这里就有进度。")


class AttainmentsView(QWidget):
    """`listed` when the indicators stand there."""

    listed = Signal()

    def __init__(self, desk: PageContext, export: Action, print_it: Action) -> None:
        super().__init__()
        self._desk = desk
        self._campaign: str | None = None
        self._seen: IndicatorsView | None = None
        self._lines: Sequence[UnitLine] = ()
        self._reading: Operation | None = None
        self._outdated = True
        self.table, self.units = Table("指标", _columns(_LEFT)), Table("各单位", _columns(_RIGHT))
        self.note, self.months, self.years = (label(role="note") for _ in range(3))
        self.themes = label(role="note")
        for one in (self.note, self.months, self.years):
            one.setWordWrap(True)
        self._new = Action(NEW("填本月"), self._begin, self, icon="plus")
        self._allot = Action(ALLOT, self._share_out, self)
        self._allot.setVisible(desk.office.is_city)
        self.allotting: AllotPanel | None = None
        self._lay_out(export, print_it)
        self._listen()

    @property
    def shown(self) -> IndicatorsView | BoardSheet | None:
        """What stands there."""
        if self._seen is None or not self._seen.indicators:
            return None
        return self.views.sheet or self._seen

    @property
    def chosen(self) -> IndicatorView | None:
        """The indicator chosen."""
        told = self._seen.indicators if self._seen is not None else ()
        row = self.table.row
        return told[row] if 0 <= row < len(told) else None

    def activate(self) -> None:
        """Put the focus where one begins to look; count what was not counted yet."""
        if self._outdated:
            self._read()
        self.table.setFocus()
        self.views.activate()

    def set_narrow(self, narrow: bool) -> None:
        """The room of the pair is shared as wide as it is."""
        self.views.set_narrow(narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def show_statistics(self, seen: Statistics) -> None:
        """Something was counted anew, perhaps of another campaign."""
        self.set_campaign(seen.campaign)

    def set_campaign(self, code: str) -> None:
        """Show this campaign from now on, and read it again."""
        self._campaign = code
        self.outdate()

    def outdate(self) -> None:
        """Something was written: read again, at once where it is seen."""
        self._outdated = True
        if self.isVisible():
            self._read()

    # -- making

    def _lay_out(self, export: Action, print_it: Action) -> None:
        self._left, self._right = Card("指标", " "), Card(" ", " ")
        for card, inside in ((self._left, self.table), (self._right, self.units)):
            card.body.setContentsMargins(0, 0, 0, 0)
            card.body.addWidget(inside)
        foot = QVBoxLayout()
        foot.setContentsMargins(LIGHT.margin, 6, LIGHT.margin, 6)
        for line in (self.note, self.months, self.years):
            foot.addWidget(line)
        self._right.body.addLayout(foot)
        left, right = self._left.add_bar(), self._right.add_bar()
        for action in (self._new, self._allot):
            left.addWidget(KeyButton(action))
        left.addWidget(self.themes, 1)
        right.addStretch(1)
        right.addWidget(KeyButton(export))
        right.addWidget(KeyButton(print_it, primary=True))
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LIGHT.gap)
        row.addWidget(self._left)
        row.addWidget(self._right, 1)
        self.views = TargetViews(both, export, print_it)
        self.views.opened.connect(self._open_records)
        self._none = EmptyState(*_NONE)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.views)
        self._stack.addWidget(self._none)
        self._awaited = Awaited(self._stack, "正在统计")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._awaited)
        tell(self.table, UP_DOWN("选指标"), Key("Enter", "看是哪些记录"), self._new.key)
        tell(self.units, UP_DOWN("选单位"), Key("Enter", "看是哪些记录"))

    def _listen(self) -> None:
        self.table.chosen_row.connect(lambda row: self._list())
        self.table.entered_row.connect(lambda row: self._open(self._total))
        self.units.chosen_row.connect(self._tell_months)
        self.units.entered_row.connect(lambda row: self._open(partial(self._line, row)))

    def _share_room(self) -> None:
        """Numbers stand whole, names get what is left; what cannot be told is left away."""
        told = self._seen.indicators if self._seen is not None else ()
        numbers = (
            _widths(_LEFT, [_left(one) for one in told]),
            _widths(_RIGHT, [_right(line) for one in told for line in one.lines]),
        )
        room = self.width() - LIGHT.gap
        fitting = (away for away in _LEFT_AWAY if sum(_least(numbers, away)) <= room)
        away = next(fitting, _LEFT_AWAY[-1])
        for table, widths, places in zip((self.table, self.units), numbers, away, strict=True):
            for n, width in enumerate(widths, 1):
                table.setColumnWidth(n, width)
                table.setColumnHidden(n, n in places)
        left, right = _least(numbers, away)
        self._left.setFixedWidth(max(left, min(round(room * _SHARE), room - right)))

    # -- reading

    def _read(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
        self._outdated = False
        job = partial(_look, self._desk.office, self._campaign)
        self._reading = reading = self._desk.worker.read(job)
        reading.done.connect(partial(self._show, reading))
        self._awaited.wait(reading, at_once=False)

    def _show(self, reading: Operation, board: TargetBoard) -> None:
        if reading is not self._reading:
            return
        seen = self._seen = board.seen
        self.views.show_board(board)
        self._left.note.setText(f"截至 {seen.as_of}")
        self.themes.setText(f"重点领域：{'、'.join(seen.themes)}" if seen.themes else "")
        self.table.set_rows([_left(one) for one in seen.indicators])
        self._list()
        self._share_room()
        self._stack.setCurrentWidget(self.views if seen.indicators else self._none)
        self._awaited.answer()
        self.listed.emit()

    def _list(self) -> None:
        one = self.chosen
        if one is None:
            return
        self._lines = one.lines
        self._right.title.setText(f"{one.code} {one.title}")
        self._right.note.setText(one.standing)
        self.units.set_rows([_right(line) for line in one.lines])
        counted = f"由记录计算：{one.counted_as}" if one.counted_as else ""
        self.note.setText("；".join(filter(None, (one.allotted, counted, one.basis))))
        told = "；".join(f"{y.year} 年目标 {y.target}，完成 {y.reached}" for y in one.years)
        self.years.setText(f"{one.years[0].plan}：{told}" if one.years else "")
        self.years.setVisible(bool(one.years))
        self._tell_months(self.units.row)

    def _tell_months(self, row: int) -> None:
        if not 0 <= row < len(self._lines):
            return
        line = self._lines[row]
        months = "，".join(f"{month} {value}" for month, value in line.months)
        unseen = self.units.isColumnHidden(_ASKED) and line.target != NOTHING
        asked = f"目标 {line.target}，{line.gap}" if unseen else ""
        words = "；".join(filter(None, (asked, line.source, months, line.beside)))
        self.months.setText(f"{line.name}：{words}" if words else "")

    # -- what is done

    def _total(self) -> UnitLine | None:
        return self.chosen.total if self.chosen is not None else None

    def _line(self, row: int) -> UnitLine | None:
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def _open(self, which: Callable[[], UnitLine | None]) -> None:
        """The records that the number is made of."""
        one, line = self.chosen, which()
        if one is not None and line is not None:
            self._open_records(one, line)

    def _open_records(self, one: IndicatorView, line: UnitLine) -> None:
        behind: Behind | None = line.behind
        if behind is None or not behind.ids:
            return
        chip = of_these(sorted(behind.ids), f"{one.title} · {line.name}")
        self._desk.show_list(behind.record_type.type_name, (chip,))

    def _begin(self) -> None:
        """A new entry of the indicator chosen."""
        one, seen = self.chosen, self._seen
        if one is not None and seen is not None:
            typed = {"campaign": seen.campaign, "indicator": one.code}
            self._desk.start(Attainment.type_name, typed)

    def _share_out(self) -> None:
        one, seen = self.chosen, self._seen
        if one is None or seen is None:
            return
        if self.allotting is None:
            self.allotting = AllotPanel(self._desk)
            self.allotting.closed.connect(self._leave_allotting)
            self.allotting.kept.connect(self._read)
            self._stack.addWidget(self.allotting)
        self._stack.setCurrentWidget(self.allotting)
        self.allotting.begin(seen.campaign, one)

    def _leave_allotting(self) -> None:
        self._stack.setCurrentWidget(self.views)
        self.table.setFocus()


def _look(office: Office, campaign: str | None) -> TargetBoard:
    return target_board.board(office, indicators.look(office, campaign))


def _columns(heads: Sequence[str]) -> tuple[Column, ...]:
    """Names first, which get what is left over, then numbers."""
    return (Column(heads[0]), *(Column(head, _NUMBER, right=True) for head in heads[1:]))


def _widths(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[int]:
    """The columns of numbers, as wide as the widest of whichever indicator."""
    return [
        wide_enough(head, (row[n].text for row in rows), last=n == len(heads) - 1)
        for n, head in enumerate(heads[1:], 1)
    ]


def _least(numbers: Sequence[Sequence[int]], away: Sequence[Sequence[int]]) -> list[int]:
    """What the left and the right table take, beside bar and frame, without what is left away."""
    both = zip(numbers, away, _NAMES, strict=True)
    return [
        names + _FRAME + sum(width for n, width in enumerate(widths, 1) if n not in places)
        for widths, places, names in both
    ]


def _left(one: IndicatorView) -> list[Cell]:
    total = one.total
    return [
        Cell(f"{one.code} {one.title}"),
        Cell(one.asked),
        Cell(total.value if one.rate or total.value == NOTHING else f"{total.value} {one.unit}"),
        Cell(total.completion),
    ]


def _right(line: UnitLine) -> list[Cell]:
    return [
        Cell(line.name),
        Cell(line.value),
        Cell(line.target),
        Cell(line.completion),
        Cell(line.gap),
    ]
