"""`tally` and `indicators`: the same numbers as in the window, as JSON and as a workbook."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.cli.line import VISIT, as_json, ask, say


def test_a_table_is_counted_and_kept_as_a_sheet(county: Path, tmp_path: Path) -> None:
    body = as_json(VISIT | {"methods": ["visit"]})
    ask("add", "--data", county, "visit", "--from", "-", stdin=body)
    assert "methods" in ask("tally", "--data", county)
    sheet = tmp_path / "调研方式.xlsx"
    told = ask("tally", "--data", county, "methods", "--sheet", sheet)
    rows = {row["name"]: row["numbers"] for row in told["rows"]}
    assert rows["合计"][0] == "1"
    assert rows["走访调查"][0] == "1"
    assert openpyxl.load_workbook(sheet).active is not None
    title = ask("tally", "--data", county, "priorities")["title"]
    assert title.endswith("工作重点")
    refused = say("tally", "--data", county, "nothing")
    assert refused.status == 2


def test_the_indicators_of_2012_are_told(county: Path) -> None:
    told = ask("indicators", "--data", county, "--campaign", "2012-55")
    assert len(told["indicators"]) == 16
    assert told["indicators"][5]["rows"][0]["name"] == "合计"
