"""Files joined and taken apart, and aid given twice, by command."""

from __future__ import annotations

from pathlib import Path

from tests.cli.line import as_json, ask, say

UNITS = [{"name": "沙湾水泥厂", "area": "沙湾镇"}, {"name": "沫江电子厂", "area": "沙湾镇"}]
PERSON = {"name": "刘勇", "resident_id": "11010519491231002X", "consent_on": "2011-07-01"}


def test_two_units_are_joined_and_taken_apart(county: Path) -> None:
    at = ("--data", county)
    made = ask("add", *at, "enterprise", "--from", "-", stdin=as_json(UNITS))
    first, second = [row["number"] for row in made["rows"]]
    both = ask("one-file", *at, "enterprise", first, "--with", second, "--reason", "同一执照")
    assert [one["number"] for one in both["files"]] == [first, second]
    assert {told["file"] for told in both["history"]} == {0, 1}
    assert "认定：同一执照" in say("one-file", *at, "enterprise", second).out
    alone = ask("one-file", *at, "enterprise", second, "--apart")
    assert [one["number"] for one in alone["files"]] == [second]
    assert say("one-file", *at, "enterprise", second, "--apart").err.startswith("NOT_JOINED")


def test_aid_given_twice_is_listed_and_written(county: Path, tmp_path: Path) -> None:
    at = ("--data", county)
    (person,) = ask("add", *at, "person", "--from", "-", stdin=as_json([PERSON]))["rows"]
    case = {"person": person["number"], "types": "生活救助", "found_on": "2011-06-01"}
    (made,) = ask("add", *at, "case", "--from", "-", stdin=as_json([case]))["rows"]
    aid = {"case": made["number"], "type": "生活救助", "money": "500"}
    days = [aid | {"given_on": day} for day in ("2011-02-01", "2011-06-20")]
    ask("add", *at, "aid", "--from", "-", stdin=as_json(days))
    assert ask("double-aid", *at)["lines"] == []
    (line,) = ask("double-aid", *at, "--all", "--year", "2011")["lines"]
    assert (line["names"], line["money"], line["beyond"]) == ("刘勇", "1000", "500")
    for name in ("a.xlsx", "a.pdf"):
        say("double-aid", *at, "--all", tmp_path / name)
        assert (tmp_path / name).stat().st_size > 1000
    assert say("double-aid", *at, tmp_path / "b.pdf").err.startswith("NOTHING_TO_PRINT")
