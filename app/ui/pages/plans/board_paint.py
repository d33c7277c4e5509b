"""How the heads, rows and cards of the board are drawn."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from app.domain.campaign.plan_board import BoardPlan, BoardRow, Mark, PlanBoard
from app.ui.icons import paint_icon
from app.ui.pages.plans.words import BOTH, KINDS, mark_words, row_counts, week_note, week_words
from app.ui.theme import CHIPS, LIGHT, colour, text_font

CARD, GAP = 24, 3
HEAD = 44
_PAD = 6
_SIGN = 12
_NAME = 66
"""Pixels of a name, before the word 两级 gives way to its sign alone."""


def row_height(most: int) -> int:
    """How high a row is whose fullest week holds so many cards."""
    return max(most, 2) * (CARD + GAP) + 2 * GAP + GAP


def card_at(cell: QRect, place: int) -> QRect:
    """Where the card of this place lies in its cell."""
    top = cell.top() + GAP + place * (CARD + GAP) + GAP
    return QRect(cell.left() + GAP, top, cell.width() - 2 * GAP, CARD)


def places_seen(cell: QRect, seen: QRect, count: int) -> range:
    """Which of so many cards of a cell lie where one sees them."""
    each = CARD + GAP
    first = max((seen.top() - cell.top()) // each - 1, 0)
    return range(first, min((seen.bottom() - cell.top()) // each + 1, count))


def paint_week(painter: QPainter, where: QRect, board: PlanBoard, week: int, now: bool) -> None:
    """The head of a week; that of the chosen spot is marked."""
    outside = week >= 0 and board.is_outside(week)
    painter.fillRect(where, QColor(LIGHT.sel if now else LIGHT.bg if outside else LIGHT.sub))
    painter.setPen(QColor(LIGHT.text))
    painter.setFont(text_font(LIGHT.normal - 1, bold=now))
    upper = where.adjusted(_PAD, 4, -_PAD, -where.height() // 2)
    painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, week_words(board, week))
    painter.setPen(QColor(LIGHT.text2))
    painter.setFont(text_font(LIGHT.small))
    lower = where.adjusted(_PAD, where.height() // 2, -_PAD, -4)
    painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, week_note(board, week))
    painter.fillRect(QRect(where.right(), where.top(), 1, where.height()), QColor(LIGHT.line))


def paint_row_head(
    painter: QPainter, where: QRect, board: PlanBoard, row: BoardRow, now: bool
) -> None:
    """The group at the left: its name, who leads it, how far it is."""
    painter.fillRect(where, QColor(LIGHT.sel if now else LIGHT.sub))
    counts = row_counts(board, row)
    lines = [(row.name, LIGHT.text, LIGHT.normal - 1, True)]
    leaders = "、".join(row.leaders)
    told = "　".join(filter(None, (leaders, row.number)))
    room = where.width() - 2 * _PAD - 4
    if QFontMetrics(text_font(LIGHT.small)).horizontalAdvance(told) > room:
        told = leaders or row.number
    lines += [(told, LIGHT.text2, LIGHT.small, False)] * bool(told)
    lines += [(counts, LIGHT.text2, LIGHT.small, False)] * bool(counts)
    top = where.top() + _PAD
    for words, tint, size, bold in lines:
        font = text_font(size, bold=bold)
        metrics = QFontMetrics(font)
        line = QRect(where.left() + _PAD + 4, top, room, metrics.height())
        painter.setFont(font)
        painter.setPen(QColor(tint))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)
        top += metrics.height()
    painter.fillRect(QRect(where.right(), where.top(), 1, where.height()), QColor(LIGHT.line))


def paint_cell(painter: QPainter, where: QRect, *, outside: bool, spot: bool, over: bool) -> None:
    """The ground of one group's week; `spot` is where units go, `over` what is dragged over it."""
    ground = LIGHT.sel if over else LIGHT.bg if outside else LIGHT.card
    painter.fillRect(where, QColor(ground))
    painter.fillRect(QRect(where.right(), where.top(), 1, where.height()), QColor(LIGHT.row_line))
    painter.fillRect(QRect(where.left(), where.bottom(), where.width(), 1), QColor(LIGHT.line))
    if spot:
        painter.setPen(QPen(QColor(LIGHT.focus), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(where.adjusted(1, 1, -2, -2))


def paint_card(
    painter: QPainter, where: QRect, board: PlanBoard, one: BoardPlan, *, chosen: bool
) -> None:
    """One unit: a bar and a word in the colour of its mark, its name, 两级 where that is so."""
    chip = CHIPS[KINDS[one.mark]]
    painter.setPen(QPen(colour(LIGHT.focus if chosen else chip.text, 1 if chosen else 0.2), 1))
    painter.setBrush(QColor(LIGHT.sel if chosen else chip.ground))
    painter.drawRoundedRect(QRectF(where).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.fillRect(QRect(where.left(), where.top() + 2, 3, where.height() - 4), QColor(chip.text))
    inner = where.adjusted(8, 0, -_PAD, 0)
    inner.setRight(_paint_word(painter, inner, mark_words(board, one), chip.text) - 4)
    if one.unit.flagged and one.mark in (Mark.PLANNED, Mark.LATE):
        inner.setRight(_paint_both(painter, inner) - 4)
    font = text_font(LIGHT.normal - 1)
    shown = QFontMetrics(font).elidedText(
        one.unit.name, Qt.TextElideMode.ElideRight, max(inner.width(), 0)
    )
    painter.setFont(font)
    painter.setPen(QColor(LIGHT.text))
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, shown)


def _paint_word(painter: QPainter, where: QRect, words: str, tint: str) -> int:
    """At the right; where it begins."""
    font = text_font(LIGHT.small)
    width = QFontMetrics(font).horizontalAdvance(words)
    place = QRect(where.right() - width, where.top(), width + 1, where.height())
    painter.setFont(font)
    painter.setPen(QColor(tint))
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)
    return place.left()


def _paint_both(painter: QPainter, where: QRect) -> int:
    tint = CHIPS["warning"].text
    wide = QFontMetrics(text_font(LIGHT.small)).horizontalAdvance(BOTH) + _SIGN
    roomy = where.width() - wide >= _NAME
    left = _paint_word(painter, where, BOTH, tint) if roomy else where.right()
    sign = QRect(left - _SIGN - 2, where.center().y() - _SIGN // 2 + 1, _SIGN, _SIGN)
    paint_icon(painter, sign, "warning", tint)
    return sign.left()
