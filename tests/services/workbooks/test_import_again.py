"""A sheet that comes in twice brings nothing new, and a contradiction in it stays one."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msgspec import to_builtins

from app.documents.workbooks.workbook import template_specs, write_template
from app.domain.kernel.fields import ExtraField, FieldSpec, Kind, by_name, fields_of
from app.domain.records import (
    Aid,
    Area,
    Campaign,
    Case,
    Enterprise,
    Person,
    Record,
    Target,
    Unit,
    Visit,
    body_of,
)
from app.domain.records.registry import shown
from app.services.office.office import Office
from app.services.records import saving, voiding
from app.services.records.state_from_log import rebuild
from app.services.workbooks.excel_import import import_workbook
from app.services.workbooks.import_account import ImportAccount
from database.books import settings
from database.state import states
from tests.services.offices import record_of
from tests.services.sample_records import typed_of


def sheet(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    """A sheet as an office makes it: headings and rows, numbers as numbers."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    headings = list(dict.fromkeys(name for row in rows for name in row))
    page.append(headings)
    for row in rows:
        page.append([row.get(name) for name in headings])
    book.save(path)
    return path


def outcomes(account: ImportAccount) -> list[str]:
    return [row.outcome for row in account.rows]


def counts(account: ImportAccount) -> tuple[int, int, int, int, int]:
    return account.added, account.changed, account.same, account.asked, account.refused


def person(name: str, number: str, **more: Any) -> dict[str, Any]:
    return {"姓名": name, "身份证号": number, **more}


JIA = "511111197001017013"
ONE, OTHER = "511111197001019019", "511111197001019027"


def a_case(office: Office) -> str:
    """A case to help with; its 编号."""
    return saving.save(office, Case, typed_of(office, Case)).number


@pytest.mark.parametrize("money", [1500, 1500.0, "1500.00", "1500", "1,500元", "0.15万", 0.1, 12.5])
def test_money_is_the_same_however_it_is_written(
    county: Office, tmp_path: Path, money: object
) -> None:
    row = {
        "帮扶事项": a_case(county),
        "帮扶日期": "2011-7-1",
        "帮扶类型": "生活救助",
        "金额": money,
    }
    book = sheet(tmp_path / "a.xlsx", [row])
    assert counts(import_workbook(county, Aid, book)) == (1, 0, 0, 0, 0)
    assert counts(import_workbook(county, Aid, book)) == (0, 0, 1, 0, 0)


def test_a_contradiction_in_a_sheet_stays_one(county: Office, tmp_path: Path) -> None:
    rows = [
        person("丑一", ONE, 家庭人口=3),
        person("丑一", ONE, 家庭人口=3),
        person("丑一", ONE, 家庭人口=4),
        person("丑二", OTHER, 家庭人口=3),
        person("丑三", OTHER, 家庭人口=3),
    ]
    book = sheet(tmp_path / "a.xlsx", rows)
    first = import_workbook(county, Person, book)
    assert outcomes(first) == ["add", "same", "refused", "add", "refused"]
    for _ in range(2):
        again = import_workbook(county, Person, book)
        assert outcomes(again) == ["same", "same", "refused", "same", "refused"]
    assert record_of(county, "person", first.rows[0].number).household_size == 3
    assert record_of(county, "person", first.rows[3].number).name == "丑二"


def test_rows_that_change_one_record_in_two_ways_contradict_each_other(
    county: Office, tmp_path: Path
) -> None:
    import_workbook(county, Person, sheet(tmp_path / "a.xlsx", [person("丑一", ONE, 家庭人口=3)]))
    rows = [person("丑一", ONE, 家庭人口=n) for n in (5, 5, 3, 4)]
    book = sheet(tmp_path / "b.xlsx", rows)
    assert outcomes(import_workbook(county, Person, book)) == [
        "change",
        "same",
        "refused",
        "refused",
    ]
    assert outcomes(import_workbook(county, Person, book)) == ["same", "same", "refused", "refused"]


