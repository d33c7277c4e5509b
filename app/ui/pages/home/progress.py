"""规上企业走访进度: month by month, what was visited and what was due."""

from __future__ import annotations

from app.services.todo.campaign_progress import CampaignProgress
from app.ui.parts.card import Card
from app.ui.parts.chart import Legend, Picture
from app.ui.parts.loading import Awaited
from app.ui.parts.open_chart import OpenChart, Series

_MISSED = {False: "规模", True: "所在乡镇"}


class ProgressCard(Card):
    """Awaited until the figures are counted."""

    def __init__(self) -> None:
        super().__init__("规上企业走访进度", "累计，户")
        self.legend = Legend(("已走访", "bar"), ("应完成", "line"))
        self.head.addWidget(self.legend)
        self.chart = OpenChart({Series.BAR: "已走访", Series.LINE: "应完成"})
        self.legend.hide()
        self.body.setContentsMargins(0, 4, 0, 0)
        self.awaited = Awaited(self.chart, "正在统计")
        self.body.addWidget(self.awaited)

    def say(self, words: str) -> None:
        """Say why there is no picture."""
        self.legend.hide()
        self.chart.say(words)
        self.awaited.answer()

    def show_headway(self, seen: CampaignProgress) -> None:
        """Draw what was counted."""
        self.title.setText("企业走访进度" if seen.all_firms else "规上企业走访进度")
        if not seen.wanted:
            unknown = (
                f"有 {seen.unknown:,} 户没有填{_MISSED[seen.all_firms]}。" if seen.unknown else ""
            )
            self.say(f"{unknown}在单位名录里填好{_MISSED[seen.all_firms]}，\n这里就有走访进度。")
            return
        self.awaited.answer()
        self.legend.show()
        self.legend.labels[1].setText("应完成（安排）" if seen.planned else "应完成（平均）")
        self.chart.show_picture(
            Picture(
                f"{self.title.text()}，累计户数",
                tuple(f"{month.first.month}月" for month in seen.months),
                tuple(month.covered for month in seen.months),
                tuple(month.due for month in seen.months),
            )
        )
