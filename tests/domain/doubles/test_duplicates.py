from __future__ import annotations

import datetime as dt
import random
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.campaign.campaign_data import CampaignData
from app.domain.doubles import Candidate, Found, Kind, Strength
from app.domain.records import Aid, Case, Enterprise, FamilyMember, Person
from tests.counting import calls_of
from tests.domain.city import city, firm, link, visit
from tests.domain.doubles.comparing import USCC, compared, filled, number

OWNERS = {"p1": "511111", "p2": "511102", "p3": "511111"}
MOTHER = number("51110219450105004")
WORKER = number("51110219710309001")


def person(name: str = "赵示例", id: str = "", **fields: Any) -> Person:
    return Person(name=name, resident_id=id, **fields)


def persons(*records: Person, **more: Any) -> Found:
    made = {f"p{i}": record for i, record in enumerate(records, 1)}
    return compared(city(**({"persons": made, "owner_of": OWNERS} | more)))


def enterprises(*records: Enterprise, **more: Any) -> Found:
    made = {f"e{i}": record for i, record in enumerate(records, 1)}
    return compared(city(enterprises=made, **more))


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
        assert found.reasons == ("去掉地名、公司字样后名称相同，同在一个县。",)

    def test_two_firms_of_one_size_with_one_character_apart_are_only_a_hint(self) -> None:
        found = only(enterprises(firm("永盛建材", headcount=50), firm("永昌建材", headcount=51)))
        assert found.strength is Strength.LOW

    def test_the_former_name_in_brackets_is_a_name_of_the_unit(self) -> None:
        found = only(
            enterprises(firm("康盛建材有限公司（原玉屏家具厂）"), firm("沙湾玉屏家具总厂"))
        )
        assert found.strength is Strength.MEDIUM

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

    def test_a_like_sound_needs_more_than_a_county_and_a_year(self) -> None:
        one = person("刘勇", born=dt.date(1970, 1, 1))
        assert persons(one, person("刘永", born=dt.date(1970, 5, 1))).open == ()
        found = only(
            persons(
                person("刘勇", workplace="恒宇机械厂"),
                person("刘永", workplace="恒宇机械厂", telephone="13900000007"),
            )
        )
        assert (found.kind, found.strength) == (Kind.PERSON, Strength.LOW)

    def test_the_year_of_birth_mistyped_in_number_and_date_does_not_hide_the_person(self) -> None:
        one = person("刘勇", WORKER, born=dt.date(1971, 3, 9))
        two = person("刘勇", number("51110219770309001"), born=dt.date(1977, 3, 9))
        found = only(persons(one, two))
        assert (found.kind, found.strength) == (Kind.PERSON, Strength.MEDIUM)
        assert found.reasons == ("身份证号只差 2 位。",)

    def test_two_figures_turned_round_are_a_slip_and_ten_years_are_one_too(self) -> None:
        turned = number("51110219710309010")
        assert only(persons(person(id=WORKER), person(id=turned))).strength is Strength.HIGH
        decade = number("51110219800309001")
        found = only(persons(person("刘勇", WORKER), person("刘勇", decade)))
        assert found.reasons == ("身份证号只有出生年份不同。",)

    def test_a_character_that_could_not_be_typed_does_not_hide_the_person(self) -> None:
        born = dt.date(1970, 1, 1)
        found = only(persons(person("王□平", born=born), person("王嬿平", born=born)))
        assert found.reasons == ("姓名有字没打出来，其余相同，出生日期相同。",)

    @pytest.mark.parametrize(
        ("name", "short"),
        [("汪俊杰", "汪杰"), ("沙马·五各", "五各"), ("阿的·日哈惹", "阿的·日哈")],
    )
    def test_a_name_cut_short_is_found_by_the_birthday_and_what_else_is_shared(
        self, name: str, short: str
    ) -> None:
        born = dt.date(1971, 3, 9)
        shared: dict[str, Any] = {"born": born, "address": "沙湾镇沫东路123号2栋3单元301"}
        found = only(persons(person(name, WORKER, **shared), person(short, **shared)))
        assert (found.kind, found.strength) == (Kind.PERSON, Strength.MEDIUM)
        younger = person(short, born=dt.date(1980, 1, 2), telephone="13900000007")
        two = persons(person(name, born=born, telephone="13900000007"), younger)
        assert Kind.PERSON not in {one.kind for one in two.open}

    @pytest.mark.parametrize("typed", [WORKER[:-1], WORKER[:8] + WORKER[9:], WORKER + WORKER[-1]])
    def test_a_figure_left_out_of_the_number_does_not_hide_the_person(self, typed: str) -> None:
        found = only(persons(person("钱虚", WORKER), person("钱虚", typed)))
        assert (found.kind, found.strength) == (Kind.PERSON, Strength.MEDIUM)

    def test_twins_are_two(self) -> None:
        one, other = (number(f"511102197103090{n}") for n in ("13", "15"))
        found = only(persons(person("孙志强", one), person("孙志刚", other)))
        assert found.strength is Strength.LOW

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

    def test_one_thing_shared_makes_no_household_and_two_do(self) -> None:
        house = {"address": "沙湾镇示例街 12 号"}
        assert persons(person("孙甲", **house), person("李乙", **house)).open == ()
        telephone = {"telephone": "139-0000-0007、08332440000"}
        assert persons(person("孙甲", **telephone), person("李乙", **telephone)).open == ()
        both = only(persons(person("孙甲", **house, **telephone),
                            person("李乙", **house, telephone="+8613900000007")))  # fmt: skip
        assert (both.kind, both.strength) == (Kind.HOUSEHOLD, Strength.HIGH)
        assert persons(person("孙甲", **house), person("孙乙", **house)).open == ()
        work = {"telephone": "2440000"}
        assert persons(person("孙甲", **work), person("孙乙", **work)).open == ()
        flat = {"address": "沙湾镇示例街 12 号 3 幢 301"}
        named = only(persons(person("孙甲", **flat), person("孙乙", **flat)))
        assert (named.strength, named.reasons) == (Strength.MEDIUM, ("家庭住址相同。", "同姓。"))

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("沙湾镇三合村3组12号", "乐山市沙湾区沙湾镇三合村三组12号"),
            ("沙湾镇三合村3组12号", "三合村3社十二号"),
            ("沙湾镇沫东路123号2栋3单元301", "沙湾沫东路一二三号２－３－301室"),
            ("沙湾镇三合村3组12号", "沙湾镇三合村第叁组12号"),
            ("沙湾镇三合村3组12号", "沙湾镇三合3组12号"),
        ],
    )
    def test_one_house_is_found_however_it_was_written(self, one: str, other: str) -> None:
        found = only(persons(person("孙甲", address=one), person("孙乙", address=other),
                             owner_of={"p1": "511111", "p2": "511111"}))  # fmt: skip
        assert (found.kind, found.strength) == (Kind.HOUSEHOLD, Strength.MEDIUM)

    def test_the_same_street_of_two_towns_is_two_houses(self) -> None:
        one, other = (person(f"孙{who}", address=f"{town}镇白燕路85号")
                      for who, town in (("甲", "沙湾"), ("乙", "福禄")))  # fmt: skip
        assert persons(one, other, owner_of={"p1": "511111", "p2": "511111"}).open == ()

    def test_two_offices_that_leave_the_county_out_write_of_one_house(self) -> None:
        one, other = (person(name, address="柏杨路25号5幢2单元3号", telephone="13900000007")
                      for name in ("孙甲", "李乙"))  # fmt: skip
        found = only(persons(one, other))
        assert (found.kind, found.strength) == (Kind.HOUSEHOLD, Strength.MEDIUM)

    def test_a_common_name_in_two_families_of_one_group_is_only_a_hint(self) -> None:
        mother = FamilyMember(name="王秀英")
        one, other = (person(name, address="沙湾镇三合村3组", family=(mother,))
                      for name in ("孙甲", "李乙"))  # fmt: skip
        assert only(persons(one, other)).strength is Strength.LOW

    def test_a_family_member_of_the_name_with_another_number_is_another(self) -> None:
        row = FamilyMember(name="钱虚", resident_id=MOTHER)
        group = {"address": "沙湾镇三合村3组"}
        one, other = person("孙甲", family=(row,), **group), person("钱虚", WORKER, **group)
        assert persons(one, other).open == ()

    def test_families_of_one_village_group_are_no_household(self) -> None:
        group = {"address": "沙湾镇三合村3组"}
        assert persons(person("孙甲", **group), person("李乙", **group)).open == ()
        kin = FamilyMember(name="李乙", relation="12")
        found = only(persons(person("孙甲", family=(kin,), **group), person("李乙", **group)))
        assert (found.kind, found.strength) == (Kind.HOUSEHOLD, Strength.MEDIUM)

    def test_each_in_the_others_family_by_name_alone_is_one_household(self) -> None:
        wife, husband = FamilyMember(name="李乙"), FamilyMember(name="孙甲")
        found = only(persons(person("孙甲", family=(wife,)), person("李乙", family=(husband,))))
        assert (found.kind, found.reasons) == (Kind.HOUSEHOLD, ("互为家庭成员。",))

    def test_a_shared_card_and_a_surname_are_strong(self) -> None:
        card = only(persons(person("孙甲", bank_card="6222 0000 0000 0000"),
                            person("孙乙", bank_card="6222000000000000")))  # fmt: skip
        assert card.strength is Strength.HIGH

    def test_what_is_shared_speaks_for_one_person_where_the_names_sound_alike(self) -> None:
        found = only(persons(person("刘勇", telephone="13900000007"),
                             person("刘永", telephone="13900000007")))  # fmt: skip
        assert (found.kind, found.reasons) == (Kind.PERSON, ("姓名同音，电话相同。",))

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
        assert [(c.what, c.count) for c in found.crowds] == [("电话", 30)]


