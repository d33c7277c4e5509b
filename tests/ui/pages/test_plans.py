"""工作安排 by keys and by mouse: units placed, moved, taken off and taken back on the board."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from app.domain.campaign.plan_board import BoardPlan, Mark, PlanBoard
from app.domain.records import Enterprise, Group, Plan, Visit
from app.services.office.office import Office
from app.services.planning import placing
from app.services.records import saving
from app.ui.pages.plans import drag
from app.ui.pages.plans.board_view import BoardView
from app.ui.pages.plans.page import PlansPage
from app.ui.pages.records.page import RecordPage
from tests.counting import calls_of
from tests.services.conftest import second_county
from tests.services.offices import SetClock, save_visit
from tests.ui.pages.at_work import CTRL, NONE, AtWork

__all__ = ["second_county"]

SHAWAN = "511111100"
FRIDAY = dt.date(2011, 7, 22)
WEEK = dt.timedelta(days=7)
SHIFT = Qt.KeyboardModifier.ShiftModifier
NAMES = ("甲水泥厂", "乙机械厂", "丙加工厂")


@pytest.fixture
def firms(county: Office) -> list[str]:
    """Three enterprises, the first one 规上."""
    found = []
    for name in NAMES:
        body = {"name": name, "area": SHAWAN, "kind": "企业"}
        body |= {"above_scale": "是"} if name == NAMES[0] else {}
        found.append(saving.save(county, Enterprise, body, accept={"G01": "另一家"}).id)
    return found


@pytest.fixture
def groups(county: Office, firms: list[str]) -> list[str]:
    """Two groups; the second one has two of the enterprises in its roster."""
    bodies: list[dict[str, object]] = [
        {"name": "第一组", "order": "1", "leaders": "王主任"},
        {"name": "第二组", "order": "2", "leaders": "李主席", "enterprises": firms[1:]},
    ]
    more = {"level": "县级", "campaign": "2011-36"}
    return [saving.save(county, Group, {**body, **more}).id for body in bodies]


@pytest.fixture
def view(at_work: AtWork, groups: list[str]) -> BoardView:
    """工作安排, read."""
    at_work.shell.go("plans")
    page: Any = at_work.shell.page
    assert isinstance(page, PlansPage)
    at_work.rest()
    assert page.board.board is not None
    return page.board


@pytest.fixture
def act(at_work: AtWork, view: BoardView) -> Callable[..., None]:
    """Press a key and wait until what it began is written and shown."""

    def press(key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        with at_work.qtbot.waitSignal(view.placed):
            at_work.press(key, held)
        at_work.rest()

    return press


def plans(office: Office) -> dict[str, tuple[str, dt.date | None]]:
    """What is planned: by unit its group and day."""
    names = {s.id: s.record.name for s in saving.listing(office, Enterprise)}
    groups = {s.id: s.record.name for s in saving.listing(office, Group)}
    return {
        names[s.record.enterprise]: (groups.get(s.record.group, ""), s.record.planned)
        for s in saving.listing(office, Plan)
    }


def test_the_first_unit_is_placed_in_this_week_with_two_keys(
    at_work: AtWork, view: BoardView, act: Callable[..., None], county: Office
) -> None:
    assert QApplication.focusWidget() is view.grid
    assert view.line.text() == "第一组　7月18日—22日　空着"

    at_work.press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is view.waiting.table
    act(Qt.Key.Key_Return)

    assert plans(county) == {"甲水泥厂": ("第一组", FRIDAY)}
    assert view.said.text() == "排上 1 家。"
    assert [unit.name for unit in view.waiting.shown] == ["丙加工厂", "乙机械厂"]


def test_several_are_ticked_and_placed_in_one_step_and_taken_back_in_one(
    at_work: AtWork, view: BoardView, act: Callable[..., None], county: Office
) -> None:
    at_work.press(Qt.Key.Key_Return)
    at_work.press(Qt.Key.Key_Space)
    at_work.press(Qt.Key.Key_Space)
    assert view.waiting.note.text() == "选上 2 家"

    act(Qt.Key.Key_Return)
    assert len(plans(county)) == 2
    assert not view.waiting.note.text()

    act(Qt.Key.Key_Z, CTRL)
    assert plans(county) == {}
    assert len(view.waiting.shown) == 3


def test_one_a_week_from_the_spot_on(
    at_work: AtWork, view: BoardView, act: Callable[..., None], county: Office
) -> None:
    at_work.press(Qt.Key.Key_Return)
    for _ in NAMES:
        at_work.press(Qt.Key.Key_Space)

    act(Qt.Key.Key_Return, SHIFT)

    days = sorted(day for _, day in plans(county).values() if day)
    assert days == [FRIDAY, FRIDAY + WEEK, FRIDAY + 2 * WEEK]


def test_the_spot_is_chosen_from_within_the_list(
    at_work: AtWork, view: BoardView, act: Callable[..., None], county: Office
) -> None:
    at_work.press(Qt.Key.Key_Return)
    at_work.press(Qt.Key.Key_Down, CTRL)
    at_work.press(Qt.Key.Key_Right, CTRL)
    assert view.waiting.spot.text() == "排到：第二组　7月25日—29日"

    act(Qt.Key.Key_Return)

    assert plans(county) == {"甲水泥厂": ("第二组", FRIDAY + WEEK)}


def test_the_roster_of_a_group_is_placed_in_one_step(
    at_work: AtWork, view: BoardView, act: Callable[..., None], county: Office
) -> None:
    at_work.press(Qt.Key.Key_Down)

    act(Qt.Key.Key_M, CTRL)

    assert plans(county) == dict.fromkeys(NAMES[1:], ("第二组", FRIDAY))
    at_work.press(Qt.Key.Key_M, CTRL)
    assert "都排上了" in view.said.text()
    for _ in NAMES:
        at_work.press(Qt.Key.Key_Down)
    at_work.press(Qt.Key.Key_M, CTRL)
    assert "先在左边选一个组" in view.said.text(), "没有分组 has no roster"


def test_the_list_shows_the_roster_and_what_is_guishang(at_work: AtWork, view: BoardView) -> None:
    at_work.press(Qt.Key.Key_Down)
    at_work.press(Qt.Key.Key_Return)
    at_work.press(Qt.Key.Key_Right)
    assert view.waiting.tabs.words("roster") == "这一组名单里的 2"
    assert {unit.name for unit in view.waiting.shown} == set(NAMES[1:])

    at_work.press(Qt.Key.Key_Right)
    assert [unit.name for unit in view.waiting.shown] == ["甲水泥厂"]
    at_work.press(Qt.Key.Key_Right)
    assert view.waiting.shown == []


def test_the_search_box_narrows_who_waits(at_work: AtWork, view: BoardView) -> None:
    at_work.shell.page.search("jx")
    assert [unit.name for unit in view.waiting.shown] == ["乙机械厂"]
    at_work.shell.page.search("")
    assert len(view.waiting.shown) == 3


def test_a_card_is_moved_by_a_week_and_to_another_group(
    at_work: AtWork, view: BoardView, act: Callable[..., None], county: Office
) -> None:
    at_work.press(Qt.Key.Key_Return)
    act(Qt.Key.Key_Return)
    at_work.press(Qt.Key.Key_Backtab, SHIFT)
    assert QApplication.focusWidget() is view.grid
    at_work.press(Qt.Key.Key_Down)
    assert view.grid.chosen is not None

    act(Qt.Key.Key_Right, CTRL)
    assert plans(county) == {"甲水泥厂": ("第一组", FRIDAY + WEEK)}
    act(Qt.Key.Key_Down, CTRL)
    assert plans(county) == {"甲水泥厂": ("第二组", FRIDAY + WEEK)}
    assert view.grid.chosen is not None
    assert view.grid.chosen.unit.name == "甲水泥厂"

    act(Qt.Key.Key_Delete)
    assert plans(county) == {}
    for _ in range(3):
        act(Qt.Key.Key_Z, CTRL)
    assert plans(county) == {"甲水泥厂": ("第一组", FRIDAY)}


def test_a_card_that_a_colleague_moved_is_shown_where_it_is_now(
    at_work: AtWork, view: BoardView, act: Callable[..., None], county: Office
) -> None:
    at_work.press(Qt.Key.Key_Return)
    act(Qt.Key.Key_Return)
    at_work.press(Qt.Key.Key_Backtab, SHIFT)
    at_work.press(Qt.Key.Key_Down)
    act(Qt.Key.Key_Right, CTRL)
    (plan,) = saving.listing(county, Plan)
    placing.move(county, [(plan.id, placing.Spot("", FRIDAY))])

    act(Qt.Key.Key_Down, CTRL)
    assert "刚才由" in at_work.notices[-1]
    assert plans(county) == {"甲水泥厂": ("", FRIDAY)}
    assert view.board is not None
    assert [one.group for one in view.board.plans] == [""]
    act(Qt.Key.Key_Z, CTRL)
    assert plans(county) == {"甲水泥厂": ("", FRIDAY)}
    assert view.undo.isEnabled(), "the step before it can still be tried"


def test_without_a_day_a_unit_stands_at_the_left(
    at_work: AtWork, view: BoardView, act: Callable[..., None], county: Office
) -> None:
    for _ in range(4):
        at_work.press(Qt.Key.Key_Left)
    assert view.line.text() == "第一组　没定日期　空着"
    at_work.press(Qt.Key.Key_Return)

    act(Qt.Key.Key_Return)

    assert plans(county) == {"甲水泥厂": ("第一组", None)}


def test_late_visited_and_planned_are_told_by_words(
    at_work: AtWork, view: BoardView, act: Callable[..., None], county: Office, clock: SetClock
) -> None:
    at_work.press(Qt.Key.Key_Return)
    for _ in NAMES[:2]:
        at_work.press(Qt.Key.Key_Space)
    act(Qt.Key.Key_Return)
    clock.set(2011, 7, 25)
    save_visit(county, enterprise_name="甲水泥厂", area=SHAWAN, visited_on="2011-07-21")

    with at_work.qtbot.waitSignal(view.shown):
        view.reading.start()

    assert view.board is not None
    marks = {plan.unit.name: plan.mark for plan in view.board.plans}
    assert marks == {"甲水泥厂": Mark.VISITED, "丙加工厂": Mark.LATE}
    assert view._head.text() == "已排 0　逾期 1　已走访 1"


def test_enter_opens_the_plan_and_ctrl_1_registers_the_visit(
    at_work: AtWork, view: BoardView, act: Callable[..., None], county: Office
) -> None:
    at_work.press(Qt.Key.Key_Return)
    act(Qt.Key.Key_Return)
    at_work.press(Qt.Key.Key_Backtab, SHIFT)
    at_work.press(Qt.Key.Key_Down)

    at_work.press(Qt.Key.Key_1, CTRL)
    at_work.rest()
    page: Any = at_work.shell.page
    assert isinstance(page, RecordPage)
    body = page.form.body()
    assert body["enterprise_name"] == "甲水泥厂"
    assert body["group"] == next(
        s.id for s in saving.listing(county, Group) if s.record.name == "第一组"
    )
    at_work.shell.go("plans")
    at_work.press(Qt.Key.Key_Return)
    at_work.rest()
    plans_page: Any = at_work.shell.page
    assert plans_page.tabs.current == Plan.type_name
    assert Visit.type_name != plans_page.tabs.current


def drop(view: BoardView, kind: str, ids: list[str], row: int, week: int) -> None:
    where, data = QPointF(view.grid._cell(row, week).center()), drag.carried(kind, ids)
    event = QDropEvent(
        where,
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        NONE,
    )
    view.grid.dropEvent(event)


def test_units_and_cards_are_dragged(
    at_work: AtWork, view: BoardView, firms: list[str], county: Office
) -> None:
    with at_work.qtbot.waitSignal(view.placed):
        drop(view, drag.UNITS, firms[:2], 1, 3)
    assert {group for group, _ in plans(county).values()} == {"第二组"}
    assert view.board is not None
    (one, _) = view.board.cells[view.board.rows[1].group, 3]

    with at_work.qtbot.waitSignal(view.placed):
        drop(view, drag.PLANS, [one.plan], 0, 2)

    assert sorted(group for group, _ in plans(county).values()) == ["第一组", "第二组"]


def test_what_is_dropped_beside_the_board_is_left(view: BoardView, firms: list[str]) -> None:
    data = drag.carried(drag.UNITS, firms)
    event = QDropEvent(
        QPointF(4, 4),
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        NONE,
    )
    view.grid.dropEvent(event)

    assert not event.isAccepted()


def test_a_click_chooses_a_spot(view: BoardView) -> None:
    where = view.grid._cell(1, 4).center()
    event = QMouseEvent(
        QMouseEvent.Type.MouseButtonPress,
        QPointF(where),
        QPointF(view.grid.viewport().mapToGlobal(QPoint(where))),
        Qt.MouseButton.LeftButton,
        Qt.MouseButton.LeftButton,
        NONE,
    )
    QApplication.sendEvent(view.grid.viewport(), event)

    assert (view.grid.row, view.grid.week) == (1, 4)


def test_a_unit_of_the_citys_roster_is_told_at_once(
    at_work: AtWork, view: BoardView, county: Office
) -> None:
    radio = next(s for s in saving.listing(county, Enterprise) if s.record.name == "乐山无线电公司")
    saving.save(county, Group, {
        "name": "第三组", "order": "3", "leaders": "赵主任", "level": "县级",
        "campaign": "2011-36", "enterprises": [radio.id],
    })  # fmt: skip
    with at_work.qtbot.waitSignal(view.shown):
        view.reading.start()
    at_work.press(Qt.Key.Key_Down)
    at_work.press(Qt.Key.Key_Down)

    with at_work.qtbot.waitSignal(view.placed):
        at_work.press(Qt.Key.Key_M, CTRL)

    said = view.said.text()
    assert "“乐山无线电公司”两级去同一个单位：市级“市总工会第4工作组”的走访单位里有它" in said
    assert "Del" in said

    at_work.press(Qt.Key.Key_1, CTRL)
    at_work.rest()
    page: Any = at_work.shell.page
    assert "两级去同一个单位" in "".join(page.form.messages("enterprise_name")), "nothing is keyed"


def test_the_board_prints_and_comes_back(
    at_work: AtWork, view: BoardView, act: Callable[..., None]
) -> None:
    at_work.press(Qt.Key.Key_Return)
    act(Qt.Key.Key_Return)

    at_work.press(Qt.Key.Key_P, CTRL)
    paper = view.paper
    assert paper is not None
    with at_work.qtbot.waitSignal(paper.ready):
        pass
    assert view.actions_shown == ()
    at_work.press(Qt.Key.Key_Escape)

    assert view._stack.currentWidget() is view.work
    assert view.actions_shown


def test_another_campaign_has_a_board_of_its_own(at_work: AtWork, view: BoardView) -> None:
    codes = [one.code for one in view._choices]
    with at_work.qtbot.waitSignal(view.shown):
        view.campaign.activated.emit(codes.index("2012-55"))

    assert view.board is not None
    assert view.board.campaign.code == "2012-55"
    assert [row.name for row in view.board.rows] == ["没有分组"]


def test_a_narrow_window_leaves_room(at_work: AtWork, view: BoardView) -> None:
    at_work.window.resize(1093, 552)
    at_work.rest()

    assert view.grid.width() <= 1093
    assert view.waiting.table.isColumnHidden(1)


def test_alt_goes_to_the_tabs(at_work: AtWork, view: BoardView) -> None:
    page: Any = at_work.shell.page
    at_work.press(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    at_work.rest()
    assert page.tabs.current == Group.type_name
    at_work.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert page.page is view


def crowded(view: BoardView, each: int) -> PlanBoard:
    """The board with so many units in every week of its first group."""
    assert view.board is not None
    unit, group = view.board.waiting[0], view.board.rows[0].group
    plans = tuple(
        BoardPlan(f"{week} {n}", unit, group, view.board.last_day(week), Mark.PLANNED)
        for week in range(len(view.board.weeks))
        for n in range(each)
    )
    return replace(view.board, plans=plans)


def test_a_full_board_paints_no_more_than_is_seen(view: BoardView) -> None:
    seen = []
    for each in (15, 300):
        view.grid.show_board(crowded(view, each))
        view.grid.step(-9, 0)
        view.grid.viewport().repaint()
        seen.append(calls_of(view.grid.viewport().repaint))

    few, many = seen
    assert many < 4 * few
