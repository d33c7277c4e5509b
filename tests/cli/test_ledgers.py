"""Ledgers and lists are written by commands."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from tests.cli.line import VISIT, as_json, ask, say

ID = "511111196804120319"


def test_a_ledger_and_a_list_are_written(county: Path, tmp_path: Path) -> None:
    ask("add", "--data", county, "visit", "--from", "-", stdin=as_json(VISIT))
    out = tmp_path / "走访.xlsx"
    made = ask("ledger", "--data", county, "走访台账", out)["files"]
    assert [(one["ledger"], one["records"]) for one in made] == [("走访台账", 1)]
    assert load_workbook(out).active is not None
    paper = tmp_path / "走访.pdf"
    ask("export", "--data", county, "visit", paper, "--where", "走访日期=2011-07-01..")
    assert paper.read_bytes().startswith(b"%PDF")
    columns = ("--column", "走访日期", "--order", "-走访日期", "--find", "无线电")
    assert ask("export", "--data", county, "visit", out, *columns)["files"][0]["records"] == 1


def test_all_ledgers_go_into_a_folder(county: Path, tmp_path: Path) -> None:
    ask("add", "--data", county, "visit", "--from", "-", stdin=as_json(VISIT))
    folder = tmp_path / "台账"
    folder.mkdir()
    ask("ledger", "--data", county, "all", folder)
    assert sorted(path.name for path in folder.iterdir()) == [
        "单位名录.pdf",
        "单位名录.xlsx",
        "走访台账.pdf",
        "走访台账.xlsx",
    ]


def test_full_numbers_have_a_reason_that_is_seen(county: Path, tmp_path: Path) -> None:
    typed = as_json({"name": "龚䶮", "resident_id": ID})
    ask("add", "--data", county, "person", "--from", "-", stdin=typed)
    out = tmp_path / "困难职工.xlsx"
    ask("ledger", "--data", county, "persons", out, "--full-numbers-because", "年度复核")
    assert [line["why"] for line in ask("paper", "seen", "--data", county)["seen"]] == ["年度复核"]


def test_what_cannot_be_meant_is_refused(county: Path, tmp_path: Path) -> None:
    out = tmp_path / "t.xlsx"
    assert say("ledger", "--data", county, "什么台账", out).status == 1
    assert say("ledger", "--data", county, "visits", out).status == 1
    assert say("ledger", "--data", county, "visits", tmp_path / "t.doc").status == 2
    assert say("ledger", "--data", county, "all", tmp_path / "没有").status == 2
    assert say("export", "--data", county, "visit", out, "--where", "瞎写").status == 1
    assert say("export", "--data", county, "visit", out, "--list", "没有").status == 1
    assert say("export", "--data", county, "visit", out, "--column", "没有").status == 2
