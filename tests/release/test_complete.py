"""What lies beside the installers of a version, and when it may be given out."""

from __future__ import annotations

import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest
from release.complete import add, faults

from app import __version__

SOUND = f"# Changelog\n\n## [Unreleased]\n\n## [{__version__}] - 2026-11-30\n\n- Much.\n"


def house(folder: Path, changes: str, news: str = f"# {__version__}\n- 好。\n") -> Path:
    (folder / "resources").mkdir()
    (folder / "CHANGELOG.md").write_text(changes, "utf-8")
    (folder / "resources" / "news.md").write_text(news, "utf-8")
    return folder


def test_a_version_that_is_told_of_may_be_given_out(tmp_path: Path) -> None:
    assert not list(faults(house(tmp_path, SOUND)))


@pytest.mark.parametrize(
    ("changes", "news"),
    [
        (SOUND.replace(__version__, "0.9.0"), f"# {__version__}\n"),
        (SOUND.replace(" - 2026-11-30", ""), f"# {__version__}\n"),
        (SOUND.replace("[Unreleased]\n", "[Unreleased]\n\n- More.\n"), f"# {__version__}\n"),
        (SOUND, "# 0.9.0\n"),
    ],
)
def test_one_that_is_not_is_kept_back(tmp_path: Path, changes: str, news: str) -> None:
    assert len(list(faults(house(tmp_path, changes, news)))) == 1


def test_everything_is_summed_and_the_format_is_whole(tmp_path: Path) -> None:
    tree, windows = tmp_path / "tree", tmp_path / "windows"
    documents = tree / "usr/share/doc/zoufang"
    for folder in (documents, windows):
        folder.mkdir(parents=True)
        (folder / "sbom.json").write_text("{}")
    made = []
    for name in ("once", "twice"):
        out = tmp_path / name
        out.mkdir()
        (out / "setup.exe").write_text("MZ")
        add(out, tree, windows)
        subprocess.run(["sha256sum", "--quiet", "--check", "SHA256SUMS"], cwd=out, check=True)
        made.append((out / "SHA256SUMS").read_text())
    assert made[0] == made[1]
    assert len(made[0].splitlines()) == 7
    with ZipFile(tmp_path / "once" / f"zoufang-package-format-{__version__}.zip") as packed:
        names = {one.partition("/")[2] for one in packed.namelist()}
    assert {"LICENSE", "package-format.md", "conformance.py"} <= names
    assert [one for one in names if one.endswith(".zfpkg")]
