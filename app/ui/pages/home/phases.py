"""距上报还有几天, and the steps of the campaign with the one we are in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.records import Phase
from app.services.todo.deadlines import Deadline
from app.services.todo.today import Today
from app.ui.parts.card import Card
from app.ui.parts.label import label, surface
from app.ui.parts.loading import Awaited
from app.ui.theme import LIGHT, text_font

HEIGHT = 120
_BAR = 6
_GAP = 4


class PhaseCard(Card):
    """The countdown on the left, the campaign on the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self.title_of_due = label(role="label")
        self.days, self.unit = label(role="countdown"), label("天", "label")
        self.due = label(role="note")
        self.what = label(role="strong")
        self.campaign = label(role="note")
        self.bar = PhaseBar()
        for part in (self.what, self.campaign):
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._lay_out()

    def show_today(self, seen: Today) -> None:
        """Show where we are today."""
        self._count(None if seen.over else seen.deadline)
        if seen.over:
            self.title_of_due.setText("活动已结束")
            self.due.setText(f"{seen.deadline.due}截止" if seen.deadline else "")
        if not seen.campaign:
            self.what.setText("还没有收到活动")
            self.campaign.setText("接收上级工会的文件以后，这里显示步骤和期限。")
        elif seen.over or seen.deadline is None:
            self.what.setText(seen.title)
            self.campaign.setText("新的活动下发以后，这里显示它的步骤。" if seen.over else "")
        else:
            self.what.setText(seen.deadline.title)
            self.campaign.setText(seen.title)
        self.bar.show_phases(seen.phases, seen.date)
        self.awaited.answer()

    def _count(self, deadline: Deadline | None) -> None:
        heading, number = _countdown(deadline)
        self.title_of_due.setText(heading)
        self.days.setText(number)
        late = deadline is not None and (deadline.days < 0 if not deadline.sent else deadline.late)
        self.days.setStyleSheet("color: #963C0B;" if late else "")
        self.unit.setVisible(number.isdecimal())
        due = f"{deadline.due.month}月{deadline.due.day}日截止" if deadline else "没有规定日期"
        self.due.setText(due)

    def _lay_out(self) -> None:
        count = QVBoxLayout()
        count.setContentsMargins(LIGHT.margin, 13, LIGHT.margin, 9)
        count.setSpacing(0)
        number = QHBoxLayout()
        number.setSpacing(6)
        number.addWidget(self.days)
        number.addWidget(self.unit)
        number.addStretch(1)
        count.addWidget(self.title_of_due)
        count.addStretch(1)
        count.addLayout(number)
        count.addStretch(1)
        count.addWidget(self.due)
        rule = surface("rule")
        rule.setMaximumSize(1, 1000)
        rule.setMinimumHeight(0)
        steps = QVBoxLayout()
        steps.setContentsMargins(LIGHT.margin, 13, LIGHT.margin, 9)
        steps.setSpacing(2)
        steps.addWidget(self.what)
        steps.addWidget(self.campaign)
        steps.addStretch(1)
        steps.addWidget(self.bar)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(count)
        row.addWidget(_upright())
        row.addLayout(steps, 1)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.awaited = Awaited(inside)
        self.body.addWidget(self.awaited)


