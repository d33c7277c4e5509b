"""报送 from the first look to the receipt, by keyboard, with a stick that fails on the way."""

from __future__ import annotations

import datetime as dt
import shutil
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot

from app.domain.records import Hazard, Visit
from app.services.office.office import Office
from app.services.people import operators
from app.services.records import saving
from app.services.reporting import freeze, frozen_report
from app.services.reporting.reporting_steps import situation
from app.services.reviewing import answers, reviews
from app.ui.printing.printers import Printer
from app.ui.worker import Worker
from tests.disks import small_disk
from tests.services.conftest import city, clock, county, grounds
from tests.services.offices import (
    CHEAP,
    COUNTY,
    PASSPHRASE,
    SetClock,
    carry,
    enrol,
    found_below,
    save_visit,
    send,
)
from tests.ui.pages.submit_desk import ALT, CTRL, Clerk, at_desk

__all__ = ["city", "clock", "county", "grounds"]

TOWNSHIP = "511111101"

pytestmark = pytest.mark.usefixtures("dressed")


def signed(clerk: Clerk) -> None:
    """From the first look to the leader's signature."""
    page = clerk.page
    clerk.go_on()
    clerk.wait_for("review", page.prepare)
    clerk.at_rest()
    clerk.go_on()
    clerk.wait_for("approve", page.paper)
    clerk.press(Qt.Key.Key_Escape)
    clerk.wait_for("approve", page.signing)
    clerk.at_rest()
    page.signing.files.signer.put("王主任")
    clerk.go_on()
    clerk.wait_for("seal", page.signing)
    clerk.at_rest()


def test_a_report_goes_its_way_by_keyboard(
    qtbot: QtBot, worker: Worker, city: Office, county: Office, tmp_path: Path
) -> None:
    saved = save_visit(county)
    stick = tmp_path / "stick"
    stick.mkdir()
    with at_desk(qtbot, worker, county, tmp_path) as clerk:
        page = clerk.page
        clerk.sticks.append(stick)
        clerk.wait_for("check", page.prepare)
        assert page.prepare.go.text() == "逻辑检查"
        assert "走访登记" in page.prepare.content.texts[0][0]

        clerk.go_on()
        clerk.wait_for("review", page.prepare)
        clerk.at_rest()
        assert page.prepare.go.text() == "送审"
        assert not page.prepare.lacking.isVisible()
        clerk.press(Qt.Key.Key_2, ALT)
        assert "没有总结报告" in page.prepare.lacking.text()

        clerk.go_on()
        clerk.wait_for("approve", page.paper)
        qtbot.waitUntil(lambda: page.paper.view.image(0) is not None)
        assert page.paper.card.title.text() == "送审表"
        assert frozen_report.report_of(county, 1).kind == "annual"
        clerk.press(Qt.Key.Key_Escape)

        clerk.wait_for("approve", page.signing)
        clerk.at_rest()
        assert not page.signing.files.target.isEnabled()
        page.signing.files.signer.put("王主任")
        page.signing.files.signed_on.put("2011.7.20")
        clerk.go_on()
        clerk.wait_for("seal", page.signing)
        clerk.at_rest()
        assert frozen_report.report_of(county, 1).signed_on == dt.date(2011, 7, 20)
        assert page.signing.files.go.text() == "生成报送文件"

        clerk.go_on()
        clerk.wait_for("receipt", page.paper)
        assert page.paper.card.title.text() == "报送单"
        assert "读回核对无误" in clerk.told[-1].what
        clerk.press(Qt.Key.Key_Escape)
        clerk.wait_for("receipt", page.receipt)
        assert "优盘（stick）" in page.receipt.todo.text()
        assert len(page.receipt.files.texts) == len(list(stick.iterdir()))

        carry(city, sorted(stick.iterdir()))
        reviews.send_back(city, Visit, saved.id, {"headcount": "请核对职工人数。"})
        answers.answer(city, COUNTY, stick)
        clerk.at_rest()
        clerk.go_on()
        qtbot.waitUntil(lambda: bool(page.receipt.words.texts))
        assert "上级已收到第2次报送。退回 1 条。" in page.receipt.told.text()
        assert page.receipt.words.texts[0][:2] == [saved.number, "退回"]
        clerk.press(Qt.Key.Key_Return)
        assert clerk.opened == [("visit", saved.id)]

        clerk.at_rest()
        clerk.press(Qt.Key.Key_H, CTRL)
        qtbot.waitUntil(lambda: page.panel is page.history)
        assert page.history.table.texts[0][0] == "第2次"
        assert page.history.table.texts[0][-1] == "市总已收，退回 1 条"
        clerk.press(Qt.Key.Key_Escape)
        assert page.panel is page.receipt


