"""The records behind a number: found beside the window, then shown as a list in their place."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from app.ui.page_context import PageContext
from app.ui.problems import Notice

if TYPE_CHECKING:
    from app.services.figures.totals_behind import Found


def open_found(desk: PageContext, job: Callable[[], Found]) -> None:
    """Show the list that a job finds, or say that its place cannot be opened now."""
    desk.worker.read(job).done.connect(partial(_show, desk))


def _show(desk: PageContext, found: Found) -> None:
    record_type, chip = found
    if not desk.show_list(record_type.type_name, (chip,)):
        desk.problems.noticed.emit(Notice("info", "这一页现在不能打开。"))
