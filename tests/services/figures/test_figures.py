"""What the city sees: who is covered, who is missing, what may be doubled."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec
import pytest

from app.domain.kernel.errors import UserError
from app.domain.records import Document, Enterprise
from app.services.figures import coverage, dues, possible_doubles
from app.services.office.office import Office
from app.services.records import saving
from app.services.reporting import report_check
from app.services.reviewing import pair_decisions
from tests.services.offices import (
    COUNTY,
    SECOND_COUNTY,
    SetClock,
    carry,
    deliver,
    found_below,
    save_visit,
    send,
)


def test_coverage_names_what_is_covered_and_why(
    city: Office, county: Office, tmp_path: Path
) -> None:
    visited = saving.save(
        county,
        Enterprise,
        {"name": "沙湾水泥厂", "area": "沙湾镇", "above_scale": "是", "headcount": 300},
    )
    saving.save(county, Enterprise, {"name": "嘉农电站", "area": "嘉农镇", "headcount": 200})
    visit = save_visit(county, enterprise_name="沙湾水泥厂")
    deliver(county, city, tmp_path / "stick")

    seen = coverage.coverage(city, "2011-36")
    cadres, groups, _, areas = seen.figures
    (row,) = [row for row in cadres.rows if row.code == COUNTY]
    assert (row.numerator, row.denominator, row.percent) == (1, 2, "50.0%")
    (item,) = [item for item in cadres.items if item.id == visited.id]
    assert (item.number, item.visits) == (visited.number, (visit.number,))
    assert (item.standing, item.area_name) == ("已覆盖", "沙湾镇")
    assert groups.total.numerator == 1
    assert areas.total.numerator == 1
    assert b"percent" in msgspec.json.encode(seen)
    with pytest.raises(UserError, match="没有活动"):
        coverage.coverage(city, "1999-1")


def test_what_was_due_and_what_came(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    save_visit(county)
    kind = {"campaign": "2011-36", "title": "实施方案", "dated": "2011-7-5", "kind": "plan"}
    due = dues.missing(city, "2011-36")
    items = {one.item for one in due.standings}
    assert "form" in items
    plan = next(iter(items - {"form"}))
    document = saving.save(county, Document, {**kind, "kind": plan})
    clock.set(2011, 12, 20)
    deliver(county, city, tmp_path / "stick")

    seen = dues.missing(city, "2011-36")
    mine = {one.item: one for one in seen.standings if one.unit == COUNTY}
    theirs = {one.item: one for one in seen.standings if one.unit == SECOND_COUNTY}
    assert (mine[plan].came, mine[plan].number) == (dt.date(2011, 12, 20), document.number)
    assert mine["form"].how == "报送文件"
    assert (theirs["form"].state, theirs["form"].words) == ("逾期未报", "逾期 5 天")

    paper = dues.Paper(SECOND_COUNTY, "form", dt.date(2011, 12, 14))
    dues.tick_paper(city, "2011-36", paper)
    theirs = {
        one.item: one
        for one in dues.missing(city, "2011-36").standings
        if one.unit == SECOND_COUNTY
    }
    assert (theirs["form"].state, theirs["form"].how) == ("已收", "纸质/邮件")
    dues.untick_paper(city, "2011-36", paper)
    assert dues.missing(city, "2011-36").tally == seen.tally
    assert b"tally" in msgspec.json.encode(seen)


def test_missing_numbers_are_named_exactly(city: Office, county: Office, tmp_path: Path) -> None:
    files: list[Path] = []
    for number in range(2, 6):
        save_visit(county, enterprise_name=f"第{number}厂")
        files = send(county, tmp_path / f"stick{number}")
    by_number = {int(path.stem[-6:]): path for path in files}
    carry(city, [by_number[2], by_number[5]])
    (channel,) = [c for c in dues.missing(city).channels if c.writer.startswith(COUNTY)]
    assert (channel.station_name, channel.to) == ("沙湾区总工会", "511100")
    assert (channel.contiguous, channel.highest, channel.missing) == (2, 5, (3, 4))
    assert channel.words == "缺第3至4次报送"
    assert [w.split("-")[0] for w in dues.missing(city).silent] == [SECOND_COUNTY]

    carry(city, [by_number[3], by_number[4]])
    (channel,) = [c for c in dues.missing(city).channels if c.writer.startswith(COUNTY)]
    assert (channel.received, channel.missing, channel.words) == (5, (), "")


def test_the_package_of_a_writer_not_enrolled_is_shown_as_held(
    city: Office, tmp_path: Path, clock: SetClock
) -> None:
    stranger = found_below(city, tmp_path / "new", "511123", clock)
    save_visit(stranger)
    (path,) = send(stranger, tmp_path / "stick")
    carry(city, [path])
    (held,) = dues.missing(city).held
    assert (held.station, held.seq, held.file) == ("511123", 1, path.name)
    stranger.close()


def test_candidates_carry_their_numbers_and_a_decision_is_remembered(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    one = saving.save(county, Enterprise, {"name": "永丰纸业有限公司"})
    other = saving.save(second_county, Enterprise, {"name": "永丰纸业有限责任公司"})
    for office, stick in ((county, "a"), (second_county, "b")):
        deliver(office, city, tmp_path / stick)
    (pair,) = possible_doubles.duplicates(city).open
    assert {pair.one.number, pair.other.number} == {one.number, other.number}
    assert (pair.type, pair.words) == ("enterprise", "同一单位")
    assert pair.reasons

    pair_decisions.link(city, Enterprise, one.number, other.number, same=True, reason="电话核实")
    seen = possible_doubles.duplicates(city)
    assert (seen.open, len(seen.settled)) == ((), 1)
    assert report_check.examine(county) == []


def test_an_enterprise_that_city_and_county_both_visited_is_named(
    city: Office, county: Office, tmp_path: Path
) -> None:
    theirs = save_visit(county, enterprise_name="乐山无线电公司")
    deliver(county, city, tmp_path / "stick")
    ours = save_visit(city, enterprise_name="乐山无线电公司")

    (overlap,) = coverage.coverage(city, "2011-36").overlaps
    assert (overlap.type, overlap.name, overlap.flagged) == ("enterprise", "乐山无线电公司", True)
    assert {stop.number for stop in overlap.stops} == {theirs.number, ours.number}
    assert {stop.level for stop in overlap.stops} == {"city", "county"}
