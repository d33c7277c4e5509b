"""A workbook is looked at before it comes in; a copied range is a workbook too."""

from __future__ import annotations

import tempfile
from pathlib import Path

import openpyxl
import pytest

from app.documents.workbooks.workbook import Source, write_pasted
from app.domain.kernel.errors import Cancelled, UserError
from app.domain.kernel.progress import Cancel, silent
from app.domain.records import Enterprise
from app.services.office.office import Office
from app.services.records import saving
from app.services.workbooks import excel_preview
from app.services.workbooks.excel_preview import PASTED, Seen, pasted, range_of

HEADINGS = ["单位名称", "职工人数", "备注"]
ROWS = [HEADINGS, ["沫江齿轮厂", "120", ""], ["沫水纸业公司", "一百多", ""]]


def seen(office: Office, path: Source) -> Seen:
    return excel_preview.preview(office, Enterprise, path, progress=silent, cancel=Cancel())


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "名录.xlsx"
    write_pasted(path, ROWS)
    return path


def names(office: Office) -> list[str]:
    return [one.record.name for one in saving.listing(office, Enterprise)]


def test_what_was_seen_comes_in_and_nothing_before(county: Office, sheet: Path) -> None:
    before = names(county)
    found = seen(county, sheet)
    assert [(row.row, row.outcome, row.title) for row in found.account.rows] == [
        (2, "add", "沫江齿轮厂"),
        (3, "refused", "沫水纸业公司"),
    ]
    assert found.account.rows[1].cells == ("B3",)
    assert names(county) == before
    done = excel_preview.carry_out(county, found, progress=silent, cancel=Cancel())
    assert (done.added, done.refused, done.dry_run) == (1, 1, False)
    assert "沫江齿轮厂" in names(county)


def test_a_workbook_that_was_changed_since_is_looked_at_again(county: Office, sheet: Path) -> None:
    found = seen(county, sheet)
    write_pasted(sheet, [HEADINGS, ["另一个厂", "5", ""]])
    with pytest.raises(UserError, match="又改过"):
        excel_preview.carry_out(county, found, progress=silent, cancel=Cancel())


def test_a_stop_leaves_nothing(county: Office, sheet: Path) -> None:
    found, before = seen(county, sheet), names(county)
    stopped = Cancel()
    stopped.set()
    with pytest.raises(Cancelled):
        excel_preview.carry_out(county, found, progress=silent, cancel=stopped)
    assert names(county) == before


def test_the_copy_with_the_bad_cells_marked(county: Office, sheet: Path, tmp_path: Path) -> None:
    found = seen(county, sheet)
    out = excel_preview.marked_copy(
        county, found, tmp_path / "名录-检查.xlsx", progress=silent, cancel=Cancel()
    )
    marked = openpyxl.load_workbook(out).active
    assert marked is not None
    assert marked["B3"].comment is not None
    assert "人数" in str(marked["D3"].value)
    write_pasted(sheet, ROWS[:2])
    with pytest.raises(UserError, match="没有要改"):
        excel_preview.marked_copy(
            county, seen(county, sheet), out, progress=silent, cancel=Cancel()
        )


def test_a_copied_range_is_read_as_its_cells() -> None:
    text = '单位名称\t备注\r\n沫江齿轮厂\t"第一行\n第二行 ""引"""\r\n\t\r\n'
    assert range_of(text) == [["单位名称", "备注"], ["沫江齿轮厂", '第一行\n第二行 "引"']]
    assert range_of("沫江齿轮厂") == []
    assert range_of("一行\n又一行") == []
    assert range_of("") == []


def test_a_pasted_range_goes_the_same_way_and_lies_in_no_file(
    county: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = set(tmp_path.iterdir())
    found = seen(county, pasted(ROWS))
    assert (found.account.added, found.account.refused) == (1, 1)
    assert found.path.name == PASTED
    assert set(tmp_path.iterdir()) == before
