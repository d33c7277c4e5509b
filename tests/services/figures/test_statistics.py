"""统计: coverage of one's own part, the 汇总表 on screen, in Excel and on paper."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest

from app.domain.kernel.errors import Cancelled, EnvironmentProblem, UserError
from app.domain.kernel.progress import Cancel, Step
from app.domain.records import Aid, Case, Demand, Enterprise, Person, Plan
from app.services.figures import issued_totals, pictures, statistics, totals_files, totals_table
from app.services.office.office import Office
from app.services.records import saving
from app.services.reviewing import pair_decisions
from tests.services.offices import COUNTY, SetClock, deliver, found_below, save_visit


def save_enterprise(office: Office, name: str, **typed: Any) -> str:
    body = {"name": name, "above_scale": "是", "headcount": 300, **typed}
    return saving.save(office, Enterprise, body).id


def a_year(county: Office) -> None:
    """Two enterprises in two townships, one of them visited; a demand, a person helped."""
    save_enterprise(county, "沙湾水泥厂", area="沙湾镇")
    save_enterprise(county, "嘉农电站", area="嘉农镇")
    visit = save_visit(county, enterprise_name="沙湾水泥厂", workers_met=35)
    saving.save(
        county,
        Demand,
        {"visit": visit.id, "category": "权益", "content": "补发工资。", "raised_on": "2011-07-20"},
    )
    person = saving.save(county, Person, {"name": "刘勇", "resident_id": "11010519491231002X"})
    case = saving.save(
        county,
        Case,
        {"person": person.id, "visit": visit.id, "types": "生活帮扶", "found_on": "2011-07-20"},
    )
    saving.save(
        county,
        Aid,
        {"case": case.id, "given_on": "2011-07-21", "type": "生活帮扶", "money": "1234.50"},
    )


def row(seen: statistics.Statistics, name: str) -> tuple[totals_table.Value, ...]:
    return next(one.values for one in seen.table.rows if one.name == name)


def test_a_county_sees_its_townships(county: Office) -> None:
    a_year(county)
    seen = statistics.statistics(county)
    cadres, groups, _, areas = seen.figures
    assert (cadres.total.numerator, cadres.total.denominator) == (1, 2)
    assert [one.name for one in cadres.rows] == ["沙湾镇", "嘉农镇"]
    assert "市级走访以市总的数为准" in groups.basis
    assert areas.total.denominator == 9
    assert [one.name for one in cadres.items if one.standing == "未覆盖"] == ["嘉农电站"]
    town = row(seen, "沙湾镇")
    assert town == (1, 35, "1／1", "1／1", 1, 0, 1, Decimal("1234.50"), "—")
    assert row(seen, "嘉农镇")[:4] == (0, 0, "0／1", "0／1")
    assert len(seen.table.rows) == 9
    assert seen.table.total.values == (1, 35, "1／9", "1／2", 1, 0, 1, Decimal("1234.50"), "—")
    assert seen.table.distinct is None
    assert not seen.empty


def test_a_unit_without_a_township_is_in_the_table_as_in_the_coverage(county: Office) -> None:
    """One of the county's own that nobody placed; what the city keeps without a place is not."""
    a_year(county)
    lost = save_enterprise(county, "不知在哪里的厂", area="", above_scale="是")
    save_visit(county, enterprise=lost, enterprise_name="不知在哪里的厂", area="")
    seen = statistics.statistics(county)
    cadres = seen.figures[0].total
    assert (cadres.numerator, cadres.denominator) == (2, 3)
    assert row(seen, "没有填地区")[:4] == (1, 35, "—", "1／1")
    assert seen.table.total.values[3] == "2／3"


def test_the_city_sees_its_units_in_official_order(
    city: Office, county: Office, tmp_path: Path
) -> None:
    a_year(county)
    save_visit(city, enterprise_name="乐山电力", area="沙湾镇")
    deliver(county, city, tmp_path / "stick")
    seen = statistics.statistics(city, "2011-36")
    names = [one.name for one in seen.table.rows]
    assert names[:3] == ["乐山市总工会", "市中区总工会", "沙湾区总工会"]
    assert row(seen, "沙湾区总工会")[:2] == (1, 35)
    assert seen.figures[0].rows[1].code == "511102"
    assert seen.by_unit


def test_a_township_sees_itself_alone(city: Office, clock: SetClock, tmp_path: Path) -> None:
    town = found_below(city, tmp_path / "town", "511133106", clock, role="township")
    save_enterprise(town, "荍坝茶厂", area="荍坝镇", above_scale="否")
    save_visit(town, enterprise_name="荍坝茶厂", area="荍坝镇")
    seen = statistics.statistics(town)
    assert [one.name for one in seen.table.rows] == ["荍坝镇"]
    townships = seen.figures[2]
    assert (townships.total.numerator, townships.total.denominator) == (1, 1)
    town.close()


