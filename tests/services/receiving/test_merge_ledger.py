"""Numbers of a channel: twice, missing, forked, not fitting, too old, after the end (§5)."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

from app.services.office.office import Office
from app.services.packages import channels
from app.services.receiving import take_package
from app.services.registering import enrolment
from app.services.reporting import sealed_report
from app.services.reviewing import answers
from database.log import packages
from database.state import states
from tests.exchange.forge import Forgery
from tests.services import forging
from tests.services.offices import (
    CITY,
    COUNTY,
    PASSPHRASE,
    SetClock,
    carry,
    deliver,
    found_below,
    reopened,
    save_visit,
    send,
)
from tests.services.snapshots import NOTHING, reconciled, snapshot


def numbered(county: Office, stick: Path, count: int) -> list[Path]:
    """So many 报送, one new visit in each, as the files of their numbers."""
    for n in range(count):
        save_visit(county, enterprise_name=f"第{n}公司", headcount=100 + n)
        send(county, stick)
    return sorted(file for file in stick.iterdir() if f"_to_{CITY}_" in file.name)


def reach_of(office: Office, writer: str, to: str) -> tuple[int, tuple[int, ...]]:
    with office.store.read() as connection:
        found = channels.channel_reach(connection, writer, to)
    return found.contiguous, found.missing


def digest(office: Office) -> str:
    with office.store.read() as connection:
        return states.digest(connection)


def test_the_same_file_twice_is_harmless(city: Office, county: Office, tmp_path: Path) -> None:
    files = numbered(county, tmp_path / "stick", 1)
    carry(city, files)
    before = snapshot(city, besides=NOTHING)
    shutil.copy(files[-1], tmp_path / "copy of it.zfpkg")
    for again in (files[-1], tmp_path / "copy of it.zfpkg"):
        account = take_package.receive(city, again)
        assert (account.state, account.code) == ("duplicate", "DUPLICATE")
    assert snapshot(city, besides=NOTHING) == before


def test_an_approved_request_is_no_missing_number(
    city: Office, county: Office, tmp_path: Path
) -> None:
    """The request has number 1 of the channel; the city has it once it approved it."""
    *_, first = numbered(county, tmp_path / "stick", 1)
    account = take_package.receive(city, first)
    assert (account.state, account.missing, account.warnings) == ("merged", (), ())


def test_missing_numbers_are_named_exactly_and_healed(
    city: Office, county: Office, tmp_path: Path
) -> None:
    one, two, three, four, five, six = numbered(county, tmp_path / "stick", 6)[-6:]
    seq = take_package.receive(city, one).seq
    late = take_package.receive(city, four)
    assert (late.state, late.code) == ("merged", "APPLIED_WITH_GAP")
    assert late.missing == (seq + 1, seq + 2)
    later = take_package.receive(city, six)
    assert later.missing == (seq + 1, seq + 2, seq + 4)
    assert reach_of(city, county.identity.writer, CITY) == (seq, later.missing)
    assert take_package.receive(city, three).missing == (seq + 1, seq + 4)
    assert take_package.receive(city, two).missing == (seq + 4,)
    healed = take_package.receive(city, five)
    assert (healed.missing, healed.code) == ((), "")
    assert reach_of(city, county.identity.writer, CITY) == (seq + 5, ())


def test_the_county_hears_exactly_what_is_missing_and_sends_that_again(
    city: Office, county: Office, tmp_path: Path
) -> None:
    files = numbered(county, tmp_path / "stick", 3)
    carry(city, [files[-3], files[-1]])
    answer = answers.answer(city, COUNTY, tmp_path / "down")
    carry(county, answer.files)
    with county.store.read() as connection:
        (ack,) = packages.acks(connection, county.identity.writer)
    seq = int(files[-3].stem[-6:])
    assert (ack.teller, ack.to, ack.seq) == (city.identity.writer, CITY, seq)
    assert f'"missing":[{seq + 1}]' in ack.detail
    again = sealed_report.export(county, tmp_path / "again")
    assert [file.name for file in again] == [file.name for file in files[-2:]]
    assert [a.state for a in carry(city, again)] == ["merged", "duplicate"]


def fork_of(county: Office, root: Path, clock: SetClock) -> Office:
    """The same PC a second time: the whole folder was copied."""
    return reopened(root, clock, copy_of=county.folder.root)


def test_two_packages_of_one_number_freeze_the_channel(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    clone = fork_of(county, tmp_path / "clone", clock)
    mine = numbered(county, tmp_path / "mine", 2)
    theirs = numbered(clone, tmp_path / "theirs", 2)
    clone.close()
    carry(city, mine[:-1])
    before = snapshot(city)
    fork = take_package.receive(city, theirs[-2])
    assert (fork.state, fork.code) == ("frozen", "FORK")
    kept = f"inbox/{_sha(theirs[-2])}.zfpkg"
    assert snapshot(city) == before | {kept: _sha(theirs[-2])}
    for follower in (mine[-1], theirs[-1]):
        account = take_package.receive(city, follower)
        assert (account.state, account.code) == ("frozen", "FORK")
    assert take_package.receive(city, mine[-2]).code == "DUPLICATE"


def _sha(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_package_that_does_not_follow_the_one_before_is_frozen(
    city: Office, county: Office, tmp_path: Path
) -> None:
    files = numbered(county, tmp_path / "stick", 1)
    carry(city, files)
    seq = int(files[-1].stem[-6:])
    lines = [forging.line(county, "visit", {"workers_met": 1})]
    wrong = forging.package(county, tmp_path / "w.zfpkg", lines, seq=seq + 1, prev="ab" * 32)
    before = _without_inbox(snapshot(city))
    account = take_package.receive(city, wrong.path)
    assert (account.state, account.code) == ("frozen", "CHAIN_BREAK")
    assert _without_inbox(snapshot(city)) == before


def test_a_package_that_the_one_after_does_not_follow_is_frozen(
    city: Office, county: Office, tmp_path: Path
) -> None:
    files = numbered(county, tmp_path / "stick", 2)
    carry(city, [*files[:-2], files[-1]])
    seq = int(files[-2].stem[-6:])
    lines = [forging.line(county, "visit", {"workers_met": 1})]
    with county.store.read() as connection:
        found = packages.find(connection, direction="out", to=CITY, seq=seq - 1)
    prev = found[0].tip
    other = forging.package(county, tmp_path / "o.zfpkg", lines, seq=seq, prev=prev)
    before = _without_inbox(snapshot(city))
    account = take_package.receive(city, other.path)
    assert (account.state, account.code) == ("frozen", "CHAIN_BREAK")
    assert _without_inbox(snapshot(city)) == before
    next_one = take_package.receive(city, files[-2])
    assert (next_one.state, next_one.code) == ("frozen", "CHAIN_BREAK")


def _without_inbox(found: dict[str, str]) -> dict[str, str]:
    return {name: digest for name, digest in found.items() if not name.startswith("inbox/")}


def test_an_older_trust_document_changes_nothing_and_is_no_gap(
    city: Office, county: Office, grounds: Path, tmp_path: Path
) -> None:
    """Version 4 comes before version 3: the older one is not needed, and not missed."""
    gap = reach_of(county, city.identity.writer, "all")[1]
    third = enrolment.change_root(
        city, tmp_path / "a", root_passphrase=PASSPHRASE, new_passphrase=PASSPHRASE
    )
    fourth = enrolment.change_root(
        city, tmp_path / "b", root_passphrase=PASSPHRASE, new_passphrase=PASSPHRASE
    )
    newer = take_package.receive(county, fourth.files[0])
    assert (newer.state, newer.code) == ("recorded", "APPLIED_WITH_GAP")
    before = snapshot(county)
    older = take_package.receive(county, third.files[0])
    assert (older.state, older.code) == ("refused", "TRUST_ROLLBACK")
    assert snapshot(county) == before
    assert reach_of(county, city.identity.writer, "all")[1] == gap
    assert take_package.receive(county, fourth.files[0]).code == "DUPLICATE"


def test_the_old_enabling_stick_put_in_again_is_a_duplicate(
    city: Office, county: Office, grounds: Path
) -> None:
    before = snapshot(county, besides=NOTHING)
    accounts = carry(county, sorted((grounds / f"{COUNTY}-enable").iterdir()))
    assert [a.code for a in accounts] == ["DUPLICATE", "DUPLICATE"]
    assert snapshot(county, besides=NOTHING) == before


def test_a_lost_pc_writes_on_and_is_refused(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    save_visit(county)
    deliver(county, city, tmp_path / "before")
    enrolment.revoke(city, county.identity.writer, tmp_path / "trust", root_passphrase=PASSPHRASE)
    clock.set(2011, 6, 1)
    save_visit(county, enterprise_name="后来的公司", visited_on="2011-05-30", campaign="2011-36")
    files = send(county, tmp_path / "after")
    before = snapshot(city)
    accounts = carry(city, files)
    assert {a.code for a in accounts[:-1]} <= {"DUPLICATE"}
    assert (accounts[-1].state, accounts[-1].code) == ("refused", "REVOKED")
    assert snapshot(city) == before


def test_a_package_from_tomorrow_is_merged_with_a_warning(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    clock.forward(hours=25)
    save_visit(county)
    files = send(county, tmp_path / "stick")
    clock.forward(hours=-25)
    *_, account = carry(city, files)
    assert (account.state, account.warnings) == ("merged", ("CLOCK_SKEW",))


def test_a_package_made_before_what_it_answers_is_merged_with_a_warning(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    """It confirms a package that, by its own date, did not exist yet."""
    save_visit(county)
    deliver(county, city, tmp_path / "up")
    clock.forward(days=3)
    carry(county, answers.answer(city, COUNTY, tmp_path / "down").files)
    clock.forward(days=-2)
    save_visit(county, enterprise_name="电子公司")
    *_, account = deliver(county, city, tmp_path / "again")
    assert (account.state, account.warnings) == ("merged", ("CLOCK_SKEW",))


def test_totals_that_do_not_fit_refuse_the_whole_package(
    city: Office, county: Office, tmp_path: Path
) -> None:
    save_visit(county)
    *_, file = send(county, tmp_path / "stick")
    forgery = Forgery.of(file)
    secret = county.secrets.age_identity
    index = json.loads(forgery.plain("data/index.json.age", secret))
    index["cover"]["sums"]["visit.workers_met"] = "36"
    readers = (city.recipient, county.recipient)
    forgery.put("data/index.json.age", json.dumps(index).encode(), readers)
    file.write_bytes(forgery.whole(county.signing_key))
    before = snapshot(city)
    account = take_package.receive(city, file)
    assert (account.state, account.code) == ("refused", "COVER_MISMATCH")
    assert snapshot(city) == before


def test_what_a_stranger_sends_is_held_and_merged_once_he_is_enrolled(
    city: Office, clock: SetClock, tmp_path: Path
) -> None:
    third = found_below(city, tmp_path / "511113", "511113", clock, operator="王经办")
    asked, code = enrolment.request(third, tmp_path / "ask")
    save_visit(third)
    files = [file for file in send(third, tmp_path / "stick") if file.name != asked.name]
    before = _without_inbox(snapshot(city))
    (held,) = carry(city, files)
    assert (held.state, held.code) == ("held", "SIGNER_UNKNOWN")
    assert _without_inbox(snapshot(city)) == before
    assert take_package.receive(city, files[0]).state == "held"
    approval = enrolment.approve(
        city, asked, tmp_path / "down", root_passphrase=PASSPHRASE, code=code
    )
    (account,) = approval.accounts
    assert (account.state, account.new, account.missing) == ("merged", 2, ())
    reconciled(account)
    with city.store.read() as connection:
        assert packages.find(connection, direction="in", state="held") == []
        rows = packages.find(connection, direction="in", writer=third.identity.writer)
    assert [(row.kind, row.state) for row in sorted(rows, key=lambda r: r.seq or 0)] == [
        ("enrol", "recorded"),
        ("submission", "merged"),
    ]
    third.close()


def test_what_was_held_and_turns_out_forked_is_held_no_more(
    city: Office, clock: SetClock, tmp_path: Path
) -> None:
    third = found_below(city, tmp_path / "511113", "511113", clock, operator="王经办")
    clone = fork_of(third, tmp_path / "clone", clock)
    asked, code = enrolment.request(third, tmp_path / "ask")
    enrolment.request(clone, tmp_path / "ask2")
    for office, name in ((third, "one"), (clone, "two")):
        save_visit(office, enterprise_name=name)
        carry(city, send(office, tmp_path / name)[1:])
    approval = enrolment.approve(
        city, asked, tmp_path / "down", root_passphrase=PASSPHRASE, code=code
    )
    states_of = sorted(account.state for account in approval.accounts)
    assert states_of == ["frozen", "merged"]
    with city.store.read() as connection:
        assert packages.find(connection, direction="in", state="held") == []
    clone.close()
    third.close()
