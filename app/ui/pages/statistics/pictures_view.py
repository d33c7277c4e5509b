"""Two pictures: visits week by week against the plan, and demands by category."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.services.figures.pictures import Category, Week
from app.services.figures.pictures_behind import behind_category, behind_week
from app.services.figures.statistics import Statistics
from app.ui.found_list import open_found
from app.ui.page_context import PageContext
from app.ui.parts.card import Card
from app.ui.parts.chart import Legend, Picture
from app.ui.parts.open_chart import OpenChart, Series
from app.ui.theme import LIGHT


class PicturesView(QWidget):
    """The same numbers as on the other views, for the eye; a bar or point opens its records."""

    def __init__(self, desk: PageContext) -> None:
        super().__init__()
        self._desk = desk
        self._campaign: str | None = None
        self._weeks: Sequence[Week] = ()
        self._categories: Sequence[Category] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.weeks = OpenChart({Series.BAR: "已走访", Series.LINE: "安排走访"})
        self.categories = OpenChart({Series.BAR: "诉求", Series.PART: "已办结"})
        self.weeks.opened.connect(self._open_week)
        self.categories.opened.connect(self._open_category)
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
        """The first picture that there is."""
        there = (one for one in (self.weeks, self.categories) if one.chosen)
        next(there, self).setFocus()

    def set_narrow(self, narrow: bool) -> None:
        """The pictures shrink by themselves."""

    def show_statistics(self, seen: Statistics) -> None:
        """Draw what was counted."""
        self._campaign = seen.campaign
        self.show_pictures(seen.weeks, seen.categories)

    def show_pictures(self, weeks: Sequence[Week], categories: Sequence[Category]) -> None:
        """Draw the weeks and the categories, or say that there are none."""
        self._weeks, self._categories = weeks, categories
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

    def _open_week(self, series: str, place: int) -> None:
        planned = series == Series.LINE
        monday = self._weeks[place].monday
        open_found(
            self._desk,
            partial(behind_week, self._desk.office, self._campaign, monday, planned=planned),
        )

    def _open_category(self, series: str, place: int) -> None:
        one, closed = self._categories[place], series == Series.PART
        open_found(
            self._desk,
            partial(behind_category, self._desk.office, self._campaign, one, closed=closed),
        )