def test_an_equal_number_with_another_name_is_asked_about(county: Office, tmp_path: Path) -> None:
    first = person("申甲", JIA, 手机号码="13800000001", 困难情况="甲的困难情况，认真写了很多。")
    other = person("申乙", JIA, 手机号码="13800000002", 困难情况="乙的困难情况")
    made = import_workbook(county, Person, sheet(tmp_path / "a.xlsx", [first])).rows[0]
    book = sheet(tmp_path / "b.xlsx", [other])
    asked = import_workbook(county, Person, book)
    assert counts(asked) == (0, 0, 0, 1, 0)
    assert asked.rows[0].question == "OTHER_NAME"
    changes = {one.label: (one.old, one.new) for one in asked.rows[0].changes}
    assert changes["姓名"] == ("申甲", "申乙")
    assert changes["手机号码"] == ("138******01", "138******02")
    assert "困难情况" in changes
    assert "认真" not in str(changes)
    assert record_of(county, "person", made.number).name == "申甲"

    decided = import_workbook(county, Person, book, answers={"OTHER_NAME": "change"})
    assert counts(decided) == (0, 1, 0, 0, 0)
    assert record_of(county, "person", made.number).name == "申乙"
    assert counts(import_workbook(county, Person, book)) == (0, 0, 1, 0, 0)


def test_a_name_that_is_only_spelled_otherwise_is_the_same_person(
    county: Office, tmp_path: Path
) -> None:
    import_workbook(county, Person, sheet(tmp_path / "a.xlsx", [person("阿尔·日古", JIA)]))
    again = import_workbook(county, Person, sheet(tmp_path / "b.xlsx", [person("阿尔•日古", JIA)]))
    assert counts(again) == (0, 0, 1, 0, 0)


def visit(people: int, leaders: str = "王二", unit: str = "沙湾红石陶瓷厂", **more: Any) -> Any:
    return {
        "活动": "2011-36",
        "走访企（事）业单位名称": unit,
        "参与走访领导": leaders,
        "走访企（事）业职工人数": people,
        "走访日期": "2011-7-11",
        **more,
    }


def test_one_visit_with_two_headcounts_is_asked_about(county: Office, tmp_path: Path) -> None:
    book = sheet(tmp_path / "a.xlsx", [visit(100), visit(100), visit(101), visit(90, "李四")])
    first = import_workbook(county, Visit, book)
    assert outcomes(first) == ["add", "same", "asked", "asked"]
    assert [row.question for row in first.rows] == ["", "", "ALIKE", "G03"]
    again = import_workbook(county, Visit, book, answers={"G03": "add"})
    assert outcomes(again) == ["same", "same", "asked", "add"]
    assert outcomes(import_workbook(county, Visit, book)) == ["same", "same", "asked", "same"]
    (kept,) = record_of(county, "visit", again.rows[3].number).accepted
    assert kept.check.startswith("G03:")
    other = sheet(tmp_path / "b.xlsx", [visit(120)])
    assert outcomes(import_workbook(county, Visit, other)) == ["asked"]
    added = import_workbook(county, Visit, other, answers={"ALIKE": "add"})
    assert outcomes(added) == ["add"]
    assert outcomes(import_workbook(county, Visit, other)) == ["same"]


def test_a_second_aid_within_a_month_is_asked_about(county: Office, tmp_path: Path) -> None:
    case = a_case(county)
    kind = {"帮扶事项": case, "帮扶类型": "生活救助"}
    days = [("2011-7-1", 500), ("2011-7-9", 500), ("2011-1-5", 300)]
    rows = [{**kind, "帮扶日期": day, "金额": money} for day, money in days]
    book = sheet(tmp_path / "a.xlsx", rows)
    first = import_workbook(county, Aid, book)
    assert outcomes(first) == ["add", "asked", "add"]
    assert first.rows[1].question == "G04"
    assert outcomes(import_workbook(county, Aid, book)) == ["same", "asked", "same"]
    assert import_workbook(county, Aid, book, answers={"G04": "add"}).added == 1


def test_a_name_like_a_known_one_is_said(county: Office, tmp_path: Path) -> None:
    saving.save(county, Enterprise, {"name": "沙湾区沫若水泥有限责任公司"})
    account = import_workbook(
        county, Visit, sheet(tmp_path / "a.xlsx", [visit(100, unit="沙湾沫若水泥有限公司")])
    )
    assert outcomes(account) == ["add"]
    assert "沙湾区沫若水泥有限责任公司" in account.rows[0].told


