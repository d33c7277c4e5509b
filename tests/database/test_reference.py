"""What every office starts with: the places, the units, the two documents of the city."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.domain.kernel.codelist import CodeList
from app.domain.kernel.fields import FieldSpec, Kind, fields_of
from app.domain.kernel.uuid7 import is_uuid7
from app.domain.merging.revision import read, seal
from app.domain.records import TYPES, Area, Campaign, Enterprise, Group
from database.reference.preset import Sealed, areas, preset, record_id, unit_codes, units

ROOT = Path(__file__).parents[2]
RESOURCES = ROOT / "resources"
GOLDEN = Path(__file__).parent / "data" / "preset.txt"

COUNTIES = {
    "市中区": 17,
    "沙湾区": 9,
    "五通桥区": 8,
    "金口河区": 5,
    "犍为县": 15,
    "井研县": 15,
    "夹江县": 9,
    "沐川县": 13,
    "峨边彝族自治县": 13,
    "马边彝族自治县": 15,
    "峨眉山市": 13,
}
TOWNSHIP_KINDS = ("town", "rural", "ethnic", "street")


@pytest.fixture(scope="module")
def shipped() -> list[Sealed]:
    return preset(RESOURCES)


def records(shipped: list[Sealed], record_type: type[Any]) -> dict[str, Any]:
    return {
        revision.id: msgspec.convert(revision.body, record_type)
        for _, _, revision in shipped
        if revision.type == record_type.type_name
    }


def campaign(shipped: list[Sealed], code: str) -> Campaign:
    found: Campaign = records(shipped, Campaign)[record_id("campaign", code)]
    return found


def townships() -> list[Area]:
    return [area for area in areas() if area.kind in TOWNSHIP_KINDS and area.valid_to is None]


def test_eleven_counties_in_official_order_and_their_132_townships() -> None:
    counties = [area for area in areas() if area.kind == "county"]
    assert [county.name for county in counties] == list(COUNTIES)
    assert [county.order for county in counties] == list(range(1, 12))
    names = {county.code: county.name for county in counties}
    assert Counter(names[area.county] for area in townships()) == COUNTIES
    assert len(townships()) == 132


def test_townships_by_kind() -> None:
    kinds = Counter(area.kind for area in townships())
    assert kinds == {"town": 103, "rural": 16, "ethnic": 2, "street": 11}


def test_rare_characters_are_kept() -> None:
    names = {area.code: area.name for area in areas()}
    assert names["511133106"] == "荍坝镇"
    assert names["511126002"] == "漹城街道"


def test_one_short_name_in_two_counties_stays_two_places() -> None:
    found = {area.county: area.name for area in areas() if area.name.startswith("新场")}
    assert found == {"511126": "新场镇", "511132": "新场乡"}


def test_a_township_code_begins_with_its_county() -> None:
    assert all(area.code.startswith(area.county) for area in areas() if area.county)
    assert len({area.code for area in areas()}) == len(areas())


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("五通", "511112"),
        ("峨眉", "511181"),
        ("峨边", "511132"),
        ("马边", "511133"),
        ("金口河", "511113"),
        ("高新区", "511100001"),
        ("大佛峨眉山管委会", "511100002"),
        ("景区管委会", "511100002"),
    ],
)
def test_a_place_is_known_by_the_name_the_documents_use(written: str, code: str) -> None:
    assert [area.code for area in areas() if written in (area.name, *area.aliases)] == [code]


def test_a_former_township_is_known_but_no_longer_in_use() -> None:
    (former,) = [area for area in areas() if area.valid_to is not None]
    assert (former.name, former.county) == ("镇江庙乡", "511133")


def test_units_are_the_city_eleven_counties_two_zones_and_the_townships() -> None:
    kinds = Counter(unit.kind for unit in units())
    assert kinds == {"city": 1, "county": 11, "hitech": 1, "scenic": 1, "township": 132}
    assert unit_codes() >= {"511100", "511133", "511100001", "511133106"}


def test_every_township_has_its_union_below_its_county() -> None:
    unions = {unit.area: (unit.name, unit.parent) for unit in units() if unit.kind == "township"}
    assert unions == {area.code: (f"{area.name}工会", area.county) for area in townships()}


def test_short_names_make_the_record_numbers_so_no_two_are_alike() -> None:
    counties = [unit.short_name for unit in units() if unit.kind == "county"]
    assert counties == "市中 沙湾 五通桥 金口河 犍为 井研 夹江 沐川 峨边 马边 峨眉山".split()
    assert len({unit.short_name for unit in units()}) == len(units())
    assert len({unit.order for unit in units()}) == len(units())


def test_no_name_or_alias_means_two_units() -> None:
    names = Counter(
        name for unit in units() for name in {unit.name, unit.short_name, *unit.aliases}
    )
    assert [name for name, times in names.items() if times > 1] == []


def test_the_roster_has_six_groups_and_each_county_exactly_once(shipped: list[Sealed]) -> None:
    groups = sorted(records(shipped, Group).values(), key=lambda group: group.order)
    assert [group.leaders for group in groups] == [
        ("赖淑芳",), ("王学东",), ("陈德生",), ("李明书",), ("杨和清",), ("刘勇",),
    ]  # fmt: skip
    assert {group.level for group in groups} == {"city"}
    counties = [area.code for area in areas() if area.kind == "county"]
    assert sorted(region for group in groups for region in group.regions) == counties


def test_the_roster_names_29_units_each_of_one_group(shipped: list[Sealed]) -> None:
    enterprises = records(shipped, Enterprise)
    groups = sorted(records(shipped, Group).values(), key=lambda group: group.order)
    assert [len(group.enterprises) for group in groups] == [0, 3, 7, 6, 6, 7]
    assert sorted(one for group in groups for one in group.enterprises) == sorted(enterprises)
    assert len(enterprises) == 29
    for enterprise in enterprises.values():
        assert (enterprise.owner, enterprise.affiliation) == ("511100", "city")
        assert enterprise.verification == "preset"


def test_names_stand_as_printed_and_the_likely_right_one_is_an_alias(
    shipped: list[Sealed],
) -> None:
    aliases = {one.name: one.aliases for one in records(shipped, Enterprise).values()}
    assert aliases["和帮集团公司"] == ("和邦集团公司",)
    assert aliases["沐江堰管理处"] == ("沫江堰管理处",)
    assert "高新区" in aliases
    assert aliases["大佛峨眉山管委会"] == ("峨眉山—乐山大佛景区管委会",)


def test_wang_qi_waits_to_be_confirmed(shipped: list[Sealed]) -> None:
    to_confirm = {
        group.contacts: group.contacts_to_confirm
        for group in records(shipped, Group).values()
        if group.contacts_to_confirm
    }
    assert to_confirm == {("唐建方",): ("王琦",)}


def test_one_contact_serves_two_leaders_and_one_leader_has_two_departments(
    shipped: list[Sealed],
) -> None:
    groups = sorted(records(shipped, Group).values(), key=lambda group: group.order)
    assert [group.contacts[0] for group in groups] == [
        "杨建春", "杨建春", "唐建方", "付志勇", "程学铭", "谢昆",
    ]  # fmt: skip
    assert [group.departments for group in groups] == [
        ("办公室",),
        ("办公室",),
        ("财务部", "教科文卫体工会"),
        ("组宣部",),
        ("经保女工部",),
        ("经审办", "资产办"),
    ]


def test_the_2011_document_and_its_windows(shipped: list[Sealed]) -> None:
    document = campaign(shipped, "2011-36")
    assert document.document_number == "乐工发〔2011〕36号"
    assert document.document_number_original == "乐工发[2011]36号"
    assert str(document.issued) == "2011-07-04"
    assert document.basis.startswith("川工发〔2011〕46号")
    assert document.headcount_threshold == 200
    assert [phase.title[:4] for phase in document.phases] == [
        "动员部署", "全面推进", "总结表彰", "成果运用",
    ]  # fmt: skip
    (window,) = [phase for phase in document.phases if phase.concentrated]
    assert (str(window.starts), str(window.ends)) == ("2011-07-01", "2011-11-30")


def test_what_is_owed_has_a_date_only_where_the_document_gives_one(
    shipped: list[Sealed],
) -> None:
    dues = {due.item: due for due in campaign(shipped, "2011-36").dues}
    assert set(dues) == {"plan", "schedule", "summary", "form", "research", "news", "experience"}
    dated = {item: (str(due.due), str(due.remind)) for item, due in dues.items() if due.due}
    assert dated == {
        "summary": ("2011-12-15", "2011-12-01"),
        "form": ("2011-12-15", "2011-12-01"),
    }
    assert "7月初" in dues["plan"].note
    assert dues["research"].kinds == ("city", "county")


def test_the_checklists_of_2011(shipped: list[Sealed]) -> None:
    groups = Counter(item.group for item in campaign(shipped, "2011-36").checklist)
    assert groups == {
        "两个全覆盖": 2,
        "四个在一线": 4,
        "六个到位": 6,
        "工作重点": 4,
        "主要任务": 5,
        "工作纪律": 6,
    }


def test_the_form_reads_as_the_paper(shipped: list[Sealed]) -> None:
    texts = {text.place: text.text for text in campaign(shipped, "2011-36").form_texts}
    assert texts == {
        "title1": "乐山市总工会“进千户企业、访万名职工”",
        "title2": "实践活动情况登记表",
        "leaders": "参与走\n访领导",
        "enterprise": "走访企（事）\n业单位名称",
        "headcount": "走访企（事）\n业职工人数",
        "opinions": "企（事）业\n单位、职工\n的建议与\n意见",
        "notes": "说明",
        "note1": "1、此表在“走访”活动结束后于12月15日前同总结一起上报市总；",
        "note2": "2、各县（市、区）总工会要将走访活动的情况认真记载备查。",
        "reporter": "填报单位：",
        "date": "年     月     日",
    }


def test_how_the_headcount_is_counted_is_stated(shipped: list[Sealed]) -> None:
    texts = {one.name: one.text for one in campaign(shipped, "2011-36").definitions}
    assert texts["走访企（事）业职工人数"].startswith("该单位职工总数")
    assert "规模以上" in texts


def test_the_2012_document_has_no_date_and_no_form(shipped: list[Sealed]) -> None:
    document = campaign(shipped, "2012-55")
    assert document.document_number == "乐工发〔2012〕55号"
    assert (document.issued, document.starts, document.ends) == (None, None, None)
    assert (document.phases, document.form_texts) == ((), ())
    assert all(due.due is None for due in document.dues)


def test_sixteen_indicators_with_their_units_kept_apart(shipped: list[Sealed]) -> None:
    found = [
        (one.code, one.value, one.measure, one.strength, bool(one.or_more))
        for one in campaign(shipped, "2012-55").indicators
    ]
    assert found == [
        ("T1", 100_000, "person_times", "strive", False),
        ("T2", 100_000, "person_times", "strive", False),
        ("T3", 100_000, "person_times", "strive", False),
        ("T4", 90, "percent", "strive", False),
        ("T5", 300, "firms", "reach", True),
        ("T6", 2_000, "pieces", "ensure", False),
        ("T7", 40_000, "members", "ensure", False),
        ("T8", 90, "percent", "within_year", True),
        ("T9", 98, "percent", "within_year", True),
        ("T10", 95, "percent", "within_year", True),
        ("T11", 2_400, "persons", "ensure", False),
        ("T12", 1_900, "persons", "ensure", False),
        ("T13", None, "percent", "endeavour", False),
        ("T14", 25_800, "persons", "ensure", False),
        ("T15", 80, "percent", "strive", False),
        ("T16", 80, "percent", "strive", False),
    ]


def test_a_percentage_says_of_what_and_every_indicator_quotes_its_paragraph(
    shipped: list[Sealed],
) -> None:
    for one in campaign(shipped, "2012-55").indicators:
        assert bool(one.denominator) == (one.measure == "percent"), one.code
        assert one.basis.startswith(("二（一）", "二（二）", "二（三）", "二（四）")), one.code
    by_code = {one.code: one for one in campaign(shipped, "2012-55").indicators}
    for code in ("T15", "T16"):
        assert by_code[code].denominator.startswith("已建会的规模以上非公有制企业数")


def test_every_value_fits_its_field(shipped: list[Sealed]) -> None:
    faults = [
        (revision.id, fault)
        for _, _, revision in shipped
        for fault in _faults(fields_of(TYPES[revision.type]), revision.body)
    ]
    assert faults == []


def _faults(specs: tuple[FieldSpec, ...], body: dict[str, Any]) -> list[str]:
    """Missing, unknown or over-long members, and codes that stand in no list."""
    known = {spec.name: spec for spec in specs}
    faults = [f"unknown {name}" for name in body if name not in known]
    faults += [
        f"missing {spec.name}" for spec in specs if spec.field.required and not _has(spec, body)
    ]
    for name in body.keys() & known.keys():
        spec, value = known[name], body[name]
        if spec.kind is Kind.ROWS:
            faults += [fault for row in value for fault in _faults(spec.columns, row)]
            faults += [f"row ids of {name}"] * (len({row["id"] for row in value}) != len(value))
        values = value if isinstance(value, list) else [value]
        faults += [f"code {one}" for one in values if not _in_list(spec.field.codes, one)]
        faults += [
            f"too long {name}"
            for one in values
            if isinstance(one, str) and len(one) > spec.field.longest
        ]
    return faults


def _has(spec: FieldSpec, body: dict[str, Any]) -> bool:
    return body.get(spec.name) not in (None, "", [])


def _in_list(codes: CodeList | None, value: object) -> bool:
    return codes is None or value in codes


def test_every_link_resolves(shipped: list[Sealed]) -> None:
    by_code = {
        (revision.type, revision.body["code"])
        for _, _, revision in shipped
        if "code" in revision.body
    }
    by_id = {(revision.type, revision.id) for _, _, revision in shipped}
    loose = [
        (revision.id, spec.name, target)
        for _, _, revision in shipped
        for spec in fields_of(TYPES[revision.type])
        if spec.field.links and spec.name in revision.body
        for target in _targets(revision.body[spec.name])
        if (spec.field.links, target) not in by_code | by_id
    ]
    assert loose == []


def _targets(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def test_the_revisions_are_sound_and_the_same_every_time(shipped: list[Sealed]) -> None:
    assert preset(RESOURCES) == shipped
    assert len({revision.id for _, _, revision in shipped}) == len(shipped)
    for h, raw, revision in shipped:
        assert is_uuid7(revision.id)
        assert read(raw) == revision
        assert seal(revision) == (h, raw)
        assert (revision.op, revision.parents) == ("create", ())
        assert (revision.writer, revision.by) == ("511100-00000000", "preset")


def test_a_misspelt_member_is_refused(tmp_path: Path) -> None:
    (tmp_path / "campaigns").mkdir()
    original = (RESOURCES / "campaigns" / "2012-55.json").read_text(encoding="utf-8")
    spoilt = original.replace('"short_title"', '"short_titel"')
    (tmp_path / "campaigns" / "2012-55.json").write_text(spoilt, encoding="utf-8")
    with pytest.raises(ValueError, match="campaign"):
        preset(tmp_path)


def test_no_shipped_revision_ever_changes(shipped: list[Sealed]) -> None:
    """Once shipped, an h is for ever: offices already hold it, and would not merge another.

    Lines may only be added at the end of preset.txt, for records that are new. When this
    test fails on an old line, undo the change to the data or the code; never edit that line.
    """
    golden = GOLDEN.read_text(encoding="utf-8").splitlines()
    now = [f"{revision.type} {revision.id} {h}" for h, _, revision in shipped]
    assert [line for line in golden if line not in now] == [], "changed or gone"
    assert [line for line in now if line not in golden] == [], "new: append to preset.txt"
