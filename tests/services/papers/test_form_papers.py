"""What goes on paper comes from the records: 登记表, 送审表, 报送单, 报送单位登记表."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest

from app.documents.drawing.target import Target
from app.domain.kernel.errors import UserError
from app.domain.records import Visit
from app.services.office.office import Office
from app.services.papers import form_papers
from app.services.records import saving, voiding
from app.services.registering import registration_paper
from app.services.reporting import freeze, report_papers, sealed_report, sign_off
from tests.services.offices import save_visit


def text_of(path: Path) -> str:
    with closing(pypdfium2.PdfDocument(path)) as document:
        pages = []
        for page in document:
            with closing(page.get_textpage()) as text:
                pages.append(text.get_text_bounded())
            page.close()
    return "\n".join(pages).replace("\r", "")


def test_the_forms_say_what_was_keyed_in(county: Office, tmp_path: Path) -> None:
    first = save_visit(county, filed_on="2011-07-21", priorities="倾听职工诉求")
    save_visit(county, enterprise_name="五通桥盐厂", unit="五通桥")
    out = tmp_path / "登记表.pdf"
    assert form_papers.print_forms(county, out) == 2
    printed = text_of(out)
    for words in ("李明书", "乐山无线电公司", "1250", "一是希望加强技能培训。", "沙湾-2011-0002"):
        assert words in printed
    assert "沙湾区总工会" in printed
    assert "五通桥区总工会" in printed
    assert "倾听" not in printed

    voiding.void(county, Visit, first.id, "重复")
    assert form_papers.print_forms(county, out) == 1
    assert form_papers.print_forms(county, out, visits=[first.number, first.id], qr=False) == 2


def test_a_blank_form_needs_no_record(county: Office, tmp_path: Path) -> None:
    assert form_papers.print_forms(county, tmp_path / "空表.pdf", blank=True) == 1
    assert "填报单位" in text_of(tmp_path / "空表.pdf")
    with pytest.raises(UserError, match="没有可以打印"):
        form_papers.print_forms(county, tmp_path / "x.pdf")


def test_a_campaign_without_words_of_its_own_prints_the_first_form(
    county: Office, tmp_path: Path
) -> None:
    saved = save_visit(county, campaign="2012-55", visited_on="2011-07-20")
    assert form_papers.print_forms(county, tmp_path / "a.pdf", visits=[saved.number]) == 1


def test_a_character_that_cannot_be_printed_is_named_with_its_record(
    county: Office, tmp_path: Path
) -> None:
    saved = save_visit(county, leaders="王\U0003134a")
    save_visit(county, enterprise_name="另一家公司")
    target = Target(tmp_path / "登记表.pdf")
    assert form_papers.print_forms(county, target) == 2
    (place,) = target.lacking
    assert saved.number in place
    assert "U+3134A" in place
    assert place in target.warning
    assert "□" in text_of(tmp_path / "登记表.pdf")


def test_the_sheet_for_the_leader_and_the_slip_for_the_stick(
    county: Office, tmp_path: Path
) -> None:
    changed = save_visit(county)
    saving.save(county, Visit, {"workers_met": 40}, record=changed.id)
    save_visit(county, enterprise_name="沙湾水泥厂", workers_met=5)
    report = freeze.freeze(county, "annual")
    sheet = tmp_path / "送审表.pdf"
    assert report_papers.print_review_sheet(county, report.n, sheet) >= 1
    printed = text_of(sheet)
    for words in ("年终报送", "沙湾区总工会", "李经办", "走访登记", "45", changed.number, "修改"):
        assert words in printed
    assert "没有总结报告" in printed.replace("\n", "")

    sign_off.approve(county, report.n, "王主任", dt.date(2011, 12, 9))
    sent = sealed_report.seal_report(county, report.n, tmp_path / "stick")
    slip = tmp_path / "报送单.pdf"
    assert report_papers.print_submission_slip(county, sent, slip) >= 1
    printed = text_of(slip)
    for words in ("王主任", "2011年12月9日", "第2次", "乐山市总工会", "核对码"):
        assert words in printed


def test_the_registration_sheet_carries_the_check_code(county: Office, tmp_path: Path) -> None:
    out = tmp_path / "登记.pdf"
    assert registration_paper.print_registration(county, out) == 1
    printed = text_of(out)
    assert "沙湾区总工会" in printed
    assert county.identity.writer in printed
