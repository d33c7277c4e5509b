"""A store on a PostgreSQL server: who writes when, and what is said when it cannot be reached."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from app.domain.kernel.errors import EnvironmentProblem
from app.domain.naming.pinyin_order import order_key
from app.domain.naming.pinyin_table import by_reading
from app.domain.records import TYPES
from database.books import settings
from database.log import revisions
from database.log.revisions import StoredRevision
from database.state.states import table_of
from database.store import attachments
from database.store.dialect import by_pinyin, marks, run
from database.store.engine import Store
from database.store.server_note import Server, server_of, write_note
from database.store.tables import METADATA
from database.upkeep import migrate
from database.upkeep.schema_steps import SHIPPED, History
from tests.engines import new_server, new_store

NAMES = ("沙湾", "ABC", "abc", "重庆", "é", "É", "１２", "㐀", "乐山%", "", "犍为", "荍坝", "z")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = new_store(tmp_path / "store.db", None)
    yield opened
    opened.close()


def numbered(connection: Connection) -> int:
    n = revisions.next_n(connection)
    h = f"{n:012x}".ljust(64, "0")
    row = StoredRevision(n, h, f"r-{n}", "visit", (), "w", "2011", "x", "create", b"", "live")
    revisions.append(connection, [row])
    return n


def test_texts_are_put_in_the_order_that_the_program_has(store: Store) -> None:
    with store.read() as connection:
        asked = " UNION ALL ".join(f"SELECT {by_pinyin('?')}" for _ in NAMES)
        assert list(run(connection, asked, NAMES).scalars()) == [order_key(name) for name in NAMES]


def test_every_character_that_has_a_reading_is_put_in_its_place(store: Store) -> None:
    known = [*dict.fromkeys((*by_reading(), *map(chr, range(0x20, 0x600)))), "\U00020000", "鿿"]
    texts = ["".join(known[at : at + 20]) for at in range(0, len(known), 20)]
    with store.read() as connection:
        asked = " UNION ALL ".join(f"SELECT {by_pinyin('?')}" for _ in texts)
        assert list(run(connection, asked, tuple(texts)).scalars()) == [
            order_key(one) for one in texts
        ]


def test_two_computers_number_one_after_the_other(store: Store) -> None:
    other = Store(store.path, None)
    taken: list[int] = []

    def save() -> None:
        with other.write() as connection:
            taken.append(numbered(connection))

    with store.write() as connection:
        waiting = threading.Thread(target=save)
        waiting.start()
        taken.append(numbered(connection))
    waiting.join()
    other.close()
    assert taken == [1, 2]


def test_a_reader_sees_one_moment_and_changes_nothing(store: Store) -> None:
    with store.read() as reading:
        assert revisions.next_n(reading) == 1
        other = Store(store.path, None)
        with other.write() as connection:
            numbered(connection)
        other.close()
        assert revisions.next_n(reading) == 1
    with store.read() as reading:
        assert revisions.next_n(reading) == 2
    with pytest.raises(EnvironmentProblem) as problem, store.read() as reading:
        numbered(reading)
    assert problem.value.code == "READ_ONLY"


def test_what_fails_leaves_nothing(store: Store) -> None:
    def save() -> None:
        with store.write() as connection:
            settings.put(connection, "one", 1)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        save()
    with store.read() as connection:
        assert settings.get(connection, "one", int) is None


def test_nothing_is_among_none_and_everything_is_not(store: Store) -> None:
    with store.read() as connection:
        asked = f"SELECT count(*) FROM state_unit WHERE code IN ({marks(())}) OR '?' = '%'"
        assert run(connection, asked).scalar_one() == 0
        asked = f"SELECT 7 WHERE 'a' NOT IN ({marks(())})"
        assert run(connection, asked).scalar_one() == 7


def test_an_empty_database_gets_every_table_once(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    server = new_server(empty=True)
    assert server is not None
    write_note(path, server)
    assert migrate.current(path, None) is None
    for _ in range(2):
        migrate.upgrade(path, None)
        assert migrate.current(path, None) == migrate.head()
    store = Store(path, None)
    with store.read() as connection:
        for record_type in TYPES.values():
            found = run(connection, f"SELECT count(*) FROM {table_of(record_type)}")
            assert found.scalar_one() == 0
    store.close()


def test_attachments_stay_in_a_file_beside(tmp_path: Path) -> None:
    scans = attachments.open_store(tmp_path / "attachments.db", None)
    assert scans.server is None
    scans.close()


def test_a_server_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    write_note(path, Server(f"postgresql://zoufang@/nothing?host={tmp_path}"))
    store = Store(path, None)
    with pytest.raises(EnvironmentProblem) as problem, store.read():
        pass
    assert problem.value.code == "SERVER_GONE"
    store.close()


def test_the_note_holds_no_password(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    write_note(path, Server("postgresql://clerk:secret@db.example:5433/city"))
    assert server_of(path) == Server("postgresql://clerk@db.example:5433/city")
    assert server_of(path).words == "db.example:5433/city"  # type: ignore[union-attr]
    assert "secret" not in path.read_text("utf-8")


def test_a_later_step_is_taken_there_too(tmp_path: Path) -> None:
    path, scripts = tmp_path / "store.db", tmp_path / "scripts"
    server = new_server()
    assert server is not None
    write_note(path, server)
    shutil.copytree(SHIPPED.scripts, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "9999_later.py").write_text(LATER.format(before=migrate.head()))
    later = History(scripts, METADATA)
    migrate.upgrade(path, None, history=later)
    assert migrate.current(path, None) == "9999"
    store = Store(path, None)
    with store.write() as connection:
        run(connection, "INSERT INTO later (name, many) VALUES (?, ?)", ("one", 1 << 40))
        assert run(connection, "SELECT many, n FROM later").all() == [(1 << 40, 1)]
    store.close()


LATER = """
from sqlalchemy import Column, Integer, Text
from alembic import op

revision, down_revision, branch_labels, depends_on = "9999", "{before}", None, None


def upgrade() -> None:
    op.create_table("later", Column("n", Integer, primary_key=True), Column("name", Text))
    with op.batch_alter_table("later") as table:
        table.add_column(Column("many", Integer))
"""
