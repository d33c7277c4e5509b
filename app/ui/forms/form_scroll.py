"""The part of a form one sees: it follows the field one is in."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from app.ui.fields.line import Line
from app.ui.forms.form_cell import FormCell
from app.ui.forms.form_grid import FormGrid

_MOST = 160
"""Half the height that is shown of a tall field, in pixels."""


class FormArea(QScrollArea):
    """Scrolls a form up and down; an open list closes when it does.

    A field that was gone to stays in sight when there is less room for the form.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().valueChanged.connect(self._close_lists)
        self.canvas = FormGrid()
        self._cell: FormCell | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._show_again)

    def hold(self, canvas: FormGrid) -> None:
        """Show another form's fields in place of these."""
        self.canvas, self._cell = canvas, None
        self.setWidget(canvas)
        canvas.setAutoFillBackground(False)

    def show_cell(self, cell: FormCell) -> None:
        """Scroll to a field with its messages; within a table, to the row one is in."""
        self._cell = cell
        self.canvas.arrange()
        if cell.editor.block:
            self._soon.start(0)
        else:
            self._show(cell.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        bottom = self.verticalScrollBar().value() + event.oldSize().height()
        super().resizeEvent(event)
        smaller = 0 < event.size().height() < event.oldSize().height()
        if smaller and self._cell is not None and self._cell.rect().top() < bottom:
            self._soon.start(0)

    def _show_again(self) -> None:
        """The field gone to, or the part of a table; the keyboard may be at a refusal by now."""
        cell = self._cell
        here: QWidget | None = self.canvas.focusWidget()
        if cell is None:
            return
        self.canvas.arrange()
        if not cell.editor.block:
            self._show(cell.rect())
        elif here is not None and cell.editor.isAncestorOf(here):
            self._show(QRect(here.mapTo(self.canvas, QPoint(0, 0)), here.size()))

    def _show(self, rect: QRect) -> None:
        centre, half = rect.center(), min(rect.height() // 2 + 40, _MOST)
        self.ensureVisible(centre.x(), centre.y(), 0, half)

    def _close_lists(self) -> None:
        for line in self.findChildren(Line):
            line.close_list()
