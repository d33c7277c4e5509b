"""Two PCs of one office, a lost PC, a restored backup, an office below an office (§3, §4)."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.domain.kernel.errors import UserError
from app.domain.records import Enterprise, Hazard, Record, Unit, Visit
from app.services.office.office import Office
from app.services.packages.channels import channel_reach
from app.services.packages.writer_replacement import become_new_writer
from app.services.receiving import take_package
from app.services.receiving.take_package import Account
from app.services.records import saving, settling, voiding
from app.services.records.append_revision import past_of, write
from app.services.registering import enrolment
from app.services.reporting import freeze, sealed_report, send_apart, sign_off
from app.services.reviewing import answers, reviews, trays
from app.services.starting import setting_up
from database.books import settings
from database.log import packages
from database.state import states
from database.state.filters import equal
from database.store import attachments
from tests.services.offices import (
    CHEAP,
    CITY,
    COUNTY,
    PASSPHRASE,
    SECOND_COUNTY,
    SetClock,
    carry,
    deliver,
    enrol,
    found_below,
    reopened,
    save_visit,
    send,
)
from tests.services.snapshots import NOTHING, reconciled, snapshot


def digest(office: Office) -> str:
    with office.store.read() as connection:
        return states.digest(connection)


def visits(office: Office) -> dict[str, states.State[Record]]:
    with office.store.read() as connection:
        return {one.id: one for one in states.find(connection, Visit)}


def headcount(office: Office, visit: str) -> int | None:
    record = saving.show(office, Visit, visit).record
    assert isinstance(record, Visit)
    return record.headcount


def all_well(accounts: list[Account]) -> None:
    reconciled(*accounts)
    for one in accounts:
        assert one.state in ("merged", "recorded", "duplicate") or one.code == "TRUST_ROLLBACK", one
        assert not one.waiting, one
        assert not one.parked, one.parked_items


@pytest.fixture
def second_pc(city: Office, county: Office, clock: SetClock, tmp_path: Path) -> Iterator[Office]:
    """The other PC of 沙湾区总工会, enrolled."""
    office = found_below(city, tmp_path / "pc2", COUNTY, clock, operator="周经办")
    carry(county, enrol(city, office))
    yield office
    office.close()


def share(one: Office, other: Office, stick: Path) -> list[Account]:
    accounts = carry(other, send_apart.share(one, stick))
    all_well(accounts)
    return accounts


def test_two_pcs_of_one_office_tell_each_other_and_settle_what_differs(
    city: Office, county: Office, second_pc: Office, tmp_path: Path
) -> None:
    visit = save_visit(county)
    share(county, second_pc, tmp_path / "1")
    assert saving.show(second_pc, Visit, visit.number).record == visit.state.record
    saving.save(county, Visit, {"headcount": 1260, "workers_met": 36}, record=visit.id)
    saving.save(second_pc, Visit, {"headcount": 1300, "leaders": "王强"}, record=visit.id)
    share(county, second_pc, tmp_path / "2")
    (account, *_) = share(second_pc, county, tmp_path / "3")[::-1]
    assert account.conflict == 1
    for office in (county, second_pc):
        assert set(saving.show(office, Visit, visit.id).conflicts) == {"headcount"}
        with pytest.raises(UserError) as refused:
            freeze.freeze(office)
        assert refused.value.code == "CHECKS_OPEN"
    settling.settle_conflict(second_pc, Visit, visit.id, {"headcount": 1300})
    share(second_pc, county, tmp_path / "4")
    assert headcount(county, visit.id) == headcount(second_pc, visit.id) == 1300
    assert digest(county) == digest(second_pc)
    first = deliver(second_pc, city, tmp_path / "5")
    assert first[-1].waiting > 0
    deliver(county, city, tmp_path / "6")
    shown = saving.show(city, Visit, visit.id)
    assert (shown.conflicts, headcount(city, visit.id)) == ({}, 1300)


def test_numbers_of_two_pcs_never_meet(county: Office, second_pc: Office) -> None:
    here = {save_visit(county, enterprise_name=f"甲{n}").number for n in range(3)}
    there = {save_visit(second_pc, enterprise_name=f"乙{n}").number for n in range(3)}
    assert not here & there


def test_the_enabling_package_of_a_second_pc_is_no_gap_for_the_first(
    city: Office, county: Office, second_pc: Office, tmp_path: Path
) -> None:
    save_visit(county)
    deliver(county, city, tmp_path / "up")
    files = answers.answer(city, COUNTY, tmp_path / "down").files
    accounts = carry(county, files)
    assert accounts[-1].kind == "answer"
    assert (accounts[-1].state, accounts[-1].missing) == ("merged", ())
    save_visit(county, headcount=7)
    deliver(county, city, tmp_path / "again")
    again = answers.answer(city, COUNTY, tmp_path / "down2").files
    assert not {file.name for file in files[:-1]} & {file.name for file in again}


def with_photo(office: Office, visit: str) -> str:
    sha256, size = attachments.add(office.scans, io.BytesIO(b"a photo of the workshop" * 99))
    row = {"id": "1", "sha256": sha256, "name": "车间.jpg", "type": "image/jpeg", "size": size}
    with office.store.write() as connection:
        past = past_of(connection, Visit, visit)
        body = past.body | {"attachments": [row]}
        write(office, connection, Visit, visit, body, op="edit", past=past)
    return sha256


def test_a_lost_pc_is_replaced_and_everything_sent_comes_back(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    visit = save_visit(county)
    photo = with_photo(county, visit.id)
    voiding.void(county, Visit, save_visit(county, enterprise_name="误登").id, "误登")
    all_well(deliver(county, city, tmp_path / "up"))
    reviews.send_back(city, Visit, visit.number, {"headcount": "请核对"})
    before = visits(county)
    lost = county.identity.writer

    fresh = found_below(city, tmp_path / "new", COUNTY, clock, operator="李经办")
    asked, code = enrolment.request(fresh, tmp_path / "ask", supersedes=lost)
    approval = enrolment.approve(
        city, asked, tmp_path / "back", root_passphrase=PASSPHRASE, code=code
    )
    all_well(carry(fresh, approval.files))
    assert visits(fresh) == before
    assert attachments.has(fresh.scans, photo)
    assert [item.open for item in trays.tray(fresh, "return")] == [True]

    new = save_visit(fresh, enterprise_name="新公司")
    assert new.number not in {one.record.number for one in before.values()}
    saving.save(fresh, Visit, {"headcount": 1260}, record=visit.id)
    accounts = deliver(fresh, city, tmp_path / "up2")
    all_well(accounts)
    assert accounts[-1].warnings == ()
    assert headcount(city, visit.id) == 1260

    save_visit(county, enterprise_name="小偷写的")
    *_, thief = carry(city, send(county, tmp_path / "thief"))
    assert (thief.state, thief.code) == ("refused", "REVOKED")
    fresh.close()


def test_nobody_takes_the_place_of_another_offices_pc(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    rotated = become_new_writer(county)
    with pytest.raises(UserError) as refused:
        enrolment.request(rotated, tmp_path / "a", supersedes=second_county.identity.writer)
    assert refused.value.code == "NOT_OURS"
    with rotated.store.write() as connection:
        settings.put(connection, "supersedes", second_county.identity.writer)
    asked, code = enrolment.request(rotated, tmp_path / "a")
    before = snapshot(city, besides=NOTHING)
    with pytest.raises(UserError) as refused:
        enrolment.approve(city, asked, tmp_path / "b", root_passphrase=PASSPHRASE, code=code)
    assert refused.value.code == "NOT_OURS"
    assert snapshot(city, besides=NOTHING) == before


def marked_restored(office: Office) -> None:
    with office.store.write() as connection:
        settings.put(connection, "restored", {"at": "2011-07-20", "backup": "2011-07-19"})


def test_a_restored_store_sends_nothing_under_its_old_name(
    city: Office, county: Office, tmp_path: Path
) -> None:
    visit = save_visit(county)
    deliver(county, city, tmp_path / "up")
    save_visit(county, enterprise_name="后来的公司")
    report = freeze.freeze(county)
    sign_off.approve(county, report.n, "王主任", county.today())
    marked_restored(county)
    before = snapshot(county, besides=NOTHING)
    county_does: list[Callable[[], object]] = [
        lambda: sealed_report.seal_report(county, report.n, tmp_path / "x"),
        lambda: send_apart.share(county, tmp_path / "x"),
        lambda: send_apart.urgent(county, hazard(county), tmp_path / "x"),
        lambda: enrolment.request(county, tmp_path / "x"),
    ]
    for attempt in county_does:
        with pytest.raises(UserError) as refused:
            attempt()
        assert refused.value.code == "COPIED_STORE"
    after = snapshot(county, besides=NOTHING)
    assert {n: d for n, d in after.items() if "outbox" in n} == {
        n: d for n, d in before.items() if "outbox" in n
    }
    marked_restored(city)
    reviews.accept(city, Visit, visit.number)
    city_does: list[Callable[[], object]] = [
        lambda: answers.answer(city, COUNTY, tmp_path / "x"),
        lambda: enrolment.invite(city, "511113", tmp_path / "x"),
        lambda: enrolment.restore_package(city, COUNTY, tmp_path / "x"),
        lambda: enrolment.revoke(
            city, county.identity.writer, tmp_path / "x", root_passphrase=PASSPHRASE
        ),
    ]
    for attempt in city_does:
        with pytest.raises(UserError) as refused:
            attempt()
        assert refused.value.code == "COPIED_STORE"


def hazard(office: Office) -> str:
    return saving.save(
        office,
        Hazard,
        {
            "nature": "欠薪",
            "level": "一般",
            "description": "两个月没有发工资",
            "found_at": "2011-07-20 08:00",
        },
    ).id


def test_a_restored_backup_sends_again_what_nobody_has_and_loses_nothing(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    sent = save_visit(county, enterprise_name="甲公司")
    deliver(county, city, tmp_path / "1")
    unsent = save_visit(county, enterprise_name="乙公司")
    gone = save_visit(county, enterprise_name="丙公司")
    voiding.void(county, Visit, gone.id, "误登")
    county.close()
    backup = reopened(tmp_path / "restored", clock, copy_of=county.folder.root)
    lively = reopened(county.folder.root, clock)
    saving.save(lively, Visit, {"headcount": 77}, record=unsent.id)
    late = save_visit(lively, enterprise_name="丁公司")
    deliver(lively, city, tmp_path / "2")
    lively.close()

    marked_restored(backup)
    fresh = become_new_writer(backup)
    asked, code = enrolment.request(fresh, tmp_path / "ask")
    held = carry(city, send(fresh, tmp_path / "3"))
    assert held[-1].state == "held"
    approval = enrolment.approve(
        city, asked, tmp_path / "back", root_passphrase=PASSPHRASE, code=code
    )
    all_well(list(approval.accounts))
    all_well(carry(fresh, approval.files))
    assert {sent.id, unsent.id, gone.id, late.id} <= visits(fresh).keys()
    assert set(saving.show(fresh, Visit, unsent.id).conflicts) == {"headcount"}
    settling.settle_conflict(fresh, Visit, unsent.id, {"headcount": 77})
    assert saving.show(fresh, Visit, gone.id).void
    assert saving.show(city, Visit, gone.id).void
    saving.save(fresh, Visit, {"headcount": 78}, record=unsent.id)
    all_well(deliver(fresh, city, tmp_path / "4"))
    assert headcount(city, unsent.id) == 78
    assert visits(fresh) == visits(city)
    fresh.close()


def test_what_was_sealed_but_never_arrived_is_not_lost_with_the_old_name(
    city: Office, county: Office, tmp_path: Path
) -> None:
    """The stick with the last 报送 was lost, then the PC was changed."""
    arrived = save_visit(county, enterprise_name="甲公司")
    deliver(county, city, tmp_path / "1")
    lost = save_visit(county, enterprise_name="乙公司")
    send(county, tmp_path / "lost stick")
    marked_restored(county)
    fresh = become_new_writer(county)
    asked, code = enrolment.request(fresh, tmp_path / "ask")
    approval = enrolment.approve(
        city, asked, tmp_path / "back", root_passphrase=PASSPHRASE, code=code
    )
    all_well(carry(fresh, approval.files))
    all_well(deliver(fresh, city, tmp_path / "2"))
    assert {arrived.id, lost.id} <= visits(city).keys()
    assert visits(fresh) == visits(city)


def test_what_was_sealed_to_the_old_key_can_still_be_opened(
    city: Office, county: Office, tmp_path: Path
) -> None:
    visit = save_visit(county)
    deliver(county, city, tmp_path / "1")
    reviews.send_back(city, Visit, visit.number, {"headcount": "请核对"})
    answer = answers.answer(city, COUNTY, tmp_path / "down")
    fresh = become_new_writer(county)
    accounts = carry(fresh, answer.files)
    assert [one.state for one in accounts if one.kind == "answer"] == ["merged"]
    assert len(trays.tray(fresh, "return")) == 1


def test_what_one_county_has_is_still_given_to_the_other(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    made = saving.save(city, Enterprise, {"name": "新成立的公司"})
    all_well(carry(county, answers.answer(city, COUNTY, tmp_path / "a").files))
    save_visit(county)
    deliver(county, city, tmp_path / "up")
    carry(second_county, answers.answer(city, SECOND_COUNTY, tmp_path / "b").files)
    assert saving.show(second_county, Enterprise, made.id).record.owner == CITY
    again = answers.answer(city, COUNTY, tmp_path / "c").files
    assert not [file for file in again if "_to_all_" in file.name]


def test_a_newcomer_gets_what_went_out_before_he_had_a_key(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    third = found_below(city, tmp_path / "511113", "511113", clock, operator="王经办")
    made = saving.save(city, Enterprise, {"name": "新成立的公司"})
    answers.answer(city, COUNTY, tmp_path / "a")
    asked, code = enrolment.request(third, tmp_path / "ask")
    approval = enrolment.approve(city, asked, tmp_path / "b", root_passphrase=PASSPHRASE, code=code)
    all_well(carry(third, approval.files))
    assert saving.show(third, Enterprise, made.id).record.owner == CITY
    files = answers.answer(city, "511113", tmp_path / "c").files
    states_of = {one.state for one in carry(third, files)}
    assert states_of <= {"merged", "recorded", "duplicate", "refused"}
    with third.store.read() as connection:
        assert channel_reach(connection, city.identity.writer, "all").missing == ()
    third.close()


@pytest.fixture
def township(city: Office, county: Office, clock: SetClock, tmp_path: Path) -> Iterator[Office]:
    """A township below 沙湾区总工会, enrolled."""
    with city.store.read() as connection:
        unit = states.find(connection, Unit, equal("parent", COUNTY), limit=1)[0].record
    assert isinstance(unit, Unit)
    office = found_below(
        city,
        tmp_path / "town",
        unit.code,
        clock,
        operator="乡经办",
        role="township",
    )
    carry(county, enrol(city, office))
    yield office
    office.close()


def test_a_township_reports_through_its_county(
    city: Office, county: Office, township: Office, tmp_path: Path
) -> None:
    visit = save_visit(township)
    up = send(township, tmp_path / "1")
    all_well(carry(county, [file for file in up if f"_to_{COUNTY}_" in file.name]))
    assert saving.show(county, Visit, visit.id).owner == township.identity.station
    save_visit(county, enterprise_name="县里的公司")
    forwarded = send(county, tmp_path / "2")
    writers = {file.name.partition("_")[0] for file in forwarded}
    assert len(writers) == 2
    accounts = carry(city, forwarded)
    all_well(accounts)
    assert saving.show(city, Visit, visit.id).owner == township.identity.station
    carry(county, answers.answer(city, COUNTY, tmp_path / "3").files)
    save_visit(county, enterprise_name="又一个公司")
    assert all(township.identity.writer not in file.name for file in send(county, tmp_path / "4"))
    reviews.send_back(county, Visit, visit.id, {"headcount": "请核对"})
    all_well(
        carry(township, answers.answer(county, township.identity.station, tmp_path / "5").files)
    )
    assert len(trays.tray(township, "return")) == 1
    with township.store.read() as connection:
        acks = packages.acks(connection, township.identity.writer)
    assert [(ack.teller, ack.to) for ack in acks] == [(county.identity.writer, COUNTY)]


def test_a_new_township_needs_the_root_key_once_and_then_everything_works(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    unit = {
        "name": "新乡总工会",
        "short_name": "新乡",
        "kind": "township",
        "code": "511111999",
        "parent": COUNTY,
    }
    saving.save(city, Unit, unit)
    carry(county, answers.answer(city, COUNTY, tmp_path / "ref").files)
    with pytest.raises(UserError) as refused:
        enrolment.invite(city, "511111999", tmp_path / "x")
    assert refused.value.code == "ROOT_NEEDED"
    invitation = enrolment.invite(city, "511111999", tmp_path / "x", root_passphrase=PASSPHRASE)
    town = setting_up.found(
        tmp_path / "town",
        role="township",
        station="511111999",
        operator="乡经办",
        passphrase=PASSPHRASE,
        enable=list(invitation.files),
        enable_code=invitation.enable_code,
        check_code=invitation.check_code,
        clock=clock,
        cost=CHEAP,
    ).office
    carry(county, enrol(city, town))
    visit = save_visit(town)
    all_well(carry(county, send(town, tmp_path / "1")[-1:]))
    reviews.accept(county, Visit, visit.id)
    all_well(carry(town, answers.answer(county, "511111999", tmp_path / "2").files))
    town.close()


def test_receiving_ones_own_package_does_no_harm(
    city: Office, county: Office, tmp_path: Path
) -> None:
    save_visit(county)
    files = send(county, tmp_path / "stick")
    before = digest(county)
    account = take_package.receive(county, files[-1])
    assert (account.state, account.same) == ("merged", account.contained)
    assert digest(county) == before


def test_what_one_pc_of_an_office_has_is_still_given_to_the_other(
    city: Office, county: Office, second_pc: Office, tmp_path: Path
) -> None:
    visit = save_visit(county)
    deliver(county, city, tmp_path / "1")
    save_visit(second_pc, enterprise_name="另一台电脑")
    deliver(second_pc, city, tmp_path / "2")
    for office in (county, second_pc):
        carry(office, answers.answer(city, COUNTY, tmp_path / "3").files)
        saving.save(office, Enterprise, {"name": f"{office.identity.writer}厂"})
        deliver(office, city, tmp_path / office.identity.writer)
    reviews.send_back(city, Visit, visit.number, {"headcount": "请核对"})
    first = answers.answer(city, COUNTY, tmp_path / "4").files
    carry(second_pc, first)
    saving.save(second_pc, Enterprise, {"name": "某厂"})
    deliver(second_pc, city, tmp_path / "5")
    later = answers.answer(city, COUNTY, tmp_path / "6").files
    assert {file.name for file in first} <= {file.name for file in later}
    all_well(carry(county, later))
    assert [item.open for item in trays.tray(county, "return")] == [True]
    share(county, second_pc, tmp_path / "7")
    share(second_pc, county, tmp_path / "8")
    again = send_apart.share(county, tmp_path / "9")
    assert not {file.name for file in again} & {f.name for f in (tmp_path / "7").iterdir()}


def test_a_copy_put_back_in_silence_is_told_by_the_answer_from_above(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    """On the same computer no marker differs; but the city has what this store never sealed."""
    save_visit(county)
    deliver(county, city, tmp_path / "1")
    county.close()
    old = reopened(tmp_path / "old", clock, copy_of=county.folder.root)
    lively = reopened(county.folder.root, clock)
    save_visit(lively, enterprise_name="甲公司")
    deliver(lively, city, tmp_path / "2")
    answer = answers.answer(city, COUNTY, tmp_path / "3").files
    carry(lively, answer)
    save_visit(lively, enterprise_name="乙公司")
    assert send(lively, tmp_path / "4")
    lively.close()
    carry(old, answer)
    save_visit(old, enterprise_name="丙公司")
    with pytest.raises(UserError) as refused:
        send(old, tmp_path / "5")
    assert refused.value.code == "COPIED_STORE"
    assert send(become_new_writer(old), tmp_path / "6")
    old.close()


def test_a_change_of_the_root_key_that_was_cut_short_is_finished(
    city: Office, county: Office, tmp_path: Path
) -> None:
    """The new trust document was kept, but the plug was pulled before the key file moved."""
    key_file = city.folder.root_key
    old = key_file.read_bytes()
    enrolment.change_root(
        city, tmp_path / "a", root_passphrase=PASSPHRASE, new_passphrase="another horse"
    )
    key_file.rename(key_file.with_suffix(".new"))
    key_file.write_bytes(old)
    approval = enrolment.revoke(
        city, county.identity.writer, tmp_path / "b", root_passphrase="another horse"
    )
    assert take_package.receive(county, approval.files[0]).state == "recorded"
    assert not key_file.with_suffix(".new").exists()
