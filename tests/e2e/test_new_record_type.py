"""A record type and a field are added to a copy of the house as the README says, and work."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TYPE = ROOT / "tests" / "e2e" / "new_type"
WRITTEN = ("schemas", "help")
"""What is written below resources; all else there is only looked at."""

NEAR = (
    "tests/e2e/new_type/walk.py",
    "tests/domain/test_schema.py",
    "tests/domain/kernel/test_fields.py",
    "tests/domain/records",
    "tests/database/test_migrations.py",
    "tests/documents/workbooks/test_template.py",
    "tests/services/test_every_type.py",
    "tests/ui/forms/test_every_type.py",
    "tests/ui/help/test_pages.py",
    "tests/ui/pages/test_every_type.py",
)
"""The walk, and what every type is held to."""

CONCERNED = "walk or course or file_of_a_record or migrations or contents or place or order"


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


def near_tests(house: Path, tests: Sequence[str], concerned: str) -> str:
    quiet = ("-q", "-p", "no:randomly", "-p", "no:cacheprovider")
    return run(house, "-m", "pytest", *quiet, "-k", concerned, *tests)


def test_a_record_type_is_its_class_its_layout_two_made_files_and_its_help(house: Path) -> None:
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
    generate(house, "Keep courses")
    assert "failed" not in near_tests(house, NEAR, CONCERNED)


def test_a_field_is_one_line_its_place_in_the_form_and_two_made_files(house: Path) -> None:
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
    generate(house, "Ask whether who raised a demand is satisfied")
    tests = (
        "tests/domain/test_schema.py",
        "tests/domain/kernel/test_fields.py",
        "tests/database/test_migrations.py",
        "tests/documents/workbooks/test_template.py",
        "tests/ui/forms/test_every_type.py",
        "tests/ui/pages/test_every_type.py",
    )
    assert "failed" not in near_tests(house, tests, "demand or migrations")
