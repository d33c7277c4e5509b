"""Files kept with a record, and what was said before brought back."""

from __future__ import annotations

from pathlib import Path

from tests.cli.line import VISIT, as_json, ask, say


def visit(county: Path) -> str:
    added = ask("add", "--data", county, "visit", "--from", "-", stdin=as_json(VISIT))
    return str(added["rows"][0]["number"])


def test_a_scan_is_attached_listed_and_taken_off(county: Path, tmp_path: Path) -> None:
    number = visit(county)
    scan = tmp_path / "登记表扫描.pdf"
    scan.write_bytes(b"%PDF-1.4 scanned")
    ask("attach", "--data", county, "visit", number, scan)
    (kept,) = ask("show", "--data", county, "visit", number)["record"]["attachments"]
    assert kept["name"] == "登记表扫描.pdf"
    ask("detach", "--data", county, "visit", number, kept["sha256"])
    assert "attachments" not in ask("show", "--data", county, "visit", number)["record"]


def test_a_file_of_two_gigabytes_is_refused_with_a_sentence(county: Path, tmp_path: Path) -> None:
    number = visit(county)
    huge = tmp_path / "huge.pdf"
    with huge.open("wb") as file:
        file.truncate(2 << 30)
    refused = say("attach", "--data", county, "visit", number, huge)
    assert refused.status == 1
    assert "SCAN_TOO_LARGE" in refused.err
    assert "attachments" not in ask("show", "--data", county, "visit", number)["record"]


def test_a_voided_record_is_brought_back_with_its_content(county: Path) -> None:
    number = visit(county)
    ask("void", "--data", county, "visit", number, "--why", "录重了")
    first = ask("history", "--data", county, "visit", number)["versions"][0]["h"]
    ask("bring-back", "--data", county, "visit", number, first, "--why", "没有录重")
    assert [one["number"] for one in ask("list", "--data", county, "visit")["records"]] == [number]


def test_an_office_gets_its_records_back_from_the_city(city: Path, tmp_path: Path) -> None:
    given = ask("enrol", "restore", "--data", city, "--unit", "511111", "--out", tmp_path / "out")
    (file,) = given["files"]
    assert Path(file).is_file()
    assert ask("inspect", file)["header"]["kind"] == "restore"
