"""What a person reads in a window: the words of every widget that can really be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QAbstractTableModel, QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_MARKUP = re.compile("<[^>]*>|&nbsp;")


def visible_words(window: QWidget) -> set[str]:
    """All of it; what lies under something else or outside of a scrolled part is not seen."""
    shown = [w for w in window.findChildren(QWidget) if _is_seen(w)]
    return {words for widget in shown for text in _texts(widget) if (words := _plain(text))}


def _is_seen(widget: QWidget) -> bool:
    if not widget.isVisible() or widget.visibleRegion().isEmpty():
        return False
    window = widget.window()
    where = widget.visibleRegion().boundingRect().center()
    on_top = window.childAt(widget.mapTo(window, where))
    return on_top is None or on_top is widget or widget.isAncestorOf(on_top)


def _texts(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    elif isinstance(widget, QComboBox):
        yield widget.currentText()
    elif isinstance(widget, QAbstractItemView):
        yield from _rows(widget)
    elif isinstance(widget, QTextEdit | QPlainTextEdit):
        yield widget.toPlainText()
    elif type(widget).paintEvent is not QWidget.paintEvent:
        yield widget.accessibleName()


def _rows(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    table = isinstance(model, QAbstractTableModel)
    columns = model.columnCount() if table else 1
    first = max(view.indexAt(QPoint(1, 1)).row(), 0)
    for row in range(first, min(model.rowCount(), first + 40)):
        for column in range(columns):
            index = model.index(row, column)
            if view.visualRect(index).intersects(view.viewport().rect()):
                words = index.data(Qt.ItemDataRole.DisplayRole)
                yield str(words or index.data(Qt.ItemDataRole.AccessibleTextRole) or "")


def _plain(text: str) -> str:
    return " ".join(_MARKUP.sub(" ", text).split())
