"""A clerk's hands: keys, an input method, the wheel, the clipboard."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.kernel.fields import FieldSpec, Kind, fields_of
from app.domain.records import TYPES
from app.ui.fields.suggestion import Index, Lookups, Suggestion, Surroundings

TODAY = dt.date(2011, 12, 10)

ENTERPRISES = Index(
    [
        Suggestion("e1", "乐山无线电公司", "沙湾-企-0001"),
        Suggestion("e2", "乐山电力沙湾供电所", "沙湾-企-0002", ("沙供所",)),
        Suggestion("e3", "沐江堰管理处", "沙湾-企-0003"),
    ]
)


def _find(record_type: str, text: str) -> list[Suggestion]:
    return ENTERPRISES(text) if record_type == "enterprise" else []


def _title(record_type: str, key: str) -> str:
    found = {one.key: one.title for one in ENTERPRISES("")}
    return found.get(key, key if record_type != "enterprise" else "")


AROUND = Surroundings(lambda: TODAY, Lookups(_find, _title, adds=frozenset({"enterprise"})))


def spec_of(type_name: str, name: str) -> FieldSpec:
    return next(one for one in fields_of(TYPES[type_name]) if one.name == name)


def show(qtbot: QtBot, widget: QWidget, width: int = 600, height: int = 600) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()


def focus() -> QWidget:
    here = QApplication.focusWidget()
    assert here is not None
    return here


def press(qtbot: QtBot, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(focus(), key, held)


def keys(qtbot: QtBot, text: str) -> None:
    QTest.keyClicks(focus(), text)


def compose(text: str, letters: str = "pinyin") -> None:
    """Type Chinese as an input method does: letters in the making, then the words."""
    QApplication.sendEvent(focus(), QInputMethodEvent(letters, []))
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(focus(), event)


def begin_composing(letters: str) -> None:
    QApplication.sendEvent(focus(), QInputMethodEvent(letters, []))


def paste(qtbot: QtBot, text: str) -> None:
    QApplication.clipboard().setText(text)
    press(qtbot, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def wheel(widget: QWidget, notches: int = -1) -> None:
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(widget.mapToGlobal(QPoint(5, 5))),
        QPoint(0, 0),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


_SAMPLES: dict[Kind, Any] = {
    Kind.TEXT: "示例",
    Kind.PROSE: "一、班车。\n二、𬭎某工资。",
    Kind.INTEGER: 1990,
    Kind.MONEY: "1450.00",
    Kind.DATE: "2011-07-20",
    Kind.TIME: "2011-07-20T14:30:00+08:00",
    Kind.FLAG: True,
    Kind.NAMES: ["李明书", "阿约·试例"],
    Kind.LINK: "e1",
    Kind.LINKS: ["e1", "e2"],
    Kind.OBJECT: {"甲": 1},
}
_READ = {"kind": "text", "resident_id": "11010519491231002X", "uscc": "91350100M000100Y43"}


def sample(spec: FieldSpec) -> Any:
    """A stored value for a field of any kind."""
    if spec.kind in (Kind.CODE, Kind.CODES):
        assert spec.field.codes is not None
        values = [code.value for code in spec.field.codes]
        return values[0] if spec.kind is Kind.CODE else values[:2]
    if spec.kind is Kind.ROWS:
        cells = {one.name: sample(one) for one in spec.columns if one.name != "id"}
        return [{"id": "r1", **cells}]
    return _READ.get(spec.name, _SAMPLES[spec.kind])


def full_body(type_name: str) -> dict[str, Any]:
    """A body with every member of the type, those nobody types too."""
    body = {spec.name: sample(spec) for spec in fields_of(TYPES[type_name])}
    return {**body, "extra": {"added_later": "甲"}, "accepted": [], "number": "沙湾-2011-0137"}
