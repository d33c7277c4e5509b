"""工作记录 and 材料 by keyboard: begun from a visit or a group, and opened from there again."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from app.domain.records import Activity, Demand, Diary, Document, Group, Policy, Record
from app.services.lists import listing
from app.services.office.office import Office
from app.services.records import saving
from app.ui.fields.rows import RowsEditor
from app.ui.pages.records.page import RecordPage
from app.ui.pages.records.pair import Pair
from tests.services.offices import SetClock, save_visit
from tests.ui.pages.at_work import CTRL, AtWork

ALT = Qt.KeyboardModifier.AltModifier


def only(office: Office, record_type: type[Record]) -> Record:
    (key,) = listing.ids(office, record_type)
    return saving.show(office, record_type, key).record


def put(page: RecordPage, **values: object) -> None:
    for name, value in values.items():
        page.form.editor(name).put(value)
        page.form.editor(name).changed.emit()


def begun(at_work: AtWork, page: RecordPage, key: str, digit: Qt.Key) -> RecordPage:
    """Open a record and begin another from it by its key."""
    page.editing.open(key)
    at_work.rest()
    at_work.press(digit, CTRL)
    at_work.rest()
    place = at_work.shell.page
    assert isinstance(place, Pair)
    return place.page


@pytest.fixture
def group(county: Office) -> str:
    typed = {"name": "第一工作组", "level": "县级", "leaders": "李明书"}
    return saving.save(county, Group, typed).id


@pytest.fixture(autouse=True)
def evening(clock: SetClock) -> None:
    """A day of the campaign of 2011."""
    clock.moment = dt.datetime(2011, 7, 20, 18, tzinfo=clock.moment.tzinfo)


@pytest.fixture
def visit(county: Office, group: str) -> str:
    return save_visit(county, group=group, visited_on="2011-07-20").id


def test_a_diary_is_begun_from_a_visit_and_corrected_the_day_after(
    at_work: AtWork, clock: SetClock, visit: str, group: str
) -> None:
    page = begun(at_work, at_work.go("visits"), visit, Qt.Key.Key_4)
    assert page.form.editor("group").typed() == group
    put(page, author="付志勇", content="夜班没有班车。")
    at_work.press(Qt.Key.Key_S, CTRL)
    at_work.rest()
    kept = only(at_work.office, Diary)
    assert isinstance(kept, Diary)
    assert (kept.kept_on, kept.visits) == (dt.date(2011, 7, 20), (visit,))
    assert not page.form.editor("content").read_only
    clock.moment += dt.timedelta(days=1)
    page.editing.open(page.editing.key)
    at_work.rest()
    assert page.form.editor("content").read_only
    rows = page.form.editor("corrections")
    assert isinstance(rows, RowsEditor)
    page.form.jump_to("corrections")
    at_work.press(Qt.Key.Key_Insert)
    cells = rows.rows[0].cells
    for name, value in {"words": "应为中班", "by": "付志勇", "on": "2011-07-21"}.items():
        cells[name].put(value)
        cells[name].changed.emit()
    at_work.press(Qt.Key.Key_S, CTRL)
    at_work.rest()
    now = only(at_work.office, Diary)
    assert isinstance(now, Diary)
    assert now.content == "夜班没有班车。"
    assert [one.words for one in now.corrections] == ["应为中班"]
    assert at_work.notices == []


def test_what_a_group_did_is_begun_at_the_group_and_opened_from_it(
    at_work: AtWork, group: str
) -> None:
    page = begun(at_work, at_work.go("plans", "group"), group, Qt.Key.Key_5)
    put(page, title="夏送清凉", kind="culture", held_on="2011-07-20", people=120)
    at_work.press(Qt.Key.Key_S, CTRL)
    at_work.rest()
    kept = only(at_work.office, Activity)
    assert isinstance(kept, Activity)
    assert (kept.group, kept.people) == (group, 120)
    page = at_work.go("plans", "group")
    page.editing.open(group)
    at_work.rest()
    assert page.third is not None
    page.third.turn_to("经过")
    at_work.rest()
    assert at_work.desk.open(Activity.type_name, listing.ids(at_work.office, Activity)[0])
    at_work.rest()
    place = at_work.shell.page
    assert isinstance(place, Pair)
    assert place.tabs is not None
    assert place.tabs.current == "activity"
    assert place.page.form.body()["title"] == "夏送清凉"


def test_a_way_of_doing_becomes_a_rule_that_answers_a_demand(
    at_work: AtWork, county: Office
) -> None:
    typed = {"category": "生活", "content": "班车", "raised_on": "2011-07-20"}
    demand = saving.save(county, Demand, typed).id
    page = begun(at_work, at_work.go("demands"), demand, Qt.Key.Key_2)
    put(page, title="限时答复办法", kind="method", issued_on="2011-07-20", mechanisms=["deciding"])
    at_work.press(Qt.Key.Key_S, CTRL)
    at_work.rest()
    kept = only(county, Policy)
    assert isinstance(kept, Policy)
    assert (kept.demands, kept.mechanisms) == ((demand,), ("deciding",))


def test_tabs_turn_by_key_and_by_name(at_work: AtWork) -> None:
    at_work.go("documents")
    place = at_work.shell.page
    assert isinstance(place, Pair)
    assert place.tabs is not None
    for digit, name in ((Qt.Key.Key_3, "policy"), (Qt.Key.Key_1, "document")):
        at_work.press(digit, ALT)
        at_work.rest()
        assert (place.tabs.current, place.page) == (name, place.pages[name])
    at_work.press(Qt.Key.Key_T, CTRL)
    at_work.rest()
    assert place.tabs.current == "press"
    held = {"document", "press", "policy", "reporter", "briefing"}
    assert set(at_work.shell.held_here) == held


def test_a_report_without_its_parts_is_held_back_until_it_is_answered(at_work: AtWork) -> None:
    page = at_work.go("documents")
    at_work.press(Qt.Key.Key_N, CTRL)
    at_work.rest()
    put(page, title="调研报告", kind="research", dated="2011-07-20", situation="一", advice="三")
    at_work.press(Qt.Key.Key_S, CTRL)
    at_work.rest()
    assert list(listing.ids(at_work.office, Document)) == []
    assert "四个部分" in "".join(page.form.messages("situation"))
    at_work.press(Qt.Key.Key_Return)
    put(page, analysis="二", measures="四")
    at_work.press(Qt.Key.Key_S, CTRL)
    at_work.rest()
    kept = only(at_work.office, Document)
    assert isinstance(kept, Document)
    assert (kept.situation, kept.measures) == ("一", "四")


def test_what_a_kind_of_document_does_not_have_is_not_in_the_way(at_work: AtWork) -> None:
    page = at_work.go("documents")
    at_work.press(Qt.Key.Key_N, CTRL)
    at_work.rest()
    seen = {}
    for kind in ("plan", "news", "research"):
        put(page, kind=kind)
        at_work.rest()
        names = ("situation", "measures", "channels", "outcome")
        seen[kind] = {name for name in names if page.form.cells()[name].stands}
    assert seen == {
        "plan": set(),
        "news": {"channels", "outcome"},
        "research": {"situation", "measures"},
    }
    put(page, outcome="adopted")
    assert page.form.cells()["adopted_by"].stands
