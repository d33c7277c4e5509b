"""One operator leaves, another takes over: a list to sign, and a passphrase that opens no more."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pypdfium2
import pytest

from app.domain.kernel.errors import UserError
from app.domain.records import Case, Demand, Person, Visit
from app.services.office.office import Office, open_office
from app.services.people import operators
from app.services.people.recovery import open_with_recovery_code
from app.services.people.recovery_place import note_recovery_place, recovery_place
from app.services.records import drafts, record_versions, saving
from app.services.reviewing import reviews
from app.services.todo import handover
from app.services.todo.handover import Parties, Successor, hand_over, past
from app.services.todo.open_items import gather
from tests.services.offices import CHEAP, PASSPHRASE, SetClock, deliver, save_visit

NEW = "battery staple"
PERSON = {
    "name": "沈大山",
    "resident_id": "110101199003077774",
    "consent_on": "2011-07-01",
    "telephone": "13900000000",
    "workplace": "乐山电力沙湾供电所",
    "address": "沙湾镇示例街 1 号",
}


def refused(code: str) -> pytest.RaisesExc[UserError]:
    return pytest.RaisesExc(UserError, check=lambda error: error.code == code)


def open_of(office: Office) -> dict[str, list[tuple[str, str]]]:
    found = gather(office)
    return {
        one.title: [(item.number, item.note) for item in one.items]
        for one in found.sections
        if one.items
    }


def give(office: Office, taker: Successor, giver: str = "") -> handover.HandedOver:
    return hand_over(
        office, PASSPHRASE, giver or office.operator, taker, witness="付志勇", cost=CHEAP
    )


def add_case(office: Office, person: str, **typed: object) -> str:
    known = {"person": person, "types": ["living"], "found_on": "2011-07-04"}
    return saving.save(office, Case, {**known, **typed}).number


def test_everything_that_is_left_open_stands_in_the_list(
    county: Office, city: Office, tmp_path: Path
) -> None:
    visit = save_visit(county)
    deliver(county, city, tmp_path / "stick")
    drafts.save(county, Visit, {"leaders": "李"})
    person = saving.save(county, Person, PERSON).id
    first = add_case(county, person, aided_on="2011-07-10")
    add_case(county, person, aided_on="2011-07-10", followed_up_on="2011-07-12", follow_up="已好转")
    asked = {"raised_on": "2011-07-20", "category": "生活", "content": "工资", "due": "2011-08-01"}
    demand = saving.save(county, Demand, asked, accept={}).number
    found = open_of(county)
    assert found["没有填完"] == [("", "李经办填到一半")]
    assert found["应回访的帮扶事项"] == [(first, "2011-07-10帮扶，还没有回访")]
    assert found["没有办结的意见诉求"] == [(demand, "2011-08-01到期")]
    assert (visit.number, "报送") not in found["有改动未报送"]
    assert (demand, "报送") in found["有改动未报送"]
    assert [note for _, note in found["报送文件"]] == ["等上级回执"]
    assert "上级退回" not in found


def test_what_the_city_sent_back_is_in_the_list(
    county: Office, city: Office, tmp_path: Path
) -> None:
    from app.services.reviewing.answers import answer
    from tests.services.offices import carry

    visit = save_visit(county)
    deliver(county, city, tmp_path / "stick")
    reviews.send_back(city, Visit, visit.id, {"headcount": "请核对"})
    carry(county, answer(city, county.identity.station, tmp_path / "down").files)
    found = open_of(county)
    assert found["上级退回"] == [(visit.number, "改好以后再报送")]
    assert "报送文件" not in found


def test_the_list_is_printed_for_three_to_sign(county: Office, tmp_path: Path) -> None:
    save_visit(county)
    note_recovery_place(county, "办公室保险柜", "付志勇")
    out = tmp_path / "移交清单.pdf"
    parties = Parties("李经办", "王新", "付志勇", dt.date(2011, 7, 21))
    assert handover.print_list(county, parties, out) == 1
    document = pypdfium2.PdfDocument(out)
    shown = "".join(document[0].get_textpage().get_text_range().split())
    document.close()
    for words in ("办公室保险柜，付志勇保管", "接交人", "王新", "走访登记1条", "还没有备份"):
        assert words in shown


def test_the_newcomer_takes_over_and_the_leaver_is_shut_out(
    county: Office, clock: SetClock
) -> None:
    visit = save_visit(county)
    before = record_versions.history(county, Visit, visit.id)
    operators.change(county, county.operator, {"duties": ["clerk", "leader"], "telephone": "1234"})
    made = give(county, Successor("王新", NEW))
    assert [(one.name, one.can_open) for one in operators.everyone(county)] == [
        ("王新", True),
        ("李经办", False),
    ]
    assert made.successor.record.duties == ("clerk", "leader", "admin")
    left = operators.find(county, county.operator)
    assert left.record.on_duty_to == dt.date(2011, 7, 21)
    with refused("WHICH_OPERATOR"):
        open_office(county.folder.root, PASSPHRASE, operator="李经办", clock=clock)
    opened = open_office(county.folder.root, NEW, clock=clock)
    assert opened.operator == made.successor.id
    assert record_versions.history(opened, Visit, visit.id) == before
    opened.close()
    open_with_recovery_code(county.folder.root, made.recovery_code, made.successor.id, NEW).close()
    assert recovery_place(county).renewed == "2011-07-21"
    assert [(one.giver, one.taker, one.witness) for one in past(county)] == [
        ("李经办", "王新", "付志勇")
    ]


def test_somebody_who_left_without_a_word_is_signed_off_by_the_successor(county: Office) -> None:
    colleague = operators.add(
        county, PASSPHRASE, "王新", NEW, duties=["clerk", "admin"], cost=CHEAP
    )
    theirs = county.as_operator(colleague.id)
    made = hand_over(
        theirs, NEW, county.operator, Successor("", "", colleague.id), witness="付", cost=CHEAP
    )
    assert made.successor.id == colleague.id
    assert not operators.find(county, county.operator).can_open


def test_nothing_happens_while_something_is_missing(county: Office) -> None:
    with refused("WITNESS_NEEDED"):
        hand_over(county, PASSPHRASE, county.operator, Successor("王新", NEW), witness=" ")
    with refused("SAME_PERSON"):
        give(county, Successor("", PASSPHRASE, county.operator))
    with refused("PASSPHRASE_TOO_SHORT"):
        give(county, Successor("王新", "short"))
    colleague = operators.add(county, PASSPHRASE, "王新", NEW, cost=CHEAP)
    with refused("WRONG_PASSPHRASE"):
        give(county, Successor("", "not theirs", colleague.id))
    assert operators.find(county, county.operator).can_open
    assert past(county) == []


def test_what_was_cut_off_is_taken_up_again(
    county: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as power_cut:
        power_cut.setattr(operators, "leave", _fails)
        with pytest.raises(OSError, match="power"):
            give(county, Successor("王新", NEW))
    taker = operators.find(county, "王新")
    made = give(county, Successor("", NEW, taker.id))
    assert made.successor.id == taker.id
    assert not operators.find(county, county.operator).can_open


def _fails(*args: object, **named: object) -> None:
    raise OSError("power cut")
