"""二次录入: the papers that wait to be keyed again, each by somebody who did not key it before.

What comes of it stays on this computer.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.campaign.windows import windows_for
from app.domain.kernel.errors import UserError
from app.domain.records import Campaign, Record, body_of
from app.domain.records.told import day_of, title_of
from app.domain.values.dates import Window
from app.services.office.office import Office
from app.services.records import saving, second_drafts
from app.services.records.asked_campaign import asked_of
from app.services.records.link_resolving import Links
from app.services.records.second_drafts import Half
from database.books import second_keyings
from database.books.second_keyings import AgainRow
from database.state import states
from database.state.states import State
from database.store.engine import Connection


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits to be keyed again: by who is at work, and how many only others may key.

    `compared` and `differing` are the fields of what was keyed again of this type.
    """

    mine: tuple[str, ...]
    others: int
    done: int
    compared: int
    differing: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to be keyed again: how it is found in the folder, and what its form is made for.

    `half` is what who is at work keyed of it before and did not finish.
    """

    record: str
    h: str
    number: str
    title: str
    day: str
    campaign: Campaign | None
    windows: tuple[Window, ...]
    half: Half | None = None


def waiting(office: Office, record_type: type[Record]) -> Waiting:
    """What of this type was drawn and not keyed again; what is 作废 by now is left out."""
    with office.store.read() as connection:
        of_type = {
            one.n for one in second_keyings.samples(connection) if one.type == record_type.type_name
        }
        rows = [row for row in second_keyings.every(connection) if row.sample in of_type]
        open_ = [row for row in rows if row.at is None and _stands(connection, record_type, row)]
    done = [row for row in rows if row.at is not None]
    return Waiting(
        tuple(row.record for row in open_ if row.keyer != office.operator),
        sum(row.keyer == office.operator for row in open_),
        len(done),
        sum(row.compared for row in done),
        sum(row.differing for row in done),
    )


def paper(office: Office, record_type: type[Record], record: str) -> Paper:
    """What tells the paper of a record; raises `UserError` NOT_FOUND, SAME_KEYER, NOT_DRAWN."""
    with office.store.read() as connection:
        state = drawn(office, connection, record_type, record)
        links = Links(office, connection)
        campaign = campaign_of(links, state.record)
        day = day_of(state.record)
        return Paper(
            state.id,
            state.h,
            state.record.number,
            title_of(state.record),
            day.isoformat() if day else "",
            asked_of(links, record_type, body_of(state.record)),
            windows_for(links.campaigns.values(), office.today(), campaign),
            second_drafts.half(office, state.id),
        )


def drawn(
    office: Office,
    connection: Connection,
    record_type: type[Record],
    record: str,
    h: str | None = None,
) -> State[Record]:
    """The record of a paper that who is at work may key again now.

    Raises `UserError` NOT_FOUND, NOT_DRAWN, SAME_KEYER, and STALE where `h` is not what stands.
    """
    state = saving.find_one(connection, record_type, record)
    row = second_keyings.of(connection, state.id)
    if row is None or row.at is not None or state.void:
        raise UserError(
            "NOT_DRAWN", f"“{state.record.number}”现在不用再录。", remedy="请接着录下一张。"
        )
    if row.keyer == office.operator:
        raise UserError(
            "SAME_KEYER",
            f"“{state.record.number}”是您自己录的。",
            remedy="请换一位经办人来录（Ctrl+L）。",
        )
    if h is not None and state.h != h:
        raise UserError(
            "STALE", f"“{state.record.number}”刚才被改过。", remedy="请把这一张再录一遍。"
        )
    return state


def _stands(connection: Connection, record_type: type[Record], row: AgainRow) -> bool:
    state = states.get(connection, record_type, row.record)
    return state is not None and not state.void


def campaign_of(links: Links, record: Record) -> Campaign | None:
    """The campaign of a record."""
    return links.campaigns.get(str(body_of(record).get("campaign", "")))
