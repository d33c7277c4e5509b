"""A record type and a field are added to a copy of the house as the README says, and work."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.e2e.houses import add_course, add_field, generate, house, run

__all__ = ["house"]

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


def near_tests(house: Path, tests: Sequence[str], concerned: str) -> str:
    quiet = ("-q", "-p", "no:randomly", "-p", "no:cacheprovider")
    return run(house, "-m", "pytest", *quiet, "-k", concerned, *tests)


def test_a_record_type_is_its_class_its_layout_two_made_files_and_its_help(house: Path) -> None:
    add_course(house)
    generate(house, "Keep courses")
    assert "failed" not in near_tests(house, NEAR, CONCERNED)


def test_a_field_is_one_line_its_place_in_the_form_and_two_made_files(house: Path) -> None:
    add_field(house)
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
