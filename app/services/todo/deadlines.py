"""What this office owes next by a day, and what of it has been handed in (R40, R42)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec

from app.domain.campaign.dues import FORMS, SERVES
from app.domain.codes import DOCUMENT_KIND
from app.domain.records import Campaign, Document, Due, Visit
from app.services.figures.figure_records import campaign_of
from app.services.office.office import Office
from app.services.records.link_resolving import Links
from app.services.reporting import frozen_report
from database.log import delivery_times, packages
from database.state import counts, states
from database.state.filters import equal, live, owned_by
from database.store.engine import Connection

_MONTH = dt.timedelta(days=31)
"""How long before the day forms are taken as the year's, where no reminder says since when."""


class Deadline(msgspec.Struct, frozen=True):
    """The next thing this office owes; `days` from today, negative when it is past.

    `sent` is the day on which the last of it was handed in, where nothing is owed any more.
    At the city it is a day by which others hand in (`gathered`).
    """

    title: str
    due: dt.date
    days: int
    sent: dt.date | None = None
    gathered: bool = False

    @property
    def late(self) -> int:
        """By how many days it was handed in too late; 0 when in time or not yet."""
        return max((self.sent - self.due).days, 0) if self.sent else 0


def next_deadline(office: Office) -> Deadline | None:
    """The next date on which this office owes something.

    Raises `UserError` NO_CAMPAIGN where no campaign is known yet.
    """
    with office.store.read() as connection:
        links = Links(office, connection)
        campaign, unit = campaign_of(links, None), links.own_unit
        return deadline_of(office, connection, campaign, unit.kind if unit else "")


def deadline_of(
    office: Office, connection: Connection, campaign: Campaign, kind: str
) -> Deadline | None:
    """The next date for a unit of this kind, the last one when all are past; the city's for any.

    What was handed in is owed no more.
    """
    asked = "" if office.is_city else kind
    dated = [
        (one.due, one)
        for one in campaign.dues
        if one.due and (not asked or not one.kinds or asked in one.kinds)
    ]
    if not dated:
        return None
    today = office.today()
    sent = {} if office.is_city else _handed_in(office, connection, campaign, dated)
    owed = [(day, one) for day, one in dated if one.id not in sent]
    days = sorted(day for day, _ in owed or dated)
    due = next((day for day in days if day >= today), days[-1])
    mine = [one for day, one in owed or dated if day == due]
    titles = "、".join(sorted(DOCUMENT_KIND.label_of(one.item) for one in mine))
    last = None if owed else max(sent[one.id] for one in mine)
    return Deadline(titles, due, (due - today).days, last, office.is_city)


def _handed_in(
    office: Office,
    connection: Connection,
    campaign: Campaign,
    dated: list[tuple[dt.date, Due]],
) -> Mapping[str, dt.date]:
    """The day on which each of these was sealed for the office above, by the row of the 应报表."""
    to = frozen_report.addressee(office, connection)
    papers = _papers(office, connection, campaign, to)
    found = {}
    for day, one in dated:
        forms = one.item == FORMS
        came = _forms(office, connection, one.remind or day - _MONTH, to) if forms else None
        if at := came or papers.get(one.item):
            found[one.id] = at
    return found


def _papers(
    office: Office, connection: Connection, campaign: Campaign, to: str
) -> Mapping[str, dt.date]:
    """When the first 材料 of each kind went to the office above."""
    mine = (owned_by(office.identity.station), equal("campaign", campaign.code), live())
    picked = states.pick(connection, Document, ("id", "kind"), *mine)
    kinds = {str(record): str(kind) for record, kind in picked}
    found: dict[str, dt.date] = {}
    for record, at in delivery_times.first_sent(connection, Document, kinds, to).items():
        item, day = SERVES.get(kinds[record], kinds[record]), _day(at)
        found[item] = min(day, found.get(item, day))
    return found


def _forms(office: Office, connection: Connection, since: dt.date, to: str) -> dt.date | None:
    """When the forms of the year were first reported, where none of them was kept back."""
    writer = office.identity.writer
    sealed = packages.find(
        connection, direction="out", writer=writer, to=to, kind="submission", state="sealed"
    )
    days = [day for row in sealed if (day := _day(row.arrived)) >= since]
    held = days and counts.never_sent(connection, Visit, writer, to)
    return min(days) if days and not held else None


def _day(at: str) -> dt.date:
    return dt.datetime.fromisoformat(at).date()
