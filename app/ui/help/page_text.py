"""One page of the help: Markdown set in the look of the program, pictures and keys included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit

from app.ui.help.book import Topic
from app.ui.theme import CHIPS, LIGHT, text_font

COLUMN = 760
"""The widest a line of text becomes, in pixels; pictures are made to fit."""
_SHARP = "@125"
_HEADINGS = {1: (LIGHT.title, 0, 8), 2: (16, 20, 6), 3: (LIGHT.normal, 12, 4)}
"""Of each level: size, room above, room below."""
_LINE = 130.0
_BELOW = 8
_FIRST_COLUMN = 150
_KEY = re.compile(r"`([^`]+)`")
_ROOM = "\u00a0"
"""Stands on both sides of a key within its frame."""


class PageText(QTextBrowser):
    """`wanted(name)` when a link to another page is followed; nothing else is ever opened."""

    wanted = Signal(str)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._keys: list[tuple[int, int]] = []
        self._words = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setAccessibleName("帮助正文")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QTextBrowser { border: none; background: transparent; padding: 0; }")
        self.document().setDocumentMargin(0)
        self.document().setDefaultFont(text_font(LIGHT.normal))
        self.anchorClicked.connect(self._follow)

    def show_topic(self, topic: Topic, words: str = "") -> None:
        """Show a page from its beginning, or from where these words stand, marked."""
        text = _KEY.sub(rf"`{_ROOM}\1{_ROOM}`", topic.text)
        self.document().setMarkdown(text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        self._dress()
        self.setAccessibleDescription(self.toPlainText())
        self.mark(words)

    def mark(self, words: str) -> None:
        """Mark words, and show the first place where they stand."""
        marked = list(self._places_of(words.split()))
        self.setExtraSelections(marked)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)
        if marked:
            first = min(one.cursor.selectionStart() for one in map(_untyped, marked))
            cursor = self.textCursor()
            cursor.setPosition(first)
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    @property
    def keys(self) -> list[str]:
        """The keys named on the page, as they are shown."""
        text = self.toPlainText()
        return [text[start:end].strip() for start, end in self._keys]

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """A picture of ours in the sharpness of the screen; anything else is nothing."""
        path = self._folder / QUrl(name).path()
        sharp = path.with_stem(path.stem + _SHARP)
        fine = self.devicePixelRatioF() > 1 and sharp.exists()
        image = QImage(str(sharp if fine else path))
        image.setDevicePixelRatio(1.25 if fine else 1.0)
        return image

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setLineWrapColumnOrWidth(min(max(event.size().width() - 12, 200), COLUMN))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(0, -self.verticalScrollBar().value())
            painter.setPen(QPen(QColor(LIGHT.control), 1))
            painter.setBrush(QColor(LIGHT.sub))
            for start, end in self._keys:
                for frame in self._frames(start, end):
                    painter.drawRoundedRect(frame, 3, 3)
        super().paintEvent(event)

    def _follow(self, link: QUrl) -> None:
        name = link.path()
        if not link.scheme() and name.endswith(".md"):
            self.wanted.emit(name.removesuffix(".md"))

    # -- the look

    def _dress(self) -> None:
        self._keys = []
        block = self.document().begin()
        while block.isValid():
            _dress_block(block)
            block = block.next()
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                _dress_table(frame)
        block = self.document().begin()
        while block.isValid():
            self._keys += _keys_in(block)
            block = block.next()

    def _frames(self, start: int, end: int) -> Iterator[QRectF]:
        """Where a key stands, line by line."""
        block = self.document().findBlock(start)
        corner = self.document().documentLayout().blockBoundingRect(block).topLeft()
        layout = block.layout()
        first, last = start - block.position(), end - block.position()
        for n in range(layout.lineCount()):
            line = layout.lineAt(n)
            left = max(first, line.textStart())
            right = min(last, line.textStart() + line.textLength())
            if left < right:
                ends: Any = [line.cursorToX(left), line.cursorToX(right)]
                x, x2 = (one[0] if isinstance(one, tuple) else one for one in ends)
                top = line.y() + line.ascent() - 13
                box = QRectF(QPointF(x, top), QPointF(x2, top + 18)).translated(corner)
                yield box.adjusted(0.5, 0.5, -0.5, -0.5)

    def _places_of(self, words: list[str]) -> Iterator[QTextEdit.ExtraSelection]:
        for word in words:
            found = self.document().find(word)
            while not found.isNull():
                one: Any = QTextEdit.ExtraSelection()
                one.cursor = found
                one.format.setBackground(QColor(CHIPS["warning"].ground))
                yield one
                found = self.document().find(word, found)


def _untyped(one: object) -> Any:
    return one


def _dress_block(block: QTextBlock) -> None:
    cursor = QTextCursor(block)
    layout = block.blockFormat()
    level = layout.headingLevel()
    if level:
        size, above, below = _HEADINGS[min(level, 3)]
        layout.setTopMargin(above)
        layout.setBottomMargin(below)
        cursor.setPosition(block.position() + block.length() - 1, QTextCursor.MoveMode.KeepAnchor)
        words = QTextCharFormat()
        words.setFont(text_font(size, bold=True))
        cursor.setCharFormat(words)
    else:
        listed = block.textList() is not None
        layout.setTopMargin(0)
        layout.setBottomMargin(4 if listed else _BELOW)
        if not _has_picture(block):
            kind = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
            layout.setLineHeight(_LINE, kind)
    QTextCursor(block).setBlockFormat(layout)


def _has_picture(block: QTextBlock) -> bool:
    return any(format_.isImageFormat() for _, _, format_ in _pieces(block))


def _dress_table(table: QTextTable) -> None:
    shape = table.format()
    shape.setBorder(0)
    shape.setCellPadding(5)
    shape.setCellSpacing(0)
    shape.setTopMargin(4)
    shape.setBottomMargin(12)
    rest = QTextLength(QTextLength.Type.VariableLength, 0)
    first = QTextLength(QTextLength.Type.FixedLength, _FIRST_COLUMN)
    shape.setColumnWidthConstraints([first, *[rest] * (table.columns() - 1)])
    table.setFormat(shape)


def _keys_in(block: QTextBlock) -> Iterator[tuple[int, int]]:
    """Set what stands as code in the type of the keys; where each of them is."""
    for start, length, shape in list(_pieces(block)):
        if shape.fontFixedPitch():
            cursor = QTextCursor(block.document())
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            look = QTextCharFormat()
            look.setFont(text_font(LIGHT.small))
            look.setForeground(QColor(LIGHT.text))
            look.setFontFixedPitch(True)
            cursor.setCharFormat(look)
            yield start, start + length


def _pieces(block: QTextBlock) -> Iterator[tuple[int, int, QTextCharFormat]]:
    """Position, length and format of each run of text in a block."""
    walk: Any = block.begin()
    while not walk.atEnd():
        piece = walk.fragment()
        if piece.isValid():
            yield piece.position(), piece.length(), piece.charFormat()
        walk += 1
