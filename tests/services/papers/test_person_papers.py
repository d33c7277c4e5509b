"""档案表, 名册, 签领表 and 公示名单 from the records; who saw a full number is written down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.documents.drawing.pages import Pages
from app.documents.drawing.target import Target
from app.domain.kernel.errors import UserError
from app.domain.records import Aid, Case, Person
from app.services.office.office import Office
from app.services.papers import aid_papers, person_papers
from app.services.papers.aid_choice import AidChoice
from app.services.papers.aid_papers import Notice
from app.services.records import saving, voiding
from app.services.records.reveals import revealed
from app.services.records.saving import Saved
from tests.services.offices import carry, send
from tests.services.papers.test_form_papers import text_of

ID = "511111196804120319"
OTHER_ID = "511111198203040021"

PERSON = {
    "name": "龚䶮",
    "resident_id": ID,
    "nationality": "汉族",
    "distress_class": "低保边缘户",
    "main_cause": "大病",
    "health": "恶性肿瘤",
    "address": "沙湾镇建设路12号",
    "telephone": "13890612345",
    "bank_card": "6228480402564890018",
    "workplace": "沙湾永泰铁合金有限公司",
    "yearly_income": "14760",
    "household_size": 3,
    "consent_on": "2011-07-12",
    "filed_on": "2011-07-12",
    "family": [{"name": "龚一鸣", "relation": "子", "resident_id": "511111199501170515"}],
}


@dataclass(frozen=True)
class Household:
    """A person with a case and two gifts of July and August."""

    person: Saved
    case: Saved
    money: Saved
    goods: Saved


def household(office: Office, **typed: object) -> Household:
    person = saving.save(office, Person, {**PERSON, **typed})
    case = saving.save(
        office, Case, {"person": person.id, "types": "医疗帮扶", "found_on": "2011-07-12"}
    )
    money = {"case": case.id, "given_on": "2011-07-15", "type": "医疗救助", "money": "3000"}
    goods = {"case": case.id, "given_on": "2011-07-20", "type": "慰问", "programme": "冬送温暖"}
    return Household(
        person,
        case,
        saving.save(office, Aid, money),
        saving.save(office, Aid, {**goods, "goods": "棉被2床", "goods_value": "365.8"}),
    )


@pytest.fixture
def one(county: Office) -> Household:
    return household(county)


@pytest.fixture
def other(county: Office) -> Household:
    return household(
        county, name="丁𬭎", resident_id=OTHER_ID, workplace="沙湾红岩陶瓷厂", family=[]
    )


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "单.pdf"


def plain(out: Path) -> str:
    return "".join(text_of(out).split())


def test_a_file_is_printed_with_all_its_help_and_logged(
    county: Office, one: Household, out: Path
) -> None:
    assert person_papers.print_person_sheets(county, out, persons=[one.person.number]) == 2
    text = plain(out)
    for words in (
        ID,
        "沙湾区总工会",
        "低保边缘户",
        one.case.number,
        "3,000.00元",
        "棉被2床",
        "龚一鸣",
    ):
        assert words in text
    (seen,) = revealed(county, one.person.id)
    assert (seen.operator_name, seen.why) == ("李经办", "打印困难职工档案表")
    assert {"resident_id", "bank_card", "telephone", "family"} <= set(seen.fields)
    assert "story" not in seen.fields


def test_all_files_or_a_blank_one(
    county: Office, one: Household, other: Household, out: Path
) -> None:
    assert person_papers.print_person_sheets(county, out, blank=True) == 2
    assert "填报单位：沙湾区总工会" in plain(out)
    assert revealed(county) == []
    voiding.void(county, Person, other.person.id, "重复")
    assert person_papers.print_person_sheets(county, out, why="移交档案") == 2
    assert [seen.why for seen in revealed(county)] == ["移交档案"]
    person_papers.print_person_sheets(county, out, persons=[other.person.id])
    assert "已作废" in plain(out)


def test_help_that_was_taken_back_is_on_no_paper(county: Office, one: Household, out: Path) -> None:
    voiding.void(county, Aid, one.money.id, "没有发放")
    person_papers.print_person_sheets(county, out)
    assert "3,000.00元" not in plain(out)
    aid_papers.print_sign_list(county, out)
    assert "共1笔" in plain(out)
    with pytest.raises(UserError, match="作废") as caught:
        aid_papers.print_sign_list(county, out, AidChoice(aids=[one.money.number]))
    assert caught.value.code == "VOIDED"


def test_the_roster_shows_no_number_in_full(
    county: Office, one: Household, other: Household, out: Path
) -> None:
    assert person_papers.print_roster(county, out) == 1
    text = plain(out)
    for words in (
        "511111**********19",
        "丁𬭎",
        "410.00",
        "患重特大疾病",
        "合计：困难职工2户，家庭人口6人",
    ):
        assert words in text
    assert "填表人：李经办" in text
    assert ID not in text
    assert revealed(county) == []


def test_the_roster_of_one_unit(city: Office, county: Office, one: Household, out: Path) -> None:
    carry(city, send(county, out.with_name("stick")))
    own = {"name": "市属职工", "resident_id": OTHER_ID}
    saving.save(city, Person, own)
    assert person_papers.print_roster(city, out) == 1
    assert "龚䶮" in plain(out)
    person_papers.print_roster(city, out, unit=county.identity.station)
    text = plain(out)
    assert "市属职工" not in text
    assert "填报单位：沙湾区总工会" in text


def test_who_signs_is_chosen_by_day_kind_or_case(
    county: Office, one: Household, other: Household, out: Path
) -> None:
    july_15 = dt.date(2011, 7, 15)
    chosen: list[tuple[AidChoice, str]] = [
        (AidChoice(), "共4笔"),
        (AidChoice(since=july_15, until=july_15), "共2笔"),
        (AidChoice(until=dt.date(2011, 7, 19), cases=[one.case.number]), "共1笔"),
        (AidChoice(programme="winter"), "共2笔"),
        (AidChoice(type="medical", unit=county.identity.station), "共2笔"),
        (AidChoice(aids=[one.goods.number, one.money.id, other.money.id]), "共3笔"),
    ]
    for choice, count in chosen:
        aid_papers.print_sign_list(county, out, choice)
        assert count in plain(out)
    assert "总计（人民币大写）：陆仟元整¥6,000.00" in plain(out)
    assert "棉被2床（折价365.80元）" in plain(out)


def test_full_numbers_need_a_reason_and_leave_a_trace(
    county: Office, one: Household, other: Household, out: Path
) -> None:
    aid_papers.print_sign_list(county, out)
    assert ID not in plain(out)
    with pytest.raises(UserError, match="原因"):
        aid_papers.print_sign_list(county, out, full_numbers_because=" ")
    assert revealed(county) == []
    aid_papers.print_sign_list(county, out, full_numbers_because="财务报账需要")
    assert ID in plain(out)
    assert OTHER_ID in plain(out)
    seen = revealed(county)
    assert {line.record for line in seen} == {one.person.id, other.person.id}
    assert {(line.fields, line.why) for line in seen} == {(("resident_id",), "财务报账需要")}


def test_an_empty_list_to_sign(county: Office, out: Path) -> None:
    assert aid_papers.print_sign_list(county, out, blank=True) == 1
    assert "发放单位：沙湾区总工会" in plain(out)


SECRETS = (
    ID,
    "511111",
    "13890612345",
    "建设路",
    "恶性肿瘤",
    "大病",
    "重特大疾病",
    "医疗",
    "龚一鸣",
)


def test_the_public_notice_keeps_every_secret(
    county: Office, one: Household, other: Household, out: Path
) -> None:
    notice = Notice(opens=dt.date(2011, 7, 22), closes=dt.date(2011, 7, 28), telephone="12351")
    aid_papers.print_public_list(county, out, notice=notice)
    of_persons = plain(out)
    assert "低保边缘户" in of_persons
    aid_papers.print_public_list(county, out, aids=AidChoice(), notice=notice)
    of_aids = plain(out)
    assert "困难帮扶3,000.00" in of_aids
    assert "冬送温暖实物" in of_aids
    for text in (of_persons, of_aids):
        assert_public(text, one)
    assert revealed(county) == []


def assert_public(text: str, one: Household) -> None:
    for words in (
        "龚䶮",
        "丁𬭎",
        "沙湾红岩陶瓷厂",
        "公示期：2011年7月22日至2011年7月28日",
        "12351",
    ):
        assert words in text
    for secret in (*SECRETS, one.person.number):
        assert secret not in text


def test_who_took_back_the_consent_is_not_put_up(
    county: Office, one: Household, other: Household, out: Path
) -> None:
    saving.save(county, Person, {"consent_withdrawn_on": "2011-07-20"}, record=one.person.id)
    for aids in (None, AidChoice()):
        aid_papers.print_public_list(county, out, aids=aids)
        assert "丁𬭎" in plain(out)
        assert "龚䶮" not in plain(out)
    for asked in ({"persons": [one.person.id]}, {"aids": AidChoice(aids=[one.money.id])}):
        with pytest.raises(UserError, match=f"{one.person.number}已撤回同意") as caught:
            aid_papers.print_public_list(county, out, **asked)
        assert caught.value.code == "CONSENT_WITHDRAWN"


def test_a_notice_does_not_close_before_it_opens(county: Office, one: Household, out: Path) -> None:
    notice = Notice(opens=dt.date(2011, 7, 22), closes=dt.date(2011, 7, 21))
    with pytest.raises(UserError) as caught:
        aid_papers.print_public_list(county, out, notice=notice)
    assert caught.value.code == "PERIOD_BACKWARDS"


PRINTERS: Sequence[Callable[[Office, Path | Target], int]] = (
    person_papers.print_person_sheets,
    person_papers.print_roster,
    aid_papers.print_sign_list,
    aid_papers.print_public_list,
)


def test_nothing_to_print_is_said(county: Office, out: Path) -> None:
    for print_it in PRINTERS:
        with pytest.raises(UserError, match="没有可以打印的") as caught:
            print_it(county, out)
        assert caught.value.code == "NOTHING_TO_PRINT"
        assert not out.exists()


def test_an_unprintable_character_is_named_with_its_record(county: Office, out: Path) -> None:
    household(county, name="王\U0003134a", family=[])
    for print_it in PRINTERS:
        target = Target(out)
        print_it(county, target)
        assert "沙湾-" in target.warning
        assert "王□" in text_of(out)


def test_what_is_printed_can_be_shown_on_the_screen(
    county: Office, one: Household, out: Path
) -> None:
    for print_it in PRINTERS:
        count = print_it(county, out)
        with Pages(out) as pages:
            assert pages.count == count
            assert pages.picture(0, 0.5).width > 200
