"""疑似重复: what may be registered twice. Candidates only; a person decides (package format §4)."""

from __future__ import annotations

from app.domain.doubles.comparing import Changed, Decisions, Doubles, Told
from app.domain.doubles.evidence import Candidate, Crowd, Found, Kind, Strength

__all__ = [
    "Candidate",
    "Changed",
    "Crowd",
    "Decisions",
    "Doubles",
    "Found",
    "Kind",
    "Strength",
    "Told",
]
