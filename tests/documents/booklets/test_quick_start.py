"""快速上手: two pages, only what the help says, and every key and button on it is there."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from app.documents.booklets.help_excerpts import HELP, Excerpt, runs_of, steps_of
from app.documents.booklets.quick_start import PARTS, TITLE, quick_start
from app.documents.drawing.target import Target
from tests.ui.help.declared import declared_keys, words_of_the_window
from tests.ui.help.test_pages import test_every_key_is_a_key_of_the_program_and_means_that as named

_MOST = 400_000


def test_it_has_two_pages_in_grey_and_all_of_its_parts(tmp_path: Path) -> None:
    target = Target(tmp_path / "快速上手.pdf")
    assert quick_start(target) == 2
    assert not target.lacking
    assert target.path is not None
    assert target.path.stat().st_size < _MOST
    with pypdfium2.PdfDocument(target.path) as paper:
        assert len(paper) == 2
        assert [round(side) for side in paper[0].get_size()] == [595, 842]
        text = "".join(page.get_textpage().get_text_range() for page in paper)
        colours = [page.render(scale=0.5).to_pil().convert("RGB") for page in paper]
    for part in PARTS:
        assert part.heading in text
    assert TITLE.split("　")[1] in text
    assert not set("*`[]").intersection(text), "nothing of the way it is written shows"
    for page in colours:
        assert all(red == green == blue for _, (red, green, blue) in page.getcolors(1 << 24))


def test_the_same_help_makes_the_same_bytes() -> None:
    one, other = Target(), Target()
    quick_start(one)
    quick_start(other)
    assert one.data == other.data


@pytest.mark.parametrize("page", sorted({e.page for part in PARTS for e in part.excerpts}))
def test_every_key_and_button_on_it_is_in_the_program(page: str) -> None:
    """What is on the sheet stands in the help word for word; there keys are held to the source."""
    named(page)
    whole = (HELP / f"{page}.md").read_text("utf-8")
    excerpts = [e for part in PARTS for e in part.excerpts if e.page == page]
    runs = [run for excerpt in excerpts for step in steps_of(excerpt) for run in step]
    assert all(run.text in whole for run in runs)
    known, words = declared_keys(), words_of_the_window()
    for run in runs:
        assert not run.key or run.text in known or run.text in words, run.text


def test_pieces_of_a_line() -> None:
    runs = runs_of("**送审**：按 `Ctrl+P`（打印），见[打印](print.md)。")
    assert [(run.text, run.strong, run.key) for run in runs] == [
        ("送审", True, False),
        ("：按 ", False, False),
        ("Ctrl+P", False, True),
        ("（打印），见", False, False),
        ("打印", False, False),
        ("。", False, False),
    ]


def test_a_step_that_the_help_has_no_more_is_told() -> None:
    with pytest.raises(KeyError):
        steps_of(Excerpt("visits", items=(99,)))
