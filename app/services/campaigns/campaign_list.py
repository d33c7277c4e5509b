"""设置 → 活动: which campaigns there are, how they stand, and a new one made from another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.domain.campaign.campaign_data import holding
from app.domain.kernel.changes import Changes
from app.domain.records import Campaign, body_of
from app.services.campaigns.campaign_news import News, news_of
from app.services.office.office import Office
from app.services.records.campaign_choice import choose
from app.services.records.saving import find_one
from database.state import states
from database.state.filters import live

_FRESH = frozenset(
    {"code", "number", "document_number", "document_number_original", "issued", "attachments",
     "accepted", "owner"}
)  # fmt: skip
"""What a campaign does not take over from the one before: it is a document of its own."""
_DAYS = ("starts", "ends", "due", "remind")


class Standing(StrEnum):
    """How a campaign stands on a day."""

    RUNNING = "进行中"
    AHEAD = "未开始"
    OVER = "已结束"
    UNDATED = "没有日期"


@dataclass(frozen=True, slots=True)
class Listed:
    """A campaign as its list shows it; `news` says what the city changed and nobody looked at."""

    id: str
    h: str
    campaign: Campaign
    standing: Standing
    news: News | None


def listed(office: Office) -> list[Listed]:
    """Every campaign that is not 作废, the latest first, those without days before all."""
    with office.store.read() as connection:
        found = states.find(connection, Campaign, live(), order=("code",))
        told = news_of(office, connection)
        rows = [
            Listed(s.id, s.h, s.record, _standing(s.record, office.today()), told.get(s.id))
            for s in found
        ]
    return sorted(rows, key=_age)


def _age(one: Listed) -> int:
    """Days back from the end of time, so that the latest comes first; without a day 0."""
    starts = one.campaign.starts
    return 0 if starts is None else dt.date.max.toordinal() - starts.toordinal()


def _standing(campaign: Campaign, day: dt.date) -> Standing:
    if not (campaign.starts and campaign.ends):
        return Standing.UNDATED
    if holding([campaign], day):
        return Standing.RUNNING
    return Standing.AHEAD if day < campaign.starts else Standing.OVER


def turn(office: Office, shown: str) -> Changes:
    """Look at the campaign after the one shown (its code), in the order of the list."""
    codes = [one.campaign.code for one in listed(office)]
    if not codes:
        return Changes()
    place = codes.index(shown) + 1 if shown in codes else 0
    return choose(office, codes[place % len(codes)])


def copied(office: Office, record: str) -> dict[str, Any]:
    """What a new campaign takes over from another, its days a year later (去年的副本).

    Its code, 文号 and day of issue are left for a person to write. Raises `UserError` NOT_FOUND.
    """
    with office.store.read() as connection:
        found = find_one(connection, Campaign, record)
    body = {name: value for name, value in body_of(found.record).items() if name not in _FRESH}
    return {name: _a_year_later(name, value) for name, value in body.items()}


def _a_year_later(name: str, value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_a_year_later("", one) for one in value]
    if isinstance(value, Mapping):
        return {part: _a_year_later(part, one) for part, one in value.items()}
    return _next_year(str(value)) if name in _DAYS else value


def _next_year(day: str) -> str:
    """The same day of the next year; of 29 February the 28th."""
    year, rest = int(day[:4]) + 1, day[4:]
    return f"{year}{'-02-28' if rest == '-02-29' else rest}"
