"""Forty paper forms keyed in a row, without the mouse, with the mistakes one makes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.records import Enterprise, Visit
from app.domain.values.dates import format_date
from app.services.records import saving
from app.ui.fields.links import LinkEditor, SuggestedTextEditor
from app.ui.pages.records.page import RecordPage
from tests.services.offices import SetClock
from tests.ui.hands import begin_composing, compose, focus, keys, press
from tests.ui.pages.at_work import CTRL, AtWork
from tests.ui.pages.conftest import at_work, clock, county, grounds

__all__ = ["at_work", "clock", "county", "grounds"]
pytestmark = pytest.mark.usefixtures("dressed")

ENTERPRISES = {
    "乐山无线电公司": "lswxd",
    "沙湾供电所": "swgds",
    "沐江堰管理处": "mjygl",
    "嘉农水泥厂": "jnsnc",
    "德胜钢铁集团": "dsgt",
    "铜街子电站": "tjzdz",
    "龚嘴电厂": "gzdc",
    "范店煤矿": "fdmk",
    "轸溪茶业": "zxcy",
    "葫芦镇粮站": "hlzlz",
    "太平造纸厂": "tpzzc",
    "福禄建材公司": "fljc",
    "踏水砖瓦厂": "tszwc",
    "碧山林场": "bslc",
    "牛石机械厂": "nsjx",
    "谭坝运输队": "tbys",
    "红岩矿业": "hyky",
    "沫水酒厂": "msjc",
    "丰都庙市场": "fdmsc",
    "二峨山旅社": "eesls",
}
LEADERS = ("李明书、付志勇", "阿约·试例", "𬭎某某、王示例", "赵示例")
LINES = ("一、班车班次少，冬季下夜班无车。", "二、食堂菜价偏高。", "三、医保转移难，望协调。")


@dataclass(frozen=True)
class Paper:
    """One filled-in form as it lies on the desk."""

    number: int
    enterprise: str
    leaders: str
    headcount: int
    workers_met: int
    opinions: tuple[str, ...]
    day: dt.date

    @property
    def known(self) -> bool:
        """Whether the unit was visited before and so is in 单位名录."""
        return self.number >= len(ENTERPRISES)

    @property
    def says(self) -> tuple[object, ...]:
        """What must be in the record."""
        leaders = tuple(self.leaders.split("、"))
        opinions = "\n".join(self.opinions)
        counts = (self.headcount, self.workers_met)
        return (self.enterprise, leaders, *counts, opinions, self.day)


def paper(number: int) -> Paper:
    return Paper(
        number,
        list(ENTERPRISES)[number % len(ENTERPRISES)],
        LEADERS[number // 3 % len(LEADERS)],
        600 + 7 * number,
        1 + number,
        () if number % 8 == 6 else LINES[: 1 + number % 3],
        dt.date(2011, 7, 4) + dt.timedelta(number % 17),
    )


class Clerk:
    """Hands on the keyboard, eyes on the paper and now and then on the screen."""

    def __init__(self, at_work: AtWork, page: RecordPage) -> None:
        self.qtbot: QtBot = at_work.qtbot
        units = saving.listing(at_work.office, Enterprise)
        self.roster = {state.record.name for state in units}
        self.page = page

    def press(self, key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
        press(self.qtbot, key, *held)

    def enter(self) -> None:
        self.press(Qt.Key.Key_Return)

    def key_in(self, paper: Paper, before: Paper | None) -> None:
        self._leaders(paper, before)
        self._enterprise(paper)
        self._counts(paper)
        self._opinions(paper)
        self._day(paper)
        if paper.number % 5 == 0:
            self._ticks()

    def _leaders(self, paper: Paper, before: Paper | None) -> None:
        if before is not None and before.leaders == paper.leaders:
            self.press(Qt.Key.Key_F3)
        else:
            compose(paper.leaders, "ling'dao")
        self.enter()

    def _enterprise(self, paper: Paper) -> None:
        if paper.known:
            keys(self.qtbot, ENTERPRISES[paper.enterprise])
            editor = self.page.form.editor("enterprise_name")
            assert isinstance(editor, SuggestedTextEditor)
            line = editor.line
            self.qtbot.waitUntil(lambda: line.open and paper.enterprise in line.popup.titles())
            while line.popup.current() is None or line.popup.current().title != paper.enterprise:  # type: ignore[union-attr]
                self.press(Qt.Key.Key_Down)
        else:
            compose(paper.enterprise)
        self.enter()

    def _counts(self, paper: Paper) -> None:
        if paper.number % 8 == 5:
            self.enter()
        elif paper.number % 2:
            compose(str(paper.headcount).translate({n + 48: n + 0xFF10 for n in range(10)}))
            self.enter()
        else:
            keys(self.qtbot, str(paper.headcount))
            self.enter()
        keys(self.qtbot, str(paper.workers_met))
        self.press(Qt.Key.Key_Tab)

    def _opinions(self, paper: Paper) -> None:
        for place, words in enumerate(paper.opinions):
            if place:
                self.enter()
            compose(words)
        self.press(Qt.Key.Key_Tab)

    def _day(self, paper: Paper) -> None:
        day, way = paper.day, paper.number % 5
        if way == 0:
            keys(self.qtbot, f"{day:%Y%m%d}")
        elif way == 1:
            keys(self.qtbot, f"{day.year}.{day.month}.{day.day}")
        elif way == 2:
            compose(format_date(day))
        elif way == 3:
            compose(f"{day.month}月{day.day}日")
        else:
            self._from_the_month(day)
        self.enter()

    def _from_the_month(self, day: dt.date) -> None:
        self.press(Qt.Key.Key_F7)
        today = dt.date(2011, 7, 21)
        for _ in range((today - day).days // 7):
            self.press(Qt.Key.Key_Up)
        for _ in range((today - day).days % 7):
            self.press(Qt.Key.Key_Left)

    def _ticks(self) -> None:
        """填报日期 and 工作组 are left; of the 六个到位 two were done, one with evidence."""
        self.enter()
        self.enter()
        keys(self.qtbot, "13")
        self.enter()
        compose("送慰问品20份")

    def save(self, paper: Paper) -> None:
        if paper.number % 8 == 5:
            self._refused("headcount")
            keys(self.qtbot, str(paper.headcount))
        if not paper.known and paper.enterprise not in self.roster:
            self._refused("area")
            keys(self.qtbot, "swz")
            area = self.page.form.editor("area")
            assert isinstance(area, LinkEditor)
            self.qtbot.waitUntil(lambda: area.line.open and "沙湾镇" in area.line.popup.titles())
            self.enter()
        if not paper.opinions:
            self.press(Qt.Key.Key_F2)
            begin_composing("职工没有提")
        with self.qtbot.waitSignals([self.page.kept, self.page.shown]):
            if not paper.opinions:
                compose("职工没有提意见")
                self.enter()
            self.press(Qt.Key.Key_Return, CTRL)

    def _refused(self, name: str) -> None:
        """A save is refused so that it cannot be missed; once that is read, one is at the field."""
        with self.qtbot.waitSignal(self.page.refused):
            self.press(Qt.Key.Key_Return, CTRL)
        assert self.page.card.refusal.is_up
        self.enter()
        assert self.page.form.editor(name).isAncestorOf(focus())


def test_forty_papers_in_a_row(at_work: AtWork, clock: SetClock) -> None:
    page = at_work.go("visits")
    clerk = Clerk(at_work, page)
    with at_work.qtbot.waitSignal(page.shown):
        clerk.press(Qt.Key.Key_N, CTRL)
    papers = [paper(number) for number in range(40)]
    for before, now in zip([None, *papers], papers, strict=False):
        assert page.form.isAncestorOf(focus())
        clerk.key_in(now, before)
        clerk.save(now)
    at_work.rest()

    assert at_work.notices == []
    found = [state.record for state in saving.listing(at_work.office, Visit)]
    assert {_says(visit) for visit in found} == {one.says for one in papers}
    assert len({visit.number for visit in found}) == 40
    ticked = [visit for visit in found if visit.items]
    assert len(ticked) == 8
    assert {row.evidence for visit in ticked for row in visit.items} == {"送慰问品20份", ""}
    units = [state.record for state in saving.listing(at_work.office, Enterprise)]
    names = [one.name for one in units]
    assert {name: names.count(name) for name in ENTERPRISES} == dict.fromkeys(ENTERPRISES, 1)


def _says(visit: object) -> tuple[object, ...]:
    assert isinstance(visit, Visit)
    counts = (visit.headcount, visit.workers_met)
    return (visit.enterprise_name, visit.leaders, *counts, visit.opinions, visit.visited_on)
