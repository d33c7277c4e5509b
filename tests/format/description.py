"""The description of the package format, taken apart: rules, codes, tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from app.domain.records import TYPES
from app.exchange.refusal import CODES
from tests.format.example import FOLDER

TEXT = (FOLDER / "package-format.md").read_text(encoding="utf-8")
_MARK = re.compile(r"\*\*(F\d+\.\d+)\*\*")
_VERDICT = "F20."
"""The rules that speak about readers, not about packages."""


def rules() -> Mapping[str, str]:
    """Every rule with its words, in their order."""
    marks = list(_MARK.finditer(TEXT))
    ends = [mark.start() for mark in marks[1:]] + [len(TEXT)]
    return {
        mark[1]: TEXT[mark.end() : end].split("\n## ")[0]
        for mark, end in zip(marks, ends, strict=True)
    }


def marks() -> Sequence[str]:
    """The numbers of the rules as they follow each other, doubles too."""
    return _MARK.findall(TEXT)


def codes_of_rules() -> Mapping[str, Sequence[str]]:
    """Per code the rules that name it."""
    return {
        code: [
            rule
            for rule, words in rules().items()
            if f"`{code}`" in words and not rule.startswith(_VERDICT)
        ]
        for code in CODES
    }


def table(heading: str) -> Sequence[Sequence[str]]:
    """The rows of the first table after a heading or sentence, without its head."""
    rows = TEXT.split(heading, 1)[1].lstrip().split("\n\n")
    found = next(part for part in rows if part.startswith("|"))
    cells = [
        [cell.strip() for cell in row.strip("|").split("|")] for row in found.strip().splitlines()
    ]
    return cells[2:]


def code_table() -> str:
    """The table of codes as it must stand."""
    rows = [
        f"| `{code}` | {words.outcome} | {', '.join(codes_of_rules()[code])} | {words.what} |"
        for code, words in CODES.items()
    ]
    return "\n".join(["| code | outcome | rules | 中文 |", "|---|---|---|---|", *rows])


def type_table() -> str:
    """The table of record types and the kinds that carry them, as it must stand."""
    order = ("submission", "urgent", "answer", "reference", "restore")
    rows = [
        f"| `{name}` | {one.label} | {', '.join(kind for kind in order if kind in one.travels)} |"
        for name, one in sorted(TYPES.items())
    ]
    return "\n".join(["| type | 中文 | carried by |", "|---|---|---|", *rows])
