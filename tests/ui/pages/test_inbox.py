"""收件: files are dropped, looked at, merged, taken back; nothing is merged unasked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.kernel.progress import Step
from app.domain.records import Visit
from app.services.office.office import Office
from app.services.receiving import kept_runs, waiting_files
from app.services.receiving.inbox import Delivery
from app.services.records import saving
from app.services.reviewing import answers
from app.ui.keys import hints_for
from app.ui.pages.inbox.files.files_view import FilesView
from app.ui.parts.key_button import KeyButton
from app.ui.worker import Operation, Worker
from tests.disks import small_disk
from tests.services.conftest import city, clock, county, grounds, second_county
from tests.services.offices import (
    SetClock,
    carry,
    deliver,
    enrol,
    found_below,
    reopened,
    save_visit,
    send,
)
from tests.ui.pages.inbox_desk import ALT, CTRL, InboxDesk, sit_down
from tests.ui.visible import visible_words

__all__ = ["city", "clock", "county", "grounds", "second_county"]

pytestmark = pytest.mark.usefixtures("dressed")


TOWNSHIP = "511111101"
Sit = Callable[[Office], InboxDesk]


@pytest.fixture
def sit(qtbot: QtBot, worker: Worker, tmp_path: Path) -> Sit:
    """Sit down at an office's computer, on 收件."""
    return lambda office: sit_down(qtbot, worker, office, tmp_path)


def visits(office: Office) -> int:
    return len(saving.listing(office, Visit))


def test_a_line_of_the_home_page_opens_the_part_that_it_speaks_of(sit: Sit, city: Office) -> None:
    desk = sit(city)
    desk.page.show_view("reply")
    assert desk.page.view is desk.page.reply


def test_a_stick_is_looked_at_merged_and_one_file_taken_back(
    sit: Sit, city: Office, county: Office, tmp_path: Path
) -> None:
    save_visit(county)
    send(county, tmp_path / "stick")
    save_visit(county, enterprise_name="另一家")
    send(county, tmp_path / "stick")
    desk = sit(city)
    files = desk.page.files
    assert not files.all.isEnabled()
    badges: list[int] = []
    desk.page.badge_changed.connect(badges.append)

    desk.drop(tmp_path / "stick")
    desk.until(lambda: len(desk.states) == 2)
    assert desk.states == [("沙湾区总工会", "可汇总")] * 2
    assert visits(city) == 0
    assert badges[-1] == 2
    assert files.all.text() == "汇总可汇总的 2 份"
    assert files.card.title.text() == "沙湾区总工会 第2次报送"
    assert files.card.figures.accessibleName().startswith("新增 2，有改动 0，相同 0")

    desk.merge_all()
    desk.until(lambda: badges[-1] == 0)
    assert visits(city) == 2
    assert "已汇总 2 份" in files.list.said.text()

    files.list.tabs.go("done")
    desk.until(lambda: len(desk.states) >= 2)
    files.list.grid.setFocus()
    assert files.card.title.text() == "沙湾区总工会 第3次报送"
    told = {key.words for key in hints_for(files.list.grid)}
    assert {"打印这一份的情况", "撤销这一份"} <= told
    assert "不再列出" not in told, "only what can be done to this one"
    desk.press(Qt.Key.Key_P, CTRL)
    desk.until(lambda: files.paper.view.count >= 1)
    desk.press(Qt.Key.Key_Escape)
    assert files.list.grid.hasFocus()
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.until(lambda: visits(city) == 1)
    desk.until(lambda: "已撤销" in files.list.said.text())
    files.list.tabs.go("all")
    desk.until(lambda: ("沙湾区总工会", "已撤销") in desk.states)
    withdrawn = next(d.key for d in files.list.shown.values() if d.standing == "withdrawn")
    files.list.grid.choose(withdrawn)
    desk.press(Qt.Key.Key_J, CTRL)
    desk.until(lambda: visits(city) == 2)
    assert desk.notices == []


