"""What the lists of the city's desk will ask, worked out behind a merge and kept in the store.

Whoever opens one of them meanwhile waits for this work instead of doing it again.
"""

from __future__ import annotations

from app.domain.kernel.changes import Changes
from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, silent
from app.services.deciding import received_check
from app.services.figures import kept_figures, possible_doubles, statistics
from app.services.figures.coverage import COVERAGE
from app.services.figures.kept_statistics import STATISTICS
from app.services.office.office import Office


def look_ahead(
    office: Office, *, progress: Progress = silent, cancel: Cancel | None = None
) -> None:
    """逻辑检查, 疑似重复, 统计; nothing below the city. Raises `Cancelled`."""
    if not office.is_city:
        return
    with office.store.read() as connection:
        received_check.examine(office, connection, progress=progress, cancel=cancel)
    try:
        possible_doubles.duplicates(office, progress=progress, cancel=cancel)
        statistics.statistics(office, progress=progress, cancel=cancel)
    except UserError:
        # Without a campaign there is nothing to compare by, as its page says.
        return


def remember(office: Office) -> Changes:
    """Keep what was found for the next session; nobody is told of it, since nothing changed."""
    received_check.remember(office)
    possible_doubles.remember(office)
    kept_figures.remember(office, STATISTICS)
    kept_figures.remember(office, COVERAGE)
    return Changes()
