"""报送单 that was scanned: what it brings counts as come on paper in 谁还没报.

    key = tick(office, connection, code)   # what was ticked, kept with the page; None: nothing owed
    untick(office, connection, row)        # the way back, by whoever presses it

A page of a form ticks nothing: where its record is here, its unit's 登记表 counts by the package
that brought it; where it is not, the code tells neither the campaign nor which form it is (登记表
or 档案表), only which office made it, and that is told in the tray (`made_by`).

A package that came counts by itself; only what is still missing of the office is ticked.
"""

from __future__ import annotations

from app.documents.drawing.printed_code import SlipCode
from app.domain.kernel.errors import UserError
from app.domain.merging.ownership import is_bound
from app.domain.records import Unit
from app.services.figures import dues
from app.services.figures.dues import Paper, StandingView
from app.services.figures.reminders import RECEIVED
from app.services.office.office import Office
from app.services.records.units import name_of
from database.books import paper_ticks
from database.books.scanned_pages import ScannedPage
from database.state import states
from database.state.filters import live
from database.store.engine import Connection

_PARTED = "/"


def owed(office: Office, code: SlipCode) -> tuple[StandingView, ...] | None:
    """What the 报送单 brings and has not come otherwise; None for one that is not of below."""
    if code.unit == office.identity.station:
        return None
    try:
        seen = dues.missing(office, code.campaign or None)
    except UserError:
        return None
    mine = [one for one in seen.standings if one.unit == code.unit]
    found = [one for one in mine if one.item in code.items and one.state not in RECEIVED]
    return tuple(found) if mine else None


def tick(
    office: Office, connection: Connection, code: SlipCode, found: tuple[StandingView, ...]
) -> str:
    """已收（纸质/邮件） today of all of these; what is kept with the page, to take it back.

    What a colleague ticked since it was looked at stays as it is.
    """
    names = []
    for one in found:
        if paper_ticks.find(connection, code.campaign, one.unit, one.item, one.group) is None:
            paper = Paper(one.unit, one.item, office.today(), one.group)
            dues.tick_within(office, connection, code.campaign, paper)
            names.append(f"{one.item}+{one.group}")
    return _PARTED.join(["slip", code.unit, code.campaign, *names])


def untick(office: Office, connection: Connection, row: ScannedPage) -> None:
    """Take back all that the scan of a slip ticked, whoever scanned it; a later tick stays."""
    _, unit, campaign, *names = row.record.split(_PARTED)
    for name in names:
        item, _, group = name.partition("+")
        there = paper_ticks.find(connection, campaign, unit, item, group)
        if there is not None and there.by == row.by and there.at <= row.at:
            paper = Paper(unit, item, office.today(), group)
            dues.untick_within(office, connection, campaign, paper)


def made_by(connection: Connection, record: str) -> str:
    """沙湾区总工会填的，还没有报来: whose a record is that is not here; "" where nobody's known."""
    units = states.pick(connection, Unit, ("code",), live())
    made = next((code for (code,) in units if code and is_bound(record, code)), "")
    return f"{name_of(connection, made)}填的，还没有报来" if made else ""


def words(connection: Connection, key: str) -> str:
    """沙湾区总工会的报送单，记了2项."""
    _, unit, _, *names = key.split(_PARTED)
    counted = f"，记了{len(names)}项" if names else "，都已收到"
    return f"{name_of(connection, unit)}的报送单{counted}"
