"""谁还没报: what is missing, what came on paper, who was rung up, and the list on paper."""

from __future__ import annotations

import datetime as dt
import re
import threading
from contextlib import closing
from pathlib import Path

import pypdfium2
from python_calamine import CalamineWorkbook

from app.services.figures import dues, reminder_texts, reminders
from app.services.figures.dues import Paper
from app.services.office.office import Office
from database.books import paper_ticks
from tests.services.offices import COUNTY, SECOND_COUNTY, SetClock, deliver, save_visit

CAMPAIGN = "2011-36"


def test_what_is_missing_is_ticked_reminded_and_printed(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    save_visit(county)
    clock.set(2011, 12, 20)
    deliver(county, city, tmp_path / "stick")
    seen = reminders.outstanding(city, CAMPAIGN)
    assert "还差" in seen.words
    before = len(seen.missing)
    mine = [one for one in seen.missing if one.standing.unit == SECOND_COUNTY]
    form = next(one for one in mine if one.standing.item == "form")
    assert (form.reminders, form.promised) == ((), "")

    reminders.remind(city, CAMPAIGN, [SECOND_COUNTY], "答应 12-22 送来")
    reminders.remind(city, CAMPAIGN, [SECOND_COUNTY])
    again = reminders.outstanding(city, CAMPAIGN)
    form = next(o for o in again.missing if o.standing == form.standing)
    assert (len(form.reminders), form.promised) == (2, "答应 12-22 送来")

    out = tmp_path / "催报单.pdf"
    assert reminders.print_reminders(city, out, CAMPAIGN) >= 1
    assert out.read_bytes().startswith(b"%PDF")

    reminders.tick(city, CAMPAIGN, form.standing)
    ticked = reminders.outstanding(city, CAMPAIGN)
    assert len(ticked.missing) == before - 1
    now = next(
        o for o in ticked.owed if (o.standing.unit, o.standing.item) == (SECOND_COUNTY, "form")
    )
    assert now.on_paper
    reminders.tick(city, CAMPAIGN, now.standing)
    assert len(reminders.outstanding(city, CAMPAIGN).missing) == before


def test_ticks_made_at_once_are_all_kept_with_who_and_when(city: Office) -> None:
    units = [f"5111{n:02}" for n in range(20)]

    def tick(mine: list[str]) -> None:
        for unit in mine:
            dues.tick_paper(city, CAMPAIGN, Paper(unit, "summary", city.today()))

    threads = [threading.Thread(target=tick, args=[units[n::4]]) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with city.store.read() as connection:
        kept = paper_ticks.of(connection, CAMPAIGN)
    assert sorted(one.unit for one in kept) == units
    assert {one.by for one in kept} == {city.operator}
    assert all(one.at.startswith(str(city.today())) for one in kept)


def test_a_county_asks_its_townships_only(county: Office) -> None:
    seen = reminders.outstanding(county, CAMPAIGN)
    assert {one.standing.unit[:6] for one in seen.owed} <= {"511111"}


def test_what_has_a_day_comes_first_and_what_is_told_at_any_time_stands_apart(
    city: Office, clock: SetClock
) -> None:
    clock.set(2011, 12, 20)
    seen = reminders.outstanding(city, CAMPAIGN)
    states = [one.standing.state for one in seen.missing]
    late = states.count("逾期未报")
    assert late == 22, "summary and forms of eleven counties"
    assert states[:late] == ["逾期未报"] * late
    assert set(states[late:]) == {"未定期限"}
    assert {one.standing.item for one in seen.at_any_time} == {"news", "experience"}
    assert f"还差 {len(seen.missing)} 项" in seen.words
    assert "其中逾期 22 项" in seen.words

    offices = [one.standing.unit_name for one in reminders.in_order(seen.missing, "office")]
    assert len(list(dict.fromkeys(offices))) == sum(
        before != after for before, after in zip(offices, [*offices[1:], ""], strict=True)
    ), "each office stands together"
    assert offices[0] == "市中区总工会"
    assert offices[-1].startswith("乐山市总工会"), "what nobody is late with comes last"


def test_an_enrolled_office_that_never_sent_anything_is_named(
    city: Office, county: Office, tmp_path: Path
) -> None:
    def silent() -> list[str]:
        gaps = reminders.outstanding(city, CAMPAIGN).gaps
        return [gap.station for gap in gaps if gap.words == reminders.NEVER]

    assert silent() == [COUNTY, SECOND_COUNTY]
    save_visit(county)
    deliver(county, city, tmp_path / "stick")
    assert silent() == [SECOND_COUNTY]


def test_a_call_says_with_whom_what_and_until_when_and_a_broken_promise_shows(
    city: Office, clock: SetClock, tmp_path: Path
) -> None:
    clock.set(2011, 12, 18)
    said = {"spoke_with": "李主任", "until": "12-20"}
    reminders.remind(city, CAMPAIGN, [SECOND_COUNTY], "正在盖章", **said)
    seen = reminders.outstanding(city, CAMPAIGN)
    one = next(o for o in seen.missing if o.standing.unit == SECOND_COUNTY)
    assert one.reminders[-1].words == "12-18 市经办 打给 李主任：正在盖章，答应 12-20"
    assert reminders.told_of(one) == "已催 1 次，答应 12-20，正在盖章"
    assert not one.broken(city.today())
    clock.set(2011, 12, 21)
    form = next(o for o in seen.missing if o.standing.item == "form")
    now = next(
        o
        for o in reminders.outstanding(city, CAMPAIGN).missing
        if o.standing.unit == SECOND_COUNTY and o.standing.item == "form"
    )
    assert now.broken(city.today())
    assert (now.days_late(city.today()), form.days_late(dt.date(2011, 12, 18))) == (6, 3)

    text = reminder_texts.message(city, reminders.outstanding(city, CAMPAIGN), {SECOND_COUNTY})
    assert "五通桥区总工会" in text
    assert "12月15日前，已逾期6天" in text
    assert "李主任" not in text
    assert "市经办" not in text
    assert not re.search(r"\d{7,}", text), "no telephone"

    again = reminders.outstanding(city, CAMPAIGN)
    out = reminder_texts.write_sheet(city, again, again.missing, tmp_path / "谁还没报.xlsx")
    rows = CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python()
    words = [str(cell) for row in rows for cell in row]
    assert "12-18 市经办 打给 李主任：正在盖章，答应 12-20" in words
    assert "2011-12-20" in words

    paper = tmp_path / "催报单.pdf"
    reminders.print_reminders(city, paper, CAMPAIGN, units={SECOND_COUNTY})
    with closing(pypdfium2.PdfDocument(paper)) as document:
        page = document[0]
        with closing(page.get_textpage()) as text_page:
            printed = text_page.get_text_bounded()
        page.close()
    assert "三、催报记录" in printed
