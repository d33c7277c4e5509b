"""A server may sort by the rules of a language; the program's texts are sorted as in a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.naming.pinyin_order import order_key
from database.store.dialect import by_pinyin, run
from database.store.engine import Store
from database.store.server_note import write_note
from database.upkeep import migrate
from tests.engines import foreign_server

NAMES = ("乐山", "abc", "ABC", "Zeta", "é", "10", "9", "犍为", "沙湾", "_", "-")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "store.db"
    write_note(path, foreign_server())
    migrate.upgrade(path, None)
    opened = Store(path, None)
    yield opened
    opened.close()


def test_the_server_itself_sorts_otherwise(store: Store) -> None:
    """Or nothing would be seen here."""
    told = " UNION ALL ".join("SELECT CAST(? AS TEXT) AS name" for _ in NAMES)
    with store.read() as connection:
        found = list(run(connection, f"SELECT name FROM ({told}) t ORDER BY name", NAMES).scalars())
    assert found != sorted(NAMES)


def test_no_text_in_a_table_is_sorted_by_a_language(store: Store) -> None:
    asked = (
        "SELECT table_name || '.' || column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND data_type = 'text'"
        " AND collation_name IS DISTINCT FROM 'C'"
    )
    with store.read() as connection:
        found = set(run(connection, asked).scalars())
    # Names of types, which are only looked up.
    assert found <= {"search_upto.type"}


def test_rows_are_put_in_order_as_in_a_file(store: Store) -> None:
    with store.write() as connection:
        lines = [(name, b"1") for name in NAMES]
        run(connection, "INSERT INTO setting (name, value) VALUES (?, ?)", lines)
    with store.read() as connection:
        plain = list(run(connection, "SELECT name FROM setting ORDER BY name").scalars())
        sound = f"SELECT name FROM setting ORDER BY {by_pinyin('name')}, name"
        assert plain == sorted(NAMES)
        assert list(run(connection, sound).scalars()) == sorted(
            NAMES, key=lambda name: (order_key(name), name)
        )
