"""What every record type must have, whatever it is: a new one is not forgotten anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.kernel.errors import UserError
from app.domain.kernel.progress import Cancel
from app.domain.naming.search_pieces import Sought
from app.domain.records import TYPES, Record
from app.domain.records.registry import shown, standing_around
from app.domain.records.told import own_titles, title_link, title_of
from app.exchange.kinds import CARRIES
from app.services.lists import listing, lookups, record_history, searching, timelines
from app.services.office.office import Office
from app.services.records import saving, voiding
from app.services.todo.open_items import gather
from app.services.workbooks import excel_import
from database.state import search
from tests.services.sample_records import make, typed_of

RECORDS = Path(__file__).resolve().parents[2] / "app" / "domain" / "records"
EVERY = pytest.mark.parametrize("record_type", TYPES.values(), ids=TYPES)
WITH_PAGE = pytest.mark.parametrize("record_type", shown(), ids=[one.type_name for one in shown()])


def test_every_file_of_a_record_type_is_registered() -> None:
    files = {path.stem for path in RECORDS.glob("*.py")}
    others = {"__init__", "base", "facts", "paper_mark", "registry", "schema", "told"}
    assert files - others == {one.__module__.rpartition(".")[2] for one in TYPES.values()}


@EVERY
def test_a_type_travels_with_a_package(record_type: type[Record]) -> None:
    carried = [kind for kind, one in CARRIES.items() if record_type.type_name in one.types]
    assert carried
    assert set(carried) == record_type.travels


@WITH_PAGE
def test_a_type_with_a_page_says_what_it_is(record_type: type[Record]) -> None:
    facts = record_type.facts
    assert facts.noun
    assert len(facts.why.splitlines()) == 2
    assert facts.title
    assert facts.who
    assert own_titles(record_type) or title_link(record_type)


@WITH_PAGE
def test_a_record_is_listed_found_told_and_handed_over(
    county: Office, record_type: type[Record]
) -> None:
    name, facts = record_type.type_name, record_type.facts
    record = make(county, record_type)
    (line,) = listing.lines(county, record_type, [record])
    assert line.title
    assert line.who
    assert (line.day is not None) == bool(facts.day)
    assert bool(line.progress) == bool(facts.progress or facts.issued)
    assert record in listing.ids(county, record_type, text=line.title)
    assert record in listing.ids(county, record_type, text=line.number)
    found = {group.type_name for group in searching.search(county, line.number).groups}
    assert (name in found) == (facts.search is not None)
    with county.store.read() as connection:
        again = search.every(
            connection, record_type, Sought(line.number), void=False, cancel=Cancel()
        )
    assert record in again
    assert line.title in {one.title for one in lookups.names(county, record_type)}
    assert record_history.told(county, record_type, record)
    timelines.timeline(county, record_type, record)
    held = dict(gather(county).holdings)
    assert (record_type.label in held) == facts.handed_over


@WITH_PAGE
def test_a_record_stands_on_the_timeline_of_what_it_belongs_to(
    county: Office, record_type: type[Record]
) -> None:
    for kind, link in standing_around(record_type):
        record = make(county, record_type)
        typed = {**typed_of(county, kind), link: record}
        other = saving.save(county, kind, typed)
        events = timelines.timeline(county, record_type, record).events
        (event,) = [one for one in events if one.record == other.id]
        assert event.title == kind.label
        assert event.words
        voiding.void(county, kind, other.id, "试过了")
        voiding.void(county, record_type, record, "试过了")


@EVERY
def test_every_type_is_imported_from_its_template(
    county: Office, record_type: type[Record], tmp_path: Path
) -> None:
    book = tmp_path / "空表.xlsx"
    excel_import.template(record_type, book)
    if record_type.facts.made_whole:
        with pytest.raises(UserError, match="不能手工添加"):
            excel_import.import_workbook(county, record_type, book)
        return
    assert excel_import.import_workbook(county, record_type, book).rows == ()


@WITH_PAGE
def test_a_second_one_of_what_is_certain_is_refused(
    county: Office, record_type: type[Record]
) -> None:
    if not record_type.facts.certain:
        return
    record = make(county, record_type)
    assert title_of(saving.show(county, record_type, record).record)
    with pytest.raises(UserError, match="已经登记过"):
        make(county, record_type)
