"""What this office owes next, and what of it has been handed in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from app.domain.records import Document, Visit
from app.services.office.office import Office
from app.services.records import saving
from app.services.todo import today
from app.services.todo.deadlines import Deadline, next_deadline
from tests.services.offices import SetClock, deliver, save_visit

DUE = dt.date(2011, 12, 15)


def _save_summary(county: Office) -> None:
    body = {"kind": "总结报告", "title": "总结", "campaign": "2011-36", "dated": "2011-12-08"}
    saving.save(county, Document, {**body, "text": "走访了四户。"})


def test_what_was_handed_in_is_not_called_late(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    save_visit(county)
    deliver(county, city, tmp_path / "july")
    owed = next_deadline(county)
    assert owed is not None
    assert (owed.title, owed.sent) == ("总结报告、情况登记表", None), "more forms will follow"

    clock.set(2011, 12, 12)
    save_visit(county, visited_on="2011-12-01")
    _save_summary(county)
    deliver(county, city, tmp_path / "december")
    clock.set(2011, 12, 19)
    owed = next_deadline(county)
    assert owed == Deadline("总结报告、情况登记表", DUE, -4, sent=dt.date(2011, 12, 12))
    assert today.today(county).deadline == owed

    (visit, *_) = saving.listing(county, Visit)
    saving.save(county, Visit, {"workers_met": 36}, record=visit.id)
    assert next_deadline(county) == owed, "what is corrected later was handed in all the same"

    save_visit(county, visited_on="2011-12-02")
    owed = next_deadline(county)
    assert owed == Deadline("情况登记表", DUE, -4), "a form that was kept back"


def test_what_is_not_yet_handed_in_stays_alone(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    clock.set(2011, 12, 12)
    save_visit(county)
    deliver(county, city, tmp_path / "stick")
    owed = next_deadline(county)
    assert owed == Deadline("总结报告", DUE, 3)
