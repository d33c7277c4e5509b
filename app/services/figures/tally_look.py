"""分类统计: any of its tables, counted from the records or from 单位名录."""

from __future__ import annotations

from app.domain.kernel.progress import Cancel
from app.services.figures import directory_tallies, tallies
from app.services.figures.tallies import Asked, TallyView
from app.services.figures.tally_kinds import kind_of
from app.services.office.office import Office


def look(office: Office, asked: Asked, *, cancel: Cancel | None = None) -> TallyView:
    """Count a table as of the office's today; raises `UserError` NO_CAMPAIGN, `Cancelled`."""
    kind = kind_of(asked.kind)
    if kind.of_directory:
        return directory_tallies.look(office, kind, asked)
    return tallies.look(office, asked, cancel=cancel)
