"""报送 step by step, as the page shows it, with a stick that is pulled or full on the way."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from app.domain.kernel.errors import Cancelled, EnvironmentProblem, UserError
from app.domain.kernel.progress import Cancel, Step
from app.domain.records import Hazard, Visit
from app.services.office.office import Office
from app.services.packages import sealing
from app.services.records import saving
from app.services.reporting import (
    freeze,
    past_reports,
    receipts,
    report_changes,
    reporting_steps,
    send_apart,
    sign_off,
    write_to_stick,
)
from app.services.reporting.reporting_steps import Situation, situation
from app.services.reviewing import answers, reviews
from database.books import reports
from database.log import packages
from tests.disks import small_disk
from tests.services.offices import COUNTY, SetClock, carry, enrol, found_below, save_visit

SIGNED = dt.date(2011, 7, 22)


def look_over(office: Office) -> Situation:
    reporting_steps.keep_check(office, reporting_steps.examine(office))
    return situation(office)


def notes(seen: Situation) -> dict[str, tuple[bool, str]]:
    return {step.name: (step.done, step.note) for step in seen.steps}


def whole(office: Office, folder: Path) -> bool:
    """Whether every file there is the whole of one in the outbox."""
    outbox = office.folder.outbox
    return all((outbox / file.name).read_bytes() == file.read_bytes() for file in folder.iterdir())


def signed_report(office: Office) -> int:
    report = freeze.freeze(office)
    return sign_off.approve(office, report.n, "王主任", SIGNED).n


def test_a_county_reports_step_by_step(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    assert situation(county).current == "check"
    saved = save_visit(county)
    seen = situation(county)
    assert (seen.current, seen.above) == ("check", "乐山市总工会")
    assert ("走访登记", 1) in seen.unsent.records
    assert notes(seen)["check"] == (False, "还没有检查")

    seen = look_over(county)
    assert seen.current == "review"
    assert notes(seen)["check"][0]
    assert seen.steps[0].who == "李经办"
    assert seen.steps[0].when == "07-21 09:00"

    clock.set(2011, 7, 21, 10)
    report = freeze.freeze(county, "annual")
    seen = situation(county)
    assert (seen.current, seen.is_under_way) == ("approve", True)
    assert seen.frozen.count == seen.unsent.count
    assert notes(seen)["approve"] == (False, "等负责人签字")
    assert seen.steps[1].when == "07-21 10:00"

    clock.set(2011, 7, 25)
    sign_off.approve(county, report.n, "王主仼", SIGNED)
    sign_off.approve(county, report.n, "王主任", SIGNED)
    seen = situation(county)
    assert seen.current == "seal"
    assert notes(seen)["approve"] == (True, "王主任 07-22 签字")

    stick = tmp_path / "stick"
    stick.mkdir()
    sent = write_to_stick.make_files(county, report.n, stick)
    seen = situation(county)
    assert seen.current == "receipt"
    assert seen.copied == tuple(file.name for file in sent.files)
    assert seen.waiting == len(sent.sealed)
    assert notes(seen)["seal"][1].startswith("第")
    assert notes(seen)["receipt"] == (False, "还没有回执")

    with pytest.raises(UserError, match="不在这一步"):
        sign_off.approve(county, report.n, "别人", SIGNED)

    carry(city, sent.files)
    reviews.send_back(city, Visit, saved.id, {"headcount": "请核对职工人数。"})
    answer = answers.answer(city, COUNTY, tmp_path / "down")
    receipt = receipts.take_receipts(county, [tmp_path / "down"])
    assert receipt.confirmed
    assert [(word.number, word.verdict) for word in receipt.words] == [(saved.number, "return")]
    assert "请核对职工人数" in receipt.words[0].said
    assert f"上级已收到{receipt.confirmed}报送。" in receipt.lines
    assert "退回 1 条。" in receipt.lines
    assert len(receipt.accounts) == len(answer.files)
    seen = situation(county)
    assert (seen.current, seen.waiting) == ("receipt", 0)
    assert notes(seen)["receipt"] == (True, "上级已收到")
    (done,) = (one for one in past_reports.past(county).submissions if one.report)
    assert (done.kind, done.standing, done.state) == ("年终", "returned", "市总已收，退回 1 条")
    assert past_reports.past(county).last_answer.startswith("2011-07-25")

    clock.set(2011, 7, 26)
    saving.save(county, Visit, {"headcount": "1260"}, record=saved.id)
    assert situation(county).current == "check"
    assert look_over(county).current == "review"
    assert not receipts.open_words(county)


def test_what_changes_after_the_check_is_checked_again(county: Office) -> None:
    save_visit(county)
    assert look_over(county).current == "review"
    save_visit(county, enterprise_name="沙湾水泥厂")
    seen = situation(county)
    assert seen.current == "check"
    assert notes(seen)["check"] == (False, "检查以后又有改动")


def test_what_changed_since_is_told_with_its_totals(county: Office, clock: SetClock) -> None:
    first = save_visit(county)
    n = freeze.freeze(county).n
    clock.forward(hours=1)
    saving.save(county, Visit, {"workers_met": "40"}, record=first.id)
    clock.forward(hours=1)
    second = save_visit(county, enterprise_name="沙湾水泥厂", workers_met=5)
    since = [one for one in report_changes.changed_since(county, n) if one.type == "visit"]
    assert [(one.number, one.change, one.subject, one.by) for one in since] == [
        (first.number, "修改", "走访登记 乐山无线电公司", "李经办"),
        (second.number, "新增", "走访登记 沙湾水泥厂", "李经办"),
    ]
    told = {one.name: one for one in report_changes.compare_totals(county, n)}
    met = told["走访职工"]
    assert (met.unit, met.frozen, met.now, met.difference) == ("人次", "35", "45", "+10")
    assert told["帮扶金额"].difference == "0"


def test_a_full_stick_leaves_nothing_half_and_the_step_can_be_repeated(
    county: Office, tmp_path: Path
) -> None:
    for number in range(30):
        save_visit(county, enterprise_name=f"沙湾{number}号厂", opinions=f"{number} " * 800)
    n = signed_report(county)
    with small_disk(tmp_path / "stick", "8k") as stick:
        with pytest.raises(EnvironmentProblem, match="空间不够"):
            write_to_stick.make_files(county, n, stick)
        assert whole(county, stick)
        seen = situation(county)
        assert (seen.current, seen.again) == ("seal", True)
        assert notes(seen)["seal"] == (False, "还没有拷贝完")
        (kept,) = (one for one in past_reports.past(county).submissions if one.report)
        assert kept.standing == "sealed"
    (tmp_path / "other").mkdir()
    sent = write_to_stick.make_files(county, n, tmp_path / "other")
    assert [file.parent.name for file in sent.files] == ["other"] * len(sent.files)
    assert situation(county).current == "receipt"


def test_a_stick_that_was_pulled_is_not_made_up_on_the_computers_own_disk(
    county: Office, tmp_path: Path
) -> None:
    save_visit(county)
    n = signed_report(county)
    with pytest.raises(EnvironmentProblem, match="优盘"):
        write_to_stick.make_files(county, n, tmp_path / "gone")
    assert not (tmp_path / "gone").exists()
    assert situation(county).current == "seal"
    assert not situation(county).again


def test_stopping_keeps_the_step(county: Office, tmp_path: Path) -> None:
    save_visit(county)
    n = signed_report(county)
    stop, stick = Cancel(), tmp_path / "stick"
    stick.mkdir()

    def watch(step: Step) -> None:
        if step.label == "核对拷贝":
            stop.set()

    with pytest.raises(Cancelled):
        write_to_stick.make_files(county, n, stick, progress=watch, cancel=stop)
    assert whole(county, stick)
    assert situation(county).again


class Cut(BaseException):
    """The plug is pulled."""


@pytest.mark.parametrize("at", ["set_state", "after"])
def test_a_cut_while_sealing_leaves_a_signed_report_or_a_sealed_one(
    at: str, county: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_visit(county)
    n = signed_report(county)
    stick = tmp_path / "stick"
    stick.mkdir()

    def cut(*given: object, **more: object) -> None:
        raise Cut

    with monkeypatch.context() as patch:
        if at == "set_state":
            patch.setattr(reports, "set_state", cut)
        else:
            patch.setattr(sealing, "copy_out", cut)
        with pytest.raises(Cut):
            write_to_stick.make_files(county, n, stick)
    sealed = past_reports.past(county).submissions
    assert len([one for one in sealed if one.standing == "sealed"]) == (at == "after")
    assert situation(county).again is (at == "after")

    sent = write_to_stick.make_files(county, n, stick)
    assert whole(county, stick)
    assert len(sent.files) == len({file.name for file in sent.files})
    assert situation(county).current == "receipt"
    with county.store.read() as connection:
        out = packages.find(connection, direction="out")
    assert len({row.seq for row in out}) == len(out)
    assert {row.file for row in out} == {one.name for one in county.folder.outbox.iterdir()}


def test_the_slip_can_be_printed_again(county: Office, tmp_path: Path) -> None:
    save_visit(county)
    n = signed_report(county)
    with pytest.raises(UserError, match="还没有文件"):
        past_reports.print_slip_again(county, n, tmp_path / "slip.pdf")
    (tmp_path / "stick").mkdir()
    sent = write_to_stick.make_files(county, n, tmp_path / "stick")
    for file in sent.files:
        file.unlink()
    assert past_reports.print_slip_again(county, n, tmp_path / "slip.pdf") == 1
    assert (tmp_path / "slip.pdf").read_bytes().startswith(b"%PDF")


def test_the_city_reports_to_nobody_and_answers_not_itself(
    city: Office, county: Office, tmp_path: Path
) -> None:
    hazard = saving.save(
        city,
        Hazard,
        {
            "nature": "欠薪", "level": "一般", "description": "两个月没有发工资",
            "found_at": "2011-07-20 08:00",
        },
    )  # fmt: skip
    for refused in (
        lambda: send_apart.urgent(city, hazard.id, tmp_path / "out"),
        lambda: freeze.freeze(city),
    ):
        with pytest.raises(UserError) as said:
            refused()
        assert said.value.code == "NO_SUPERIOR"
    with pytest.raises(UserError, match="不能给本单位写回执"):
        answers.answer(city, "511100", tmp_path / "out")
    with pytest.raises(UserError, match="不向本单位报送"):
        answers.answer(county, "511112", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_without_anything_for_us_is_no_receipt(county: Office, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有给本单位的回执"):
        receipts.take_receipts(county, [tmp_path])


def test_the_other_pc_of_the_office_takes_what_is_shared(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    other = found_below(city, tmp_path / "second pc", COUNTY, clock, operator="赵经办", computer=2)
    trust = enrol(city, other)
    carry(county, trust)
    saved = save_visit(county)
    (tmp_path / "stick").mkdir()
    write_to_stick.make_shared(county, tmp_path / "stick")
    receipt = receipts.take_receipts(other, [tmp_path / "stick"])
    assert receipt.lines == ("收下本单位另一台电脑的记录 2 条。",)
    assert saving.show(other, Visit, saved.number).id == saved.id
    other.close()


def test_a_correction_by_telephone_comes_back_as_a_word(
    city: Office, county: Office, tmp_path: Path
) -> None:
    saved = save_visit(county)
    (tmp_path / "up").mkdir()
    carry(city, write_to_stick.make_files(county, signed_report(county), tmp_path / "up").files)
    said = {"headcount": reviews.Correction(1300, "李主任", dt.date(2011, 7, 21))}
    reviews.propose(city, Visit, saved.id, said)
    answers.answer(city, COUNTY, tmp_path / "down")
    receipts.take_receipts(county, [tmp_path / "down"])
    (word,) = receipts.open_words(county)
    assert isinstance(saving.show(county, Visit, word.id).record, Visit)
    assert (word.subject, word.verdict) == ("走访登记 乐山无线电公司", "propose")
    assert "1300" in word.said
    assert "李主任" in word.said
