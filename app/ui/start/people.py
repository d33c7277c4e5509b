"""The list of operators (经办人) to choose from before the passphrase."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui.icons import paint_icon
from app.ui.parts.chip import chip_width, paint_chip
from app.ui.theme import LIGHT, text_font
from app.ui.ui_memory import UiMemory

_ROLE = Qt.ItemDataRole.UserRole
_DAYS = {0: "今天", 1: "昨天"}


@dataclass(frozen=True, slots=True)
class Person:
    """Who can open the data: `duty` and `last` (when last here) are only shown."""

    id: str
    name: str
    duty: str = ""
    last: str = ""


def remember(memory: UiMemory, operator: str, duty: str) -> None:
    """Note that an operator is here now."""
    memory.keep(f"people/{operator}/duty", duty)
    memory.keep(f"people/{operator}/last", dt.datetime.now().astimezone().isoformat())


def remembered(memory: UiMemory, person: Person) -> Person:
    """The person with what was noted when last here."""
    last = memory.text(f"people/{person.id}/last")
    today = dt.datetime.now().astimezone().date()
    return replace(
        person,
        duty=memory.text(f"people/{person.id}/duty"),
        last=when(dt.datetime.fromisoformat(last), today) if last else "",
    )


def when(moment: dt.datetime, today: dt.date) -> str:
    """今天 08:31, 昨天 17:21, 11-30 16:05, 2010-11-30."""
    days = (today - moment.date()).days
    if days in _DAYS:
        return f"{_DAYS[days]} {moment:%H:%M}"
    return f"{moment:%m-%d %H:%M}" if moment.year == today.year else f"{moment:%Y-%m-%d}"


class PeopleList(QListWidget):
    """One row a person, as high as up to `most` of them."""

    def __init__(self, rows: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("经办人")
        self.setItemDelegate(_Row(self))
        self.setStyleSheet(
            f"QListWidget {{ border: 1px solid {LIGHT.control}; border-radius: 4px; }}"
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows = rows
        self.set_most(4)

    def show_people(self, people: Sequence[Person], chosen: str = "") -> None:
        """Show these, with one of them chosen by id, or else the first."""
        self.clear()
        for person in people:
            item = QListWidgetItem(person.name, self)
            item.setData(_ROLE, person)
        ids = [person.id for person in people]
        self.setCurrentRow(ids.index(chosen) if chosen in ids else 0)
        self._rows = len(people)
        self.set_most(self._most)

    def set_most(self, most: int) -> None:
        """Be no higher than so many rows; the chosen one stays in view."""
        self._most = most
        self.setFixedHeight(min(max(self._rows, 1), most) * LIGHT.icon_row + 2)
        self.scrollToItem(self.currentItem())

    @property
    def chosen(self) -> Person | None:
        """Who is chosen."""
        item = self.currentItem()
        found = item.data(_ROLE) if item else None
        return found if isinstance(found, Person) else None

    def step(self, by: int) -> None:
        """Choose the one above (-1) or below (1)."""
        self.setCurrentRow(max(0, min(self.currentRow() + by, self.count() - 1)))


class _Row(QStyledItemDelegate):
    def __init__(self, owner: QListWidget) -> None:
        super().__init__(owner)
        self._list = owner

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, LIGHT.icon_row)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        person: Person = index.data(_ROLE)
        room: QRect = option.rect  # type: ignore[attr-defined]
        chosen = index.row() == self._list.currentRow()
        painter.save()
        if chosen:
            painter.fillRect(room, QColor(LIGHT.sel))
            painter.fillRect(QRect(room.topLeft(), QSize(3, room.height())), QColor(LIGHT.focus))
        else:
            painter.fillRect(room.adjusted(0, room.height() - 1, 0, 0), QColor(LIGHT.row_line))
        paint_icon(painter, QRect(room.left() + 15, room.center().y() - 7, 16, 16), "user")
        _paint_words(painter, room.adjusted(42, 0, -12, 0), person, bold=chosen)
        painter.restore()


def _paint_words(painter: QPainter, room: QRect, person: Person, *, bold: bool) -> None:
    font = text_font(LIGHT.normal, bold=bold)
    painter.setFont(font)
    painter.setPen(QColor(LIGHT.text))
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, person.name)
    left = max(room.left() + QFontMetrics(font).horizontalAdvance(person.name) + 20, 62)
    if person.duty:
        spot = QRect(left, room.top(), chip_width(person.duty), room.height())
        paint_chip(painter, spot, person.duty, "neutral")
    painter.setFont(text_font(LIGHT.small))
    painter.setPen(QColor(LIGHT.text2))
    side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
    painter.drawText(room, side, person.last)
