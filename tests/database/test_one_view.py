"""Everything that one answer reads is of one moment, however deep it asks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table

from database.store.engine import Connection, Store, opened_with

METADATA = MetaData()
Table("line", METADATA, Column("n", Integer))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = opened_with(tmp_path / "a.db", bytes(32), METADATA)
    yield store
    store.close()


def add(store: Store) -> None:
    with store.write() as connection:
        connection.exec_driver_sql("INSERT INTO line VALUES (1)")


def counted(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT count(*) FROM line").scalar_one())


def beside(store: Store) -> int:
    """What a function answers that opens a view of its own."""
    with store.read() as connection:
        return counted(connection)


def in_another_thread(store: Store) -> None:
    other = threading.Thread(target=add, args=[store])
    other.start()
    other.join()


def test_what_is_asked_within_a_view_is_of_its_moment(store: Store) -> None:
    with store.read() as connection:
        assert counted(connection) == 0
        in_another_thread(store)
        assert (counted(connection), beside(store)) == (0, 0)
    assert beside(store) == 1


def test_what_a_thread_wrote_it_reads(store: Store) -> None:
    with store.read() as connection:
        assert counted(connection) == 0
        add(store)
        assert beside(store) == 1
        assert counted(connection) == 0
    with store.write() as connection:
        connection.exec_driver_sql("INSERT INTO line VALUES (2)")
        assert (counted(connection), beside(store)) == (2, 1)


def test_a_view_that_broke_off_is_not_the_next_one(store: Store) -> None:
    with pytest.raises(KeyError), store.read():
        raise KeyError
    add(store)
    assert beside(store) == 1


def test_a_store_is_closed_behind_what_is_being_written(store: Store) -> None:
    begun, go_on = threading.Event(), threading.Event()
    counts: list[int] = []

    def write() -> None:
        with store.write() as connection:
            begun.set()
            go_on.wait()
            connection.exec_driver_sql("INSERT INTO line VALUES (1)")
            counts.append(counted(connection))

    writing, closing = threading.Thread(target=write), threading.Thread(target=store.close)
    writing.start()
    begun.wait()
    closing.start()
    # Long enough for a close that does not wait; one that does ends after the write.
    closing.join(0.2)
    go_on.set()
    writing.join()
    closing.join()
    assert counts == [1]
    assert beside(store) == 1
