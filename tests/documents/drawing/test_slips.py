"""送审表, 报送单 and 报送单位登记表 as the two sides sign them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest

from app.documents.drawing.layout import LEFT, MM
from app.documents.drawing.target import Target
from app.documents.forms.review_sheet import Change, ReviewSheet, Sum, Total, review_sheet
from app.documents.forms.submission_slip import PackageLine, SubmissionSlip, submission_slip
from app.documents.forms.unit_registration import UnitRegistration, unit_registration
from app.documents.reports.record_paper import Fact, RecordPaper, record_papers
from app.domain.kernel.errors import Cancelled, EnvironmentProblem
from app.domain.kernel.progress import Cancel

CAMPAIGN = "“进千户企业、访万名职工”实践活动"
CODE = "7K3M 9QXV B2DE 4T8R"
TOTALS = (Total("走访企（事）业单位", 137, "家"), Total("走访职工", 12450, "人次"))
SUMS = (Sum("慰问金", Decimal("125000.00")),)
CHANGES = (Change("沙湾-2011-0137", "走访登记　乐山无线电公司", "修改"),)
SHEET = ReviewSheet(
    campaign=CAMPAIGN,
    office="沙湾区总工会",
    kind="年终",
    frozen_on=date(2011, 12, 10),
    operator="付志勇",
    units=("沙湾区总工会", "吉象人造林公司工会（代录）"),
    totals=TOTALS,
    sums=SUMS,
    changes=CHANGES,
)
SLIP = SubmissionSlip(
    campaign=CAMPAIGN,
    sender="沙湾区总工会",
    receiver="乐山市总工会",
    kind="年终",
    made_on=date(2011, 12, 12),
    operator="付志勇",
    telephone="0833-3441234",
    packages=(
        PackageLine(6, 1, 2, "511111-000006-1.zfpkg", 4_350_000, date(2011, 12, 12)),
        PackageLine(6, 2, 2, "511111-000006-2.zfpkg", 900, date(2011, 12, 12)),
    ),
    tip="9f" * 32,
    check_code=CODE,
    totals=TOTALS,
    sums=SUMS,
)
REGISTRATION = UnitRegistration(
    unit="沙湾区总工会",
    unit_code="511111",
    unit_kind="县级总工会",
    leader="李明书",
    leader_telephone="0833-3441230",
    contact="付志勇",
    contact_telephone="0833-3441234",
    operator="付志勇",
    machine="办公室一号机",
    made_on=date(2011, 7, 5),
    check_code=CODE,
    fingerprint="ab" * 32,
)

ReadPages = Callable[..., list[str]]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "单.pdf"


def test_the_review_sheet_shows_what_is_frozen_and_where_to_sign(
    out: Path, pages_of: ReadPages
) -> None:
    assert review_sheet(SHEET, out) == 1
    (page,) = pages_of(out)
    shown = "".join(page.split())
    for words in ("送审表", "12,450", "人次", "125,000.00", "壹拾贰万伍仟元整", "沙湾-2011-0137"):
        assert words in shown
    for words in ("吉象人造林公司工会（代录）", "2011年12月10日", "审签人（签名）：", "（盖章）"):
        assert words in shown


def test_a_review_sheet_without_changes_says_so(out: Path, pages_of: ReadPages) -> None:
    review_sheet(dataclasses.replace(SHEET, changes=()), out)
    assert "无" in pages_of(out)[0].split("上次送审以后的变化")[1]


def test_a_long_list_of_changes_goes_on_overleaf_whole(out: Path, pages_of: ReadPages) -> None:
    changes = tuple(Change(f"沙湾-2011-{n:04d}", "走访登记", "新增") for n in range(200))
    count = review_sheet(dataclasses.replace(SHEET, changes=changes), out)
    pages = pages_of(out)
    assert count == len(pages) > 4
    text = "".join(pages)
    assert all(text.count(change.number) == 1 for change in changes)
    assert all("变化（续）" in page for page in pages[1:])
    assert f"第{count}页 共{count}页" in pages[-1]
    assert "审签人（签名）：" in pages[-1]


def test_a_change_longer_than_a_page_is_not_cut(out: Path, pages_of: ReadPages) -> None:
    subject = "走访登记，乐山无线电公司。" * 200
    review_sheet(dataclasses.replace(SHEET, changes=(Change("1", subject, "新增"),)), out)
    assert "".join(pages_of(out)).count("乐") >= 200


def test_the_submission_slip_lists_its_packages_and_both_sides(
    out: Path, pages_of: ReadPages
) -> None:
    assert submission_slip(SLIP, out) == 1
    (page,) = pages_of(out)
    for words in (
        "报送单",
        "第6次",
        "2／2",
        "511111-000006-1.zfpkg",
        "4.3 MB",
        "1 KB",
        CODE,
    ):
        assert words in page
    assert page.count("（盖章）") == 2
    assert "报送人（签名）：" in page
    assert "接收人（签名）：" in page


def test_the_code_on_the_submission_slip_is_the_tip(
    out: Path, decoded_codes: Callable[[Path], list[str]]
) -> None:
    submission_slip(SLIP, out)
    assert decoded_codes(out) == ["9f" * 32]


def test_the_unit_registration_shows_the_check_code_and_who_signs(
    out: Path, pages_of: ReadPages, decoded_codes: Callable[[Path], list[str]]
) -> None:
    assert unit_registration(REGISTRATION, out) == 1
    (page,) = pages_of(out)
    for words in ("报送单位登记表", "511111", "办公室一号机", CODE, "办理人（签名）：", "（盖章）"):
        assert words in page
    assert decoded_codes(out) == ["ab" * 32]


def test_a_slip_says_where_a_box_stands_for_a_character(out: Path) -> None:
    target = Target(out)
    unit_registration(dataclasses.replace(REGISTRATION, contact="王\U0002b8a2"), target)
    assert "联系人" in target.warning
    assert list(out.parent.iterdir()) == [out]


def test_a_name_as_long_as_the_disk_allows_is_written_and_a_longer_one_told(tmp_path: Path) -> None:
    longest = tmp_path / ("单" * 83 + "ab.pdf")
    assert unit_registration(REGISTRATION, longest) == 1
    with pytest.raises(EnvironmentProblem, match="文件名是否太长"):
        unit_registration(REGISTRATION, tmp_path / ("单" * 90 + ".pdf"))


def test_a_cancelled_slip_is_not_written(out: Path) -> None:
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        submission_slip(SLIP, out, cancel=cancel)
    assert list(out.parent.iterdir()) == []


def test_the_same_slip_gives_the_same_bytes(out: Path) -> None:
    submission_slip(SLIP, out)
    first = out.read_bytes()
    submission_slip(SLIP, out)
    assert out.read_bytes() == first


@pytest.mark.parametrize("amounts", range(1, 30))
def test_the_places_for_seals_never_stand_alone(
    out: Path, pages_of: ReadPages, amounts: int
) -> None:
    sums = tuple(Sum(f"第{n}笔", Decimal(n + 1)) for n in range(amounts))
    submission_slip(dataclasses.replace(SLIP, sums=sums), out)
    pages = pages_of(out)
    assert all(page.count("（盖章）") == 0 for page in pages[:-1])
    for sum_ in sums[-2:]:
        assert sum_.name in pages[-1]
    assert sum("".join(pages).count(f"第{n}笔") for n in range(amounts)) >= amounts


def test_a_long_label_stays_within_its_cell(out: Path) -> None:
    label = "市、县两级工会认定的困难职工档案编号和户主姓名"
    paper = RecordPaper("记录", (Fact(label, "沙湾-困2011-0001"),))
    record_papers([paper], out, office="沙湾区总工会", made_on=date(2011, 12, 1))
    with pypdfium2.PdfDocument(out) as found:
        page = found[0].get_textpage()
        places = {page.get_text_range(n, 1): page.get_charbox(n) for n in range(page.count_chars())}
    assert (
        max(places[char][2] for char in "困难职工档案编户主姓名" if char != "困") <= LEFT + 34 * MM
    )
