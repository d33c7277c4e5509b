"""An attachment is looked at inside, or lent to another program and taken back."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from app.domain.kernel.errors import UserError
from app.services.office.office import Office
from app.services.records import attachment_pages, attachments
from app.services.records.attachment_copies import Lending


def kept(office: Office, data: bytes, name: str) -> str:
    return str(attachments.keep(office, data, name)["sha256"])


def pdf(pages: int) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for number in range(pages):
        canvas.rect(0, 0, 595, 842 if number else 400, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def picture(size: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", size, (200, 0, 0, 255)).save(out, "PNG")
    return out.getvalue()


def test_the_pages_of_a_pdf_are_drawn_as_wide_as_asked(county: Office) -> None:
    preview = attachment_pages.opened(county, kept(county, pdf(3), "申请书.pdf"))
    assert preview is not None
    assert preview.count == 3
    page = preview.picture(0, 500)
    assert abs(page.width - 500) <= 1
    assert page.data[:4] == b"\xff\xff\xff\xff"
    assert page.data[-4:] == b"\x00\x00\x00\xff"
    assert preview.picture(2, 500).data[:4] == b"\x00\x00\x00\xff"
    preview.close()


def test_a_picture_is_drawn_no_larger_than_it_is(county: Office) -> None:
    preview = attachment_pages.opened(county, kept(county, picture((300, 100)), "照片.png"))
    assert preview is not None
    small, whole = preview.picture(0, 150), preview.picture(0, 500)
    assert (small.width, small.height) == (150, 50)
    assert (whole.width, whole.height, whole.data[:4]) == (300, 100, b"\x00\x00\xc8\xff")


def test_other_documents_are_for_other_programs(county: Office) -> None:
    assert attachment_pages.opened(county, kept(county, b"words", "总结.wps")) is None
    with pytest.raises(UserError, check=lambda error: error.code == "SCAN_MISSING"):
        attachment_pages.opened(county, "0" * 64)


def test_a_copy_is_private_and_taken_back(county: Office, tmp_path: Path) -> None:
    lending = Lending(county, tmp_path)
    sha256 = kept(county, b"words", "总结.wps")
    copy = lending.lend(sha256, "总结.wps")
    assert copy.read_bytes() == b"words"
    assert copy.name == "总结.wps"
    assert lending.lend(sha256, "总结.wps") == copy
    if os.name == "posix":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        assert stat.S_IMODE(copy.parent.parent.stat().st_mode) == 0o700
    lending.take_back()
    assert list(tmp_path.glob("zoufang-*")) == []
    assert lending.lend(sha256, "总结.wps").exists()


def test_what_a_broken_off_run_left_is_removed(county: Office, tmp_path: Path) -> None:
    lent = Lending(county, tmp_path).lend(kept(county, b"words", "总结.wps"), "总结.wps")
    folder = lent.parent.parent
    before = folder.rename(folder.with_name(folder.name.replace(f"{os.getpid()}-", "1-")))
    stranger = tmp_path / "zoufang-other-1-x"
    stranger.mkdir()
    Lending(county, tmp_path).lend(kept(county, b"words", "总结.wps"), "总结.wps")
    assert not before.exists()
    assert stranger.exists()
