"""Records go from a file to a server and back, and are the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.kernel.errors import UserError
from app.domain.records import Visit
from database.state import states
from database.store.engine import Store, opens_with
from database.store.server_note import server_of
from database.upkeep import copying, migrate, server_copying
from database.upkeep.moving import digest, move
from tests.engines import new_store
from tests.services.offices import CITY, found_city, new_clock, save_visit


def in_file(path: Path) -> Store:
    migrate.upgrade(path, None)
    return Store(path, None)


def test_an_office_moves_to_a_file_and_to_another_server_and_is_the_same(tmp_path: Path) -> None:
    clock = new_clock()
    clock.set(2011, 7, 21)
    office = found_city(tmp_path / CITY, clock)
    for number in range(3):
        save_visit(office, enterprise_name=f"乐山第{number}厂")
    assert office.store.server
    file, again = in_file(tmp_path / "file.db"), new_store(tmp_path / "again.db", None)
    moved = move(office.store, file)
    assert move(file, again) == moved
    with office.store.read() as before, again.read() as after:
        assert digest(before) == digest(after)
        assert states.find(before, Visit) == states.find(after, Visit)
    for store in (office, file, again):
        store.close()


def test_nothing_is_moved_to_where_something_is(tmp_path: Path) -> None:
    office = found_city(tmp_path / CITY, new_clock())
    there = in_file(tmp_path / "there.db")
    move(office.store, there)
    with pytest.raises(UserError) as refused:
        move(office.store, there)
    assert refused.value.code == "STORE_NOT_EMPTY"
    office.close()
    there.close()


def test_a_copy_of_what_lies_on_a_server_is_an_encrypted_file(tmp_path: Path) -> None:
    office = found_city(tmp_path / CITY, new_clock())
    copy = tmp_path / "copy.db"
    server_copying.copy(office.folder.store, copy, office.store.key)
    copying.check(copy, office.store.key)
    assert server_of(copy) is None
    assert not opens_with(copy, bytes(32))
    file = Store(copy, office.store.key)
    with file.read() as after, office.store.read() as before:
        assert digest(after) == digest(before)
    file.close()
    office.close()
