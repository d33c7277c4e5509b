"""走访计划安排表 and 附件1 on paper."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest

from app.domain.kernel.errors import UserError
from app.domain.records import Enterprise, Group
from app.services.office.office import Office
from app.services.papers.plan_papers import print_roster, print_schedule
from app.services.planning.placing import Spot, place
from app.services.records import saving


def text_of(path: Path) -> str:
    with closing(pypdfium2.PdfDocument(path)) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    return "".join(text.split())


def test_the_roster_of_the_document_is_printed_as_it_stands_there(
    city: Office, tmp_path: Path
) -> None:
    groups = [state.id for state in saving.listing(city, Group)][::-1]

    pages = print_roster(city, tmp_path / "名单.pdf", groups=groups)

    text = text_of(tmp_path / "名单.pdf")
    assert pages == 1
    leaders = ("赖淑芳", "王学东", "陈德生", "李明书", "杨和清", "刘勇")
    assert sorted(leaders, key=text.index) == list(leaders)
    for words in (
        "财务部、教科文卫体工会",
        "沙湾区、马边彝族自治县",
        "沐江堰管理处",
        "王琦（待确认）",
    ):
        assert words in text
    assert "乐山市总工会“进千户企业、访万名职工”实践活动" in text


def test_the_schedule_says_who_goes_where_and_when(county: Office, tmp_path: Path) -> None:
    body = {"name": "甲水泥厂", "area": "511111100", "above_scale": "是"}
    unit = saving.save(county, Enterprise, body).id
    radio = next(s for s in saving.listing(county, Enterprise) if s.record.name == "乐山无线电公司")
    group = saving.save(
        county,
        Group,
        {"name": "第一组", "leaders": "刘勇", "level": "县级", "campaign": "2011-36"},
    ).id
    week, day = dt.date(2011, 7, 22), dt.date(2011, 7, 27)
    place(county, "2011-36", [(unit, Spot(group, week)), (radio.id, Spot("", day))])

    assert print_schedule(county, tmp_path / "安排.pdf", campaign="2011-36") == 1

    text = text_of(tmp_path / "安排.pdf")
    assert "1第一组刘勇7月18日—22日甲水泥厂沙湾镇是" in text
    assert "27月27日乐山无线电公司" in text
    assert "市级“市总工会第4工作组”名单里有" in text
    assert "沙湾区总工会" in text


def test_nothing_planned_is_no_paper(county: Office, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        print_schedule(county, tmp_path / "安排.pdf", campaign="2011-36")

    assert refused.value.code == "NOTHING_TO_PRINT"
