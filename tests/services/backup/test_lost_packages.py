"""A sealed file that is gone or damaged here: said, never copied, brought back, or given up."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.kernel.errors import UserError
from app.services.backup import backup, integrity, lost_packages
from app.services.figures import dues
from app.services.office.office import Office
from app.services.packages.channels import channel_reach
from app.services.packages.kept_files import examine_kept
from app.services.receiving import inbox
from app.services.reporting import sealed_report
from app.services.reviewing import answers
from database.log import packages
from tests.services.offices import CITY, COUNTY, carry, deliver, record_of, save_visit, send


def broken(office: Office) -> list[tuple[str, int, str, bool]]:
    return [(one.direction, one.seq, one.cause, one.needed) for one in examine_kept(office)]


def flip(file: Path) -> None:
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 2] ^= 1
    file.write_bytes(raw)


def last_sent(office: Office) -> Path:
    with office.store.read() as connection:
        row = packages.last_sealed(connection, office.identity.writer, CITY)
    assert row is not None
    return office.folder.outbox / str(row.file)


def refused_copy(office: Office, out: Path) -> UserError:
    with pytest.raises(UserError) as refused:
        sealed_report.export(office, out)
    assert not list(out.glob("*"))
    return refused.value


@pytest.mark.parametrize(("harm", "cause"), [(Path.unlink, "missing"), (flip, "altered")])
def test_a_broken_file_is_said_with_its_number_and_never_copied(
    county: Office, tmp_path: Path, harm: object, cause: str
) -> None:
    save_visit(county)
    send(county, tmp_path / "stick")
    file = last_sent(county)
    harm(file)  # type: ignore[operator]
    problem = refused_copy(county, tmp_path / "second stick")
    assert problem.code == {"missing": "PACKAGE_GONE", "altered": "PACKAGE_ALTERED"}[cause]
    assert "第2次报送" in problem.what
    assert "不是优盘的问题" in str(problem.why)
    assert broken(county) == [("out", 2, cause, True)]
    found = integrity.examine_store(county)
    assert [fault.kind for fault in found.faults] == ["package"]
    assert found.sound

    mended = lost_packages.bring_back(county, [tmp_path / "stick"])
    assert [one.seq for one in mended.back] == [2]
    assert mended.left == ()
    assert broken(county) == []
    copied = sealed_report.export(county, tmp_path / "third stick")
    assert file.read_bytes() in [one.read_bytes() for one in copied]


def test_a_broken_file_comes_back_from_a_backup_and_from_what_a_restore_put_aside(
    county: Office, tmp_path: Path
) -> None:
    save_visit(county)
    send(county, tmp_path / "stick")
    made = backup.back_up(county, tmp_path / "b.zfbackup")
    file = last_sent(county)
    whole = file.read_bytes()
    file.unlink()
    assert [one.seq for one in lost_packages.bring_back(county).left] == [2]
    assert lost_packages.bring_back(county, [made.file]).left == ()
    assert file.read_bytes() == whole
    aside = county.folder.root / "replaced-20110721-090000" / "outbox"
    aside.mkdir(parents=True)
    file.rename(aside / file.name)
    assert lost_packages.bring_back(county).left == ()
    assert file.read_bytes() == whole


def test_a_number_without_a_copy_is_given_up_and_the_city_lacks_nothing(
    city: Office, county: Office, tmp_path: Path
) -> None:
    lost = save_visit(county, enterprise_name="甲公司")
    send(county, tmp_path / "burnt stick")
    last_sent(county).unlink()
    (one,) = examine_kept(county)
    with pytest.raises(UserError) as refused:
        lost_packages.declare_lost(county, one.package, " ")
    assert refused.value.code == "WHY"
    lost_packages.declare_lost(county, one.package, "硬盘坏道，王主任同意")
    assert broken(county) == []
    assert sealed_report.export(county, tmp_path / "nothing") is not None

    save_visit(county, enterprise_name="乙公司")
    accounts = deliver(county, city, tmp_path / "up")
    assert (accounts[-1].state, accounts[-1].missing, accounts[-1].code) == ("merged", (), "")
    assert record_of(city, "visit", lost.id).owner == COUNTY
    writer = county.identity.writer
    with city.store.read() as connection:
        assert channel_reach(connection, writer, CITY).ranges == ()
    assert [one.words for one in dues.missing(city).channels if one.missing] == []
    told = [line for line in inbox.deliveries(city, {}) if line.note == "不会再来"]
    assert [(line.seq, line.pending) for line in told if line.writer == writer] == [(2, False)]

    carry(county, answers.answer(city, COUNTY, tmp_path / "down").files)
    assert sealed_report.export(county, tmp_path / "again") == []
    save_visit(county, enterprise_name="丙公司")
    assert deliver(county, city, tmp_path / "next")[-1].missing == ()


def test_the_lost_file_may_still_come_and_is_no_fork(
    city: Office, county: Office, tmp_path: Path
) -> None:
    save_visit(county, enterprise_name="甲公司")
    old = send(county, tmp_path / "found in a drawer")
    last_sent(county).unlink()
    (one,) = examine_kept(county)
    lost_packages.declare_lost(county, one.package, "硬盘坏道")
    deliver(county, city, tmp_path / "up")
    late = carry(city, old)[-1]
    assert (late.state, late.code, late.new) == ("merged", "", 0)
    assert late.same == late.contained > 0
    assert not [line for line in inbox.deliveries(city, {}) if line.note == "不会再来"]


def test_what_is_confirmed_needs_nobody(city: Office, county: Office, tmp_path: Path) -> None:
    save_visit(county)
    deliver(county, city, tmp_path / "up")
    carry(county, answers.answer(city, COUNTY, tmp_path / "down").files)
    last_sent(county).unlink()
    (one,) = examine_kept(county)
    assert not one.needed
    assert [fault.kind for fault in integrity.examine_store(county).faults] == ["kept"]
    assert sealed_report.export(county, tmp_path / "again") == []


def test_a_received_file_is_read_again_from_the_stick_or_let_go(
    city: Office, county: Office, tmp_path: Path
) -> None:
    save_visit(county)
    deliver(county, city, tmp_path / "up")
    with city.store.read() as connection:
        row = packages.find(connection, direction="in", kind="submission")[-1]
    file = city.folder.inbox / str(row.file)
    flip(file)
    (one,) = examine_kept(city)
    assert (one.direction, one.cause, one.seq) == ("in", "altered", 2)
    assert lost_packages.bring_back(city, [tmp_path / "up"]).left == ()
    file.unlink()
    (gone,) = examine_kept(city)
    with pytest.raises(UserError) as refused:
        lost_packages.declare_lost(city, gone.package, "找不到")
    assert refused.value.code == "NOT_LOST"
    lost_packages.let_go(city, gone.package, "找不到")
    assert examine_kept(city) == []


def test_a_lost_trust_document_is_sealed_anew(city: Office, county: Office, tmp_path: Path) -> None:
    with city.store.read() as connection:
        rows = packages.find(connection, direction="out", kind="trust")
    for row in rows:
        (city.folder.outbox / str(row.file)).unlink()
    needed = [one for one in examine_kept(city) if one.needed]
    assert [one.package for one in needed] == [rows[-1].n]
    lost_packages.declare_lost(city, needed[0].package, "硬盘坏道")
    assert [one for one in examine_kept(city) if one.needed] == []
    save_visit(county)
    deliver(county, city, tmp_path / "up")
    files = answers.answer(city, COUNTY, tmp_path / "down").files
    accounts = carry(county, files)
    assert all(one.state in ("merged", "recorded", "duplicate") for one in accounts), accounts
    with county.store.read() as connection:
        assert channel_reach(connection, city.identity.writer, "all").ranges == ()


def test_only_the_newest_trust_document_goes_and_nothing_is_missing(
    city: Office, county: Office, second_county: Office, tmp_path: Path
) -> None:
    files = answers.answer(city, COUNTY, tmp_path / "down").files
    with city.store.read() as connection:
        old = {row.file for row in packages.find(connection, direction="out", kind="trust")[:-1]}
    assert old
    assert not {file.name for file in files} & old
    accounts = carry(county, files)
    assert all(not one.missing for one in accounts)
