"""A list is asked what no field says, kept under a name, taken along, and worked off at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QItemSelectionModel, Qt

from app.domain.records import Demand, Person, Visit
from app.services.batches import batch_changes
from app.services.lists import saved_lists
from app.services.lists.chips import Chip, How
from app.services.records import saving
from app.services.records.reveals import revealed
from app.ui.exporting.batch_panel import BatchPanel
from app.ui.exporting.export_panel import ExportPanel
from app.ui.keys import TAB, hints_for
from app.ui.lists.chips.saved_menu import SavedMenu
from app.ui.pages.records.browse.table_browser import TableBrowser
from app.ui.pages.records.page import RecordPage
from tests.services.offices import SetClock, save_visit
from tests.ui import hands
from tests.ui.pages.at_work import CTRL, AtWork

SHIFT = Qt.KeyboardModifier.ShiftModifier
ID = "11010519491231002X"
LATE = {"raised_on": "2011-06-01", "category": "就业", "due": "2011-06-20"}


@pytest.fixture
def demands(at_work: AtWork, clock: SetClock) -> list[str]:
    """Three demands, two of them late."""
    found = []
    for n, due in enumerate(("2011-06-20", "2011-06-25", "2011-12-20")):
        clock.forward(minutes=1)
        typed = {**LATE, "content": f"第{n}件", "due": due}
        found.append(saving.save(at_work.office, Demand, typed).id)
    return found


def table(at_work: AtWork, place: str) -> tuple[RecordPage, TableBrowser]:
    page = at_work.go(place)
    at_work.press(Qt.Key.Key_F12)
    at_work.rest()
    assert page.table.browser is not None
    return page, page.table.browser


def exporting(page: RecordPage) -> ExportPanel:
    panel: Any = page.panels._stage.currentWidget()
    assert isinstance(panel, ExportPanel)
    return panel


def lines(path: Path) -> list[list[Any]]:
    sheet: Any = load_workbook(path).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def ask_overdue(at_work: AtWork, browser: TableBrowser) -> None:
    at_work.press(Qt.Key.Key_G, CTRL)
    hands.compose("超期")
    for _ in range(3):
        at_work.press(Qt.Key.Key_Return)
    at_work.rest()


def test_a_list_is_asked_what_is_late(at_work: AtWork, demands: list[str]) -> None:
    _, browser = table(at_work, "demands")
    browser.card.view.setCurrentIndex(browser.card.model.index(0, 0))
    ask_overdue(at_work, browser)
    assert [chip.words for chip in browser.card.chips.row.chips] == ["超期"]
    assert list(browser.card.model.ids) == demands[1::-1]
    assert browser.card.said[0] == "符合条件的 2 条，全部 3 条"


def test_conditions_with_a_name_are_there_again(at_work: AtWork, demands: list[str]) -> None:
    page, browser = table(at_work, "demands")
    page.browsing.narrowing.put(Chip("?overdue", How.MEETS))
    at_work.rest()
    browser.saved.keep("超期没办的")
    at_work.rest()
    assert any("超期没办的" in words for words in at_work.notices)
    page.browsing.narrowing.clear()
    at_work.rest()
    assert len(browser.card.model.ids) == 3
    browser.card.view.setFocus()
    choose(at_work, browser.saved, "超期没办的")
    assert [chip.words for chip in browser.card.chips.row.chips] == ["超期"]
    assert len(browser.card.model.ids) == 2
    at_work.press(Qt.Key.Key_F12)
    at_work.rest()
    assert list(page.browsing.card.model.ids) == demands[1::-1]


@pytest.mark.parametrize("as_table", [False, True])
def test_keys_pressed_before_the_menu_stands_there_name_the_conditions(
    at_work: AtWork, demands: list[str], as_table: bool
) -> None:
    page = at_work.go("demands")
    view: Any = page.browsing.card.list
    if as_table:
        page, browser = table(at_work, "demands")
        view = browser.card.view
    page.browsing.narrowing.put(Chip("?overdue", How.MEETS))
    at_work.rest()
    view.setFocus()
    at_work.press(Qt.Key.Key_F, CTRL | SHIFT)
    hands.keys(at_work.qtbot, "s")
    hands.compose("超期没办的")
    at_work.press(Qt.Key.Key_Return)
    at_work.qtbot.waitUntil(lambda: any("超期没办的" in words for words in at_work.notices))
    at_work.rest()
    assert [one.name for one in saved_lists.saved(at_work.office, Demand)] == ["超期没办的"]
    assert view.hasFocus()


def test_conditions_are_named_in_the_window_or_not_at_all(
    at_work: AtWork, demands: list[str]
) -> None:
    page, browser = table(at_work, "demands")
    page.browsing.narrowing.put(Chip("?overdue", How.MEETS))
    at_work.rest()
    browser.card.view.setFocus()
    choose(at_work, browser.saved, "存下现在的条件")
    assert "Enter" in [one.shown for one in hints_for(hands.focus())]
    hands.compose("超期没办的")
    at_work.press(Qt.Key.Key_Escape)
    at_work.rest()
    assert saved_lists.saved(at_work.office, Demand) == []
    assert browser.card.view.hasFocus()


@pytest.mark.parametrize("as_table", [False, True])
def test_the_menu_of_kept_conditions_leaves_the_parts_of_the_list_free(
    at_work: AtWork, demands: list[str], as_table: bool
) -> None:
    page = at_work.go("demands")
    views, menu = page.browsing.card.views, page.browsing.saved
    if as_table:
        page, browser = table(at_work, "demands")
        views, menu = browser.card.views, browser.saved
    at_work.press(Qt.Key.Key_F, CTRL | SHIFT)
    at_work.rest()
    top = menu.mapToGlobal(menu.rect().topLeft()).y()
    assert top > views.mapToGlobal(views.rect().bottomLeft()).y()
    assert menu.hasFocus()
    at_work.press(Qt.Key.Key_Escape)
    assert not menu.isVisible()
    assert page.isAncestorOf(hands.focus())


def choose(at_work: AtWork, menu: SavedMenu, name: str) -> None:
    at_work.press(Qt.Key.Key_F, CTRL | SHIFT)
    at_work.rest()
    assert menu.isVisible()
    (item,) = [one for one in menu.actions() if name in one.text()]
    menu.close()
    item.trigger()
    at_work.rest()


def test_a_table_is_taken_along_as_it_stands(
    at_work: AtWork, clock: SetClock, tmp_path: Path
) -> None:
    for name, met in (("甲厂", "12"), ("乙厂", "30"), ("丙厂", "1")):
        clock.forward(minutes=1)
        save_visit(at_work.office, enterprise_name=name, workers_met=met)
    page, browser = table(at_work, "visits")
    page.browsing.narrowing.put(Chip("workers_met", How.BETWEEN, ("10", ""), "10 以上"))
    at_work.rest()
    browser.card.view.setFocus()
    at_work.press(Qt.Key.Key_E, CTRL)
    panel = exporting(page)
    assert panel.card.note.text() == "走访职工 10 以上"
    assert (
        panel.proposed.name == "走访登记一览表 2011-07-20.xlsx" or panel.proposed.suffix == ".xlsx"
    )
    out = tmp_path / "走访.xlsx"
    with at_work.qtbot.waitSignal(panel.written):
        panel.save_to(out)
    at_work.rest()
    found = lines(out)
    assert [row for row in found if row[0] in (1, 2, 3)] != []
    assert {name for row in found for name in row} >= {"甲厂", "乙厂"}
    assert "丙厂" not in {name for row in found for name in row}
    assert "已存为" in panel.said.text()
    at_work.press(Qt.Key.Key_Escape)
    assert page.table.is_shown


def test_the_ledger_of_a_list_comes_as_pdf(at_work: AtWork, tmp_path: Path) -> None:
    save_visit(at_work.office, enterprise_name="甲厂")
    page = at_work.go("visits")
    page.browsing.card.list.setFocus()
    at_work.press(Qt.Key.Key_E, CTRL)
    panel = exporting(page)
    panel.choices.columns.button(1).click()
    panel.choices.files.button(1).click()
    assert panel.proposed.name.startswith("走访台账")
    assert panel.proposed.suffix == ".pdf"
    with at_work.qtbot.waitSignal(panel.written):
        panel.save_to(tmp_path / "台账.pdf")
    assert (tmp_path / "台账.pdf").read_bytes().startswith(b"%PDF")


def test_every_choice_of_an_export_is_reached_by_keys(at_work: AtWork, tmp_path: Path) -> None:
    save_visit(at_work.office, enterprise_name="甲厂")
    page = at_work.go("visits")
    page.browsing.card.list.setFocus()
    at_work.press(Qt.Key.Key_E, CTRL)
    panel = exporting(page)
    assert TAB.shown in [one.shown for one in hints_for(hands.focus())]
    at_work.press(Qt.Key.Key_Tab)
    at_work.press(Qt.Key.Key_Down)
    at_work.press(Qt.Key.Key_Tab)
    at_work.press(Qt.Key.Key_Down)
    assert panel.proposed.name.startswith("走访台账")
    assert panel.proposed.suffix == ".pdf"
    at_work.press(Qt.Key.Key_Up)
    with at_work.qtbot.waitSignal(panel.written):
        panel.save_to(tmp_path / "走访台账.xlsx")
    assert any("甲厂" in row for row in lines(tmp_path / "走访台账.xlsx"))


def test_full_numbers_wait_for_a_reason(at_work: AtWork, tmp_path: Path) -> None:
    saving.save(at_work.office, Person, {"name": "龚䶮", "resident_id": ID})
    page = at_work.go("persons")
    page.browsing.card.list.setFocus()
    at_work.press(Qt.Key.Key_E, CTRL)
    panel = exporting(page)
    panel.choices.columns.button(1).click()
    panel.choices.full.click()
    assert not panel.save.isEnabled()
    panel.choices.why.setText("年度复核")
    assert panel.save.isEnabled()
    with at_work.qtbot.waitSignal(panel.written):
        panel.save_to(tmp_path / "t.xlsx")
    assert ID in {value for row in lines(tmp_path / "t.xlsx") for value in row}
    assert [one.why for one in revealed(at_work.office)] == ["年度复核"]


def select(browser: TableBrowser, rows: list[int]) -> None:
    select_one = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    browser.card.view.clearSelection()
    for row in rows:
        browser.card.view.selectionModel().select(browser.card.model.index(row, 0), select_one)


def batch(page: RecordPage) -> BatchPanel:
    panel: Any = page.panels._stage.currentWidget()
    assert isinstance(panel, BatchPanel)
    return panel


def test_what_is_ticked_gets_one_value_and_one_key_takes_it_back(
    at_work: AtWork, demands: list[str]
) -> None:
    page, browser = table(at_work, "demands")
    select(browser, [0, 2])
    browser.card.view.setFocus()
    at_work.press(Qt.Key.Key_B, CTRL | SHIFT)
    panel = batch(page)
    hands.compose("责任人")
    at_work.press(Qt.Key.Key_Return)
    assert panel.value is not None
    hands.keys(at_work.qtbot, "FZY")
    at_work.press(Qt.Key.Key_S, CTRL)
    at_work.rest()
    assert [who(at_work, one) for one in demands] == ["FZY", "", "FZY"], panel.said.text()
    assert "2 条" in panel.said.text()
    at_work.press(Qt.Key.Key_Z, CTRL)
    at_work.rest()
    assert [who(at_work, one) for one in demands] == ["", "", ""]


def who(at_work: AtWork, record: str) -> str:
    return saving.show(at_work.office, Demand, record).record.responsible


def test_what_is_ticked_is_void_for_one_reason(at_work: AtWork, clock: SetClock) -> None:
    for name in ("甲厂", "乙厂", "丙厂"):
        clock.forward(minutes=1)
        save_visit(at_work.office, enterprise_name=name)
    page, browser = table(at_work, "visits")
    select(browser, [0, 1])
    browser.card.view.setFocus()
    at_work.press(Qt.Key.Key_B, CTRL | SHIFT)
    panel = batch(page)
    panel.what.button(1).click()
    assert not panel.save.isEnabled()
    panel.why.setText("录重了")
    panel.save.trigger()
    at_work.rest()
    left = saving.listing(at_work.office, Visit)
    assert [state.record.enterprise_name for state in left] == ["甲厂"]


def test_with_nothing_ticked_it_is_said_how_to_tick(at_work: AtWork) -> None:
    page = at_work.go("demands")
    saving.save(at_work.office, Demand, {**LATE, "content": "一件"})
    page.panels.open_batch()
    panel = batch(page)
    assert "选好" in panel.said.text()
    assert not panel.save.isEnabled()


def test_what_was_done_to_many_is_taken_back_later_too(at_work: AtWork, demands: list[str]) -> None:
    done = batch_changes.set_field(at_work.office, Demand, demands, "responsible", "谢昆")
    page, browser = table(at_work, "demands")
    select(browser, [0])
    page.panels.open_batch(browser)
    at_work.rest()
    panel = batch(page)
    assert f"{done.changed} 条" in panel.said.text()
    panel.undo.trigger()
    at_work.rest()
    assert [who(at_work, one) for one in demands] == ["", "", ""]
