"""请上级协调: a demand is passed up and answered; the answer stands on the same record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.domain.kernel.errors import UserError
from app.domain.records import Demand
from app.services.lists import record_sheet
from app.services.office.office import Office
from app.services.records import saving, settling
from app.services.reporting import receipts
from app.services.reviewing import answers, passed_up, trays
from app.services.todo.today import today
from tests.services.offices import COUNTY, SetClock, carry, deliver, record_of

DEMAND = {
    "raised_on": "2011-07-05",
    "category": "生活",
    "content": "拖欠三个月工资",
    "requested": "请市里协调国资委",
    "requested_on": "2011-07-09",
}


def refused(code: str, action: Callable[[], Any]) -> None:
    with pytest.raises(UserError, check=lambda error: error.code == code):
        action()


def lines(office: Office) -> dict[str, tuple[int, str]]:
    return {one.name: (one.count, one.note) for one in today(office).waiting}


def test_a_demand_goes_up_and_its_answer_comes_back_on_the_same_record(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    up = saving.save(county, Demand, DEMAND)
    saving.save(county, Demand, {**DEMAND, "requested": None, "requested_on": None})
    deliver(county, city, tmp_path / "up")
    (one,) = passed_up.passed_up(city)
    assert (one.id, one.station, one.days) == (up.id, "沙湾区总工会", 12)
    assert lines(city)["passed_up"] == (1, "沙湾区总工会等了 12 天")

    refused("NO_REPLY", lambda: passed_up.reply(city, up.id, " "))
    saved = passed_up.reply(city, up.id, "已商国资委，月底前补发", base=one.base)
    assert record_of(city, "demand", up.id).upper_reply == "已商国资委，月底前补发"
    assert passed_up.passed_up(city) == []
    refused("STALE", lambda: passed_up.reply(city.as_operator("x"), up.id, "好", base=one.base))
    refused("NOT_WAITING", lambda: passed_up.reply(city, up.id, "再答复一次"))
    passed_up.take_back(city, saved, up.id)
    assert len(passed_up.passed_up(city)) == 1
    passed_up.reply(city, up.id, "已商国资委，月底前补发")

    carry(county, answers.answer(city, COUNTY, tmp_path / "down").files)
    assert lines(county)["reply"][0] == 1
    (word,) = receipts.open_words(county)
    assert (word.verdict, word.said) == (receipts.REPLY, "已商国资委，月底前补发（2011-07-21）")
    assert "propose" not in lines(county)
    seen = record_sheet.opened(county, Demand, up.id)
    assert next(offer.new for offer in seen.offers) == "已商国资委，月底前补发"
    (item,) = trays.open_items(trays.tray(county, "propose"))
    settling.adopt(county, Demand, up.id, item.review.id)
    kept = record_of(county, "demand", up.id)
    assert (kept.upper_reply, kept.upper_replied_on) == ("已商国资委，月底前补发", city.today())
    assert "reply" not in lines(county)
    deliver(county, city, tmp_path / "up again")
    with city.store.read() as connection:
        assert not saving.find_one(connection, Demand, up.id).pending


def test_only_what_is_of_an_office_below_and_open_waits(city: Office, county: Office) -> None:
    saving.save(city, Demand, DEMAND)
    saving.save(county, Demand, DEMAND)
    assert passed_up.passed_up(city) == []
    assert passed_up.passed_up(county) == []
