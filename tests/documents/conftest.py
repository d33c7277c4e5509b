"""How the tests of the documents read what was printed: with readers that did not write it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from app.documents.drawing.fonts import Fonts, shipped

Box = tuple[float, float, float, float]
ReadPages = Callable[..., list[str]]


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    return shipped()


@pytest.fixture(scope="session")
def standard_characters() -> str:
    """通用规范汉字表: 8,105 characters."""
    listed = Path(__file__).parent / "data" / "general_standard_characters.txt"
    return "".join(listed.read_text("utf-8").split())


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    with closing(pypdfium2.PdfDocument(path)) as document:
        yield document


@pytest.fixture(scope="session")
def pages_of() -> ReadPages:
    """The text of each page as pdfium reads it, of the whole page or of a box on it (points)."""

    def read(path: Path, box: Box | None = None) -> list[str]:
        with _opened(path) as document:
            return [_text(page, box) for page in document]

    return read


def _text(page: Any, box: Box | None) -> str:
    with closing(page), closing(page.get_textpage()) as text:
        found: str = text.get_text_bounded(*box) if box else text.get_text_range()
    return found.replace("\r\n", "\n")


@pytest.fixture(scope="session")
def poppler() -> Callable[[Path], str]:
    """The text of a file as pdftotext reads it; the test is skipped where that is missing."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")

    def read(path: Path) -> str:
        command = [program, "-raw", "-nopgbrk", str(path), "-"]
        return subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8")

    return read


@pytest.fixture(scope="session")
def decoded_codes(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], list[str]]:
    """What a QR reader sees on each page; the test is skipped where zbarimg is missing."""
    program = shutil.which("zbarimg")
    if program is None:
        pytest.skip("zbarimg (zbar-tools) is not installed")

    def read(path: Path) -> list[str]:
        found: list[str] = []
        with _opened(path) as document:
            for number, page in enumerate(document):
                image = tmp_path_factory.mktemp("page") / f"{number}.png"
                page.render(scale=200 / 72).to_pil().save(image)
                page.close()
                command = [program, "--quiet", "--raw", str(image)]
                shown = subprocess.run(command, capture_output=True, check=False).stdout
                found += shown.decode("utf-8").split()
        return found

    return read