def test_what_is_wrong_is_listed_and_enter_opens_it(
    qtbot: QtBot, worker: Worker, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    saved = save_visit(county)
    clock.set(2011, 7, 1)
    with at_desk(qtbot, worker, county, tmp_path) as clerk:
        page = clerk.page
        clerk.go_on()
        qtbot.waitUntil(lambda: bool(page.prepare.found.texts))
        clerk.at_rest()
        assert clerk.step == "check"
        assert page.prepare.found.texts[0][:2] == [saved.number, "错误"]
        qtbot.waitUntil(page.prepare.found.hasFocus)
        clerk.press(Qt.Key.Key_Return)
        assert clerk.opened == [("visit", saved.id)]


def test_a_pulled_stick_leaves_the_step_where_it_is(
    qtbot: QtBot, worker: Worker, county: Office, tmp_path: Path
) -> None:
    save_visit(county)
    stick = tmp_path / "stick"
    stick.mkdir()
    with at_desk(qtbot, worker, county, tmp_path) as clerk:
        clerk.sticks.append(stick)
        signed(clerk)
        shutil.rmtree(stick)
        clerk.go_on()
        qtbot.waitUntil(lambda: bool(clerk.told))
        clerk.at_rest()
        assert clerk.told[-1].kind == "warning"
        assert "拔出" in clerk.told[-1].why
        assert not stick.exists()
        clerk.wait_for("seal", clerk.page.signing)
        stick.mkdir()
        clerk.go_on()
        clerk.wait_for("receipt", clerk.page.paper)
        assert list(stick.glob("*.zfpkg"))


def test_a_full_stick_is_said_and_the_files_are_copied_to_another(
    qtbot: QtBot, worker: Worker, county: Office, tmp_path: Path
) -> None:
    for number in range(30):
        save_visit(county, enterprise_name=f"沙湾{number}号厂", opinions=f"{number} " * 800)
    with (
        small_disk(tmp_path / "full", "8k") as full,
        at_desk(qtbot, worker, county, tmp_path) as clerk,
    ):
        clerk.sticks.append(full)
        signed(clerk)
        clerk.go_on()
        qtbot.waitUntil(lambda: bool(clerk.told))
        clerk.at_rest()
        assert "空间不够" in clerk.told[-1].what
        assert not list(full.glob("*.part"))
        files = clerk.page.signing.files
        qtbot.waitUntil(lambda: files.go.text() == "再拷一次")
        assert "没有全部拷" in files.said.text()
        other = tmp_path / "other"
        other.mkdir()
        files.target.choose = lambda: str(other)
        clerk.press(Qt.Key.Key_F7)
        clerk.go_on()
        clerk.wait_for("receipt", clerk.page.paper)
        assert list(other.glob("*.zfpkg"))


def test_a_clerk_notes_what_the_leader_signed_on_paper(
    qtbot: QtBot, worker: Worker, county: Office, tmp_path: Path
) -> None:
    clerks = operators.add(county, PASSPHRASE, "王新", "battery staple", cost=CHEAP)
    theirs = county.as_operator(clerks.id)
    save_visit(theirs)
    n = freeze.freeze(theirs).n
    with at_desk(qtbot, worker, theirs, tmp_path, (1037, 472)) as clerk:
        files = clerk.page.signing.files
        clerk.wait_for("approve", clerk.page.signing)
        clerk.at_rest()
        assert files.signer.text() == "李经办"
        files.go_in()
        assert files.signer.line.selectedText() == "李经办", "what is typed takes its place"
        assert files.on_paper.isVisible()
        assert clerk.page.minimumSizeHint().height() <= 472
        clerk.go_on()
        qtbot.waitUntil(lambda: bool(clerk.told))
        assert "现在是李经办" in clerk.told[0].why
        assert frozen_report.report_of(county, n).state == "frozen"
        clerk.at_rest()
        files.on_paper.setChecked(True)
        clerk.go_on()
        clerk.wait_for("seal", clerk.page.signing)
        clerk.at_rest()
    (step,) = (one for one in situation(county).steps if one.name == "approve")
    assert step.note.endswith("纸质签字")


def test_what_was_changed_since_waits_or_is_sent_to_be_signed_again(
    qtbot: QtBot, worker: Worker, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    save_visit(county)
    with at_desk(qtbot, worker, county, tmp_path) as clerk:
        page = clerk.page
        clerk.sticks.append(tmp_path)
        signed(clerk)
        clock.forward(hours=1)
        later = save_visit(county, enterprise_name="沙湾水泥厂")
        page.changed(later.changes)
        changes = page.signing.changes
        qtbot.waitUntil(lambda: bool(changes.table.texts))
        assert [later.number, "新增"] in [row[:2] for row in changes.table.texts]
        assert changes.keep.button.isChecked()
        assert ["走访职工（人次）", "35", "70", "+35"] in page.signing.totals.table.texts
        clerk.press(Qt.Key.Key_2, ALT)
        assert page.signing.files.go.text() == "重新送审"
        clerk.go_on()
        clerk.wait_for("approve", page.paper)
        clerk.press(Qt.Key.Key_Escape)
        clerk.wait_for("approve", page.signing)
        qtbot.waitUntil(lambda: not changes.table.texts)
        assert page.signing.files.go.text() == "记下审签"


def test_without_a_name_or_with_a_day_to_come_nothing_is_written_down(
    qtbot: QtBot, worker: Worker, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    save_visit(county)
    n = freeze.freeze(county).n
    with at_desk(qtbot, worker, county, tmp_path) as clerk:
        files = clerk.page.signing.files
        clerk.wait_for("approve", clerk.page.signing)
        clerk.go_on()
        assert "请填写审签人" in files.said.text()
        files.signer.put("王主任")
        files.signed_on.put("2011-07-30")
        clerk.go_on()
        assert "还没有到" in files.said.text()
        files.signed_on.put("昨天的昨天")
        clerk.go_on()
        assert files.said.isVisible()
        assert frozen_report.report_of(county, n).state == "frozen"


def test_a_hazard_goes_up_at_once_and_the_other_pc_gets_its_copy(
    qtbot: QtBot, worker: Worker, county: Office, tmp_path: Path
) -> None:
    typed = {
        "nature": "欠薪", "level": "一般", "description": "两个月没有发工资",
        "found_at": "2011-07-20 08:00",
    }  # fmt: skip
    hazard = saving.save(county, Hazard, typed)
    stick = tmp_path / "stick"
    stick.mkdir()
    with at_desk(qtbot, worker, county, tmp_path) as clerk:
        page = clerk.page
        clerk.sticks.append(stick)
        clerk.wait_for("check", page.prepare)
        clerk.press(Qt.Key.Key_E, CTRL)
        qtbot.waitUntil(lambda: page.panel is page.aside)
        assert page.aside.table.texts[0][:2] == [hazard.number, "没报过"]
        clerk.go_on()
        qtbot.waitUntil(lambda: bool(clerk.told))
        assert "请马上送到上级工会" in clerk.told[-1].what
        clerk.at_rest()
        qtbot.waitUntil(lambda: page.aside.table.texts[0][1] == "已报过")
        clerk.press(Qt.Key.Key_S, ALT)
        qtbot.waitUntil(lambda: len(clerk.told) == 2)
        assert "另一台电脑" in clerk.told[-1].what
        clerk.at_rest()
        assert {file.name.split("_to_")[1][:6] for file in stick.iterdir()} == {"511100", "511111"}
        clerk.press(Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: page.panel is not page.aside)


def test_without_a_stick_the_folder_is_asked_for(
    qtbot: QtBot, worker: Worker, county: Office, tmp_path: Path
) -> None:
    save_visit(county)
    with at_desk(qtbot, worker, county, tmp_path) as clerk:
        target = clerk.page.signing.files.target
        signed(clerk)
        assert target.folder is None
        clerk.go_on()
        clerk.at_rest()
        assert clerk.step == "seal"
        (tmp_path / "out").mkdir()
        target.choose = lambda: str(tmp_path / "out")
        clerk.go_on()
        clerk.wait_for("receipt", clerk.page.paper)
        assert list((tmp_path / "out").iterdir())


def test_esc_stops_long_work_and_the_step_stays(
    qtbot: QtBot, worker: Worker, county: Office, tmp_path: Path
) -> None:
    save_visit(county)
    stick = tmp_path / "stick"
    stick.mkdir()
    with at_desk(qtbot, worker, county, tmp_path) as clerk:
        page = clerk.page
        clerk.sticks.append(stick)
        signed(clerk)
        gate = threading.Event()
        worker.write(gate.wait)
        clerk.go_on()
        qtbot.waitUntil(page.work.isVisible)
        assert not page.steps.isVisible()
        assert not page.signing.files.go.isEnabled()
        clerk.press(Qt.Key.Key_Escape)
        gate.set()
        clerk.at_rest()
        assert page.steps.isVisible()
        assert not list(stick.iterdir())
        clerk.wait_for("seal", page.signing)
        assert frozen_report.report_of(county, 1).state == "approved"


def test_a_county_with_nothing_of_its_own_passes_on_what_its_township_sent(
    qtbot: QtBot, worker: Worker, city: Office, county: Office, tmp_path: Path
) -> None:
    township = found_below(city, tmp_path / TOWNSHIP, TOWNSHIP, county.clock, role="township")
    carry(county, enrol(city, township))
    send(county, tmp_path / "own", signed=dt.date(2011, 7, 20))
    save_visit(township)
    carry(county, send(township, tmp_path / "up", signed=dt.date(2011, 7, 20)))
    township.close()
    stick = tmp_path / "stick"
    stick.mkdir()
    with at_desk(qtbot, worker, county, tmp_path) as clerk:
        clerk.sticks.append(stick)
        clerk.wait_for("receipt", clerk.page.receipt)
        assert "乡镇（街道）的 1 个文件要转送" in clerk.page.receipt.todo.text()
        clerk.press(Qt.Key.Key_F5)
        qtbot.waitUntil(lambda: bool(clerk.told))
        clerk.at_rest()
        assert [file.name[:9] for file in stick.glob(f"{TOWNSHIP}-*")] == [TOWNSHIP]


def test_the_answer_can_be_dropped_on_the_window(
    qtbot: QtBot, worker: Worker, city: Office, county: Office, tmp_path: Path
) -> None:
    answer = answers.answer(city, COUNTY, tmp_path / "down")
    with at_desk(qtbot, worker, county, tmp_path) as clerk:
        clerk.page.take_files(list(answer.files))
        qtbot.waitUntil(lambda: "刚收下" in clerk.page.receipt.back.note.text())
        assert clerk.page.panel is clerk.page.receipt


def test_the_slip_is_printed_or_kept_as_a_pdf(
    qtbot: QtBot, worker: Worker, county: Office, tmp_path: Path
) -> None:
    save_visit(county)
    freeze.freeze(county)
    with at_desk(qtbot, worker, county, tmp_path) as clerk:
        paper = clerk.page.paper
        printed = tmp_path / "printed.pdf"

        def open_printer() -> QPrinter:
            device = QPrinter(QPrinter.PrinterMode.HighResolution)
            device.setOutputFileName(str(printed))
            return device

        clerk.wait_for("approve", clerk.page.signing)
        paper.installed = list
        with qtbot.waitSignal(paper.ready):
            clerk.press(Qt.Key.Key_P, CTRL)
        clerk.press(Qt.Key.Key_P, CTRL)
        assert "没有打印机" in clerk.told[-1].what
        paper.ask_where = lambda name: str(tmp_path / name)
        clerk.press(Qt.Key.Key_S, CTRL)
        qtbot.waitUntil(lambda: "已存为" in clerk.told[-1].what)
        assert (tmp_path / "送审表.pdf").read_bytes().startswith(b"%PDF")
        clerk.press(Qt.Key.Key_Escape)
        clerk.wait_for("approve", clerk.page.signing)

        paper.installed = lambda: [Printer("办公室", two_sided=False, open=open_printer)]
        with qtbot.waitSignal(paper.ready):
            clerk.press(Qt.Key.Key_P, CTRL)
        clerk.press(Qt.Key.Key_P, CTRL)
        qtbot.waitUntil(lambda: "已送到打印机“办公室”" in clerk.told[-1].what)
        assert printed.read_bytes().startswith(b"%PDF")


def test_everything_has_a_name_and_fits_a_small_window(
    qtbot: QtBot, worker: Worker, county: Office, tmp_path: Path
) -> None:
    save_visit(county)
    freeze.freeze(county)
    with at_desk(qtbot, worker, county, tmp_path, (1037, 472)) as clerk:
        clerk.wait_for("approve", clerk.page.signing)
        qtbot.waitUntil(lambda: bool(clerk.page.signing.totals.table.texts))
        assert clerk.page.minimumSizeHint().height() <= 472
        assert clerk.page.minimumSizeHint().width() <= 1037
        for stop in clerk.page.signing.files.order():
            assert stop.accessibleName()
        assert "审签，现在这一步" in clerk.page.steps.accessibleName()
        for button in clerk.page.findChildren(QRadioButton):
            assert button.text()