class TestVisits:
    def test_one_visit_in_two_offices_books_is_found_through_the_link(self) -> None:
        found = compared(
            city(
                enterprises={"e1": firm("和帮"), "e2": firm("甲厂", area="511102103")},
                visits={"v1": visit("e1"), "v2": visit("e2", unit="511102")},
                links={"l1": link("e1", "e2")},
            )
        )
        assert only(found).reasons[0] == (
            "走访日期相同，走访单位相同，由市中区总工会、沙湾区总工会分别登记。"
        )

    def test_two_entries_of_the_directory_that_look_alike_do_not_hide_the_visit(self) -> None:
        found = compared(
            city(
                enterprises={"e1": firm("沙湾恒宇机械厂"), "e2": firm("恒宇机械有限公司")},
                visits={"v1": visit("e1"), "v2": visit("e2")},
            )
        )
        (seen,) = (one for one in found.open if one.kind is Kind.VISIT)
        assert (seen.one, seen.other, seen.strength) == ("v1", "v2", Strength.MEDIUM)
        assert "去掉地名、公司字样后名称相同" in seen.reasons[0]

    def test_other_leaders_at_a_unit_that_is_only_likely_the_same_are_a_hint(self) -> None:
        firms = {"e1": firm("沙湾恒宇机械厂"), "e2": firm("恒宇机械有限公司")}
        visits = {"v1": visit("e1", leaders=("甲一",)), "v2": visit("e2", leaders=("乙二",))}
        found = compared(city(enterprises=firms, visits=visits))
        (seen,) = (one for one in found.open if one.kind is Kind.VISIT)
        assert (seen.strength, seen.against) == (Strength.LOW, ("走访领导不同。",))

    def test_one_office_that_wrote_down_the_countys_and_the_townships_visit_is_a_hint(
        self,
    ) -> None:
        visits = {
            "v1": visit("e1", leaders=("甲一",), level="county"),
            "v2": visit("e1", leaders=("乙二",), level="township"),
        }
        found = only(compared(city(enterprises={"e1": firm()}, visits=visits)))
        assert found.strength is Strength.LOW

    @pytest.mark.parametrize("name", ["恒宇机械厂", "沙湾恒宇机械有限公司", "恒于机械厂"])
    def test_a_visit_with_the_directory_and_one_by_name_alone_are_one(self, name: str) -> None:
        visits = {
            "v1": visit("e1", enterprise_name="沙湾恒宇机械厂"),
            "v2": visit("", enterprise_name=name),
        }
        found = only(compared(city(enterprises={"e1": firm("沙湾恒宇机械厂")}, visits=visits)))
        assert (found.kind, found.one, found.other) == (Kind.VISIT, "v1", "v2")
        assert found.strength in {Strength.HIGH, Strength.MEDIUM}

    def test_city_and_county_within_a_week_is_told_and_after_eight_days_not(self) -> None:
        def within(day: str) -> tuple[Candidate, ...]:
            visits = {"v1": visit("e1", "2011-08-01"), "v2": visit("e1", day, group="g1")}
            return compared(city(enterprises={"e1": firm()}, visits=visits)).open

        (one,) = within("2011-08-07")
        assert one.reasons[0] == "市、县两级走访同一单位，相隔 6 天，走访单位相同。"
        assert within("2011-08-09") == ()

    def test_a_township_that_goes_along_is_no_double(self) -> None:
        def along(**other: Any) -> tuple[Candidate, ...]:
            visits = {
                "v1": visit("e1", "2011-08-01", opinions="一是希望加强技能培训。"),
                "v2": visit("e1", unit="511111100", **other),
            }
            return compared(city(enterprises={"e1": firm()}, visits=visits)).open

        assert along(on="2011-08-01", leaders=("镇主席",)) == ()
        assert along(on="2011-08-04", leaders=("镇主席",)) == ()
        (copied,) = along(on="2011-08-01", opinions="一是希望加强技能培训。")
        assert copied.strength is Strength.HIGH

    def test_a_visit_keyed_again_a_day_off_is_found_by_what_it_says(self) -> None:
        told = {"opinions": "一是希望加强技能培训，二是食堂价格偏高。", "workers_met": 35}
        visits = {"v1": visit("e1", "2011-08-01", **told), "v2": visit("e1", "2011-08-02", **told)}
        found = only(compared(city(enterprises={"e1": firm()}, visits=visits)))
        assert found.strength is Strength.MEDIUM
        other = {"v1": visit("e1", "2011-08-01"), "v2": visit("e1", "2011-08-02")}
        assert compared(city(enterprises={"e1": firm()}, visits=other)).open == ()

    @pytest.mark.parametrize(("one", "other"), [("08-09", "09-09"), ("09-07", "07-09")])
    def test_a_slip_in_the_month_does_not_hide_a_visit(self, one: str, other: str) -> None:
        told = {"leaders": ("甲一", "乙二"), "workers_met": 35}
        visits = {f"v{i}": visit("e1", f"2011-{on}", **told) for i, on in enumerate((one, other))}
        assert only(compared(city(enterprises={"e1": firm()}, visits=visits))).kind is Kind.VISIT

    def test_a_visit_without_an_entry_in_the_directory_goes_by_the_name(self) -> None:
        visits = {
            "v1": visit("", enterprise_name="恒宇机械厂有限公司"),
            "v2": visit("", enterprise_name="恒宇机械厂"),
            "v3": visit("", enterprise_name="恒宇机械厂", campaign="2012-55"),
        }
        found = only(compared(city(visits=visits)))
        assert (found.one, found.other, found.strength) == ("v1", "v2", Strength.HIGH)

    def test_one_office_that_registers_a_visit_twice_is_told_so(self) -> None:
        visits = {"v1": visit("e1"), "v2": visit("e1"), "v3": visit("e1", visited_on=None)}
        found = only(compared(city(enterprises={"e1": firm()}, visits=visits)))
        assert (found.one, found.other) == ("v1", "v2")
        assert found.reasons[0] == "同一单位登记了两次：走访日期相同，走访单位相同。"

    def test_visits_that_name_nothing_are_not_the_same(self) -> None:
        visits = {"v1": visit(""), "v2": visit("", unit="511102")}
        assert compared(city(visits=visits)).open == ()

    def test_levels_follow_the_owner_and_offices_not_known_are_named_by_their_code(self) -> None:
        visits = {"v1": visit("e1", unit=""), "v2": visit("e1", unit="999999")}
        found = compared(city(enterprises={"e1": firm()}, visits=visits, owner_of={"v1": "511111"}))
        words = "走访日期相同，走访单位相同，由沙湾区总工会、999999分别登记。"
        assert only(found).reasons[0] == words
        near = {"v1": visit("e1", unit=""), "v2": visit("e1", "2011-08-05", unit="511100")}
        found = compared(city(enterprises={"e1": firm()}, visits=near, owner_of={"v1": "511111"}))
        assert only(found).reasons[0].startswith("市、县两级走访同一单位，相隔 2 天")