def test_one_visit_with_a_better_headcount_is_corrected_where_that_is_decided(
    county: Office, tmp_path: Path
) -> None:
    made = import_workbook(county, Visit, sheet(tmp_path / "a.xlsx", [visit(100)])).rows[0]
    book = sheet(tmp_path / "b.xlsx", [visit(120)])
    (row,) = import_workbook(county, Visit, book, answers={"ALIKE": "change"}).rows
    assert row.outcome == "change"
    (change,) = row.changes
    assert (change.label, change.old, change.new) == ("走访企（事）业职工人数", "100人", "120人")
    assert record_of(county, "visit", made.number).headcount == 120


@pytest.mark.parametrize(
    "corrected",
    [{"headcount": 110}, {"visited_on": "2011-7-12"}, {"enterprise_name": "沙湾红石厂"}],
)
def test_a_visit_corrected_since_is_not_added_again(
    county: Office, tmp_path: Path, corrected: dict[str, object]
) -> None:
    book = sheet(tmp_path / "a.xlsx", [visit(100)])
    made = import_workbook(county, Visit, book).rows[0]
    saving.save(county, Visit, corrected, record=made.id)
    again = import_workbook(county, Visit, book)
    assert counts(again) == (0, 0, 1, 0, 0)
    assert again.rows[0].question == "CORRECTED"
    assert made.number in again.rows[0].told


def test_a_person_corrected_since_keeps_what_was_corrected(county: Office, tmp_path: Path) -> None:
    book = sheet(tmp_path / "a.xlsx", [person("申甲", JIA, 手机号码="13800000001")])
    made = import_workbook(county, Person, book).rows[0]
    saving.save(county, Person, {"telephone": "13900000009"}, record=made.id)
    assert counts(import_workbook(county, Person, book)) == (0, 0, 1, 0, 0)
    assert record_of(county, "person", made.number).telephone == "13900000009"
    back = import_workbook(county, Person, book, answers={"CORRECTED": "change"})
    assert counts(back) == (0, 1, 0, 0, 0)
    assert record_of(county, "person", made.number).telephone == "13800000001"


def test_a_person_whose_number_was_corrected_is_not_added_again(
    county: Office, tmp_path: Path
) -> None:
    book = sheet(tmp_path / "a.xlsx", [person("申甲", JIA)])
    made = import_workbook(county, Person, book).rows[0]
    saving.save(county, Person, {"resident_id": ONE}, record=made.id)
    assert counts(import_workbook(county, Person, book)) == (0, 0, 1, 0, 0)


def test_what_was_made_void_does_not_come_back_by_itself(county: Office, tmp_path: Path) -> None:
    book = sheet(tmp_path / "a.xlsx", [person("申甲", JIA)])
    made = import_workbook(county, Person, book).rows[0]
    voiding.void(county, Person, made.id, "重复")
    again = import_workbook(county, Person, book)
    assert (again.same, again.rows[0].question) == (1, "VOIDED")
    wanted = import_workbook(county, Person, book, answers={"VOIDED": "add"})
    assert wanted.added == 1


def test_a_unit_without_its_place_is_the_known_one_of_its_name(
    county: Office, tmp_path: Path
) -> None:
    placed = {"单位名称": "沫江水泥厂", "所在乡镇（街道）、园区": "沙湾镇", "职工人数": 300}
    made = import_workbook(county, Enterprise, sheet(tmp_path / "a.xlsx", [placed])).rows[0]
    book = sheet(tmp_path / "b.xlsx", [{"单位名称": "沫江水泥厂", "职工人数": 310}])
    (row,) = import_workbook(county, Enterprise, book).rows
    assert (row.outcome, row.id) == ("change", made.id)
    assert counts(import_workbook(county, Enterprise, book)) == (0, 0, 1, 0, 0)


def test_a_unit_of_a_known_name_in_another_place_is_asked_about(
    county: Office, tmp_path: Path
) -> None:
    place = "所在乡镇（街道）、园区"
    here = {"单位名称": "沫江水泥厂", place: "沙湾镇"}
    import_workbook(county, Enterprise, sheet(tmp_path / "a.xlsx", [here]))
    book = sheet(tmp_path / "b.xlsx", [{"单位名称": "沫江水泥厂", place: "嘉农镇"}])
    (row,) = import_workbook(county, Enterprise, book).rows
    assert (row.outcome, row.question) == ("asked", "ELSEWHERE")
    assert [change.label for change in row.changes] == [place]
    other = import_workbook(county, Enterprise, book, answers={"ELSEWHERE": "add"})
    assert other.added == 1
    assert counts(import_workbook(county, Enterprise, book)) == (0, 0, 1, 0, 0)
    unclear = sheet(tmp_path / "c.xlsx", [{"单位名称": "沫江水泥厂", "职工人数": 5}])
    (row,) = import_workbook(county, Enterprise, unclear).rows
    assert row.outcome == "refused"
    assert "看不出是哪一条" in row.told