def test_a_merge_that_is_stopped_says_what_is_not_in_and_goes_on_with_one_key(
    sit: Sit, city: Office, county: Office, tmp_path: Path
) -> None:
    for name in ("一厂", "二厂", "三厂"):
        save_visit(county, enterprise_name=name)
        send(county, tmp_path / "stick")
    desk = sit(city)
    files = desk.page.files
    desk.drop(tmp_path / "stick")
    desk.until(lambda: files.all.text() == "汇总可汇总的 3 份")
    desk.until(files.all.isEnabled)
    accounts = [one.account for one in files.list.shown.values()]
    assert [one.waiting for one in accounts if one] == [0] * 3, "each given the others"

    def stop_after_the_first(step: Step) -> None:
        if (step.label, step.done, step.total) == ("", 1, 3):
            operations[0].cancel()

    operations: list[Operation] = []
    files.taking.began.connect(lambda operation, words, on_stop: operations.append(operation))
    files.taking.began.connect(
        lambda operation, words, on_stop: operation.progressed.connect(stop_after_the_first)
    )
    desk.merge_all()
    desk.until(lambda: "已停下" in files.list.said.text())
    assert "按 Ctrl+Enter 接着汇总" in files.list.said.text()
    assert visits(city) == 1
    desk.until(files.all.isEnabled)
    desk.press(Qt.Key.Key_Return, CTRL)
    desk.until(lambda: visits(city) == 3)

    desk.press(Qt.Key.Key_5, ALT)
    runs = desk.page.runs
    desk.until(lambda: len(runs.grid.texts) == 2)
    runs.grid.choose(str(kept_runs.kept(city)[-1].n))
    desk.until(lambda: bool(runs.chosen and runs.chosen.stopped))
    assert runs.files.texts[0][1] == "还没有汇总"
    assert "接着做" in runs.steps.text()
    runs.grid.setFocus()
    desk.press(Qt.Key.Key_P, CTRL)
    desk.until(lambda: runs.paper_panel.view.count >= 1)
    desk.press(Qt.Key.Key_Escape)
    assert runs.grid.isVisible()


def test_a_whole_run_is_taken_back_by_pressing_the_key_twice(
    sit: Sit, city: Office, county: Office, tmp_path: Path
) -> None:
    for name in ("一厂", "二厂"):
        save_visit(county, enterprise_name=name)
        send(county, tmp_path / "stick")
    desk = sit(city)
    desk.drop(tmp_path / "stick")
    desk.merge_all()
    desk.until(lambda: visits(city) == 2)
    desk.press(Qt.Key.Key_5, ALT)
    runs = desk.page.runs
    desk.until(lambda: bool(runs.chosen))
    merged = runs.chosen
    runs.grid.setFocus()
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.until(lambda: "请再按一次 Ctrl+Z" in runs.said.text())
    assert "2 份都会撤销" in runs.said.text()
    assert visits(city) == 2
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.until(lambda: "已撤销 2 份" in runs.said.text())
    assert visits(city) == 0
    desk.until(lambda: len(runs.grid.texts) == 2)
    assert runs.grid.texts[0][1] == "已撤销 2 份"
    assert runs.chosen is not None
    assert merged is not None
    assert runs.chosen.n == merged.n, "the one that was taken back stays in sight"
    desk.press(Qt.Key.Key_Z, CTRL)
    desk.until(lambda: "没有可以撤销的" in runs.said.text())

    desk.drop(tmp_path / "stick")
    desk.merge_all()
    desk.until(lambda: visits(city) == 2)
    assert desk.notices == []


