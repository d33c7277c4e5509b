"""An attachment is looked at inside, or lent to another program and taken back."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from app.domain.kernel.errors import UserError
from app.services.office.office import Office
from app.services.records import attachment_pages, attachments
from app.services.records.attachment_copies import Lending
from app.services.records.attachment_kinds import DOCUMENTS, PICTURES, is_document
from database.store import attachments as scans
from tests.services.offices import SetClock, reopened

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 words"


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
    assert attachment_pages.opened(county, kept(county, OLE, "总结.wps")) is None
    with pytest.raises(UserError, check=lambda error: error.code == "SCAN_MISSING"):
        attachment_pages.opened(county, "0" * 64)


def test_a_copy_is_private_and_taken_back(county: Office) -> None:
    lending = Lending(county)
    sha256 = kept(county, OLE, "总结.wps")
    copy = lending.lend(sha256, "总结.wps")
    assert copy.read_bytes() == OLE
    assert copy.name == "总结.wps"
    assert lending.lend(sha256, "总结.wps") == copy
    if os.name == "posix":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o400
        for folder in (copy.parent, copy.parent.parent, copy.parent.parent.parent):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    lending.take_back()
    assert not list(county.folder.lent.rglob("*.wps"))
    assert lending.lend(sha256, "总结.wps").exists()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("/etc/cron.d/总结.pdf", "_etc_cron.d_总结.pdf"),
        ("../../../总结.pdf", "_.._.._总结.pdf"),
        ("..\\启动\\总结.pdf", "_启动_总结.pdf"),
        ("con.pdf", "_con.pdf"),
        ("总结\u202e.pdf", "总结.pdf"),
    ],
)
def test_a_name_from_outside_is_no_place_on_the_disk(county: Office, name: str, safe: str) -> None:
    copy = Lending(county).lend(kept(county, b"%PDF-1.4 words", "总结.pdf"), name)
    assert copy.name == safe
    assert county.folder.lent in copy.parents


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("名单.pdf.exe", b"%PDF-1.4 words"),
        ("/home/x/.config/autostart/y.desktop", b"[Desktop Entry]"),
        ("名单.lnk", b"L\0\0\0"),
        ("名单.scr", b"MZ"),
        ("名单.hta", b"<html>"),
        ("名单.js", b"x"),
        ("名单.html", b"<html>"),
        ("名单\u202efdp.exe", b"MZ"),
        ("名单", b"%PDF-1.4 words"),
        ("名单.pdf", b"MZ"),
        ("名单.docx", b"<html>"),
        ("名单.txt", b"MZ\x90\0"),
        ("名单.exe ", b"MZ"),
    ],
)
def test_what_may_be_a_program_is_not_opened(county: Office, name: str, data: bytes) -> None:
    sha256, _ = scans.add(county.scans, io.BytesIO(data))
    with pytest.raises(UserError, check=lambda error: error.code == "NOT_OPENED"):
        Lending(county).lend(sha256, name)
    assert not [one for one in county.folder.lent.rglob("*") if "名单" in one.name]


def test_every_kind_that_can_be_attached_can_be_opened() -> None:
    for ending in (*PICTURES, *DOCUMENTS):
        heads = [b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"BM", b"RIFF\0\0\0\0WEBP", b"%PDF-1.7"]
        heads += [b"II*\0", OLE, b"PK\x03\x04", b"{\\rtf1", "单位,人数".encode()]
        assert any(is_document(f"x.{ending}", head) for head in heads), ending
        assert not is_document(f"x.{ending}", b"MZ\x90\0"), ending


_HELD = """
import sys
from pathlib import Path
from app.services.office.private_place import PrivatePlace
place = PrivatePlace(Path(sys.argv[1]))
(place.folder() / "readable.pdf").write_bytes(b"%PDF")
(place.folder() / "readable.pdf").chmod(0o400)
print(place.folder(), flush=True)
sys.stdin.read()
"""


def run_apart(root: Path) -> tuple[subprocess.Popen[str], Path]:
    """Another run of the program, which holds a copy in `root`."""
    other = subprocess.Popen(
        [sys.executable, "-c", _HELD, str(root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    return other, Path(other.stdout.readline().strip())


def test_what_a_killed_run_left_is_swept_at_opening_and_a_living_one_is_spared(
    county: Office, clock: SetClock
) -> None:
    alive, kept_folder = run_apart(county.folder.lent)
    dead, left = run_apart(county.folder.lent)
    dead.kill()
    dead.communicate()
    assert list(left.iterdir())
    root = county.folder.root
    county.close()
    reopened(root, clock).close()
    assert not left.exists()
    assert list(kept_folder.iterdir())
    alive.communicate("")
    reopened(root, clock).close()
    assert [one.name for one in county.folder.lent.iterdir()] == ["gate.lock"]
