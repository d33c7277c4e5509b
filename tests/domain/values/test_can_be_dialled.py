"""A telephone number can be dialled: with 区号, 分机, or several; anything else gets a 提醒."""

from __future__ import annotations

import datetime as dt

import pytest

from app.domain.checking.checks import check
from app.domain.records import Person
from app.domain.values.telephone import is_telephone


@pytest.mark.parametrize(
    "typed",
    [
        "13800001234", "138 0000 1234", "+86 13800001234", "0833-2601234", "(0833)2601234",
        "0833 260 1234", "2601234", "0833-2601234转801", "0833-2601234-801", "0833-2601234 分机 8",
        "400-810-1234", "12351", "668866", "13800001234、0833-2601234", "028-86543210",
    ],
)  # fmt: skip
def test_what_can_be_dialled(typed: str) -> None:
    assert is_telephone(typed)


@pytest.mark.parametrize(
    "typed", ["电话", "1380000123", "138000012345", "找王主任", "0833-26012", "12", "、", "见附件"]
)
def test_what_cannot(typed: str) -> None:
    assert not is_telephone(typed)


def test_a_number_that_cannot_be_dialled_is_a_note_and_no_error() -> None:
    found = check(Person(name="甲", telephone="1380000123"), today=dt.date(2011, 7, 4))
    (said,) = [one for one in found if one.field == "telephone"]
    assert said.code == "T01"
    assert "转801" in said.remedy
    found = check(Person(name="甲", telephone="13800001234"), today=dt.date(2011, 7, 4))
    assert not [one for one in found if one.field == "telephone"]
