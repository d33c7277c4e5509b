"""Dates, amounts and steps as 首页 says them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from app.domain.records import Phase
from app.services.backup.backup import LastBackup
from app.ui.pages.home.phases import current, name_of
from app.ui.pages.home.words import backup_state, left, near, spoken, when, yuan

TODAY = dt.date(2011, 12, 3)
PHASES = (
    Phase(title="动员部署（7月初）", starts=dt.date(2011, 7, 4)),
    Phase(
        title="全面推进（7月至11月）",
        starts=dt.date(2011, 7, 1),
        ends=dt.date(2011, 11, 30),
        concentrated=True,
    ),
    Phase(title="总结表彰（12月）", starts=dt.date(2011, 12, 1), ends=dt.date(2011, 12, 31)),
    Phase(title="成果运用（下半年）", starts=dt.date(2011, 7, 1), ends=dt.date(2011, 12, 31)),
)


@pytest.mark.parametrize(
    ("due", "words", "kind"),
    [
        (dt.date(2011, 12, 15), "还有 12 天", ""),
        (dt.date(2011, 12, 6), "还有 3 天", "warning"),
        (TODAY, "今天", "error"),
        (dt.date(2011, 11, 30), "超 3 天", "error"),
        (dt.date(2010, 12, 15), "早已过期", "neutral"),
        (None, "", ""),
    ],
)
def test_what_is_left(due: dt.date | None, words: str, kind: str) -> None:
    assert left(due, TODAY) == (words, kind)


def test_days_and_moments() -> None:
    assert spoken(TODAY) == "2011年12月3日 星期六"
    assert when("2011-12-03T08:31:00+08:00", TODAY) == "今天 08:31"
    assert when("2011-12-02T17:02:00+08:00", TODAY) == "昨天 17:02"
    assert when("2011-11-28T17:02:00+08:00", TODAY) == "11-28"
    assert near(dt.date(2010, 12, 1), TODAY) == "2010-12-01"
    assert near(None, TODAY) == ""


def test_how_good_the_last_backup_is() -> None:
    assert backup_state(None, TODAY) == ("还没有备份", "error")
    for day, told in (("12-01", ("已核对", "ok")), ("11-13", ("20 天前", "warning"))):
        kept = LastBackup(f"2011-{day}T08:00:00+08:00", "x")
        assert backup_state(kept, TODAY) == told


def test_amounts() -> None:
    assert yuan(Decimal("82400.00")) == "82,400"
    assert yuan(Decimal("1234.5")) == "1,234.50"


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (dt.date(2011, 7, 20), "全面推进"),
        (dt.date(2011, 12, 3), "总结表彰"),
        (dt.date(2012, 1, 5), ""),
        (dt.date(2011, 6, 1), ""),
    ],
)
def test_the_step_we_are_in(day: dt.date, name: str) -> None:
    now = current(PHASES, day)
    assert (name_of(now)[0] if now else "") == name


def test_a_step_is_called_by_its_name_and_its_time() -> None:
    assert name_of(PHASES[1]) == ("全面推进", "7—11月")
    assert name_of(Phase(title="试点")) == ("试点", "")
