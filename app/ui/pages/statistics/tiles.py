"""The coverage figures side by side; one of them is looked at closely below."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from app.services.figures.coverage import FigureView
from app.ui.keys import Key, tell
from app.ui.parts.label import tip
from app.ui.theme import LIGHT, text_font

_HEIGHT = 104
_PAD = LIGHT.margin
_BAR = 6
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class Tiles(QWidget):
    """Emits `chosen(place)`; ← and → go from one figure to the next."""

    chosen = Signal(int)

    def __init__(self, count: int) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(LIGHT.gap)
        group = QButtonGroup(self)
        self.tiles = [Tile() for _ in range(count)]
        for place, tile in enumerate(self.tiles):
            group.addButton(tile, place)
            row.addWidget(tile, 1)
        self.tiles[0].setChecked(True)
        group.idToggled.connect(self._toggled)
        tell(self, Key("← →", "换一个数"))

    def show_figures(self, figures: Sequence[FigureView]) -> None:
        """Show these, in their order; the tiles without one cannot be chosen yet."""
        for tile, figure in zip_longest(self.tiles, figures):
            tile.setEnabled(figure is not None)
            if figure is not None:
                tile.show_figure(figure)

    def choose_first(self, figures: Sequence[FigureView]) -> None:
        """Choose the first figure of which there is something; a township has but one."""
        there = (n for n, figure in enumerate(figures) if figure.total.denominator)
        self.tiles[next(there, 0)].setChecked(True)

    def _toggled(self, place: int, on: bool) -> None:
        if on:
            self.chosen.emit(place)


class Tile(QAbstractButton):
    """One figure: its name, 已走访 of 应走访, the share as a bar, and what is not known."""

    def __init__(self) -> None:
        super().__init__()
        self._figure: FigureView | None = None
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(220, _HEIGHT)

    def show_figure(self, figure: FigureView) -> None:
        """Show this figure."""
        self._figure = figure
        total = figure.total
        self.setText(figure.title)
        words = f"{total.numerator:,} / {total.denominator:,}，{total.percent}"
        unknown = f"，情况不明 {total.unknown:,}" if total.unknown else ""
        self.setAccessibleName(f"{figure.title} {words}{unknown}")
        self.setToolTip(tip(figure.basis))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_frame(painter)
            if self._figure is not None:
                self._paint_figure(painter, self._figure)
            elif not self.isEnabled():
                where = self.rect().adjusted(_PAD, 12, -_PAD, -12)
                _words(painter, where, "正在统计…", text_font(LIGHT.normal), LIGHT.text2)

    def _paint_frame(self, painter: QPainter) -> None:
        width = 2 if self.hasFocus() else 1
        edge = LIGHT.focus if self.isChecked() or self.hasFocus() else LIGHT.line
        painter.setPen(QPen(QColor(edge), width))
        painter.setBrush(QColor(LIGHT.card))
        inset = width / 2
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, 6, 6)

    def _paint_figure(self, painter: QPainter, figure: FigureView) -> None:
        total, inner = figure.total, self.rect().adjusted(_PAD, 12, -_PAD, -12)
        line = QRect(inner.left(), inner.top(), inner.width(), 20)
        _words(painter, line, figure.title, text_font(LIGHT.normal, bold=self.isChecked()))
        line = QRect(inner.left(), line.bottom() + 3, inner.width(), 30)
        number, font = f"{total.numerator:,}", text_font(LIGHT.figure, bold=True)
        _words(painter, line, number, font)
        used = QFontMetrics(font).horizontalAdvance(number) + 6
        small = text_font(LIGHT.normal)
        rest = line.adjusted(used, 4, 0, 0)
        _words(painter, rest, f"/ {total.denominator:,}", small, LIGHT.text2)
        painter.drawText(rest, _RIGHT, total.percent)
        bar = QRect(inner.left(), line.bottom() + 5, inner.width(), _BAR)
        share = total.numerator / total.denominator if total.denominator else 0.0
        _paint_bar(painter, bar, share)
        note = f"情况不明 {total.unknown:,}，不计入" if total.unknown else ""
        left = total.denominator - total.numerator
        note = note or (
            f"还差 {left:,}" if left else "都到了" if total.denominator else "没有应走访的"
        )
        foot = QRect(inner.left(), bar.bottom() + 4, inner.width(), 16)
        _words(painter, foot, note, text_font(LIGHT.small), LIGHT.text2)


def _paint_bar(painter: QPainter, where: QRect, share: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(LIGHT.line))
    painter.drawRoundedRect(where, 3, 3)
    if share > 0:
        done = QRect(where.left(), where.top(), max(round(where.width() * share), _BAR), _BAR)
        painter.setBrush(QColor(LIGHT.slate))
        painter.drawRoundedRect(done, 3, 3)


def _words(
    painter: QPainter, where: QRect, text: str, font: QFont, colour: str = LIGHT.text
) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, where.width())
    painter.drawText(where, _LEFT, shown)
