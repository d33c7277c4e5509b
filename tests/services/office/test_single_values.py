"""What an office says once for all its computers: nobody writes over what they have not seen."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from app.documents.drawing.printed_code import SlipCode
from app.domain.kernel.errors import UserError
from app.domain.records import Contact, Visit
from app.exchange.keys import SigningKey
from app.services.deciding import finding_acts
from app.services.deciding.findings import Line, chosen, look
from app.services.figures import dues, issued_totals, reminders
from app.services.lists import saved_lists
from app.services.lists.chips import Chip, How
from app.services.lists.saved_lists import SavedList
from app.services.office import small_files
from app.services.office.duties import ADMIN, CLERK, LEADER
from app.services.office.office import Office
from app.services.packages import trust_issuing
from app.services.packages.trust_issuing import root_of
from app.services.papers import scanned_slips
from app.services.people import operators
from app.services.people.recovery_place import note_recovery_place, recovery_place
from app.services.records import saving
from app.services.registering import enrolment, unit_list
from app.services.reporting import freeze, reporting_steps, sign_off
from app.services.reporting.reporting_steps import situation
from app.services.reviewing import two_steps
from database.books import paper_ticks
from tests.services.office.conftest import at_once, refused
from tests.services.offices import COUNTY, PASSPHRASE, deliver, save_visit

NEW = "blue whale sings"
DAY = dt.date(2011, 7, 22)


def narrowed(name: str, text: str) -> SavedList:
    return SavedList(name, (Chip("enterprise_name", How.HAS, (text,)),))


def test_a_list_is_kept_over_one_that_was_seen_and_over_no_other(
    city: Office, beside: Office
) -> None:
    nothing = SavedList("重点")
    kept = saved_lists.save(city, Visit, narrowed("重点", "乐山"), base=nothing)
    with refused("CHANGED_MEANWHILE"):
        saved_lists.save(beside, Visit, narrowed("重点", "犍为"), base=nothing)
    again = saved_lists.save(beside, Visit, narrowed("重点", "犍为"), base=kept)
    with refused("CHANGED_MEANWHILE"):
        saved_lists.remove(city, Visit, "重点", base=kept)
    assert saved_lists.saved(city, Visit) == [again]
    saved_lists.remove(city, Visit, "重点", base=again)
    assert saved_lists.saved(beside, Visit) == []


def test_columns_are_kept_over_those_that_were_seen(city: Office, beside: Office) -> None:
    issued_totals.keep_layout(city, "给市委的", ("a", "b"), base=())
    with refused("CHANGED_MEANWHILE"):
        issued_totals.keep_layout(beside, "给市委的", ("c",), base=())
    issued_totals.keep_layout(beside, "给市委的", ("c",), base=("a", "b"))
    with refused("CHANGED_MEANWHILE"):
        issued_totals.drop_layout(city, "给市委的", base=("a", "b"))
    assert issued_totals.layouts(city) == {"给市委的": ("c",)}


def test_what_a_colleague_signed_is_neither_given_up_nor_signed_over_unseen(
    county: Office, county_beside: Office
) -> None:
    save_visit(county)
    seen = situation(county_beside)
    report = freeze.freeze(county, base=situation(county))
    with refused("CHANGED_MEANWHILE"):
        freeze.freeze(county_beside, base=seen)
    frozen = situation(county_beside)
    sign_off.approve(county, report.n, "王主任", DAY, base=report)
    with refused("CHANGED_MEANWHILE"):
        sign_off.approve(county_beside, report.n, "李主任", DAY, base=report)
    with refused("CHANGED_MEANWHILE") as told:
        freeze.freeze(county_beside, base=frozen)
    assert "王主任7月22日审签" in told.value.what
    signed = situation(county_beside).report
    assert signed is not None
    assert signed.signer == "王主任"
    again = sign_off.approve(county_beside, report.n, "李主任", DAY, base=signed)
    assert again.signer == "李主任"


def test_what_is_frozen_was_checked(county: Office, county_beside: Office) -> None:
    """Of what a colleague saves while it is checked nothing is frozen."""
    save_visit(county)
    sound = set(freeze.freeze(county).content.revisions)
    with county_beside.store.read():
        # What is seen here stays as it is until something is written.
        assert situation(county_beside).current == "approve"
        late = save_visit(county, enterprise_name="犍为五一厂")
        with refused("CHANGED_MEANWHILE"):
            freeze.freeze(county_beside)
    again = freeze.freeze(county_beside).content.revisions
    assert sound < set(again)
    assert late.state.h in again


def test_a_check_of_what_is_there_now_is_not_replaced_by_an_older_one(
    county: Office, county_beside: Office
) -> None:
    save_visit(county)
    older = reporting_steps.examine(county_beside)
    save_visit(county, enterprise_name="犍为五一厂")
    reporting_steps.keep_check(county, reporting_steps.examine(county))
    assert situation(county).current == "review"
    reporting_steps.keep_check(county_beside, older)
    assert situation(county).current == "review"


def test_a_passphrase_of_the_root_key_is_not_written_over_another(
    city: Office, beside: Office
) -> None:
    became = at_once(
        lambda: enrolment.change_root_passphrase(
            city, root_passphrase=PASSPHRASE, new_passphrase=NEW
        ),
        lambda: enrolment.change_root_passphrase(
            beside, root_passphrase=PASSPHRASE, new_passphrase=f"{NEW} twice"
        ),
    )
    (told,) = [one for one in became if isinstance(one, UserError)]
    # The second came too late, or found the passphrase changed already.
    assert told.code in ("CHANGED_MEANWHILE", "KEY_UNREADABLE")
    kept = NEW if became[0] is None else f"{NEW} twice"
    assert root_of(beside, kept).public == root_of(city, kept).public


def test_a_new_root_key_is_not_undone_by_a_passphrase_for_the_old_one(
    city: Office, beside: Office, tmp_path: Path
) -> None:
    base, key = trust_issuing.root_file_of(beside, PASSPHRASE)
    enrolment.change_root(city, tmp_path, root_passphrase=PASSPHRASE, new_passphrase=NEW)
    with refused("CHANGED_MEANWHILE"):
        small_files.write(beside.folder.root_key, key.to_openssh("late and wrong"), base)
    assert isinstance(root_of(beside, NEW), SigningKey)


def test_two_who_give_up_deciding_at_once_leave_one(city: Office, beside: Office) -> None:
    mate = operators.add(city, PASSPHRASE, "付志勇", "sun shines bright", duties=[CLERK, ADMIN])
    me = operators.find(city, "市经办")
    became = at_once(
        lambda: operators.change(city, me.id, {"duties": [CLERK]}),
        lambda: operators.change(beside, mate.id, {"duties": [CLERK]}),
    )
    (told,) = [one for one in became if isinstance(one, UserError)]
    # Who begins after the other has ended may decide nothing any more.
    assert told.code in ("LAST_ADMIN", "NOT_YOUR_DUTY")
    admins = [one for one in operators.everyone(city) if ADMIN in one.record.duties]
    assert len(admins) == 1


def test_what_is_known_of_a_colleague_is_not_written_over_unseen(
    city: Office, beside: Office
) -> None:
    seen = operators.find(beside, "市经办")
    operators.change(city, seen.id, {"telephone": "0833-1000000"}, base=seen.record)
    with refused("CHANGED_MEANWHILE"):
        operators.change(beside, seen.id, {"telephone": "0833-2000000"}, base=seen.record)
    assert operators.find(city, "市经办").record.telephone == "0833-1000000"


def test_an_office_has_one_contact_however_many_write_it(
    county: Office, county_beside: Office
) -> None:
    seen = unit_list.own_contact(county_beside)
    became = at_once(
        lambda: unit_list.save_contact(county, {"clerk": "甲"}, base=seen),
        lambda: unit_list.save_contact(county_beside, {"clerk": "乙"}, base=seen),
    )
    (told,) = [one for one in became if isinstance(one, UserError)]
    assert told.code == "CHANGED_MEANWHILE"
    assert len(saving.listing(county, Contact)) == 1


def test_a_reason_why_a_finding_stands_is_not_replaced_unseen(
    city: Office, county: Office, beside: Office, tmp_path: Path
) -> None:
    save_visit(county, opinions="")
    deliver(county, city, tmp_path / "up")

    def line(office: Office) -> Line:
        (one,) = [one for one in chosen(look(office), standing=None) if one.finding.code == "V03"]
        return one

    seen = line(beside)
    finding_acts.stand(city, [line(city)], "纸上没有写")
    with refused("STALE") as told:
        finding_acts.stand(beside, [seen], "已打电话问过")
    assert "市经办" in told.value.what
    assert line(beside).reason == "纸上没有写"
    finding_acts.stand(beside, [line(beside)], "已打电话问过")
    assert line(city).reason == "已打电话问过"


def test_a_scanned_slip_leaves_the_day_that_a_colleague_noted(city: Office, beside: Office) -> None:
    seen = dues.missing(city)
    one = next(one for one in seen.standings if one.unit == COUNTY)
    reminders.tick(city, seen.campaign, one)
    with city.store.read() as connection:
        before = paper_ticks.find(connection, seen.campaign, one.unit, one.item, one.group)
    code = SlipCode(COUNTY, seen.campaign, (one.item,), "")
    with beside.store.write() as connection:
        note = scanned_slips.tick(beside, connection, code, (one,))
        after = paper_ticks.find(connection, seen.campaign, one.unit, one.item, one.group)
    assert before == after
    assert one.item not in note


def test_where_the_last_recovery_code_lies_is_not_noted_of_a_new_one(
    city: Office, beside: Office
) -> None:
    seen = recovery_place(beside)
    operators.renew_recovery(city, PASSPHRASE)
    with refused("CHANGED_MEANWHILE"):
        note_recovery_place(beside, "保险柜", "付志勇", seen)
    assert recovery_place(city).words == ""


@pytest.mark.parametrize("was", [False, True])
def test_two_who_turn_the_two_steps_the_same_way_turn_them_once(
    city: Office, beside: Office, *, was: bool
) -> None:
    """Each asks for what the other asks for: in whichever order, it comes to the same."""
    me = operators.find(city, "市经办")
    operators.change(city, me.id, {"duties": [CLERK, LEADER, ADMIN]})
    if was:
        two_steps.turn(city, on=True)
    became = at_once(*(lambda at=one: two_steps.turn(at, on=not was) for one in (city, beside)))
    assert not [one for one in became if isinstance(one, UserError)]
    assert two_steps.is_on(city) is not was
