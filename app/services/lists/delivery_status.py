"""How far a record has come on its way up: 已报送, 上级已收."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from app.services.office.office import Office
from app.services.packages.channels import acknowledged
from app.services.records.units import superiors
from database.log import packages
from database.store.engine import Connection

Reached = Literal["sent", "received"]


def reached(office: Office, connection: Connection, names: Sequence[str]) -> Mapping[str, Reached]:
    """By h, which of these versions were sent up, and which the office above says it has."""
    above = superiors(connection, office.identity.station)
    if not above or not names:
        return {}
    found: dict[str, Reached] = {}
    known: dict[str, int] = {}
    for h, writer, seq in packages.sent_in(connection, names, above[0]):
        if writer not in known:
            known[writer] = acknowledged(connection, writer, above[0], above[0])
        has = seq <= known[writer]
        found[h] = "received" if has or found.get(h) == "received" else "sent"
    return found
