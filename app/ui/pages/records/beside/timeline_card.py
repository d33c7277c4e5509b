"""The third card 经过: figures, and everything that happened around the record."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.records import Aid, Record
from app.services.lists import timelines
from app.services.lists.record_sheet import Opened
from app.services.lists.timelines import Event, Figure, Timeline
from app.ui.keys import UP_DOWN, Key, tell
from app.ui.lists.timeline_list import Moment, TimelineList
from app.ui.page_context import PageContext
from app.ui.pages.records.kind import ThirdCard
from app.ui.parts.card import Card
from app.ui.parts.label import label, surface
from app.ui.parts.loading import Awaited
from app.ui.theme import LIGHT

_ONLY_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
_IN_A_ROW = 4
"""Figures of four characters that stand beside each other in the third column."""


class TimelineCard(ThirdCard):
    """Read again whenever its record is shown; Enter opens what lies behind a moment."""

    def __init__(self, desk: PageContext, record_type: type[Record], title: str) -> None:
        super().__init__()
        self._desk, self._type = desk, record_type
        self._wanted = ""
        self._figures = QGridLayout()
        self._figures.setContentsMargins(LIGHT.margin, 8, 0, 8)
        self._figures.setHorizontalSpacing(0)
        self._figures.setVerticalSpacing(8)
        self._figures.setColumnStretch(_IN_A_ROW, 1)
        self.view = TimelineList(title)
        self.view.activated.connect(self._open)
        self.setFocusProxy(self.view)
        tell(self.view, UP_DOWN, Key("Enter", "打开这一条"))
        self._nothing = label("还没有经过可看", "note")
        self._nothing.setContentsMargins(LIGHT.margin, LIGHT.margin, 0, 0)
        card = Card(title)
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.setSpacing(0)
        self._band = surface("sub")
        self._band.setLayout(self._figures)
        told = QWidget()
        inner = QVBoxLayout(told)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        for part in (self._band, self._nothing):
            inner.addWidget(part)
        inner.addWidget(self.view, 1)
        self._awaited = Awaited(told)
        card.body.addWidget(self._awaited)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)

    def show_body(self, opened: Opened, body: Mapping[str, Any]) -> None:
        """A record that is still new has no past."""
        if opened.base is None:
            self._wanted = ""
            self._show("", Timeline((), ()))
            return
        job = partial(timelines.timeline, self._desk.office, self._type, opened.key)
        reading = self._desk.worker.read(job)
        reading.done.connect(partial(self._show, opened.key))
        if self._wanted != opened.key:
            self._awaited.wait(reading)
        self._wanted = opened.key

    def _show(self, key: str, line: Timeline) -> None:
        if key != self._wanted:
            return
        for old in self._band.findChildren(QWidget, options=_ONLY_DIRECT):
            old.deleteLater()
        for place, figure in enumerate(line.figures):
            self._figures.addWidget(_figure(figure), *divmod(place, _IN_A_ROW))
        self._band.setVisible(bool(line.figures))
        self._nothing.setVisible(not line.events)
        self.view.moments.show_moments([_moment(event) for event in line.events])
        self._awaited.answer()

    def _open(self) -> None:
        moment = self.view.current()
        if moment is not None:
            self._desk.open(moment.type, moment.key)


def _figure(figure: Figure) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, LIGHT.margin, 0)
    column.setSpacing(2)
    column.addWidget(label(figure.label, "note"))
    column.addWidget(label(f"{figure.value} {figure.unit}", "strong"))
    return part


def _moment(event: Event) -> Moment:
    when = event.day.isoformat() if event.day else ""
    full = event.type == Aid.type_name
    return Moment(
        event.title,
        when,
        event.words,
        event.state,
        "info",
        full=full,
        type=event.type,
        key=event.record,
    )
