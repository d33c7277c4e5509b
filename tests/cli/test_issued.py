"""定稿 by commands, and its page for leaders."""

from __future__ import annotations

from pathlib import Path

from tests.cli.line import ask, say


def test_a_table_is_issued_listed_and_made_a_page(county: Path, tmp_path: Path) -> None:
    data = ("--data", county)
    assert "还没有定稿" in say("issued", "page", *data, tmp_path / "页.html").err
    made = ask("issued", "new", *data)
    assert (made["n"], made["campaign"]) == (1, "2011-36")
    assert "第1号" in say("issued", "list", *data).out
    told = ask("issued", "page", *data, tmp_path / "页.html", "--issued", "1")
    assert told["file"] == str(tmp_path / "页.html")
    page = (tmp_path / "页.html").read_text("utf-8")
    assert made["by"] not in page
    assert "汇总表" in page
