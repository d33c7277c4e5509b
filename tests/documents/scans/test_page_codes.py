"""The code on a page is read as scanners, telephones and seals leave it, and never wrongly."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from app.documents.drawing.printed_code import PrintedCode
from app.documents.forms.registration_form import RegistrationForm, registration_form
from app.documents.scans.page_codes import codes_in
from tests.documents.test_registration_form import TEXTS

DATA = Path(__file__).parent.parent / "data" / "scans"
RECORD = "0190a3c2-7d1e-7abc-9def-0123456789ab"
FORM = RegistrationForm(
    leaders=("王琦",),
    enterprise="沙湾水泥厂",
    headcount=320,
    opinions="无",
    number="沙湾-2011-0001",
    record_id=RECORD,
    version=3,
    h="0123456789abcdef" * 4,
)
SAID = PrintedCode(RECORD, 3, "0123456789abcdef", 1, 1)


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Image.Image:
    """The printed form at 150 dpi, in colour."""
    out = tmp_path_factory.mktemp("scan") / "form.pdf"
    registration_form([FORM], out, texts=TEXTS)
    with pypdfium2.PdfDocument(out) as document:
        page = document[0]
        picture: Image.Image = page.render(scale=150 / 72).to_pil().convert("RGB")
        page.close()
    return picture


def as_jpeg(picture: Image.Image, quality: int) -> Image.Image:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return Image.open(io.BytesIO(out.getvalue()))


def sealed(picture: Image.Image) -> Image.Image:
    """A red seal of 42 mm over the code."""
    seal = Image.new("RGB", picture.size, "white")
    ink = ImageDraw.Draw(seal)
    x, y, r = picture.width - 230, picture.height - 150, 124
    for inset in range(0, r, 14):
        box = (x - r + inset, y - r + inset, x + r - inset, y + r - inset)
        ink.ellipse(box, outline=(214, 40, 40), width=7)
    return ImageChops.multiply(picture, seal)


def in_chat(picture: Image.Image) -> Image.Image:
    """As a telephone's picture is sent on: 1440 pixels long, compressed."""
    small = picture.copy()
    small.thumbnail((1440, 1440))
    return as_jpeg(small, 60)


@pytest.mark.parametrize(
    "spoiled",
    [
        lambda page: page,
        lambda page: page.rotate(180),
        lambda page: page.rotate(7, expand=True, fillcolor="white"),
        lambda page: as_jpeg(page, 40),
        lambda page: page.convert("L").point(lambda v: 255 if v > 140 else 0).convert("1"),
        lambda page: page.filter(ImageFilter.GaussianBlur(1.4)),
        sealed,
        in_chat,
    ],
    ids=["plain", "head-down", "turned", "jpeg", "1-bit", "blurred", "sealed", "chat"],
)
def test_a_page_of_today_is_read(
    scan: Image.Image, spoiled: Callable[[Image.Image], Image.Image]
) -> None:
    assert codes_in(spoiled(scan)) == (SAID,)


def test_two_pages_in_one_picture_are_both_read(scan: Image.Image) -> None:
    both = Image.new("RGB", (2 * scan.width, scan.height), "white")
    both.paste(scan, (0, 0))
    both.paste(scan.rotate(90, expand=True), (scan.width, 0))
    assert codes_in(both) == (SAID,)


@pytest.mark.parametrize(
    ("name", "record", "version"),
    [
        ("02_cheapscan.jpg", "a38fd547-923a-4369-94e3-bf911a61dbe2", 1),
        ("04_seal.jpg", "eeeacbe2-26e8-4555-9790-f82ec1d3fcff", 3),
        ("05_wechat1440.jpg", "ae658f33-fe3b-490b-93f4-48b3a5aa3c81", 3),
    ],
)
def test_paper_printed_before_still_reads(name: str, record: str, version: int) -> None:
    with Image.open(DATA / name) as picture:
        (code,) = codes_in(picture)
    assert isinstance(code, PrintedCode)
    assert (code.record, code.version, code.page) == (record, version, 0)


def test_a_page_without_a_code_says_nothing() -> None:
    assert codes_in(Image.new("RGB", (800, 1100), "white")) == ()


@given(
    st.uuids(),
    st.integers(0, 0xFFFF),
    st.binary(min_size=8, max_size=32),
    st.integers(1, 255),
    st.integers(1, 255),
)
def test_what_is_printed_is_what_is_read(
    record: object, version: int, h: bytes, page: int, pages: int
) -> None:
    code = PrintedCode(str(record), version, h.hex()[:16], page, pages)
    assert PrintedCode.read(code.text) == code


@given(st.text(max_size=60) | st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", min_size=45, max_size=45))
def test_any_other_code_is_told_apart_and_never_breaks(text: str) -> None:
    assert PrintedCode.read(text) is None
    said = PrintedCode.read(f"ZF2:{text}")
    assert said is None or len(said.record) == 36
