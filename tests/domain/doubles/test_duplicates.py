from __future__ import annotations

import datetime as dt
import random
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.campaign.campaign_data import CampaignData
from app.domain.doubles import (
    Candidate,
    Found,
    Kind,
    People,
    Strength,
    duplicates,
    same_enterprises,
    same_persons,
)
from app.domain.doubles.enterprises import one_apart
from app.domain.records import Aid, Case, Enterprise, FamilyMember, Person
from app.domain.values.resident_id import check_digit
from tests.counting import calls_of
from tests.domain.city import city, firm, link, visit

USCC = ("91511100MA62800011", "915111007118000122")
OWNERS = {"p1": "511111", "p2": "511102", "p3": "511111"}


def number(first17: str) -> str:
    return first17 + check_digit(first17)


MOTHER = number("51110219450105004")
WORKER = number("51110219710309001")


def person(name: str = "赵示例", id: str = "", **fields: Any) -> Person:
    return Person(name=name, resident_id=id, **fields)


def persons(*records: Person, **more: Any) -> Found:
    made = {f"p{i}": record for i, record in enumerate(records, 1)}
    return same_persons(People(city(**({"persons": made, "owner_of": OWNERS} | more))))


def enterprises(*records: Enterprise, **more: Any) -> Found:
    made = {f"e{i}": record for i, record in enumerate(records, 1)}
    return same_enterprises(city(enterprises=made, **more), places=("四川", "乐山"))


def only(found: Found) -> Candidate:
    (candidate,) = found.open
    return candidate


class TestEnterprises:
    def test_one_credit_code_is_one_enterprise(self) -> None:
        found = only(enterprises(firm("嘉阳", uscc=USCC[0]), firm("别的", uscc=USCC[0])))
        assert found.strength is Strength.HIGH
        assert found.reasons == ("统一社会信用代码相同。",)

    def test_the_same_name_in_one_county_is_stronger_than_in_two(self) -> None:
        here = only(enterprises(firm("恒宇机械厂"), firm("恒宇 机械厂")))
        there = only(enterprises(firm("恒宇机械厂"), firm("恒宇机械厂", area="511102103")))
        assert (here.strength, there.strength) == (Strength.HIGH, Strength.MEDIUM)
        assert there.reasons == ("名称相同，不在一个县。",)

    def test_a_short_name_is_found_by_its_alias_and_without_the_company_word(self) -> None:
        found = only(enterprises(firm("嘉阳集团有限责任公司"), firm("川煤嘉阳", aliases=("嘉阳",))))
        assert found.strength is Strength.MEDIUM
        assert found.reasons == ("名称或别名相同（不计“公司”“集团”等字样），同在一个县。",)

    def test_a_place_before_the_name_does_not_hide_it_in_its_own_county(self) -> None:
        assert only(enterprises(firm("四川嘉阳集团"), firm("嘉阳集团"))).strength is Strength.MEDIUM
        power = (firm("四川供电公司"), firm("乐山供电公司", area="511102103"))
        assert enterprises(*power).open == ()

    def test_a_wrong_character_that_sounds_alike_is_found(self) -> None:
        found = only(enterprises(firm("和帮集团"), firm("和邦集团公司")))
        assert found.reasons == ("名称同音，同在一个县。",)

    def test_one_character_apart_is_found_but_not_first_and_second(self) -> None:
        assert (
            only(enterprises(firm("沐江堰管理处"), firm("沬江堰管理处"))).strength is Strength.LOW
        )
        assert enterprises(firm("第一水泥制品厂"), firm("第二水泥制品厂")).open == ()

    def test_two_credit_codes_speak_against_a_common_name(self) -> None:
        found = only(enterprises(firm("水泥厂", uscc=USCC[0]), firm("水泥厂", uscc=USCC[1])))
        assert found.strength is Strength.LOW
        assert found.against == ("统一社会信用代码不同。",)

    @pytest.mark.parametrize(
        ("one", "other", "near"),
        [
            ("沙湾水泥", "沙湾水坭", True),
            ("沙湾水泥", "沙湾区水泥", True),
            ("沙湾水泥", "沙湾大水泥", False),
            ("沙湾水泥", "沙湾水泥", False),
            ("水泥厂", "水坭厂", False),
            ("沙湾水泥制", "沙湾制水泥", False),
        ],
    )
    def test_how_near_is_near(self, one: str, other: str, near: bool) -> None:
        assert one_apart(one, other) is one_apart(other, one) is near


