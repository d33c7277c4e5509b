"""`check` finds what is no longer as it was written, and can make the rows again from the log."""

from __future__ import annotations

import io
from pathlib import Path

import msgspec

from app.domain.records import Visit
from app.services.backup import integrity
from app.services.office.office import Office
from app.services.records import saving, voiding
from app.services.reviewing import reviews
from database.store import attachments
from tests.services.offices import deliver, record_of, save_visit


def kinds(found: integrity.Examination) -> set[str]:
    return {fault.kind for fault in found.faults}


def test_a_store_that_was_worked_with_is_sound(
    city: Office, county: Office, tmp_path: Path
) -> None:
    saved = save_visit(county)
    saving.save(county, Visit, {"headcount": 99}, record=saved.id)
    voiding.void(county, Visit, save_visit(county, enterprise_name="另一家").id, "重复")
    deliver(county, city, tmp_path / "stick")
    reviews.send_back(city, Visit, saved.number, {"headcount": "请核对"})
    for office in (city, county):
        found = integrity.examine_store(office)
        assert (found.sound, found.agrees, found.rebuilt, found.faults) == (True, True, False, ())
        assert found.digest == integrity.examine_store(office, rebuild=True).digest
    assert b'"sound":true' in msgspec.json.encode(integrity.examine_store(county))


def test_a_row_that_was_meddled_with_is_made_again_from_the_log(county: Office) -> None:
    saved = save_visit(county)
    with county.store.write() as connection:
        connection.exec_driver_sql("UPDATE state_visit SET headcount = 9")
    found = integrity.examine_store(county)
    assert (found.sound, found.agrees, kinds(found)) == (False, False, {"state"})
    assert record_of(county, "visit", saved.id).headcount == 9

    integrity.examine_store(county, rebuild=True)
    assert record_of(county, "visit", saved.id).headcount == 1250
    assert integrity.examine_store(county).sound


def test_a_row_that_differs_is_named_and_nothing_is_written(county: Office) -> None:
    kept, meddled = save_visit(county), save_visit(county, enterprise_name="另一家")
    with county.store.write() as connection:
        connection.exec_driver_sql(
            "UPDATE state_visit SET changed_by = 'nobody' WHERE id = ?", (meddled.id,)
        )
    found = integrity.examine_store(county)
    (fault,) = [fault for fault in found.faults if fault.kind == "state"]
    assert (fault.type, fault.id, fault.number) == ("visit", meddled.id, meddled.number)
    assert meddled.number in fault.sentence
    assert integrity.examine_store(county).faults == found.faults
    assert record_of(county, "visit", kept.id).headcount == 1250


def test_a_row_that_the_log_does_not_know_and_one_that_is_gone(county: Office) -> None:
    gone = save_visit(county)
    with county.store.write() as connection:
        connection.exec_driver_sql("UPDATE state_visit SET id = upper(id)")
    found = integrity.examine_store(county)
    faults = [(fault.type, fault.id) for fault in found.faults if fault.kind == "state"]
    assert faults == [("visit", gone.id)]

    assert integrity.examine_store(county, rebuild=True).rebuilt
    assert integrity.examine_store(county).sound


def test_of_many_rows_that_differ_only_some_are_named(county: Office) -> None:
    for number in range(integrity.NAMED + 3):
        save_visit(county, enterprise_name=f"第{number}家")
    with county.store.write() as connection:
        connection.exec_driver_sql("UPDATE state_visit SET headcount = 9")
    found = [f for f in integrity.examine_store(county).faults if f.kind == "state"]
    assert len(found) == integrity.NAMED + 1
    assert found[-1].sentence == "还有 3 条与历史记录不一致。"


def test_an_altered_revision_is_named(county: Office) -> None:
    saved = save_visit(county)
    with county.store.write() as connection:
        connection.exec_driver_sql(
            "UPDATE revision SET raw = CAST(replace(CAST(raw AS TEXT), '1250', '9999') AS BLOB)"
            " WHERE id = ?",
            (saved.id,),
        )
    found = integrity.examine_store(county)
    (fault,) = [fault for fault in found.faults if fault.kind == "revision"]
    assert (fault.type, fault.id, found.sound) == ("visit", saved.id, False)


def test_a_damaged_scan_and_one_that_has_not_come(county: Office) -> None:
    sha256, size = attachments.add(county.scans, io.BytesIO(b"scan"))
    here = {"sha256": sha256, "name": "封面.pdf", "size": size}
    away = {"sha256": "0" * 64, "name": "照片.jpg"}
    saved = save_visit(county, attachments=[here, away])
    found = integrity.examine_store(county)
    assert found.sound
    (fault,) = found.faults
    assert (fault.kind, fault.number, "照片.jpg" in fault.sentence) == (
        "scan_missing",
        saved.number,
        True,
    )
    with county.scans.write() as connection:
        connection.exec_driver_sql("UPDATE chunk SET data = X'00'")
    found = integrity.examine_store(county)
    assert (found.sound, "scan" in kinds(found)) == (False, True)


def test_doubled_numbers_and_lost_links_are_told_but_break_nothing(county: Office) -> None:
    saved = save_visit(county)
    save_visit(county, enterprise_name="另一家")
    with county.store.write() as connection:
        connection.exec_driver_sql("UPDATE state_visit SET number = '沙湾-2011-0001'")
        connection.exec_driver_sql("UPDATE state_visit SET \"group\" = 'nowhere'")
    found = integrity.examine_store(county)
    assert {"number", "link", "state"} == kinds(found)
    (doubled,) = [fault for fault in found.faults if fault.kind == "number"]
    assert doubled.number == saved.number