def test_a_unit_of_the_citys_list_is_not_made_again(county: Office, tmp_path: Path) -> None:
    with_headcount = sheet(tmp_path / "a.xlsx", [{"单位名称": "恒宇机械厂", "职工人数": 120}])
    (row,) = import_workbook(county, Enterprise, with_headcount).rows
    assert (row.outcome, row.question) == ("asked", "THEIRS")
    named = sheet(tmp_path / "b.xlsx", [{"单位名称": "恒宇机械厂", "备注": None}])
    assert counts(import_workbook(county, Enterprise, named)) == (0, 0, 1, 0, 0)


def test_a_number_that_two_records_have_is_refused(county: Office, tmp_path: Path) -> None:
    made = [
        saving.save(county, Person, {"name": name, "resident_id": number})
        for name, number in (("丑一", ONE), ("丑二", OTHER))
    ]
    with county.store.write() as connection:
        connection.exec_driver_sql("UPDATE state_person SET number = '沙湾-困2011-0001'")
        settings.keep_serial(connection, "沙湾-困2011-/1", 1)
    book = sheet(tmp_path / "a.xlsx", [person("丑一", ONE, 编号="沙湾-困2011-0001", 家庭人口=5)])
    (row,) = import_workbook(county, Person, book).rows
    assert row.outcome == "refused"
    assert row.cells == ("C2",)
    assert "2条记录" in row.told
    assert all(record_of(county, "person", one.id).household_size is None for one in made)


def test_what_is_left_blank_and_filled_from_the_directory_is_said(
    county: Office, tmp_path: Path
) -> None:
    saving.save(county, Enterprise, {"name": "沙湾红石陶瓷厂", "headcount": 260})
    (row,) = import_workbook(
        county, Visit, sheet(tmp_path / "a.xlsx", [visit(0) | {"走访企（事）业职工人数": None}])
    ).rows
    assert row.outcome == "add"
    assert any("走访企（事）业职工人数" in said and "260人" in said for said in row.carried)
    assert record_of(county, "visit", row.number).headcount == 260


def test_every_change_names_its_field_with_old_and_new(county: Office, tmp_path: Path) -> None:
    old = person("申甲", JIA, 手机号码="13800000001", 民族="汉族", 家庭人口=3)
    import_workbook(county, Person, sheet(tmp_path / "a.xlsx", [old]))
    new = person("申甲", JIA, 手机号码="13800000002", 民族="彝族", 家庭人口=4, 建档日期="2011-7-2")
    account = import_workbook(county, Person, sheet(tmp_path / "b.xlsx", [new]), dry_run=True)
    assert [change.words for change in account.rows[0].changes] == [
        "家庭人口：3人 → 4人",
        "建档日期：（空） → 2011-07-02",
        "手机号码：138******01 → 138******02",
        "民族：汉族 → 彝族",
    ]


def test_what_comes_in_is_what_a_rebuilding_of_the_log_makes(
    county: Office, tmp_path: Path
) -> None:
    rows = [person("申甲", JIA, 民族="汉族", 本人月平均收入=900.5), person("丑一", ONE, 家庭人口=3)]
    import_workbook(county, Person, sheet(tmp_path / "a.xlsx", rows))
    rows[1]["家庭人口"] = 4
    import_workbook(county, Person, sheet(tmp_path / "b.xlsx", rows))
    import_workbook(county, Visit, sheet(tmp_path / "c.xlsx", [visit(100)]))
    with county.store.write() as connection:
        before = states.digest(connection)
        rebuild(connection, county.standpoint)
        assert states.digest(connection) == before


# -- every field of every type


