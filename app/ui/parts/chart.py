"""Bars with a line of what is due: a picture where people would rather look than read.

pyqtgraph and what it stands on take a quarter of a second to load; it is loaded
beside the window when the first picture is there, never before.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.ui.parts.label import label
from app.ui.theme import LIGHT, text_font
from app.ui.worker import Worker

_LIBRARY = "pyqtgraph"
_BAR = 0.5
_ROOM_INSIDE, _BELOW = 26, 28
"""A bar at least so many pixels high has its figure inside; so high is what stands below."""
_HEADROOM = 1.12
_MOST_LABELS = 13


@dataclass(frozen=True, slots=True)
class Picture:
    """One bar per label; None where there is nothing yet.

    `line` is drawn through what is due. `part` is the part of each bar that is
    drawn darker (closed of all). `what` names the picture to who cannot see it.
    """

    what: str
    labels: tuple[str, ...]
    bars: tuple[int | None, ...]
    line: tuple[int, ...] = ()
    part: tuple[int, ...] = ()

    @property
    def highest(self) -> int:
        """The highest of everything that is drawn."""
        return max([bar or 0 for bar in self.bars] + list(self.line), default=0)

    @property
    def words(self) -> str:
        """The picture as a sentence."""
        told = (f"{name} {bar:,}" for name, bar in zip(self.labels, self.bars, strict=True) if bar)
        return f"{self.what}：{'，'.join(told) or '还没有'}"


class Chart(QWidget):
    """Shows a `Picture`; `drawn` when it stands there. It never takes the focus."""

    drawn = Signal()

    def __init__(self, worker: Worker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._picture: Picture | None = None
        self._plot: Any = None
        self._loading = False
        self._empty = label("", "note")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 0, 8, 4)
        self._column.addWidget(self._empty)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 96)

    @property
    def picture(self) -> Picture | None:
        """What is shown."""
        return self._picture

    @property
    def painted(self) -> bool:
        """Whether a picture stands there, and not words or nothing."""
        return self._plot is not None and not self._plot.isHidden()

    def say(self, words: str) -> None:
        """Show words in place of a picture."""
        self._picture = None
        self._empty.setText(words)
        self._empty.show()
        if self._plot is not None:
            self._plot.hide()

    def show_picture(self, picture: Picture) -> None:
        """Draw this, as soon as the library is there."""
        self._picture = picture
        self.setAccessibleName(picture.words)
        if self._loading:
            return
        if _is_loaded():
            self._draw()
        else:
            self._loading = True
            loading = self._worker.read(_load, long=True)
            loading.done.connect(self._loaded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.painted:
            self._draw()

    def _loaded(self) -> None:
        self._loading = False
        self._draw()

    def _draw(self) -> None:
        if self._picture is None:
            return
        if self._plot is None:
            self._plot = _make_plot()
            self._column.addWidget(self._plot)
        self._empty.hide()
        self._plot.show()
        self._column.activate()
        _draw(self._plot, self._picture)
        self.drawn.emit()


class Legend(QWidget):
    """What the colours of a picture mean: (words, `bar` | `pale` | `line`) each."""

    def __init__(self, *entries: tuple[str, str]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.labels: list[QLabel] = []
        for words, kind in entries:
            row.addWidget(_Sample(kind))
            self.labels.append(label(words, "note"))
            row.addWidget(self.labels[-1])
            row.addSpacing(8)


class _Sample(QWidget):
    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self.setFixedSize(16 if kind == "line" else 9, 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._kind == "line":
            painter.setPen(QPen(QColor(LIGHT.input), 1.5, Qt.PenStyle.DashLine))
            painter.drawLine(0, 8, self.width(), 8)
        else:
            colour = LIGHT.slate if self._kind == "bar" else LIGHT.slate2
            painter.fillRect(QRect(0, 4, 9, 9), QColor(colour))
        painter.end()


def _is_loaded() -> bool:
    """Whether the library is there, and whole: another thread may be loading it."""
    library = sys.modules.get(_LIBRARY)
    return library is not None and not getattr(library.__spec__, "_initializing", False)


def _load() -> None:
    library = import_module(_LIBRARY)
    # At exit it would go through everything that lives, and stumbles over what is gone.
    library.setConfigOptions(antialias=True, exitCleanup=False)


def _make_plot() -> Any:
    plot = import_module(_LIBRARY).PlotWidget(background=LIGHT.card)
    plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    plot.setFrameStyle(0)
    plot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    plot.setMouseEnabled(x=False, y=False)
    plot.setMenuEnabled(False)
    plot.hideButtons()
    plot.getPlotItem().layout.setContentsMargins(0, 4, 4, 0)
    for side in ("left", "bottom"):
        axis = plot.getAxis(side)
        axis.setStyle(tickLength=0, tickFont=text_font(LIGHT.small), tickTextOffset=8)
        axis.setTextPen(LIGHT.text2)
        axis.setPen(LIGHT.control if side == "bottom" else LIGHT.card)
        axis.setTickPen(QPen(QBrush(Qt.BrushStyle.NoBrush), 0))
    return plot


def _draw(plot: Any, picture: Picture) -> None:
    library = import_module(_LIBRARY)
    plot.clear()
    top = max(_round(picture.highest), 1)
    places = range(len(picture.labels))
    scale = (plot.height() - _BELOW) / (top * _HEADROOM)
    plot.getAxis("left").setTicks([[(n, f"{n:,}") for n in _ticks(top)]])
    plot.getAxis("bottom").setTicks([_sparse(picture.labels)])
    for tick in _ticks(top)[1:]:
        plot.addItem(library.InfiniteLine(tick, angle=0, pen=LIGHT.line))
    pale = LIGHT.slate2 if picture.part else LIGHT.slate
    _add_bars(plot, picture.bars, pale)
    _add_bars(plot, picture.part, LIGHT.slate)
    if any(picture.line):
        plot.plot(
            list(places),
            list(picture.line),
            pen=library.mkPen(LIGHT.input, width=1.5, style=Qt.PenStyle.DashLine),
            symbol="o" if len(places) <= _MOST_LABELS else None,
            symbolSize=5,
            symbolBrush=LIGHT.input,
            symbolPen=None,
        )
    if len(places) <= _MOST_LABELS:
        for place, bar in zip(places, picture.bars, strict=True):
            if bar:
                inside = bar * scale > _ROOM_INSIDE and not picture.part
                plot.addItem(_figure(library, place, bar, inside=inside))
    plot.setXRange(-0.6, len(places) - 0.4, padding=0)
    plot.setYRange(0, top * _HEADROOM, padding=0)


def _add_bars(plot: Any, bars: Sequence[int | None], colour: str) -> None:
    heights = {place: bar for place, bar in enumerate(bars) if bar}
    if heights:
        made = import_module(_LIBRARY).BarGraphItem(
            x=list(heights), height=list(heights.values()), width=_BAR, brush=colour, pen=colour
        )
        plot.addItem(made)


def _figure(library: Any, place: int, bar: int, *, inside: bool) -> Any:
    anchor = (0.5, 0) if inside else (0.5, 1)
    text = library.TextItem(f"{bar:,}", color=LIGHT.card if inside else LIGHT.text, anchor=anchor)
    text.setFont(text_font(LIGHT.small))
    text.setPos(place, bar)
    text.setZValue(10)
    return text


def _ticks(top: int) -> list[int]:
    return [0, top // 2, top] if top > 1 else [0, top]


def _round(highest: int) -> int:
    """An even number, so that its half can be written at the axis too."""
    return highest + highest % 2


def _sparse(labels: Sequence[str]) -> list[tuple[int, str]]:
    step = -(-len(labels) // _MOST_LABELS) or 1
    return [(place, text) for place, text in enumerate(labels) if place % step == 0]
