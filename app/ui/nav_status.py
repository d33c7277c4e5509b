"""How the office stands, said at the foot of the navigation on every page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from PySide6.QtCore import QObject

from app.services.todo.deadlines import Deadline
from app.services.todo.today import Today
from app.ui.page_context import PageContext
from app.ui.shell.shell import Shell
from app.ui.today_reading import today_reading

_BADGES = ("unsent", "hazards", "grave", "to_merge")
"""The lines of 首页 whose number stands in the navigation too."""


class NavStatus(QObject):
    """Looks again a little after every write: days to the due date, what is unsent, the backup."""

    def __init__(self, desk: PageContext, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._marked: set[str] = set()
        self._reading = today_reading(desk, self)
        self._reading.done.connect(self._show)
        desk.worker.changed.connect(self._look_again)
        shell.gone_to.connect(self._look_again)
        self._reading.outdate()

    def _look_again(self, what: object) -> None:
        self._reading.outdate()

    def _show(self, seen: Today) -> None:
        self._shell.navigation.say(tuple(lines(seen)))
        counts = {one.page: one.count for one in seen.waiting if one.name in _BADGES}
        for place in self._marked | counts.keys():
            if self._shell.has_place(place):
                self._shell.set_badge(place, counts.get(place, 0))
        self._marked = set(counts)


def lines(seen: Today) -> Iterator[str]:
    """Three short lines at most."""
    if seen.deadline is not None and not seen.over:
        yield _deadline(seen.deadline)
    unsent = sum(one.count for one in seen.waiting if one.name == "unsent")
    if unsent:
        yield f"未报送 {unsent:,} 条"
    yield _backup(seen)


def _deadline(due: Deadline) -> str:
    if due.sent:
        return f"上报迟了 {due.late} 天" if due.late else "已按时上报"
    before, after = ("距截止", "截止已过") if due.gathered else ("距上报", "上报已超")
    return f"{before} {due.days} 天" if due.days >= 0 else f"{after} {-due.days} 天"


def _backup(seen: Today) -> str:
    if seen.backup is None:
        return "还没有备份"
    day = dt.date.fromisoformat(seen.backup.at[:10])
    return "今天已备份" if day == seen.date else f"上次备份 {day:%m-%d}"
