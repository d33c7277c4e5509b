"""纸质收讫: the answer tells a county which signed paper of its records came at the city."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.checking.city_paper import CityPaper
from app.domain.records import Notice, Visit
from app.services.lists import listing, record_sheet, table_query
from app.services.lists.chips import Chip, How
from app.services.lists.table_query import TableQuery
from app.services.office.office import Office
from app.services.papers import page_tray, scanned_paper
from app.services.records import saving
from app.services.reporting import receipts
from app.services.reviewing import answers
from tests.services.offices import COUNTY, SECOND_COUNTY, SetClock, deliver, save_visit
from tests.services.papers.test_scanned_paper import LONG, scanned


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the scanner puts its files."""
    made = tmp_path / "scans"
    made.mkdir()
    return made


def answer(city: Office, county: Office, out: Path) -> receipts.Receipt:
    files = answers.answer(city, COUNTY, out).files
    return receipts.take_receipts(county, list(files))


def at_city(county: Office, record: str) -> tuple[str, CityPaper | None] | None:
    told = record_sheet.opened(county, Visit, record).at_city
    return (told.words, told.standing) if told else None


def asked(county: Office, name: str, how: How = How.MEETS) -> set[str]:
    return set(listing.ids(county, Visit, chips=[Chip(f"?{name}", how)]))


def test_the_county_learns_which_paper_came_is_old_or_not_whole(
    city: Office, county: Office, clock: SetClock, folder: Path, tmp_path: Path
) -> None:
    whole, parted, other = (
        save_visit(county, enterprise_name=name, opinions=words)
        for name, words in (("甲厂", "好"), ("乙厂", LONG), ("丙厂", "好"))
    )
    pages = scanned(county, folder, whole.id, parted.id)
    pages[-1].unlink()
    deliver(county, city, tmp_path / "up")
    account = scanned_paper.take(city, [folder])
    told = answers.answer(city, COUNTY, tmp_path / "down")
    assert told.papers == 2
    assert told.notices == 0
    receipt = receipts.take_receipts(county, list(told.files))
    assert receipt.lines[-1] == ("市里收到签字盖章的纸质 2 条，其中缺页 1 条，请重新打印盖章再送。")
    assert not any("市总告知" in line for line in receipt.lines)
    assert [(one.number, one.verdict) for one in receipt.words] == [(parted.number, "paper")]
    assert at_city(county, whole.id) == ("市里已收", CityPaper.CAME)
    assert at_city(county, parted.id) == ("缺第2页", CityPaper.MISSING)
    assert at_city(county, other.id) is None
    assert record_sheet.opened(city, Visit, whole.id).at_city is None
    assert asked(county, "city_paper") == {whole.id}
    assert asked(county, "city_paper", How.FAILS) == {other.id}
    assert asked(county, "city_paper_missing") == {parted.id}
    query = TableQuery(Visit, columns=("city_paper",))
    rows = table_query.rows(county, query, [whole.id, parted.id, other.id])
    assert [row.cells[0].words for row in rows] == ["市里已收", "缺第2页", "未收"]

    clock.forward(minutes=1)
    saving.save(county, Visit, {"workers_met": 36}, record=whole.id)
    assert at_city(county, whole.id) == ("版本旧", CityPaper.OLD)
    assert asked(county, "city_paper_old") == {whole.id}
    assert {one.number for one in receipts.open_words(county)} == {whole.number, parted.number}

    page_tray.take_back(city, account.run)
    answer(city, county, tmp_path / "down again")
    assert at_city(county, whole.id) is None
    assert receipts.open_words(county) == []


def test_paper_of_an_older_wording_is_told_as_old(
    city: Office, county: Office, clock: SetClock, folder: Path, tmp_path: Path
) -> None:
    visit = save_visit(county)
    scanned(county, folder, visit.id)
    clock.forward(minutes=1)
    saving.save(county, Visit, {"workers_met": 36}, record=visit.id)
    deliver(county, city, tmp_path / "up")
    scanned_paper.take(city, [folder])
    answer(city, county, tmp_path / "down")
    assert at_city(county, visit.id) == ("版本旧", CityPaper.OLD)
    (waiting,) = page_tray.waiting(city)
    page_tray.give(city, waiting.row.n, visit.number)
    answer(city, county, tmp_path / "down again")
    assert at_city(county, visit.id) == ("版本旧", CityPaper.OLD)


def test_nothing_is_said_twice_and_nothing_to_others(
    city: Office, county: Office, folder: Path, tmp_path: Path
) -> None:
    visit = save_visit(county)
    scanned(county, folder, visit.id)
    deliver(county, city, tmp_path / "up")
    scanned_paper.take(city, [folder])
    assert answers.answer(city, COUNTY, tmp_path / "one").papers == 1
    assert answers.answer(city, COUNTY, tmp_path / "two").papers == 0
    assert answers.answer(city, SECOND_COUNTY, tmp_path / "three").papers == 0
    assert len(saving.listing(city, Notice)) == 1
