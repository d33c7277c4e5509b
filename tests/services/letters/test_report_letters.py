"""总结报告 and 综合调研报告 are begun from the records, finished in WPS, and come back as 材料."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.documents.drawing.target import Target
from app.documents.letters.letter import Grid, Heading, Paragraph
from app.documents.letters.letter_reading import read_letter
from app.domain.kernel.errors import UserError
from app.domain.records import Aid, Case, Demand, Diary, Document, Group, Hazard, Person
from app.services.letters import report_letters
from app.services.letters.letter_order import LetterOrder
from app.services.letters.report_letters import Drafted
from app.services.office.letter_file import write_paper, write_word
from app.services.office.office import Office
from app.services.records import saving
from app.services.records.saving import Saved
from tests.services.offices import SetClock, save_visit

ID_NUMBER = "511102198001010019"


def texts(drafted: Drafted) -> str:
    return "\n".join(text for _, text in drafted.letter.texts())


@pytest.fixture
def season(county: Office, clock: SetClock) -> dict[str, Saved]:
    """A visit with what came of it, seen on 10 December."""
    clock.set(2011, 12, 10)
    visit = save_visit(
        county,
        items=[{"item": "visit"}, {"item": "publicity"}],
        methods=["meeting"],
    )
    solved = saving.save(
        county,
        Demand,
        {
            "visit": visit.id,
            "category": "权益",
            "content": f"希望补发高温津贴，联系人身份证{ID_NUMBER}、电话13908130007",
            "state": "closed",
            "closed_on": "2011-08-01",
            "outcome": "企业已经补发",
        },
    )
    left = saving.save(
        county,
        Demand,
        {
            "visit": visit.id,
            "category": "生活",
            "content": "宿舍楼年久失修",
            "addressee": "government",
            "due": "2011-10-01",
        },
    )
    person = saving.save(
        county,
        Person,
        {"name": "王小明", "resident_id": "110101199003077774"},
    )
    case = saving.save(
        county,
        Case,
        {
            "person": person.id,
            "visit": visit.id,
            "types": ["医疗帮扶"],
            "description": "患重病，住院三个月",
            "found_on": "2011-07-20",
        },
    )
    saving.save(
        county,
        Aid,
        {"case": case.id, "given_on": "2011-08-02", "type": "医疗帮扶", "money": "2000"},
    )
    hazard = saving.save(
        county,
        Hazard,
        {
            "visit": visit.id,
            "nature": "欠薪",
            "description": "拖欠两个月工资",
            "level": "一般",
            "found_at": "2011-07-20T10:00:00+08:00",
        },
    )
    return {"visit": visit, "solved": solved, "left": left, "case": case, "hazard": hazard}


def test_the_summary_says_the_figures_of_the_day_and_tells_what_was_chosen(
    county: Office, season: dict[str, Saved]
) -> None:
    drafted = report_letters.draft(county, LetterOrder("summary"))
    words = texts(drafted)
    assert drafted.letter.addressee == "乐山市总工会："
    assert drafted.letter.title.startswith("沙湾区总工会关于开展“进千户企业")
    for said in (
        "截至2011年12月10日，共走访企（事）业单位1户（登记走访1次），走访职工35人次",
        "走访慰问1次，政策宣传1次",
        "召开座谈会1次",
        "共收集意见诉求2件，已办结1件，超过办理期限的1件",
        "帮扶困难职工1人，发放慰问（帮扶）金2,000.00元",
        "发现隐患矛盾1件，已化解0件",
        "办理结果：企业已经补发。",
        "宿舍楼年久失修",
        "困难职工王某某：帮扶类型为医疗帮扶。发放帮扶资金2,000.00元。",
    ):
        assert said in words, said
    grids = [one for one in drafted.letter.blocks if isinstance(one, Grid)]
    assert "截至2011年12月10日" in grids[0].caption
    assert grids[0].rows[-1][0] == "合计"


def test_a_hazard_belongs_to_the_campaign_of_its_visit(
    county: Office, season: dict[str, Saved], clock: SetClock
) -> None:
    """As 分类统计 counts it, also where the other campaign has no days yet."""
    clock.set(2012, 2, 10)
    assert "隐患矛盾" not in texts(report_letters.draft(county, LetterOrder("summary", "2012-55")))
    late = {"found_at": "2012-02-01T10:00:00+08:00"}
    saving.save(county, Hazard, late, record=season["hazard"].id)
    said = texts(report_letters.draft(county, LetterOrder("summary", "2011-36")))
    assert "发现隐患矛盾1件" in said


def test_nobody_is_named_and_no_number_is_told(county: Office, season: dict[str, Saved]) -> None:
    for kind in ("summary", "research"):
        words = texts(report_letters.draft(county, LetterOrder(kind)))
        for secret in (ID_NUMBER, "13908130007", "110101199003077774", "王小明", "住院"):
            assert secret not in words


def test_one_chooses_what_is_told_of(county: Office, season: dict[str, Saved]) -> None:
    none = report_letters.draft(county, LetterOrder("summary", chosen=()))
    assert "高温津贴" not in texts(none)
    one = report_letters.draft(county, LetterOrder("summary", chosen=(season["solved"].number,)))
    assert "高温津贴" in texts(one)
    assert "宿舍楼" not in texts(one)
    with pytest.raises(UserError, match="没有找到"):
        report_letters.draft(county, LetterOrder("summary", chosen=("沙湾-诉-9",)))
    with pytest.raises(UserError, match="没有报告底稿"):
        report_letters.draft(county, LetterOrder("plan"))


def test_the_research_report_has_its_four_sections(
    county: Office, season: dict[str, Saved]
) -> None:
    drafted = report_letters.draft(county, LetterOrder("research", "2011-36"))
    headings = [one.text for one in drafted.letter.blocks if isinstance(one, Heading)]
    assert [one for one in headings if "、" in one] == [
        "一、情况", "二、分析", "三、建议", "四、对策",
    ]  # fmt: skip
    assert "需要政府研究的问题：" in texts(drafted)
    gaps = [o for o in drafted.letter.blocks if isinstance(o, Paragraph) and not o.written]
    assert len(gaps) == 3


def test_what_was_written_in_the_material_stands_in_its_section(
    county: Office, season: dict[str, Saved]
) -> None:
    document = saving.save(
        county,
        Document,
        {
            "campaign": "2011-36",
            "kind": "research",
            "title": "职工队伍状况调研",
            "dated": "2011-11-30",
            "analysis": "青年职工流动快。",
            "measures": "建立定期走访制度。",
        },
    )
    drafted = report_letters.draft(county, LetterOrder("research", document=document.number))
    assert drafted.letter.title == "职工队伍状况调研"
    words = texts(drafted)
    assert words.index("二、分析") < words.index("青年职工流动快。") < words.index("三、建议")
    assert words.index("四、对策") < words.index("建立定期走访制度。")
    gaps = [o for o in drafted.letter.blocks if isinstance(o, Paragraph) and not o.written]
    assert len(gaps) == 1


def test_the_research_report_quotes_the_logs_and_their_corrections(
    county: Office, season: dict[str, Saved]
) -> None:
    group = saving.save(
        county,
        Group,
        {"campaign": "2011-36", "name": "区总第1组", "level": "county", "leaders": "王主任"},
    )
    diary = {
        "campaign": "2011-36",
        "group": group.id,
        "kept_on": "2011-07-20",
        "author": "付志勇",
        "place": "沙湾镇",
        "content": "工人反映夜班多，联系电话13908130007",
    }
    saving.save(county, Diary, diary)
    words = texts(report_letters.draft(county, LetterOrder("research")))
    assert "调查日志摘录" in words
    assert "7月20日在沙湾镇：工人反映夜班多，联系电话（号码略）。" in words
    assert "调查日志" not in texts(report_letters.draft(county, LetterOrder("summary")))
    other = saving.save(
        county,
        Group,
        {"campaign": "2011-36", "name": "区总第2组", "level": "county", "leaders": "李主任"},
    )
    of_other = saving.save(
        county,
        Document,
        {
            "campaign": "2011-36",
            "kind": "research",
            "title": "第2组调研报告",
            "dated": "2011-11-30",
            "group": other.id,
        },
    )
    order = LetterOrder("research", document=of_other.id)
    assert "夜班多" not in texts(report_letters.draft(county, order))


def test_the_file_finished_in_wps_comes_back_as_the_material(
    county: Office, season: dict[str, Saved], tmp_path: Path
) -> None:
    drafted = report_letters.draft(county, LetterOrder("summary"))
    path = write_word(county, drafted.file, tmp_path / f"{drafted.file.name}.docx")
    assert read_letter(path.read_bytes()).title == drafted.letter.title
    saved = report_letters.take_back(county, drafted, path)
    record = saving.show(county, Document, saved.id).record
    assert (record.kind, record.campaign, record.title) == (
        "summary", "2011-36", drafted.letter.title,
    )  # fmt: skip
    assert [one.name for one in record.attachments] == [path.name]

    path.write_bytes(path.read_bytes() + b" ")
    again = report_letters.take_back(county, drafted, path)
    assert again.id == saved.id
    rows = saving.show(county, Document, saved.id).record.attachments
    assert [row.name for row in rows] == [path.name]

    named = report_letters.draft(county, LetterOrder("summary", document=saved.id))
    assert named.campaign == "2011-36"
    target = Target()
    assert write_paper(county, named.file, target) >= 2
    assert not target.lacking


def test_a_city_reports_of_all_its_counties(city: Office, clock: SetClock) -> None:
    clock.set(2011, 12, 20)
    drafted = report_letters.draft(city, LetterOrder("summary"))
    assert drafted.letter.addressee == ""
    assert "五通桥区总工会" in texts(drafted)
