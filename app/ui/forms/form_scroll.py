"""The part of a form one sees: it follows the field one is in."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea

from app.ui.fields.line import Line
from app.ui.forms.form_cell import FormCell
from app.ui.forms.form_grid import FormGrid

_MOST = 160
"""Half the height that is shown of a tall field, in pixels."""


class FormArea(QScrollArea):
    """Scrolls a form up and down; an open list closes when it does."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().valueChanged.connect(self._close_lists)
        self.canvas = FormGrid()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._show_focus)

    def hold(self, canvas: FormGrid) -> None:
        """Show another form's fields in place of these."""
        self.canvas = canvas
        self.setWidget(canvas)
        canvas.setAutoFillBackground(False)

    def show_cell(self, cell: FormCell) -> None:
        """Scroll to a field with its messages; within a table, to the row one is in."""
        self.canvas.arrange()
        if cell.editor.block:
            self._soon.start(0)
        else:
            self._show(cell.rect())

    def _show_focus(self) -> None:
        here = QApplication.focusWidget()
        if here is not None and self.canvas.isAncestorOf(here):
            self._show(QRect(here.mapTo(self.canvas, QPoint(0, 0)), here.size()))

    def _show(self, rect: QRect) -> None:
        centre, half = rect.center(), min(rect.height() // 2 + 40, _MOST)
        self.ensureVisible(centre.x(), centre.y(), 0, half)

    def _close_lists(self) -> None:
        for line in self.findChildren(Line):
            line.close_list()
