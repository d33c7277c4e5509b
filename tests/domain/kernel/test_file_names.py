"""A name from outside becomes one that any disk can hold and nobody can misread."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.kernel.file_names import LONGEST, ending_of, part_name, safe_file_name, shown_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("申请书.pdf", "申请书.pdf"),
        ("年终/总结.pdf", "年终_总结.pdf"),
        ("/home/x/.config/autostart/y.desktop", "_home_x_.config_autostart_y.desktop"),
        ("..\\..\\启动\\z.lnk", "_.._启动_z.lnk"),
        ("C:\\Windows\\x.exe", "C__Windows_x.exe"),
        ("名单\u202efdp.exe", "名单fdp.exe"),
        ("名\u200b单\x00\x1b[31m.pdf", "名单[31m.pdf"),
        ("总结.pdf. . ", "总结.pdf"),
        (".bashrc", "bashrc"),
        ("con.pdf", "_con.pdf"),
        ("COM1", "_COM1"),
        ("LPT\u00b9.txt", "_LPT\u00b9.txt"),
        ("nul .txt", "_nul .txt"),
        ("conference.pdf", "conference.pdf"),
        ("cafe\u0301.pdf", "caf\u00e9.pdf"),
        ("a\nb.pdf", "a b.pdf"),
        ("..", "附件"),
        ("", "附件"),
        ("\ud800", "附件"),
    ],
)
def test_a_name_is_what_one_sees_and_nothing_else(name: str, safe: str) -> None:
    assert safe_file_name(name) == safe


def test_a_long_name_keeps_its_beginning_and_its_ending(tmp_path: Path) -> None:
    name = safe_file_name("困难职工家庭情况" * 40 + ".pdf")
    assert name.startswith("困难职工家庭情况")
    assert name.endswith("况.pdf") or name.endswith(".pdf")
    assert len(name.encode()) <= LONGEST
    (tmp_path / (name + ".part")).write_bytes(b"")


def test_an_ending_too_long_to_be_one_is_cut_like_the_rest() -> None:
    name = safe_file_name("名单." + "好" * 300)
    assert len(name.encode()) <= LONGEST


def test_a_name_that_is_no_text_is_shown_with_marks_and_turns_nothing_round() -> None:
    assert shown_name("报送\udcff\u202efdp\x1b.zfpkg") == "报送\ufffdfdp.zfpkg"
    assert part_name("a.zfpkg") == "a.zfpkg.part"


def test_the_last_ending_counts() -> None:
    assert ending_of("名单.pdf.EXE") == "exe"
    assert ending_of("名单") == ""


@given(st.text(max_size=400))
def test_every_name_can_be_written_and_is_its_own_safe_name(name: str) -> None:
    safe = safe_file_name(name)
    assert safe == safe_file_name(safe)
    assert safe == Path(safe).name
    assert 0 < len(safe.encode()) <= LONGEST
    assert unicodedata.is_normalized("NFC", safe)
    assert not set(safe) & set('/\\:*?"<>|\x00\u202e\u2066')
