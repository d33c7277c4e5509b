"""困难职工档案表: two sides for every household, and nothing of a file is lost."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import pytest

from app.documents.drawing.target import Target
from app.documents.people.person_sheet import PersonSheet, person_sheets
from app.documents.people.person_sheet_data import HEAD, MEMBERS, label_of
from app.domain.kernel.errors import Cancelled
from app.domain.kernel.fields import fields_of
from app.domain.kernel.progress import Cancel
from app.domain.records import Aid, Attachment, Case, FamilyMember, Person

ReadPages = Callable[..., list[str]]

MEMBER = FamilyMember(
    id="1",
    name="龚一鸣",
    relation="20",
    sex="1",
    nationality="01",
    politics="03",
    resident_id="511111199501170517",
    born=date(1995, 1, 17),
    health="10",
    insurance="resident",
    monthly_income="0",
    status="student",
    place="乐山师范学院",
    schooling="本科",
    school_from=2013,
    school_years=4,
)
PERSON = Person(
    number="沙湾-困2011-0001",
    name="龚䶮",
    resident_id="511111196804120311",
    sex="1",
    born=date(1968, 4, 12),
    nationality="01",
    politics="13",
    distress_class="low_margin",
    categories=("worker", "model_worker"),
    model_worker="city",
    main_cause="illness",
    other_causes=("schooling", "laid_off"),
    health="41",
    disability="4",
    marriage="20",
    single_parent=False,
    status="employed",
    workplace="沙湾永泰铁合金有限公司",
    industry="C",
    working_since=date(1988, 7, 1),
    housing="bought",
    floor_area=72,
    registration="urban",
    address="沙湾镇建设路12号",
    telephone="13890612345",
    other_contact="妻13890654321",
    postcode="614900",
    insurance="employee",
    monthly_income="1180",
    other_income="600",
    yearly_income="14760",
    household_size=3,
    self_help=True,
    no_earner=False,
    family=(MEMBER,),
    bank="农业银行沙湾支行",
    bank_card="6228480402564890018",
    story="本人患胃癌，两次手术花去八万余元。",
    consent_scope="另告知了公示的范围",
    consent_on=date(2011, 7, 11),
    consent_signed=True,
    consent_withdrawn_on=date(2011, 9, 9),
    filed_on=date(2011, 7, 12),
    attachments=(Attachment(name="诊断证明.jpg"),),
    remarks="春节前再走访。",
)
CASE = Case(
    number="沙湾-帮2011-0001",
    types=("medical", "living"),
    description="手术费用负担重。",
    found_on=date(2011, 7, 12),
    verified_on=date(2011, 7, 20),
    follow_up="已好转",
    followed_up_on=date(2011, 10, 8),
    responsible="付志勇",
)
AID = Aid(
    number="沙湾-扶2011-0001",
    given_on=date(2011, 8, 10),
    type="medical",
    programme="winter",
    money="3000",
    goods="棉被2床",
    goods_value="365.8",
    fund="city",
    receipt="本人签收",
    content="送到家中",
)
SHEET = PersonSheet(
    person=PERSON,
    unit="沙湾区总工会",
    area="沙湾区沙湾镇",
    cases=(CASE,),
    aids=(AID,),
    record_id="0131492c-5f0e-7a21-b3c1-5d0a8f6e2b94",
    version=2,
    h="3d" * 32,
)


FRONT = """
困难职工档案表 填报单位：沙湾区总工会 建档日期：2011年7月12日 龚䶮 汉族 群众 511111196804120311
1968-04-12 已婚 低保边缘户 困难职工、困难劳模 地市级劳模 恶性肿瘤 肢体残疾 职工医保
沙湾永泰铁合金有限公司 在职 制造业 1988-07-01 自购房 72平方米 非农业 沙湾区沙湾镇
沙湾镇建设路12号 614900 13890612345 妻13890654321 农业银行沙湾支行 6228480402564890018
1,180.00元 600.00元 14,760.00元 3人 410.00元 患重特大疾病 子女上学、下岗失业 龚一鸣 共青团员
511111199501170517 居民医保 0.00元 学生 乐山师范学院 2013年入学 4年制
本人患胃癌，两次手术花去八万余元。
"""
BACK = """
沙湾-帮2011-0001 医疗帮扶生活帮扶 发现2011-07-12核实2011-07-20回访2011-10-08 付志勇
手术费用负担重。 回访：已好转 2011-08-10 医疗帮扶冬送温暖 3,000.00元
棉被2床（折价365.80元）送到家中 市级配套资金 本人签收 叁仟元整¥3,000.00 另告知了公示的范围
同意日期：2011年7月11日 纸质同意书已签 2011年9月9日撤回同意 本人（签名）： 入户核实 公示结果
单位党组织或行政意见 基层工会意见 上级工会意见 诊断证明.jpg 春节前再走访。 建档人 审核人
"""


def like(**changes: object) -> PersonSheet:
    """The sheet of a person like `PERSON`."""
    return dataclasses.replace(SHEET, person=msgspec.structs.replace(PERSON, **changes))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "档案表.pdf"


def plain(pages: list[str]) -> list[str]:
    return ["".join(page.split()) for page in pages]


def test_a_file_takes_two_sides_and_says_all_that_is_known(out: Path, pages_of: ReadPages) -> None:
    assert person_sheets([SHEET], out) == 2
    front, back = plain(pages_of(out))
    for words in FRONT.split():
        assert words in front, words
    for words in BACK.split():
        assert words in back, words
    assert "（旧）" not in front


def test_every_field_of_a_file_has_its_place() -> None:
    """A field added to the records is missed here until somebody gives it a place."""
    elsewhere = {
        "number", "unit", "filed_on", "rechecked_on", "family", "story", "enterprise",
        "consent_scope", "consent_on", "consent_signed", "consent_withdrawn_on",
        "attachments", "remarks", "paper_marks",
    }  # fmt: skip
    shown = {place.field for row in HEAD for place in row} | elsewhere
    assert {spec.name for spec in fields_of(Person) if not spec.field.hidden} <= shown
    of_members = {name for names, _ in MEMBERS for name in names}
    assert {spec.name for spec in fields_of(FamilyMember) if not spec.field.hidden} == of_members


def test_the_rows_of_the_head_are_equally_wide() -> None:
    assert {sum(place.label + place.value for place in row) for row in HEAD} == {174}
    assert sum(width for _, width in MEMBERS) == 174


def test_the_blank_form_is_to_be_filled_in_by_hand(out: Path, pages_of: ReadPages) -> None:
    assert person_sheets([PersonSheet(unit="沙湾区总工会")], out) == 2
    front, back = plain(pages_of(out))
    assert all(label_of(place.field) in front for row in HEAD for place in row)
    assert front.count("□是□否") == 3
    assert "零元" not in back
    assert "编号：" not in front + back


def test_the_footer_names_the_record_and_its_version(
    out: Path, pages_of: ReadPages, decoded_codes: Callable[[Path], list[str]]
) -> None:
    person_sheets([dataclasses.replace(SHEET, void=True)], out)
    for number, page in enumerate(pages_of(out, (0, 0, 595, 80)), 1):
        foot = "".join(page.split())
        assert "编号：沙湾-困2011-0001" in foot
        assert f"第{number}页共2页" in foot
        assert "已作废" in foot
    assert decoded_codes(out) == [SHEET.code_of(1, 2), SHEET.code_of(2, 2)]


def test_the_code_can_be_switched_off(
    out: Path, decoded_codes: Callable[[Path], list[str]]
) -> None:
    person_sheets([SHEET], out, qr=False)
    assert decoded_codes(out) == []


@pytest.mark.parametrize("members", [0, 4, 9, 30])
def test_a_large_family_goes_on_overleaf(out: Path, pages_of: ReadPages, members: int) -> None:
    family = tuple(msgspec.structs.replace(MEMBER, name=f"家人{n:02d}") for n in range(members))
    person_sheets([like(family=family)], out)
    pages = plain(pages_of(out))
    text = "".join(pages)
    assert all(text.count(one.name) == 1 for one in family)
    assert ("家庭成员（续）" in text) == (len(pages) > 2) == (members > 4)
    assert "基层工会意见" in pages[1]
    assert "本人患胃癌" in pages[0]


def test_much_help_goes_on_overleaf_with_the_sum_of_all_in_its_place(
    out: Path, pages_of: ReadPages
) -> None:
    aids = tuple(msgspec.structs.replace(AID, receipt=f"签收{n:03d}") for n in range(60))
    cases = tuple(msgspec.structs.replace(CASE, number=f"帮-{n:03d}") for n in range(40))
    person_sheets([dataclasses.replace(SHEET, cases=cases, aids=aids)], out)
    pages = plain(pages_of(out))
    text = "".join(pages)
    assert all(text.count(one.receipt) == 1 for one in aids)
    assert all(text.count(one.number) == 1 for one in cases)
    assert "壹拾捌万元整¥180,000.00另有实物折价21,948.00元" in pages[1]
    assert all("困难职工档案表（续页）姓名：龚䶮" in page for page in pages[2:])


def test_long_texts_lose_nothing(out: Path, pages_of: ReadPages) -> None:
    sheet = like(story="困" * 5000, remarks="备" * 2000, address="址" * 200, workplace="单" * 200)
    description = msgspec.structs.replace(CASE, description="难" * 5000, follow_up="访" * 2000)
    aid = msgspec.structs.replace(AID, content="容" * 2000)
    person_sheets([dataclasses.replace(sheet, cases=(description,), aids=(aid,))], out)
    pages = plain(pages_of(out))
    text = "".join(pages)
    for letter, count in (("址", 200), ("单", 200), ("难", 5000), ("访", 2000), ("容", 2000)):
        assert text.count(letter) >= count
    assert text.count("困" * 10) >= 480
    assert text.count("备" * 10) >= 190
    for page in pages_of(out, (0, 0, 480, 72)):
        assert set("困备难访容") & set(page.replace("沙湾-困2011", "")) == set()


def test_each_household_begins_on_a_sheet_of_its_own(out: Path, pages_of: ReadPages) -> None:
    """Printed on both sides, the second file does not begin on the back of the first."""
    long = like(story="困难" * 700)
    assert person_sheets([long], out) == 3
    assert person_sheets([long, SHEET, long], out) == 4 + 2 + 3
    pages = plain(pages_of(out))
    assert "（此页无内容）" in pages[3]
    assert [n for n, page in enumerate(pages) if "建档日期" in page] == [0, 4, 6]


def test_rare_characters_are_printed_and_unknown_ones_named(out: Path, pages_of: ReadPages) -> None:
    person_sheets([like(name="丁𬭎㛃")], out)
    assert "丁𬭎㛃" in pages_of(out)[0]
    out.unlink()
    strange = msgspec.structs.replace(MEMBER, name="王\U0003134a")
    target = Target(out)
    person_sheets([SHEET, like(family=(strange,))], target)
    assert "沙湾-困2011-0001 家庭成员" in target.warning
    assert "王□" in "".join(pages_of(out))


def test_stopping_leaves_no_file(out: Path) -> None:
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        person_sheets([SHEET], out, cancel=cancel)
    assert not out.exists()
