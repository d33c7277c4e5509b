"""What is sent outside a 报送: records for the other computer here, and one urgent hazard (R24)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel, Progress, silent
from app.domain.records import Hazard, Visit
from app.exchange.kinds import CARRIES
from app.services.office.duties import needs
from app.services.office.office import Office
from app.services.packages import sealing
from app.services.reporting.frozen_report import addressee, refuse_city
from database.state import states
from database.store.engine import Connection


@needs("prepare")
def share(
    office: Office, out: Path, *, progress: Progress = silent, cancel: Cancel | None = None
) -> list[Path]:
    """Give this PC's records to the other PC of the same office."""
    here = office.identity.station
    types = CARRIES["submission"].types
    sealing.seal(
        office,
        here,
        "submission",
        lambda row: row.type in types,
        progress=progress,
        cancel=cancel,
    )
    files = sealing.unacknowledged(office, here)
    return sealing.copy_out(office, files, out, progress=progress, cancel=cancel)


@needs("prepare")
def urgent(
    office: Office,
    hazard: str,
    out: Path,
    *,
    progress: Progress = silent,
    cancel: Cancel | None = None,
) -> list[Path]:
    """A hazard report at any time, on its own: the hazard and what it points at (R24).

    Raises `UserError` NO_SUPERIOR, NOT_FOUND.
    """
    refuse_city(office)
    with office.store.read() as connection:
        to = addressee(office, connection)
        state = states.get(connection, Hazard, hazard)
        if state is None:
            raise UserError("NOT_FOUND", "没有找到这条隐患。", remedy="请核对编号。")
        wanted = {hazard, *_pointed_at(connection, state.record)}
    sealing.seal(
        office, to, "urgent", lambda row: row.id in wanted, progress=progress, cancel=cancel
    )
    files = sealing.unacknowledged(office, to)
    return sealing.copy_out(office, files, out, progress=progress, cancel=cancel)


def _pointed_at(connection: Connection, hazard: Hazard) -> Iterable[str]:
    yield from filter(None, (hazard.visit, hazard.enterprise))
    seen = states.get(connection, Visit, hazard.visit) if hazard.visit else None
    if seen is not None:
        yield seen.record.enterprise
