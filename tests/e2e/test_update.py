"""A county's program is made newer from a stick, with all that can go wrong on the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from app import __version__
from app.services.office import program_versions
from app.services.office.office import Office
from tests.engines import copied_folder
from tests.houses import NEWER, ROOT, change, newer_house, run_program
from tests.services.conftest import clock, county, grounds
from tests.services.offices import CITY, PASSPHRASE

__all__ = ["clock", "county", "grounds"]

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture(scope="module")
def files(grounds: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The update files that the city's computer made of its newer program.

    The one with a `step` has a new format of the data.
    """
    root = tmp_path_factory.mktemp("made")
    made = {}
    for name in ("plain", "step"):
        data, out = copied_folder(grounds / CITY, root / name / CITY), root / name / "stick"
        out.mkdir()
        house = newer_house(root / name / "house", step=name == "step")
        places = {"ZOUFANG_VERSIONS": str(root / "none"), "ZOUFANG_PASSPHRASE": PASSPHRASE}
        words = ("update", "make", "--data", str(data), "--out", str(out))
        done = run_program(house, *words, env=places)
        assert done.returncode == 0, done.stderr
        (made[name],) = out.glob("*.zfupdate")
    return made


@pytest.fixture
def at_county(county: Office) -> Path:
    """The county's data folder, closed."""
    county.close()
    return county.folder.root


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The person's own folders, and the passphrase."""
    monkeypatch.setenv("ZOUFANG_VERSIONS", str(tmp_path / "versions"))
    return {
        "ZOUFANG_VERSIONS": str(tmp_path / "versions"),
        "ZOUFANG_LOG": str(tmp_path / "faults.log"),
        "ZOUFANG_PASSPHRASE": PASSPHRASE,
    }


@pytest.fixture
def run(places: dict[str, str]) -> Run:
    """Run the installed program with these words."""

    def installed(*words: object, house: Path = ROOT) -> CompletedProcess[str]:
        return run_program(house, *map(str, words), env=places)

    return installed


def test_the_newer_version_is_run_from_the_next_start_on(
    files: dict[str, Path], at_county: Path, tmp_path: Path, run: Run
) -> None:
    file = files["step"]

    looked = run("update", "look", file, "--data", at_county)
    assert f"版本{NEWER}" in looked.stdout
    assert "市总工会的电脑511100-" in looked.stdout
    assert "· 填报更快了。" in looked.stdout
    assert __version__ in run("--version").stdout

    assert run("update", "install", file, "--data", at_county).returncode == 0
    assert NEWER in run("--version").stdout
    assert run("check", "--data", at_county).returncode == 0, "the store has the new format"
    assert list(at_county.glob("store.db.before-*")), "and was copied before"
    assert (at_county / "updates" / f"zoufang-{NEWER}.zfupdate").exists()

    refused = run("update", "go-back")
    assert refused.returncode == 1
    assert "DATA_IS_NEWER" in refused.stderr


def test_one_goes_back_where_the_data_has_not_changed(
    files: dict[str, Path], at_county: Path, tmp_path: Path, run: Run
) -> None:
    file = files["plain"]
    run("update", "install", file, "--data", at_county)
    assert NEWER in run("--version").stdout
    assert run("update", "go-back").returncode == 0
    assert __version__ in run("--version").stdout


def test_a_version_that_does_not_start_is_given_up_at_once(
    files: dict[str, Path], at_county: Path, tmp_path: Path, run: Run
) -> None:
    file = files["plain"]
    run("update", "install", file, "--data", at_county)
    broken = tmp_path / "versions" / NEWER / "app" / "cli" / "__init__.py"
    broken.write_text("raise RuntimeError('no good')\n")

    done = run("--version")

    assert __version__ in done.stdout
    assert program_versions.read().failed == (NEWER,)
    assert f"新版本{NEWER}没能启动，已回到" in program_versions.words_of_fall()
    assert program_versions.words_of_fall() == "", "it is told once"
    again = run("update", "install", file, "--data", at_county)
    assert "UPDATE_FAILED_BEFORE" in again.stderr


def test_one_that_falls_after_it_changed_the_data_leaves_them_as_before(
    files: dict[str, Path], at_county: Path, tmp_path: Path, run: Run
) -> None:
    file = files["step"]
    assert run("update", "install", file, "--data", at_county).returncode == 0
    change(
        tmp_path / "versions" / NEWER,
        "app/services/office/office.py",
        r"    private_place\.sweep\(folder\.lent\)",
        "    import os; os._exit(9)",
    )

    for _ in range(program_versions.MOST_TRIES):
        fallen = run("check", "--data", at_county)
        assert fallen.returncode == 9, fallen.stderr
    done = run("check", "--data", at_county)

    assert done.returncode == 0, done.stderr
    assert program_versions.read().failed == (NEWER,)
    assert (at_county / f"store.db.by-{NEWER}").exists(), "what it made lies aside"