def test_a_missing_number_is_named_and_the_file_can_go_first(
    sit: Sit, city: Office, county: Office, tmp_path: Path
) -> None:
    save_visit(county)
    send(county, tmp_path / "lost")
    save_visit(county, enterprise_name="另一家")
    file = send(county, tmp_path / "stick")[-1]
    desk = sit(city)
    desk.drop(file)
    desk.until(lambda: desk.states == [("沙湾区总工会", "缺第2次报送")])
    files = desk.page.files
    assert not files.all.isEnabled()
    assert "请对方补交" in files.card.message.text()
    files.list.grid.setFocus()
    desk.press(Qt.Key.Key_J, CTRL)
    desk.until(lambda: visits(city) == 1)

    desk.press(Qt.Key.Key_4, ALT)
    missing = desk.page.missing
    desk.until(lambda: bool(missing.gaps.texts))
    assert "第2次" in missing.gaps.texts[0][1]
    cut = [b for b in missing.findChildren(KeyButton) if b.isVisible()]
    assert [b.text() for b in cut if b.width() < b.wanted_width(tight=True)] == []


def test_what_cannot_be_taken_in_says_why_and_is_put_away(
    sit: Sit, city: Office, county: Office, tmp_path: Path
) -> None:
    save_visit(county)
    whole = send(county, tmp_path / "stick")[-1]
    spoilt = tmp_path / "坏.zfpkg"
    spoilt.write_bytes(whole.read_bytes()[:-200])
    desk = sit(city)
    desk.drop(spoilt, tmp_path / "没有.zfpkg")
    desk.until(lambda: len(desk.states) == 2)
    assert desk.states == [("没有.zfpkg", "不能接收"), ("坏.zfpkg", "不能接收")]
    files = desk.page.files
    files.list.grid.setFocus()
    files.list.grid.selectRow(0)
    assert "请检查优盘是否插好" in files.card.message.text()
    desk.press(Qt.Key.Key_Down)
    assert "重新拷贝" in files.card.message.text()
    desk.press(Qt.Key.Key_Delete)
    desk.until(lambda: desk.states == [("没有.zfpkg", "不能接收")])
    desk.press(Qt.Key.Key_Delete)
    desk.until(lambda: desk.states == [])
    assert desk.notices == []


def test_a_file_of_an_office_not_enrolled_leads_to_the_settings(
    sit: Sit, city: Office, clock: SetClock, tmp_path: Path
) -> None:
    stranger = found_below(city, tmp_path / "pc", "511112", clock, operator="新经办", computer=2)
    save_visit(stranger)
    file = send(stranger, tmp_path / "stick")[-1]
    stranger.close()
    desk = sit(city)
    desk.drop(file)
    desk.until(lambda: desk.states == [("五通桥区总工会", "单位未登记")])
    assert "请到“设置”办理报送单位登记" in desk.page.files.card.message.text()
    desk.page.files.list.grid.setFocus()
    desk.press(Qt.Key.Key_J, CTRL)
    assert desk.gone == ["settings"]


def test_what_was_left_waiting_is_looked_at_at_the_next_start(
    sit: Sit, city: Office, county: Office, tmp_path: Path
) -> None:
    save_visit(county)
    waiting_files.admit(city, send(county, tmp_path / "stick")[-1])
    desk = sit(city)
    desk.until(lambda: desk.states == [("沙湾区总工会", "可汇总")])
    desk.page.search("五通桥")
    assert desk.states == []
    desk.page.search("swq")
    assert len(desk.states) == 1


def test_the_answer_goes_back_onto_the_same_stick(
    sit: Sit, city: Office, county: Office, tmp_path: Path
) -> None:
    save_visit(county)
    send(county, tmp_path / "stick")
    desk = sit(city)
    desk.drop(tmp_path / "stick")
    desk.until(lambda: len(desk.states) == 1)
    desk.merge_all()
    files = desk.page.files
    desk.until(lambda: files.list.tabs.current == "done" and files.list.grid.hasFocus())
    assert ("沙湾区总工会", "已汇总") in desk.states
    assert "按 Ctrl+R 当面回执" in files.list.said.text()
    desk.press(Qt.Key.Key_R, CTRL)
    assert files.receipt.title.text() == "当面回执：沙湾区总工会"
    assert files.receipt.folder.text() == str(tmp_path / "stick")
    desk.press(Qt.Key.Key_Return)
    desk.until(lambda: "的回执已写到" in files.list.said.text())
    assert any("511100-" in path.name for path in (tmp_path / "stick").iterdir())
    desk.until(lambda: any(row[5].endswith("已回执") for row in files.list.grid.texts))
    assert not files.undo.isEnabled()


