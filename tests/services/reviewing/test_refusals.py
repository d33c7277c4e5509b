"""不采用: a county refuses a proposal, says why, and the city withdraws it or lets it stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.domain.kernel.errors import UserError
from app.domain.records import Refusal, Review, Visit
from app.services.batches import batch_changes
from app.services.deciding import differing, refused_proposals
from app.services.lists import record_sheet
from app.services.office.office import Office
from app.services.people import operators
from app.services.receiving import package_records
from app.services.records import saving, settling, voiding
from app.services.reporting.receipts import ADVICE, open_words
from app.services.reviewing import answers, refusals, reviews
from app.services.reviewing.reviews import Correction
from app.services.todo.today import today
from tests.services.offices import (
    CHEAP,
    COUNTY,
    PASSPHRASE,
    SetClock,
    carry,
    deliver,
    record_of,
    save_visit,
)

WHY = "花名册上就是1250人"
HEADS = "走访企（事）业职工人数"


def refused(code: str, words: str, action: Callable[[], Any]) -> None:
    with pytest.raises(UserError, match=words) as found:
        action()
    assert found.value.code == code


def propose(city: Office, record: str, value: str = "1300") -> str:
    said = Correction(value, "王主席", dt.date(2011, 7, 1))
    return reviews.propose(city, Visit, record, {"headcount": said}).id


def waiting(office: Office) -> dict[str, int]:
    return {one.name: one.count for one in today(office).waiting}


@pytest.fixture
def proposed(city: Office, county: Office, tmp_path: Path) -> tuple[str, str]:
    """A visit of the county, and the city's proposal of it that came down."""
    visit = save_visit(county).id
    deliver(county, city, tmp_path / "up")
    review = propose(city, visit)
    carry(county, answers.answer(city, COUNTY, tmp_path / "down").files)
    return visit, review


def test_a_refusal_goes_up_and_stands_beside_the_proposal(
    city: Office, county: Office, proposed: tuple[str, str], clock: SetClock, tmp_path: Path
) -> None:
    visit, review = proposed
    assert "不采用" in ADVICE["propose"]
    assert waiting(county)["propose"] == 1
    refused("WHY", "理由", lambda: refusals.refuse(county, Visit, visit, [review], " "))
    refusals.refuse(county, Visit, visit, [review], WHY)
    assert "propose" not in waiting(county)
    assert open_words(county) == []
    seen = record_sheet.opened(county, Visit, visit)
    assert seen.offers == ()
    assert [(one.what, one.reason, one.by) for one in seen.refused] == [
        (f"{HEADS} 1300人", WHY, "李经办")
    ]
    deliver(county, city, tmp_path / "up again")
    sheet = package_records.sheet(city, Visit, visit)
    assert f"县里不采用：{WHY}" in sheet.pending[HEADS]
    assert waiting(city)["refused"] == 1
    (one,) = differing.disagreements(city)
    assert one.refused is not None
    assert (one.refused.reason, one.places[0].label) == (WHY, HEADS)
    assert [claim.words for claim in one.places[0].claims] == ["1250人", "1300人"]
    assert record_of(city, "visit", visit).headcount == 1300

    decided = refused_proposals.withdraw(city, review)
    assert record_of(city, "visit", visit).headcount == 1250
    assert differing.disagreements(city) == []
    refused("STALE", "市经办", lambda: refused_proposals.withdraw(city, review))
    refused_proposals.undo(city, decided)
    assert record_of(city, "visit", visit).headcount == 1300
    decided = refused_proposals.leave(city, review)
    assert "refused" not in waiting(city)
    assert differing.disagreements(city)[0].returned
    again = lambda: refused_proposals.leave(city, review, known="")  # noqa: E731
    refused("STALE", "市经办（.*）已决定照旧留着", again)
    refused_proposals.undo(city, decided)
    refused_proposals.withdraw(city, review)
    carry(county, answers.answer(city, COUNTY, tmp_path / "down again").files)
    assert record_sheet.opened(county, Visit, visit).refused == ()
    assert saving.listing(county, Review) == []


def test_taking_it_back_lets_the_proposal_wait_again(
    city: Office, county: Office, proposed: tuple[str, str], clock: SetClock, tmp_path: Path
) -> None:
    visit, review = proposed
    refusals.refuse(county, Visit, visit, [review], WHY)
    deliver(county, city, tmp_path / "up")
    (told,) = record_sheet.opened(county, Visit, visit).refused
    clock.forward(minutes=1)
    refusals.take_back(county, Visit, visit, [told.refusal])
    assert len(record_sheet.opened(county, Visit, visit).offers) == 1
    settling.adopt(county, Visit, visit, review)
    deliver(county, city, tmp_path / "up again")
    assert differing.disagreements(city) == []
    assert package_records.sheet(city, Visit, visit).pending == {}


def test_what_a_colleague_or_the_city_did_meanwhile_is_told(
    city: Office, county: Office, proposed: tuple[str, str], clock: SetClock, tmp_path: Path
) -> None:
    visit, review = proposed
    made = operators.add(county, PASSPHRASE, "付志勇", "battery staple", cost=CHEAP)
    other = county.as_operator(made.id)
    refusals.refuse(other, Visit, visit, [review], WHY)
    again = lambda: refusals.refuse(county, Visit, visit, [review], "不对")  # noqa: E731
    refused("STALE", "付志勇（.*）已对", again)
    refused("STALE", "）已写明不采用", lambda: settling.adopt(county, Visit, visit, review))
    (told,) = record_sheet.opened(county, Visit, visit).refused
    refusals.take_back(county, Visit, visit, [told.refusal])
    settling.adopt(other, Visit, visit, review)
    refused("STALE", "付志勇（.*）已改过", again)

    second = propose(city, visit, "1400")
    carry(county, answers.answer(city, COUNTY, tmp_path / "down 2").files)
    clock.forward(minutes=5)
    voiding.void(city, Review, second, "说错了")
    carry(county, answers.answer(city, COUNTY, tmp_path / "down 3").files)
    refused("STALE", "已撤回", lambda: refusals.refuse(county, Visit, visit, [second], WHY))
    refused("STALE", "已撤回", lambda: settling.adopt(county, Visit, visit, second))


def test_several_are_refused_at_once_and_one_undo_takes_all_back(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    ids = [save_visit(county, enterprise_name=f"第{n}厂").id for n in range(3)]
    deliver(county, city, tmp_path / "up")
    for one in ids[:2]:
        propose(city, one)
    base = package_records.sheet(county, Visit, ids[0]).base
    carry(county, answers.answer(city, COUNTY, tmp_path / "down").files)
    stale = lambda: batch_changes.refuse_many(county, Visit, ids, WHY, base=base)  # noqa: E731
    refused("NOTHING_DONE", "写了“更正”", stale)
    done = batch_changes.refuse_many(county, Visit, ids, WHY)
    assert (done.changed, done.same, done.left) == (2, 1, ())
    assert "propose" not in waiting(county)
    batch_changes.take_back(county, done.batch)
    assert waiting(county)["propose"] == 2
    assert saving.listing(county, Refusal) == []


def test_only_the_office_it_was_said_to_refuses(
    city: Office, county: Office, proposed: tuple[str, str]
) -> None:
    visit, review = proposed
    refused("NOT_OWNER", "别的单位", lambda: refusals.refuse(city, Visit, visit, [review], WHY))
    assert differing.disagreements(city) == []
