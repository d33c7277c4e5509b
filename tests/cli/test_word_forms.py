"""Filled Word forms by command: seen first, then saved as they were seen, and taken back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.line import ask, say

DATA = Path(__file__).parents[1] / "documents/data/wordforms"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "登记表"
    folder.mkdir()
    for name in ("05_three_forms.doc", "16_controls_fields_hidden.odt", "rtf.doc"):
        shutil.copy(DATA / name, folder / name)
    return folder


def test_forms_are_seen_and_then_saved_as_they_were_seen(county: Path, folder: Path) -> None:
    words = ("import-forms", "--data", county, folder)
    before = len(ask("list", "--data", county, "visit")["records"])
    said = say(*words)
    assert said.status == 1
    assert "参与走访领导：王建国、刘勇" in said.out
    assert "有隐藏的文字" in said.out
    assert "rtf.doc" in said.err
    assert "VISIT_DAY=filed" in said.out
    mark = said.out.split("--save ")[1].split()[0]
    assert len(ask("list", "--data", county, "visit")["records"]) == before

    assert say(*words, "--save", "00000000").status == 1
    saving = (*words, "--answer", "VISIT_DAY=filed", "--save", mark, "--json")
    first = say(*saving).json["account"]
    assert (first["added"], first["asked"]) == (3, 1)
    looked = (*saving, "--set", "4:走访企（事）业职工人数=237", "--looked", "all")
    second = say(*looked).json["account"]
    assert [row["outcome"] for row in second["rows"]][:3] == ["same", "same", "same"]
    assert say("undo-import", "--data", county, first["batch"]).status == 0
    assert len(ask("list", "--data", county, "visit")["records"]) == before


def test_wrong_words_are_wrong_usage(county: Path, folder: Path) -> None:
    words = ("import-forms", "--data", county, folder)
    assert say(*words, "--looked", "9").status == 2
    assert say(*words, "--set", "1:身高=3").status == 2
    assert say(*words, "--answer", "VISIT_DAY=never").status == 2
    assert say(*words, "--leave-out", "1").status == 1
