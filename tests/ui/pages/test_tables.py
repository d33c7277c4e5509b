"""A list as a table: seen, put in order, narrowed, arranged, copied, printed, and left again."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.records import Visit
from app.services.lists.chips import Chip, How
from app.ui.forms.office_lookups import OfficeLookups
from app.ui.pages.records.browse.table_browser import TableBrowser
from app.ui.pages.records.kinds import kind_of
from app.ui.pages.records.page import RecordPage
from tests.services.offices import SetClock, save_visit
from tests.ui import hands
from tests.ui.pages.at_work import CTRL, AtWork
from tests.ui.visible import visible_words

ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
FIRMS = (
    ("沙湾水泥厂", 320, "2011-07-08"),
    ("乐山造纸厂", 45, "2011-07-06"),
    ("曾氏米厂", 1200, "2011-07-19"),
    ("沙湾机砖厂", 45, "2011-07-12"),
)


@pytest.fixture
def four(at_work: AtWork, clock: SetClock) -> list[str]:
    """Four visits, keyed one after the other."""
    found = []
    for name, count, day in FIRMS:
        clock.forward(minutes=1)
        saved = save_visit(
            at_work.office, enterprise_name=name, headcount=str(count), visited_on=day
        )
        found.append(saved.id)
    return found


def open_table(at_work: AtWork, place: str = "visits") -> tuple[RecordPage, TableBrowser]:
    page = at_work.go(place)
    at_work.press(Qt.Key.Key_F12)
    at_work.rest()
    assert page.table.browser is not None
    assert page.table.is_shown
    return page, page.table.browser


def shown(at_work: AtWork, browser: TableBrowser, *names: str) -> list[tuple[str, ...]]:
    """What stands in these columns, from top to bottom, as soon as it was read."""
    model = browser.card.model
    places = [[c.name for c in model.columns].index(name) for name in names]

    def rows() -> list[tuple[str | None, ...]]:
        every = range(model.rowCount())
        return [tuple(model.index(row, place).data() for place in places) for row in every]

    at_work.qtbot.waitUntil(lambda: all(word is not None for row in rows() for word in row))
    return [tuple(map(str, row)) for row in rows()]


def firms(at_work: AtWork, browser: TableBrowser) -> list[str]:
    return [name for (name,) in shown(at_work, browser, "enterprise_name")]


def stand_on(browser: TableBrowser, name: str) -> None:
    model = browser.card.model
    column = [c.name for c in model.columns].index(name)
    row = max(browser.card.view.currentIndex().row(), 0)
    browser.card.view.setCurrentIndex(model.index(row, column))


def test_a_list_becomes_a_table_and_a_row_its_record(at_work: AtWork, four: list[str]) -> None:
    page, browser = open_table(at_work)
    assert browser.card.view.hasFocus()
    assert firms(at_work, browser) == [name for name, _, _ in FIRMS[::-1]]
    at_work.press(Qt.Key.Key_Down)
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    assert not page.table.is_shown
    assert page.editing.key == four[2]
    assert page.browsing.card.list.hasFocus()


def test_put_in_order_by_a_heading_and_by_keys(at_work: AtWork, four: list[str]) -> None:
    _, browser = open_table(at_work)
    stand_on(browser, "enterprise_name")
    at_work.press(Qt.Key.Key_Up, ALT)
    at_work.rest()
    assert firms(at_work, browser) == ["曾氏米厂", "乐山造纸厂", "沙湾机砖厂", "沙湾水泥厂"]
    stand_on(browser, "headcount")
    at_work.press(Qt.Key.Key_Down, ALT)
    at_work.rest()
    assert firms(at_work, browser) == ["曾氏米厂", "沙湾水泥厂", "乐山造纸厂", "沙湾机砖厂"]
    head = browser.card.view.horizontalHeader()
    names = [column.name for column in browser.card.model.columns]
    where = QPoint(head.sectionViewportPosition(names.index("visited_on")) + 20, 10)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=where)
    at_work.rest()
    assert [day for (day,) in shown(at_work, browser, "visited_on")] == sorted(
        d for _, _, d in FIRMS
    )


def test_narrowed_by_keys_and_the_list_beside_the_record_is_too(
    at_work: AtWork, four: list[str]
) -> None:
    page, browser = open_table(at_work)
    stand_on(browser, "enterprise_name")
    at_work.press(Qt.Key.Key_G, CTRL)
    at_work.press(Qt.Key.Key_Return)
    hands.compose("沙湾")
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    assert firms(at_work, browser) == ["沙湾机砖厂", "沙湾水泥厂"]
    assert browser.card.view.hasFocus()
    assert browser.card.said[0] == "符合条件的 2 条，全部 4 条"
    (chip,) = browser.card.chips.row.chips
    assert chip.words == "走访单位含 沙湾"
    assert list(page.browsing.card.model.ids) == [four[3], four[0]]
    chip.setFocus()
    at_work.press(Qt.Key.Key_Delete)
    at_work.rest()
    assert len(firms(at_work, browser)) == 4
    assert browser.card.view.hasFocus()


def test_narrowed_between_two_numbers(at_work: AtWork, four: list[str]) -> None:
    _, browser = open_table(at_work)
    stand_on(browser, "headcount")
    at_work.press(Qt.Key.Key_G, CTRL)
    at_work.press(Qt.Key.Key_Return)
    hands.keys(at_work.qtbot, "100")
    at_work.press(Qt.Key.Key_Return)
    hands.keys(at_work.qtbot, "1000")
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    assert firms(at_work, browser) == ["沙湾水泥厂"]
    (chip,) = browser.card.chips.row.chips
    assert chip.words.endswith("100 至 1000")


def test_columns_are_chosen_moved_and_widened_and_found_again(
    at_work: AtWork, four: list[str]
) -> None:
    _, browser = open_table(at_work)
    at_work.press(Qt.Key.Key_F6)
    before = browser.arranged.columns
    at_work.press(Qt.Key.Key_Space)
    at_work.rest()
    assert browser.arranged.columns == before[1:]
    at_work.press(Qt.Key.Key_Escape)
    assert browser.card.view.hasFocus()
    stand_on(browser, before[1])
    at_work.press(Qt.Key.Key_Right, CTRL | SHIFT)
    at_work.press(Qt.Key.Key_Right, CTRL)
    wide = browser.card.view.widths[before[1]]
    at_work.qtbot.waitUntil(lambda: browser.arranged.columns[0] == before[2])
    at_work.rest()
    assert browser.arranged.columns[:2] == (before[2], before[1])
    browser._write()
    again = browser._memory.read()
    assert again.columns == browser.arranged.columns
    assert again.widths[before[1]] == wide
    assert again.shown


def test_copied_as_a_table_with_headings(at_work: AtWork, four: list[str]) -> None:
    _, browser = open_table(at_work)
    browser._take_columns(("enterprise_name", "headcount", "number"))
    at_work.rest()
    at_work.press(Qt.Key.Key_Down, SHIFT)
    at_work.press(Qt.Key.Key_C, CTRL)
    at_work.rest()
    held = QApplication.clipboard().mimeData()
    lines = [line.split("\t") for line in held.text().split("\n")]
    assert lines[0][:2] == ["走访单位", "职工人数（人）"]
    assert [line[:2] for line in lines[1:]] == [["沙湾机砖厂", "45"], ["曾氏米厂", "1200"]]
    assert "<td>1200</td>" in held.html()
    assert "mso-number-format:'\\@'" in held.html()


def test_printed_in_the_same_order_with_its_conditions(at_work: AtWork, four: list[str]) -> None:
    page, browser = open_table(at_work)
    stand_on(browser, "headcount")
    at_work.press(Qt.Key.Key_Down, ALT)
    page.browsing.narrowing.put(Chip("enterprise_name", How.HAS, ("厂",), "厂"))
    at_work.rest()
    at_work.press(Qt.Key.Key_P, CTRL)
    at_work.rest()
    panel = page.panels._printing
    assert panel is not None
    assert panel.choices.paper.name == "一览表"
    assert panel.preview.made is not None
    text = words_of(panel.preview.made.data)
    places = [text.index(name) for name in firms(at_work, browser)]
    assert places == sorted(places)
    assert "走访单位含 厂" in text
    at_work.press(Qt.Key.Key_Escape)
    assert page.table.is_shown
    assert browser.card.view.hasFocus()


def words_of(data: bytes) -> str:
    import pypdfium2

    with closing(pypdfium2.PdfDocument(data)) as document:
        pages: Sequence[str] = [page.get_textpage().get_text_range() for page in document]
    return "".join(pages).replace("\r\n", "")


def test_a_condition_is_changed_where_it_stands(at_work: AtWork, four: list[str]) -> None:
    page, browser = open_table(at_work)
    page.browsing.narrowing.put(Chip("headcount", How.BETWEEN, ("100", ""), "100 以上"))
    at_work.rest()
    at_work.press(Qt.Key.Key_G, CTRL)
    at_work.press(Qt.Key.Key_G, CTRL)
    (chip,) = browser.card.chips.row.chips
    assert chip.hasFocus()
    at_work.press(Qt.Key.Key_Return)
    at_work.press(Qt.Key.Key_Return)
    hands.keys(at_work.qtbot, "400")
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    (chip,) = browser.card.chips.row.chips
    assert chip.words == "职工人数 100 至 400"
    assert firms(at_work, browser) == ["沙湾水泥厂"]


def test_a_condition_of_codes_and_one_of_nothing(at_work: AtWork, four: list[str]) -> None:
    _, browser = open_table(at_work)
    at_work.press(Qt.Key.Key_G, CTRL)
    hands.keys(at_work.qtbot, "zfjb")
    at_work.press(Qt.Key.Key_Return)
    at_work.press(Qt.Key.Key_Return)
    told = [key.shown for key in at_work.shell.hints.hints]
    assert {"Enter", "F7", "Esc"} <= set(told), "what can be pressed while a code is added"
    at_work.press(Qt.Key.Key_F7)
    at_work.rest()
    at_work.press(Qt.Key.Key_Return)
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    (chip,) = browser.card.chips.row.chips
    assert chip.words.startswith("走访级别是 ")
    assert firms(at_work, browser) == []
    assert "没有这样的走访" in visible_words(at_work.window)
    at_work.press(Qt.Key.Key_G, CTRL | SHIFT)
    at_work.rest()
    assert len(firms(at_work, browser)) == 4
    at_work.press(Qt.Key.Key_G, CTRL)
    hands.keys(at_work.qtbot, "zfjb")
    at_work.press(Qt.Key.Key_Return)
    hands.keys(at_work.qtbot, "mytyt")
    at_work.press(Qt.Key.Key_Escape)
    assert not browser.card.chips.asks
    assert browser.card.view.hasFocus()


def test_left_with_escape_and_remembered_for_the_next_start(
    at_work: AtWork, four: list[str]
) -> None:
    page, _ = open_table(at_work)
    at_work.press(Qt.Key.Key_Escape)
    at_work.rest()
    assert not page.table.was_shown
    at_work.press(Qt.Key.Key_F12)
    again = RecordPage(at_work.desk, kind_of(Visit), OfficeLookups(at_work.office, at_work.worker))
    at_work.qtbot.addWidget(again)
    again.activate()
    at_work.rest()
    assert again.table.is_shown
    again.table.leave()
    at_work.rest()


def test_all_are_selected_and_what_was_written_meanwhile_comes_in(
    at_work: AtWork, four: list[str], clock: SetClock
) -> None:
    page, browser = open_table(at_work)
    at_work.press(Qt.Key.Key_A, CTRL)
    assert browser.card.selected == four[::-1]
    assert browser.card.said[1] == "已选 4 条"
    clock.forward(minutes=1)
    saved = save_visit(at_work.office, enterprise_name="新来的厂")
    page.changed(saved.changes)
    at_work.rest()
    assert firms(at_work, browser)[0] == "新来的厂"
    assert browser.card.record == four[3]


def test_a_record_opened_from_elsewhere_is_seen_whole(at_work: AtWork, four: list[str]) -> None:
    page, _ = open_table(at_work)
    at_work.shell.open("visit", four[1])
    at_work.rest()
    assert not page.table.is_shown
    assert page.editing.key == four[1]


def test_the_rows_of_the_list_are_copied_as_its_table_would_have_them(
    at_work: AtWork, four: list[str]
) -> None:
    page = at_work.go("visits")
    page.browsing.card.list.setFocus()
    at_work.press(Qt.Key.Key_Home)
    at_work.press(Qt.Key.Key_Down, SHIFT)
    at_work.press(Qt.Key.Key_C, CTRL)
    at_work.rest()
    lines = QApplication.clipboard().text().split("\n")
    assert len(lines) == 3
    assert "走访单位" in lines[0].split("\t")
    assert ["沙湾机砖厂" in lines[1], "曾氏米厂" in lines[2]] == [True, True]


def test_a_column_is_dragged_to_another_place(at_work: AtWork, four: list[str]) -> None:
    _, browser = open_table(at_work)
    before = browser.arranged.columns
    browser.card.view.horizontalHeader().moveSection(0, 2)
    at_work.qtbot.waitUntil(lambda: browser.arranged.columns != before)
    assert browser.arranged.columns[:3] == (before[1], before[2], before[0])
    at_work.rest()
    assert firms(at_work, browser) == [name for name, _, _ in FIRMS[::-1]]
    first = browser.card.model.columns[0].name
    assert first == before[1]


def test_the_key_of_conditions_goes_back_to_the_one_being_made(
    at_work: AtWork, four: list[str]
) -> None:
    _, browser = open_table(at_work)
    at_work.press(Qt.Key.Key_G, CTRL)
    browser.card.view.setFocus()
    at_work.press(Qt.Key.Key_G, CTRL)
    assert browser.card.chips.isAncestorOf(hands.focus())
