"""Several PDFs become one: every page there once, in order, numbered, readable by others."""

from __future__ import annotations

import io
import subprocess
from contextlib import closing
from pathlib import Path

import pypdfium2
from PIL import Image

from app.documents.archive.joining import Joining, Mark
from app.documents.archive.scan_pages import scan_page
from app.documents.drawing.fonts import shipped
from app.documents.drawing.layout import PAGE_HEIGHT, PAGE_WIDTH, Pen


def part(*pages: str, landscape: bool = False) -> bytes:
    size = (PAGE_HEIGHT, PAGE_WIDTH) if landscape else (PAGE_WIDTH, PAGE_HEIGHT)
    pen = Pen(shipped(), "1 0 R (2 0 R) stream", size)
    for words in pages:
        pen.text(200, 300, words)
        pen.next_page()
    return pen.finish()


def texts_of(path: Path) -> list[str]:
    with closing(pypdfium2.PdfDocument(path)) as document:
        found = []
        for page in document:
            with closing(page.get_textpage()) as text:
                found.append(text.get_text_bounded().replace("\r", "").strip())
            page.close()
    return found


def test_the_part_made_last_stands_first_and_the_others_are_numbered(tmp_path: Path) -> None:
    out = tmp_path / "卷.pdf"
    with out.open("wb") as file:
        joining = Joining(file, "二〇一一年卷")
        assert joining.add(part("沙湾镇 甲厂", "沙湾镇 乙厂")) == 2
        assert joining.add(part("汇总表", landscape=True)) == 1
        front = joining.add(part("封面", "目录"), numbered=False)
        below = [Mark("甲厂", 0), Mark("乙厂", 1)]
        joining.finish(front, [Mark("登记表", 0, below), Mark("汇总表", 2)])
    assert [sorted(text.split("\n")) for text in texts_of(out)] == [
        ["封面"], ["目录"], ["1", "沙湾镇 甲厂"], ["2", "沙湾镇 乙厂"], ["3", "汇总表"],
    ]  # fmt: skip
    with closing(pypdfium2.PdfDocument(out)) as document:
        marks = [
            (one.level, one.get_title(), one.get_dest().get_index()) for one in document.get_toc()
        ]
        assert document.get_page_size(4) == (842, 595) or document.get_page_size(4)[0] > 800
    assert marks == [(0, "登记表", 2), (1, "甲厂", 2), (1, "乙厂", 3), (0, "汇总表", 4)]


def test_another_reader_finds_nothing_wrong_with_it(tmp_path: Path) -> None:
    out = tmp_path / "卷.pdf"
    picture = io.BytesIO()
    Image.effect_noise((300, 200), 60).convert("RGB").save(picture, "JPEG")
    pen = Pen(shipped(), "扫描件")
    scan_page(pen, picture.getvalue(), "附件1：照片.jpg")
    with out.open("wb") as file:
        joining = Joining(file, "卷")
        joining.add(pen.finish())
        for n in range(20):
            joining.add(part(f"第{n}张 𬭎䶮"))
        joining.finish()
    told = subprocess.run(["pdftotext", str(out), "-"], capture_output=True, check=True)
    assert told.stderr == b""
    words = told.stdout.decode()
    assert "第19张 𬭎䶮" in words
    assert "附件1：照片.jpg" in words
    images = subprocess.run(["pdfimages", "-list", str(out)], capture_output=True, check=True)
    assert images.stdout.decode().splitlines()[2].split()[8] == "jpeg"
