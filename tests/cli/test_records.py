"""Records in, out, checked and examined, a row at a time."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import openpyxl

from app.cli.frame.open_folder import at_work
from tests.cli.line import VISIT, as_json, ask, say

PERSON = {"name": "阿尔·日古", "resident_id": "511102198001010012", "consent_on": "2011-7-1"}


def test_a_bad_row_stops_no_other(county: Path) -> None:
    rows = [VISIT, {"headcount": "很多"}, {**VISIT, "没有这一项": 1}, {**VISIT, "headcount": 7}]
    said = say("add", "--data", county, "visit", "--from", "-", "--json", stdin=as_json(rows))
    assert said.status == 1
    assert [row["saved"] for row in said.json["rows"]] == [True, False, False, True]
    assert said.json["rows"][1]["error"]["code"] == "ENTRY"
    assert said.json["rows"][2]["error"]["code"] == "UNKNOWN_FIELD"
    assert ask("list", "--data", county, "visit")["count"] == 2


def test_what_is_no_json_is_refused(county: Path) -> None:
    for text in ("{", "[]", "[1]", "3", ""):
        said = say("add", "--data", county, "visit", "--from", "-", "--json", stdin=text)
        assert (said.status, said.json["error"]["code"]) == (1, "NOT_JSON"), text


def test_json_that_can_be_taken_two_ways_is_refused(county: Path) -> None:
    twice = as_json(VISIT).replace("{", '{"headcount": 1, "headcount": 2, ', 1)
    for text in ("[" * 100_000, '{"a":' * 100_000, twice):
        said = say("add", "--data", county, "visit", "--from", "-", "--json", stdin=text)
        assert (said.status, said.json["error"]["code"]) == (1, "NOT_JSON"), text[:20]
    named = {**PERSON, "name": True}
    said = say("add", "--data", county, "person", "--from", "-", "--json", stdin=as_json(named))
    assert (said.status, said.json["rows"][0]["error"]["code"]) == (1, "ENTRY")


def test_a_sheet_comes_in_with_its_columns_told(county: Path, tmp_path: Path) -> None:
    path = tmp_path / "厂.csv"
    path.write_text("厂子,职工人数,备查\n沫江糖厂,90,好\n合计,90,\n", "gb18030")
    words = ("import", "--data", county, "enterprise", path)
    said = say(*words)
    assert said.status == 1
    assert "A 列“厂子”" in said.err
    said = say(*words, "--column", "厂子=单位名称", "--column", "备查=")
    assert said.status == 0
    assert "合计，不算记录：1行（第3行）。" in said.out
    assert "没有导入的列：C“备查”" in said.out
    assert "已添加1条" in said.out


def test_failed_checks_are_listed_and_reminders_accepted(county: Path) -> None:
    said = say("add", "--data", county, "走访登记", "--from", "-", "--json", stdin="{}")
    error = said.json["rows"][0]["error"]
    assert error["code"] == "CHECK_FAILED"
    assert {finding["field"] for finding in error["findings"]} >= {"leaders", "headcount"}
    visit = {**VISIT, "headcount": 0}
    noted = ask("add", "--data", county, "visit", "--from", "-", stdin=as_json(visit))
    codes = [finding["code"] for finding in noted["rows"][0]["findings"]]
    assert codes
    accept = [word for code in codes for word in ("--accept", f"{code}=确实如此")]
    key = ("--record", noted["rows"][0]["number"])
    text = as_json({"remarks": "已核对"})
    again = ask("add", "--data", county, "visit", "--from", "-", *key, *accept, stdin=text)
    assert all(finding["accepted"] for finding in again["rows"][0]["findings"])
    assert ask("check", "--data", county)["errors"] == 0


def test_the_store_is_examined_and_made_anew(county: Path) -> None:
    ask("add", "--data", county, "visit", "--from", "-", stdin=as_json(VISIT))
    seen = ask("check", "--data", county)["store"]
    assert (seen["sound"], seen["agrees"], seen["rebuilt"]) == (True, True, False)
    again = ask("check", "--data", county, "--rebuild")["store"]
    assert (again["rebuilt"], again["digest"]) == (True, seen["digest"])

    with at_work(county) as office, office.store.write() as connection:
        connection.exec_driver_sql("UPDATE state_visit SET headcount = 1")
    said = say("check", "--data", county, "--json")
    assert (said.status, said.json["error"]["code"]) == (3, "STATE_DIFFERS")
    assert ask("check", "--data", county, "--rebuild")["store"]["digest"] == seen["digest"]


def test_a_voided_record_leaves_the_list(county: Path) -> None:
    added = ask("add", "--data", county, "visit", "--from", "-", stdin=as_json(VISIT))
    number = added["rows"][0]["number"]
    ask("void", "--data", county, "visit", number, "--why", "重复登记")
    assert ask("list", "--data", county, "visit")["records"] == []
    (left,) = ask("list", "--data", county, "visit", "--void")["records"]
    assert left["void"] is True


def test_sensitive_fields_are_masked(county: Path) -> None:
    ask("add", "--data", county, "person", "--from", "-", stdin=as_json(PERSON))
    for words in (("list",), ("history",), ("show",)):
        key = () if words == ("list",) else (_only(county, "person"),)
        for end in ((), ("--json",)):
            said = say(*words, "--data", county, "person", *key, *end)
            assert said.status == 0
            assert PERSON["resident_id"] not in said.out
    shown = ask("show", "--data", county, "person", _only(county, "person"))
    assert shown["record"]["resident_id"] == "511102**********12"


def test_a_template_is_filled_and_imported(county: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "空表.xlsx"
    ask("template", "visit", sheet)
    _fill(sheet, {"走访企（事）业单位名称": "乐山无线电公司", "参与走访领导": "李明书"})
    key = ("--data", county, "visit", sheet)
    refused = say("import", *key, "--marked", tmp_path / "改.xlsx", "--json")
    assert (refused.status, refused.json["refused"]) == (1, 1)
    assert Path(refused.json["marked"]).exists()
    _fill(sheet, {"走访企（事）业职工人数": 5, "走访日期": "2011.7.20"})
    assert ask("import", *key, "--dry-run")["added"] == 1
    assert ask("list", "--data", county, "visit")["count"] == 0
    added = ask("import", *key)
    assert added["added"] == 1
    assert ask("import", *key)["same"] == 1
    (one,) = ask("imports", "--data", county)["imports"]
    assert (one["n"], one["file"]) == (added["batch"], "空表.xlsx")
    undo = ("undo-import", "--data", county, added["batch"])
    assert ask(*undo, "--dry-run")["gone"] == 1
    assert ask("list", "--data", county, "visit")["count"] == 1
    assert ask(*undo)["staying"] == []
    assert ask("list", "--data", county, "visit")["count"] == 0
    assert "撤销" in say("imports", "--data", county).out


def test_what_a_person_decides_is_said_once_for_all_rows(county: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "空表.xlsx"
    ask("template", "visit", sheet)
    name = {"走访企（事）业单位名称": "乐山无线电公司", "参与走访领导": "李明书"}
    _fill(sheet, {**name, "走访企（事）业职工人数": 5, "走访日期": "2011.7.20"})
    key = ("--data", county, "visit", sheet)
    ask("import", *key)
    _fill(sheet, {"走访企（事）业职工人数": 6})
    asked = say("import", *key)
    assert asked.status == 1
    assert "--answer ALIKE=change" in asked.out
    assert ask("import", *key, "--answer", "ALIKE=change")["changed"] == 1
    assert say("import", *key, "--answer", "ALIKE=none").status == 2
    assert say("import", *key, "--answer", "WHAT=add").status == 2


def _fill(sheet: Path, row: dict[str, str | int]) -> None:
    book = openpyxl.load_workbook(sheet)
    page = book.worksheets[0]
    heading = next(n for n, cells in enumerate(page.values, 1) if "走访日期" in _plain(cells))
    columns = _plain(next(iter(page.iter_rows(heading, heading, values_only=True))))
    for label, value in row.items():
        page.cell(heading + 1, columns.index(label) + 1, value)
    book.save(sheet)


def _plain(cells: Iterable[object]) -> list[str]:
    return [str(cell or "").lstrip("＊") for cell in cells]


def _only(data: Path, type_name: str) -> str:
    (record,) = ask("list", "--data", data, type_name)["records"]
    return str(record["number"])
