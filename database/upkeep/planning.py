"""What SQLite is told of the tables, so that it takes the same index in every store.

Without it SQLite believes that two equal columns of an index always lead to a handful of rows, and
walks all live records of an office (`…_standing`) to find the one with an identity number. Counting
the tables from time to time (ANALYZE) would mend that in large stores, and let small ones and
tests take other ways than those; so all are told the same, typical numbers.
"""

from __future__ import annotations

from sqlalchemy import Connection

from app.domain.records import TYPES
from database.state.states import table_of

_ROWS, _OF_ONE_OFFICE, _LIVE = 100_000, 7_000, 6_500
"""Records of a type in a city's store, of one of its offices, and those not 作废."""


def tell(connection: Connection) -> None:
    """Write the numbers; connections opened from now on go by them."""
    # Makes the table that holds them.
    connection.exec_driver_sql("ANALYZE alembic_version")
    connection.exec_driver_sql("DELETE FROM sqlite_stat1")
    for record_type in TYPES.values():
        table = table_of(record_type)
        connection.exec_driver_sql(
            "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)",
            (table, f"ix_{table}_standing", f"{_ROWS} {_OF_ONE_OFFICE} {_LIVE} 1"),
        )
