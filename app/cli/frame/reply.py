"""What a command gives back: a value for machines, text for people, and what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from app.domain.kernel.errors import Problem


class Status(IntEnum):
    """How a command ended."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    ENVIRONMENT = 3
    BUG = 4


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that went wrong or is to be known: its stable code and plain sentences.

    `more` is what machines get besides (findings, say).
    """

    code: str
    what: str
    why: str = ""
    remedy: str = ""
    more: dict[str, Any] | None = None

    @classmethod
    def of(cls, problem: Problem) -> Complaint:
        """The words of a failure, with its findings where it has some."""
        findings = getattr(problem, "findings", None)
        more = {"findings": findings} if findings else None
        return cls(problem.code, problem.what, problem.why, problem.remedy, more)

    @property
    def line(self) -> str:
        """The code and the sentences, on one line."""
        return f"{self.code}：{self.what}{self.why}{self.remedy}"

    @property
    def body(self) -> dict[str, Any]:
        """As the member `error` of a JSON document."""
        words = {"code": self.code, "what": self.what, "why": self.why, "remedy": self.remedy}
        return words | (self.more or {})


@dataclass(frozen=True, slots=True)
class Reply:
    """The end of a command.

    `value` is what `--json` prints, `lines` what is printed without it; `complaints`
    go to stderr; the first one is also the member `error` when the status is not 0.
    """

    value: dict[str, Any]
    lines: Sequence[str] = ()
    complaints: Sequence[Complaint] = ()
    status: Status = Status.DONE
