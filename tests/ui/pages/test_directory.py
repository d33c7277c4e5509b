"""单位名录: a ready-made list is worked through, and gaps are filled, without a mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.records import Enterprise, Link
from app.services.records import saving
from app.ui.keys import hints_for
from app.ui.pages.directory.panel import DirectoryPanel
from app.ui.pages.records.page import RecordPage
from tests.services.offices import record_of
from tests.ui.pages.at_work import CTRL, AtWork

ALT = Qt.KeyboardModifier.AltModifier
pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def preset(at_work: AtWork) -> dict[str, str]:
    """A list as it came: by name the id."""
    names = ("甲水泥厂", "沫江电子厂", "沫江电子有限公司", "戊煤矿")
    base = {"area": "沙湾镇", "verification": "预置"}
    return {
        name: saving.save(at_work.office, Enterprise, {"name": name, **base}).id for name in names
    }


@pytest.fixture
def panel(at_work: AtWork, preset: dict[str, str]) -> DirectoryPanel:
    """The panel over the list, opened by its key."""
    page: RecordPage = at_work.go("enterprises")
    at_work.press(Qt.Key.Key_F10)
    at_work.rest()
    made = page.panels.working
    assert isinstance(made, DirectoryPanel)
    return made


def standing(at_work: AtWork, record: str) -> str:
    found = record_of(at_work.office, Enterprise.type_name, record)
    assert isinstance(found, Enterprise)
    return found.verification


def type_in(text: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)


def name(panel: DirectoryPanel) -> str:
    chosen = panel.verify.chosen
    return chosen.name if chosen else ""


def test_a_list_is_worked_through_by_digits(
    at_work: AtWork, panel: DirectoryPanel, preset: dict[str, str]
) -> None:
    assert panel.tabs.words("verify") == "核实 4"
    order = [one.name for one in panel.verify._shown]
    assert name(panel) == order[0]
    at_work.press(Qt.Key.Key_1)
    assert name(panel) == order[1]
    at_work.press(Qt.Key.Key_2)
    at_work.rest()
    assert [standing(at_work, preset[one]) for one in order[:2]] == ["verified", "missing"]
    assert panel.tabs.words("verify") == "核实 2"
    assert "核实过 2 家" in panel.verify.list.counts.text()

    at_work.press(Qt.Key.Key_Z, CTRL)
    at_work.rest()
    assert standing(at_work, preset[order[1]]) == "preset"
    assert len(panel.verify._shown) == 3
    assert name(panel) == order[1], "what was taken back is decided anew"

    at_work.press(Qt.Key.Key_T, CTRL)
    at_work.rest()
    assert name(panel) == order[0]
    assert panel.verify.card.said.text().startswith("已核实，李经办，2011-07-21")
    at_work.press(Qt.Key.Key_Z, CTRL)
    at_work.rest()
    assert standing(at_work, preset[order[0]]) == "preset"


def test_a_unit_that_was_checked_may_be_gone_later(
    at_work: AtWork, panel: DirectoryPanel, preset: dict[str, str]
) -> None:
    first = name(panel)
    at_work.press(Qt.Key.Key_1)
    at_work.rest()
    at_work.press(Qt.Key.Key_T, CTRL)
    at_work.rest()
    assert (name(panel), panel.verify.verified.isEnabled()) == (first, False)
    at_work.press(Qt.Key.Key_3)
    at_work.rest()
    assert standing(at_work, preset[first]) == "missing"
    at_work.press(Qt.Key.Key_Z, CTRL)
    at_work.rest()
    assert standing(at_work, preset[first]) == "verified"


def test_an_entry_is_joined_to_the_one_it_doubles(
    at_work: AtWork, panel: DirectoryPanel, preset: dict[str, str]
) -> None:
    verify = panel.verify
    place = next(n for n, one in enumerate(verify._shown) if one.name == "沫江电子有限公司")
    verify.list.list.go(place)
    at_work.rest()
    assert verify.card.others.texts[0][0] == "沫江电子厂"
    at_work.press(Qt.Key.Key_5)
    assert verify.card.others.hasFocus()
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    assert standing(at_work, preset["沫江电子有限公司"]) == "duplicate"
    assert verify.list.said.text() == "“沫江电子有限公司”并入“沫江电子厂”。"
    assert verify.list.list.hasFocus()
    at_work.press(Qt.Key.Key_Z, CTRL)
    at_work.rest()
    assert standing(at_work, preset["沫江电子有限公司"]) == "preset"
    assert not saving.listing(at_work.office, Link)
    at_work.qtbot.waitUntil(lambda: not verify.undo.isEnabled())
    told = [one.shown for one in hints_for(verify.list.list)]
    assert "5" in told
    assert "Ctrl+Z" not in told


def test_another_entry_is_looked_for_by_name(
    at_work: AtWork, panel: DirectoryPanel, preset: dict[str, str]
) -> None:
    verify = panel.verify
    place = next(n for n, one in enumerate(verify._shown) if one.name == "戊煤矿")
    verify.list.list.go(place)
    at_work.rest()
    at_work.press(Qt.Key.Key_5)
    assert verify.card.is_choosing
    type_in("jsnc")
    at_work.rest()
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    assert standing(at_work, preset["戊煤矿"]) == "duplicate"
    with at_work.qtbot.waitSignal(panel.closed):
        at_work.press(Qt.Key.Key_Escape)


def test_gaps_of_many_units_are_filled_by_keys(
    at_work: AtWork, panel: DirectoryPanel, preset: dict[str, str]
) -> None:
    at_work.press(Qt.Key.Key_2, ALT)
    at_work.rest()
    fill = panel.fill
    assert panel.tabs.words("fill") == "补填 4"
    for text in ("1", "s", "250"):
        type_in(text)
        at_work.rest()
        at_work.press(Qt.Key.Key_Return)
    at_work.press(Qt.Key.Key_S, CTRL)
    at_work.rest()
    first = fill._units[0]
    found = record_of(at_work.office, Enterprise.type_name, first.id)
    assert (found.kind, found.above_scale, found.headcount) == ("enterprise", True, 250)
    assert fill.said.text() == "已保存 1 家。"

    sheet = fill.sheet
    second = sheet._lines[1].cells["kind"]
    second.setFocus()
    at_work.press(Qt.Key.Key_F3)
    assert second.value() == "enterprise"
    at_work.press(Qt.Key.Key_S, CTRL)
    at_work.rest()
    fill.undo.trigger()
    at_work.rest()
    assert record_of(at_work.office, Enterprise.type_name, fill._units[1].id).kind == ""


def test_a_row_that_cannot_be_read_is_said_and_kept(
    at_work: AtWork, panel: DirectoryPanel, preset: dict[str, str]
) -> None:
    at_work.press(Qt.Key.Key_2, ALT)
    at_work.rest()
    cell = panel.fill.sheet._lines[0].cells["headcount"]
    cell.setFocus()
    type_in("many")
    at_work.press(Qt.Key.Key_S, CTRL)
    at_work.rest()
    assert "职工人数" in panel.fill.said.text()
    assert cell.typed() == "many"
    cell.load(None)


def test_the_search_box_narrows_what_is_worked_through(
    at_work: AtWork, panel: DirectoryPanel
) -> None:
    at_work.shell.page.search("沫江")
    assert [one.name for one in panel.verify._shown] == ["沫江电子厂", "沫江电子有限公司"]
    at_work.shell.page.search("")
    assert len(panel.verify._shown) == 4


def test_escape_goes_back_to_the_records(at_work: AtWork, panel: DirectoryPanel) -> None:
    at_work.press(Qt.Key.Key_Escape)
    at_work.rest()
    assert not panel.isVisible()


def test_a_row_refused_after_one_left_is_said_and_takes_no_focus(
    at_work: AtWork, panel: DirectoryPanel, preset: dict[str, str]
) -> None:
    at_work.press(Qt.Key.Key_2, ALT)
    at_work.rest()
    cell = panel.fill.sheet._lines[0].cells["headcount"]
    cell.setFocus()
    type_in("many")
    at_work.press(Qt.Key.Key_Escape)
    at_work.rest()
    assert not panel.isVisible()
    assert "职工人数" in "".join(at_work.notices)
    here = QApplication.focusWidget()
    assert here is not None
    assert here.isVisible()
    cell.load(None)


def test_an_entry_is_not_offered_as_the_one_it_doubles(
    at_work: AtWork, panel: DirectoryPanel
) -> None:
    verify = panel.verify
    place = next(n for n, one in enumerate(verify._shown) if one.name == "沫江电子厂")
    verify.list.list.go(place)
    at_work.rest()
    verify.card.other.setFocus()
    type_in("mj")
    at_work.rest()
    offered = verify.card.other.line.popup.titles()
    assert "沫江电子有限公司" in offered
    assert "沫江电子厂" not in offered
