"""A command while the window is open: reading is fine, writing and restoring are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services.office import folder_lock
from tests.cli.line import VISIT, as_json, ask, say
from tests.services.office.test_folder_lock import another


@pytest.fixture(autouse=True)
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_lock, "PATIENCE", 0.3)


def test_a_restore_under_an_open_window_is_refused(county: Path, tmp_path: Path) -> None:
    made = ask("backup", "--data", county, tmp_path)
    with another("window", county):
        for more in ((), ("--force",)):
            said = say("restore", "--data", county, made["file"], *more)
            assert said.status == 3
            assert said.err.startswith("IN_USE：电脑账户“")
            assert "退出本程序" in said.err
    assert not list(county.glob("replaced-*"))
    assert say("restore", "--data", county, made["file"], "--force").status == 0


def test_under_an_open_window_one_may_look_but_not_write(county: Path, tmp_path: Path) -> None:
    visit = as_json(VISIT)
    with another("window", county):
        assert say("list", "visit", "--data", county).status == 0
        assert say("check", "--data", county).status == 0
        assert say("check", "--rebuild", "--data", county).err.startswith("IN_USE")
        for words in (
            ("add", "visit", "--data", county, "--from", "-"),
            ("backup", "--data", county, tmp_path),
            ("operator", "recovery", "--data", county),
        ):
            said = say(*words, stdin=visit)
            assert (said.status, said.err.split("：")[0]) == (3, "IN_USE"), words


def test_two_commands_at_once_take_their_turn(
    county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with another("writes", county) as other:
        said = say("backup", "--data", county, tmp_path)
        assert "正在运行命令 zoufang merge" in said.err
        monkeypatch.setattr(folder_lock, "PATIENCE", 60.0)
        assert other.stdin is not None
        other.stdin.close()
        assert say("backup", "--data", county, tmp_path).status == 0


def test_the_demonstration_is_not_made_anew_under_an_open_window(tmp_path: Path) -> None:
    root = tmp_path / "demo"
    shawan = root / "shawan"
    shawan.mkdir(parents=True)
    (root / "zoufang-demo.txt").touch()
    (shawan / "keyring.json").touch()
    with another("window", shawan):
        assert say("demo", "--dir", root).err.startswith("IN_USE")
    assert (shawan / "keyring.json").exists()
