"""What a report is to be about: its kind, its campaign, what was chosen for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SUMMARY, RESEARCH = "summary", "research"
TITLES: Mapping[str, str] = {SUMMARY: "总结报告", RESEARCH: "综合调研报告"}
"""The kinds of 材料 for which a skeleton is made, and what they are called."""

PARTS = ("text", "situation", "analysis", "advice", "measures")
"""The fields of a 材料 that hold text of a report."""


@dataclass(frozen=True, slots=True)
class LetterOrder:
    """A report to begin.

    `campaign` is a code or title, "" for the one of today; `document` is the id of the 材料 it
    is for, whose title, day and texts are taken over. `chosen` are the ids of the records that
    are told of in it; None takes those proposed.
    """

    kind: str
    campaign: str = ""
    document: str = ""
    chosen: tuple[str, ...] | None = None
