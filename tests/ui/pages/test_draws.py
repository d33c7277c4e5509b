"""随机抽取 in the window: a list is fixed, a seed said, units drawn, replaced, planned, printed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.records import Draw, Enterprise, Plan
from app.services.lists.chips import Chip, How
from app.services.lists.saved_lists import SavedList, save
from app.services.office.office import Office
from app.services.planning import draw_files, draws
from app.services.records import saving
from app.ui.pages.draws.draws_view import DrawsView
from app.ui.pages.plans.page import PlansPage
from tests.services.offices import deliver
from tests.ui.pages.at_work import CTRL, AtWork
from tests.ui.slow_worker import SlowWorker

SHAWAN = "511111100"
ALT = Qt.KeyboardModifier.AltModifier
ABOVE = Chip("above_scale", How.IS, ("1",), "是")


@pytest.fixture
def firms(county: Office) -> list[str]:
    """Twelve units, eight of them enterprises, six 规上."""
    return [
        saving.save(
            county,
            Enterprise,
            {
                "name": f"{chr(0x4E00 + n)}字号厂",
                "area": SHAWAN,
                "kind": "企业" if n % 3 else "事业单位",
                "above_scale": "是" if n % 2 else "否",
            },
            accept={"G01": "另一家"},
        ).id
        for n in range(12)
    ]


@pytest.fixture
def view(at_work: AtWork, firms: list[str]) -> DrawsView:
    """The tab 随机抽取, reached by key."""
    at_work.shell.go("plans")
    page: Any = at_work.shell.page
    assert isinstance(page, PlansPage)
    at_work.rest()
    with at_work.qtbot.waitSignal(page.draws.listed):
        at_work.press(Qt.Key.Key_6, ALT)
    at_work.rest()
    assert page.page is page.draws
    return page.draws


@pytest.fixture
def begin(at_work: AtWork, view: DrawsView) -> Callable[[], None]:
    """Ctrl+N, and wait for the list."""

    def press() -> None:
        with at_work.qtbot.waitSignal(view.new.looked):
            at_work.press(Qt.Key.Key_N, CTRL)
        at_work.rest()

    return press


def fill(view: DrawsView, number: str = "4", seed: str = "3 5 2 6") -> None:
    view.new.title.setText("下半年走访")
    view.new.number.setText(number)
    view.new.witnesses.setText("王主任、张纪检")
    view.new.seed.setText(seed)


@pytest.fixture
def drawn(at_work: AtWork, view: DrawsView, begin: Callable[[], None]) -> DrawsView:
    """A draw of four units by dice."""
    begin()
    fill(view)
    with at_work.qtbot.waitSignal(view.shown):
        at_work.press(Qt.Key.Key_Return, CTRL)
    at_work.rest()
    return view


def test_nothing_was_drawn_yet(at_work: AtWork, view: DrawsView) -> None:
    assert view._list_or_none.currentWidget() is view._nothing
    assert [action.key.shown for action in view.actions_shown] == ["Ctrl+O", "Ctrl+N"]


def test_a_draw_is_begun_while_the_list_of_draws_is_still_read(
    qtbot: QtBot, dressed: QApplication, county: Office, firms: list[str], tmp_path: Path
) -> None:
    worker = SlowWorker()
    at_work = AtWork(qtbot, county, worker, tmp_path)
    at_work.shell.go("plans")
    page: Any = at_work.shell.page
    at_work.rest()
    worker.hold()
    at_work.press(Qt.Key.Key_6, ALT)
    view = page.draws
    assert [action.key.shown for action in view.actions_shown] == ["Ctrl+O", "Ctrl+N"]
    at_work.press(Qt.Key.Key_N, CTRL)
    assert QApplication.focusWidget() is view.new.title
    with qtbot.waitSignal(view.new.looked):
        worker.let_go()
    at_work.rest()
    assert view._stack.currentWidget() is view.new, "the list that came takes nothing away"
    at_work.press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is view._nothing
    worker.close()


def test_the_list_is_shown_before_a_seed_is_said(
    at_work: AtWork, view: DrawsView, begin: Callable[[], None], county: Office
) -> None:
    begin()
    assert QApplication.focusWidget() is view.new.title
    assert "名单校验值：" in view.new.proof.text()
    assert view.new.said.text() == "还要写：抽取事项、抽取家数、监督人、种子。"
    assert not view.new.draw.isEnabled()
    with at_work.qtbot.waitSignal(view.new.looked):
        view.new.part.go("kind")
    sizes = {row[0]: row[1] for row in view.new.table.texts}
    assert int(sizes["事业单位"]) >= 4
    fill(view, "6")
    assert view.new.draw.isEnabled()
    assert sum(int(row[2]) for row in view.new.table.texts) == 6
    view.new.number.setText("9999")
    assert "抽不出" in view.new.said.text()
    assert draws.listed(county) == []


def test_units_are_drawn_by_dice_and_kept_at_once(
    at_work: AtWork, drawn: DrawsView, county: Office
) -> None:
    (state,) = draws.listed(county)
    assert drawn.new.campaign.name == state.record.campaign == "2011-36"
    assert state.record.seed == "3 5 2 6"
    assert state.record.witnesses == ("王主任", "张纪检")
    assert [row[2] for row in drawn.card.table.texts] == [u.name for u in state.record.results]
    assert drawn.card.said.text().startswith("抽中 4 家，已记为 沙湾-抽2011-0001")
    draw_files.check(county, state.id)
    with at_work.qtbot.waitSignal(drawn.done):
        at_work.press(Qt.Key.Key_K, CTRL)
    assert drawn.card.said.text() == "照名单和种子重新算过，结果相同。"


def test_a_saved_list_is_drawn_from_in_strata_with_numbers_of_their_own(
    at_work: AtWork, view: DrawsView, begin: Callable[[], None], county: Office
) -> None:
    save(county, Enterprise, SavedList("规上的", (ABOVE,)))
    begin()
    with at_work.qtbot.waitSignal(view.new.looked):
        view.new.saved.chosen.emit(SavedList("规上的", (ABOVE,)))
    assert view.new.scope.text() == "单位名录，1 个条件"
    with at_work.qtbot.waitSignal(view.new.looked):
        view.new.part.go("kind")
    view.new.how.go("fixed")
    assert view.new.number.isHidden()
    assert [row[:2] for row in view.new.table.texts] == [["事业单位", "2"], ["企业", "4"]]
    view.new.title.setText("规上走访")
    view.new.witnesses.setText("王主任")
    view.new.seed_from.go("random")
    view.new.table.setFocus()
    view.new.table.selectRow(1)
    at_work.press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is view.new.one
    view.new.one.setText("3")
    assert view.new.table.texts[1][2] == "3"
    with at_work.qtbot.waitSignal(view.shown):
        at_work.press(Qt.Key.Key_Return, CTRL)
    at_work.rest()
    (state,) = draws.listed(county)
    assert [(s.name, s.number) for s in state.record.strata] == [("事业单位", 0), ("企业", 3)]
    assert state.record.scope == ("规模以上：是",)
    assert state.record.seed_from == "random"


def test_a_draw_that_is_refused_can_be_put_right(
    at_work: AtWork, view: DrawsView, begin: Callable[[], None], county: Office
) -> None:
    begin()
    fill(view, "9999")
    with at_work.qtbot.waitSignal(view.new.refused):
        at_work.press(Qt.Key.Key_Return, CTRL)
    at_work.rest()
    assert "抽不出" in view.new.said.text() or "9,999" in view.new.said.text()
    assert QApplication.focusWidget() is view.new.title
    assert view.new.back.isEnabled()
    view.new.number.setText("4")
    with at_work.qtbot.waitSignal(view.shown):
        at_work.press(Qt.Key.Key_Return, CTRL)
    at_work.rest()
    assert len(draws.listed(county)) == 1


def test_with_numbers_of_their_own_the_strata_are_asked_for(
    at_work: AtWork, view: DrawsView, begin: Callable[[], None]
) -> None:
    begin()
    fill(view, "")
    with at_work.qtbot.waitSignal(view.new.looked):
        view.new.part.go("kind")
    view.new.how.go("fixed")
    assert view.new.said.text() == "还要写：各层抽几家。"
    assert not view.new.draw.isEnabled()


def test_a_directory_that_changed_meanwhile_is_looked_at_again(
    at_work: AtWork, view: DrawsView, begin: Callable[[], None], county: Office
) -> None:
    begin()
    fill(view)
    saving.save(county, Enterprise, {"name": "别处刚添的厂"})
    with at_work.qtbot.waitSignals([view.new.refused, view.new.looked]):
        at_work.press(Qt.Key.Key_Return, CTRL)
    at_work.rest()
    assert draws.listed(county) == []
    with at_work.qtbot.waitSignal(view.shown):
        at_work.press(Qt.Key.Key_Return, CTRL)
    at_work.rest()
    assert len(draws.listed(county)) == 1


def test_what_is_drawn_is_planned_and_replaced_with_a_reason(
    at_work: AtWork, drawn: DrawsView, county: Office
) -> None:
    with at_work.qtbot.waitSignal(drawn.shown):
        at_work.press(Qt.Key.Key_M, CTRL)
    at_work.rest()
    assert len(saving.listing(county, Plan)) == 4
    assert [row[3] for row in drawn.card.table.texts] == ["已安排"] * 4

    at_work.press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is drawn.card.table
    gone = drawn.card.table.texts[0][2]
    at_work.press(Qt.Key.Key_R, CTRL)
    assert QApplication.focusWidget() is drawn.card.ask.reason
    drawn.card.ask.reason.setText("已停产")
    with at_work.qtbot.waitSignal(drawn.shown):
        at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    rows = drawn.card.table.texts
    assert [row[3] for row in rows] == ["已替换", *["已安排"] * 4]
    assert rows[0][4].startswith("已停产，换成")
    assert rows[4][4] == f"替“{gone}”"
    names = {s.id: s.record.name for s in saving.listing(county, Enterprise)}
    planned = {names[s.record.enterprise] for s in saving.listing(county, Plan)}
    assert planned == {row[2] for row in rows[1:]}

    at_work.press(Qt.Key.Key_R, CTRL)
    assert "先在表里选一家" in drawn.card.said.text()


def test_a_draw_is_voided_with_a_reason(at_work: AtWork, drawn: DrawsView, county: Office) -> None:
    at_work.press(Qt.Key.Key_F9)
    drawn.card.ask.reason.setText("监督人没有到场")
    with at_work.qtbot.waitSignal(drawn.shown):
        at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    assert draws.listed(county)[0].void
    assert not drawn.plan.isEnabled()
    assert drawn.print.isEnabled()


def test_the_paper_is_shown_and_left(at_work: AtWork, drawn: DrawsView) -> None:
    at_work.press(Qt.Key.Key_P, CTRL)
    paper = drawn.paper
    assert paper is not None
    with at_work.qtbot.waitSignal(paper.ready):
        pass
    assert drawn.actions_shown == ()
    at_work.press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is drawn.table


def test_the_file_for_anybody_is_written(at_work: AtWork, drawn: DrawsView, tmp_path: Path) -> None:
    with at_work.qtbot.waitSignal(drawn.done):
        drawn.save_to(tmp_path / "核验.json")
    assert draw_files.verify_file(tmp_path / "核验.json").seed == "3 5 2 6"


def test_a_file_of_a_draw_is_checked_here(
    at_work: AtWork, drawn: DrawsView, tmp_path: Path
) -> None:
    place = tmp_path / "核验.json"
    with at_work.qtbot.waitSignal(drawn.done):
        drawn.save_to(place)
    drawn.file_check.choose_by = lambda folder: str(place)
    at_work.press(Qt.Key.Key_O, CTRL)
    at_work.rest()
    assert at_work.notices[-1].startswith("核验通过：沙湾区总工会")
    place.write_text(place.read_text().replace('"seed":"3 5 2 6"', '"seed":"3 5 2 5"'))
    at_work.press(Qt.Key.Key_O, CTRL)
    at_work.rest()
    assert not at_work.notices[-1].startswith("核验通过")


def test_the_city_sees_the_draw_and_changes_nothing(
    at_work: AtWork, drawn: DrawsView, county: Office, city: Office, tmp_path: Path
) -> None:
    deliver(county, city, tmp_path / "stick")
    (state,) = draws.listed(city)
    assert state.record == draws.listed(county)[0].record
    draw_files.check(city, state.id)


def test_reading_the_list_can_be_stopped_and_another_is_read(
    at_work: AtWork, view: DrawsView, begin: Callable[[], None]
) -> None:
    begin()
    new, gate = view.new, threading.Event()
    at_work.worker.read(gate.wait, long=True)
    try:
        new._look()
        stop = new._awaited.sign._stop
        at_work.qtbot.waitUntil(lambda: new._awaited.waits and stop.isVisible())
        assert not new.back.isEnabled(), "Esc means one thing"
        at_work.press(Qt.Key.Key_Escape)
        assert not stop.isEnabled()
    finally:
        gate.set()
    at_work.rest()
    assert view._stack.currentWidget() is new
    assert new._found is None
    assert not new.draw.isEnabled()
    assert new.back.isEnabled()
    new._look()
    at_work.rest()
    assert new._found is not None


def test_esc_means_one_thing_while_the_list_is_read_for_the_first_time(
    at_work: AtWork, view: DrawsView
) -> None:
    gate = threading.Event()
    at_work.worker.read(gate.wait, long=True)
    try:
        at_work.press(Qt.Key.Key_N, CTRL)
        new = view.new
        at_work.qtbot.waitUntil(new._awaited.sign._stop.isVisible)
        assert not new.back.isEnabled()
        at_work.press(Qt.Key.Key_Escape)
    finally:
        gate.set()
    at_work.rest()
    assert view._stack.currentWidget() is new
    assert new._awaited.sign.said.text() == "已停止。换到别的页再回来，就再读一遍。"
    assert new.back.isEnabled()
    at_work.shell.go("home")
    at_work.shell.go("plans")
    at_work.rest()
    assert new._found is not None


def test_esc_goes_back_without_drawing(
    at_work: AtWork, view: DrawsView, begin: Callable[[], None], county: Office
) -> None:
    begin()
    at_work.press(Qt.Key.Key_G, CTRL)
    assert not view.new.proof.isVisible(), "the list is about to be another"
    assert not view.new.back.isEnabled()
    at_work.press(Qt.Key.Key_Escape)
    assert view._stack.currentWidget() is view.new
    at_work.press(Qt.Key.Key_Escape)
    assert view._stack.currentWidget() is view._awaited
    assert QApplication.focusWidget() is view._nothing
    assert saving.listing(county, Draw) == []


def test_a_narrow_window_leaves_room(at_work: AtWork, drawn: DrawsView) -> None:
    at_work.window.resize(1093, 552)
    at_work.rest()
    assert drawn.card.width() <= 1093
    at_work.press(Qt.Key.Key_N, CTRL)
    at_work.rest()
    assert drawn.new.height() <= 552