def test_the_week_that_begins_today_counts_and_the_next_is_to_come(
    county: Office, clock: SetClock
) -> None:
    a_year(county)
    clock.set(2011, 7, 25)
    weeks = {week.monday: week.visits for week in statistics.statistics(county).weeks}
    assert weeks[dt.date(2011, 7, 25)] == 0
    assert weeks[dt.date(2011, 8, 1)] is None


def test_the_pictures_are_by_week_and_by_category(county: Office) -> None:
    a_year(county)
    factory = save_enterprise(county, "另一家厂")
    saving.save(
        county, Plan, {"campaign": "2011-36", "enterprise": factory, "planned": "2011-08-03"}
    )
    seen = statistics.statistics(county)
    weeks = {week.monday: week for week in seen.weeks}
    assert weeks[dt.date(2011, 7, 18)].visits == 1
    assert weeks[dt.date(2011, 8, 1)] == pictures.Week(dt.date(2011, 8, 1), None, 1)
    told = {one.title: (one.raised, one.closed) for one in seen.categories}
    assert told["权益"] == (1, 0)


def test_a_new_office_has_nothing_to_count_and_an_unknown_campaign_is_refused(
    county: Office,
) -> None:
    assert statistics.statistics(county).empty
    assert [one.code for one in statistics.campaigns(county)] == ["2012-55", "2011-36"]
    with pytest.raises(UserError, match="没有活动"):
        statistics.statistics(county, "1999-1")


def test_counting_tells_how_far_it_is_and_can_be_stopped(county: Office) -> None:
    steps: list[Step] = []
    statistics.statistics(county, progress=steps.append)
    assert [step.done for step in steps] == list(range(len(steps)))
    assert steps[-1].total == len(steps)
    stopped = Cancel()
    stopped.set()
    with pytest.raises(Cancelled):
        statistics.statistics(county, cancel=stopped)


def test_the_table_goes_to_excel_as_numbers_with_places_to_sign(
    county: Office, tmp_path: Path
) -> None:
    a_year(county)
    seen = statistics.statistics(county)
    table = issued_totals.shown(county, seen)
    out = tmp_path / totals_files.file_name(table, ".xlsx")
    assert out.name == "汇总表_沙湾区总工会_2011-07-21.xlsx"
    totals_files.write_sheet(county, table, out)
    page = openpyxl.load_workbook(out).active
    assert page is not None
    lines = [[cell.value for cell in line] for line in page.iter_rows()]
    assert lines[0][0] == "“进千户企业、访万名职工”实践活动汇总表"
    assert lines[1][0] == "填报单位：沙湾区总工会"
    assert "截至：2011年7月21日" in lines[1]
    assert lines[2][:2] == ["乡镇（街道）、园区", "走访单位\n（户）"]
    total = next(line for line in lines if line[0] == "合计")
    assert total[1:3] == [1, 35]
    assert float(str(total[8])) == 1234.5
    assert [value for value in lines[-1] if value] == ["单位负责人：", "审核：", "填表人：李经办"]
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.fitToWidth == 1
    assert page.print_title_rows == "$3:$3"


def test_the_table_is_printed_on_one_sheet_to_sign(county: Office, tmp_path: Path) -> None:
    a_year(county)
    seen = statistics.statistics(county)
    table = issued_totals.shown(county, seen)
    out = tmp_path / "sheet.pdf"
    assert totals_files.write_paper(county, table, out) == 1
    with pypdfium2.PdfDocument(out) as document:
        assert len(document) == 1
        text = document[0].get_textpage().get_text_bounded()
    for words in ("沙湾镇", "1,234.50", "单位负责人：", "审核：", "填表人：李经办", "截至："):
        assert words in text
    with pytest.raises(EnvironmentProblem):
        totals_files.write_sheet(county, table, tmp_path / "no such folder" / "x.xlsx")


def test_a_person_known_to_be_another_countys_too_does_not_stop_the_count(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    """The record that stands for both may be the other office's, which is not here."""
    from app.services.receiving import take_package
    from app.services.reviewing import answers

    number = {"resident_id": "11010519491231002X"}
    first = saving.save(second_county, Person, {"name": "刘勇", **number})
    deliver(second_county, city, tmp_path / "one")
    second = saving.save(county, Person, {"name": "刘勇", **number})
    deliver(county, city, tmp_path / "two")
    pair_decisions.link(city, Person, first.id, second.id, same=True, reason="身份证号相同")
    for file in answers.answer(city, COUNTY, tmp_path / "back").files:
        take_package.receive(county, file)
    assert not statistics.statistics(county).overlaps


def test_the_city_sees_the_first_numbers_before_the_rest(
    city: Office, county: Office, tmp_path: Path
) -> None:
    a_year(county)
    deliver(county, city, tmp_path / "stick")
    assert statistics.first_look(county) is None
    look = statistics.first_look(city)
    assert look is not None
    whole = statistics.statistics(city)
    (figure,) = look.figures
    first = whole.figures[0]
    assert (figure.total, figure.rows) == (first.total, first.rows)
    assert (figure.listed, first.listed) == (False, True)
    assert (figure.total.numerator, figure.total.denominator) == (1, 2)
    assert (look.weeks, look.categories) == (whole.weeks, whole.categories)
