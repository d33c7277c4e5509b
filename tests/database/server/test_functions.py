"""What a server was taught: brought to what this program has, and never back."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from database.store.dialect import by_pinyin, run
from database.store.engine import Store
from database.store.server_functions import CONTENT, VERSION, digest
from database.store.server_note import write_note
from database.upkeep import migrate
from tests.engines import new_server

OLD = """CREATE OR REPLACE FUNCTION by_pinyin(text) RETURNS text STABLE PARALLEL SAFE
    LANGUAGE sql AS $$ SELECT 'of another program' $$"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The note of a server whose functions are another program's."""
    note = tmp_path / "store.db"
    server = new_server()
    assert server is not None
    write_note(note, server)
    taught_otherwise(note, VERSION - 1)
    return note


def taught_otherwise(note: Path, version: int | None) -> None:
    store = Store(note, None)
    with store.write() as connection:
        run(connection, OLD)
        told = "NULL" if version is None else f"'{version}'"
        run(connection, f"COMMENT ON TABLE pinyin_rank IS {told}")
    store.close()


def ordered(note: Path) -> str:
    store = Store(note, None)
    with store.read() as connection:
        found = str(run(connection, f"SELECT {by_pinyin('?')}", ("abc",)).scalar_one())
    store.close()
    return found


def test_what_the_functions_say_is_of_this_version() -> None:
    """Change a function, and give it the next version, so that servers learn of it."""
    assert digest() == CONTENT


@pytest.mark.parametrize("before", [None, VERSION - 1])
def test_a_newer_program_brings_its_functions_when_it_opens(path: Path, before: int | None) -> None:
    taught_otherwise(path, before)
    migrate.upgrade(path, None)
    assert ordered(path) == "abc"


@pytest.mark.parametrize("later", [VERSION, VERSION + 1])
def test_an_older_program_beside_leaves_them(path: Path, later: int) -> None:
    taught_otherwise(path, later)
    migrate.upgrade(path, None)
    assert ordered(path) == "of another program"


def test_two_that_open_at_once_teach_it_once(path: Path) -> None:
    start = threading.Barrier(4)
    failed: list[Exception] = []

    def work() -> None:
        start.wait()
        try:
            migrate.upgrade(path, None)
        except Exception as error:  # noqa: BLE001
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert failed == []
    assert ordered(path) == "abc"


def test_a_list_that_is_being_read_is_read_to_its_end(path: Path) -> None:
    store = Store(path, None)
    asked = f"SELECT {by_pinyin('?')}"
    with store.read() as connection:
        assert run(connection, asked, ("abc",)).scalar_one() == "of another program"
        migrate.upgrade(path, None)
        assert run(connection, asked, ("abc",)).scalar_one() in ("abc", "of another program")
    store.close()


def test_who_may_not_change_them_works_with_those_there_are(path: Path) -> None:
    store = Store(path, None)
    with store.write() as connection:
        run(connection, "CREATE ROLE clerk LOGIN IN ROLE pg_read_all_data, pg_write_all_data")
    store.close()
    try:
        note = path.with_name("clerk.db")
        server = store.server
        assert server is not None
        write_note(note, type(server)(server.url.replace("//zoufang@", "//clerk@")))
        migrate.upgrade(note, None)
        assert ordered(note) == "of another program"
    finally:
        store = Store(path, None)
        with store.write() as connection:
            run(connection, "DROP ROLE clerk")
        store.close()


def test_a_server_that_knows_them_is_not_written_to(path: Path) -> None:
    migrate.upgrade(path, None)
    store = Store(path, None)
    with store.write() as connection:
        # Whoever wrote now would wait for this transaction.
        run(connection, f"COMMENT ON TABLE pinyin_rank IS '{VERSION}'")
        migrate.upgrade(path, None)
    store.close()
    assert ordered(path) == "abc"
