"""A sample is drawn, keyed again by another operator and compared, by commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.line import VISIT, as_json, ask, say

NEW = "blue whale sings"


@pytest.fixture
def drawn(county: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with another operator, where one visit of two was drawn."""
    monkeypatch.setenv("ZOUFANG_NEW_PASSPHRASE", NEW)
    ask("operator", "add", "--data", county, "王新")
    names = ({**VISIT, "enterprise_name": f"第{n}砖厂", "area": "福禄镇"} for n in range(2))
    who = ("--operator", "李经办")
    ask("add", "--data", county, "visit", "--from", "-", *who, stdin=as_json(list(names)))
    sample = ask("second", "draw", "--data", county, "visit", "--every", "2", *who)
    assert (sample["every"], sample["among"], sample["drawn"]) == (2, 2, 1)
    assert sample["start"] in (1, 2)
    return county


def test_a_paper_is_keyed_again_compared_and_settled(
    drawn: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = ask("second", "list", "--data", drawn, "走访登记", "--operator", "李经办")
    assert (own["papers"], own["others"]) == ([], 1)
    monkeypatch.setenv("ZOUFANG_PASSPHRASE", NEW)
    new = ("--data", drawn, "--operator", "王新")
    (paper,) = ask("second", "list", *new, "visit")["papers"]
    typed = as_json({**VISIT, "enterprise_name": paper["title"], "走访企（事）业职工人数": 1260})
    which = ("visit", paper["number"], "--from", "-")
    found = ask("second", "compare", *new, *which, stdin=typed)
    assert [(one["first"], one["second"]) for one in found["differing"]] == [("1250人", "1260人")]

    open_ = say("second", "settle", *new, *which, stdin=typed)
    assert open_.status == 1
    assert "走访企（事）业职工人数" in open_.err
    done = ask("second", "settle", *new, *which, "--second", "headcount", stdin=typed)
    assert (done["differing"], done["mended"]) == (1, 1)
    shown = ask("show", *new, "visit", paper["number"])
    assert "1260" in str(shown)
    (result,) = ask("second", "result", *new)["operators"]
    assert (result["drawn"], result["done"], result["differing"]) == (1, 1, 1)


def test_what_is_no_field_is_told(drawn: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZOUFANG_PASSPHRASE", NEW)
    new = ("--data", drawn, "--operator", "王新")
    (paper,) = ask("second", "list", *new, "visit")["papers"]
    which = ("visit", paper["number"], "--from", "-")
    said = say("second", "compare", *new, *which, stdin=as_json({"人数多少": 1}))
    assert said.status == 2
    assert "人数多少" in said.err
    many = say("second", "compare", *new, *which, stdin=as_json([{}, {}]))
    assert many.status == 2
