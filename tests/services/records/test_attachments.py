"""Scans and photographs are kept with a record, made small, and without where they were taken."""

from __future__ import annotations

import io
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.domain.kernel.errors import EnvironmentProblem, UserError
from app.domain.kernel.progress import Cancel, Step
from app.domain.records import Visit, body_of
from app.services.office.office import Office
from app.services.records import append_revision, attachments, drafts
from app.services.records.attachments import NewFile
from tests.services.offices import SetClock, deliver, record_of, save_visit


def refused(code: str) -> Any:
    return pytest.raises(UserError, check=lambda error: error.code == code)


def photograph(path: Path, size: tuple[int, int] = (4000, 3000)) -> Path:
    """A photo taken with the camera on its side, which knows when and where."""
    picture = Image.new("RGB", size, "red")
    exif = picture.getexif()
    exif[0x0112] = 6
    exif[0x010F] = "Camera"
    exif.get_ifd(0x8825)[2] = (29.0, 24.0, 36.0)
    picture.save(path, exif=exif)
    return path


def test_a_photograph_becomes_small_upright_and_silent(county: Office, tmp_path: Path) -> None:
    visit = save_visit(county)
    saved = attachments.attach(county, Visit, visit.number, photograph(tmp_path / "IMG_1.JPG"))
    (row,) = saved.state.record.attachments
    assert (row.name, row.type) == ("IMG_1.JPG", "image/jpeg")
    with attachments.read(county, row.sha256) as stream:
        data = stream.read()
    assert len(data) == row.size
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.size == (1200, 1600)
        assert not picture.getexif()
    assert b"Camera" not in data


def test_other_files_stay_as_they_are_and_can_be_taken_off(county: Office, tmp_path: Path) -> None:
    visit = save_visit(county)
    report = tmp_path / "总结.pdf"
    report.write_bytes(b"%PDF-1.4 words")
    attachments.attach(county, Visit, visit.id, report, name="年终/总结.pdf")
    saved = attachments.attach(county, Visit, visit.id, report)
    (row,) = saved.state.record.attachments
    out = tmp_path / "out.pdf"
    assert attachments.save_to(county, row.sha256, out)
    assert out.read_bytes() == report.read_bytes()

    attachments.detach(county, Visit, visit.id, row.sha256)
    assert record_of(county, "visit", visit.id).attachments == ()
    with refused("NOT_ATTACHED"):
        attachments.detach(county, Visit, visit.id, row.sha256)


def test_files_that_two_add_at_one_time_are_all_there(county: Office, tmp_path: Path) -> None:
    visit = save_visit(county)
    ready = threading.Barrier(2)

    def add(who: str) -> None:
        files = [tmp_path / f"{who}{n}.txt" for n in range(8)]
        for file in files:
            file.write_text(file.name, encoding="utf-8")
        ready.wait()
        for file in files:
            attachments.attach(county, Visit, visit.id, file)

    with ThreadPoolExecutor(2) as both:
        list(both.map(add, ("甲", "乙")))
    names = {one.name for one in record_of(county, "visit", visit.id).attachments}
    assert names == {f"{who}{n}.txt" for who in "甲乙" for n in range(8)}


def test_what_is_too_large_empty_or_broken_is_refused(county: Office, tmp_path: Path) -> None:
    visit = save_visit(county)
    for name, data, code in (
        ("大.pdf", b"%PDF" + bytes(10 << 20), "SCAN_TOO_LARGE"),
        ("空.pdf", b"", "EMPTY_FILE"),
        ("坏.jpg", b"\xff\xd8\xff\xe0 not a picture", "PICTURE_BROKEN"),
    ):
        (tmp_path / name).write_bytes(data)
        with refused(code):
            attachments.attach(county, Visit, visit.id, tmp_path / name)
    assert record_of(county, "visit", visit.id).attachments == ()


def test_a_file_is_what_it_is_called(county: Office, tmp_path: Path) -> None:
    visit = save_visit(county)
    for name, data in (
        ("照片.jpg", "这是文字".encode()),
        ("名单.pdf", b"PK\x03\x04"),
        ("表.xlsx", b"MZ\x90"),
        ("照片\u202egpj.exe", b"MZ\x90"),
    ):
        (tmp_path / name).write_bytes(data)
        with refused("SCAN_KIND"):
            attachments.attach(county, Visit, visit.id, tmp_path / name)
    turned = tmp_path / "名单\u202efdp.txt"
    turned.write_text("甲\n", "gb18030")
    attachments.attach(county, Visit, visit.id, turned)
    assert [one.name for one in record_of(county, "visit", visit.id).attachments] == ["名单fdp.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a named pipe needs a system that has them")
