"""年度归档 by command."""

from __future__ import annotations

from pathlib import Path

from tests.cli.line import as_json, ask, say
from tests.cli.test_papers import pages_of

VISIT = {
    "leaders": "李明书",
    "enterprise_name": "乐山无线电公司",
    "headcount": 1250,
    "visited_on": "2011-07-20",
    "campaign": "2011-36",
}


def test_a_campaign_is_archived_into_a_folder(county: Path, tmp_path: Path) -> None:
    into = tmp_path / "归档"
    assert say("archive", "--data", county, "--campaign", "2011-36", into).status == 1
    ask("add", "--data", county, "visit", "--from", "-", stdin=as_json(VISIT))
    made = ask("archive", "--data", county, "--campaign", "2011-36", into)
    assert made["forms"] == 1
    assert pages_of(Path(made["pdf"])) == made["pages"] + 2
    again = say("archive", "--data", county, "--campaign", "2011-36", "--no-scans", into)
    assert again.status == 1
    assert "已经有了" in again.err
