"""Packages, slips and backups: made, taken in, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli.frame.progress import Watch
from app.domain.kernel.progress import Step
from tests.cli.line import VISIT, as_json, ask, say


def test_packages_are_all_tried_and_any_refusal_is_told(
    county: Path, city: Path, tmp_path: Path
) -> None:
    ask("add", "--data", county, "visit", "--from", "-", stdin=as_json(VISIT))
    stick = tmp_path / "stick"
    good = ask("submit", "--data", county, "--out", stick)["files"]
    (stick / "000-broken.zfpkg").write_bytes(b"PK nothing")
    tried = say("merge", "--data", city, stick, "--dry-run", "--json")
    assert tried.status == 1
    assert ask("list", "--data", city, "visit")["count"] == 0

    said = say("merge", "--data", city, stick, "--json")
    assert said.status == 1
    states = [account["state"] for account in said.json["accounts"]]
    assert states[-2:] == ["merged", "refused"], "what cannot be read comes last"
    told = ask("merges", "--data", city, said.json["run"])["run"]
    assert [one["state"] for one in told["files"]] == states
    assert "PKG_CORRUPT" in said.err
    again = ask("merge", "--data", city, *good)
    assert {account["state"] for account in again["accounts"]} == {"duplicate"}


def test_forms_and_slips_are_printed(county: Path, tmp_path: Path) -> None:
    ask(
        "add",
        "--data",
        county,
        "visit",
        "--from",
        "-",
        stdin=as_json([VISIT, VISIT | {"headcount": 9}]),
    )
    paper = tmp_path / "表.pdf"
    for choice, pages in ((("--all",), 2), (("--visit", "沙湾-2011-0001"), 1), (("--blank",), 1)):
        printed = ask("form", "--data", county, *choice, paper)
        assert printed["pages"] == pages
        assert paper.read_bytes().startswith(b"%PDF-")
    assert say("form", "--data", county, paper).status == 2
    sent = ask("submit", "--data", county, "--out", tmp_path / "stick")
    assert [Path(slip).name[:3] for slip in sent["slips"]] == ["送审表", "报送单"]
    asked = ask("enrol", "request", "--data", county, "--out", tmp_path / "stick")
    for slip in (*sent["slips"], asked["registration"]):
        assert Path(slip).read_bytes().startswith(b"%PDF-")


def test_a_package_is_taken_back_and_merged_again(county: Path, city: Path, tmp_path: Path) -> None:
    ask("add", "--data", county, "visit", "--from", "-", stdin=as_json(VISIT))
    files = ask("submit", "--data", county, "--out", tmp_path / "stick")["files"]
    *_, account = ask("merge", "--data", city, *files)["accounts"]
    assert ask("undo", "--data", city, account["package"])["withdrawn"] == account["new"]
    assert ask("list", "--data", city, "visit")["count"] == 0
    said = say("undo", "--data", city, account["package"], "--json")
    assert (said.status, said.json["error"]["code"]) == (1, "NOT_MERGED")
    ask("merge", "--data", city, *files)
    assert ask("list", "--data", city, "visit")["count"] == 1
    said = say("settle-fork", "--data", city, files[-1], "--json")
    assert (said.status, said.json["error"]["code"]) == (1, "NO_FORK")


def test_from_a_stick_each_takes_what_is_its_own(county: Path, city: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    ask("enrol", "invite", "--data", city, "--unit", "511112", "--out", stick)
    ask("add", "--data", county, "visit", "--from", "-", stdin=as_json(VISIT))
    ask("submit", "--data", county, "--out", stick)
    taken = ask("merge", "--data", city, *stick.glob("*.zfpkg"))
    assert {a["kind"] for a in taken["accounts"]} == {"enrol", "submission"}
    assert len(taken["skipped"]) == 2
    assert ask("merge", "--data", county, stick)["accounts"][0]["kind"] == "trust"
    named = say("merge", "--data", county, *stick.glob("*_to_511112_*"), "--json")
    assert (named.status, named.json["error"]["code"]) == (1, "NOT_FOR_US")


def test_nothing_new_is_refused_unless_something_waits_to_be_confirmed(
    county: Path, city: Path, tmp_path: Path
) -> None:
    ask("add", "--data", county, "visit", "--from", "-", stdin=as_json(VISIT))
    first = ask("submit", "--data", county, "--out", tmp_path / "1")
    again = ask("submit", "--data", county, "--out", tmp_path / "2")
    assert again["report"] is None
    assert [Path(f).name for f in again["files"]] == [Path(f).name for f in first["files"]]
    ask("merge", "--data", city, *first["files"])
    answer = ask("answer", "--data", city, "--unit", "511111", "--out", tmp_path / "3")
    ask("merge", "--data", county, *answer["files"])
    said = say("submit", "--data", county, "--out", tmp_path / "4", "--json")
    assert (said.status, said.json["error"]["code"]) == (1, "NOTHING_TO_SEND")


def test_a_backup_brings_everything_back(county: Path, tmp_path: Path) -> None:
    ask("add", "--data", county, "visit", "--from", "-", stdin=as_json(VISIT))
    made = ask("backup", "--data", county, tmp_path)
    ask("restore", "--data", tmp_path / "new", made["file"])
    assert ask("list", "--data", tmp_path / "new", "visit")["count"] == 1
    ask("add", "--data", county, "visit", "--from", "-", stdin=as_json({**VISIT, "headcount": 9}))
    said = say("restore", "--data", county, made["file"], "--json")
    assert (said.status, said.json["error"]["code"]) == (1, "RESTORE_OLDER")
    ask("restore", "--data", county, made["file"], "--force")
    assert ask("list", "--data", county, "visit")["count"] == 1


def test_a_folder_merge_that_is_stopped_says_what_is_in_and_goes_on_where_it_was(
    county: Path, city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for headcount in (8, 9):
        ask(
            "add", "--data", county, "visit", "--from", "-",
            stdin=as_json(VISIT | {"headcount": headcount}),
        )  # fmt: skip
        ask("submit", "--data", county, "--out", tmp_path / "stick")
    steps: list[str] = []

    def stop_at_the_third(watch: Watch, step: Step) -> None:
        steps.append(step.label)
        if step.place == 3:
            watch.interrupt(2, None)

    with monkeypatch.context() as patched:
        patched.setattr(Watch, "progress", stop_at_the_third)
        said = say("merge", "--data", city, tmp_path / "stick", "--json")
    assert said.status == 1
    assert said.json["error"]["code"] == "CANCELLED"
    assert "1 份已经汇总，1 份没有汇总" in said.json["error"]["what"]
    assert [one["state"] for one in said.json["accounts"]] == ["duplicate", "merged"]
    assert len(said.json["left"]) == 1
    assert ask("list", "--data", city, "visit")["count"] == 1
    assert any("第 2 个，共 3 个　" in step for step in steps)

    plain = say("merge", "--data", city, tmp_path / "stick")
    assert plain.status == 0
    assert "以前已经汇总过 2 份" in plain.out
    assert ask("list", "--data", city, "visit")["count"] == 2
    runs = say("merges", "--data", city).out.splitlines()
    assert len(runs) == 2
    assert "还没有轮到 1 份" in runs[1]
    out = tmp_path / "情况.pdf"
    assert f"已存为“{out}”。" in say("merges", "--data", city, "1", "--out", out).out
    assert out.read_bytes().startswith(b"%PDF-")


def test_all_offices_that_reported_are_answered_in_one_go(
    county: Path, city: Path, tmp_path: Path
) -> None:
    ask("add", "--data", county, "visit", "--from", "-", stdin=as_json(VISIT))
    sent = ask("submit", "--data", county, "--out", tmp_path / "up")
    ask("merge", "--data", city, *sent["files"])
    said = ask("answer", "--data", city, "--all", "--out", tmp_path / "down")
    assert "511111" in [one["unit"] for one in said["answers"]]
    assert all(one["files"] for one in said["answers"])
    assert say("answer", "--data", city, "--out", tmp_path / "down").status == 2
    ask("merge", "--data", county, *said["answers"][0]["files"])
