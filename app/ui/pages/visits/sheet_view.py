"""登记表样: 附件2 drawn light, with the measures of the printed one, filling as one types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.documents.layout import (
    AREA_WIDTH,
    FOOT,
    LEFT,
    MM,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    SIZE_SMALL_4,
    SIZE_SMALL_5,
    written_date,
)
from app.documents.registration_data import FormTexts
from app.documents.registration_sheet import (
    ADVICE_PAD,
    COLUMNS,
    HEAD_HEIGHT,
    NOTE_HEIGHT,
    SIGN_Y,
    TABLE_BOTTOM,
    TABLE_TOP,
    justified_name,
)
from app.services.opening import Opened
from app.ui.desk import Desk
from app.ui.pages.records.kind import ThirdCard
from app.ui.parts.card import Card
from app.ui.theme import LIGHT, RESOURCES

_CENTRE = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
_TOP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
_MIDDLE = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
_TITLE = 20
_MARGIN = 12


class SheetCard(ThirdCard):
    """The third card of 走访登记."""

    follows_typing = True

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        card = Card("登记表样", "随填随变")
        self.paper = Paper()
        card.body.setContentsMargins(0, 0, 0, 0)
        card.body.addWidget(self.paper)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)

    def show_body(self, opened: Opened, body: Mapping[str, Any]) -> None:
        self.paper.show_body(opened, body)


class Paper(QWidget):
    """One sheet, as large as there is room; nothing of a 续页."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("登记表样")
        self._texts: FormTexts | None = None
        self._body: Mapping[str, Any] = {}
        self._unit = ""
        font = QFontDatabase.addApplicationFont(str(RESOURCES / "fonts/NotoSerifSC-Regular.ttf"))
        families = QFontDatabase.applicationFontFamilies(font)
        self._family = families[0] if families else self.font().family()

    def show_body(self, opened: Opened, body: Mapping[str, Any]) -> None:
        """Draw these values in the words of the record's campaign."""
        texts = opened.campaign.form_texts if opened.campaign else ()
        self._texts = FormTexts.from_places({t.place: t.text for t in texts}) if texts else None
        self._body, self._unit = dict(body), opened.unit
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(LIGHT.hover))
        room = self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        scale = min(room.width() / PAGE_WIDTH, room.height() / PAGE_HEIGHT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(room.center().x() - PAGE_WIDTH * scale / 2, room.top())
        painter.scale(scale, scale)
        painter.fillRect(QRectF(0, 0, PAGE_WIDTH, PAGE_HEIGHT), QColor(LIGHT.card))
        if self._texts is not None:
            self._paint_sheet(painter, self._texts)
        painter.end()

    def _paint_sheet(self, painter: QPainter, texts: FormTexts) -> None:
        painter.setPen(QPen(QColor(LIGHT.text), 0.7))
        title = _box(0, TABLE_TOP + 35 * MM, PAGE_WIDTH, 30 * MM)
        self._words(painter, title, texts.title_lines, _TITLE, bold=True)
        self._paint_head(painter, texts)
        row_2, row_3 = TABLE_TOP - HEAD_HEIGHT, TABLE_BOTTOM + NOTE_HEIGHT
        self._cell(painter, LEFT, row_2, COLUMNS[0], row_2 - row_3, texts.opinions)
        advice = _box(LEFT + COLUMNS[0], row_2, AREA_WIDTH - COLUMNS[0], row_2 - row_3)
        painter.drawRect(advice)
        inner = advice.adjusted(ADVICE_PAD, 4, -ADVICE_PAD, -4)
        self._words(painter, inner, _paragraphs(self._body), SIZE_SMALL_4, _TOP)
        self._cell(painter, LEFT, row_3, COLUMNS[0], NOTE_HEIGHT, texts.note)
        notes = _box(LEFT + COLUMNS[0], row_3, AREA_WIDTH - COLUMNS[0], NOTE_HEIGHT)
        painter.drawRect(notes)
        self._words(painter, notes.adjusted(6, 0, -6, 0), texts.notes, SIZE_SMALL_5, _MIDDLE)
        self._paint_foot(painter, texts)

    def _paint_head(self, painter: QPainter, texts: FormTexts) -> None:
        headcount = self._body.get("headcount")
        leaders = [justified_name(name) for name in self._body.get("leaders", ())]
        values: Sequence[Sequence[str]] = (
            texts.leaders,
            leaders,
            texts.enterprise,
            [str(self._body.get("enterprise_name", ""))],
            texts.headcount,
            [] if headcount is None else [f"{headcount}人"],
        )
        left = LEFT
        for width, words in zip(COLUMNS, values, strict=True):
            self._cell(painter, left, TABLE_TOP, width, HEAD_HEIGHT, words)
            left += width

    def _paint_foot(self, painter: QPainter, texts: FormTexts) -> None:
        painter.setFont(self._font(SIZE_SMALL_4))
        baseline = PAGE_HEIGHT - SIGN_Y
        painter.drawText(QPointF(LEFT + 4, baseline), f"{texts.reporter}{self._unit}")
        day = _day(self._body.get("filed_on"))
        line = QRectF(LEFT, baseline - 20, RIGHT - LEFT - 4, 24)
        painter.drawText(line, int(Qt.AlignmentFlag.AlignRight), written_date(day))
        painter.setFont(self._font(SIZE_SMALL_5))
        number = str(self._body.get("number", ""))
        painter.drawText(QPointF(LEFT, PAGE_HEIGHT - FOOT), f"编号：{number}" if number else "")

    def _cell(
        self,
        painter: QPainter,
        left: float,
        top: float,
        width: float,
        height: float,
        words: Sequence[str],
    ) -> None:
        """A framed cell with words in its middle; smaller ones where they would not fit."""
        box = _box(left, top, width, height)
        painter.drawRect(box)
        inner = box.adjusted(2, 1, -2, -1)
        for size in (SIZE_SMALL_4, SIZE_SMALL_5, 7):
            painter.setFont(self._font(size))
            needed = painter.boundingRect(inner, _CENTRE, "\n".join(words))
            if needed.height() <= inner.height() and needed.width() <= inner.width():
                break
        painter.drawText(inner, _CENTRE, "\n".join(words))

    def _words(
        self,
        painter: QPainter,
        box: QRectF,
        lines: Sequence[str],
        size: float,
        flags: int = _CENTRE,
        *,
        bold: bool = False,
    ) -> None:
        painter.setFont(self._font(size, bold=bold))
        painter.drawText(box, flags, "\n".join(lines))

    def _font(self, size: float, *, bold: bool = False) -> QFont:
        font = QFont(self._family)
        font.setPixelSize(round(size))
        font.setBold(bold)
        return font


def _box(left: float, top: float, width: float, height: float) -> QRectF:
    """A box given as the printed form gives it: from the bottom of the page up."""
    return QRectF(left, PAGE_HEIGHT - top, width, height)


def _paragraphs(body: Mapping[str, Any]) -> list[str]:
    return [f"\u3000\u3000{line.strip()}" for line in str(body.get("opinions", "")).split("\n")]


def _day(value: object) -> dt.date | None:
    return dt.date.fromisoformat(str(value)) if value else None
