"""No sheet lies in TEMP under a name, where a kill would leave it for anybody to read."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.documents.workbooks.pasted import write_pasted


def test_a_workbook_is_written_without_a_named_file_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*given: object, **more: object) -> None:
        raise AssertionError

    monkeypatch.setattr("openpyxl.worksheet._writer.create_temporary_file", refuse)
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refuse)
    out = tmp_path / "台账.xlsx"
    write_pasted(out, [["单位", "人数"], ["甲厂", "5"], ["=1+1", "7"], ["@SUM(A1)", "-3"]])
    sheet = load_workbook(out).active
    assert sheet is not None
    found = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert ["=1+1", "7"] in found
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert [path.name for path in tmp_path.iterdir()] == ["台账.xlsx"]
