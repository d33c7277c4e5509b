"""The picture of one scanned page, as wide as there is room."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea

from app.documents.drawing.pages import Picture
from app.services.office.office import Office
from app.services.records import attachment_pages
from app.ui.page_context import PageContext
from app.ui.printing.paper_view import image_of
from app.ui.theme import LIGHT

_EDGE = 8


class PageView(QScrollArea):
    """Shows the page whose sha256 it is given; ↑ ↓ of the list beside it choose another."""

    def __init__(self, desk: PageContext) -> None:
        super().__init__()
        self._desk = desk
        self._wanted = ""
        self._image = QImage()
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.picture.setMargin(_EDGE)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet(f"QScrollArea, QScrollArea > QWidget {{ background: {LIGHT.bg}; }}")
        self.setWidget(self.picture)
        self.setAccessibleName("扫描的这一页")

    def show_page(self, sha256: str) -> None:
        """Show this page; "" shows none."""
        if sha256 == self._wanted:
            return
        self._wanted, self._image = sha256, QImage()
        self._lay()
        if sha256:
            reading = self._desk.worker.read(partial(_drawn, self._desk.office, sha256))
            reading.done.connect(partial(self._take, sha256))

    def _take(self, sha256: str, picture: Picture | None) -> None:
        if sha256 == self._wanted and picture is not None:
            self._image = image_of(picture)
            self._lay()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def _lay(self) -> None:
        if self._image.isNull():
            self.picture.setPixmap(QPixmap())
            return
        ratio = self.devicePixelRatioF()
        width = int((self.viewport().width() - 2 * _EDGE) * ratio)
        room = QSize(max(width, 1), self._image.height() * 4)
        mode = Qt.TransformationMode.SmoothTransformation
        shown = self._image.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, mode)
        shown.setDevicePixelRatio(ratio)
        self.picture.setPixmap(QPixmap.fromImage(shown))


def _drawn(office: Office, sha256: str) -> Picture | None:
    preview = attachment_pages.opened(office, sha256)
    if preview is None:
        return None
    try:
        return preview.picture(0, 1600)
    finally:
        preview.close()
