"""年度归档: one PDF and a folder that anybody reads and checks without this program."""

from __future__ import annotations

import subprocess
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook
from PIL import Image

from app.domain.kernel.errors import Cancelled, UserError
from app.domain.kernel.progress import Cancel, Step
from app.domain.records import Aid, Area, Case, Demand, Document, Person, Visit
from app.services.archiving import archive_forms
from app.services.archiving.archive import SUMS, Archived, archive
from app.services.archiving.archive_order import ArchiveOrder
from app.services.letters import briefing_issuing, briefings, report_letters
from app.services.letters.letter_order import LetterOrder
from app.services.office.letter_file import write_word
from app.services.office.office import Office
from app.services.records import attachments, saving
from app.services.reviewing import answers, reviews
from database.state import states
from database.state.filters import equal
from tests.services.offices import (
    COUNTY,
    SetClock,
    carry,
    deliver,
    enrol,
    found_below,
    save_visit,
    send,
)

ORDER = ArchiveOrder("2011-36")


def texts_of(path: Path) -> list[str]:
    with closing(pypdfium2.PdfDocument(path)) as document:
        found = []
        for page in document:
            with closing(page.get_textpage()) as text:
                found.append(text.get_text_bounded().replace("\r", ""))
            page.close()
    return found


def marks_of(path: Path) -> dict[str, int]:
    """The bookmarks, each with the page (from 0) that it opens."""
    with closing(pypdfium2.PdfDocument(path)) as document:
        return {one.get_title(): one.get_dest().get_index() for one in document.get_toc()}


def picture(tmp_path: Path, name: str) -> Path:
    out = tmp_path / name
    Image.effect_noise((400, 560), 40).convert("RGB").save(out)
    return out


def townships_of(office: Office) -> list[str]:
    with office.store.read() as connection:
        found = states.find(connection, Area, equal("county", "511111"), order=("code",))
    return [one.record.code for one in found if one.record.kind == "town"][:2]


@pytest.fixture
def season(city: Office, county: Office, clock: SetClock, tmp_path: Path) -> Office:
    """Three visits in two townships, a scan, a summary from WPS, a report and its answer."""
    first, second = townships_of(county)
    late = save_visit(county, area=second, visited_on="2011-07-20", enterprise_name="乙厂")
    save_visit(county, area=first, visited_on="2011-07-20", enterprise_name="丙厂")
    early = save_visit(county, area=first, visited_on="2011-07-18", enterprise_name="甲厂")
    attachments.attach(county, Visit, early.id, picture(tmp_path, "签字件.jpg"))
    scan = tmp_path / "扫描.pdf"
    Image.open(picture(tmp_path, "页.png")).save(scan, save_all=True)
    attachments.attach(county, Visit, early.id, scan)
    saving.save(
        county,
        Demand,
        {
            "visit": late.id,
            "category": "权益",
            "content": "补发高温津贴",
            "raised_on": "2011-07-20",
        },
    )
    clock.set(2011, 12, 8)
    carry(city, send(county, tmp_path / "stick"))
    reviews.send_back(city, Visit, late.id, {"headcount": "请核对人数"})
    carry(county, answers.answer(city, "511111", tmp_path / "back").files)
    drafted = report_letters.draft(county, LetterOrder("summary", "2011-36"))
    word = write_word(county, drafted.file, tmp_path / "总结.docx")
    report_letters.take_back(county, drafted, word)
    return county


def made(office: Office, tmp_path: Path) -> Archived:
    return archive(office, ORDER, tmp_path / "归档")


def test_every_paper_stands_at_the_page_that_the_contents_say(
    season: Office, tmp_path: Path
) -> None:
    found = made(season, tmp_path)
    pages, marks = texts_of(found.pdf), marks_of(found.pdf)
    front = len(pages) - found.pages
    assert "走访档案" in pages[0]
    assert "登记表 3 张" in pages[0]
    assert "卷内目录" in pages[1]
    contents = "\n".join(pages[1:front])
    for title, page in marks.items():
        number = f"{page - front + 1}"
        assert number in pages[page].split("\n"), title
        assert any(
            line.startswith(title[:12]) or title[:12] in line for line in contents.split("\n")
        ), title
    firms = [next(one for one in ("甲厂", "乙厂", "丙厂") if one in page) for page in pages[front:]
             if "实践活动情况登记表" in page and "编号" in page]  # fmt: skip
    assert firms == ["甲厂", "丙厂", "乙厂"]


def test_scans_the_summary_the_slip_and_the_answer_are_in_it(
    season: Office, tmp_path: Path
) -> None:
    found = made(season, tmp_path)
    words = "\n".join(texts_of(found.pdf))
    for said in (
        "附件1：签字件.jpg",
        "附件2：扫描.pdf",
        "一、基本情况",
        "报送情况",
        "核对码",
        "请核对人数",
        "还没有改",
    ):
        assert said in words, said
    assert found.left_out == ()
    listed = subprocess.run(["pdfimages", "-list", str(found.pdf)], capture_output=True, check=True)
    assert listed.stdout.decode().count("jpeg") == 2


def test_issues_of_the_briefing_that_are_out_are_in_it(season: Office, tmp_path: Path) -> None:
    key = briefings.begin(season).id
    briefings.add_text(season, key, "走访见闻", "各工作组深入车间。")
    assert "各工作组深入车间" not in "".join(texts_of(made(season, tmp_path / "a").pdf))
    briefing_issuing.issue(season, key)
    found = made(season, tmp_path / "b")
    assert "各工作组深入车间" in "".join(texts_of(found.pdf))
    assert "工作简报 2011年第1期" in marks_of(found.pdf) or "工作简报" in marks_of(found.pdf)


