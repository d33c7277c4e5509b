"""二次录入: a paper that was begun to be keyed again and is not finished, kept for who began it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.records import Record
from app.services.office.office import Office
from app.services.records import drafts

_KIND = "second:"


@dataclass(frozen=True, slots=True)
class Half:
    """What was typed so far of a paper, and when (RFC 3339)."""

    typed: Mapping[str, Any]
    at: str


def keep(office: Office, record_type: type[Record], record: str, typed: Mapping[str, Any]) -> None:
    """Keep what was typed so far, in the place of what was kept before."""
    drafts.keep(office, f"{_KIND}{record_type.type_name}", _key(office, record), typed)


def half(office: Office, record: str) -> Half | None:
    """What who is at work typed of a paper before, None where nothing."""
    found = drafts.get(office, _key(office, record))
    return Half(found.typed, found.at) if found else None


def forget(office: Office, record: str) -> None:
    """It is finished, or not wanted."""
    drafts.remove(office, _key(office, record))


def _key(office: Office, record: str) -> str:
    """Each has their own: nobody sees what another keyed."""
    return f"{_KIND}{office.operator}:{record}"
