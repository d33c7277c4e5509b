"""Signed paper that was scanned is taken, placed and taken back by commands."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from tests.cli.line import VISIT, as_json, ask, say


@pytest.fixture
def number(county: Path) -> str:
    """The 编号 of a visit."""
    saved = ask("add", "--data", county, "visit", "--from", "-", stdin=as_json(VISIT))
    return str(saved["rows"][0]["number"])


@pytest.fixture
def scans(county: Path, number: str, tmp_path: Path) -> Path:
    """A folder with its form, printed and scanned, and a photograph of something else."""
    folder = tmp_path / "scans"
    folder.mkdir()
    form = tmp_path / "form.pdf"
    ask("form", "--data", county, form, "--visit", number)
    with pypdfium2.PdfDocument(form) as document:
        page = document[0]
        page.render(scale=150 / 72).to_pil().convert("RGB").save(folder / "a.jpg")
        page.close()
    Image.new("RGB", (900, 1200), "white").save(folder / "b.jpg")
    return folder


def test_a_folder_is_taken_and_the_rest_is_placed_by_hand(
    county: Path, number: str, scans: Path
) -> None:
    taken = ask("scans", "--data", county, scans)
    assert [page["standing"] for page in taken["pages"]] == ["attached", "unread"]
    assert taken["pages"][0]["number"] == number

    (waiting,) = ask("scans-waiting", "--data", county)["waiting"]
    assert ask("give-scan", "--data", county, waiting["n"], number)["standing"] == "attached"
    assert ask("scans-waiting", "--data", county) == {"waiting": [], "gaps": []}
    assert len(ask("scans-received", "--data", county, number)["pages"]) == 2


def test_what_was_taken_is_taken_back(county: Path, number: str, scans: Path) -> None:
    run = ask("scans", "--data", county, scans)["run"]
    assert ask("undo-scans", "--data", county, run)["staying"] == []
    assert ask("scans-received", "--data", county, number)["pages"] == []


def test_a_broken_file_is_told_and_the_others_come(county: Path, scans: Path) -> None:
    (scans / "c.pdf").write_bytes(b"%PDF-1.4 cut off")
    said = say("scans", "--data", county, scans)
    assert said.status == 1
    assert "c.pdf" in said.err
    assert "归入1页，待处理1页" in said.out


def test_a_number_nobody_has_is_refused(county: Path, scans: Path) -> None:
    (_, unread) = ask("scans", "--data", county, scans)["pages"]
    assert say("give-scan", "--data", county, unread["n"], "沙湾-2011-9999").status == 1
    assert say("undo-scans", "--data", county, 99).status == 1
