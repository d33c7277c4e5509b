"""考评结果 goes down with the answer, 申诉 comes up with a submission, its answer goes down."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from app.domain.kernel.errors import UserError
from app.domain.records import Evaluation, ScoreAppeal, ScoreSheet
from app.services.evaluating import evaluations, result_sheets, score_appeals
from app.services.evaluating.evaluation_seen import seen
from app.services.evaluating.result_sheets import SheetSeen, listed_sheets, seen_sheet
from app.services.evaluating.score_appeals import Decision
from app.services.office.office import Office
from app.services.records import saving, voiding
from app.services.reporting import receipts
from app.services.reviewing import answers
from app.services.todo import evaluation_lines
from database.state import states
from tests.services.offices import (
    COUNTY,
    SECOND_COUNTY,
    SetClock,
    carry,
    deliver,
    enrol,
    found_below,
    save_visit,
)

CRITERIA = [
    {"name": "走访单位", "points": "30", "basis": "走访单位数", "full_at": "2"},
    {"name": "工作创新", "points": "15"},
]


@pytest.fixture
def key(city: Office, county: Office, clock: SetClock, tmp_path: Path) -> str:
    """An 考评 of the city with points for two counties; one of them reports."""
    save_visit(county)
    deliver(county, city, tmp_path / "first")
    clock.set(2011, 12, 20)
    body = {"title": "走访考评", "as_of": "2011-12-20", "campaign": "2011-36"}
    made = saving.save(city, Evaluation, {**body, "criteria": CRITERIA}).id
    evaluations.compute(city, made)
    own = ids(city, made)[1]
    evaluations.give(city, made, (COUNTY, own), "12.5", "建立了联系点制度")
    evaluations.give(city, made, (SECOND_COUNTY, own), "3", "别的县的依据")
    return made


def ids(office: Office, key: str) -> list[str]:
    return [one.id for one in seen(office, key).record.criteria]


def told(city: Office, county: Office, stick: Path) -> receipts.Receipt:
    made = answers.answer(city, county.identity.station, stick)
    return receipts.take_receipts(county, made.files)


def sheet(county: Office) -> SheetSeen:
    (one,) = listed_sheets(county)
    return seen_sheet(county, one.id)


def sent(county: Office, city: Office, stick: Path) -> str:
    """The 申诉 of the county, as the city has it."""
    deliver(county, city, stick)
    with city.store.read() as connection:
        (one,) = states.find(connection, ScoreAppeal)
    return one.id


def test_nothing_goes_down_before_the_points_are_shown_and_then_only_ones_own(
    city: Office, county: Office, key: str, tmp_path: Path
) -> None:
    told(city, county, tmp_path / "a")
    assert listed_sheets(county) == []
    evaluations.show_points(city, key)
    receipt = told(city, county, tmp_path / "b")
    assert any("考评结果" in line for line in receipt.lines)
    found = sheet(county)
    assert [(row.line.name, row.line.points, row.line.evidence) for row in found.rows] == [
        ("走访单位", "15.00", ""), ("工作创新", "12.50", "建立了联系点制度"),
    ]  # fmt: skip
    assert found.rows[0].line.figure == "1"
    assert (found.record.total, found.record.place, found.issued) == ("27.50", None, False)
    assert found.maker == "乐山市总工会"
    with county.store.read() as connection:
        held = states.find(connection, ScoreSheet)
        assert "别的县的依据" not in repr(held)
        assert states.find(connection, Evaluation) == []


def test_the_same_answer_twice_changes_nothing(
    city: Office, county: Office, key: str, tmp_path: Path
) -> None:
    evaluations.show_points(city, key)
    made = answers.answer(city, COUNTY, tmp_path / "a")
    assert made.sheets == 1
    receipts.take_receipts(county, made.files)
    before = sheet(county)
    receipts.take_receipts(county, made.files)
    again = answers.answer(city, COUNTY, tmp_path / "b")
    assert again.sheets == 0, "nothing changed, nothing is told anew"
    receipts.take_receipts(county, again.files)
    assert sheet(county) == before


def test_an_appeal_goes_up_is_answered_and_the_answer_comes_back(
    city: Office, county: Office, key: str, tmp_path: Path
) -> None:
    evaluations.show_points(city, key)
    told(city, county, tmp_path / "a")
    result_sheets.object_to(county, sheet(county).state.id, "走访单位", "漏了一次走访", "纸质表在")
    appeal = sent(county, city, tmp_path / "up")
    visits = ids(city, key)[0]
    found = seen(city, key)
    assert [one.id for one in found.waiting[COUNTY, visits]] == [appeal]
    with city.store.read() as connection:
        (line,) = evaluation_lines.appeals(city, connection)
    assert (line.count, line.note) == (1, "沙湾区总工会")
    score_appeals.decide(city, key, appeal, Decision("已核实", "30"), base=found)
    after = seen(city, key)
    assert (after.counts[COUNTY, visits], after.waiting) == (Decimal(30), {})
    told(city, county, tmp_path / "b")
    row = sheet(county).rows[0]
    assert (row.line.points, row.corrected, row.waiting) == ("30.00", True, None)
    assert [(one.said, one.answer) for one in row.answers] == [("漏了一次走访", "已核实")]


def test_an_answer_is_taken_back_and_the_appeal_waits_again(
    city: Office, county: Office, key: str, tmp_path: Path
) -> None:
    evaluations.show_points(city, key)
    told(city, county, tmp_path / "a")
    result_sheets.object_to(county, sheet(county).state.id, "工作创新", "应得满分")
    appeal = sent(county, city, tmp_path / "up")
    score_appeals.decide(city, key, appeal, Decision("没有依据，维持"))
    told(city, county, tmp_path / "b")
    assert sheet(county).rows[1].answers
    score_appeals.take_back(city, key, appeal)
    assert seen(city, key).waiting
    told(city, county, tmp_path / "c")
    row = sheet(county).rows[1]
    assert row.waiting is not None
    assert not row.answers
    with pytest.raises(UserError) as none:
        score_appeals.take_back(city, key, appeal)
    assert none.value.code == "NOT_ANSWERED"


def test_what_was_decided_or_changed_meanwhile_is_never_written_over(
    city: Office, county: Office, key: str, clock: SetClock, tmp_path: Path
) -> None:
    evaluations.show_points(city, key)
    told(city, county, tmp_path / "a")
    old = sheet(county)
    result_sheets.object_to(county, old.state.id, "走访单位", "漏了一次")
    appeal = sent(county, city, tmp_path / "up")
    base = seen(city, key)
    cell = (COUNTY, ids(city, key)[0])
    clock.set(2011, 12, 21, 10, 32)
    evaluations.give(city, key, cell, "16", "")
    for late in (
        partial(score_appeals.decide, city, key, appeal, Decision("维持"), base=base),
        partial(evaluations.give, city, key, cell, "17", "", base=base),
    ):
        with pytest.raises(UserError) as stale:
            late()
        assert stale.value.code == "STALE"
        assert "市经办（12月21日 10:32）" in str(stale.value)
    base = seen(city, key)
    result_sheets.object_to(county, old.state.id, "走访单位", "漏了两次")
    deliver(county, city, tmp_path / "up2")
    with pytest.raises(UserError) as changed:
        score_appeals.decide(city, key, appeal, Decision("维持"), base=base)
    assert "沙湾区总工会" in str(changed.value)
    score_appeals.decide(city, key, appeal, Decision("维持"), base=seen(city, key))
    with pytest.raises(UserError) as twice:
        score_appeals.decide(city, key, appeal, Decision("改", "20"), base=base)
    assert "市经办（12月21日）已经答复" in str(twice.value)
    told(city, county, tmp_path / "b")
    with pytest.raises(UserError) as new:
        result_sheets.object_to(county, old.state.id, "工作创新", "再看看", base=old)
    assert new.value.code == "STALE"
    assert "乐山市总工会（12月21日 10:32）" in str(new.value)


def test_once_issued_the_place_is_told_and_nothing_is_said_against_it(
    city: Office, county: Office, key: str, tmp_path: Path
) -> None:
    evaluations.show_points(city, key)
    told(city, county, tmp_path / "a")
    result_sheets.object_to(county, sheet(county).state.id, "工作创新", "应得满分")
    appeal = sent(county, city, tmp_path / "up")
    evaluations.issue(city, key)
    with pytest.raises(UserError) as late:
        score_appeals.decide(city, key, appeal, Decision("晚了", "15"))
    assert late.value.code == "ISSUED"
    told(city, county, tmp_path / "b")
    found = sheet(county)
    assert (found.record.place, found.record.among, found.issued) == (1, 11, True)
    for change in (
        partial(result_sheets.object_to, county, found.state.id, "工作创新", "还有"),
        partial(result_sheets.withdraw, county, found.state.id, "工作创新"),
        partial(evaluations.show_points, city, key, shown=False),
    ):
        with pytest.raises(UserError) as frozen:
            change()
        assert frozen.value.code == "ISSUED"
    voiding.void(city, Evaluation, key, "有错")
    told(city, county, tmp_path / "c")
    assert listed_sheets(county) == []


def test_showing_is_taken_back_and_an_appeal_withdrawn(
    city: Office, county: Office, key: str, tmp_path: Path
) -> None:
    evaluations.show_points(city, key)
    told(city, county, tmp_path / "a")
    at = sheet(county).state.id
    result_sheets.object_to(county, at, "工作创新", "应得满分")
    result_sheets.withdraw(county, at, "工作创新")
    assert sheet(county).rows[1].waiting is None
    with pytest.raises(UserError) as none:
        result_sheets.withdraw(county, at, "工作创新")
    assert none.value.code == "NOT_FOUND"
    evaluations.show_points(city, key, shown=False)
    told(city, county, tmp_path / "b")
    assert listed_sheets(county) == []
    evaluations.show_points(city, key)
    told(city, county, tmp_path / "c")
    assert len(listed_sheets(county)) == 1


def test_another_county_cannot_speak_for_this_one(
    city: Office, county: Office, key: str, clock: SetClock, tmp_path: Path
) -> None:
    """An 申诉 is about the points of the office that made it, whatever else it says."""
    evaluations.show_points(city, key)
    told(city, county, tmp_path / "a")
    other = found_below(city, tmp_path / "other", SECOND_COUNTY, clock)
    enrol(city, other)
    carry(other, answers.answer(city, SECOND_COUNTY, tmp_path / "b").files)
    result_sheets.object_to(other, sheet(other).state.id, "工作创新", "应得满分")
    appeal = sent(other, city, tmp_path / "up")
    own = ids(city, key)[1]
    assert list(seen(city, key).waiting) == [(SECOND_COUNTY, own)]
    score_appeals.decide(city, key, appeal, Decision("属实", "15"))
    counts = seen(city, key).counts
    assert (counts[COUNTY, own], counts[SECOND_COUNTY, own]) == (Decimal("12.5"), Decimal(15))