def test_the_views_are_reached_by_key(sit: Sit, city: Office, tmp_path: Path) -> None:
    desk = sit(city)
    for key, view in ((Qt.Key.Key_Right, "done"), (Qt.Key.Key_Left, "pending")):
        desk.press(key)
        assert desk.page.files.list.tabs.current == view
    for digit, name in (
        (Qt.Key.Key_2, "doubles"),
        (Qt.Key.Key_4, "missing"),
        (Qt.Key.Key_1, "files"),
    ):
        desk.press(digit, ALT)
        assert desk.page.tabs.current == name


@pytest.fixture
def clone(county: Office, tmp_path: Path, clock: SetClock) -> Iterator[Office]:
    """The county's data folder, copied to a second disk."""
    office = reopened(tmp_path / "clone", clock, copy_of=county.folder.root)
    yield office
    office.close()


def test_of_two_files_with_one_number_a_person_chooses_and_is_asked_twice(
    sit: Sit, city: Office, county: Office, clone: Office, tmp_path: Path
) -> None:
    save_visit(county, enterprise_name="甲厂", headcount=11)
    deliver(county, city, tmp_path / "a")
    save_visit(clone, enterprise_name="乙厂", headcount=22)
    file = send(clone, tmp_path / "b")[-1]
    desk = sit(city)
    desk.drop(file)
    desk.until(lambda: len(desk.states) == 2)
    assert sorted(state for _, state in desk.states) == ["已汇总", "待选定"]
    files = desk.page.files
    files.list.grid.choose(next(d.key for d in files.list.shown.values() if d.standing == "frozen"))
    assert "两个不同的文件" in files.card.message.text()
    assert files.do.text() == "以这一份为准"
    files.list.grid.setFocus()
    desk.press(Qt.Key.Key_J, CTRL)
    assert "再按一次 Ctrl+J" in files.list.said.text()
    assert names(city) == ["甲厂"]
    desk.press(Qt.Key.Key_J, CTRL)
    desk.until(lambda: names(city) == ["乙厂"])
    desk.until(lambda: desk.states == [])


def names(office: Office) -> list[str]:
    found = [state.record for state in saving.listing(office, Visit)]
    return [one.enterprise_name for one in found]


