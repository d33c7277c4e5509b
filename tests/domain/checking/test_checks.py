"""逻辑检查 says what is wrong, where, and what to do; a 提醒 may stand with a reason."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from app.domain.checking.checks import Severity, check, errors, open_notes
from app.domain.checking.rules import RULES
from app.domain.kernel.fields import MOST_ADDED, ExtraField, fields_of
from app.domain.records import (
    TYPES,
    Acceptance,
    Aid,
    Campaign,
    Case,
    Demand,
    Document,
    Enterprise,
    FamilyMember,
    Hazard,
    Person,
    Phase,
    Record,
    Visit,
)

TODAY = dt.date(2011, 12, 1)
CAMPAIGN = Campaign(
    code="2011-36",
    starts=dt.date(2011, 7, 4),
    ends=dt.date(2011, 12, 31),
    phases=(Phase(starts=dt.date(2011, 7, 1), ends=dt.date(2011, 11, 30), concentrated=True),),
)
GOOD = Visit(
    campaign="2011-36",
    leaders=("李明书",),
    enterprise_name="乐山无线电公司",
    headcount=1250,
    opinions="无",
    visited_on=dt.date(2011, 7, 20),
    filed_on=dt.date(2011, 7, 21),
)


def codes(record: Record) -> set[str]:
    return {finding.code for finding in check(record, today=TODAY, campaign=CAMPAIGN)}


def test_a_form_filled_in_right_has_nothing_to_say() -> None:
    assert check(GOOD, today=TODAY, campaign=CAMPAIGN) == []


def changed(**members: object) -> Visit:
    import msgspec

    return msgspec.structs.replace(GOOD, **members)


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (changed(leaders=()), "F01"),
        (changed(headcount=None), "F01"),
        (changed(headcount=-1), "F02"),
        (changed(headcount=10**7), "F02"),
        (changed(enterprise_name="长" * 201), "F03"),
        (changed(enterprise_name="𬭎" * 200), ""),
        (changed(methods=("by magic",)), "F04"),
        (changed(visited_on=dt.date(2011, 12, 2)), "F05"),
        (changed(visited_on=dt.date(2011, 6, 1)), "V01"),
        (changed(visited_on=dt.date(2011, 12, 1)), "V02"),
        (changed(opinions=""), "V03"),
        (changed(headcount=0), "V04"),
        (changed(filed_on=dt.date(2011, 7, 1)), "V05"),
        (changed(headcount=320, workers_met=321), "V07"),
        (Person(name="甲", resident_id="511102198001010010"), "P01"),
        (Person(family=(FamilyMember(name="乙", resident_id="1"),)), "P02"),
        (Person(family=(FamilyMember(relation="x"),)), "F01"),
        (Person(resident_id="110101199003077774", sex="2"), "P03"),
        (Person(), "P04"),
        (Enterprise(name="甲", uscc="1"), "U01"),
        (Enterprise(name="甲", headcount=10, members=11), "U02"),
        (
            Enterprise(
                name="甲",
                wage_contract="regional",
                wage_contract_from=dt.date(2011, 7, 2),
                wage_contract_to=dt.date(2011, 7, 1),
            ),
            "U04",
        ),
        (Enterprise(name="甲", wage_contract="sectoral"), "U05"),
        (Enterprise(name="甲", wage_contract_to=dt.date(2012, 1, 1)), "U06"),
        (Enterprise(name="甲", wage_contract="none", wage_contract_to=dt.date(2012, 1, 1)), "U06"),
        (Case(found_on=dt.date(2011, 8, 1), verified_on=dt.date(2011, 7, 1)), "C01"),
        (Demand(state="closed"), "Q01"),
        (Demand(state="working", closed_on=dt.date(2011, 8, 1)), "Q02"),
        (Case(stage="closed"), "C02"),
        (Case(stage="aided", closed_on=dt.date(2011, 8, 1)), "C03"),
        (Case(stage="followed"), "C04"),
        (Aid(), "A01"),
        (Aid(money="50000.01"), "A02"),
        (
            Hazard(
                found_at=dt.datetime.fromisoformat("2011-07-02T10:00:00+08:00"),
                handled_at=dt.datetime.fromisoformat("2011-07-01T10:00:00+08:00"),
            ),
            "H01",
        ),
        (Hazard(), "H02"),
        (Document(kind="research", situation="一", analysis="二", advice="三"), "D01"),
    ],
)
def test_every_rule_speaks(record: Record, code: str) -> None:
    assert code in codes(record) if code else codes(record) == set()


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (Person(consent_on=dt.date(2011, 7, 1)), "P01"),
        (Person(consent_on=dt.date(2011, 7, 1)), "P03"),
        (Person(family=(FamilyMember(name="乙"),)), "P02"),
        (Person(resident_id="110101199003077774"), "P03"),
        (Person(resident_id="110101199003077774", born=dt.date(1990, 3, 7), sex="1"), "P03"),
        (Person(resident_id="1", sex="2"), "P03"),
        (Enterprise(name="甲"), "U01"),
        (Enterprise(name="甲", headcount=0), "U02"),
        (Aid(money="1"), "A01"),
        (Aid(goods="棉被"), "A01"),
        (Aid(content="上门看望"), "A01"),
        (Document(kind="summary"), "D01"),
        (
            Document(kind="research", situation="一", analysis="二", advice="三", measures="四"),
            "D01",
        ),
        (
            Document(kind="research", analysis="二", sections=("situation", "advice", "measures")),
            "D01",
        ),
        (Aid(money="50000"), "A02"),
        (Aid(money="20000", goods="棉被", goods_value="30000"), "A02"),
        (Enterprise(name="甲", headcount=10, members=10), "U02"),
        (Enterprise(name="甲", members=11), "U02"),
        (Enterprise(name="甲", headcount=10), "U02"),
        (Enterprise(name="甲", wage_contract="none"), "U05"),
        (
            Enterprise(
                name="甲",
                wage_contract="enterprise",
                wage_contract_from=dt.date(2011, 7, 1),
                wage_contract_to=dt.date(2011, 7, 1),
            ),
            "U04",
        ),
        (changed(visited_on=dt.date(2011, 7, 4)), "V02"),
        (changed(visited_on=dt.date(2011, 11, 30), filed_on=dt.date(2011, 11, 30)), "V02"),
        (changed(visited_on=dt.date(2011, 6, 1)), "V02"),
        (changed(filed_on=dt.date(2011, 7, 20)), "V05"),
        (changed(headcount=320, workers_met=320), "V07"),
    ],
)
def test_a_rule_is_silent_up_to_its_limit(record: Record, code: str) -> None:
    assert code not in codes(record)


def test_money_and_goods_together_make_a_large_sum() -> None:
    assert "A02" in codes(Aid(money="20000", goods="棉被", goods_value="30000.01"))
    assert "A02" in codes(Aid(goods="棉被", goods_value="50000.01"))


def test_a_concentrated_phase_may_be_open_at_either_end() -> None:
    import msgspec

    edge = dt.date(2011, 9, 30)
    for phase, outside in [
        (Phase(starts=edge, concentrated=True), dt.date(2011, 9, 29)),
        (Phase(ends=edge, concentrated=True), dt.date(2011, 10, 1)),
    ]:
        campaign = msgspec.structs.replace(CAMPAIGN, phases=(phase, Phase(starts=edge)))
        for day, expected in [(edge, False), (outside, True)]:
            visit = changed(visited_on=day, filed_on=day)
            found = {one.code for one in check(visit, today=TODAY, campaign=campaign)}
            assert ("V02" in found) is expected


def test_every_rule_has_a_case_above_a_field_and_words() -> None:
    for rule in RULES:
        assert rule.field in {spec.name for spec in fields_of(rule.type)}
        assert rule.type in TYPES.values()
        assert rule.sentence.endswith("。")
        assert rule.remedy.endswith("。")
    assert len({rule.code for rule in RULES}) == len(RULES)


def test_errors_come_first_and_name_the_field_to_jump_to() -> None:
    found = check(changed(opinions="", leaders=()), today=TODAY, campaign=CAMPAIGN)
    assert [(f.severity, f.field) for f in found] == [
        (Severity.ERROR, "leaders"),
        (Severity.NOTE, "opinions"),
    ]
    assert [one.field for one in errors(found)] == ["leaders"]
    assert [one.field for one in open_notes(found)] == ["opinions"]


def test_an_accepted_note_keeps_its_reason_and_is_no_longer_open() -> None:
    visit = changed(opinions="", accepted=(Acceptance(id="V03", check="V03", reason="纸面空白"),))
    (finding,) = check(visit, today=TODAY, campaign=CAMPAIGN)
    assert finding.accepted == "纸面空白"
    assert open_notes([finding]) == []


def test_a_field_that_a_campaign_requires_is_checked() -> None:
    extra = ExtraField(type="visit", name="season", label="季节", required=True)
    campaign = msgspec.structs.replace(CAMPAIGN, extra_fields=(extra,))
    found = check(GOOD, today=TODAY, campaign=campaign)
    assert [finding.sentence for finding in found] == ["“季节”没有填写。"]


def test_a_campaign_adds_no_more_fields_than_a_form_holds() -> None:
    extra = tuple(
        ExtraField(type="visit", name=f"c{n}", label=f"项{n}") for n in range(MOST_ADDED + 1)
    )
    found = check(msgspec.structs.replace(CAMPAIGN, extra_fields=extra), today=TODAY)
    assert "K10" in [finding.code for finding in found]


@pytest.mark.parametrize(
    ("members", "code", "sentence", "field", "remedy"),
    [
        (
            {"headcount": -1},
            "F02",
            "“走访企（事）业职工人数”不能小于0。",
            "headcount",
            "请核对数字。",
        ),
        (
            {"headcount": 1_000_001},
            "F02",
            "“走访企（事）业职工人数”不能大于1000000。",
            "headcount",
            "请核对数字。",
        ),
        (
            {"leaders": ("李明书", "长" * 201)},
            "F03",
            "“参与走访领导”超过200个字。",
            "leaders",
            "请精简，或把全文作为附件。",
        ),
        (
            {"methods": ("meeting", "magic")},
            "F04",
            "“调研方式”没有“magic”这个选项。",
            "methods",
            "请从列表里选择。",
        ),
        (
            {"visited_on": dt.date(2011, 12, 2), "filed_on": None},
            "F05",
            "“走访日期”晚于今天。",
            "visited_on",
            "请核对日期。",
        ),
    ],
)
def test_a_finding_says_what_is_wrong_where_and_what_to_do(
    members: dict[str, object], code: str, sentence: str, field: str, remedy: str
) -> None:
    (found,) = errors(check(changed(**members), today=TODAY, campaign=CAMPAIGN))
    assert (found.code, found.sentence, found.field) == (code, sentence, field)
    assert found.remedy == remedy


def test_the_limits_themselves_are_allowed() -> None:
    for members in ({"headcount": 1_000_000}, {"leaders": ("长" * 200,)}):
        assert errors(check(changed(**members), today=TODAY, campaign=CAMPAIGN)) == []


def test_in_a_table_the_row_is_named() -> None:
    person = Person(
        name="甲",
        family=(FamilyMember(name="乙", relation="spouse"), FamilyMember(relation="spouse")),
    )
    found = [one for one in check(person, today=TODAY) if one.field == "family"]
    assert [one.sentence for one in found if one.code == "F01"] == [
        "家庭成员第2行的“姓名”没有填写。"
    ]


def test_a_birthday_that_is_not_the_numbers_is_told() -> None:
    wrong = Person(resident_id="110101199003077774", born=dt.date(1990, 3, 8))
    assert "P03" in codes(wrong)


def test_without_a_campaign_no_day_lies_outside_of_one() -> None:
    visit = changed(visited_on=dt.date(2001, 1, 1), filed_on=dt.date(2001, 1, 1))
    found = {one.code for one in check(visit, today=TODAY)}
    assert not found & {"V01", "V02"}
    undated = changed(visited_on=None)
    assert not {"V01", "V02"} & codes(undated)
