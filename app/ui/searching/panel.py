"""The panel under the search box: what answers, moved through without leaving the box."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QListView, QStackedWidget, QVBoxLayout, QWidget

from app.services.lists.searching import Found
from app.ui.parts.label import label
from app.ui.searching.results_delegate import HEIGHTS, ResultsDelegate
from app.ui.searching.results_model import ROW, Heading, More, Result, ResultsModel
from app.ui.theme import LIGHT

WIDTH = 480
_EDGE = 8
_BORDER = 4
_NOTHING = 84
_STYLE = f"""#results {{
    background: {LIGHT.card}; border: 1px solid {LIGHT.control}; border-radius: 4px;
}}"""


class ResultsPanel(QFrame):
    """Lies over the page, a child of the frame and no window: the focus stays in the box.

    `chosen` brings the `Result` or `More` that was clicked.
    """

    chosen = Signal(object)

    def __init__(self, frame: QWidget) -> None:
        super().__init__(frame)
        self._frame = frame
        self.setObjectName("results")
        self.setStyleSheet(_STYLE)
        self.model = ResultsModel(self)
        self._list = self._made_list()
        self._nothing = label(role="note")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setWordWrap(True)
        self._nothing.setMargin(LIGHT.margin)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self._stack)
        self.hide()

    @property
    def current(self) -> Result | More | None:
        """The row that Enter takes."""
        row = self._list.currentIndex().data(ROW) if self.isVisible() else None
        return row if isinstance(row, (Result, More)) else None

    def show_found(self, found: Found, first: Sequence[str], below: QWidget) -> None:
        """Show what was found under a widget of the frame, the best of it marked."""
        self.model.show_found(found, first)
        behind = "正在整理搜索，查找会慢一些。\n" if found.behind else ""
        self._nothing.setText(
            f"{behind}没有找到“{found.text.strip()}”。\n"
            "可以输入编号、单位、姓名、拼音首字母，或者证号、代码、电话的一部分。"
        )
        self._stack.setCurrentIndex(0 if found.groups else 1)
        self.setAccessibleDescription("" if found.groups else self._nothing.text())
        self._place(below)
        self.show()
        self.raise_()
        self._go_to(self._next(-1, 1))
        self._list.scrollToTop()

    def move_by(self, step: int) -> None:
        """Mark a row further down or up; it stops at the ends."""
        row = self._list.currentIndex().row()
        for _ in range(abs(step)):
            row = self._next(row, 1 if step > 0 else -1)
        self._go_to(row)

    def _next(self, row: int, step: int) -> int:
        """The nearest row in a direction that can be chosen, or the row itself."""
        rows = self.model.rows
        goal = row + step
        while 0 <= goal < len(rows) and isinstance(rows[goal], Heading):
            goal += step
        return goal if 0 <= goal < len(rows) else row

    def _go_to(self, row: int) -> None:
        index = self.model.index(row) if row >= 0 else QModelIndex()
        self._list.setCurrentIndex(index)
        if row == 1:
            self._list.scrollToTop()

    def _place(self, below: QWidget) -> None:
        frame = self._frame
        corner = below.mapTo(frame, QPoint(below.width(), below.height() + 4))
        rows = sum(HEIGHTS[type(row)] for row in self.model.rows)
        wanted = rows + _BORDER if rows else _NOTHING
        width = min(WIDTH, frame.width() - 2 * _EDGE)
        height = min(wanted, frame.height() - corner.y() - LIGHT.hint_bar - _EDGE)
        left = max(_EDGE, min(corner.x() - width, frame.width() - width - _EDGE))
        self.setGeometry(left, corner.y(), width, height)

    def _made_list(self) -> QListView:
        made = QListView()
        made.setModel(self.model)
        made.setItemDelegate(ResultsDelegate(made))
        made.setFrameShape(QFrame.Shape.NoFrame)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setMouseTracking(True)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        made.setAccessibleName("查找结果")
        made.clicked.connect(self._click)
        return made

    def _click(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if isinstance(row, (Result, More)):
            self.chosen.emit(row)
