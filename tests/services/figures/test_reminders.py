"""谁还没报: what is missing, what came on paper, who was rung up, and the list on paper."""

from __future__ import annotations

from pathlib import Path

from app.services.figures import reminders
from app.services.office.office import Office
from tests.services.offices import SECOND_COUNTY, SetClock, deliver, save_visit

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


def test_a_county_asks_its_townships_only(county: Office) -> None:
    seen = reminders.outstanding(county, CAMPAIGN)
    assert {one.standing.unit[:6] for one in seen.owed} <= {"511111"}