class TestPersons:
    def test_fifteen_digits_and_eighteen_are_one_number(self) -> None:
        found = only(persons(person(id=WORKER), person("赵事例", WORKER[:6] + WORKER[8:17])))
        assert found.strength is Strength.HIGH
        assert found.reasons[0] == "15 位与 18 位身份证号对应。"

    def test_the_same_name_and_birthday_is_found_across_counties(self) -> None:
        born = dt.date(1971, 3, 9)
        found = only(persons(person(born=born), person(id=WORKER)))
        assert (found.kind, found.strength) == (Kind.PERSON, Strength.MEDIUM)
        assert found.reasons == ("姓名相同，出生日期相同。",)

    def test_two_right_numbers_far_apart_are_doubted(self) -> None:
        other = number("51118119710309456")
        found = only(persons(person(id=WORKER), person(id=other)))
        assert (found.strength, found.against) == (Strength.LOW, ("身份证号不同。",))

    def test_a_number_one_digit_off_is_likely_a_slip(self) -> None:
        found = only(persons(person(id=WORKER), person("赵是例", number("51110219710309002"))))
        assert found.strength is Strength.HIGH
        assert found.reasons == ("姓名同音，出生日期相同。", "身份证号只差 2 位。")

    def test_a_like_sound_in_one_county_and_year_is_a_weak_hint(self) -> None:
        one = person("刘勇", born=dt.date(1970, 1, 1))
        two = person("刘永", born=dt.date(1970, 5, 1))
        assert persons(one, two).open == ()
        found = only(persons(one, person("别人"), two))
        assert (found.one, found.other, found.strength) == ("p1", "p3", Strength.LOW)

    def test_a_character_that_could_not_be_typed_does_not_hide_the_person(self) -> None:
        born = dt.date(1970, 1, 1)
        found = only(persons(person("王□平", born=born), person("王嬿平", born=born)))
        assert found.reasons == ("姓名有字没打出来，其余相同，出生日期相同。",)

    def test_none_is_no_number(self) -> None:
        assert persons(person("甲某", "无"), person("乙某", "无")).open == ()


class TestHouseholds:
    def test_a_mother_in_two_files_makes_one_household(self) -> None:
        mother = FamilyMember(name="钱虚", resident_id=MOTHER)
        found = only(persons(person("孙甲", family=(mother,)), person("李乙", family=(mother,))))
        assert (found.kind, found.strength) == (Kind.HOUSEHOLD, Strength.HIGH)

    def test_a_worker_who_is_in_anothers_file_is_of_that_household(self) -> None:
        mother = FamilyMember(name="钱虚", resident_id=MOTHER)
        found = only(persons(person("孙甲", family=(mother,)), person("钱虚", MOTHER)))
        assert found.kind is Kind.HOUSEHOLD

    def test_a_shared_card_is_strong_and_a_shared_telephone_fair(self) -> None:
        card = only(persons(person("甲", bank_card="6222 0000 0000 0000"),
                            person("乙", bank_card="6222000000000000")))  # fmt: skip
        telephone = only(persons(person("甲", telephone="139-0000-0007、08332440000"),
                                 person("乙", telephone="13900000007")))  # fmt: skip
        assert (card.strength, telephone.strength) == (Strength.HIGH, Strength.MEDIUM)

    def test_an_address_counts_down_to_the_house_only(self) -> None:
        street = {"address": "乐山市沙湾区沙湾镇示例街"}
        house = {"address": street["address"] + "12号"}
        assert persons(person("甲", **street), person("乙", **street)).open == ()
        assert only(persons(person("甲", **house), person("乙", **house))).kind is Kind.HOUSEHOLD

    def test_what_is_shared_speaks_for_one_person_where_the_names_sound_alike(self) -> None:
        found = only(persons(person("刘勇", telephone="13900000007"),
                             person("刘永", telephone="13900000007")))  # fmt: skip
        assert (found.kind, found.reasons) == (Kind.PERSON, ("电话相同。", "姓名相同或同音。"))

    def test_two_people_decided_to_be_two_may_still_be_one_household(self) -> None:
        links = {"l1": link("p1", "p2", same=False, kind="person")}
        found = only(
            persons(
                person("刘勇", telephone="13900000007"),
                person("刘永", telephone="13900000007"),
                links=links,
            )
        )
        assert found.kind is Kind.HOUSEHOLD

    def test_the_offices_own_telephone_is_named_and_not_compared(self) -> None:
        crowd = [person(f"甲{i}", telephone="08332440000") for i in range(30)]
        found = persons(*crowd)
        assert found.open == ()
        assert [(c.what, len(c.records)) for c in found.crowds] == [("电话", 30)]


