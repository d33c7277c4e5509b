"""What there is to do today, read once for 首页 and the foot of the navigation."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from app.services.todo.today import today
from app.ui.page_context import PageContext
from app.ui.parts.reading import Reading

_NAME = "today"


def today_reading(desk: PageContext, parent: QObject) -> Reading:
    """The one reading of this desk; whoever asks first holds it. It goes with the frame."""
    known = desk.readings.get(_NAME)
    if known is None:
        known = Reading(desk.worker, partial(today, desk.office), parent, long=False)
        desk.readings[_NAME] = known
    return known
