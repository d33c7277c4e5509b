"""The directory by command: worked through, joined, taken back, and the rates that stand on it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.line import as_json, ask, say

UNITS = [
    {"name": "沙湾水泥厂", "kind": "企业", "area": "沙湾镇", "verification": "预置"}
    | {"has_union": "是", "industry": "水泥"},
    {"name": "沫江电子厂", "kind": "企业", "area": "沙湾镇", "verification": "预置"},
    {"name": "嘉农砖瓦厂", "kind": "企业", "area": "嘉农镇", "verification": "预置"},
]


def test_a_list_is_worked_through_by_command(county: Path) -> None:
    at = ("--data", county)
    made = ask("add", *at, "enterprise", "--from", "-", stdin=as_json(UNITS))
    first, second, third = [row["number"] for row in made["rows"]]
    assert "待核实 3 家" in say("directory", "work", *at).out
    assert "已核实" in say("directory", "verify", *at, first).out
    ask("directory", "gone", *at, third, "--how", "moved")
    ask("directory", "join", *at, second, first)
    assert ask("directory", "work", *at)["counts"] == {"verified": 1, "missing": 1, "duplicate": 1}
    table = ask("rates", *at, "--by", "industry")
    assert [row["name"] for row in table["rows"]] == ["非金属矿物制品业"]
    assert table["total"]["cells"][0]["percent"] == "100.0%"
    assert "建会率 100.0%（1／1 家）" in say("rates", *at).out

    ask("directory", "undo", *at, second)
    ask("directory", "undo", *at, third)
    assert ask("directory", "work", *at)["counts"] == {"verified": 1, "preset": 2}
    assert say("directory", "gone", *at, third, "--how", "away").status == 2
    assert say("directory", "undo", *at, third).err.startswith("NOTHING_TO_UNDO")
