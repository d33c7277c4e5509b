"""Whatever is typed or pasted into a field is its value or stands there to be mended."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from pytestqt.qtbot import QtBot

from app.domain.kernel.errors import UserError
from app.domain.kernel.text import clean_name, clean_text
from app.domain.values.masking import masked
from app.ui.fields.making import make_editor
from app.ui.fields.prose import ProseEditor
from app.ui.fields.text import LineEditor
from tests.ui.hands import AROUND, compose, paste, press, show, spec_of

pytestmark = pytest.mark.usefixtures("dressed")

CTRL = Qt.KeyboardModifier.ControlModifier
WORDS = st.text(
    st.sampled_from("甲乙𬭎䶮·•、，０１２３0123456789.-/ x年月日是否ab⼯⻢\u3000“”（）%"),
    min_size=1,
)
LINES = ["visit.headcount", "aid.money", "visit.visited_on", "person.name", "visit.leaders"]


_BETWEEN = "、，,;；。/／\\|｜&＆+＋ "
"""What only parts one name from the next."""


@pytest.mark.parametrize("place", LINES)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=WORDS)
def test_a_line_reads_it_or_keeps_it(qtbot: QtBot, place: str, text: str) -> None:
    editor = make_editor(spec_of(*place.split(".")), AROUND)
    qtbot.addWidget(editor)
    assert isinstance(editor, LineEditor)
    editor.line.insert(text)
    editor.line.left.emit()
    try:
        value = editor.value()
    except UserError:
        assert editor.text() == text
        assert editor.typed() == text
    else:
        assert value is not None or not clean_name(text).strip(_BETWEEN)
        again = make_editor(editor.spec, AROUND)
        qtbot.addWidget(again)
        again.load(value)
        assert again.value() == value


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.sampled_from("甲𬭎\n 一是，⼯\tab"), min_size=1))
def test_long_text_is_kept_as_it_is_typed(qtbot: QtBot, text: str) -> None:
    editor = make_editor(spec_of("visit", "opinions"), AROUND)
    qtbot.addWidget(editor)
    assert isinstance(editor, ProseEditor)
    editor.prose.insertPlainText(text)
    assert editor.value() == (clean_text(text) if text.strip() else None)


@given(digits=st.text("0123456789", min_size=15, max_size=20))
def test_a_mask_tells_only_the_ends(digits: str) -> None:
    shown = masked(digits)
    assert len(shown) == len(digits)
    assert shown[:6] == digits[:6]
    assert set(shown[6:-2]) == {"*"}
    assert masked("沙湾镇示例街00号") == "******"
    assert masked("") == ""


def test_a_copied_range_never_becomes_a_word(qtbot: QtBot) -> None:
    editor = make_editor(spec_of("person", "name"), AROUND)
    show(qtbot, editor)
    editor.setFocus()
    compose("赵")
    for text in ("甲\t乙\n丙\t丁", "甲\n乙", "甲\t乙"):
        with qtbot.waitSignal(editor.block_pasted) as caught:
            paste(qtbot, text)
        assert caught.args == [[line.split("\t") for line in text.split("\n")]]
        with qtbot.waitSignal(editor.block_pasted):
            compose(text)
    assert editor.value() == "赵"


def test_the_menu_pastes_as_the_key_does(qtbot: QtBot) -> None:
    editor = make_editor(spec_of("person", "name"), AROUND)
    show(qtbot, editor)
    assert isinstance(editor, LineEditor)
    editor.setFocus()
    paste(qtbot, "赵")
    menu = editor.line.menu()
    (entry,) = [one for one in menu.actions() if one.objectName() == "edit-paste"]
    entry.trigger()
    assert editor.value() == "赵赵"


@pytest.mark.parametrize("name", ["enterprise_name", "opinions"])
@pytest.mark.parametrize("key", [Qt.Key.Key_U, Qt.Key.Key_K, Qt.Key.Key_D, Qt.Key.Key_E])
def test_a_key_of_the_page_deletes_nothing_in_a_field(qtbot: QtBot, name: str, key: Qt.Key) -> None:
    editor = make_editor(spec_of("visit", name), AROUND)
    editor.put("不便")
    heard: list[int] = []
    shortcut = QShortcut(QKeySequence(QKeyCombination(CTRL, key)), editor)
    shortcut.activated.connect(lambda: heard.append(1))
    show(qtbot, editor)
    editor.setFocus()
    press(qtbot, Qt.Key.Key_Home)
    press(qtbot, key, CTRL)
    assert (editor.value(), heard) == ("不便", [1])


def test_a_text_loaded_before_there_is_room_is_shown_whole(qtbot: QtBot) -> None:
    editor = make_editor(spec_of("visit", "opinions"), AROUND)
    assert isinstance(editor, ProseEditor)
    editor.resize(900, 90)
    editor.load("一、劳务派遣人员的会籍怎么算不清楚，请下发明确的说明。\n" * 2)
    show(qtbot, editor, width=330, height=90)
    editor.resize(330, editor.height_for(330))
    qtbot.waitUntil(lambda: not editor.prose.verticalScrollBar().isVisible())
