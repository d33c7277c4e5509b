"""A county's program is made newer from a stick, with all that can go wrong on the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from app import __version__
from app.services.office import program_versions
from app.services.office.office import Office
from tests.houses import NEWER, ROOT, change, newer_house, run_program
from tests.services.conftest import city, clock, county, grounds, second_county
from tests.services.offices import PASSPHRASE

__all__ = ["city", "clock", "county", "grounds", "second_county"]

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
def at_city(city: Office) -> Path:
    """The city's data folder, closed."""
    city.close()
    return city.folder.root


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


def made_by_city(house: Path, data: Path, out: Path, places: dict[str, str]) -> Path:
    """The update file that the city's computer makes of its newer program."""
    elsewhere = {**places, "ZOUFANG_VERSIONS": str(out / "none")}
    done = run_program(
        house, "update", "make", "--data", str(data), "--out", str(out), env=elsewhere
    )
    assert done.returncode == 0, done.stderr
    (file,) = out.glob("*.zfupdate")
    return file


def test_the_newer_version_is_run_from_the_next_start_on(
    tmp_path: Path, at_city: Path, at_county: Path, places: dict[str, str], run: Run
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    file = made_by_city(newer_house(tmp_path / "newer", step=True), at_city, stick, places)

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
    tmp_path: Path, at_city: Path, at_county: Path, places: dict[str, str], run: Run
) -> None:
    file = made_by_city(newer_house(tmp_path / "newer"), at_city, tmp_path, places)
    run("update", "install", file, "--data", at_county)
    assert NEWER in run("--version").stdout
    assert run("update", "go-back").returncode == 0
    assert __version__ in run("--version").stdout


def test_a_version_that_does_not_start_is_given_up_at_once(
    tmp_path: Path, at_city: Path, at_county: Path, places: dict[str, str], run: Run
) -> None:
    house = newer_house(tmp_path / "newer")
    file = made_by_city(house, at_city, tmp_path, places)
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
    tmp_path: Path, at_city: Path, at_county: Path, places: dict[str, str], run: Run
) -> None:
    file = made_by_city(newer_house(tmp_path / "newer", step=True), at_city, tmp_path, places)
    assert run("update", "install", file, "--data", at_county).returncode == 0
    change(
        tmp_path / "versions" / NEWER,
        "app/services/office/office.py",
        r"    private_place\.sweep\(folder\.lent\)",
        "    import os; os._exit(9)",
    )

    assert run("check", "--data", at_county).returncode == 9
    assert run("check", "--data", at_county).returncode == 9
    done = run("check", "--data", at_county)

    assert done.returncode == 0, done.stderr
    assert program_versions.read().failed == (NEWER,)
    assert (at_county / f"store.db.by-{NEWER}").exists(), "what it made lies aside"
