"""Operators on the command line: taken on, listed, gone; passphrases and the recovery code."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.line import ask, say

NEW = "battery staple"


@pytest.fixture(autouse=True)
def _new_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZOUFANG_NEW_PASSPHRASE", NEW)


def test_a_colleague_comes_and_goes(county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = ("--data", county, "--operator", "李经办")
    added = ask("operator", "add", *where, "王新", "--duty", "负责人", "--department", "办公室")
    assert (added["name"], added["duties"]) == ("王新", ["leader"])
    listed = ask("operator", "list", *where)["operators"]
    assert [(one["name"], one["can_open"]) for one in listed] == [("李经办", True), ("王新", True)]

    monkeypatch.setenv("ZOUFANG_PASSPHRASE", NEW)
    assert ask("list", "--data", county, "--operator", "王新", "visit")["records"] == []
    monkeypatch.setenv("ZOUFANG_PASSPHRASE", "correct horse")

    gone = ask("operator", "leave", *where, "王新", "--on", "2030-01-05")
    assert (gone["on_duty_to"], gone["can_open"]) == ("2030-01-05", False)
    said = say("operator", "list", *where)
    assert "王新　负责人　2030-01-05离岗" in said.out


def test_the_own_passphrase_is_changed(county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask("operator", "passphrase", "--data", county)
    assert say("operator", "list", "--data", county).err.startswith("WRONG_PASSPHRASE")
    monkeypatch.setenv("ZOUFANG_PASSPHRASE", NEW)
    ask("operator", "list", "--data", county)


def test_the_recovery_code_is_renewed(county: Path) -> None:
    first = ask("operator", "recovery", "--data", county)["recovery_code"]
    second = ask("operator", "recovery", "--data", county)["recovery_code"]
    assert first != second
    assert len(second.split("-")) == 8


def test_an_unknown_duty_is_wrong_usage(county: Path) -> None:
    said = say("operator", "add", "--data", county, "王新", "--duty", "国王")
    assert said.status == 2
    assert "国王" in said.err


def test_a_missing_new_passphrase_names_its_variable(
    county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ZOUFANG_NEW_PASSPHRASE")
    said = say("operator", "passphrase", "--data", county)
    assert said.status == 2
    assert "ZOUFANG_NEW_PASSPHRASE" in said.err
