"""The index that leads to few rows is taken, in a store of ten records as in one of a million."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from database.store.engine import Connection, Store
from database.upkeep import migrate


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    migrate.upgrade(tmp_path / "store.db", None)
    store = Store(tmp_path / "store.db", None)
    with store.read() as connection:
        yield connection
    store.close()


@pytest.mark.parametrize(
    ("condition", "index"),
    [
        ("s.resident_id = 'x' AND s.void = 0 AND s.owner = 'y'", "ix_state_person_resident_id"),
        ("s.number = 'x' AND s.void = 0 AND s.owner = 'y'", "ix_state_person_number"),
        ("s.enterprise = 'x' AND s.void = 0 AND s.owner = 'y'", "ix_state_person_enterprise"),
        ("s.void = 0 AND s.owner = 'y' ORDER BY s.id", "ix_state_person_standing"),
        ("s.resident_id IN ('x', 'z') AND s.void = 0", "ix_state_person_resident_id"),
    ],
)
def test_the_sharpest_index_is_taken(connection: Connection, condition: str, index: str) -> None:
    sql = f"EXPLAIN QUERY PLAN SELECT s.id FROM state_person s WHERE {condition}"
    (row,) = connection.exec_driver_sql(sql)
    assert f"INDEX {index} " in f"{row[-1]} "
