"""How commands end: refused, wrong usage, the machine in the way, a fault of the program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from app import __version__
from app.cli.frame.progress import Watch, watched
from tests.cli.line import VISIT, as_json, ask, say
from tests.services.offices import PASSPHRASE


def test_a_refusal_says_its_code_on_stderr_and_in_the_document(county: Path) -> None:
    said = say("show", "--data", county, "visit", "没有的编号", "--json")
    assert said.status == 1
    assert said.err.startswith("NOT_FOUND：")
    assert said.json["error"]["code"] == "NOT_FOUND"
    assert set(said.json["error"]) >= {"code", "what", "why", "remedy"}
    plain = say("show", "--data", county, "visit", "没有的编号")
    assert (plain.status, plain.out) == (1, "")


def test_a_wrong_passphrase_is_refused(county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZOUFANG_PASSPHRASE", "not the horse")
    assert say("list", "--data", county, "visit", "--json").json["error"]["code"] == (
        "WRONG_PASSPHRASE"
    )


def test_a_folder_without_data_is_refused_before_a_passphrase_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ZOUFANG_PASSPHRASE")
    said = say("list", "--data", tmp_path, "visit", "--json")
    assert (said.status, said.json["error"]["code"]) == (1, "NO_STORE")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["lst"], "没有命令 lst。"),
        (["keys"], "缺少命令。"),
        (["list", "--data", "."], "缺少参数 TYPE。"),
        (["list", "visit"], "缺少选项 --data。"),
        (["list", "--data", ".", "访问"], "没有记录类型“访问”。"),
        (["list", "--data", ".", "visit", "--voids"], "没有选项 --voids。"),
        (["list", "--data", ".", "visit", "多", "余"], "多了参数：多 余。"),
        (["list", "visit", "--data"], "选项 --data 后面要有值。"),
        (["init", "--data", "x", "--role", "king", "--unit", "1"], "没有身份“king”。"),
        (["init", "--computer", "一"], "--computer 应是整数。"),
        (["submit", "--data", ".", "--out", ".", "--cap", "big"], "--cap 应是"),
        (["submit", "--data", ".", "--out", ".", "--signed-on", "昨天吧"], "昨天吧"),
    ],
)
def test_wrong_usage_is_told_in_chinese(
    words: list[str], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ZOUFANG_DATA", raising=False)
    said = say(*words, "--json")
    assert said.status == 2
    assert said.json["error"]["code"] == "USAGE"
    assert sentence in said.err


def test_help_is_chinese_throughout() -> None:
    for words in ([], ["init"], ["keys"], ["review", "propose"], ["merge"]):
        said = say(*words, "--help")
        assert said.status == 0
        assert "用法：" in said.out
        for english in ("Usage", "Options", "required", "default", "Show this"):
            assert english not in said.out, words


def test_a_file_that_is_gone_is_the_machines_fault(county: Path, tmp_path: Path) -> None:
    for words in (
        ("inspect", tmp_path / "gone.zfpkg"),
        ("merge", "--data", county, tmp_path / "gone.zfpkg"),
        ("add", "--data", county, "visit", "--from", tmp_path / "gone.json"),
    ):
        said = say(*words, "--json")
        assert said.status == 3, words
        assert said.json["error"]["code"] == "FILE_GONE"


def test_a_folder_that_cannot_be_made_is_the_machines_fault(county: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    out = tmp_path / "file" / "stick"
    ask("add", "--data", county, "visit", "--from", "-", stdin=as_json(VISIT))
    for words in (
        ("submit", "--data", county, "--out", out),
        ("init", "--data", out, "--role", "city", "--unit", "511100"),
        ("keys", "export-identity", "--data", county, "--out", out / "age.key"),
    ):
        assert say(*words, "--json").status == 3, words


def test_a_damaged_store_is_the_machines_fault(county: Path) -> None:
    """With not one page left it may as well be under another key."""
    for old in county.glob("store.db*"):
        old.write_bytes(b"x" * 8192)
    said = say("list", "--data", county, "visit", "--json")
    assert (said.status, said.json["error"]["code"]) == (3, "KEYRING_DIFFERS")


def test_a_fault_of_the_program_leaves_a_trace_without_what_was_typed(
    county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.services.records import saving

    def fall(*_: object, **__: object) -> None:
        raise RuntimeError("阿尔·日古 511102198001010012")

    monkeypatch.setattr(saving, "listing", fall)
    said = say("list", "--data", county, "visit", "--json")
    assert (said.status, said.json["error"]["code"]) == (4, "BUG")
    log = (tmp_path / "faults.log").read_text()
    assert "builtins.RuntimeError" in log
    assert "app/cli/lists.py" in log
    for text in (log, said.err, said.out):
        assert "511102198001010012" not in text
        assert "Traceback" not in text
    monkeypatch.setenv("ZOUFANG_DEBUG", "1")
    assert "Traceback" in say("list", "--data", county, "visit").err


# Real processes: what a script sees.


def _zoufang(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", *map(str, words)],
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_door(tmp_path: Path) -> None:
    assert _zoufang("--version").stdout == f"zoufang {__version__}\n"
    assert "zoufang --help" in _zoufang().stdout
    loaded = "import sys; sys.argv[1:] = ['--version']; import app.__main__ as m; m.main()"
    heavy = (
        "print([n for n in ('typer', 'msgspec', 'sqlalchemy', 'reportlab') if n in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", f"{loaded}; {heavy}"], capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines()[-1] == "[]"


def test_a_script_gets_pure_json_and_the_status(county: Path, tmp_path: Path) -> None:
    done = _zoufang("--json", "list", "--data", county, "visit", ZOUFANG_PASSPHRASE=PASSPHRASE)
    assert done.returncode == 0
    assert msgspec.json.decode(done.stdout)["count"] == 0
    assert done.stderr == ""
    refused = _zoufang("list", "--data", tmp_path, "visit", "--json")
    assert (refused.returncode, msgspec.json.decode(refused.stdout)["error"]["code"]) == (
        1,
        "NO_STORE",
    )
    assert _zoufang("list", "--data", county).returncode == 2
    assert _zoufang("inspect", tmp_path / "gone").returncode == 3


def test_no_passphrase_and_nobody_to_ask_is_wrong_usage(county: Path) -> None:
    said = _zoufang("list", "--data", county, "visit", ZOUFANG_PASSPHRASE="")
    assert said.returncode == 2
    assert "ZOUFANG_PASSPHRASE" in said.stderr


@pytest.mark.skipif(os.name != "posix", reason="os.kill sends no Ctrl-C on Windows")
def test_ctrl_c_cancels_a_long_job_cleanly() -> None:
    from app.domain.kernel.errors import Cancelled

    def _press_ctrl_c(watch: Watch) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        watch.cancel.check()

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(Cancelled), watched() as watch:
        _press_ctrl_c(watch)
    assert signal.getsignal(signal.SIGINT) is before


def test_a_folder_without_packages_is_not_passed_over_in_silence(
    county: Path, tmp_path: Path
) -> None:
    said = say("merge", "--data", county, tmp_path)
    assert (said.status, said.out) == (0, "这里没有报送文件（名称以 .zfpkg 结尾的文件）。\n")
    assert ask("merge", "--data", county, tmp_path)["accounts"] == []