class PhaseBar(QWidget):
    """活动步骤 as a bar: what is past, how far the present one is, and what comes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._phases: tuple[Phase, ...] = ()
        self._today = dt.date.min
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(240, 48)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 48)

    def show_phases(self, phases: Sequence[Phase], today: dt.date) -> None:
        """Show these steps as of a day."""
        self._phases, self._today = tuple(phases), today
        now = current(self._phases, today)
        names = (f"{name_of(p)[0]}{'（现在）' if p is now else ''}" for p in self._phases)
        self.setAccessibleName("、".join(names))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._phases:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            now = current(self._phases, self._today)
            for phase, where in zip(self._phases, self._places(), strict=True):
                self._paint_bar(painter, phase, where, now)
                self._paint_words(painter, phase, where, bold=phase is now)

    def _places(self) -> list[QRect]:
        """Wider where the visits are; never narrower than its words."""
        small = QFontMetrics(text_font(LIGHT.small, bold=True))
        words = [max(map(small.horizontalAdvance, name_of(p))) + 8 for p in self._phases]
        weights = [2 if phase.concentrated else 1 for phase in self._phases]
        spare = self.width() - _GAP * (len(words) - 1) - sum(words)
        made, left = [], 0
        for word, weight in zip(words, weights, strict=True):
            width = word + max(spare, 0) * weight // sum(weights)
            made.append(QRect(left, 0, width, self.height()))
            left += width + _GAP
        return made

    def _paint_bar(self, painter: QPainter, phase: Phase, where: QRect, now: Phase | None) -> None:
        bar = QRect(where.left(), 0, where.width(), _BAR)
        past = phase is not now and _ended(phase, self._today)
        painter.setBrush(QColor(LIGHT.slate2 if past else "#D5DBE0"))
        painter.drawRoundedRect(bar, 3, 3)
        if phase is now:
            done = max(round(bar.width() * _share(phase, self._today)), _BAR * 2)
            painter.setBrush(QColor(LIGHT.slate))
            painter.drawRoundedRect(QRect(bar.left(), 0, done, _BAR), 3, 3)

    def _paint_words(self, painter: QPainter, phase: Phase, where: QRect, *, bold: bool) -> None:
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for line, text in enumerate(name_of(phase)):
            painter.setFont(text_font(LIGHT.small, bold=bold and line == 0))
            painter.setPen(QColor(LIGHT.text if bold and line == 0 else LIGHT.text2))
            box = QRect(where.left(), _BAR + 6 + 17 * line, where.width(), 17)
            painter.drawText(box, int(align), text)
        painter.setPen(Qt.PenStyle.NoPen)


def _countdown(deadline: Deadline | None) -> tuple[str, str]:
    """What is counted, and the number of days or a word in its place."""
    if deadline is None:
        return "上报期限", "—"
    if deadline.sent:
        return ("上报迟了", str(deadline.late)) if deadline.late else ("已上报", "按时")
    before, after = ("距截止", "截止已过") if deadline.gathered else ("距上报", "上报已超")
    return before if deadline.days >= 0 else after, str(abs(deadline.days))


def name_of(phase: Phase) -> tuple[str, str]:
    """动员部署 and 7月初, of 动员部署（7月初）."""
    name, _, time = phase.title.partition("（")
    return name, time.removesuffix("）").replace("月至", "—")


def current(phases: Sequence[Phase], today: dt.date) -> Phase | None:
    """The step we are in: of several that run the one that began last.

    A step without an end lasts until another begins; one that goes beside others until
    their end is none of its own.
    """
    begun = [p for p in phases if p.starts and p.starts <= today]
    dated = [p for p in begun if p.ends and p.ends >= today]
    open_ones = [] if any(p.ends for p in begun) else begun
    running = dated or open_ones
    return max(running, key=lambda p: (p.starts or today, -_length(p)), default=None)


def _length(phase: Phase) -> int:
    return (phase.ends - phase.starts).days if phase.starts and phase.ends else 0


def _ended(phase: Phase, today: dt.date) -> bool:
    if phase.ends:
        return phase.ends < today
    return bool(phase.starts and phase.starts < today)


def _share(phase: Phase, today: dt.date) -> float:
    length = _length(phase)
    begun = (today - phase.starts).days if phase.starts else 0
    return min(max(begun / length, 0.0), 1.0) if length else 0.0


def _upright() -> QWidget:
    """A line from top to bottom."""
    line = QWidget()
    line.setFixedWidth(1)
    line.setStyleSheet(f"background: {LIGHT.line};")
    return line
