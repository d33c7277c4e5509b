"""Thousands of rows cost as much each as a few, however many records are here."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Step
from app.domain.records import Person, Visit
from app.domain.values.resident_id import check_digit
from app.services.office.office import Office
from app.services.records import saving
from app.services.records.bulk_saving import Planned
from app.services.workbooks import excel_preview
from app.services.workbooks.excel_import import BATCH, import_workbook
from app.services.workbooks.import_plan import Plan
from tests.counting import calls_of
from tests.services.workbooks.test_import_again import person, sheet, visit

MOST_CALLS = 450
"""For one row of eight cells: read, understood, looked for, checked, planned."""


def persons(path: Path, first: int, count: int) -> Path:
    rows = []
    for n in range(first, first + count):
        number = f"511111{1950 + n // 9000:04d}0{1 + n // 1000 % 9}01{n % 1000:03d}"
        named = person(f"王{chr(0x4E00 + n)}", number + check_digit(number), 手机号码=f"138{n:08d}")
        rows.append({**named, "民族": "汉族", "家庭人口": 3, "本人月平均收入": 900 + n})
    return sheet(path, rows)


def calls_per_row(office: Office, folder: Path) -> float:
    few, many = persons(folder / "少.xlsx", 5000, 100), persons(folder / "多.xlsx", 5000, 300)
    excel_preview.preview(office, Person, few)
    work = [
        calls_of(lambda book=book: excel_preview.preview(office, Person, book))  # type: ignore[misc]
        for book in (few, many)
    ]
    return (work[1] - work[0]) / 200


def test_a_row_costs_the_same_whatever_is_here(county: Office, tmp_path: Path) -> None:
    before = calls_per_row(county, tmp_path)
    assert before < MOST_CALLS
    import_workbook(county, Person, persons(tmp_path / "先.xlsx", 0, 1500))
    assert calls_per_row(county, tmp_path) < before * 1.1


def test_rows_known_already_are_looked_for_in_sets(county: Office, tmp_path: Path) -> None:
    books = [persons(tmp_path / f"{n}.xlsx", 0, n) for n in (100, 300)]
    import_workbook(county, Person, books[1])
    work = [
        calls_of(lambda book=book: excel_preview.preview(county, Person, book))  # type: ignore[misc]
        for book in books
    ]
    assert (work[1] - work[0]) / 200 < MOST_CALLS


def test_more_rows_than_are_packed_together_come_in_whole(county: Office, tmp_path: Path) -> None:
    count = BATCH * 2 + 7
    steps: list[Step] = []
    book = persons(tmp_path / "a.xlsx", 0, count)
    seen = excel_preview.preview(county, Person, book, progress=steps.append)
    assert max(step.done for step in steps if step.label == "读取表格") > count // 2
    done = excel_preview.carry_out(county, seen, progress=steps.append)
    assert done.added == count
    assert [(s.done, s.total) for s in steps if s.label == "导入"][-1] == (count, count)
    numbers = [row.number for row in done.rows]
    assert numbers == sorted(numbers)
    assert len(set(numbers)) == count
    assert import_workbook(county, Person, book).same == count


def test_what_was_saved_between_the_look_and_the_import_is_minded(
    county: Office, tmp_path: Path
) -> None:
    first = sheet(tmp_path / "a.xlsx", [visit(100)])
    other = sheet(tmp_path / "b.xlsx", [visit(100, unit="沫江齿轮厂")])
    seen, also = (excel_preview.preview(county, Visit, book) for book in (first, other))
    done = excel_preview.carry_out(county, seen)
    added = excel_preview.carry_out(county, also)
    assert [row.outcome for row in added.rows] == ["add"]
    assert done.rows[0].number != added.rows[0].number


def test_rows_that_became_something_else_are_shown_again(county: Office, tmp_path: Path) -> None:
    book = sheet(tmp_path / "a.xlsx", [visit(100)])
    seen, also = (excel_preview.preview(county, Visit, book) for _ in range(2))
    excel_preview.carry_out(county, seen)
    with pytest.raises(UserError) as refused:
        excel_preview.carry_out(county, also)
    assert refused.value.code == "SEEN_CHANGED"
    assert len(saving.listing(county, Visit)) == 1


def test_a_plan_gives_back_what_was_put_in() -> None:
    plan = Plan()
    for n in range(2500):
        assert plan.add(Planned("person", str(n), (), msgspec.Raw(b'{"n":%d}' % n))) == n
    assert [one.id for batch in plan.batches() for one in batch] == [str(n) for n in range(2500)]
    for place in (0, 999, 1000, 1999, 2000, 2499):
        assert bytes(plan.at(place).body) == b'{"n":%d}' % place
