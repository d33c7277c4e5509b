"""The command line as a script sees it: words in; status, one JSON document and stderr out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
from typer.testing import CliRunner

from app.cli.application import commands

VISIT = {
    "参与走访领导": "李明书、付志勇",
    "enterprise_name": "乐山无线电公司",
    "headcount": "1250人",
    "visited_on": "2011.7.20",
    "workers_met": "３５",
    "opinions": "一是希望加强技能培训。",
}
"""A visit as typed, some names in Chinese, with nothing left to complain about."""


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return msgspec.json.decode(self.out)


def say(*words: object, stdin: str | None = None) -> Said:
    """Run one command line in this process."""
    result = CliRunner().invoke(commands(), [str(word) for word in words], input=stdin)
    return Said(result.exit_code, result.stdout, result.stderr)


def ask(*words: object, stdin: str | None = None) -> Any:
    """Run a command that is to succeed with `--json`; returns its document."""
    said = say(*words, "--json", stdin=stdin)
    assert said.status == 0, said
    return said.json


def as_json(value: object) -> str:
    """What a command reads from a file or stdin."""
    return msgspec.json.encode(value).decode()
