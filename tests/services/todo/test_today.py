"""首页: what is due and what waits, and how far the campaign is."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from app.domain.campaign.totals import summary
from app.domain.records import (
    Campaign,
    Demand,
    Document,
    Enterprise,
    Hazard,
    Meeting,
    Plan,
    Visit,
)
from app.services.backup import backup
from app.services.figures import coverage
from app.services.figures.figure_records import FigureRecords
from app.services.office.office import Office
from app.services.records import append_revision, drafts, saving
from app.services.records.checked_body import CheckFailed
from app.services.reporting import reporting_steps, send_apart
from app.services.reviewing import reviews
from app.services.todo import campaign_progress, open_items, today, todo_city
from app.services.todo.todo_office import Waiting
from tests.services.offices import (
    COUNTY,
    SetClock,
    deliver,
    found_below,
    save_visit,
    send,
)


def waiting(office: Office) -> dict[str, Waiting]:
    return {line.name: line for line in today.today(office).waiting}


def save_enterprise(office: Office, name: str, **typed: Any) -> str:
    body = {"name": name, "above_scale": "是", "headcount": 300, **typed}
    return saving.save(office, Enterprise, body).id


def test_a_new_office_has_nothing_yet(county: Office) -> None:
    seen = today.today(county)
    assert seen.fresh
    assert seen.campaign == "2011-36"
    assert seen.parcels == ()
    assert seen.backup is None
    assert seen.deadline is not None
    assert seen.deadline.due == dt.date(2011, 12, 15)
    assert seen.deadline.days == 147
    drafts.save(county, Visit, {"leaders": "李"})
    assert not today.today(county).fresh


def test_lines_come_in_the_order_of_their_days(county: Office, clock: SetClock) -> None:
    factory = save_enterprise(county, "沙湾水泥厂")
    saving.save(
        county,
        Hazard,
        {
            "enterprise": factory,
            "nature": "欠薪",
            "description": "拖欠三个月工资。",
            "level": "较大",
            "found_at": "2011-07-20 09:00",
            "reported_to_party": "是",
        },
    )
    saving.save(
        county,
        Demand,
        {
            "enterprise": factory,
            "category": "就业",
            "content": "希望办夜校。",
            "raised_on": "2011-07-10",
            "due": "2011-07-18",
        },
    )
    found = today.today(county).waiting
    assert [line.name for line in found[:2]] == ["hazards", "demands"]
    hazard = found[0]
    assert hazard.note == "沙湾水泥厂 欠薪，未报上级工会"
    assert (hazard.type, hazard.page) == ("hazard", "hazards")
    assert saving.show(county, Hazard, hazard.record).record.number
    papers = waiting(county)["documents"]
    assert papers.note == "实施方案、计划安排、总结报告、综合调研报告"
    saving.save(
        county,
        Document,
        {"campaign": "2011-36", "kind": "plan", "title": "实施方案", "dated": "2011-7-5"},
    )
    assert waiting(county)["documents"].count == 3


def test_what_a_meeting_decided_is_asked_for_when_it_is_due(
    county: Office, clock: SetClock
) -> None:
    """R45: 及时督促检查."""
    typed = {"kind": "inspection", "title": "督查班车", "held_on": "2011-07-20"}
    key = saving.save(county, Meeting, {**typed, "due": "2011-08-31"}).id
    clock.set(2011, 8, 31)
    assert "meetings" not in waiting(county)
    clock.set(2011, 9, 1)
    line = waiting(county)["meetings"]
    assert (line.count, line.note, line.page, line.record) == (1, "督查班车", "worklog", key)
    saving.save(county, Meeting, {"done_on": "2011-08-30"}, record=key)
    assert "meetings" not in waiting(county)


def test_a_report_without_all_its_parts_waits_at_home(county: Office) -> None:
    """R17: the four parts must be there, by whatever way the report came in."""
    typed = {"kind": "research", "title": "调研报告", "dated": "2011-07-20", "situation": "一"}
    key = saving.save(county, Document, typed, accept={"D01": "全文在附件里"}).id
    assert waiting(county)["partial"].record == key
    saving.save(county, Document, {"analysis": "二", "advice": "三", "measures": "四"}, record=key)
    assert "partial" not in waiting(county)


def test_what_was_sent_waits_for_its_receipt_and_the_backup_is_told(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    save_visit(county)
    assert waiting(county)["unsent"].count >= 2
    send(county, tmp_path / "stick")
    seen = waiting(county)
    assert "unsent" not in seen
    assert seen["sent"].count == 1
    (parcel,) = today.today(county).parcels
    assert (parcel.on, parcel.done) == (dt.date(2011, 7, 21), False)
    assert parcel.records >= 2
    backup.back_up(county, tmp_path)
    kept = today.today(county).backup
    assert kept is not None
    assert kept.at.startswith("2011-07-21")


def test_what_the_city_returned_waits_and_leads_to_the_record(
    city: Office, county: Office, tmp_path: Path
) -> None:
    saved = save_visit(county)
    deliver(county, city, tmp_path / "stick")
    reviews.send_back(city, Visit, saved.id, {"headcount": "请核对"})
    from app.services.receiving import take_package
    from app.services.reviewing import answers

    for file in answers.answer(city, COUNTY, tmp_path / "back").files:
        take_package.receive(county, file)
    line = waiting(county)["return"]
    assert (line.count, line.note, line.record) == (1, "走访登记 1 条", saved.id)
    (parcel,) = (one for one in today.today(county).parcels if one.records)
    assert parcel.done


def test_the_city_sees_what_came_and_who_is_missing(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    assert today.today(city).fresh
    save_visit(county)
    deliver(county, city, tmp_path / "stick")
    seen = today.today(city)
    assert not seen.fresh
    assert seen.parcels[0].title.startswith("沙湾第")
    assert seen.deadline is not None
    clock.set(2011, 12, 20)
    missing, *_ = todo_city.looked_up(city)
    assert (missing.name, missing.due) == ("missing", dt.date(2011, 12, 15))
    assert missing.count == 11


def test_the_figures_are_those_of_the_coverage_and_of_the_totals(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    factory = save_enterprise(county, "沙湾水泥厂", area="沙湾镇")
    save_enterprise(county, "嘉农电站", area="嘉农镇")
    save_enterprise(county, "小作坊", above_scale="否", headcount=12)
    visit = save_visit(county, enterprise_name="沙湾水泥厂", workers_met=35)
    save_visit(county, enterprise_name="沙湾水泥厂", workers_met=5, visited_on="2011-07-21")
    save_visit(county, enterprise_name="没有登记过的厂", workers_met=2, headcount=20)
    saving.save(
        county,
        Demand,
        {
            "visit": visit.id,
            "category": "就业",
            "content": "希望办夜校。",
            "raised_on": "2011-07-20",
            "state": "已办结",
            "closed_on": "2011-07-21",
        },
    )
    seen = campaign_progress.headway(county)
    assert (seen.wanted, seen.covered, seen.unknown) == (2, 1, 1)
    assert (seen.workers, seen.workers_this_month) == (42, 42)
    assert (seen.demands, seen.closed, seen.overdue) == (1, 1, 0)
    assert [line.name for line in seen.waiting] == ["uncovered"]
    assert seen.waiting[0].note == "嘉农镇"
    july, august, *_ = seen.months
    assert (july.first, july.covered, july.due) == (dt.date(2011, 7, 1), 1, 0)
    assert august.covered is None
    assert seen.months[-1].due == 2
    assert not seen.planned

    cadres = coverage.coverage(county).figures[0]
    assert (cadres.total.numerator, cadres.total.denominator) == (1, 2)
    with county.store.read() as connection:
        whole = summary(FigureRecords(county, connection, None, whole=True).ground)
        lean = summary(FigureRecords(county, connection, None).ground)
    assert lean == whole
    assert lean.distinct.enterprises == seen.visited == 2
    assert lean.distinct.workers_met == seen.workers

    saving.save(
        county, Plan, {"campaign": "2011-36", "enterprise": factory, "planned": "2011-07-15"}
    )
    planned = campaign_progress.headway(county)
    assert planned.planned
    assert (planned.months[0].due, planned.months[-1].due) == (1, 2)


def test_an_office_without_a_campaign_is_told_so_and_still_sees_its_list(
    county: Office,
) -> None:
    from app.domain.kernel.errors import UserError

    for state in saving.listing(county, Campaign):
        with county.store.write() as connection:
            from database.state import states

            states.remove(connection, Campaign, [state.id])
    drafts.save(county, Visit, {"leaders": "李"})
    seen = today.today(county)
    assert (seen.campaign, seen.phases, seen.deadline) == ("", (), None)
    assert "drafts" in {line.name for line in seen.waiting}
    with pytest.raises(UserError, match="没有活动"):
        campaign_progress.headway(county)


def test_of_a_campaign_long_over_nothing_is_due_any_more(
    city: Office, county: Office, clock: SetClock
) -> None:
    save_enterprise(county, "沙湾水泥厂")
    save_visit(county)
    clock.set(2012, 2, 20)
    assert not today.today(county).over
    clock.set(2019, 2, 20)
    seen = today.today(county)
    lines = {line.name: line for line in seen.waiting}
    assert seen.over
    assert "documents" not in lines
    assert lines["unsent"].due is None
    assert not campaign_progress.headway(county).waiting
    assert "missing" not in {line.name for line in todo_city.looked_up(city)}


def test_a_township_looks_after_all_its_enterprises(
    city: Office, clock: SetClock, tmp_path: Path
) -> None:
    town = found_below(city, tmp_path / "town", "511133106", clock, role="township")
    small = {"area": "荍坝镇", "above_scale": "否", "headcount": 12}
    save_enterprise(town, "荍坝茶厂", **small)
    save_enterprise(town, "荍坝砖厂", **small)
    save_visit(town, enterprise_name="荍坝茶厂", area="荍坝镇")
    seen = campaign_progress.headway(town)
    assert (seen.all_firms, seen.wanted, seen.covered, seen.visited) == (True, 2, 1, 1)
    assert [line.title for line in seen.waiting] == ["企业还没走访"]
    town.close()


def test_a_demand_called_closed_without_a_day_is_closed_everywhere(
    county: Office, clock: SetClock
) -> None:
    """Such records were saved before anything asked for the day."""
    body = {
        "number": "诉-1",
        "category": "work",
        "content": "希望办夜校。",
        "raised_on": "2011-07-20",
        "due": "2011-07-21",
        "state": "closed",
    }
    with county.store.write() as connection:
        append_revision.write(county, connection, Demand, county.new_id(), body, op="create")
    clock.set(2011, 8, 1)
    seen = campaign_progress.headway(county)
    assert (seen.demands, seen.closed, seen.overdue) == (1, 1, 0)
    assert "demands" not in {line.name for line in today.today(county).waiting}
    with county.store.read() as connection:
        totals = summary(FigureRecords(county, connection, None).ground).total
    assert (totals.demands, totals.closed) == (1, 1)
    titles = {one.title for one in open_items.gather(county).sections if one.items}
    assert "没有办结的意见诉求" not in titles


def test_a_demand_called_closed_is_asked_for_its_day(county: Office) -> None:
    typed = {
        "category": "就业",
        "content": "希望办夜校。",
        "raised_on": "2011-07-20",
        "state": "已办结",
    }
    with pytest.raises(CheckFailed) as refused:
        saving.save(county, Demand, typed)
    assert [(one.code, one.field) for one in refused.value.findings] == [("Q01", "closed_on")]
    assert saving.save(county, Demand, {**typed, "closed_on": "2011-07-21"}).number


def test_what_was_reported_at_once_waits_for_its_receipt_everywhere(
    county: Office, clock: SetClock, tmp_path: Path
) -> None:
    hazard = saving.save(
        county,
        Hazard,
        {
            "nature": "欠薪",
            "level": "一般",
            "description": "拖欠工资，有人聚集。",
            "found_at": "2011-07-20 09:00",
        },
        accept={"H02": "正在报告"},
    )
    send_apart.urgent(county, hazard.id, tmp_path / "out")
    (sent,) = [line for line in today.today(county).waiting if line.name == "sent"]
    assert sent.count == 1
    assert reporting_steps.situation(county).waiting == 1
    (handed,) = [one for one in open_items.gather(county).sections if one.title == "报送文件"]
    assert [item.note for item in handed.items] == ["等上级回执"]
    assert [parcel.done for parcel in today.today(county).parcels] == [False]
