"""What of the lock goes to which system."""

import subprocess
import sys
from pathlib import Path

import pytest
from bundle.checkout import ROOT
from bundle.contents import NOT_USED
from bundle.lock import Pin, pins, wheel_of
from bundle.targets import LINUX, WINDOWS

A, B = "a" * 64, "b" * 64
LOCK = f"""\
colorama==0.4.6 ; sys_platform == 'win32' \\
    --hash=sha256:{A} \\
    --hash=sha256:{B}
    # via typer
backports-zstd==1.8.0 \\
    --hash=sha256:{B}
    # via -r run.in
cffi==2.1.1 ; platform_python_implementation != 'PyPy' \\
    --hash=sha256:{A}
"""


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "run.lock"
    path.write_text(LOCK, "utf-8")
    return path


def test_what_windows_alone_needs_goes_to_windows_alone(lock: Path) -> None:
    assert [pin.name for pin in pins(WINDOWS, lock)] == ["backports-zstd", "cffi", "colorama"]
    assert [pin.name for pin in pins(LINUX, lock)] == ["backports-zstd", "cffi"]


def test_a_pin_has_its_version_and_all_its_hashes(lock: Path) -> None:
    assert pins(WINDOWS, lock)[2] == Pin("colorama", "0.4.6", (f"sha256:{A}", f"sha256:{B}"))


def test_the_lock_of_the_program_pins_the_window_for_both() -> None:
    for target in (LINUX, WINDOWS):
        assert ("pyside6-essentials", "6.9.3") in [(one.name, one.version) for one in pins(target)]


def test_what_no_path_of_the_program_imports_stays_behind_in_the_list_of_parts_too() -> None:
    for target in (LINUX, WINDOWS):
        names = {pin.name for pin in pins(target)}
        assert {"typer", "pydantic", "reportlab"} <= names
        assert names.isdisjoint(NOT_USED)


@pytest.mark.parametrize("words", [("--help",), ("no-such-command",), ("demo", "--help")])
def test_commands_run_without_what_stays_behind(words: tuple[str, ...]) -> None:
    names = [name.replace("-", "_") for name in NOT_USED]
    absent = f"import sys; sys.modules.update(dict.fromkeys({names}))"
    begin = f"{absent}; from app.__main__ import main; sys.argv[1:] = {words}; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", begin], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == (2 if words == ("no-such-command",) else 0)


def test_a_wheel_is_found_however_its_name_is_spelled(tmp_path: Path) -> None:
    pin = Pin("backports-zstd", "1.8.0", ())
    with pytest.raises(LookupError, match="0 wheels"):
        wheel_of(pin, tmp_path)
    wheel = tmp_path / "backports_zstd-1.8.0-cp311-cp311-win_amd64.whl"
    wheel.touch()
    (tmp_path / "backports_zstd-1.8.01-cp311-cp311-win_amd64.whl").touch()
    assert wheel_of(pin, tmp_path) == wheel
