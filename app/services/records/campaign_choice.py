"""Which campaign who is at work looks at: chosen by a person, else the one that runs.

首页, 工作安排, 统计 and the campaign of a new record follow it while two run at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from app.domain.campaign.campaign_data import holding
from app.domain.campaign.record_campaign import of_several
from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.records import Campaign
from app.services.office.office import Office
from database.books import settings
from database.state import states
from database.store.engine import Connection


class Choice(msgspec.Struct, frozen=True):
    """What was chosen (its code), and on which day."""

    code: str
    on: dt.date


def choose(office: Office, code: str) -> Changes:
    """Look at this campaign from now on. Raises `UserError` NO_CAMPAIGN."""
    with office.store.write() as connection:
        found = states.of_code(connection, Campaign, code)
        if found is None:
            raise UserError("NO_CAMPAIGN", f"没有活动“{code}”。", remedy="请从列表里选择。")
        settings.put(connection, _name(office), Choice(code, office.today()))
        return Changes.of([(Campaign.type_name, found.id)])


def chosen(office: Office, connection: Connection, known: Iterable[Campaign]) -> str:
    """The code chosen, "" where none was, or where another campaign has begun since."""
    choice = settings.get(connection, _name(office), Choice)
    if choice is None:
        return ""
    begun = (one.starts for one in known if one.code != choice.code and one.starts)
    lapsed = any(choice.on < day <= office.today() for day in begun)
    return "" if lapsed else choice.code


def looked_at(campaigns: Iterable[Campaign], wanted: str, day: dt.date) -> Campaign | None:
    """The campaign chosen, else the one that runs and began last, else the one begun last."""
    every = list(campaigns)
    mine = next((one for one in every if one.code == wanted), None)
    return mine or of_several(holding(every, day) or every, "")


def _name(office: Office) -> str:
    return f"campaign_chosen/{office.operator}"
