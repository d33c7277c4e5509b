"""更正建议 in batches: one field of several records, taken over below in one go, one undo each."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from app.domain.records import Visit
from app.services.batches import batch_changes
from app.services.office.office import Office
from app.services.receiving import package_records
from app.services.reviewing import answers, several, trays
from app.services.reviewing.reviews import Correction
from tests.services.offices import COUNTY, SetClock, carry, deliver, record_of, save_visit


def headcounts(office: Office, ids: list[str]) -> list[int | None]:
    return [record_of(office, "visit", one).headcount for one in ids]


def test_one_value_is_proposed_of_several_and_adopted_at_once(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    ids = [save_visit(county, enterprise_name=f"第{n}厂").id for n in range(3)]
    deliver(county, city, tmp_path / "up")
    base = package_records.sheet(city, Visit, ids[0]).base
    told = {"headcount": Correction("1300", "王主席", dt.date(2011, 7, 20))}
    spoken = several.propose_several(city, Visit, ids[:2], told, base=base)
    assert headcounts(city, ids) == [1300, 1300, 1250]
    several.take_back(city, spoken)
    assert headcounts(city, ids) == [1250] * 3
    several.propose_several(city, Visit, ids[:2], told)

    carry(county, answers.answer(city, COUNTY, tmp_path / "down").files)
    assert len(trays.open_items(trays.tray(county, "propose"))) == 2
    done = batch_changes.adopt_many(county, Visit, ids)
    assert (done.changed, done.same, done.left) == (2, 1, ())
    assert headcounts(county, ids) == [1300, 1300, 1250]
    assert trays.open_items(trays.tray(county, "propose")) == []
    batch_changes.take_back(county, done.batch)
    assert headcounts(county, ids) == [1250] * 3
    assert len(trays.open_items(trays.tray(county, "propose"))) == 2
    clock.forward(minutes=1)
    batch_changes.adopt_many(county, Visit, ids)
    deliver(county, city, tmp_path / "up again")
    assert package_records.sheet(city, Visit, ids[0]).pending == {}
