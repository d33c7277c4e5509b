"""工作简报 by commands, from the number to the paper and back."""

from __future__ import annotations

from pathlib import Path

from tests.cli.line import as_json, ask, say

NEWS = {
    "kind": "news",
    "title": "走访进车间",
    "dated": "2011-07-20",
    "text": "反响很好。",
    "campaign": "2011-36",
}


def test_an_issue_from_the_news_to_the_paper(county: Path, tmp_path: Path) -> None:
    data = ("--data", county)
    ask("add", *data, "document", "--from", "-", stdin=as_json(NEWS))
    (item,) = ask("briefing", "items", *data)["items"]
    number = ask("briefing", "new", *data, "--campaign", "2011-36")["number"]
    ask("briefing", "choose", *data, number, item["number"])
    ask("briefing", "figures", *data, number, ask("issued", "new", *data)["n"])
    ask("briefing", "write", *data, number, "--heading", "要闻", "--text", "部署走访。")
    told = say("briefing", "write", *data, number, "--heading", "部署", "--part", "3")
    assert "  3　部署" in told.out
    assert ask("briefing", "issue", *data, number)["issued"]
    assert not ask("briefing", "items", *data)["items"]
    files = (tmp_path / "简报.docx", tmp_path / "简报.pdf")
    assert ask("briefing", "paper", *data, number, *files)["files"]
    assert all(file.stat().st_size for file in files)
    assert "原因" in say("briefing", "withdraw", *data, number).err
    assert not ask("briefing", "withdraw", *data, number, "--why", "写错了")["issued"]
    assert "第1期" in say("briefing", "list", *data).out
