"""Asking the store for records by small filters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.records import Enterprise, Hazard, Visit
from database.log import revisions
from database.log.revisions import StoredRevision
from database.state import id_lists, states
from database.state.filters import (
    Filter,
    among,
    before,
    differing,
    empty,
    equal,
    filled,
    live,
    naming,
    not_,
    owned_by,
    since,
    unsettled,
    until,
    void,
)
from database.state.states import State
from database.store.engine import Connection
from tests.engines import REFUSED, new_store

H = "ab" * 32
KEY = bytes(range(32))
DAY = dt.date(2011, 7, 20)


def kept(id: str, visit: Visit, *, gone: bool = False, differs: bool = False) -> State[Visit]:
    conflicts = {"headcount": [[1, H], [2, H]]} if differs else {}
    return State(id, H, "2011", "op", "w-1", gone, visit, conflicts, {})


VISITS = [
    kept("a", Visit(owner="511111", number="1", visited_on=DAY, headcount=0)),
    kept("b", Visit(owner="511112", number="2", visited_on=dt.date(2011, 7, 21)), differs=True),
    kept("c", Visit(owner="511111", number="3", enterprise_name="水泥厂"), gone=True),
]


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    path = tmp_path / "store.db"
    store = new_store(path, KEY)
    with store.write() as writing:
        row = StoredRevision(1, H, "r-1", "visit", (), "w-1", "2011", "op", "create", b"", "live")
        revisions.append(writing, [row])
        states.put(writing, Visit, VISITS)
    with store.write() as reading:
        yield reading
    store.close()


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (live(), "ab"),
        (void(), "c"),
        (owned_by("511111"), "ac"),
        (equal("number", "2"), "b"),
        (equal("headcount", 0), "a"),
        (equal("visited_on", DAY), "a"),
        (equal("visited_on", None), "c"),
        (equal("enterprise_name", ""), "ab"),
        (among("id", ["a", "c", "x"]), "ac"),
        (among("id", []), ""),
        (empty("headcount"), "bc"),
        (filled("headcount"), "a"),
        (since("visited_on", DAY), "ab"),
        (until("visited_on", DAY), "a"),
        (before("visited_on", DAY), ""),
        (not_(since("visited_on", DAY)), "c"),
        (equal("number", "1") | equal("number", "3"), "ac"),
        (live() & owned_by("511111"), "a"),
        (differing(), "b"),
        (unsettled(), "b"),
    ],
)
def test_a_filter_lets_through_what_it_says(
    connection: Connection, wanted: Filter, ids: str
) -> None:
    assert [one.id for one in states.find(connection, Visit, wanted)] == list(ids)
    assert states.count(connection, Visit, wanted) == len(ids)
    assert states.pick(connection, Visit, ("id",), wanted) == [(one,) for one in ids]


def test_several_filters_all_hold_and_the_class_is_known(connection: Connection) -> None:
    (found,) = states.find(connection, Visit, live(), owned_by("511112"))
    assert found.record.visited_on == dt.date(2011, 7, 21)
    state = states.get(connection, Visit, "a")
    assert state is not None
    assert state == VISITS[0]
    assert states.get(connection, Enterprise, "a") is None


def test_a_moment_of_a_day_is_on_that_day(connection: Connection) -> None:
    noon = dt.datetime.fromisoformat("2011-07-20T12:00:00+08:00")
    hazard = State("h", H, "2011", "op", "w-1", False, Hazard(found_at=noon), {}, {})
    states.put(connection, Hazard, [hazard])
    assert states.count(connection, Hazard, until("found_at", DAY)) == 1
    assert states.count(connection, Hazard, since("found_at", DAY)) == 1
    assert states.count(connection, Hazard, before("found_at", DAY)) == 0


def test_a_name_in_a_list_is_found_whatever_its_letters(connection: Connection) -> None:
    known = Enterprise(name="甲", aliases=('A"公司', "乙厂"))
    states.put(connection, Enterprise, [State("e", H, "2011", "op", "w", False, known, {}, {})])
    for text, count in (('a"公司', 1), ("乙厂", 1), ("乙", 0), ("", 0)):
        assert states.count(connection, Enterprise, naming("aliases", text)) == count


def test_a_field_that_is_none_is_an_error_and_no_text(connection: Connection) -> None:
    refused = pytest.raises(REFUSED, match=r"no such column|does not exist")
    with refused, connection.begin_nested():
        states.find(connection, Visit, equal("colour", "red"))


def test_ids_come_packed_and_the_newest_first(connection: Connection) -> None:
    ids = ("01314a34-ce80-76c7-959d-000000000001", "01314a34-ce80-76c7-959d-000000000002")
    states.put(connection, Enterprise, [_enterprise(one) for one in ids])
    packed = id_lists.packed(connection, Enterprise, live())
    assert packed == b"".join(bytes.fromhex(one.replace("-", "")) for one in reversed(ids))
    assert id_lists.newest(connection, Enterprise, 1) == [ids[1]]


def _enterprise(id: str) -> State[Enterprise]:
    return State(id, H, "2011", "op", "w", False, Enterprise(name=id), {}, {})
