"""Two pictures: visits week by week against the plan, and demands by category."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.services.figures.pictures import Category, Week
from app.services.figures.statistics import Statistics
from app.ui.parts.card import Card
from app.ui.parts.chart import Chart, Legend, Picture
from app.ui.theme import LIGHT


class PicturesView(QWidget):
    """The same numbers as on the other views, for the eye."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.weeks, self.categories = Chart(), Chart()
        self._plan = Legend(("已走访", "bar"), ("安排走访", "line"))
        self._closed = Legend(("已办结", "bar"), ("没有办结", "pale"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LIGHT.gap)
        cards = (
            ("每周走访", "次", self._plan, self.weeks, 3),
            ("意见诉求", "件，按类别", self._closed, self.categories, 2),
        )
        for title, unit, legend, chart, share in cards:
            card = Card(title, unit)
            card.head.addWidget(legend)
            card.body.setContentsMargins(0, 4, 0, 4)
            card.body.addWidget(chart)
            row.addWidget(card, share)

    def activate(self) -> None:
        """Nothing is chosen here."""
        self.setFocus()

    def set_narrow(self, narrow: bool) -> None:
        """The pictures shrink by themselves."""

    def show_statistics(self, seen: Statistics) -> None:
        """Draw what was counted."""
        self.show_pictures(seen.weeks, seen.categories)

    def show_pictures(self, weeks: Sequence[Week], categories: Sequence[Category]) -> None:
        """Draw the weeks and the categories, or say that there are none."""
        if any(week.visits or week.planned for week in weeks):
            self.weeks.show_picture(
                Picture(
                    "每周走访次数",
                    tuple(f"{week.monday.month}-{week.monday.day:02d}" for week in weeks),
                    tuple(week.visits for week in weeks),
                    tuple(week.planned for week in weeks),
                )
            )
        else:
            self.weeks.say("还没有走访，也没有安排。")
        if any(one.raised for one in categories):
            self.categories.show_picture(
                Picture(
                    "意见诉求按类别",
                    tuple(one.title for one in categories),
                    tuple(one.raised for one in categories),
                    part=tuple(one.closed for one in categories),
                )
            )
        else:
            self.categories.say("还没有意见诉求。")
