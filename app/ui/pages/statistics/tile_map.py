"""A map of tiles: counties roughly where they lie, each with its number, darker for more."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.services.figures.target_board import Tile
from app.ui.theme import LIGHT, text_font

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
_GAP, _EDGE, _HIGHEST = 8, 12, 110
_DARKEST = 0.55
"""How much of the hue the darkest tile has: black words on it are read with ease."""
_SIDES = 2.5
"""A tile across counts so much as one below where the nearest is looked for."""


class TileMap(QWidget):
    """Arrow keys go from tile to tile; `opened(place)` on Enter or a double click.

    `moved(place)` when another is chosen.
    """

    opened = Signal(int)
    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.tiles: Sequence[Tile] = ()
        self.place = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(480, 320)

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show these; who was chosen stays so."""
        before = self.tiles[self.place].name if self.tiles else ""
        self.tiles = tiles
        names = [tile.name for tile in tiles]
        self.place = names.index(before) if before in names else 0
        self._name()

    def choose(self, place: int) -> None:
        """Choose a tile."""
        if 0 <= place < len(self.tiles):
            self.place = place
            self._name()
            self.moved.emit(place)

    @property
    def chosen(self) -> Tile | None:
        """The tile that Enter opens."""
        return self.tiles[self.place] if self.tiles else None

    def _name(self) -> None:
        tile = self.chosen
        words = "，".join(filter(None, (tile.name, tile.value, tile.note))) if tile else "还没有数"
        self.setAccessibleName(f"地图：{words}")
        self.update()

    def _step(self, down: int, right: int) -> None:
        """The nearest tile that lies that way."""
        here = self.chosen
        if here is None:
            return
        far = {}
        for place, tile in enumerate(self.tiles):
            along = (tile.row - here.row) * down + (tile.column - here.column) * right
            aside = abs((tile.row - here.row) * right) + abs((tile.column - here.column) * down)
            if along > 0:
                far[place] = along + _SIDES * aside
        if far:
            self.choose(min(far, key=lambda place: (far[place], place)))

    def _box(self, tile: Tile) -> QRectF:
        rows = max(one.row for one in self.tiles) + 1
        columns = max(one.column for one in self.tiles) + 1
        wide = (self.width() - 2 * _EDGE - _GAP * (columns - 1)) / columns
        high = min((self.height() - 2 * _EDGE - _GAP * (rows - 1)) / rows, _HIGHEST)
        left, top = _EDGE + tile.column * (wide + _GAP), _EDGE + tile.row * (high + _GAP)
        return QRectF(left, top, wide, high)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for place, tile in enumerate(self.tiles):
                chosen = place == self.place
                self._paint(painter, tile, self._box(tile), chosen)

    def _paint(self, painter: QPainter, tile: Tile, box: QRectF, chosen: bool) -> None:
        marked = chosen and self.hasFocus()
        edge = LIGHT.focus if chosen else LIGHT.line
        painter.setPen(QPen(QColor(edge), 2.5 if marked else 1.5 if chosen else 1))
        painter.setBrush(_shaded(tile.shade))
        painter.drawRoundedRect(box, 6, 6)
        inner = box.adjusted(8, 6, -8, -6)
        third = inner.height() / 3
        told = (
            (tile.name, text_font(LIGHT.normal, bold=True)),
            (tile.value, text_font(LIGHT.normal)),
            (f"完成率 {tile.note}" if tile.note else "", text_font(LIGHT.small)),
        )
        for row, (words, font) in enumerate(told):
            line = QRectF(inner.left(), inner.top() + row * third, inner.width(), third)
            _words(painter, line, words, font)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = Qt.Key(event.key())
        if pressed in _ENTER and self.tiles:
            self.opened.emit(self.place)
        elif pressed in _STEPS:
            self._step(*_STEPS[pressed])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._choose_at(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._choose_at(event):
            self.opened.emit(self.place)

    def _choose_at(self, event: QMouseEvent) -> bool:
        places = enumerate(self.tiles)
        at = next((n for n, one in places if self._box(one).contains(event.position())), -1)
        self.choose(at)
        return at >= 0

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()


def _shaded(shade: float | None) -> QColor:
    """One hue, the more of it the farther; white where nothing is known."""
    card, hue = QColor(LIGHT.card), QColor(LIGHT.slate)
    part = (shade or 0.0) * _DARKEST
    mixed = (
        round(one + (other - one) * part)
        for one, other in zip(card.getRgb()[:3], hue.getRgb()[:3], strict=True)  # type: ignore[index]
    )
    return QColor(*mixed)


def _words(painter: QPainter, where: QRectF, text: str, font: QFont) -> None:
    painter.setFont(font)
    painter.setPen(QColor(LIGHT.text))
    width = round(where.width())
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
    painter.drawText(where, Qt.AlignmentFlag.AlignCenter, shown)
