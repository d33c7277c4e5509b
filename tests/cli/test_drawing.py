"""随机抽取 by commands: drawn, replaced, planned, printed, and checked without any data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.line import as_json, ask, say


@pytest.fixture
def data(county: Path) -> Path:
    """A county with twelve units of its own in two kinds."""
    units = [
        {
            "name": f"{chr(0x4E00 + n)}字号厂",
            "kind": ("事业单位", "企业")[n % 2],
            "above_scale": "是",
        }
        for n in range(12)
    ]
    words = ("--accept", "G01=另一家", "--from", "-")
    ask("add", "--data", county, "enterprise", *words, stdin=as_json(units))
    return county


def draw(data: Path, *words: object) -> dict[str, Any]:
    told = ("--title", "走访抽取", "--witness", "王主任", "--where", "规模以上=是")
    return dict(ask("draw", "new", "--data", data, *told, *words))


def test_a_draw_from_the_list_to_the_check_by_anybody(data: Path, tmp_path: Path) -> None:
    seen = say(
        "draw", "new", "--data", data, "--where", "规模以上=是", "--strata", "kind", "--count", 4,
        "--dry-run",
    )  # fmt: skip
    assert "企业：6家，抽2家" in seen.out
    made = draw(data, "--strata", "kind", "--count", 4, "--seed", "3 5 2 6")
    number = made["number"]
    stand = made["stand"]
    assert len(stand) == 4

    assert ask("draw", "plan", "--data", data, number) == {"planned": 4, "skipped": 0}
    came = ask("draw", "replace", "--data", data, number, stand[0], "--why", "停产")
    assert (came["place"], came["planned"]) == (3, True)
    shown = say("draw", "show", "--data", data, number)
    assert "结果相同" in shown.out
    assert "已换成" in shown.out
    assert len(ask("draw", "list", "--data", data)["draws"]) == 1

    paper = tmp_path / "单.pdf"
    assert ask("draw", "sheet", "--data", data, number, paper)["pages"] == 2
    file = Path(ask("draw", "export", "--data", data, number, tmp_path / "核验")["file"])
    for words in (("draw", "--verify", file), ("draw", "verify", file)):
        told = ask(*words)
        assert told["verified"]
        assert len(told["replacements"]) == 1
    assert "核验通过" in say("draw", "--verify", file).out

    changed = json.loads(file.read_text("utf-8"))
    changed["seed"] = "6 6 6"
    file.write_text(json.dumps(changed), "utf-8")
    refused = say("draw", "--verify", file)
    assert refused.status == 1
    assert "DRAW_DIFFERS：核验不通过" in refused.err


def test_a_saved_list_is_drawn_from_and_the_rest_is_refused(data: Path, county: Path) -> None:
    assert say("draw", "new", "--data", data, "--saved", "没有的", "--count", 1).status == 1
    assert "监督人" in say("draw", "new", "--data", data, "--title", "x", "--count", 1).err
    for words in (
        ("new", "--data", data, "--strata", "moon"),
        ("new", "--data", data, "--each"),
        ("new", "--data", data, "--strata", "kind", "--fixed", "企业=许多"),
        (),
        ("--verify", data, "list", "--data", data),
    ):
        assert say("draw", *words).status == 2
    fixed = draw(data, "--strata", "kind", "--fixed", "企业=1")
    each = draw(data, "--strata", "kind", "--count", 3, "--each")
    assert [len(one["stand"]) for one in (fixed, each)] == [1, 6]


def test_what_is_added_by_hand_is_refused(data: Path) -> None:
    said = say("add", "--data", data, "draw", "--from", "-", stdin='{"title": "自己写"}')
    assert said.status == 1
    assert "MADE_WHOLE" in said.err
