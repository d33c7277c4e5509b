"""隐患报告单: one page, four times, two addressees; a limit only where the campaign sets one."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.kernel.errors import UserError
from app.domain.records import Campaign, Hazard
from app.services.office.office import Office
from app.services.papers import hazard_papers
from app.services.papers.paper_catalogue import papers_of
from app.services.records import saving
from tests.services.offices import save_visit
from tests.services.papers.test_form_papers import text_of

FOUND = {
    "nature": "欠薪",
    "description": "拖欠两个月工资，职工准备集体上访。",
    "level": "重大",
    "people": 120,
    "found_at": "2011-07-20T08:00:00+08:00",
    "joined_at": "2011-07-20T08:40:00+08:00",
    "handled_at": "2011-07-21T09:00:00+08:00",
    "reported_at": "2011-07-20T12:40:00+08:00",
    "reported_to_party": True,
    "responsible": "王主任",
    "measures": "约谈企业负责人，先行支付生活费。",
    "trends": "新情况、新矛盾",
}


def test_one_page_says_level_times_and_to_whom_it_was_reported(
    county: Office, tmp_path: Path
) -> None:
    visit = save_visit(county)
    saved = saving.save(county, Hazard, {**FOUND, "visit": visit.id})
    out = tmp_path / "隐患.pdf"
    assert hazard_papers.print_hazard_reports(county, out, [saved.number]) == 1
    words = text_of(out)
    for said in (
        "隐患报告单", "重大", "120 人", "乐山无线电公司", visit.number,
        "2011年7月20日 08:00", "40 分钟", "4 小时 40 分钟", "1 天 1 小时",
        "党政", "上级工会", "接收人（签名）", "（盖章）", "欠薪（新情况、新矛盾）",
    ):  # fmt: skip
        assert said in words, said
    assert words.count("已报告\n") + words.count("已报告 ") <= 2
    assert "时限" not in words


def test_the_limits_are_those_the_campaign_sets(
    city: Office, county: Office, tmp_path: Path
) -> None:
    limits = {"hazard_join_hours": 2, "hazard_handle_hours": 24}
    with city.store.read() as connection:
        campaign = saving.find_one(connection, Campaign, "2011-36")
    saving.save(city, Campaign, limits, record=campaign.id)
    saved = saving.save(city, Hazard, FOUND)
    out = tmp_path / "隐患.pdf"
    hazard_papers.print_hazard_reports(city, out, [saved.id])
    words = text_of(out)
    assert "2 小时内，没有超过" in words
    assert "24 小时内，超过" in words
    assert words.count("小时内") == 2


def test_a_long_story_goes_on_overleaf_and_several_follow_each_other(
    county: Office, tmp_path: Path
) -> None:
    long = saving.save(county, Hazard, {**FOUND, "description": "职工反映的情况很多。\n" * 120})
    short = saving.save(county, Hazard, FOUND)
    out = tmp_path / "隐患.pdf"
    pages = hazard_papers.print_hazard_reports(county, out, [long.id, short.id])
    assert pages >= 4
    assert "第1页 共" in text_of(out)
    with pytest.raises(UserError, match="没有可以打印"):
        hazard_papers.print_hazard_reports(county, out, [])
    assert papers_of(Hazard)[0].name == "隐患报告单"
