"""The pages of a PDF are shown on the screen as they are printed."""

from __future__ import annotations

import io
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from app.documents.drawing.pages import MOST_PIXELS, Pages, Picture
from app.documents.drawing.slip import Column, Table, print_slip
from app.domain.kernel.errors import EnvironmentProblem, UserError

A4 = (595.276, 841.89)


@pytest.fixture(scope="module")
def slip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table of three pages."""
    out = tmp_path_factory.mktemp("pages") / "名册.pdf"
    rows = tuple((str(number), "鲁𬭎") for number in range(90))
    print_slip(
        out, "名册", [Table("名册", (Column("序号", 20), Column("姓名", 40)), rows)], foot=""
    )
    return out


def image(picture: Picture) -> Image.Image:
    size = (picture.width, picture.height)
    return Image.frombuffer("RGBA", size, picture.data, "raw", "BGRA", picture.stride, 1)


def shades(picture: Picture) -> tuple[tuple[int, int], ...]:
    """The darkest and the lightest value of red, green, blue and of what lets through."""
    found = image(picture).getextrema()
    assert isinstance(found, tuple)
    return found  # type: ignore[return-value]


def test_the_pages_are_counted_and_measured(slip: Path) -> None:
    with Pages(slip) as pages:
        assert pages.count == 3
        assert [pages.size(n) for n in range(3)] == [pytest.approx(A4, abs=0.01)] * 3


def test_a_page_is_black_on_opaque_white(slip: Path) -> None:
    with Pages(slip) as pages:
        picture = pages.picture(0, 1.5)
    assert (picture.width, picture.height) == (893, 1263)
    assert picture.stride >= 4 * picture.width
    assert len(picture.data) == picture.stride * picture.height
    *colours, opaque = shades(picture)
    assert opaque == (255, 255)
    assert colours == [(0, 255)] * 3


def test_colours_keep_their_order() -> None:
    out = io.BytesIO()
    Image.new("RGB", (100, 50), (180, 35, 42)).save(out, "PDF")
    with Pages(out.getvalue()) as pages:
        shown = image(pages.picture(0, 1)).getpixel((50, 25))
    assert isinstance(shown, tuple)
    assert all(abs(a - b) < 4 for a, b in zip(shown, (180, 35, 42, 255), strict=True))


def test_every_page_has_its_own_picture(slip: Path) -> None:
    with Pages(slip) as pages:
        first, last = (image(pages.picture(n, 1)) for n in (0, 2))
    assert ImageChops.difference(first.convert("RGB"), last.convert("RGB")).getbbox()


def test_the_file_may_go_while_its_pages_are_shown(slip: Path, tmp_path: Path) -> None:
    copy = tmp_path / "副本.pdf"
    copy.write_bytes(slip.read_bytes())
    with Pages(copy) as pages:
        copy.unlink()
        assert pages.picture(2, 0.5).width == 298


def test_a_huge_picture_is_drawn_smaller(slip: Path) -> None:
    with Pages(slip) as pages:
        picture = pages.picture(0, 40)
    assert picture.width * picture.height <= MOST_PIXELS * 1.001


def test_several_threads_see_the_same(slip: Path) -> None:
    """Two previews at once, each opening, drawing and closing in threads of their own."""
    with Pages(slip) as pages:
        expected = [pages.picture(n, 1).data for n in range(3)]
    start = threading.Barrier(6)

    def look(turn: int) -> list[bytes]:
        start.wait()
        with Pages(slip) as own:
            return [own.picture((n + turn) % 3, 1).data for n in range(3)]

    with ThreadPoolExecutor(6) as threads:
        for turn, found in enumerate(threads.map(look, range(6))):
            assert found == [expected[(n + turn) % 3] for n in range(3)]


def test_one_document_is_shared_by_threads(slip: Path) -> None:
    with Pages(slip) as pages, ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda n: pages.picture(n % 3, 1).data, range(12)))
    assert found[:3] == found[3:6] == found[6:9] == found[9:]


def test_closing_twice_does_nothing(slip: Path) -> None:
    pages = Pages(slip)
    pages.close()
    pages.close()


@pytest.mark.parametrize("data", [b"", b"no PDF", b"%PDF-1.7\ncut"])
def test_what_is_no_pdf_is_refused_with_words(data: bytes) -> None:
    with pytest.raises(UserError, match="打不开") as caught:
        Pages(data)
    assert caught.value.code == "PDF_BROKEN"


def test_a_file_that_is_gone_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="登记表") as caught:
        Pages(tmp_path / "登记表.pdf")
    assert caught.value.code == "READ_FAILED"
