"""Why a file may not be received, as a table for the help."""

from __future__ import annotations

from app.exchange.refusal import CODES


def refusals() -> str:
    """What is said of a file that is refused or held, and what to do."""
    said = {code.what: code.remedy for code in CODES.values() if code.outcome != "harmless"}
    rows = [f"| {what} | {remedy} |" for what, remedy in said.items()]
    return "\n".join(["| 原因 | 怎么办 |", "|---|---|", *rows])
