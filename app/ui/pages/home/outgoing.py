"""报送与备份: what was sent and whether it arrived, and how old the last backup is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Signal

from app.services.todo.today import Parcel, Today
from app.ui.keys import UP_DOWN, Key, tell
from app.ui.pages.home.words import backup_state, near, when
from app.ui.parts.card import Card
from app.ui.parts.chip import chip_width
from app.ui.parts.column_widths import wide_enough
from app.ui.parts.loading import Awaited
from app.ui.parts.table import Cell, Column, Table
from app.ui.theme import LIGHT

_HEADS = ("什么", "时间", "怎样")
_ROW = 36
_ABOVE = {"county": "市总", "township": "县总"}


class OutgoingCard(Card):
    """`asked(place)`: Enter on a line goes where the next step is."""

    asked = Signal(str)

    def __init__(self, role: str) -> None:
        self._city = role == "city"
        super().__init__("收件与备份" if self._city else "报送与备份")
        self._above = _ABOVE.get(role, "上级")
        self._places: list[str] = []
        self.table = Table("报送与备份", _columns(()), row_height=_ROW, heads=False, quiet=True)
        self.table.entered_row.connect(self.go)
        tell(self.table, UP_DOWN("选一行"), Key("Enter", "去办"))
        self.body.setContentsMargins(0, 0, 0, 0)
        self.awaited = Awaited(self.table)
        self.body.addWidget(self.awaited)
        self.setFixedHeight(LIGHT.icon_row + 3 * _ROW + 6)

    def show_today(self, seen: Today) -> None:
        """Show the newest packages and the backup."""
        rows = [self._parcel(one, seen.date) for one in seen.parcels]
        self._places = ["inbox" if self._city else "submit"] * len(rows)
        if not rows:
            none = "还没有收到报送" if self._city else "还没有报送过"
            rows.append([Cell(none, sign="paper-plane-tilt"), Cell(), Cell()])
            self._places = ["inbox" if self._city else "submit"]
        rows.append(_backup(seen))
        self._places.append("settings")
        self.table.set_columns(_columns(rows))
        self.table.set_rows(rows)
        self.awaited.answer()
        self.note.setText(_next(seen, city=self._city))

    def _parcel(self, one: Parcel, today: dt.date) -> list[Cell]:
        if self._city:
            state = Cell(f"已汇总 {one.records:,} 条", chip="ok")
        elif one.done:
            state = Cell(f"{self._above}已收 {one.records:,} 条", chip="ok")
        else:
            state = Cell("没有回执", chip="warning")
        sign = "tray" if self._city else "paper-plane-tilt"
        return [Cell(one.title, sign=sign), Cell(near(one.on, today)), state]

    def go(self, row: int) -> None:
        """Go where the next step of a line is."""
        if 0 <= row < len(self._places):
            self.asked.emit(self._places[row])


def _columns(rows: Sequence[Sequence[Cell]]) -> list[Column]:
    """Time and state as wide as their words: the name gets all the rest."""
    times = wide_enough("", (row[1].text for row in rows))
    states = max((chip_width(row[2].text) for row in rows), default=0) + LIGHT.margin + 8
    return [Column(_HEADS[0]), Column(_HEADS[1], times), Column(_HEADS[2], states)]


def _backup(seen: Today) -> list[Cell]:
    words, kind = backup_state(seen.backup, seen.date)
    moment = when(seen.backup.at, seen.date) if seen.backup else ""
    return [Cell("备份", sign="hard-drive"), Cell(moment), Cell(words, chip=kind)]


def _next(seen: Today, *, city: bool) -> str:
    """The next step, in a few words."""
    lines = {one.name: one.count for one in seen.waiting}
    old = seen.backup is None or _days(seen.backup.at, seen.date) > 0
    if city and lines.get("to_merge"):
        return f"下一步：汇总 {lines['to_merge']:,} 份"
    if lines.get("unsent") and not city:
        return f"下一步：报送 {lines['unsent']:,} 条改动"
    if lines.get("sent"):
        return "下一步：向上级要回执"
    return "下一步：备份今天的数据" if old else "今天都办好了"


def _days(moment: str, today: dt.date) -> int:
    return (today - dt.datetime.fromisoformat(moment).date()).days
