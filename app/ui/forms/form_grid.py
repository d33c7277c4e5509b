"""Places labels, fields and messages: one column, two from 560 pixels on.

The widgets keep their parent and their order when the width changes, so neither the
focus nor a composition is lost; only their places move.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QWidget

from app.domain.kernel.fields import Kind
from app.ui.fields.editor import ROW
from app.ui.forms.form_cell import FormCell
from app.ui.forms.form_layout import PlacedGroup
from app.ui.theme import LIGHT

TWO_COLUMNS_FROM = 560
MARGIN = 16
_EDGE_LEAST = 4
_LABEL_GAP = 12
_COLUMN_GAP = 20
_ROW_GAP = 4
_HEAD = 36
_LABEL_LEAST = 56
_NOTE = 18
_HALF_LEAST = 120


@dataclass(slots=True)
class _Columns:
    """The x positions of labels and fields at the present width."""

    label: int
    field: int
    right: int
    second_label: int
    second_field: int


class FormGrid(QWidget):
    """The fields of a form on one surface; `height_changed` when they need another height."""

    height_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self._groups: list[tuple[QLabel, QFrame | None, list[list[FormCell]]]] = []
        self._pending = QTimer(self)
        self._pending.setSingleShot(True)
        self._pending.timeout.connect(self.arrange)

    def add_group(self, group: PlacedGroup, lines: list[list[FormCell]]) -> None:
        """Add a group under a line, with the cells made for it."""
        title, note = group.title, group.note
        head = QLabel(_heading(title, note), self)
        head.setTextFormat(Qt.TextFormat.RichText)
        head.setVisible(bool(title))
        rule = None
        if self._groups:
            rule = QFrame(self)
            rule.setProperty("role", "rule")
        self._groups.append((head, rule, lines))

    def cells(self) -> Iterator[FormCell]:
        """All cells from top to bottom."""
        for _, _, lines in self._groups:
            for line in lines:
                yield from line

    @property
    def two_columns(self) -> bool:
        """Whether two fields stand side by side."""
        return self.width() >= TWO_COLUMNS_FROM

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes as the eye does; Qt alone would go as the widgets were made."""
        stops = [stop for cell in self.cells() if cell.stands for stop in cell.editor.stops()]
        step = 1 if forward else -1
        here = QApplication.focusWidget()
        place = stops.index(here) + step if here in stops else -1
        if 0 <= place < len(stops):
            reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
            stops[place].setFocus(reason)
            return True
        return self._leave(forward)

    def _leave(self, forward: bool) -> bool:
        """Go to what stands before or after the form."""
        inside = {self, *self.findChildren(QWidget)}
        widget: QWidget = self
        for _ in range(10_000):
            found = widget.nextInFocusChain() if forward else widget.previousInFocusChain()
            if found is None:
                return False
            widget = found
            tabs = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            if widget is self:
                return False
            if widget not in inside and tabs and widget.isVisible() and widget.isEnabled():
                widget.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return False

    def height_for(self, width: int) -> int:
        """The height that the fields need at a width."""
        if self.width() != width:
            self.resize(width, self.height())
        else:
            self.arrange()
        return self.minimumHeight()

    def arrange_soon(self) -> None:
        """Arrange once after all that happens now."""
        self._pending.start(0)

    def arrange(self) -> None:
        """Give every widget its place and the canvas its height."""
        self._pending.stop()
        for cell in self.cells():
            cell.show_standing()
        rows = [list(self._rows(_standing(lines))) for _, _, lines in self._groups]
        columns = self._columns([row for group in rows for row in group])
        y = 8
        for (head, rule, _), group in zip(self._groups, rows, strict=True):
            if rule is not None:
                rule.setVisible(bool(group))
            if not group:
                head.hide()
                continue
            y = self._head(head, rule, group, y)
            for row in group:
                y = self._row(row, columns, y)
            y += 8
        grown = self.minimumHeight() != y + 8
        self.setMinimumHeight(y + 8)
        if grown:
            self.height_changed.emit()
        if self.height() < y + 8:
            # At once, so that what stands at the end can be scrolled to.
            self.resize(self.width(), y + 8)

    def _room(self) -> int:
        """The width between the margins; a scroll bar beside it is a part of the right one."""
        view = self.parentWidget()
        area = view.parentWidget() if view is not None else None
        bar = area.width() - self.width() if area is not None else 0
        return self.width() - MARGIN - max(_EDGE_LEAST, MARGIN - max(bar, 0))

    def _head(
        self, head: QLabel, rule: QFrame | None, group: Sequence[Sequence[FormCell]], y: int
    ) -> int:
        if rule is not None:
            rule.setGeometry(MARGIN, y, self._room(), 1)
            y += 4
        # A table has its own heading; the group's would say the same twice.
        first = group[0][0]
        own = first.editor.block and first.placed.label in head.text()
        head.setVisible("<b></b>" not in head.text() and not own)
        if head.isHidden():
            return y
        head.setGeometry(MARGIN, y, self._room(), _HEAD - 4)
        return y + _HEAD

    def _rows(self, lines: Iterable[list[FormCell]]) -> Iterator[list[FormCell]]:
        """Pairs stay; with two columns, neighbours that stand alone become pairs too."""
        waiting: list[FormCell] = []
        for line in lines:
            alone = len(line) == 1 and not line[0].placed.wide and self.two_columns
            if not alone:
                if waiting:
                    yield waiting
                    waiting = []
                yield line
            elif waiting:
                yield [*waiting, *line]
                waiting = []
            else:
                waiting = list(line)
        if waiting:
            yield waiting

    def _columns(self, rows: list[list[FormCell]]) -> _Columns:
        firsts = [row[0] for row in rows if not row[0].editor.block]
        seconds = [row[1] for row in rows if len(row) > 1]
        first = max((one.label_width() for one in firsts), default=0)
        second = max((one.label_width() for one in seconds), default=0)
        first, second = max(first, _LABEL_LEAST), max(second, _LABEL_LEAST)
        field = MARGIN + first + _LABEL_GAP
        right = MARGIN + self._room()
        half = (right - field - _COLUMN_GAP - second - _LABEL_GAP) // 2
        second_field = right - half
        return _Columns(MARGIN, field, right, second_field - _LABEL_GAP - second, second_field)

    def _row(self, row: list[FormCell], columns: _Columns, y: int) -> int:
        if row[0].editor.block:
            return self._block(row[0], y)
        if len(row) == 1:
            half = self.two_columns and not row[0].placed.wide
            right = columns.second_label - _COLUMN_GAP if half else columns.right
            height = self._field(row[0], columns.label, columns.field, right, y)
        elif self.two_columns:
            first_right = columns.second_label - _COLUMN_GAP
            height = max(
                self._field(row[0], columns.label, columns.field, first_right, y),
                self._field(row[1], columns.second_label, columns.second_field, columns.right, y),
            )
        else:
            return self._pair(row, columns, y)
        return self._say(row, columns, y + height) + _ROW_GAP

    def _pair(self, row: list[FormCell], columns: _Columns, y: int) -> int:
        """Two short fields on one line of a narrow form, or below each other."""
        second = row[1]
        label = second.label_width()
        least = row[0].editor.natural_width() or _HALF_LEAST
        gaps = 2 * _LABEL_GAP + label
        room = columns.right - columns.field - gaps
        natural = second.editor.natural_width()
        wide = min(natural, room - least) if natural else room // 2
        start = columns.right - wide
        first_right = start - gaps
        if room - wide < least or wide < self._enough(second, natural):
            y = self._row([row[0]], columns, y)
            return self._row([second], columns, y)
        height = max(
            self._field(row[0], columns.label, columns.field, first_right, y),
            self._field(second, start - _LABEL_GAP - label, start, columns.right, y),
        )
        return self._say(row, columns, y + height) + _ROW_GAP

    def _enough(self, cell: FormCell, natural: int | None) -> int:
        """The width that does: a list of codes is as wide as its longest, which is rare."""
        if natural is None:
            return _HALF_LEAST
        listed = cell.spec.kind is Kind.CODE and natural > _HALF_LEAST
        return max(_HALF_LEAST, natural * 4 // 5) if listed else natural

    def _field(self, one: FormCell, label_x: int, x: int, right: int, y: int) -> int:
        """Place one field; its height."""
        natural = one.editor.natural_width()
        width = right - x if natural is None else min(natural, right - x)
        height = one.editor.height_for(width)
        label_width = x - _LABEL_GAP - label_x
        label = max(ROW, one.label.heightForWidth(label_width))
        one.label.setGeometry(label_x, y, label_width, label if label <= ROW else ROW + 6)
        one.editor.setGeometry(x, y, width, height)
        if one.note.text() and height > ROW:
            one.note.setGeometry(label_x, y + ROW - 4, label_width, _NOTE)
            one.note.show()
        else:
            one.note.setVisible(bool(one.note.text()) and self._beside(one, x + width, right, y))
        return height

    def _beside(self, one: FormCell, x: int, right: int, y: int) -> bool:
        """A count beside a short field, where there is room."""
        width = one.note.sizeHint().width()
        one.note.setGeometry(x - width - 8, y + 7, width, _NOTE)
        one.note.raise_()
        return right >= x

    def _block(self, one: FormCell, y: int) -> int:
        """A table under its own heading, over the whole width."""
        width = self._room()
        label = one.label.fontMetrics().horizontalAdvance(one.label.text()) + 24
        one.label.setGeometry(MARGIN, y, label, ROW)
        one.note.setGeometry(MARGIN + label, y, width - label, ROW)
        one.note.setVisible(bool(one.note.text()))
        height = one.editor.height_for(width)
        one.editor.setGeometry(MARGIN, y + ROW, width, height)
        y += ROW + height
        for line in one.messages.lines:
            line.setGeometry(MARGIN, y, width, line.height_for(width))
            y += line.height() + 2
        return y + _ROW_GAP

    def _say(self, row: list[FormCell], columns: _Columns, y: int) -> int:
        """The messages of a line, each from its field's left edge where it fits there."""
        bottom, taken = y, columns.field
        for one in row:
            top = y
            for line in one.messages.lines:
                wanted = min(line.wanted_width(), columns.right - columns.field)
                x = max(columns.field, min(one.editor.x(), columns.right - wanted))
                if x < taken:
                    top = max(top, bottom)
                line.setGeometry(x, top + 1, wanted, line.height_for(wanted))
                top += line.height() + 3
                bottom = max(bottom, top)
            taken = max([taken, *(line.geometry().right() + 12 for line in one.messages.lines)])
        return bottom


def _standing(lines: Iterable[list[FormCell]]) -> Iterator[list[FormCell]]:
    """The lines without the fields that are out of the way."""
    for line in lines:
        if standing := [cell for cell in line if cell.stands]:
            yield standing


def _heading(title: str, note: str) -> str:
    small = f"font-size: {LIGHT.small}px; color: {LIGHT.text2}"
    return f'<b>{escape(title)}</b>&nbsp;&nbsp;&nbsp;<span style="{small}">{escape(note)}</span>'
