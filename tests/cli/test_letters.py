"""总结报告 and 综合调研报告 by command."""

from __future__ import annotations

from pathlib import Path

from app.documents.letters.letter_reading import read_letter
from tests.cli.line import ask, say
from tests.cli.test_papers import pages_of


def test_a_report_is_begun_as_word_and_as_pdf(county: Path, tmp_path: Path) -> None:
    word, paper = tmp_path / "总结.docx", tmp_path / "总结.pdf"
    campaign = ["--campaign", "2011-36"]
    made = ask("report", "--data", county, *campaign, "总结", word, paper)
    assert made["campaign"] == "2011-36"
    assert read_letter(word.read_bytes()).title == made["title"]
    assert pages_of(paper) >= 2
    told = say("report", "--data", county, *campaign, "--tell-none", "调研", word)
    assert "综合调研报告（数字截至" in told.out
    assert say("report", "--data", county, "方案", word).status == 2
    assert say("report", "--data", county, "总结", tmp_path / "总结.doc").status == 2
