"""年终上报: what goes with the forms at the end of the year (R17, R42)."""

from __future__ import annotations

from app.domain.records import Document, Visit
from app.services.office.office import Office
from database.state import states
from database.state.filters import live, owned_by
from database.store.engine import Connection

BUNDLE = {"summary": "总结报告", "research": "综合调研报告"}
"""The kinds of 材料 that make the bundle, and what they are called."""


def year_end_bundle(
    office: Office, connection: Connection
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The list of the year-end bundle, and a 提醒 for each piece that is missing."""
    mine = owned_by(office.identity.station)
    found = states.find(connection, Document, mine, live())
    documents = [s.record for s in found]
    forms = states.count(connection, Visit, owned_by(office.identity.station), live())
    listed = [f"{BUNDLE[d.kind]}《{d.title}》" for d in documents if d.kind in BUNDLE]
    kinds = {d.kind for d in documents}
    lacking = [f"没有{word}" for kind, word in BUNDLE.items() if kind not in kinds]
    lacking += [
        f"《{d.title}》没有附上文件" for d in documents if d.kind in BUNDLE and not d.attachments
    ]
    lacking += [] if forms else ["没有登记表"]
    return (*listed, f"登记表{forms}张"), tuple(lacking)