def helped(*aids: Aid, owners: tuple[str, ...], **more: Any) -> list[Candidate]:
    """The pairs of aid among these, which offices in turn gave."""
    made = {f"d{place}": aid for place, aid in enumerate(aids, 1)}
    whose = dict(zip(made, owners, strict=True))
    ground = city(**({"persons": {"p1": person()}} | more), aids=made, owner_of=whose)
    return [one for one in compared(ground).open if one.kind is Kind.AID]


DAY = dt.date(2011, 8, 1)


class TestAid:
    def test_a_household_aided_in_a_year_by_two_counties(self) -> None:
        mother = FamilyMember(name="钱虚", resident_id=MOTHER)
        found = helped(
            Aid(case="c1", given_on=dt.date(2011, 2, 1), money="300"),
            Aid(case="c2", given_on=dt.date(2011, 9, 1), money="500"),
            Aid(case="c2", given_on=dt.date(2012, 9, 1), money="500"),
            owners=("511111", "511102", "511102"),
            persons={
                "p1": person("孙甲", family=(mother,)),
                "p2": person("李乙", family=(mother,)),
            },
            cases={"c1": Case(person="p1"), "c2": Case(person="p2")},
        )
        assert [(c.one, c.other, c.strength) for c in found] == [("d1", "d2", Strength.HIGH)]
        assert found[0].reasons[0] == "同一户 2011 年由市中区总工会、沙湾区总工会分别帮扶。"
        assert found[0].amount == 30000

    @pytest.mark.parametrize(
        ("days", "strength"), [(0, Strength.HIGH), (1, Strength.HIGH), (5, Strength.MEDIUM)]
    )
    def test_aid_that_one_office_keyed_twice_is_told(self, days: int, strength: Strength) -> None:
        again = Aid(person="p1", given_on=DAY + dt.timedelta(days=days), money="500", content="再")
        found = helped(Aid(person="p1", given_on=DAY, money="500"), again, owners=("511111",) * 2)
        assert [(c.strength, c.amount) for c in found] == [(strength, 50000)]
        assert found[0].reasons[0].startswith("同一单位登记了两次")

    def test_what_an_office_gives_over_the_year_is_no_double(self) -> None:
        given = [Aid(person="p1", given_on=DAY.replace(month=month), money="300", fund=fund)
                 for month, fund in ((2, "union"), (5, "central"), (9, "union"))]  # fmt: skip
        assert helped(*given, owners=("511111",) * 3) == []

    def test_one_kind_of_help_from_two_funds_in_a_month_is_told_as_a_hint(self) -> None:
        first = Aid(person="p1", given_on=DAY, fund="union", type="living", money="300")
        other = Aid(person="p1", given_on=DAY.replace(day=20), fund="city", type="living")
        (found,) = helped(first, other, owners=("511111",) * 2)
        assert found.strength is Strength.LOW
        assert "两处得到同一种帮扶" in found.reasons[0]

    def test_most_money_stands_first(self) -> None:
        people = {f"p{place}": person(f"赵{place}示") for place in range(3)}
        given = [Aid(person=f"p{place // 2}", given_on=DAY, money=str(100 + place // 2))
                 for place in range(6)]  # fmt: skip
        found = helped(*given, owners=("511111",) * 6, persons=people)
        assert [one.amount for one in found] == [10200, 10100, 10000]

    def test_aid_is_of_the_unit_it_names_and_nothing_is_no_person(self) -> None:
        aids = (
            Aid(person="p1", given_on=DAY, unit="511111", money="300"),
            Aid(person="p1", given_on=DAY, unit="511111", money="300"),
            Aid(given_on=DAY, fund="union"),
            Aid(person="p1", fund="union"),
        )
        (found,) = helped(*aids, owners=("511111", "511102", "511111", "511111"))
        assert (found.one, found.other) == ("d1", "d2")
        assert found.reasons[0].startswith("同一单位登记了两次")


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
    found = compared(city(**records))
    turned = {}
    for kind, some in records.items():
        items = list(some.items())  # type: ignore[attr-defined]
        random.Random(seed).shuffle(items)
        turned[kind] = dict(items)
    assert compared(city(**turned)) == found
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
    few, many = (calls_of(partial(filled, files(count))) for count in (1_000, 4_000))
    assert many < 8 * few
