"""Files dropped on a page of records go to the panel that reads them, whatever they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from app.domain.records import Demand
from app.services.workbooks import excel_import
from app.ui.dropping import Dropping
from app.ui.importing.forms.word_panel import WordPanel
from app.ui.importing.import_panel import ImportPanel
from app.ui.pages.records.page import RecordPage
from app.ui.pages.scanning.scan_panel import ScanPanel
from tests.documents.wordforms.layouts import LAYOUTS
from tests.ui.pages.at_work import AtWork


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What lies on a desk: a Word form and a photograph."""
    made = tmp_path / "desk"
    made.mkdir()
    (made / "a.docx").write_bytes(LAYOUTS["label and value in one cell"].data)
    Image.new("RGB", (900, 1200), "white").save(made / "a.jpg")
    return made


@pytest.fixture
def dropping(at_work: AtWork) -> Dropping:
    """Listens to the frame as on the desktop."""
    return Dropping(at_work.desk, at_work.shell)


def test_a_word_form_is_read_as_one(at_work: AtWork, dropping: Dropping, folder: Path) -> None:
    page = at_work.go("visits")
    dropping.take([folder / "a.docx"])
    assert isinstance(page.panels.forms, WordPanel)
    at_work.rest()
    assert len(page.panels.forms.list.table.texts) == 1
    assert not page.panels.at_rest


def test_scans_go_to_their_records(at_work: AtWork, dropping: Dropping, folder: Path) -> None:
    for place in ("visits", "persons"):
        page = at_work.go(place)
        dropping.take([folder / "a.jpg"])
        panel = page.panels.working
        assert isinstance(panel, ScanPanel)
        at_work.rest()
        assert [row[0] for row in panel.table.texts][:1] == ["没有读出二维码"]


def test_a_workbook_is_looked_at_before_it_comes_in(
    at_work: AtWork, dropping: Dropping, folder: Path
) -> None:
    page = at_work.go("demands")
    excel_import.template(Demand, folder / "b.xlsx")
    dropping.take([folder / "b.xlsx"])
    assert isinstance(page.panels.importing, ImportPanel)
    at_work.rest()
    assert not page.panels.at_rest


@pytest.mark.parametrize(
    ("place", "names"),
    [
        ("visits", ("a.docx", "a.jpg")),
        ("demands", ("a.docx",)),
        ("demands", ("a.jpg",)),
        ("visits", ("gone.docx",)),
        ("home", ("a.docx",)),
    ],
)
def test_what_no_panel_reads_is_said(
    at_work: AtWork, dropping: Dropping, folder: Path, place: str, names: tuple[str, ...]
) -> None:
    at_work.shell.go(place)
    at_work.rest()
    page = at_work.shell.page
    assert not page.takes([folder / name for name in names])


def test_a_panel_at_work_is_not_turned_away(
    at_work: AtWork, dropping: Dropping, folder: Path
) -> None:
    page = at_work.go("visits")
    dropping.take([folder / "a.docx"])
    at_work.rest()
    assert isinstance(page, RecordPage)
    assert not page.takes([folder / "a.jpg"])