class TestVisitsAndAid:
    def test_one_visit_in_two_offices_books_is_found_through_the_link(self) -> None:
        found = duplicates(
            city(
                enterprises={"e1": firm("和帮"), "e2": firm("甲厂", area="511102103")},
                visits={"v1": visit("e1"), "v2": visit("e2", unit="511102")},
                links={"l1": link("e1", "e2")},
            )
        )
        assert only(found).reasons == (
            "走访单位和日期都相同，由市中区总工会、沙湾区总工会分别登记。",
        )

    def test_city_and_county_within_a_week_is_found_and_after_eight_days_not(self) -> None:
        def within(day: str) -> tuple[Candidate, ...]:
            visits = {"v1": visit("e1", "2011-08-01"), "v2": visit("e1", day, group="g1")}
            return duplicates(city(enterprises={"e1": firm()}, visits=visits)).open

        assert within("2011-08-07")[0].reasons == ("两级工会走访同一单位，相隔 6 天。",)
        assert within("2011-08-09") == ()

    def test_a_visit_without_an_entry_in_the_directory_goes_by_the_name(self) -> None:
        visits = {
            "v1": visit("", enterprise_name="恒宇机械厂有限公司"),
            "v2": visit("", enterprise_name="恒宇机械厂"),
            "v3": visit("", enterprise_name="恒宇机械厂", campaign="2012-55"),
        }
        found = only(duplicates(city(visits=visits)))
        assert (found.one, found.other, found.strength) == ("v1", "v2", Strength.HIGH)

    def test_a_household_aided_twice_in_a_year_by_two_counties(self) -> None:
        mother = FamilyMember(name="钱虚", resident_id=MOTHER)
        found = duplicates(
            city(
                persons={
                    "p1": person("孙甲", family=(mother,)),
                    "p2": person("李乙", family=(mother,)),
                },
                cases={"c1": Case(person="p1"), "c2": Case(person="p2")},
                aids={
                    "d1": Aid(case="c1", given_on=dt.date(2011, 2, 1), fund="union"),
                    "d2": Aid(case="c2", given_on=dt.date(2011, 9, 1), fund="union"),
                    "d3": Aid(case="c1", given_on=dt.date(2011, 9, 1), fund="central"),
                    "d4": Aid(case="c2", given_on=dt.date(2012, 9, 1), fund="union"),
                },
                owner_of={"d1": "511111", "d2": "511102", "d3": "511111", "d4": "511102"},
            )
        )
        aids = [c for c in found.open if c.kind is Kind.AID]
        assert [(c.one, c.other) for c in aids] == [("d1", "d2"), ("d2", "d3")]
        assert aids[0].reasons == ("同一户 2011 年由市中区总工会、沙湾区总工会分别帮扶。",)

    def test_two_funds_of_one_office_are_told_as_well(self) -> None:
        aids = {
            "d1": Aid(person="p1", given_on=dt.date(2011, 2, 1), fund="union"),
            "d2": Aid(person="p1", given_on=dt.date(2011, 3, 1), fund="union"),
            "d3": Aid(person="p1", given_on=dt.date(2011, 4, 1), fund="central"),
        }
        owners = dict.fromkeys(aids, "511111")
        found = only(duplicates(city(persons={"p1": person()}, aids=aids, owner_of=owners)))
        assert (found.one, found.other, found.strength) == ("d1", "d3", Strength.MEDIUM)

    def test_one_office_that_registers_a_visit_twice_is_told_so(self) -> None:
        visits = {"v1": visit("e1"), "v2": visit("e1"), "v3": visit("e1", visited_on=None)}
        found = only(duplicates(city(enterprises={"e1": firm()}, visits=visits)))
        assert (found.one, found.other) == ("v1", "v2")
        assert found.reasons == ("同一单位登记了两次：走访单位和日期都相同。",)

    def test_visits_that_name_nothing_are_not_the_same(self) -> None:
        visits = {"v1": visit(""), "v2": visit("", unit="511102")}
        assert duplicates(city(visits=visits)).open == ()

    def test_levels_follow_the_owner_and_offices_not_known_are_named_by_their_code(self) -> None:
        visits = {"v1": visit("e1", unit=""), "v2": visit("e1", unit="999999")}
        found = duplicates(
            city(enterprises={"e1": firm()}, visits=visits, owner_of={"v1": "511111"})
        )
        assert only(found).reasons == ("走访单位和日期都相同，由沙湾区总工会、999999分别登记。",)
        near = {"v1": visit("e1", unit=""), "v2": visit("e1", "2011-08-05", unit="511100")}
        found = duplicates(city(enterprises={"e1": firm()}, visits=near, owner_of={"v1": "511111"}))
        assert only(found).reasons == ("两级工会走访同一单位，相隔 2 天。",)

    def test_aid_is_of_the_unit_it_names_and_two_funds_are_named(self) -> None:
        day = dt.date(2011, 2, 1)
        aids = {
            "d1": Aid(person="p1", given_on=day, fund="union", unit="511111"),
            "d2": Aid(person="p1", given_on=day, fund="central", unit="511111"),
            "d3": Aid(given_on=day, fund="union"),
            "d4": Aid(given_on=day, fund="central"),
            "d5": Aid(person="p1", fund="union"),
        }
        owners = {"d1": "511111", "d2": "511102", "d3": "511111", "d4": "511102"}
        found = only(duplicates(city(persons={"p1": person()}, aids=aids, owner_of=owners)))
        assert (found.one, found.other) == ("d1", "d2")
        assert found.reasons[0].startswith("同一户 2011 年从")
        assert found.reasons[0].endswith("两处得到帮扶。")
        assert len(found.reasons[0].split("、")) == 2


