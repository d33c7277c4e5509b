"""What was keyed record by record, without what came from sheets and forms in one go."""

from __future__ import annotations

from collections.abc import Iterable

from database.books import sheet_imports
from database.log.keyed import Keyed
from database.store.engine import Connection

_MOST_IMPORTS = 1000


def by_hand(connection: Connection, begun: Iterable[Keyed]) -> list[Keyed]:
    """Those of the records begun that no import brought."""
    imports = sheet_imports.newest(connection, most=_MOST_IMPORTS)
    return [one for one in begun if not any(i.first <= one.n <= i.last for i in imports)]
