"""Pages on a grey ground, one below the other; only those that are looked at are drawn."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from app.documents.drawing.pages import Picture
from app.ui.theme import LIGHT

_KEEP = 12
"""Pages kept before and after the one looked at."""
_STEPS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0)
"""Pixels to a point that zooming stops at."""
_WIDEST = 1.1
"""Beyond this a page is not made wider to fill the room."""


@dataclass(frozen=True, slots=True)
class Crop:
    """What is left away of a page's empty margins, in points."""

    left: float = 0
    top: float = 0
    right: float = 0
    bottom: float = 0


_WHOLE_PAGE = Crop()


def image_over(picture: Picture) -> QImage:
    """A drawn page as Qt has it, without a copy: only while the picture is held."""
    return QImage(
        picture.data, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32
    )


def image_of(picture: Picture) -> QImage:
    """A drawn page as Qt has it."""
    return image_over(picture).copy()


class PaperView(QAbstractScrollArea):
    """Emits `wanted(n, scale)`, one page at a time, answered by `put` or `refuse`.

    `scale` is in device pixels to a point, so that pages are sharp on every screen.
    `turned(n)` says which page is looked at. The picture before stays until the new one is there.
    """

    wanted = Signal(int, float)
    turned = Signal(int)

    def __init__(self, name: str, *, crop: Crop = _WHOLE_PAGE, margin: int = LIGHT.margin) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet(f"PaperView {{ background: {LIGHT.hover}; }}")
        self._crop, self._margin = crop, margin
        self._sizes: list[QSizeF] = []
        self._tops: list[float] = []
        self._images: dict[int, tuple[float, QImage]] = {}
        self._factor: float | None = None
        self._whole = False
        self._asked = False
        self._page = 0
        self.verticalScrollBar().setSingleStep(40)
        self.horizontalScrollBar().setSingleStep(40)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._ask)

    # -- what is shown

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    @property
    def page(self) -> int:
        """The page looked at, from 0."""
        return self._page

    @property
    def scale(self) -> float:
        """Logical pixels to a point."""
        if self._factor is not None or not self._sizes:
            return self._factor or 1.0
        width = max(size.width() for size in self._sizes) - self._crop.left - self._crop.right
        fit = max(self.width() - 2 * self._margin, 50) / width
        if self._whole:
            room = self.viewport().height() - 2 * self._margin
            height = self._height(self._sizes[self._page])
            return min(fit, max(room, 50) / height)
        return min(fit, _WIDEST)

    @property
    def device_scale(self) -> float:
        """Device pixels to a point, as `wanted` asks for."""
        return round(self.scale * self.devicePixelRatioF(), 3)

    def show_pages(self, sizes: Sequence[tuple[float, float]]) -> None:
        """Other pages, of these sizes in points, from the first on."""
        self._images.clear()
        self._page = 0
        self._set_sizes(sizes)
        self.verticalScrollBar().setValue(0)
        self.turned.emit(0)

    def renew(
        self, sizes: Sequence[tuple[float, float]], images: Sequence[QImage], scale: float
    ) -> None:
        """The same document as it is now, all its pages drawn; one stays where one is in it."""
        self._asked = False
        self._images = {n: (scale, image) for n, image in enumerate(images)}
        if len(sizes) != len(self._sizes):
            self._set_sizes(sizes)
        self.viewport().update()
        self._soon.start()

    def put(self, n: int, scale: float, image: QImage) -> None:
        """The picture of a page that was wanted."""
        self._asked = False
        if n < len(self._sizes):
            self._images[n] = (scale, image)
            self._forget_far()
            self.viewport().update()
        self._soon.start()

    def refuse(self) -> None:
        """The page wanted does not come."""
        self._asked = False

    def image(self, n: int) -> QImage | None:
        """What is shown of a page now."""
        known = self._images.get(n)
        return known[1] if known else None

    # -- moving

    def turn(self, by: int) -> None:
        """A screen further within a page, and from its end to the next page."""
        bar = self.verticalScrollBar()
        here, room = bar.value(), self.viewport().height() - 2 * self._margin
        if by > 0:
            below = [top for top in self._tops if top - self._margin > here]
            bar.setValue(int(min([here + room, *(top - self._margin for top in below)])))
        else:
            above = [top for top in self._tops if top - self._margin < here]
            bar.setValue(int(max([here - room, *(top - self._margin for top in above)])))

    def go_to(self, n: int) -> None:
        """Look at a page from its top on."""
        if self._tops:
            self.verticalScrollBar().setValue(int(self._tops[n] - self._margin))

    def zoom(self, by: int) -> None:
        """Larger or smaller by a step."""
        now = self.scale
        larger = [step for step in _STEPS if step > now + 0.01]
        smaller = [step for step in _STEPS if step < now - 0.01]
        factor = (larger[:1] if by > 0 else smaller[-1:]) or [now]
        self._set_factor(factor[0], whole=False)

    def fit(self) -> None:
        """As wide as there is room; a second time the whole page."""
        self._set_factor(None, whole=self._factor is None and not self._whole)

    def _set_factor(self, factor: float | None, *, whole: bool) -> None:
        page = self._page
        inside = (self.verticalScrollBar().value() - self._top(page)) / self.scale
        self._factor, self._whole = factor, whole
        self._arrange()
        self.verticalScrollBar().setValue(int(self._top(page) + inside * self.scale))
        self.viewport().update()

    def _top(self, n: int) -> float:
        return self._tops[n] if self._tops else 0

    # -- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()
        self._look()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            painter.fillRect(self.viewport().rect(), QColor(LIGHT.hover))
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            for n in self._visible():
                self._paint_page(painter, n)

    def _paint_page(self, painter: QPainter, n: int) -> None:
        where = self._place(n)
        painter.fillRect(where.adjusted(1, 1, 1, 2), QColor(LIGHT.locked))
        painter.fillRect(where, QColor(LIGHT.card))
        known = self._images.get(n)
        if known is None:
            return
        scale, image = known
        device = self.devicePixelRatioF()
        painter.save()
        painter.setClipRect(where)
        corner = where.topLeft() - QPointF(self._crop.left, self._crop.top) * self.scale
        if scale == self.device_scale:
            image.setDevicePixelRatio(device)
            painter.drawImage(QPointF(self._snap(corner.x()), self._snap(corner.y())), image)
        else:
            painter.drawImage(QRectF(corner, self._sizes[n] * self.scale), image)
        painter.restore()

    # -- places

    def _set_sizes(self, sizes: Sequence[tuple[float, float]]) -> None:
        self._sizes = [QSizeF(width, height) for width, height in sizes]
        self._page = min(self._page, max(len(sizes) - 1, 0))
        self._asked = False
        self._arrange()
        self.viewport().update()

    def _arrange(self) -> None:
        """Where every page begins, and how far there is to scroll."""
        scale, y = self.scale, float(self._margin)
        self._tops = []
        for size in self._sizes:
            self._tops.append(y)
            y += round(self._height(size) * scale) + self._margin
        widest = max((self._width(size) for size in self._sizes), default=0) * scale
        self._set_range(int(y), int(widest) + 2 * self._margin)
        self._look()

    def _set_range(self, height: int, width: int) -> None:
        room = self.viewport().size()
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setPageStep(room.height())
        vertical.setRange(0, max(height - room.height(), 0) if self._sizes else 0)
        horizontal.setPageStep(room.width())
        horizontal.setRange(0, max(width - self.width(), 0) if self._sizes else 0)

    def _width(self, size: QSizeF) -> float:
        return size.width() - self._crop.left - self._crop.right

    def _height(self, size: QSizeF) -> float:
        return size.height() - self._crop.top - self._crop.bottom

    def _place(self, n: int) -> QRectF:
        """Where a page stands in the viewport now, on whole device pixels."""
        size = QSizeF(self._width(self._sizes[n]), self._height(self._sizes[n])) * self.scale
        left = max((self.width() - size.width()) / 2, self._margin)
        left -= self.horizontalScrollBar().value()
        top = self._tops[n] - self.verticalScrollBar().value()
        return QRectF(self._snap(left), self._snap(top), self._snap(size.width()), size.height())

    def _snap(self, value: float) -> float:
        device = self.devicePixelRatioF()
        return round(value * device) / device

    def _visible(self) -> range:
        """The pages of which something is seen."""
        if not self._tops:
            return range(0)
        top = self.verticalScrollBar().value()
        first = max(bisect_right(self._tops, top) - 1, 0)
        last = bisect_right(self._tops, top + self.viewport().height())
        return range(first, max(last, first + 1))

    def _look(self) -> None:
        """Which page is looked at now, and what has to be drawn for it."""
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2
        page = max(bisect_right(self._tops, middle) - 1, 0)
        if page != self._page:
            self._page = page
            self.turned.emit(page)
        self._soon.start()

    def _ask(self) -> None:
        if self._asked or not self._sizes or not self.isVisible():
            return
        scale = self.device_scale
        shown = self._visible()
        ahead = range(shown.stop, min(shown.stop + 1, len(self._sizes)))
        for n in (*shown, *ahead):
            if self._images.get(n, (0.0, None))[0] != scale:
                self._asked = True
                self.wanted.emit(n, scale)
                return

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._soon.start()

    def _forget_far(self) -> None:
        near = range(self._page - _KEEP, self._page + _KEEP + 1)
        self._images = {n: known for n, known in self._images.items() if n in near}
