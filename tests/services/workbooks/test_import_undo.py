"""An import is taken back as a whole; what was built on since stays, and is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.kernel.errors import Cancelled, UserError
from app.domain.kernel.progress import Cancel
from app.domain.records import Case, Enterprise, Person, Record, Visit
from app.services.batches import span_undo
from app.services.office.office import Office
from app.services.records import saving
from app.services.records.state_from_log import rebuild
from app.services.reporting import freeze
from app.services.workbooks import import_undo
from app.services.workbooks.excel_import import import_workbook
from database.state import states
from tests.services.offices import record_of, save_visit, send
from tests.services.sample_records import typed_of
from tests.services.workbooks.test_import_again import JIA, ONE, OTHER, person, sheet, visit


def ids(office: Office, kind: type[Record] = Person) -> list[str]:
    return [state.id for state in saving.listing(office, kind)]


def test_an_import_is_taken_back_as_a_whole(county: Office, tmp_path: Path) -> None:
    before = [(s.id, s.h) for s in saving.listing(county, Person)]
    units = ids(county, Enterprise)
    book = sheet(tmp_path / "a.xlsx", [person("申甲", JIA, 家庭人口=3), person("丑一", ONE)])
    first = import_workbook(county, Person, book)
    mended = sheet(tmp_path / "b.xlsx", [person("申甲", JIA, 家庭人口=4), person("丑二", OTHER)])
    second = import_workbook(county, Person, mended)
    assert (second.added, second.changed) == (1, 1)

    look = import_undo.look(county, second.batch)
    assert (look.gone, look.undone, look.staying) == (1, 1, ())
    assert len(ids(county)) == 3
    done = import_undo.take_back(county, second.batch)
    assert (done.gone, done.undone) == (1, 1)
    assert record_of(county, "person", first.rows[0].number).household_size == 3
    assert len(ids(county)) == 2
    import_undo.take_back(county, first.batch)
    assert [(s.id, s.h) for s in saving.listing(county, Person)] == before
    assert ids(county, Enterprise) == units
    with county.store.write() as connection:
        digest = states.digest(connection)
        rebuild(connection, county.standpoint)
        assert states.digest(connection) == digest
    with pytest.raises(UserError, match="已经撤销过"):
        import_undo.take_back(county, first.batch)
    again = import_workbook(county, Person, book)
    assert again.added == 2
    assert again.rows[0].number > second.rows[1].number


def test_units_that_visits_brought_go_with_them(county: Office, tmp_path: Path) -> None:
    before = ids(county, Enterprise)
    account = import_workbook(county, Visit, sheet(tmp_path / "a.xlsx", [visit(100)]))
    assert len(ids(county, Enterprise)) == len(before) + 1
    done = import_undo.take_back(county, account.batch)
    assert done.gone_words == "2 条（企（事）业单位 1、走访登记 1）"
    assert ids(county, Enterprise) == before
    assert ids(county, Visit) == []


def test_what_was_changed_or_used_since_stays(county: Office, tmp_path: Path) -> None:
    rows = [person("申甲", JIA), person("丑一", ONE), person("丑二", OTHER)]
    account = import_workbook(county, Person, sheet(tmp_path / "a.xlsx", rows))
    changed, used, free = (row.id for row in account.rows)
    saving.save(county, Person, {"household_size": 2}, record=changed)
    saving.save(county, Case, {**typed_of(county, Case), "person": used})
    done = import_undo.take_back(county, account.batch)
    assert {one.id: one.why for one in done.staying} == {
        changed: span_undo.CHANGED,
        used: span_undo.USED,
    }
    assert done.why == {span_undo.CHANGED: 1, span_undo.USED: 1}
    assert free not in ids(county)
    assert {changed, used} <= set(ids(county))


def test_a_unit_that_a_later_visit_went_to_stays(county: Office, tmp_path: Path) -> None:
    account = import_workbook(county, Visit, sheet(tmp_path / "a.xlsx", [visit(100)]))
    unit = record_of(county, "visit", account.rows[0].number).enterprise
    save_visit(county, enterprise_name="沙湾红石陶瓷厂", visited_on="2011-07-19", headcount=100)
    done = import_undo.take_back(county, account.batch)
    assert [(one.id, one.why) for one in done.staying] == [(unit, span_undo.USED)]
    assert len(ids(county, Visit)) == 1


def test_what_is_on_its_way_up_stays(county: Office, tmp_path: Path) -> None:
    book = sheet(tmp_path / "a.xlsx", [visit(100)])
    account = import_workbook(county, Visit, book, accept={"V03": "表上没有"})
    freeze.freeze(county)
    look = import_undo.look(county, account.batch)
    assert set(look.why) == {span_undo.FROZEN}
    send(county, tmp_path / "stick")
    with pytest.raises(UserError, match="已经报送") as refused:
        import_undo.take_back(county, account.batch)
    assert refused.value.code == "NOTHING_TO_UNDO"
    assert len(ids(county, Visit)) == 1


def test_stopping_takes_nothing_back(county: Office, tmp_path: Path) -> None:
    account = import_workbook(county, Person, sheet(tmp_path / "a.xlsx", [person("申甲", JIA)]))
    stopped = Cancel()
    stopped.set()
    with pytest.raises(Cancelled):
        import_undo.take_back(county, account.batch, cancel=stopped)
    assert len(ids(county)) == 1


def test_imports_are_written_down(county: Office, tmp_path: Path) -> None:
    book = sheet(tmp_path / "a.xlsx", [person("申甲", JIA), person("丑一", "123")])
    account = import_workbook(county, Person, book)
    assert import_workbook(county, Person, book).batch == 0
    (row,) = import_undo.imports(county, Person)
    assert (row.n, row.file, row.added, row.refused) == (account.batch, "a.xlsx", 1, 1)
    assert import_undo.imports(county, Visit) == []
    with pytest.raises(UserError, match="没有这次导入"):
        import_undo.look(county, 99)
