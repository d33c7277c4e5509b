"""两级审核: a clerk's word waits for 负责人; nothing goes down before; one undo for each step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.domain.kernel.errors import UserError
from app.domain.records import Review, Visit
from app.services.office.duties import CLERK
from app.services.office.office import Office
from app.services.people import operators
from app.services.receiving import package_records
from app.services.records import saving
from app.services.reviewing import answers, drafts_list, reviews, several, trays, two_steps
from app.services.reviewing.reviews import Correction
from tests.services.offices import CHEAP, COUNTY, PASSPHRASE, carry, deliver, record_of, save_visit

TOLD = {"headcount": Correction(1300, "王主席", dt.date(2011, 7, 20))}


@pytest.fixture
def clerk(city: Office) -> Office:
    """王新, 经办, at a city that reviews in two steps; 市经办 is its 负责人."""
    made = operators.add(city, PASSPHRASE, "王新", "battery staple", duties=[CLERK], cost=CHEAP)
    two_steps.turn(city, on=True)
    return city.as_operator(made.id)


def refused(code: str, action: Callable[[], Any]) -> str:
    with pytest.raises(UserError) as caught:
        action()
    assert caught.value.code == code
    return str(caught.value)


def verdicts(office: Office, ids: list[str]) -> list[str]:
    with office.store.read() as connection:
        return list(package_records.verdicts(connection, Visit, ids).values())


def numbers(office: Office) -> list[int]:
    return [one.n for one in drafts_list.drafts(office).rows if not one.handed_back]


def go_down(city: Office, county: Office, folder: Path) -> answers.Answer:
    made = answers.answer(city, COUNTY, folder)
    carry(county, made.files)
    return made


def test_nothing_of_a_draft_is_used_or_sent_until_it_is_confirmed(
    city: Office, county: Office, clerk: Office, tmp_path: Path
) -> None:
    ids = [save_visit(county, enterprise_name=f"第{n}厂").id for n in range(3)]
    deliver(county, city, tmp_path / "up")
    assert reviews.waits(reviews.accept(clerk, Visit, ids[0]))
    reviews.send_back(clerk, Visit, ids[1], {"headcount": "请核对"})
    reviews.propose(clerk, Visit, ids[2], TOLD)
    assert verdicts(city, ids) == ["待负责人确认"] * 3
    assert record_of(city, "visit", ids[2]).headcount == 1250
    made = go_down(city, county, tmp_path / "down")
    assert (made.reviews, made.waiting) == (0, 3)
    assert not any(trays.tray(county, one) for one in ("accept", "return", "propose"))

    seen = drafts_list.drafts(clerk)
    assert (seen.on, seen.confirms, seen.waits_for) == (True, False, ("市经办",))
    assert [one.verdict for one in seen.rows] == ["通过", "退回", "更正"]
    assert seen.rows[1].words == "走访企（事）业职工人数：请核对"
    refused("NOT_YOUR_DUTY", lambda: two_steps.confirm(clerk, numbers(clerk)))

    step = two_steps.confirm(city, numbers(city))
    assert verdicts(city, ids) == ["已通过", "已退回", "待县确认"]
    assert record_of(city, "visit", ids[2]).headcount == 1300
    two_steps.undo(city, step)
    assert record_of(city, "visit", ids[2]).headcount == 1250
    assert verdicts(city, ids) == ["待负责人确认"] * 3
    two_steps.confirm(city, numbers(city))
    go_down(city, county, tmp_path / "down again")
    filled = [len(trays.tray(county, one)) for one in ("accept", "return", "propose")]
    assert filled == [1, 1, 1]


def test_what_is_handed_back_says_why_and_is_drafted_again(
    city: Office, county: Office, clerk: Office, tmp_path: Path
) -> None:
    visit = save_visit(county)
    deliver(county, city, tmp_path / "up")
    reviews.accept(clerk, Visit, visit.id)
    refused("WHY", lambda: two_steps.hand_back(city, numbers(city), " "))
    step = two_steps.hand_back(city, numbers(city), "人数和上年差得多，再问一下")
    (row,) = drafts_list.drafts(clerk).rows
    assert (row.handed_back, row.closed_by, row.word) == (
        True,
        "市经办",
        "人数和上年差得多，再问一下",
    )
    assert verdicts(city, [visit.id]) == ["负责人交回"]
    two_steps.undo(city, step)
    assert verdicts(city, [visit.id]) == ["待负责人确认"]
    two_steps.hand_back(city, numbers(city), "再问一下")
    reviews.send_back(clerk, Visit, visit.id, {"headcount": "请核对"})
    (row,) = drafts_list.drafts(clerk).rows
    assert (row.verdict, row.handed_back) == ("退回", False)
    two_steps.confirm(city, numbers(city))
    (review,) = saving.listing(city, Review)
    assert review.record.verdict == "return"


def test_a_whole_package_waits_and_is_confirmed_or_withdrawn_at_once(
    city: Office, county: Office, clerk: Office, tmp_path: Path
) -> None:
    ids = [save_visit(county, enterprise_name=f"第{n}厂").id for n in range(4)]
    *_, account = deliver(county, city, tmp_path / "up")
    seen = several.outlook(clerk, account.package)
    spoken = several.accept_several(clerk, seen.to_pass, base=seen.base)
    assert (spoken.reviews, len(spoken.drafts)) == ((), len(seen.to_pass))
    assert several.outlook(clerk, account.package).to_pass == ()
    several.take_back(clerk, spoken)
    assert verdicts(city, ids) == ["未审核"] * 4
    spoken = several.accept_several(clerk, seen.to_pass)
    saving.save(county, Visit, {"headcount": 1300}, record=ids[0])
    deliver(county, city, tmp_path / "again")
    step = two_steps.confirm(city, numbers(city))
    assert record_of(city, "visit", ids[0]).number in step.changed
    assert verdicts(city, ids) == ["未审核", "已通过", "已通过", "已通过"]
    said = refused("STALE", lambda: several.take_back(clerk, spoken))
    assert "市经办（7月21日 09:00）已把" in said


def test_nobody_speaks_over_the_draft_of_another(
    city: Office, county: Office, clerk: Office, tmp_path: Path
) -> None:
    visit = save_visit(county)
    deliver(county, city, tmp_path / "up")
    reviews.accept(clerk, Visit, visit.id)
    said = refused("STALE", lambda: reviews.send_back(city, Visit, visit.id, {"headcount": "？"}))
    assert said.startswith("王新（7月21日 09:00）已对")
    refused("NOT_YOURS", lambda: two_steps.withdraw(city, numbers(city)))
    reviews.send_back(clerk, Visit, visit.id, {"headcount": "请核对"})
    assert [one.verdict for one in drafts_list.drafts(city).rows] == ["退回"]
    two_steps.confirm(city, numbers(city))
    refused("STALE", lambda: two_steps.confirm(city, [2]))


def test_it_holds_at_once_for_the_one_in_charge_and_where_it_is_not_wanted(
    city: Office, county: Office, clerk: Office, tmp_path: Path
) -> None:
    first, second = save_visit(county), save_visit(county, enterprise_name="另一家")
    deliver(county, city, tmp_path / "up")
    reviews.accept(city, Visit, first.id)
    assert verdicts(city, [first.id, second.id]) == ["已通过", "未审核"]
    refused("NOT_YOUR_DUTY", lambda: two_steps.turn(clerk, on=False))
    two_steps.turn(city, on=False)
    refused("NOT_YOUR_DUTY", lambda: reviews.accept(clerk, Visit, second.id))


def test_an_office_without_somebody_in_charge_cannot_turn_it_on(county: Office) -> None:
    saving.save(
        county,
        type(operators.find(county, "李经办").record),
        {"duties": [CLERK]},
        record=county.operator,
    )
    refused("NO_LEADER", lambda: two_steps.turn(county, on=True))
