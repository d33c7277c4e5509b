"""The totals on the cover: what is counted, what a later revision replaces, what must fit."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from app.exchange.index import Cover
from app.exchange.totals import Totals, of_body
from tests.exchange.refusals import refusal, refusal_if_any

NOTHING = {"aid.goods_value": "0", "aid.money": "0", "visit.workers_met": "0"}


class Line(NamedTuple):
    """What counting asks of a revision."""

    type: str
    parents: tuple[str, ...]
    body: dict[str, Any]


def aid(h: str, money: object, *parents: str) -> tuple[str, Line]:
    return h, Line("aid", parents, {"money": money})


def totals(*lines: tuple[str, Line], unread: int = 0) -> Totals:
    found = Totals()
    found.add(lines, of_body)
    found.add_unread(unread)
    return found


def test_an_empty_package_has_every_sum_at_nought() -> None:
    assert Totals().cover() == Cover({}, NOTHING)


def test_lines_are_counted_by_type_in_order_of_its_name() -> None:
    found = totals(("1", Line("visit", (), {})), aid("2", "1"), ("3", Line("visit", (), {})))
    assert found.lines == 3
    cover = found.cover()
    assert list(cover.records.items()) == [("aid", 1), ("visit", 2)]
    assert cover.sums == NOTHING | {"aid.money": "1"}


def test_what_a_later_revision_replaces_is_not_added_whatever_the_order() -> None:
    lines = [aid("1", "500.00"), aid("2", "620.50", "1"), aid("3", "0.25")]
    for order in (lines, lines[::-1]):
        assert totals(*order).cover().sums == NOTHING | {"aid.money": "620.75"}
    apart = totals(lines[0])
    apart.add(lines[1:], of_body)
    assert apart.lines == 3
    assert apart.cover().sums == NOTHING | {"aid.money": "620.75"}


def test_a_revision_replaced_by_a_line_of_another_type_is_not_added() -> None:
    joined = ("2", Line("visit", ("1",), {"workers_met": 4}))
    assert totals(aid("1", "5"), joined).cover().sums == NOTHING | {"visit.workers_met": "4"}


@pytest.mark.parametrize(
    ("value", "counts"),
    [
        ("12", "12"),
        (12, "12"),
        ("-3.5", "-3.5"),
        ("0.000001", "0.000001"),
        ("0.0000001", "0"),
        ("9" * 15, "9" * 15),
        ("9" * 16, "0"),
        (10**15, "0"),
        ("1e3", "0"),
        (" 1", "0"),
        ("", "0"),
        (None, "0"),
        (True, "0"),
        (1.5, "0"),
        ([1], "0"),
    ],
)
def test_an_amount_is_a_whole_number_or_a_decimal_string(value: object, counts: str) -> None:
    assert totals(aid("1", value)).cover().sums["aid.money"] == counts


def test_the_same_amount_many_times_is_added_each_time() -> None:
    lines = [aid(str(n), "200.10") for n in range(7)]
    assert totals(*lines, aid("x", 1)).cover().sums["aid.money"] == "1401.70"


def test_every_summed_member_has_its_own_sum() -> None:
    goods = ("1", Line("aid", (), {"money": "2", "goods_value": "3"}))
    assert totals(goods).cover().sums == NOTHING | {"aid.money": "2", "aid.goods_value": "3"}


@pytest.mark.parametrize(
    ("unread", "cover", "fits"),
    [
        (0, Cover({"aid": 2}, {"aid.money": "3.50"}), True),
        (0, Cover({"aid": 2}, {"aid.money": "3.5", "aid.goods_value": "0.00"}), True),
        (0, Cover({"aid": 2}, {}), False),
        (0, Cover({"aid": 2}, {"aid.money": "3.51"}), False),
        (0, Cover({"aid": 3}, {"aid.money": "3.50"}), False),
        (0, Cover({"aid": 1}, {"aid.money": "3.50"}), False),
        (0, Cover({"aid": 1, "visit": 1}, {"aid.money": "3.50"}), False),
        (0, Cover({"visit": 2}, {"aid.money": "3.50"}), False),
        (0, Cover({"aid": 2}, {"aid.money": "3.50", "visit.workers_met": "1"}), False),
        (1, Cover({"aid": 3}, {"aid.money": "99"}), True),
        (1, Cover({"aid": 2, "visit": 1}, {}), True),
        (1, Cover({"aid": 2}, {"aid.money": "3.50"}), False),
        (1, Cover({"aid": 1, "visit": 2}, {}), False),
        (1, Cover({"visit": 3}, {}), False),
    ],
)
def test_a_cover_fits_the_lines_or_is_refused(unread: int, cover: Cover, fits: bool) -> None:
    found = totals(aid("1", "1.25"), aid("2", "2.25"), unread=unread)
    expected = None if fits else ("COVER_MISMATCH", "")
    assert refusal_if_any(lambda: found.require(cover)) == expected


def test_a_line_unread_early_on_leaves_the_sums_open_to_the_end() -> None:
    found = totals(aid("1", "1.25"), unread=1)
    found.add([aid("2", "2.25")], of_body)
    found.add_unread(0)
    found.require(Cover({"aid": 3}, {"aid.money": "99"}))


def test_a_type_that_is_not_on_the_cover_is_noticed_though_nothing_was_given() -> None:
    found = totals(aid("1", "0"))
    assert refusal(lambda: found.require(Cover({"visit": 1}, {}))) == ("COVER_MISMATCH", "")


def test_unread_lines_are_counted() -> None:
    found = totals(aid("1", "1"), unread=2)
    found.add_unread(3)
    assert found.lines == 6
    assert refusal(lambda: found.require(Cover({"aid": 5}, {}))) == ("COVER_MISMATCH", "")
    found.require(Cover({"aid": 6}, {}))
