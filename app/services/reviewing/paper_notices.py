"""纸质收讫: which signed paper of a county's records came here, told with the answer, page by page.

It goes down as 走访告知 do and is kept in step at each answer: what came is told, what was taken
back is void. A page that waits here because the record says otherwise is told as such.

What was scanned stays with the computer that did, so each tells its own and leaves alone what
another of this office told; who is told joins both (`city_papers`).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

import msgspec

from app.domain.checking.signed_paper import Standing
from app.domain.merging.revision import Op
from app.domain.records import TYPES, Notice, PaperPage, body_of
from app.services.office.office import Office
from app.services.records.append_revision import past_of, write
from app.services.records.units import subordinates
from database.books import scanned_pages
from database.books.scanned_pages import ScannedPage
from database.state import states
from database.state.filters import equal, filled, owned_by
from database.state.states import State
from database.store.engine import Connection

_TOLD = (Standing.RECEIVED, Standing.CHANGED)


def keep_up(office: Office, connection: Connection, station: str) -> None:
    """Make the notices for a county say what came of its records, and of its townships'."""
    wanted = _wanted(connection, station)
    at = owned_by(office.identity.station), equal("station", station), filled("paper_of")
    for known in states.find(connection, Notice, *at, order=("id",)):
        if known.writer == office.identity.writer:
            _change(office, connection, known, wanted.pop(known.record.paper_of, None))
    for notice in wanted.values():
        write(office, connection, Notice, office.new_id(), body_of(notice), op="create")


def _wanted(connection: Connection, station: str) -> dict[str, Notice]:
    around = {station, *(unit.code for unit in subordinates(connection, station))}
    found: dict[str, list[ScannedPage]] = defaultdict(list)
    for row in scanned_pages.standing_at(connection, _TOLD):
        if row.record:
            found[row.record].append(row)
    told = {}
    for record, rows in found.items():
        state = states.get(connection, TYPES[rows[0].type], record)
        if state is not None and state.owner in around:
            told[record] = Notice(
                source=f"paper-{record}",
                station=station,
                paper_of=record,
                papers=tuple(_page(row) for row in reversed(rows)),
            )
    return told


def _page(row: ScannedPage) -> PaperPage:
    return PaperPage(
        id=str(row.n),
        page=row.page or None,
        pages=row.pages or None,
        came_on=dt.date.fromisoformat(row.at[:10]),
        version=row.version,
        accepted=row.standing == Standing.RECEIVED,
    )


def _change(
    office: Office, connection: Connection, known: State[Notice], wanted: Notice | None
) -> None:
    said = body_of(msgspec.structs.replace(known.record, owner=""))
    body: Mapping[str, object] = said if wanted is None else body_of(wanted)
    if known.void == (wanted is None) and body == said:
        return
    op: Op = "void" if wanted is None else "restore" if known.void else "edit"
    past = past_of(connection, Notice, known.id)
    write(office, connection, Notice, known.id, dict(body), op=op, past=past)
