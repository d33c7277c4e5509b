"""A letter as it leaves the office: the PDF by GB/T 9704, the .docx that WPS goes on with."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from docx import Document

from app.documents.drawing.target import Target
from app.documents.letters.letter import (
    Column,
    Grid,
    Heading,
    Letter,
    Masthead,
    Paragraph,
    to_write,
)
from app.documents.letters.letter_measures import MM
from app.documents.letters.letter_pdf import letter_pdf
from app.documents.letters.letter_reading import read_letter
from app.documents.letters.letter_word import letter_word
from app.domain.kernel.errors import UserError

SENTENCE = "沙湾区总工会组织工作组深入企业走访职工了解生产生活情况并协调解决困难和问题"


def letter(paragraphs: int = 12) -> Letter:
    table = Grid(
        "各乡镇走访情况",
        (Column("乡镇", 2), Column("走访单位（户）", 1, 1), Column("走访职工（人次）", 1, 1)),
        tuple((f"第{n}镇", f"{n}", f"{n * 35}") for n in range(1, 9)),
    )
    return Letter(
        "沙湾区总工会关于开展“进千户企业、访万名职工”实践活动的总结报告",
        (
            Heading("一、基本情况"),
            *[Paragraph(SENTENCE * 4 + "。") for _ in range(paragraphs)],
            table,
            Heading("（一）做法", 2),
            to_write("主要做法"),
            Paragraph("特此报告。"),
        ),
        "乐山市总工会：",
        "沙湾区总工会",
        dt.date(2011, 12, 10),
    )


def pages_of(data: bytes) -> list[list[str]]:
    """The lines of text on each page."""
    with closing(pypdfium2.PdfDocument(data)) as document:
        found = []
        for page in document:
            with closing(page.get_textpage()) as text:
                found.append(text.get_text_bounded().replace("\r", "").split("\n"))
            page.close()
    return found


NARROW = Grid(
    "走访情况汇总表",
    (
        Column("单位", 2.5),
        *(Column(f"{head}\n（{unit}）", share, 1) for head, unit, share in (
            ("走访\n单位", "户", 1), ("走访\n职工", "人次", 1), ("乡镇\n覆盖", "已／应", 1),
            ("规上\n覆盖", "已／应", 1), ("意见\n诉求", "件", 1), ("已办结", "件", 1),
            ("帮扶\n人数", "人", 1), ("慰问金", "元", 1.7), ("实物\n折价", "元", 1.5),
        )),
    ),
    (
        ("马边彝族自治县总工会", "18", "12,509", "3／34", "14／17", "2", "1", "4",
         "18,000.50", "2,321.80"),
        ("合计（不重复）", "60", "31,669", "3／34", "14／17", "5", "3", "12",
         "118,000.50", "12,321.80"),
    ),
)  # fmt: skip


def test_units_and_numbers_of_a_narrow_table_stand_in_one_piece() -> None:
    narrow = replace(letter(1), blocks=(NARROW,))
    target = Target()
    letter_pdf(narrow, target)
    lines = [line.strip() for page in pages_of(target.data) for line in page]
    words = " ".join(lines)
    for whole in ("（户）", "（人次）", "（已／应）", "118,000.50", "12,321.80"):
        assert whole in words, lines
    target = Target()
    letter_word(narrow, target)
    (table,) = Document(io.BytesIO(target.data)).tables
    for place, cell in enumerate(table.rows[0].cells):
        (run,) = cell.paragraphs[0].runs
        room = cell.width.pt - 2 * 1.4
        assert all(len(line) * run.font.size.pt <= room for line in cell.text.split("\n")), place
    assert sum(cell.width.mm for cell in table.rows[0].cells) == pytest.approx(156, abs=0.5)


def test_twenty_eight_characters_stand_on_a_line_and_twenty_two_lines_on_a_page() -> None:
    target = Target()
    assert letter_pdf(letter(), target) == len(pages_of(target.data))
    pages = pages_of(target.data)
    full = [line for line in pages[1] if len(line) == 28]
    assert len(full) > 10
    assert max(len(line) for page in pages for line in page) == 28
    *body, number = pages[1]
    assert number == "— 2 —"
    assert len(body) == 22


def test_the_numbers_of_odd_pages_stand_right_and_the_signature_is_not_alone() -> None:
    for paragraphs in range(4, 16):
        target = Target()
        letter_pdf(letter(paragraphs), target)
        last = pages_of(target.data)[-1]
        assert "沙湾区总工会" in last
        assert "2011年12月10日" in last
        assert any("特此报告" in line for line in last)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return tmp_path / "profile"


def converted(path: Path, ending: str, profile: Path) -> Path:
    """What LibreOffice makes of a file when it opens it and saves it again."""
    out = path.parent / "again"
    command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", ending, "--outdir", str(out), str(path)],
        check=True,
        capture_output=True,
    )
    return out / f"{path.stem}.{ending}"


def test_the_word_file_is_opened_saved_again_and_read_back(tmp_path: Path, office: Path) -> None:
    path = tmp_path / "总结报告.docx"
    written = letter()
    letter_word(written, path)
    for data in (path.read_bytes(), converted(path, "docx", office).read_bytes()):
        read = read_letter(data)
        assert read.title == written.title
        headings = [one for one in read.blocks if isinstance(one, Heading)]
        assert headings == [Heading("一、基本情况", 1), Heading("（一）做法", 2)]
        (grid,) = [one for one in read.blocks if isinstance(one, Grid)]
        (wrote,) = [one for one in written.blocks if isinstance(one, Grid)]
        assert [one.title for one in grid.columns] == [one.title for one in wrote.columns]
        assert grid.rows == wrote.rows
        texts = [one.text for one in read.blocks if isinstance(one, Paragraph)]
        assert texts.count(SENTENCE * 4 + "。") == 12
        assert texts[0] == "乐山市总工会："
        assert texts[-2:] == ["沙湾区总工会", "2011年12月10日"]


def test_the_word_file_keeps_the_measures_in_another_program(tmp_path: Path, office: Path) -> None:
    path = tmp_path / "总结报告.docx"
    letter_word(letter(), path)
    pages = pages_of(converted(path, "pdf", office).read_bytes())
    assert max(len(line) for page in pages for line in page) == 28
    full = [line for line in pages[1] if len(line) == 28]
    assert len(full) > 10
    assert any("— 2 —" in line for line in pages[1])
    assert len(pages[1]) == 23


@pytest.mark.parametrize("paragraphs", [1, 15, 18, 40])
def test_the_foot_of_an_issue_stands_below_on_its_last_page(
    tmp_path: Path, office: Path, paragraphs: int
) -> None:
    path = tmp_path / "简报.docx"
    head = Masthead("工作简报", "2011年第1期", "乐山市总工会编", dt.date(2011, 12, 10))
    blocks = tuple(Paragraph(SENTENCE[:20]) for _ in range(paragraphs))
    foot = ("主送：市委、市政府。", f"抄送：{SENTENCE[:30]}。", "（共印50份）")
    letter_word(Letter("", blocks, masthead=head, colophon=foot), path)
    data = converted(path, "pdf", office).read_bytes()
    pages = ["".join(lines).replace(" ", "") for lines in pages_of(data)]
    assert ["共印50份" in page for page in pages] == [False] * (len(pages) - 1) + [True]
    assert SENTENCE[:20] in pages[-1], "it does not stand alone"
    with closing(pypdfium2.PdfDocument(data)) as document:
        page = document[len(pages) - 1]
        with closing(page.get_textpage()) as text:
            at, _ = text.search("共印").get_next()
            below = text.get_charbox(at)[1]
        page.close()
    assert 0 <= below - 35 * MM < 12, "points above the lower edge of the 版心"


def test_the_word_file_names_nobody(tmp_path: Path) -> None:
    path = tmp_path / "总结报告.docx"
    letter_word(letter(), path)
    with zipfile.ZipFile(path) as packed:
        core = packed.read("docProps/core.xml").decode()
    assert "python" not in core
    assert "2000-01-01" in core


def test_what_is_no_word_file_or_far_too_large_is_refused() -> None:
    with pytest.raises(UserError, match="读不出来"):
        read_letter(b"PK\x03\x04 nothing")
    huge = io.BytesIO()
    with zipfile.ZipFile(huge, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"<a>" + b" " * (65 << 20))
    with pytest.raises(UserError, match="文件太大"):
        read_letter(huge.getvalue())
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as packed:
        packed.writestr("word/document.xml", b"<a/>")
    with pytest.raises(UserError, match="读不出来"):
        read_letter(plain.getvalue())


def test_what_no_file_of_words_can_hold_is_left_out(tmp_path: Path) -> None:
    odd = "一\x00二\x0b三\ufffe四\uffff"
    grid = Grid(odd, (Column(odd, 1),), ((odd,),))
    blocks = (Heading(odd), Paragraph(odd), grid)
    letter_word(Letter(odd * 100, blocks, odd, odd, dt.date(2011, 12, 10)), tmp_path / "a.docx")
    assert "一二\n三四" in str(read_letter((tmp_path / "a.docx").read_bytes())).replace("\\n", "\n")


def test_a_cell_that_spans_columns_without_end_is_refused(tmp_path: Path) -> None:
    letter_word(letter(), tmp_path / "a.docx")
    out = io.BytesIO()
    with zipfile.ZipFile(tmp_path / "a.docx") as made, zipfile.ZipFile(out, "w") as wide:
        for part in made.infolist():
            held = made.read(part)
            if part.filename == "word/document.xml":
                held = held.replace(b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="2000000000"/>', 1)
            wide.writestr(part, held)
    with pytest.raises(UserError) as refused:
        read_letter(out.getvalue())
    assert refused.value.code == "WORD_BROKEN"
