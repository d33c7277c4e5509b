"""考评 by commands: a rubric keyed, points given, computed, appealed, issued, the 通报 written."""

from __future__ import annotations

from pathlib import Path

from tests.cli.line import as_json, ask, say

RUBRIC = {
    "title": "走访考评",
    "as_of": "2011-12-20",
    "campaign": "2011-36",
    "criteria": [
        {"name": "走访单位", "points": "30", "basis": "enterprises", "full_at": "2"},
        {"name": "工作创新", "points": "15"},
    ],
}


def test_an_evaluation_from_the_rubric_to_the_notice(county: Path, tmp_path: Path) -> None:
    data = ("--data", county)
    ask("add", *data, "evaluation", "--from", "-", stdin=as_json(RUBRIC))
    (one,) = ask("evaluation", "list", *data)["evaluations"]
    number = one["number"]
    units = ask("evaluation", "show", *data, number)["places"]
    unit = units[0]["name"]
    ask("evaluation", "compute", *data, number)
    given = ask(
        "evaluation", "give", *data, number, unit, "工作创新", "12.5", "--evidence", "联系点"
    )
    assert given["places"][0]["points"] == "12.5"
    told = ("--said", "漏了", "--answer", "属实", "--points", "14")
    assert (
        ask("evaluation", "appeal", *data, number, unit, "工作创新", *told)["places"][0]["points"]
        == "14"
    )
    ask("evaluation", "commend", *data, number, unit)
    draft = ask("evaluation", "notice", *data, number, tmp_path / "表.pdf")
    assert not draft["issued"]
    shown = say("evaluation", "issue", *data, number)
    assert f"表扬：{unit}" in shown.out
    files = (tmp_path / "通报.docx", tmp_path / "通报.pdf")
    assert ask("evaluation", "notice", *data, number, *files)["issued"]
    assert all(file.stat().st_size for file in files)


def test_points_travel_and_are_objected_to(city: Path, county: Path, tmp_path: Path) -> None:
    below, above = ("--data", county), ("--data", city)
    ask("add", *above, "evaluation", "--from", "-", stdin=as_json(RUBRIC))
    (one,) = ask("evaluation", "list", *above)["evaluations"]
    number = one["number"]
    ask("evaluation", "give", *above, number, "511111", "工作创新", "12", "--evidence", "联系点")
    ask("evaluation", "show-points", *above, number)
    answered = ask("answer", *above, "--unit", "511111", "--out", tmp_path / "down")
    assert answered["answers"][0]["sheets"] == 1
    ask("merge", *below, *answered["files"])
    (result,) = ask("evaluation", "results", *below)["results"]
    assert (result["total"], result["issued"]) == ("12", False)
    said = ("--said", "漏了", "--evidence", "台账")
    told = ask("evaluation", "object", *below, "走访考评", "工作创新", *said)
    assert told["rows"][1]["waiting"] == "漏了"
    sent = ask("submit", *below, "--out", tmp_path / "up", "--signer", "王主任")
    ask("merge", *above, *sent["files"])
    (appeal,) = ask("evaluation", "appeals", *above, number)["appeals"]
    assert (appeal["said"], appeal["evidence"]) == ("漏了", "台账")
    decided = ("--answer", "属实", "--points", "14")
    ask("evaluation", "decide", *above, number, appeal["number"], *decided)
    ask("evaluation", "undecide", *above, number, appeal["number"])
    ask("evaluation", "decide", *above, number, appeal["number"], *decided)
    again = ask("answer", *above, "--unit", "511111", "--out", tmp_path / "again")
    shown = say("merge", *below, *again["files"])
    assert shown.out
    (result,) = ask("evaluation", "results", *below)["results"]
    assert result["rows"][1]["answers"] == [{"said": "漏了", "answer": "属实", "points": "14.00"}]
    refused = ("evaluation", "withdraw", *below, "走访考评", "工作创新")
    assert "没有等待答复的申诉" in say(*refused).err
