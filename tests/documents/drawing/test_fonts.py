"""What is printed can be copied out again, and what cannot be printed is said beforehand."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from app.documents.drawing.fonts import Fonts, Role, missing_characters, unicode_map
from app.documents.drawing.layout import MM, Pen, Style

ROOT = Path(__file__).resolve().parents[3]
IN_WHOLE_FONT_ONLY = "㐀㐁"
IN_NO_FONT = "\U0002b8a2"

ReadPages = Callable[..., list[str]]


def printed(pen: Pen, text: str, role: Role) -> bytes:
    for start in range(0, len(text), 2000):
        for row in range(50):
            piece = text[start + row * 40 : start + min(2000, row * 40 + 40)]
            pen.text(20 * MM, 800 - row * 15, piece, Style(role))
        pen.next_page()
    return pen.finish()


@pytest.fixture(params=list(Role))
def all_characters(
    request: pytest.FixtureRequest, tmp_path: Path, fonts: Fonts, standard_characters: str
) -> Path:
    path = tmp_path / "8105.pdf"
    path.write_bytes(printed(Pen(fonts, "字表"), standard_characters, request.param))
    return path


def test_every_standard_character_copies_out_with_pdfium(
    all_characters: Path, pages_of: ReadPages, standard_characters: str
) -> None:
    assert "".join("".join(pages_of(all_characters)).split()) == standard_characters


def test_every_standard_character_copies_out_with_poppler(
    all_characters: Path, poppler: Callable[[Path], str], standard_characters: str
) -> None:
    assert "".join(poppler(all_characters).split()) == standard_characters


def test_the_list_has_the_characters_beyond_the_first_plane(standard_characters: str) -> None:
    assert len(set(standard_characters)) == 8105
    assert sum(ord(char) > 0xFFFF for char in standard_characters) == 196


def test_gbk_can_be_printed_in_every_role(fonts: Fonts) -> None:
    leads, trails = range(0x81, 0xFF), range(0x40, 0xFF)
    pairs = (bytes((lead, trail)) for lead in leads for trail in trails)
    gbk = {char for pair in pairs for char in pair.decode("gbk", "ignore") if char > "\x7f"}
    assert len(gbk) > 21_000
    for role in Role:
        assert fonts[role].missing("".join(gbk)) == {"≒"}


def test_a_character_missing_in_bold_is_printed_in_the_regular_weight(
    fonts: Fonts, tmp_path: Path, pages_of: ReadPages
) -> None:
    text = f"荍坝镇{IN_WHOLE_FONT_ONLY}工会"
    assert list(fonts[Role.TITLE].runs(text)) == [
        ("NotoSerifSC-Bold", "荍坝镇"),
        ("NotoSerifSC-Regular", IN_WHOLE_FONT_ONLY),
        ("NotoSerifSC-Bold", "工会"),
    ]
    path = tmp_path / "title.pdf"
    path.write_bytes(printed(Pen(fonts, "标题"), text, Role.TITLE))
    assert pages_of(path)[0].strip() == text


def test_titles_are_bold_throughout_where_a_name_is_of_today(
    fonts: Fonts, standard_characters: str
) -> None:
    places = (ROOT / "database/reference/divisions.csv").read_text("utf-8")
    for text in (standard_characters, "".join(places.split())):
        assert [name for name, _ in fonts[Role.TITLE].runs(text)] == ["NotoSerifSC-Bold"]
    older = [("NotoSerifSC-Bold", "张"), ("NotoSerifSC-Regular", "囯")]
    assert list(fonts[Role.TITLE].runs("张囯")) == older


def test_characters_without_a_shape_are_named_once_and_in_order() -> None:
    text = f"☑阿尔·日古䶮𬭎荍坝镇漹城{IN_NO_FONT}☑\n第二行\t"
    assert missing_characters(text) == f"☑{IN_NO_FONT}"


def test_invisible_characters_are_no_reason_to_refuse() -> None:
    assert missing_characters("乐山\u200b市\ufeff总工会\u00ad") == ""


def test_the_warning_says_which_character_and_where(fonts: Fonts) -> None:
    (place,) = fonts.lacking([("单位名称", "乐山市"), ("走访领导", f"王{IN_NO_FONT}")])
    assert place == f"走访领导：“{IN_NO_FONT}”（U+2B8A2）"


def test_a_box_is_printed_for_a_character_no_font_has(
    tmp_path: Path, fonts: Fonts, pages_of: ReadPages
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(printed(Pen(fonts, "标题"), f"王{IN_NO_FONT}😀明", Role.TITLE))
    assert pages_of(path)[0].strip() == "王□□明"


def test_the_unicode_map_keeps_to_the_block_limit_and_writes_pairs() -> None:
    written = unicode_map("Name", [0, *range(0x4E00, 0x4E00 + 250), 0x2CB4E])
    assert [int(n) for n in re.findall(r"(\d+) beginbfchar", written)] == [100, 100, 51]
    assert "<FB> <D872DF4E>" in written
    assert "<00>" not in written.split("beginbfchar", 1)[1]


def test_the_same_text_gives_the_same_bytes(fonts: Fonts) -> None:
    first, second = (printed(Pen(fonts, "表"), "乐山𬭎市总工会", Role.BODY) for _ in range(2))
    assert first == second
