"""整份通过: a package is passed whole, several are passed or returned, one undo takes it back."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.kernel.errors import Cancelled, UserError
from app.domain.kernel.progress import Cancel, Step
from app.domain.records import Review, Visit
from app.services.office.office import Office
from app.services.receiving import package_records
from app.services.records import saving
from app.services.reviewing import answers, reviews, several, trays
from tests.services.offices import carry, deliver, save_visit


def verdicts(office: Office, ids: list[str]) -> list[str]:
    with office.store.read() as connection:
        return list(package_records.verdicts(connection, Visit, ids).values())


def test_a_package_is_passed_whole_after_what_the_checks_say_and_taken_back_at_once(
    city: Office, county: Office, tmp_path: Path
) -> None:
    ids = [save_visit(county, enterprise_name=f"第{n}厂").id for n in range(5)]
    *_, account = deliver(county, city, tmp_path / "up")
    reviews.send_back(city, Visit, ids[0], {"headcount": "请核对"})
    seen = several.outlook(city, account.package)
    visits = [one for one in seen.to_pass if one[0] == "visit"]
    assert sorted(id for _, id in visits) == sorted(ids[1:])
    assert (seen.spoken, seen.foreign, seen.differing) == (1, 0, ())

    steps: list[Step] = []
    spoken = several.accept_several(city, seen.to_pass, progress=steps.append)
    assert steps[-1].total == len(seen.to_pass)
    assert verdicts(city, ids) == ["已退回", *["已通过"] * 4]
    assert several.outlook(city, account.package).to_pass == ()

    carry(county, answers.answer(city, "511111", tmp_path / "down").files)
    assert len(trays.tray(county, "accept")) == len(seen.to_pass)

    changes = several.take_back(city, spoken)
    assert "visit" in changes.types
    assert verdicts(city, ids) == ["已退回", *["未审核"] * 4]
    several.take_back(city, spoken)
    carry(county, answers.answer(city, "511111", tmp_path / "down again").files)
    assert trays.tray(county, "accept") == []


def test_several_are_returned_with_one_question(
    city: Office, county: Office, tmp_path: Path
) -> None:
    ids = [save_visit(county, enterprise_name=f"第{n}厂").id for n in range(3)]
    deliver(county, city, tmp_path / "up")
    targets = [("visit", one) for one in ids[:2]]
    with pytest.raises(UserError, check=lambda error: error.code == "NO_QUESTION"):
        several.return_several(city, targets, " ")
    several.return_several(city, targets, "请附上走访照片")
    assert verdicts(city, ids) == ["已退回", "已退回", "未审核"]
    carry(county, answers.answer(city, "511111", tmp_path / "down").files)
    items = trays.open_items(trays.tray(county, "return"))
    assert [one.review.record.text for one in items] == ["请附上走访照片"] * 2


def test_ones_own_are_not_reviewed_and_a_stop_leaves_nothing(
    city: Office, county: Office, tmp_path: Path
) -> None:
    mine = save_visit(city).id
    with pytest.raises(UserError, check=lambda error: error.code == "NOT_ABOVE"):
        several.accept_several(city, [("visit", mine)])
    theirs = [("visit", save_visit(county, enterprise_name=f"第{n}厂").id) for n in range(3)]
    deliver(county, city, tmp_path / "up")
    cancel = Cancel()

    def stop_at_the_second(step: Step) -> None:
        if step.done == 2:
            cancel.set()

    with pytest.raises(Cancelled):
        several.accept_several(city, theirs, progress=stop_at_the_second, cancel=cancel)
    assert saving.listing(city, Review) == []
