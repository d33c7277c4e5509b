"""What `make mutants` says at its end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

SCORE = Path(__file__).parent.parent / "packaging" / "mutation_score.py"
MUTATED = """
def x_half__mutmut_orig(n):
    return n / 2

def x_half__mutmut_1(n):
    return n / 3

def x_half__mutmut_2(n):
    return n * 2
"""


def score(folder: Path, *arguments: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, SCORE, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


def tried(folder: Path, module: str, outcomes: dict[int, int | None]) -> None:
    """What mutmut leaves of a module: the changed file, where each change stands, how it ended."""
    source = folder / "mutants" / f"{module.replace('.', '/')}.py"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(MUTATED)
    names = {f"{module}.x_half__mutmut_{number}": code for number, code in outcomes.items()}
    source.with_name(f"{source.name}.meta").write_text(json.dumps({"exit_code_by_key": names}))
    spans = {"x_half__mutmut_orig": [2, 3], "x_half__mutmut_1": [5, 6], "x_half__mutmut_2": [8, 9]}
    source.with_name(f"{source.name}.spans").write_text(json.dumps({"spans": spans}))


def test_the_score_counts_by_module_and_shows_what_no_test_noticed(tmp_path: Path) -> None:
    tried(tmp_path, "app.domain.money", {1: 0, 2: 1, 3: 24, 4: 33, 5: None})
    tried(tmp_path, "app.exchange.index", {1: 3, 2: None})
    tried(tmp_path, "app.exchange.names", {1: None})
    told = score(tmp_path)
    assert [line.split() for line in told] == [
        ["module", "tried", "killed", "survived", "untried"],
        ["app.domain.money", "4", "2", "2", "1", "50.0", "%"],
        ["app.exchange.index", "1", "1", "0", "1", "100.0", "%"],
        ["total", "5", "3", "2", "3", "60.0", "%"],
    ]
    assert score(tmp_path, "app.exchange.*")[-1].split()[:4] == ["total", "1", "1", "0"]


def test_a_survivor_is_shown_with_the_line_that_was_changed(tmp_path: Path) -> None:
    tried(tmp_path, "app.domain.money", {1: 0, 2: 1})
    assert score(tmp_path, "--survivors", "app.domain.money.*")[:3] == [
        "app.domain.money.x_half__mutmut_1  survived",
        "-    return n / 2",
        "+    return n / 3",
    ]


def test_where_nothing_was_tried_there_is_no_share(tmp_path: Path) -> None:
    assert score(tmp_path)[-1].split() == ["total", "0", "0", "0", "0", "–"]