def test_the_folder_is_whole_by_the_usual_tool(season: Office, tmp_path: Path) -> None:
    found = made(season, tmp_path)
    checked = subprocess.run(
        ["sha256sum", "-c", SUMS], cwd=found.folder, capture_output=True, check=True
    )
    lines = checked.stdout.decode().splitlines()
    assert len(lines) == found.files
    assert all(line.endswith(("OK", "成功")) for line in lines)
    names = {path.relative_to(found.folder).as_posix() for path in found.folder.rglob("*.*")}
    for name in ("台账/走访台账.xlsx", "台账/诉求台账.xlsx", "说明.txt", SUMS):
        assert name in names
    assert any(name.endswith("1-签字件.jpg") for name in names)
    assert any(name.endswith("1-总结.docx") for name in names)
    assert [one.name for one in (tmp_path / "归档").iterdir()] == [found.folder.name]
    with pytest.raises(UserError, match="已经有了"):
        made(season, tmp_path)


def test_a_stop_leaves_nothing(season: Office, tmp_path: Path) -> None:
    cancel = Cancel()

    def progress(step: Step) -> None:
        if step.done == 2:
            cancel.set()

    with pytest.raises(Cancelled):
        archive(season, ORDER, tmp_path / "归档", progress=progress, cancel=cancel)
    assert list((tmp_path / "归档").iterdir()) == []
    with pytest.raises(UserError, match="没有登记表"):
        archive(season, ArchiveOrder("2012-55"), tmp_path / "归档")


def test_sheets_go_to_the_disk_while_others_are_drawn(
    season: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = made(season, tmp_path)
    monkeypatch.setattr(archive_forms, "AT_ONCE", 1)
    again = archive(season, ORDER, tmp_path / "分批")
    assert texts_of(again.pdf) == texts_of(whole.pdf)
    assert marks_of(again.pdf) == marks_of(whole.pdf)


def test_what_cannot_be_shown_is_named(season: Office, tmp_path: Path) -> None:
    plan = saving.save(
        season,
        Document,
        {"campaign": "2011-36", "kind": "plan", "title": "实施方案", "dated": "2011-07-05"},
    )
    old = tmp_path / "方案.doc"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    attachments.attach(season, Document, plan.id, old)
    plain = tmp_path / "方案.txt"
    plain.write_bytes("一、时间\n七月初动员部署。".encode("gb18030"))
    attachments.attach(season, Document, plan.id, plain)
    found = made(season, tmp_path)
    assert "七月初动员部署。" in "\n".join(texts_of(found.pdf))
    (left,) = found.left_out
    assert "方案.doc" in left
    assert left in (found.folder / "说明.txt").read_text("utf-8-sig")


def test_the_ledgers_hold_the_campaign_alone(season: Office, tmp_path: Path) -> None:
    save_visit(season, campaign="2012-55", visited_on="2011-07-20", enterprise_name="别的活动厂")
    (first, *_) = townships_of(season)
    save_visit(season, area=first, enterprise_name="丁厂")
    found = made(season, tmp_path)
    sheet = load_workbook(found.folder / "台账" / "走访台账.xlsx").worksheets[0]
    words = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {"甲厂", "乙厂", "丙厂", "丁厂"} <= words
    assert "别的活动厂" not in words


def test_the_city_archives_one_county(season: Office, city: Office, tmp_path: Path) -> None:
    all_of_it = archive(city, ORDER, tmp_path / "市")
    one = archive(city, ArchiveOrder("2011-36", "511111", scans=False), tmp_path / "县")
    assert (all_of_it.forms, one.forms) == (3, 3)
    assert "沙湾区总工会" in texts_of(one.pdf)[0]
    assert one.pages < all_of_it.pages


def ledger_rows(found: Archived, title: str) -> list[str]:
    """The 编号 in a ledger of an archive."""
    sheet = load_workbook(found.folder / "台账" / f"{title}.xlsx").worksheets[0]
    numbers = (str(row[1].value or "") for row in sheet.iter_rows())
    return [one for one in numbers if one.count("-") > 1]


def test_the_ledgers_of_one_county_hold_what_its_townships_filed_as_its_forms_do(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    township = found_below(city, tmp_path / "511111101", "511111101", clock, role="township")
    carry(county, enrol(city, township))
    save_visit(township, visited_on="2011-07-12")
    clock.set(2011, 7, 22)
    carry(county, send(township, tmp_path / "to the county"))
    save_visit(county, enterprise_name="沙湾水泥厂")
    deliver(county, city, tmp_path / "to the city")
    township.close()
    found = archive(city, ArchiveOrder("2011-36", COUNTY), tmp_path)
    assert found.forms == 2
    assert len(ledger_rows(found, "走访台账")) == 2


def test_aid_stands_in_the_ledger_of_the_campaign_whose_visit_led_to_it(
    season: Office, clock: SetClock, tmp_path: Path
) -> None:
    """The figures count it there too, though it was given after the last day."""
    clock.set(2012, 2, 1)
    visit = next(one for one in saving.listing(season, Visit)).id
    person = saving.save(season, Person, {"name": "王小明", "resident_id": "110101199003077774"})
    case = {"person": person.id, "visit": visit, "types": ["医疗帮扶"], "found_on": "2011-07-20"}
    about = saving.save(season, Case, case).id
    given = {"case": about, "given_on": "2012-01-10", "type": "医疗帮扶", "money": "2000"}
    aid = saving.save(season, Aid, given)
    assert ledger_rows(made(season, tmp_path), "帮扶台账") == [aid.number]
