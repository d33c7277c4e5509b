"""Signed paper comes back as pictures, and each page finds its record by the printed code."""

from __future__ import annotations

import os
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from app.documents.drawing.printed_code import PrintedCode
from app.documents.scans.page_codes import codes_in
from app.domain.checking.signed_paper import Standing
from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Step
from app.domain.records import Visit
from app.services.lists import listing, record_sheet
from app.services.lists.chips import Chip, How
from app.services.office.office import Office
from app.services.papers import form_papers, page_tray, scanned_paper
from app.services.papers.scan_account import ScanAccount
from app.services.records import attachments, saving, voiding
from app.services.records.signed_paper import SignedPaper
from tests.services.offices import SetClock, deliver, record_of, save_visit


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the scanner puts its files."""
    made = tmp_path / "scans"
    made.mkdir()
    return made


LONG = "希望多组织技能培训，多关心一线职工的生活。" * 35


def scanned(office: Office, folder: Path, *visits: str) -> list[Path]:
    """The forms of these visits, printed and scanned: a picture a page."""
    out = folder / "forms.pdf"
    form_papers.print_forms(office, out, visits=visits)
    found = []
    with pypdfium2.PdfDocument(out) as document:
        for n, page in enumerate(document):
            found.append(folder / f"scan{n}.jpg")
            page.render(scale=150 / 72).to_pil().convert("RGB").save(found[-1])
            page.close()
    out.unlink()
    return found


def names(office: Office, record: str) -> list[str]:
    return [one.name for one, _ in attachments.listed(office, Visit, record)]


def standings(account: ScanAccount) -> list[Standing]:
    return [paper.standing for paper in account.papers]


def test_each_page_goes_to_its_record(county: Office, folder: Path) -> None:
    first = save_visit(county, opinions=LONG)
    second = save_visit(county, enterprise_name="五通桥盐厂")
    pages = scanned(county, folder, first.id, second.id)

    account = scanned_paper.take(county, [folder])

    assert len(pages) == 3
    assert standings(account) == [Standing.ATTACHED] * 3
    assert names(county, first.id) == [
        f"{first.number}-登记表第1页.jpg",
        f"{first.number}-登记表第2页.jpg",
    ]
    assert names(county, second.id) == [f"{second.number}-登记表第1页.jpg"]
    assert account.gaps == ()
    assert "visit" in account.changes.types


def test_a_whole_pile_in_one_pdf(county: Office, folder: Path) -> None:
    visits = [save_visit(county, enterprise_name=f"第{n}砖厂").id for n in range(3)]
    pile = folder / "pile.pdf"
    form_papers.print_forms(county, pile, visits=visits)

    steps: list[Step] = []
    account = scanned_paper.take(county, [pile], progress=steps.append)

    assert standings(account) == [Standing.ATTACHED] * 3
    assert all(names(county, visit) for visit in visits)


def test_a_missing_second_page_is_told_until_it_comes(county: Office, folder: Path) -> None:
    visit = save_visit(county, opinions=LONG)
    one, two = scanned(county, folder, visit.id)

    (gap,) = scanned_paper.take(county, [one]).gaps

    assert (gap.number, gap.words) == (visit.number, "缺第2页")
    assert page_tray.gaps(county) == (gap,)
    assert scanned_paper.take(county, [two]).gaps == ()
    assert page_tray.gaps(county) == ()


def test_the_same_paper_twice_brings_nothing_new(county: Office, folder: Path) -> None:
    visit = save_visit(county)
    pages = scanned(county, folder, visit.id)
    scanned_paper.take(county, pages)
    h = saving.show(county, Visit, visit.id).h

    account = scanned_paper.take(county, pages)

    assert (account.papers, account.again) == ((), 1)
    assert saving.show(county, Visit, visit.id).h == h


def test_paper_of_an_older_wording_waits(county: Office, folder: Path) -> None:
    visit = save_visit(county)
    pages = scanned(county, folder, visit.id)
    saving.save(county, Visit, {"opinions": "改过的意见"}, record=visit.id)

    account = scanned_paper.take(county, pages)

    assert standings(account) == [Standing.CHANGED]
    assert names(county, visit.id) == []
    assert [paper.number for paper in page_tray.waiting(county)] == [visit.number]


def test_what_no_form_shows_does_not_age_the_paper(county: Office, folder: Path) -> None:
    visit = save_visit(county)
    pages = scanned(county, folder, visit.id)
    saving.save(county, Visit, {"remarks": "已电话核实"}, record=visit.id)
    assert standings(scanned_paper.take(county, pages)) == [Standing.ATTACHED]


def test_paper_of_a_record_taken_back_waits(county: Office, folder: Path) -> None:
    visit = save_visit(county)
    pages = scanned(county, folder, visit.id)
    voiding.void(county, Visit, visit.id, "录重了")
    assert standings(scanned_paper.take(county, pages)) == [Standing.VOID]


def test_a_page_without_a_code_is_given_by_hand(county: Office, folder: Path) -> None:
    visit = save_visit(county)
    photo = folder / "photo.jpg"
    Image.new("RGB", (900, 1200), "white").save(photo)
    (paper,) = scanned_paper.take(county, [photo]).papers
    assert paper.standing is Standing.UNREAD

    with pytest.raises(UserError) as refused:
        page_tray.give(county, paper.row.n, "沙湾-2011-9999")
    assert refused.value.code == "NOT_FOUND"
    given = page_tray.give(county, paper.row.n, visit.number)

    assert given.standing is Standing.ATTACHED
    assert given.changes.ids == {visit.id}
    assert len(names(county, visit.id)) == 1
    assert page_tray.waiting(county) == ()
    with pytest.raises(UserError, match="已经不在"):
        page_tray.drop(county, paper.row.n)


def test_a_useless_page_leaves_the_tray(county: Office, folder: Path) -> None:
    photo = folder / "photo.jpg"
    Image.new("RGB", (900, 1200), "white").save(photo)
    (paper,) = scanned_paper.take(county, [photo]).papers
    page_tray.drop(county, paper.row.n)
    assert page_tray.waiting(county) == ()


def test_one_undo_for_all_of_it(county: Office, folder: Path) -> None:
    visit = save_visit(county, opinions=LONG)
    pages = scanned(county, folder, visit.id)
    Image.new("RGB", (900, 1200), "white").save(folder / "z.jpg")
    account = scanned_paper.take(county, [*pages, folder / "z.jpg"])

    page_tray.take_back(county, account.run)

    assert names(county, visit.id) == []
    assert page_tray.waiting(county) == ()
    assert standings(scanned_paper.take(county, pages)) == [Standing.ATTACHED] * 2
    with pytest.raises(UserError, match="没有可以撤回"):
        page_tray.take_back(county, 99)


def test_a_page_its_record_refuses_waits_and_the_rest_of_the_file_comes(
    county: Office, clock: SetClock, folder: Path
) -> None:
    """The day of the first visit lies ahead by a clock that was set back."""
    refusing = save_visit(county, visited_on="2011-07-20")
    taking = save_visit(county, visited_on="2011-07-05", enterprise_name="五通桥盐厂")
    pile = folder / "pile.pdf"
    form_papers.print_forms(county, pile, visits=[refusing.id, taking.id])
    clock.set(2011, 7, 10)

    account = scanned_paper.take(county, [pile])

    assert standings(account) == [Standing.REFUSED, Standing.ATTACHED]
    assert account.refused == ()
    assert [paper.number for paper in page_tray.waiting(county)] == [refusing.number]


def test_what_cannot_be_taken_back_is_told_and_stays(county: Office, folder: Path) -> None:
    visit = save_visit(county)
    other = save_visit(county, enterprise_name="五通桥盐厂")
    account = scanned_paper.take(county, scanned(county, folder, visit.id, other.id))
    voiding.void(county, Visit, visit.id, "录重了")
    written = county.store.written

    back = page_tray.take_back(county, account.run)

    assert county.store.written == written + 1, "one transaction for all of it"

    assert [paper.number for paper in back.staying] == [visit.number]
    assert names(county, visit.id)
    assert not names(county, other.id)
    assert [one.number for one in page_tray.received_pages(county, visit.number)] == [visit.number]


def test_a_bad_file_does_not_stop_the_others(county: Office, folder: Path) -> None:
    visit = save_visit(county)
    pages = scanned(county, folder, visit.id)
    (folder / "a.pdf").write_bytes(b"%PDF-1.4 cut off")
    (folder / "note.txt").write_text("no scan", encoding="utf-8")

    empty = folder / "empty"
    empty.mkdir()

    account = scanned_paper.take(county, [folder])

    assert len(account.papers) == len(pages) == 1
    assert [name for name, _ in account.refused] == ["a.pdf"]
    with pytest.raises(UserError, match="没有扫描件"):
        scanned_paper.take(county, [empty])


@pytest.mark.skipif(os.name == "nt", reason="a disk there keeps no such name")
def test_a_name_that_is_no_text_is_shown_as_what_can_be_read(county: Office, folder: Path) -> None:
    visit = save_visit(county)
    (page,) = scanned(county, folder, visit.id)
    strange = os.fsencode(folder) + b"/\xff\n\x1b[31m"
    page.rename(os.fsdecode(strange + b".jpg"))
    Path(os.fsdecode(strange + b".pdf")).write_bytes(b"%PDF-1.4 cut off")

    account = scanned_paper.take(county, [folder])

    assert [paper.row.file for paper in account.papers] == ["\ufffd[31m.jpg"]
    assert [name for name, _ in account.refused] == ["\ufffd[31m.pdf"]
    assert len(names(county, visit.id)) == 1


def test_a_picture_full_of_codes_goes_to_no_record(county: Office, folder: Path) -> None:
    visits = [save_visit(county, enterprise_name=f"第{n}砖厂").id for n in range(5)]
    sheet = Image.new("RGB", (1600, 1600), "white")
    for n, visit in enumerate(visits):
        code = PrintedCode(visit, 1, saving.show(county, Visit, visit).h, 1, 1)
        drawn = zxingcpp.create_barcode(code.text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=8)
        sheet.paste(Image.fromarray(drawn), (600 * (n % 2) + 100, 500 * (n // 2) + 50))
    sheet.save(folder / "sheet.png")
    assert len(codes_in(sheet)) == 5

    account = scanned_paper.take(county, [folder])

    assert standings(account) == [Standing.UNREAD]


def test_what_was_taken_before_a_stop_stays(county: Office, folder: Path) -> None:
    visits = [save_visit(county, enterprise_name=f"第{n}砖厂").id for n in range(2)]
    pages = scanned(county, folder, *visits)
    cancel = Cancel()

    def stop_at_the_second(step: Step) -> None:
        if step.done == 1:
            cancel.set()

    account = scanned_paper.take(county, pages, progress=stop_at_the_second, cancel=cancel)

    assert account.stopped
    assert len(account.papers) == 1
    assert names(county, visits[0])
    assert not names(county, visits[1])


def test_the_city_notes_that_the_paper_came(
    city: Office, county: Office, folder: Path, tmp_path: Path
) -> None:
    visit = save_visit(county)
    pages = scanned(county, folder, visit.id)
    deliver(county, city, tmp_path / "stick")

    account = scanned_paper.take(city, pages)

    assert standings(account) == [Standing.RECEIVED]
    assert [one.number for one in page_tray.received_pages(city, visit.number)] == [visit.number]
    assert record_of(city, "visit", visit.id).attachments == ()


def test_a_record_tells_which_of_its_pages_came_and_a_list_which_did_not(
    city: Office, county: Office, folder: Path, tmp_path: Path
) -> None:
    long, short, late = (
        save_visit(county, opinions=LONG),
        save_visit(county, enterprise_name="五通桥盐厂"),
        save_visit(county, enterprise_name="福禄砖厂"),
    )
    first, second, other = scanned(county, folder, long.id, short.id)
    deliver(county, city, tmp_path / "stick")
    assert paper_of(city, long.id) == ""

    account = scanned_paper.take(city, [first, other])

    assert account.changes.ids == {long.id, short.id}
    assert paper_of(city, long.id) == "纸质缺第2页"
    assert paper_of(city, short.id) == "纸质已收"
    assert to_come(city) == {long.id, late.id}
    scanned_paper.take(city, [second])
    assert paper_of(city, long.id) == "纸质已收"
    assert to_come(city) == {late.id}
    beside = page_tray.waiting(city, long.id)
    assert [(one.number, one.row.page) for one in beside] == [(long.number, 1), (long.number, 2)]

    back = page_tray.take_back(city, account.run)
    assert back.changes.ids == {long.id, short.id}
    assert paper_of(city, short.id) == ""

    scanned_paper.take(county, [other])
    assert paper_of(county, short.id) == "有扫描件"
    assert to_come(county) == {long.id, late.id}


def paper_of(office: Office, visit: str) -> str:
    paper = record_sheet.opened(office, Visit, visit).paper
    return paper.words if paper else ""


def to_come(office: Office) -> set[str]:
    chips = (Chip("?paper", How.MEETS),)
    return set(listing.ids(office, Visit, text="", view="all", chips=chips))


@pytest.mark.parametrize(
    ("pages", "missing", "received", "told"),
    [
        ((1, 2), (), True, "纸质已收：第1、2页（2011-12-03 王新）"),
        ((1,), (2,), True, "纸质缺第2页，有第1页（2011-12-03 王新）"),
        ((0, 0), (), False, "有扫描件：2页（2011-12-03 王新）"),
        ((2,), (1, 3), False, "扫描件缺第1、3页，有第2页（2011-12-03 王新）"),
    ],
)
def test_the_paper_of_a_record_in_words(
    pages: tuple[int, ...], missing: tuple[int, ...], received: bool, told: str
) -> None:
    assert SignedPaper(pages, missing, received, "2011-12-03T09:00:00", "王新").details == told
