"""Fields that a campaign adds, on the screen of a county: form, columns, chips, another day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.records import Campaign, Demand, Visit
from app.services.campaigns.campaign_news import look_at
from app.services.lists import record_history
from app.services.lists.added_fields import fields_of_record
from app.services.lists.chips import Chip, How
from app.services.office.office import Office
from app.services.records import saving
from app.services.reviewing import answers, reviews
from app.services.reviewing.reviews import Correction
from app.services.todo.today import today
from app.ui.pages.records.browse.table_browser import TableBrowser
from app.ui.pages.records.page import RecordPage
from tests.services.offices import COUNTY, SetClock, carry, deliver, save_visit
from tests.ui import hands
from tests.ui.pages.at_work import CTRL, AtWork

AUTUMN: dict[str, Any] = {
    "code": "2011-50",
    "title": "关于开展秋季走访的通知",
    "document_number": "乐工发〔2011〕50号",
    "starts": "2011-09-01",
    "ends": "2011-12-31",
    "extra_fields": [
        {"type": "visit", "name": "coal", "label": "取暖用煤", "kind": "integer", "unit": "吨"},
        {"type": "visit", "name": "heat", "label": "取暖方式", "kind": "code", "options": "煤、电"},
        {"type": "demand", "name": "ton", "label": "缺煤", "kind": "integer", "unit": "吨"},
    ],
}


@pytest.fixture
def autumn(city: Office, county: Office, clock: SetClock, tmp_path: Path) -> list[str]:
    """The campaign has come to the county, where two visits are of it and one is not."""
    saving.save(city, Campaign, AUTUMN)
    carry(county, answers.answer(city, COUNTY, tmp_path / "stick").files)
    clock.set(2011, 9, 20)
    some = (("甲厂", 3, "煤"), ("乙厂", 12, "电"))
    found = [
        save_visit(
            county, enterprise_name=name, visited_on="2011-09-05", extra={"coal": n, "heat": how}
        )
        for name, n, how in some
    ]
    found.append(save_visit(county, enterprise_name="丙厂", visited_on="2011-08-05"))
    return [one.id for one in found]


def _table(at_work: AtWork) -> tuple[RecordPage, TableBrowser]:
    page = at_work.go("visits")
    at_work.press(Qt.Key.Key_F12)
    at_work.rest()
    browser = page.table.browser
    assert browser is not None
    return page, browser


def _column(browser: TableBrowser, name: str) -> list[str]:
    model = browser.card.model
    place = [column.name for column in model.columns].index(name)
    return [str(model.index(row, place).data()) for row in range(model.rowCount())]


def test_a_column_and_a_chip_of_an_added_field(autumn: list[str], at_work: AtWork) -> None:
    page, browser = _table(at_work)
    browser._take_columns(("enterprise_name", "coal", "heat"))
    at_work.rest()
    at_work.qtbot.waitUntil(lambda: sorted(_column(browser, "coal")) == ["", "12", "3"])
    assert sorted(_column(browser, "heat")) == ["", "煤", "电"]
    browser._order_by("coal", True)
    at_work.rest()
    at_work.qtbot.waitUntil(lambda: _column(browser, "coal") == ["12", "3", ""])
    browser.card.chips.begin("coal")
    form = browser.card.chips.form
    assert form.field.value() == "coal"
    page.browsing.narrowing.put(Chip("heat", How.IS, ("煤",), "煤"))
    at_work.rest()
    assert _column(browser, "enterprise_name") == ["甲厂"]
    assert [chip.words for chip in browser.card.chips.row.chips] == ["取暖方式是 煤"]
    browser._write()
    assert browser._memory.read().columns == ("enterprise_name", "coal", "heat")


def test_an_added_field_is_counted_and_is_a_column_of_the_totals(
    autumn: list[str], at_work: AtWork
) -> None:
    at_work.shell.go("statistics")
    page: Any = at_work.shell.page
    at_work.rest()
    page.tabs.go("tallies")
    at_work.rest()
    view = page.tallies
    view.kind.go("visit.coal")
    at_work.rest()
    assert view.measure.currentText() == "数取暖用煤（吨）"
    assert view.table.texts[0] == ["合计", "15", "15"]
    view.across.go("")
    at_work.rest()
    assert view.table.texts == [["合计", "15", "2"], ["已填", "15", "2"]]
    view.table.setCurrentIndex(view.table.model().index(0, 1))
    view.table.setFocus()
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    assert at_work.shell.current == "visits"
    visits: Any = at_work.shell.page
    assert sorted(visits.browsing.card.model.ids) == sorted(autumn[:2])
    at_work.shell.go("statistics")
    page.tabs.go("table")
    at_work.rest()
    page.table._choose_columns()
    page.table._take_columns(("visit.coal:filled", "visit.heat:煤"))
    at_work.rest()
    assert page.table.table.texts[0] == ["合计", "15", "1"]


def test_the_form_has_the_fields_of_the_campaign_of_its_day(
    autumn: list[str], at_work: AtWork
) -> None:
    page = at_work.go("visits")
    page.editing.new()
    at_work.rest()
    form = page.form
    assert "coal" in form.cells()
    form.editor("enterprise_name").put("丁厂")
    form.editor("visited_on").put("8.1")
    page.editing._known.look()
    at_work.qtbot.waitUntil(lambda: "coal" not in form.cells())
    assert form.editor("enterprise_name").typed() == "丁厂"
    assert form.editor("campaign").typed() == "2011-36"
    form.editor("visited_on").put("9.2")
    page.editing._known.look()
    at_work.qtbot.waitUntil(lambda: "coal" in form.cells())
    assert form.editor("campaign").typed() == "2011-50"


DEMAND = {"category": "生活", "content": "取暖费没有发"}


def test_a_demand_has_the_fields_of_its_visit_and_says_whose_they_are(
    autumn: list[str], at_work: AtWork
) -> None:
    page = at_work.go("demands")
    page.editing.new({"visit": autumn[0]})
    at_work.qtbot.waitUntil(lambda: "ton" in page.form.cells())
    group = page.form._placed[-1]
    assert (group.title, group.note) == ("活动增加的项目", AUTUMN["title"])
    for name, value in DEMAND.items():
        page.form.editor(name).put(value)
    page.form.editor("ton").put("3吨")
    page.editing.save()
    at_work.rest()
    (kept,) = saving.listing(at_work.office, Demand)
    assert kept.record.extra == {"ton": 3}
    page.form.editor("visit").put(autumn[2])
    page.editing._known.look()
    at_work.qtbot.waitUntil(lambda: page.form.cells()["ton"].spec.label.startswith("缺煤（"))
    assert page.form.editor("ton").typed() in (3, "3")
    assert page.form.cells()["ton"].placed.label == "缺煤"
    group = page.form._placed[-1]
    assert (group.title, group.note) == ("原来的活动增加的项目", AUTUMN["title"])


def test_a_question_of_the_city_opens_at_the_added_field_and_a_value_is_adopted(
    autumn: list[str], at_work: AtWork, city: Office, tmp_path: Path
) -> None:
    county = at_work.office
    record = saving.save(county, Demand, {**DEMAND, "visit": autumn[0], "ton": 30}).id
    deliver(county, city, tmp_path / "up")
    reviews.send_back(city, Demand, record, {"ton": "多了一个0？"})
    told = {"ton": Correction(3, "试用人", county.today())}
    reviews.propose(city, Demand, record, told)
    carry(county, answers.answer(city, COUNTY, tmp_path / "back").files)
    page = at_work.go("demands")
    page.show_record("demand", record)
    at_work.rest()
    assert page.form.editor("ton").isAncestorOf(hands.focus())
    assert "多了一个0？" in "".join(page.form.messages("ton"))
    assert "缺煤 30吨 → 3吨" in page.card._said.words.text()
    at_work.press(Qt.Key.Key_J, CTRL)
    at_work.rest()
    assert saving.show(county, Demand, record).record.extra == {"ton": 3}


def test_many_records_are_given_an_added_value_at_once(autumn: list[str], at_work: AtWork) -> None:
    page, browser = _table(at_work)
    at_work.qtbot.waitUntil(lambda: browser.query.added != ())
    browser.card.view.selectAll()
    page.panels.open_batch(browser)
    panel: Any = page.panels._batch
    panel.field.load("heat")
    panel._take_field()
    panel.value.put("电")
    panel._go()
    at_work.qtbot.waitUntil(lambda: "1 条没有改" in panel.said.text())
    told = [saving.show(at_work.office, Visit, one).record.extra for one in autumn]
    assert [one.get("heat") for one in told] == ["电", "电", None]


def test_the_city_says_at_the_field_how_it_is_counted(
    city: Office, county: Office, at_work: AtWork, clock: SetClock, tmp_path: Path
) -> None:
    (found,) = [s for s in saving.listing(city, Campaign) if s.record.code == "2011-36"]
    told = [{"id": "headcount", "name": "走访企（事）业职工人数", "text": "以社保花名册为准。"}]
    saving.save(city, Campaign, {"definitions": told}, record=found.id)
    carry(county, answers.answer(city, COUNTY, tmp_path / "stick").files)
    page = at_work.go("visits")
    page.editing.new()
    at_work.rest()
    marked = [name for name, cell in page.form.cells().items() if cell.label.told]
    assert marked == ["headcount"]
    name_of_field = page.form.cells()["headcount"].label
    QTest.mouseClick(name_of_field, Qt.MouseButton.LeftButton, pos=name_of_field.mark.center())
    assert page.form.here == "headcount"
    assert "口径：以社保花名册为准。" in " ".join(page.form.messages("headcount"))
    at_work.shell.go("home")
    at_work.rest()
    assert "活动有改动，看一看" in [line.title for line in today(county).waiting]
    look_at(county, found.id)
    assert "活动有改动，看一看" not in [line.title for line in today(county).waiting]


def test_what_was_filled_in_a_field_that_the_city_removed_is_shown_by_its_name(
    autumn: list[str], at_work: AtWork, city: Office, tmp_path: Path
) -> None:
    county = at_work.office
    (found,) = [s for s in saving.listing(city, Campaign) if s.record.code == "2011-50"]
    saving.save(city, Campaign, {"extra_fields": AUTUMN["extra_fields"][1:]}, record=found.id)
    carry(county, answers.answer(city, COUNTY, tmp_path / "less").files)
    page = at_work.go("visits")
    page.show_record("visit", autumn[0])
    at_work.rest()
    form, coal = page.form, page.form.cells()["coal"]
    group = form._placed[-1]
    assert (group.title, group.note) == ("活动已去掉的项目", AUTUMN["title"])
    assert (coal.placed.label, coal.editor.typed()) == ("取暖用煤", 3)
    form.editor("heat").put("电")
    form.editor("workers_met").put("31")
    page.editing.save()
    at_work.rest()
    assert saving.show(county, Visit, autumn[0]).record.extra == {"coal": 3, "heat": "电"}
    told = fields_of_record(county, saving.show(county, Visit, autumn[0]))
    assert told["coal"].label.startswith("取暖用煤（")
    (saved, *_) = record_history.told(county, Visit, autumn[0])
    assert [change.label for change in saved.changes] == ["走访职工人次", "取暖方式"]
