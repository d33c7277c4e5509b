"""What is said of others' records, and which office each word is told to."""

from __future__ import annotations

from app.domain.merging import revision
from app.domain.records import (
    Link,
    Notice,
    Review,
    ScoreSheet,
    UpdatePart,
)
from database.log.revisions import Written

SPOKEN = (
    Review.type_name,
    Link.type_name,
    Notice.type_name,
    ScoreSheet.type_name,
    UpdatePart.type_name,
)
"""What is said of others' records, what the city tells of its own, points, newer programs."""

_FOR_ALL = (Notice.type_name, UpdatePart.type_name)


def speaks_to(row: Written, station: str) -> bool:
    """Whether a review or a decision concerns an office's records, and so is told to it.

    A notice that is for no office alone is told to every one, and so is a newer program.
    """
    if row.type not in SPOKEN:
        return False
    body = revision.read(row.raw).body
    if row.type in _FOR_ALL and not body.get("station"):
        return True
    return body.get("station") == station or station in body.get("stations", ())


def is_hint(row: Written) -> bool:
    """Whether a notice says what others have, and nothing of a visit."""
    return row.type == Notice.type_name and bool(revision.read(row.raw).body.get("hint_of"))


def tells_of_paper(row: Written) -> bool:
    """Whether a notice says which signed paper came, and nothing of a visit."""
    return row.type == Notice.type_name and bool(revision.read(row.raw).body.get("paper_of"))
