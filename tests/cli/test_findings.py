"""逻辑检查 of what was received, by command."""

from __future__ import annotations

from pathlib import Path

from tests.cli.line import VISIT, as_json, ask, say


def test_findings_are_listed_returned_accepted_and_asked_again(
    county: Path, city: Path, tmp_path: Path
) -> None:
    visits = [VISIT | {"opinions": "", "enterprise_name": name} for name in ("第一厂", "第二厂")]
    ask("add", "--data", county, "visit", "--from", "-", stdin=as_json(visits))
    ask("merge", "--data", city, *ask("submit", "--data", county, "--out", tmp_path)["files"])
    data = ("--data", city)
    files = [tmp_path / "检查.xlsx", tmp_path / "检查.pdf"]
    told = ask("findings", "list", *data, "--rule", "V03", "--out", files[0], "--out", files[1])
    assert told["count"] == 2
    assert {one["field"] for one in told["findings"]} == {"opinions"}
    assert all(file.stat().st_size for file in files)
    number = told["findings"][0]["number"]
    narrowed = ("--rule", "V03", "--record", number)
    assert ask("findings", "return", *data, *narrowed)["findings"] == 1
    assert ask("findings", "accept", *data, "--rule", "V03", "--reason", "纸上没有")["records"] == 1
    assert ask("findings", "list", *data, "--rule", "V03")["count"] == 0
    shown = say("findings", "list", *data, "--rule", "V03", "--standing", "已认可")
    assert "已认可：纸上没有" in shown.out
    assert ask("findings", "ask-again", *data, "--rule", "V03")["findings"] == 2
    assert ask("findings", "list", *data, "--rule", "V03")["count"] == 2
    assert say("findings", "return", *data).status == 2, "nobody means all of them by saying none"