def test_a_named_pipe_is_no_attachment(county: Office, tmp_path: Path) -> None:
    visit = save_visit(county)
    os.mkfifo(tmp_path / "照片.jpg")
    with pytest.raises(EnvironmentProblem, match="不是一个普通的文件"):
        attachments.attach(county, Visit, visit.id, tmp_path / "照片.jpg")


def test_of_several_files_the_good_ones_are_kept_and_named_later(
    county: Office, tmp_path: Path
) -> None:
    scan, program = tmp_path / "申请书.pdf", tmp_path / "看照片.exe"
    scan.write_bytes(b"%PDF-1.4 words")
    program.write_bytes(b"MZ")
    pasted = photograph(tmp_path / "x.jpg", (40, 30)).read_bytes()
    steps: list[Step] = []
    kept = attachments.keep_each(
        county,
        [NewFile(scan, scan.name), NewFile(program, program.name), NewFile(pasted, "粘贴.jpg")],
        progress=steps.append,
    )
    assert [row["name"] for row in kept.rows] == ["申请书.pdf", "粘贴.jpg"]
    assert [(name, problem.code) for name, problem in kept.refused] == [("看照片.exe", "SCAN_KIND")]
    assert [(step.done, step.total) for step in steps] == [(0, 3), (1, 3), (2, 3)]

    visit = save_visit(county, attachments=list(kept.rows))
    assert all(here for _, here in attachments.listed(county, Visit, visit.id))
    assert attachments.missing(county, [kept.rows[0]["sha256"], "0" * 64]) == {"0" * 64}


def test_stopping_keeps_what_was_kept(county: Office, tmp_path: Path) -> None:
    scan = tmp_path / "申请书.pdf"
    scan.write_bytes(b"%PDF-1.4 words")
    stop = Cancel()
    files = [NewFile(scan, "一.pdf"), NewFile(scan, "二.pdf")]
    kept = attachments.keep_each(county, files, progress=lambda step: stop.set(), cancel=stop)
    assert [row["name"] for row in kept.rows] == ["一.pdf"]


def test_files_that_came_late_are_in_the_draft(county: Office, tmp_path: Path) -> None:
    scan = tmp_path / "申请书.pdf"
    scan.write_bytes(b"%PDF-1.4 words")
    row = attachments.keep(county, scan, scan.name)
    visit = save_visit(county)
    draft = attachments.add_to_draft(county, Visit, visit.id, visit.state.h, [row])
    assert draft.typed["leaders"] == body_of(visit.state.record)["leaders"]
    again = attachments.add_to_draft(county, Visit, visit.id, visit.state.h, [row])
    assert again.typed["attachments"] == [row]
    attachments.add_to_draft(county, Visit, "new", None, [row])
    found = drafts.get(county, "new")
    assert found is not None
    assert (found.typed, found.base) == ({"attachments": [row]}, None)


def test_a_scan_travels_with_its_record(city: Office, county: Office, tmp_path: Path) -> None:
    visit = save_visit(county)
    picture = tmp_path / "表.png"
    Image.new("L", (100, 50), "white").save(picture)
    attachments.attach(county, Visit, visit.id, picture)
    *_, account = deliver(county, city, tmp_path / "stick")
    assert account.scans == 1
    ((row, here),) = attachments.listed(city, Visit, visit.number)
    assert (row.name, row.type, here) == ("表.png", "image/png", True)


def test_unfinished_work_comes_back_and_is_forgotten_once_saved(
    county: Office, clock: SetClock
) -> None:
    kept = drafts.save(county, Visit, {"leaders": "李明"})
    clock.forward(minutes=5)
    drafts.save(county, Visit, {"leaders": "李明书", "headcount": "12"}, key=kept.key)
    other = drafts.save(county, Visit, {"headcount": "7"}, base="h", key="another")
    first, second = drafts.every(county)
    assert {first.key, second.key} == {kept.key, "another"}
    (again,) = [d for d in (first, second) if d.key == kept.key]
    assert (again.typed, again.by_name) == ({"leaders": "李明书", "headcount": "12"}, "李经办")
    assert other.base == "h"
    drafts.remove(county, kept.key)
    assert drafts.get(county, kept.key) is None
    assert [draft.key for draft in drafts.every(county)] == ["another"]


def test_a_scan_named_by_another_program_travels_on(
    city: Office, county: Office, tmp_path: Path
) -> None:
    picture = attachments.keep(county, photograph(tmp_path / "x.jpg", (40, 30)), "表.jpg")
    hostile = {**picture, "name": "/etc/\u202e\x07" + "表" * 240, "type": "image/\x07jpeg"}
    visit = save_visit(county)
    body = {**body_of(visit.state.record), "attachments": [hostile]}
    with county.store.write() as connection:
        past = append_revision.past_of(connection, Visit, visit.id)
        append_revision.write(county, connection, Visit, visit.id, body, op="edit", past=past)
    *_, account = deliver(county, city, tmp_path / "stick")
    assert account.scans == 1
