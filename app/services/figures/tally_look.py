"""分类统计: any of its tables, counted from the records or from 单位名录."""

from __future__ import annotations

from app.domain.kernel.progress import Cancel
from app.services.figures import directory_tallies, tallies
from app.services.figures.added_kinds import kinds_of
from app.services.figures.figure_records import campaign_of
from app.services.figures.tallies import Asked, TallyView
from app.services.figures.tally_kinds import KINDS, TallyKind
from app.services.office.office import Office
from app.services.records.link_resolving import Links


def offered(office: Office, campaign: str | None = None) -> tuple[TallyKind, ...]:
    """The tables of a campaign, the one of today where none is named; raises as `look`."""
    with office.store.read() as connection:
        return kinds_of(campaign_of(Links(office, connection), campaign))


def look(office: Office, asked: Asked, *, cancel: Cancel | None = None) -> TallyView:
    """Count a table as of the office's today; raises `UserError` NO_CAMPAIGN, `Cancelled`."""
    kind = next((one for one in KINDS if one.name == asked.kind), None)
    if kind is not None and kind.of_directory:
        return directory_tallies.look(office, kind, asked)
    return tallies.look(office, asked, cancel=cancel)
