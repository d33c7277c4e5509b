"""The papers of workers in difficulty, printed by commands."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pypdfium2

from tests.cli.line import as_json, ask, say

ID = "511111196804120319"


def pages_of(path: Path) -> int:
    with closing(pypdfium2.PdfDocument(path)) as document:
        return len(document)


def test_files_and_lists_are_printed_and_full_numbers_noted(county: Path, tmp_path: Path) -> None:
    typed = as_json({"name": "龚䶮", "resident_id": ID, "consent_on": "2011-07-12"})
    person = ask("add", "--data", county, "person", "--from", "-", stdin=typed)["rows"][0]["id"]
    case = as_json({"person": person, "types": "生活帮扶", "found_on": "2011-07-12"})
    case_id = ask("add", "--data", county, "case", "--from", "-", stdin=case)["rows"][0]["id"]
    aid = as_json({"case": case_id, "type": "生活帮扶", "given_on": "2011-07-20", "money": "500.5"})
    ask("add", "--data", county, "aid", "--from", "-", stdin=aid)

    out = tmp_path / "单.pdf"
    because = ["--full-numbers-because", "财务报账"]
    for words, count in (
        (["file", "--person", person], 2),
        (["file", "--blank"], 2),
        (["roster", "--unit", "511111"], 1),
        (["sign", "--since", "2011-7-1", *because], 1),
        (["sign", "--blank"], 1),
        (["public", "--given", "--from", "2011.7.21", "--to", "2011.7.28"], 1),
    ):
        printed = ask("paper", words[0], "--data", county, *words[1:], out)
        assert printed["pages"] == pages_of(out) == count

    assert say("paper", "sign", "--data", county, "--until", "2010-1-1", out).status == 1
    assert say("paper", "file", "--data", county, "--blank", "--person", "x", out).status == 2
    assert [line["why"] for line in ask("paper", "seen", "--data", county)["seen"]] == [
        "财务报账",
        "打印困难职工档案表",
    ]
    assert "财务报账" in say("paper", "seen", "--data", county).out


def test_a_hazard_is_printed_on_a_page(county: Path, tmp_path: Path) -> None:
    typed = as_json(
        {
            "nature": "欠薪",
            "description": "拖欠工资",
            "level": "重大",
            "found_at": "2011-07-20T08:00:00+08:00",
        }
    )
    number = ask("add", "--data", county, "hazard", "--from", "-", stdin=typed)["rows"][0]["number"]
    out = tmp_path / "隐患.pdf"
    assert ask("paper", "hazard", "--data", county, out, number)["pages"] == pages_of(out) == 1
