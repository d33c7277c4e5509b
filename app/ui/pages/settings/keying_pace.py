"""录入情况: what each operator keyed in the last days, for the office itself."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from app.services.people.keying_pace import DAYS, Pace, keying_pace
from app.ui.keys import ESCAPE, UP_DOWN, Action, tell
from app.ui.page_context import PageContext
from app.ui.pages.settings.panel import Panel, fit_height
from app.ui.parts.table import Cell, Column, Table
from app.ui.theme import LIGHT

_COLUMNS = (
    Column("姓名", 160),
    Column("填写（条）", 110, right=True),
    Column("用时", 120, right=True),
    Column("每小时（条）", 120, right=True),
    Column("后来更正（条）", 130, right=True),
    Column(""),
)
_MOST_ROWS = 10


class PacePanel(Panel):
    """A row for everybody who keyed something from paper."""

    def __init__(self, desk: PageContext) -> None:
        super().__init__(desk)
        why = self.explain(
            f"近 {DAYS} 天照纸面填写的走访、困难职工档案和帮扶记录；导入的不算，停下 15 分钟以上的"
            "时间不算。后来更正，是保存以后又改了纸面上的内容。只给本单位自己看，不报送。"
        )
        why.setContentsMargins(LIGHT.margin, 0, LIGHT.margin, 0)
        self.table = Table("录入情况", _COLUMNS)
        tell(self.table, UP_DOWN)
        self.column.setContentsMargins(0, LIGHT.gap, 0, LIGHT.gap)
        self.column.addWidget(self.table)
        self.column.addStretch(1)
        self.back = Action(ESCAPE("返回"), lambda: None, self)
        self.add_bar([self.back], None)

    def activate(self) -> None:
        self.table.setFocus()

    def load(self) -> None:
        """Count again."""
        job = partial(keying_pace, self.desk.office)
        self.await_first(self.desk.worker.read(job)).done.connect(self._show)

    def _show(self, found: Sequence[Pace]) -> None:
        self.table.set_rows([_row(one) for one in found])
        fit_height(self.table, len(found), _MOST_ROWS)
        if not found:
            self.say("info", f"近 {DAYS} 天没有人照纸面填写过。")


def _row(one: Pace) -> list[Cell | str]:
    minutes = round(one.seconds / 60)
    spent = f"{minutes} 分钟" if minutes < 60 else f"{minutes / 60:.1f} 小时"
    figures = map(str, (one.records, spent, one.an_hour, one.corrected))
    return [Cell(one.name, bold=True), *figures, ""]
