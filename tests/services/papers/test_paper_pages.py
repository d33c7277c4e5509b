"""What is going to be printed can be looked at; nothing of it stays on the disk."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import pytest

from app.documents.drawing.target import Target
from app.domain.kernel.errors import Cancelled, UserError
from app.domain.kernel.progress import Cancel, Progress, silent
from app.domain.records import Visit
from app.services.lists import record_sheet
from app.services.office.office import Office
from app.services.papers import form_papers, paper_pages
from app.services.papers.paper_pages import Printout
from tests.services.offices import save_visit
from tests.services.papers.test_form_papers import text_of

OPINION = "希望工会帮助协调解决职工上下班班车的问题。"


@pytest.fixture
def private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the system keeps what is only there for a moment."""
    folder = tmp_path / "moments"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def made(office: Office) -> Printout:
    return paper_pages.printout(_all(office), silent, Cancel())


def _all(office: Office) -> paper_pages.Make:
    def make(out: Target, progress: Progress, cancel: Cancel) -> int:
        return form_papers.print_forms(office, out, progress=progress, cancel=cancel)

    return make


def test_the_pages_are_seen_and_no_file_is_left(county: Office, private: Path) -> None:
    save_visit(county)
    save_visit(county, opinions=OPINION * 60)
    found = made(county)
    assert len(found.sizes) == 4
    assert [round(length) for length in found.sizes[0]] == [595, 842]
    picture = found.picture(3, 1.0)
    assert (picture.width, picture.height) == (596, 842)
    assert not any(private.iterdir())
    found.close()


def test_after_a_stop_or_a_failure_nothing_is_left_either(county: Office, private: Path) -> None:
    save_visit(county)
    stopped = Cancel()
    stopped.set()
    with pytest.raises(Cancelled):
        paper_pages.printout(_all(county), silent, stopped)
    wrong = partial(form_papers.print_forms, county, visits=["没有这一条"])
    with pytest.raises(UserError, match="没有"):
        paper_pages.printout(lambda out, progress, cancel: wrong(out), silent, Cancel())
    assert not any(private.iterdir())


def test_a_file_is_not_replaced_unless_that_is_wanted(county: Office, tmp_path: Path) -> None:
    save_visit(county)
    found = made(county)
    target = tmp_path / "登记表.pdf"
    target.write_bytes(b"old")
    with pytest.raises(UserError, match="已经有了"):
        found.save(target)
    assert target.read_bytes() == b"old"
    found.save(target, replace=True)
    assert "乐山无线电公司" in text_of(target)
    found.close()


def test_the_form_is_drawn_as_it_is_typed(county: Office) -> None:
    opened = record_sheet.fresh(county, Visit, {})
    empty = paper_pages.visit_form(county, opened, opened.body, 1.0)
    typed = paper_pages.visit_form(county, opened, {**opened.body, "opinions": OPINION}, 1.0)
    longer = paper_pages.visit_form(county, opened, {"opinions": OPINION * 60}, 1.0)
    assert [len(pages) for pages in (empty, typed, longer)] == [1, 1, 3]
    assert empty[0].data != typed[0].data


def test_the_code_stands_only_for_what_is_saved(county: Office) -> None:
    saved = save_visit(county)
    opened = record_sheet.opened(county, Visit, saved.id)

    def ink(**typed: object) -> int:
        """Dark pixels where the code stands."""
        page = paper_pages.visit_form(county, opened, {**opened.body, **typed}, 1.0)[0]
        rows = [page.data[y * page.stride : (y + 1) * page.stride] for y in range(page.height)]
        return sum(row[4 * x] < 128 for row in rows[-150:-40] for x in range(480, 560))

    assert ink() > ink(opinions="改了") == 0


def test_a_character_no_font_has_is_a_box_and_told(county: Office) -> None:
    opened = record_sheet.fresh(county, Visit, {})
    hostile, boxed = (
        paper_pages.visit_form(county, opened, {"opinions": text}, 1.0)[0].data
        for text in ("\U0001f600", "□")
    )
    assert hostile == boxed
    save_visit(county, opinions="\U0001f600", number="沙湾-2011-\U0001f600")
    save_visit(county, enterprise_name="另一家公司")
    found = made(county)
    assert len(found.sizes) == 2
    assert "U+1F600" in found.warning
    found.close()
