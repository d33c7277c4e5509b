"""Scans and photographs are kept with a record, made small, and without where they were taken."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.domain.errors import UserError
from app.services import attaching, drafts
from app.services.office import Office
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
    saved = attaching.attach(county, "visit", visit.number, photograph(tmp_path / "IMG_1.JPG"))
    (row,) = saved.state.record.attachments
    assert (row.name, row.type) == ("IMG_1.JPG", "image/jpeg")
    with attaching.read(county, row.sha256) as stream:
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
    attaching.attach(county, "visit", visit.id, report, name="年终/总结.pdf")
    saved = attaching.attach(county, "visit", visit.id, report)
    (row,) = saved.state.record.attachments
    out = attaching.save_to(county, row.sha256, tmp_path / "out.pdf")
    assert out.read_bytes() == report.read_bytes()

    attaching.detach(county, "visit", visit.id, row.sha256)
    assert record_of(county, "visit", visit.id).attachments == ()
    with refused("NOT_ATTACHED"):
        attaching.detach(county, "visit", visit.id, row.sha256)


def test_what_is_too_large_empty_or_broken_is_refused(county: Office, tmp_path: Path) -> None:
    visit = save_visit(county)
    for name, data, code in (
        ("大.pdf", b"%PDF" + bytes(10 << 20), "SCAN_TOO_LARGE"),
        ("空.pdf", b"", "EMPTY_FILE"),
        ("坏.jpg", b"\xff\xd8\xff\xe0 not a picture", "PICTURE_BROKEN"),
    ):
        (tmp_path / name).write_bytes(data)
        with refused(code):
            attaching.attach(county, "visit", visit.id, tmp_path / name)
    assert record_of(county, "visit", visit.id).attachments == ()


def test_a_scan_travels_with_its_record(city: Office, county: Office, tmp_path: Path) -> None:
    visit = save_visit(county)
    picture = tmp_path / "表.png"
    Image.new("L", (100, 50), "white").save(picture)
    attaching.attach(county, "visit", visit.id, picture)
    *_, account = deliver(county, city, tmp_path / "stick")
    assert account.scans == 1
    ((row, here),) = attaching.listed(city, "visit", visit.number)
    assert (row.name, row.type, here) == ("表.png", "image/png", True)


def test_unfinished_work_comes_back_and_is_forgotten_once_saved(
    county: Office, clock: SetClock
) -> None:
    kept = drafts.save(county, "visit", {"leaders": "李明"})
    clock.forward(minutes=5)
    drafts.save(county, "visit", {"leaders": "李明书", "headcount": "12"}, key=kept.key)
    other = drafts.save(county, "visit", {"headcount": "7"}, base="h", key="another")
    first, second = drafts.every(county)
    assert {first.key, second.key} == {kept.key, "another"}
    (again,) = [d for d in (first, second) if d.key == kept.key]
    assert (again.typed, again.by_name) == ({"leaders": "李明书", "headcount": "12"}, "李经办")
    assert other.base == "h"
    drafts.remove(county, kept.key)
    assert drafts.get(county, kept.key) is None
    assert [draft.key for draft in drafts.every(county)] == ["another"]
