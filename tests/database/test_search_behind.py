"""The index of the search is written behind; nothing is missed meanwhile, and nothing is stale."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.kernel.progress import Cancel
from app.domain.naming.search_pieces import Sought
from app.domain.records import Enterprise, Visit
from database.log import revisions
from database.log.revisions import StoredRevision
from database.state import search, search_index, states
from database.state.states import State
from database.store.engine import Connection
from tests.engines import new_store

FIRM = "沙湾区恒宇机械厂"
PLACES = "太平 沫若 铜茨 福禄 牛石 轸溪 葫芦 谭坝".split()


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    store = new_store(tmp_path / "store.db", None)
    with store.write() as connection:
        yield connection
    store.close()


def put(connection: Connection, record: str, name: str) -> None:
    """Save an enterprise under a name."""
    n = revisions.next_n(connection)
    h = f"{n:012x}".ljust(64, "0")
    row = StoredRevision(n, h, record, "enterprise", (), "w", "2011", "x", "create", b"", "live")
    revisions.append(connection, [row])
    firm = Enterprise(number=record, name=name, owner="511111")
    states.put(connection, Enterprise, [State(record, h, "2011", "x", "w", False, firm, {}, {})])


def found(connection: Connection, text: str) -> list[str]:
    return search.every(connection, Enterprise, Sought(text), void=False, cancel=Cancel())


def newest(connection: Connection, text: str, most: int = 5) -> list[str]:
    finding = search.Finding(connection, Sought(text), most, Cancel())
    return [hit.id for hit in finding.newest(Enterprise)[0]]


def caught_up(connection: Connection) -> None:
    while search_index.behind(connection):
        search_index.keep_up(connection, 3)


def test_what_was_just_saved_is_found_before_the_index_knows_it(connection: Connection) -> None:
    put(connection, "a", FIRM)
    assert search_index.behind(connection) == 1
    assert found(connection, "恒宇") == newest(connection, "恒宇") == ["a"]
    caught_up(connection)
    assert found(connection, "恒宇") == newest(connection, "hyjx") == ["a"]


def test_a_renamed_record_is_found_by_its_new_name_alone(connection: Connection) -> None:
    put(connection, "a", FIRM)
    put(connection, "b", "沫若水泥厂")
    caught_up(connection)
    put(connection, "a", "沙湾区太平陶瓷厂")
    assert search_index.behind(connection) == 1
    for _ in range(2):
        assert found(connection, "恒宇") == newest(connection, "恒宇") == []
        assert found(connection, "太平") == newest(connection, "太平") == ["a"]
        caught_up(connection)


def test_a_change_that_renames_nothing_leaves_the_index_as_it_is(connection: Connection) -> None:
    put(connection, "a", FIRM)
    caught_up(connection)
    put(connection, "a", FIRM)
    assert search_index.behind(connection) == 0


def test_the_newest_come_first_whether_the_index_knows_them_or_not(
    connection: Connection,
) -> None:
    for n in range(6):
        put(connection, f"old-{n}", f"太平第{n}厂")
    caught_up(connection)
    put(connection, "old-1", "太平第九厂")
    put(connection, "new", "太平新厂")
    assert newest(connection, "太平", 3) == ["new", "old-5", "old-4"]
    assert newest(connection, "太平", 9)[-2:] == ["old-1", "old-0"]


def test_the_number_of_a_row_that_went_may_be_given_again(connection: Connection) -> None:
    put(connection, "a", FIRM)
    put(connection, "b", "沫若水泥厂")
    caught_up(connection)
    states.remove(connection, Enterprise, ["b"])
    put(connection, "c", "太平陶瓷厂")
    assert found(connection, "太平") == ["c"]
    assert found(connection, "沫若") == []
    caught_up(connection)
    assert found(connection, "太平") == ["c"]
    assert found(connection, "沫若") == []


def test_single_saves_are_taken_in_by_the_hundred(connection: Connection) -> None:
    for n in range(search_index.FEW - 1):
        put(connection, f"{n}", f"太平第{n}厂")
    assert search_index.behind(connection) == search_index.FEW - 1
    put(connection, "last", "太平")
    assert search_index.behind(connection) == 0


def test_a_fresh_index_has_everything_still_to_do(connection: Connection) -> None:
    put(connection, "a", FIRM)
    caught_up(connection)
    search_index.create(connection)
    assert search_index.behind(connection) == 1
    assert found(connection, "恒宇") == ["a"]
    states.clear(connection)
    assert search_index.behind(connection) == 0
    assert search.every(connection, Visit, Sought("恒宇"), void=False, cancel=Cancel()) == []


def test_any_order_of_saves_renamings_removals_and_catching_up_finds_the_same(
    connection: Connection,
) -> None:
    dice = random.Random(3)
    names: dict[str, str] = {}
    for _ in range(400):
        record = f"r{dice.randrange(40):02d}"
        match dice.randrange(5):
            case 0:
                search_index.keep_up(connection, dice.randrange(1, 8))
            case 1:
                names.pop(record, None)
                states.remove(connection, Enterprise, [record])
            case _:
                names[record] = f"{dice.choice(PLACES)}{dice.choice(PLACES)}厂"
                put(connection, record, names[record])
        for text in dice.sample(PLACES, 2):
            expected = sorted(one for one, name in names.items() if text in name)
            assert found(connection, text) == expected
            assert sorted(newest(connection, text, 50)) == expected
