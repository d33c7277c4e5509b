"""A copy of the house in which a record type or a field is added, as the README says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TYPE = ROOT / "tests" / "e2e" / "new_type"
WRITTEN = ("schemas", "help")
"""What is written below resources; all else there is only looked at."""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The sources in a folder of their own; the large resources are links."""
    root = tmp_path / "house"
    unwanted = shutil.ignore_patterns("golden", "bench", "mutants")
    for name in ("app", "database", "demo", "packaging", "tests"):
        shutil.copytree(ROOT / name, root / name, ignore=unwanted)
    (root / "resources").mkdir()
    for entry in (ROOT / "resources").iterdir():
        if entry.name in WRITTEN:
            shutil.copytree(entry, root / "resources" / entry.name)
        else:
            (root / "resources" / entry.name).symlink_to(entry)
    shutil.copy(ROOT / "pyproject.toml", root)
    return root


def run(house: Path, *command: str) -> str:
    """Run Python in the copy; its output, which says why where it fails."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=house,
        env={**os.environ, "PYTHONPATH": str(house), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said[-6000:]
    return said


def write(house: Path, path: str, *changes: tuple[str, str]) -> None:
    """Put lines before others that stand once in a file."""
    file = house / path
    text = file.read_text("utf-8")
    for before, added in changes:
        assert text.count(before) == 1, (path, before)
        text = text.replace(before, added + before)
    file.write_text(text, "utf-8")


def generate(house: Path, why: str) -> None:
    """The two generated files."""
    run(house, "packaging/write_schemas.py")
    run(house, "packaging/new_migration.py", why)


def add_course(house: Path) -> None:
    """培训班, all but its generated files."""
    shutil.copy(TYPE / "course.py", house / "app/domain/records")
    write(
        house,
        "app/domain/records/registry.py",
        (
            "from app.domain.records.operator import",
            "from app.domain.records.course import Course\n",
        ),
        ("Person, Case, Aid,", "Course, "),
    )
    shutil.copy(TYPE / "courses.py", house / "app/ui/forms/layouts")
    write(
        house,
        "app/ui/forms/layouts/__init__.py",
        (
            "from app.ui.forms.layouts import people",
            "from app.domain.records.course import Course\n",
        ),
        (
            "from app.ui.forms.layouts.shape import Group",
            "from app.ui.forms.layouts.courses import COURSE\n",
        ),
        ("    Visit: visits.VISIT,", "    Course: COURSE,\n"),
    )
    shutil.copy(TYPE / "courses.md", house / "resources/help")
    write(house, "resources/help/contents.md", ("- [单位名录]", "- [培训班](courses.md)\n"))


def add_field(house: Path) -> None:
    """提出人满意 of a demand, all but the generated files."""
    write(
        house,
        "app/domain/records/demand.py",
        (
            "    outcome: Annotated",
            '    satisfied: Annotated[bool | None, Field("提出人满意")] = None\n',
        ),
    )
    write(
        house,
        "app/ui/forms/layouts/visits.py",
        ('                ("replied_on", "state"),', '                "satisfied",\n'),
    )