def test_a_county_receives_its_township(
    sit: Sit, city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    township = found_below(
        city, tmp_path / TOWNSHIP, TOWNSHIP, clock, operator="邱经办", role="township"
    )
    carry(county, enrol(city, township))
    save_visit(township)
    send(township, tmp_path / "stick")
    township.close()
    desk = sit(county)
    desk.drop(tmp_path / "stick")
    desk.until(lambda: len(desk.states) == 1)
    assert desk.states[0][1] == "可汇总"
    desk.merge_all()
    desk.until(lambda: visits(county) == 1)


def answer_in(files: FilesView, standing: str) -> list[Delivery]:
    """The answer as it is listed, once it is that far."""
    return [one for one in files._all if (one.kind, one.standing) == ("answer", standing)]


def test_an_answer_that_brings_words_alone_offers_no_list_of_records(
    sit: Sit, city: Office, county: Office, tmp_path: Path
) -> None:
    save_visit(city)
    answers.answer(city, county.identity.station, tmp_path / "stick")
    desk = sit(county)
    files = desk.page.files
    desk.drop(tmp_path / "stick")
    desk.until(lambda: bool(answer_in(files, "ready")))
    desk.merge_all()
    desk.until(lambda: bool(answer_in(files, "merged")))
    (one,) = answer_in(files, "merged")
    files.list.tabs.go("done")
    assert files.list.grid.choose(one.key)
    assert not files.records.isEnabled()
    assert "看明细" not in [key.words for key in hints_for(files.list.grid)]


def test_esc_stops_between_two_files_and_keeps_what_was_merged(
    sit: Sit, city: Office, county: Office, tmp_path: Path
) -> None:
    for n in range(3):
        save_visit(county, enterprise_name=f"第{n}公司")
        send(county, tmp_path / "stick")
    desk = sit(city)
    desk.drop(tmp_path / "stick")
    desk.until(lambda: len(desk.states) == 3)
    files = desk.page.files
    stopped: list[bool] = []

    def stop_after_one(step: Step) -> None:
        if step.done == 1 and step.total == 3 and not step.label and not stopped:
            stopped.append(files.work_card.isVisible())
            files.work_card.work.stop.trigger()

    files.taking.began.connect(lambda operation, *_: operation.progressed.connect(stop_after_one))
    desk.merge_all()
    desk.until(lambda: bool(stopped) and not files.taking.busy)
    desk.until(lambda: len(desk.states) == 2)
    assert visits(city) == 1
    assert stopped == [True]
    assert files.work_card.isHidden()


def test_a_full_stick_is_said_and_the_answer_goes_to_another(
    sit: Sit, city: Office, county: Office, tmp_path: Path
) -> None:
    save_visit(county)
    deliver(county, city, tmp_path / "up")
    desk = sit(city)
    files = desk.page.files
    files.list.tabs.go("done")
    desk.until(lambda: len(desk.states) > 0)
    files.list.grid.setFocus()
    with small_disk(tmp_path / "full", "4k") as full:
        desk.press(Qt.Key.Key_R, CTRL)
        files.receipt.folder.setText(str(full))
        desk.press(Qt.Key.Key_Return)
        desk.until(lambda: bool(desk.notices))
        assert "磁盘空间不够" in desk.notices[0].what
        assert not list(full.iterdir())
    desk.until(files.work_card.work.isHidden)
    desk.press(Qt.Key.Key_R, CTRL)
    files.receipt.choose_by = lambda: str(tmp_path / "other")
    desk.press(Qt.Key.Key_F7)
    assert files.receipt.folder.text() == str(tmp_path / "other")
    desk.press(Qt.Key.Key_Return)
    desk.until(lambda: "的回执已写到" in files.list.said.text())


def test_without_a_stick_the_page_says_what_to_do(
    sit: Sit, city: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found: list[Path] = []
    monkeypatch.setattr("app.ui.pages.inbox.files.inbox_jobs.sticks", lambda: found)
    desk = sit(city)
    desk.press(Qt.Key.Key_D, CTRL)
    desk.until(lambda: "没有找到优盘" in desk.page.files.list.said.text())
    (tmp_path / "stick").mkdir()
    found.append(tmp_path / "stick")
    desk.press(Qt.Key.Key_D, CTRL)
    desk.until(lambda: "里面没有报送文件" in desk.page.files.list.said.text())


def test_every_file_stands_under_what_is_done_or_to_be_done(sit: Sit, county: Office) -> None:
    desk = sit(county)
    files = desk.page.files
    files.list.tabs.go("done")
    assert "登记文件" in {row[1] for row in files.list.grid.texts}
    counts = [int(files.list.tabs.words(name).split()[-1]) for name in ("pending", "done", "all")]
    assert counts[0] + counts[1] == counts[2]


def test_a_county_is_not_spoken_to_as_the_city(sit: Sit, county: Office) -> None:
    desk = sit(county)
    words = "".join(visible_words(desk.page))
    assert "乡镇" in words
    assert "下级" not in words
    assert desk.page.files.answer.text() == "给乡镇回执"
