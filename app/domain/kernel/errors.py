"""The three kinds of failure a person may see; everything else is a bug."""

from __future__ import annotations


class Problem(Exception):
    """A failure with words: what happened, why, and what to press next.

    `code` is a stable upper-case name for scripts and tests; the other three
    are plain Chinese sentences (`why` and `remedy` may be empty).
    """

    def __init__(self, code: str, what: str, *, why: str = "", remedy: str = "") -> None:
        super().__init__(code, what, why, remedy)
        self.code = code
        self.what = what
        self.why = why
        self.remedy = remedy

    def __str__(self) -> str:
        return "".join(part for part in (self.what, self.why, self.remedy) if part)


class UserError(Problem):
    """Something a person asked for cannot be done as asked."""


class EnvironmentProblem(Problem):
    """The machine is in the way: disk full, stick pulled, file locked."""


class Cancelled(Exception):
    """The person pressed 取消; nothing is shown and nothing was changed."""