class TestDecisions:
    def test_not_the_same_is_not_asked_again_and_the_same_is_settled(self) -> None:
        made = (firm("恒宇机械厂"), firm("恒宇机械厂"))
        asked = enterprises(*made, links={"l1": link("e2", "e1", same=False)})
        settled = enterprises(*made, links={"l1": link("e2", "e1")})
        assert (asked.open, asked.settled) == ((), ())
        assert (settled.open, [(c.one, c.other) for c in settled.settled]) == ((), [("e1", "e2")])

    def test_a_word_of_another_kind_decides_nothing(self) -> None:
        made = (firm("恒宇机械厂"), firm("恒宇机械厂"))
        assert enterprises(*made, links={"l1": link("e1", "e2", kind="person")}).open


FIRMS = st.builds(
    firm,
    name=st.sampled_from(["和帮集团", "和邦公司", "四川和邦", "恒宇机械厂", "恒宇机戒厂"]),
    area=st.sampled_from(["511111100", "511102103", ""]),
    uscc=st.sampled_from(["", *USCC]),
)
PERSONS = st.builds(
    person,
    st.sampled_from(["刘勇", "刘永", "柳勇", "王□"]),
    st.sampled_from(["", WORKER, WORKER[:6] + WORKER[8:17], number("51110219710309002")]),
    telephone=st.sampled_from(["", "13900000007"]),
    family=st.sampled_from([(), (FamilyMember(name="钱虚", resident_id=MOTHER),)]),
)


@given(st.lists(FIRMS, max_size=6), st.lists(PERSONS, max_size=6), st.integers())
def test_the_order_of_records_does_not_matter_and_a_pair_is_told_once(
    firms: list[Enterprise], people: list[Person], seed: int
) -> None:
    records = {
        "enterprises": {f"e{i}": record for i, record in enumerate(firms)},
        "persons": {f"p{i}": record for i, record in enumerate(people)},
    }
    found = duplicates(city(**records))
    turned = {}
    for kind, some in records.items():
        items = list(some.items())  # type: ignore[attr-defined]
        random.Random(seed).shuffle(items)
        turned[kind] = dict(items)
    assert duplicates(city(**turned)) == found
    pairs = [(c.kind, c.one, c.other) for c in found.open]
    assert len(pairs) == len(set(pairs))
    assert all(c.one < c.other and c.reasons for c in found.open)


def files(count: int) -> CampaignData:
    chance = random.Random(1)
    surnames, given_names = (
        "王李张刘陈杨黄赵吴周徐孙马朱胡",
        "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平",
    )
    made = {}
    for i in range(count):
        day = dt.date(1945, 1, 1) + dt.timedelta(days=chance.randrange(18_000))
        made[f"p{i:05}"] = person(
            chance.choice(surnames) + chance.choice(given_names) + chance.choice(given_names),
            number(f"511102{day:%Y%m%d}{chance.randrange(1000):03}"),
            telephone=f"139{chance.randrange(10**8):08}",
        )
    return city(persons=made, owner_of=dict.fromkeys(made, "511111"))


def test_four_times_the_files_are_not_sixteen_times_the_work() -> None:
    few, many = (calls_of(partial(same_persons, People(files(count)))) for count in (1_000, 4_000))
    assert many < 8 * few
