"""What is written in the help is there, and is so."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.kernel.fields import fields_of
from app.domain.records import TYPES, registry
from app.ui.help.book import Book, read_book
from app.ui.help.key_table import all_keys
from app.ui.help.refusals import refusals
from app.ui.keys import MARK
from app.ui.pages.settings.page import HELP_PAGES, entries
from app.ui.theme import RESOURCES
from tests.ui.help.declared import UI, declared_keys, words_of_the_window

FOLDER = RESOURCES / "help"
PAGES = sorted(path.stem for path in FOLDER.glob("*.md") if path.stem != "contents")
CHAPTERS = ["要做什么", "怎么做", "出错了怎么办"]
IN_FIELDS = {"Ctrl+↓", "Ctrl+V", "Ctrl+空格"}
"""Keys that a long text, a list and an input method understand by themselves."""

_KEY = re.compile(r"`([^`]+)`(?:（([^）]*)）)?")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]*)\)")
_LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)]*)\)")


@pytest.fixture(scope="module")
def book() -> Book:
    return read_book(FOLDER, {"keys": all_keys, "refusals": refusals})


def written(name: str) -> str:
    return (FOLDER / f"{name}.md").read_text("utf-8")


def test_every_page_is_in_the_contents_once(book: Book) -> None:
    listed = [name for _, names in book.groups for name in names]
    assert sorted(listed) == PAGES


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_how_and_what_if_not(book: Book, name: str) -> None:
    text = written(name)
    assert text.splitlines()[0] == f"# {book.topics[name].title}"
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == CHAPTERS


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_to_other_pages_only(name: str) -> None:
    for target in _LINK.findall(written(name)):
        assert target.removesuffix(".md") in PAGES, target


@pytest.mark.parametrize("name", PAGES)
def test_every_key_is_a_key_of_the_program_and_means_that(name: str) -> None:
    known, words = declared_keys(), words_of_the_window()
    for shown, meaning in _KEY.findall(written(name)):
        family = f"{shown[:-1]}*"
        assert shown in known or family in known or shown in IN_FIELDS, shown
        if meaning and not any(told.startswith(meaning) for told in known.get(shown, ())):
            others = [key for key, told in known.items() if meaning in told]
            assert meaning in words, f"{shown} {meaning}"
            assert not others, f"{meaning} is {others}, not {shown}"


def test_every_picture_is_there_twice_and_small() -> None:
    named = {target for name in PAGES for _, target in _PICTURE.findall(written(name))}
    assert all(words for name in PAGES for words, _ in _PICTURE.findall(written(name)))
    for target in named:
        for path in (FOLDER / target, (FOLDER / target).with_stem(f"{Path(target).stem}@125")):
            assert path.stat().st_size < 60_000, path
    taken = {f"pictures/{path.name}" for path in (FOLDER / "pictures").glob("*.png")}
    assert {target.replace("@125", "") for target in taken} == named
    assert len(named) < 31


def test_every_place_and_every_subject_has_its_page() -> None:
    named = set(_literals("Place", 0))
    named |= {one.facts.place.name for one in registry.shown() if one.facts.place}
    named |= set(_literals("about", 1))
    named |= {HELP_PAGES.get(one.name, one.name) for one in entries(True)}
    assert {"home", "visits", "submit", "inbox", "print", "import"} <= named
    assert named <= set(PAGES)


def test_fields_in_bold_type_on_the_pages_of_records_are_so_called() -> None:
    labels = {spec.label for kind in TYPES.values() for spec in fields_of(kind)}
    for name, wanted in {
        "hazards": "化解日期",
        "cases": "帮扶类型",
        "documents": "材料类别",
        "enterprises": "曾用名、简称",
        "demands": "转交部门",
    }.items():
        assert wanted in labels
        assert f"**{wanted}**" in written(name)


def test_words_and_initials_find_a_page(book: Book) -> None:
    assert book.find("口令 恢复码")
    assert book.find("zfdj")[0] == "visits"
    assert book.find("打印")[0] == "print"
    assert book.find("没有这样的词") == []


def test_reasons_not_to_receive_come_from_the_program(book: Book) -> None:
    assert "文件被别的软件重新压缩过" in book.topics["questions"].text


def _literals(function: str, place: int) -> Iterator[str]:
    """The texts given to a function anywhere in the window's source."""
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                given = node.args[place] if len(node.args) > place else None
                if node.func.id == function and isinstance(given, ast.Constant):
                    yield str(given.value)


def test_the_key_that_takes_a_record_back_means_nothing_else() -> None:
    assert declared_keys()["F9"] == {"作废"}


def test_f5_marks_paper_in_a_form_and_does_again_everywhere_else() -> None:
    others = declared_keys()["F5"] - {MARK.words}
    assert all(words.startswith(("再", "重新")) for words in others)
