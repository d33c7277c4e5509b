"""A version that fell leaves the data as they were, and never takes back what somebody saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services.office import program_versions
from app.services.office.program_versions import Stage, Versions


@pytest.fixture
def fallen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store that a version on trial changed before it fell twice, with its copy of before."""
    monkeypatch.setenv("ZOUFANG_VERSIONS", str(tmp_path / "versions"))
    (tmp_path / "versions" / "9.1.0" / "app").mkdir(parents=True)
    store, copy = tmp_path / "store.db", tmp_path / "store.db.before-0030"
    store.write_text("newer")
    copy.write_text("older")
    (tmp_path / "last-save").write_text("7")
    saved = b"7".hex()
    program_versions.write(
        Versions("9.1.0", "", Stage.OPENING, 2, store=str(store), copy=str(copy), saved=saved)
    )
    return store


def test_the_copy_of_before_is_put_back(fallen: Path) -> None:
    assert program_versions.to_run("1.0.0") is None
    assert fallen.read_text() == "older"
    assert fallen.with_name("store.db.by-9.1.0").read_text() == "newer"
    assert program_versions.read().failed == ("9.1.0",)


def test_what_another_account_saved_meanwhile_stays(fallen: Path) -> None:
    fallen.with_name("last-save").write_text("8")
    assert program_versions.to_run("1.0.0") is None
    assert fallen.read_text() == "newer"


def test_the_program_starts_also_where_the_copy_cannot_be_put_back(
    fallen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr("shutil.copyfile", full)
    assert program_versions.to_run("1.0.0") is None
    assert fallen.read_text() == "newer", "nothing was moved yet"
    assert program_versions.read().failed == (), "the next start tries again"
