"""Operators on the command line: taken on, listed, gone; passphrases and the recovery code."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services.office.wrong_tries import FREE
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


def test_a_clerk_is_refused_what_is_not_theirs(
    county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask("operator", "add", "--data", county, "王新")
    monkeypatch.setenv("ZOUFANG_PASSPHRASE", NEW)
    theirs = ("--data", county, "--operator", "王新")
    for words in (
        ("operator", "add", *theirs, "同伙", "--duty", "管理"),
        ("operator", "change", *theirs, "王新", "--duty", "管理"),
        ("operator", "recovery", *theirs),
        ("operator", "rekey", *theirs),
        ("keys", "rotate", *theirs),
        ("keys", "export-identity", *theirs, "--out", county.with_name("identity")),
        ("enrol", "request", *theirs, "--out", county.with_name("out")),
    ):
        said = say(*words)
        assert said.status == 1, words
        assert said.err.startswith("NOT_YOUR_DUTY"), said.err
        assert "现在是李经办" in said.err
    assert not county.with_name("identity").exists()


def test_duties_are_given_and_the_last_administrator_stays(county: Path) -> None:
    ask("operator", "add", "--data", county, "王新")
    where = ("--data", county, "--operator", "李经办")
    said = say("operator", "change", *where, "李经办", "--duty", "经办")
    assert said.err.startswith("LAST_ADMIN")
    changed = ask("operator", "change", *where, "王新", "--duty", "经办", "--duty", "管理")
    assert changed["duties"] == ["clerk", "admin"]
    ask("operator", "change", *where, "李经办", "--duty", "经办")


def test_a_new_store_key_shuts_the_keyring_of_before_out(county: Path) -> None:
    kept = (county / "keyring.json").read_bytes()
    done = ask("operator", "rekey", "--data", county, "--new-recovery")
    assert len(done["recovery_code"].split("-")) == 8
    assert done["temporary"] == {}
    ask("list", "--data", county, "visit")
    (county / "keyring.json").write_bytes(kept)
    assert say("list", "--data", county, "visit").err.startswith("KEYRING_DIFFERS")


@pytest.mark.parametrize("weak", ["12345678", "aaaaaaaa", "        ", "password", "woaini1314"])
def test_a_weak_passphrase_is_refused_on_every_way(
    county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, weak: str
) -> None:
    monkeypatch.setenv("ZOUFANG_NEW_PASSPHRASE", weak)
    for words in (
        ("operator", "add", "--data", county, "王新"),
        ("operator", "passphrase", "--data", county),
    ):
        said = say(*words)
        assert said.err.startswith("PASSPHRASE_"), said.err
    monkeypatch.setenv("ZOUFANG_PASSPHRASE", weak)
    new = tmp_path / "new"
    said = say("init", "--data", new, "--role", "county", "--unit", "511111")
    assert said.err.startswith("PASSPHRASE_")
    assert not new.exists()


def test_wrong_tries_are_counted_over_commands(
    county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZOUFANG_PASSPHRASE", "wrong horse")
    for _ in range(FREE):
        assert say("list", "--data", county, "visit").err.startswith("WRONG_PASSPHRASE")
    said = say("list", "--data", county, "visit")
    assert said.err.startswith("TRY_LATER")
    assert "以后可以再试" in said.err
