"""What is dragged over the board: units that wait, or plans that stand on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QWidget

UNITS, PLANS = "application/x-zoufang-units", "application/x-zoufang-plans"


def carried(kind: str, ids: Sequence[str]) -> QMimeData:
    """These ids, as a drag carries them."""
    data = QMimeData()
    data.setData(kind, "\n".join(ids).encode())
    return data


def ids_in(data: QMimeData, kind: str) -> tuple[str, ...]:
    """The ids of a kind that a drag carries; none where it carries something else."""
    if not data.hasFormat(kind):
        return ()
    return tuple(bytes(data.data(kind).data()).decode().split("\n"))


def is_far(pressed: QPoint | None, now: QPoint) -> bool:
    """Whether the mouse went so far with its button down that something is dragged."""
    if pressed is None:
        return False
    return (now - pressed).manhattanLength() >= QApplication.startDragDistance()


def begin(source: QWidget, kind: str, ids: Sequence[str]) -> None:
    """Drag these from here until the button is let go."""
    drag = QDrag(source)
    drag.setMimeData(carried(kind, ids))
    drag.exec(Qt.DropAction.MoveAction)