def some_value(office: Office, spec: FieldSpec, chance: random.Random) -> Any:
    """A value of a field, of the kinds people write; None where it is left empty."""
    if spec.field.links:
        return None
    if spec.field.codes is not None:
        codes = [code.value for code in spec.field.codes]
        return chance.choice(codes) if spec.kind is Kind.CODE else chance.sample(codes, 1)
    least, most = spec.field.ge or 0, min(spec.field.le or 500, 500 + (spec.field.ge or 0))
    made: dict[Kind, Any] = {
        Kind.TEXT: chance.choice(["甲 乙", "Ａ１２", "沙湾（一）厂", "·点·", "'0012"]),
        Kind.PROSE: chance.choice(["一是……\n二是……", "  前后有空  ", "“引”，、；"]),
        Kind.INTEGER: chance.randint(least, most),
        Kind.MONEY: chance.choice(["0", "0.5", "1500", "1500.00", "12.30", "9999999999.99"]),
        Kind.DATE: (dt.date(2011, 1, 1) + dt.timedelta(chance.randrange(150))).isoformat(),
        Kind.TIME: f"2011-07-0{chance.randint(1, 9)}T08:{chance.randint(10, 59)}:00+08:00",
        Kind.FLAG: chance.choice([True, False]),
        Kind.NAMES: chance.sample(["李明书", "付志勇", "阿尔·日古", "王琦"], 2),
    }
    return made.get(spec.kind)


EVERY: list[type[Record]] = [*shown(), Area, Campaign, Target, Unit]


@pytest.mark.parametrize("record_type", EVERY, ids=[one.type_name for one in EVERY])
def test_every_type_comes_in_twice_with_nothing_new(
    county: Office, city: Office, tmp_path: Path, record_type: type[Record]
) -> None:
    office = city if record_type in (Area, Campaign, Target, Unit) else county
    chance = random.Random(record_type.type_name)
    specs = template_specs(fields_of(record_type))
    known = typed_of(office, record_type)
    bodies = []
    for n in range(6):
        made = {
            spec.name: some_value(office, spec, chance)
            for spec in specs
            if spec.name not in {"number", "unit"} and spec.field.read is None
        }
        made = {name: value for name, value in made.items() if value is not None}
        bodies.append(
            {**made, **{n: v for n, v in known.items() if by_name(record_type)[n].field.links}}
        )
    bodies.append(known)
    book = tmp_path / "一.xlsx"
    write_template(book, record_type.label, fields_of(record_type), rows=bodies)
    first = import_workbook(office, record_type, book)
    assert first.added
    again = import_workbook(office, record_type, book)
    assert (again.added, again.changed) == (0, 0), [row.told for row in again.rows]
    assert again.same == first.added + first.same + first.changed
    exported = tmp_path / "二.xlsx"
    kept = [body_of(state.record) for state in saving.listing(office, record_type)]
    own = [body for body in kept if body.get("owner") == office.identity.station]
    write_template(exported, record_type.label, fields_of(record_type), rows=own)
    third = import_workbook(office, record_type, exported)
    assert (third.added, third.changed, third.refused) == (0, 0, 0), [r.told for r in third.rows]
    assert third.same == len(own)


def test_what_a_campaign_adds_comes_in_twice_with_nothing_new(
    county: Office, city: Office, tmp_path: Path
) -> None:
    added = (
        ExtraField(id="1", type="visit", name="song", label="慰问金", kind=Kind.MONEY),
        ExtraField(id="2", type="visit", name="word", label="口号", kind=Kind.TEXT),
        ExtraField(id="3", type="visit", name="done", label="已宣讲", kind=Kind.FLAG),
    )
    campaign = next(s for s in saving.listing(city, Campaign) if s.record.code == "2011-36")
    rows = [to_builtins(one) for one in added]
    saving.save(city, Campaign, {"extra_fields": rows}, record=campaign.id)
    row = visit(100) | {"慰问金": 1500, "口号": "进厂", "已宣讲": "是"}
    book = sheet(tmp_path / "a.xlsx", [row])
    first = import_workbook(city, Visit, book)
    assert outcomes(first) == ["add"], first.rows[0].told
    assert record_of(city, "visit", first.rows[0].number).extra["word"] == "进厂"
    assert counts(import_workbook(city, Visit, book)) == (0, 0, 1, 0, 0)
    other = sheet(tmp_path / "b.xlsx", [row | {"口号": "进村"}])
    (changed,) = import_workbook(city, Visit, other, answers={"ALIKE": "change"}).rows
    assert [one.words for one in changed.changes] == ["口号：进厂 → 进村"]
