"""A county scores its townships: points go down, 申诉 come up, the city has no part in it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pytest

from app.domain.kernel.errors import UserError
from app.domain.records import Evaluation, ScoreSheet
from app.services.evaluating import evaluations, result_sheets, score_appeals
from app.services.evaluating.evaluation_seen import listed, seen
from app.services.evaluating.result_sheets import listed_sheets, seen_sheet
from app.services.evaluating.score_appeals import Decision
from app.services.office.office import Office
from app.services.records import saving
from app.services.reporting import receipts, sealed_report, send_apart
from app.services.reviewing import answers
from app.services.todo import evaluation_lines
from database.state import states
from tests.services.offices import (
    COUNTY,
    SetClock,
    carry,
    enrol,
    found_below,
    reopened,
    save_visit,
    send,
)

TOWNSHIP, NEIGHBOUR = "511111101", "511111102"
CRITERIA = [
    {"name": "走访单位", "points": "30", "basis": "走访单位数", "full_at": "2"},
    {"name": "工作创新", "points": "15"},
]


@pytest.fixture
def township(city: Office, county: Office, clock: SetClock, tmp_path: Path) -> Iterator[Office]:
    """A township below 沙湾区总工会, which has reported to it."""
    office = found_below(city, tmp_path / TOWNSHIP, TOWNSHIP, clock, role="township")
    carry(county, enrol(city, office))
    save_visit(office)
    carry(county, send(office, tmp_path / "first"))
    clock.set(2011, 12, 20)
    yield office
    office.close()


@pytest.fixture
def key(county: Office, township: Office) -> str:
    """An 考评 of the county, shown to its townships."""
    body = {"title": "乡镇考评", "as_of": "2011-12-20", "campaign": "2011-36"}
    made = saving.save(county, Evaluation, {**body, "criteria": CRITERIA}).id
    evaluations.compute(county, made)
    own = seen(county, made).record.criteria[1].id
    evaluations.give(county, made, (TOWNSHIP, own), "12.5", "建立了联系点")
    evaluations.give(county, made, (NEIGHBOUR, own), "3", "邻乡的依据")
    evaluations.show_points(county, made)
    return made


def told(county: Office, township: Office, stick: Path) -> receipts.Receipt:
    return receipts.take_receipts(township, answers.answer(county, TOWNSHIP, stick).files)


def test_the_points_of_a_township_go_down_and_only_its_own(
    county: Office, township: Office, key: str, tmp_path: Path
) -> None:
    receipt = told(county, township, tmp_path / "down")
    assert any("考评结果" in line for line in receipt.lines)
    (one,) = listed_sheets(township)
    found = seen_sheet(township, one.id)
    assert (found.maker, found.office) == (
        "沙湾区总工会",
        seen(county, key).units[TOWNSHIP] + "工会",
    )
    assert [(row.line.name, row.line.points, row.line.figure) for row in found.rows] == [
        ("走访单位", "15.00", "1"), ("工作创新", "12.50", ""),
    ]  # fmt: skip
    with township.store.read() as connection:
        assert "邻乡的依据" not in repr(states.find(connection, ScoreSheet))
        assert states.find(connection, Evaluation) == []
        (line,) = evaluation_lines.results(township, connection)
    assert line.note == "乡镇考评"


def test_the_appeal_of_a_township_is_answered_by_the_county_and_waits_nowhere_else(
    city: Office, county: Office, township: Office, key: str, tmp_path: Path
) -> None:
    told(county, township, tmp_path / "down")
    (one,) = listed_sheets(township)
    result_sheets.object_to(township, one.id, "工作创新", "还有一项创新", "见附表")
    up = send(township, tmp_path / "up")
    carry(county, up)
    own = seen(county, key).record.criteria[1].id
    (waiting,) = seen(county, key).waiting[TOWNSHIP, own]
    with county.store.read() as connection:
        (line,) = evaluation_lines.appeals(county, connection)
    assert (line.count, line.record) == (1, key)
    carry(city, send(county, tmp_path / "to the city"))
    with city.store.read() as connection:
        assert list(evaluation_lines.appeals(city, connection)) == []
    score_appeals.decide(county, key, waiting.id, Decision("属实", "15"), base=seen(county, key))
    told(county, township, tmp_path / "answer")
    row = seen_sheet(township, one.id).rows[1]
    assert (row.line.points, row.corrected, row.waiting) == ("15.00", True, None)
    evaluations.issue(county, key)
    told(county, township, tmp_path / "issued")
    final = seen_sheet(township, one.id)
    assert (final.record.place, final.issued) == (1, True)
    assert final.record.among == len(seen(county, key).units)


def test_the_city_reads_what_a_county_scored_and_changes_nothing_of_it(
    city: Office, county: Office, township: Office, key: str, tmp_path: Path
) -> None:
    told(county, township, tmp_path / "down")
    (one,) = listed_sheets(township)
    result_sheets.object_to(township, one.id, "工作创新", "还有一项创新")
    carry(county, send(township, tmp_path / "up"))
    evaluations.issue(county, key)
    carry(city, send(county, tmp_path / "to the city"))
    known = listed(city)
    assert [state.id for state in known] == [key]
    found = seen(city, key)
    assert (found.office, found.mine, found.issued) == ("沙湾区总工会", False, True)
    assert found.counts == seen(county, key).counts
    own = found.record.criteria[1].id
    with pytest.raises(UserError) as foreign:
        evaluations.give(city, key, (TOWNSHIP, own), "1", "")
    assert foreign.value.code in {"NOT_OWNER", "ISSUED"}
    city_key = saving.save(
        city,
        Evaluation,
        {"title": "市考评", "as_of": "2011-12-20", "campaign": "2011-36", "criteria": CRITERIA},
    ).id
    evaluations.compute(city, city_key)
    evaluations.show_points(city, city_key)
    carry(county, answers.answer(city, COUNTY, tmp_path / "city answer").files)
    assert [one.record.title for one in listed_sheets(county)] == ["市考评"]
    with township.store.read() as connection:
        titles = {one.record.title for one in states.find(connection, ScoreSheet)}
    assert titles == {"乡镇考评"}


def test_a_city_that_scores_townships_hears_them_through_their_county(
    city: Office, county: Office, township: Office, tmp_path: Path
) -> None:
    carry(city, send(county, tmp_path / "to the city"))
    body = {"title": "全市乡镇考评", "as_of": "2011-12-20", "campaign": "2011-36"}
    made = saving.save(city, Evaluation, {**body, "criteria": CRITERIA, "kinds": ["township"]}).id
    found = seen(city, made)
    assert TOWNSHIP in found.units
    own = found.record.criteria[1].id
    evaluations.give(city, made, (TOWNSHIP, own), "5", "")
    evaluations.show_points(city, made)
    carry(township, answers.answer(city, TOWNSHIP, tmp_path / "straight").files)
    (one,) = listed_sheets(township)
    assert seen_sheet(township, one.id).maker == "乐山市总工会"
    result_sheets.object_to(township, one.id, "工作创新", "应得满分")
    carry(county, send(township, tmp_path / "up"))
    with county.store.read() as connection:
        assert list(evaluation_lines.appeals(county, connection)) == []
    carry(city, sealed_report.export(county, tmp_path / "on"))
    (waiting,) = seen(city, made).waiting[TOWNSHIP, own]
    score_appeals.decide(city, made, waiting.id, Decision("属实", "15"))
    assert seen(city, made).counts[TOWNSHIP, own] == Decimal(15)


@pytest.fixture
def second_pc(
    city: Office, county: Office, key: str, clock: SetClock, tmp_path: Path
) -> Iterator[Office]:
    """The other computer of 沙湾区总工会, which has the 考评 as it was first shown."""
    office = found_below(city, tmp_path / "pc2", COUNTY, clock, operator="周经办")
    carry(county, enrol(city, office))
    carry(office, send_apart.share(county, tmp_path / "to pc2"))
    yield office
    office.close()


def test_two_computers_that_tell_of_one_evaluation_tell_one_truth(
    second_pc: Office, county: Office, township: Office, clock: SetClock, tmp_path: Path
) -> None:
    (key,) = (one.id for one in listed(county))
    own = seen(county, key).record.criteria[1].id

    def says() -> list[str | None]:
        return [one.record.total for one in listed_sheets(township)]

    clock.forward(days=1)
    evaluations.give(county, key, (TOWNSHIP, own), "15", "补来了材料")
    told(county, township, tmp_path / "2")
    assert says() == ["30"]
    clock.forward(days=1)
    told(second_pc, township, tmp_path / "3")
    assert says() == ["30"], "it tells later, but of the 考评 as it was before"
    carry(second_pc, send_apart.share(county, tmp_path / "4"))
    clock.forward(days=1)
    evaluations.give(second_pc, key, (TOWNSHIP, own), "14", "核对过")
    told(second_pc, township, tmp_path / "5")
    assert says() == ["29"]
    carry(county, send_apart.share(second_pc, tmp_path / "6"))
    clock.forward(days=1)
    evaluations.show_points(county, key, shown=False)
    told(county, township, tmp_path / "7")
    assert says() == []
    told(second_pc, township, tmp_path / "8")
    assert says() == []
    clock.forward(days=1)
    evaluations.issue(county, key)
    told(county, township, tmp_path / "9")
    carry(second_pc, send_apart.share(county, tmp_path / "10"))
    told(second_pc, township, tmp_path / "11")
    (one,) = listed_sheets(township)
    assert (one.record.total, one.record.place) == ("29", 1)


def test_points_of_others_are_no_news_to_a_township(
    county: Office, township: Office, key: str, clock: SetClock, tmp_path: Path
) -> None:
    own = seen(county, key).record.criteria[1].id
    evaluations.give(county, key, (TOWNSHIP, own), "15", "")
    assert answers.answer(county, TOWNSHIP, tmp_path / "a").sheets == 1
    clock.forward(days=1)
    evaluations.give(county, key, (NEIGHBOUR, own), "4", "")
    assert answers.answer(county, TOWNSHIP, tmp_path / "b").sheets == 0


def test_two_clients_of_one_store_tell_it_once(
    county: Office, township: Office, key: str, clock: SetClock, tmp_path: Path
) -> None:
    second = reopened(county.folder.root, clock)
    with ThreadPoolExecutor(2) as both:
        jobs = [
            both.submit(answers.answer, one, TOWNSHIP, tmp_path / str(place))
            for place, one in enumerate((county, second))
        ]
        sheets = sorted(job.result().sheets for job in jobs)
    assert sheets == [0, 1]
    with county.store.read() as connection:
        assert len(states.find(connection, ScoreSheet)) == 1
    last = answers.answer(second, TOWNSHIP, tmp_path / "last").files
    second.close()
    carry(township, last)
    assert len(listed_sheets(township)) == 1
