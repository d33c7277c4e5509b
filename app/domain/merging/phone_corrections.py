"""电话更正: values told by telephone stand over the owner's until the owner adopts them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Told:
    """One proposed value of one field, and the revision it was said about.

    `station` is the office it was said to, the owner of the record.
    """

    field: str
    value: Any
    target_h: str
    review: str
    said_by: str
    said_on: str
    at: str
    station: str = ""


MOST_TOLD = 500
"""Words about one record that are considered; by telephone it is a handful."""


def last_said(told: Iterable[Told]) -> list[Told]:
    """The words in the order they were said, the last `MOST_TOLD` of them."""
    return sorted(told, key=lambda word: (word.at, word.review))[-MOST_TOLD:]


def overlay(
    body: Mapping[str, Any], told: Iterable[Told], bodies: Mapping[str, Mapping[str, Any]]
) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The body with standing proposals put in, and for each such field what is pending.

    A proposal stands while the owner has left the field as it was in the
    revision spoken about (`bodies` maps h to body). Of several the last said
    wins, by (at, review).
    """
    shown = dict(body)
    pending: dict[str, dict[str, Any]] = {}
    for word in last_said(told):
        spoken_about = bodies.get(word.target_h)
        own = body.get(word.field)
        if spoken_about is None or spoken_about.get(word.field) != own or word.value == own:
            continue
        shown[word.field] = word.value
        pending[word.field] = {
            "own": own,
            "review": word.review,
            "said_by": word.said_by,
            "said_on": word.said_on,
        }
    return {name: value for name, value in shown.items() if value is not None}, pending
