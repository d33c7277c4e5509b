"""The table of a list: what the store filters and orders is what the records themselves say."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.documents.drawing.target import Target
from app.domain import codes
from app.domain.kernel.fields import FieldSpec, Kind, by_name, fields_of, value_of
from app.domain.kernel.order import By, Order, turned
from app.domain.kernel.progress import Cancel
from app.domain.naming.pinyin_order import order_key
from app.domain.records import TYPES, Aid, Case, Enterprise, Hazard, Person, Record, Visit
from app.domain.records.registry import shown
from app.services.lists import chips as narrowing
from app.services.lists import list_files, listing, table_copy, table_query
from app.services.lists.chips import Chip, How
from app.services.lists.table_cells import is_year
from app.services.lists.table_columns import ROOM, columns_of, usual
from app.services.lists.table_query import TableQuery
from app.services.office.office import Office
from app.services.records import saving, voiding
from app.services.records.field_words import Wording
from app.services.reviewing import answers, reviews
from database.log import revisions
from database.log.revisions import StoredRevision
from database.state import states
from database.state.states import State
from tests.services.offices import (
    COUNTY,
    SetClock,
    carry,
    deliver,
    new_clock,
    reopened,
    save_visit,
)

H = "ab" * 32
OTHER = "511112"
EVERY_TYPE = pytest.mark.parametrize("record_type", shown(), ids=lambda one: one.type_name)
WHOLE = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40
)

words = st.text("乐山沙曾勇AB1含", max_size=4)
days = st.none() | st.dates(dt.date(2011, 7, 1), dt.date(2011, 7, 9))
numbers = st.none() | st.integers(0, 12)
money = st.none() | st.sampled_from(("0", "1", "9.50", "10", "100"))
names = st.lists(words.filter(bool), max_size=2).map(tuple)


def code(codes: Any) -> st.SearchStrategy[str]:
    return st.sampled_from(("", *[one.value for one in codes][:3], "newer"))


def key(kind: str, n: int) -> str:
    return f"{sum(map(ord, kind)):08x}-0000-7000-8000-{n:012x}"


def link(kind: str) -> st.SearchStrategy[str]:
    return st.sampled_from(("", *(key(kind, n) for n in range(4))))


own = st.sampled_from((COUNTY, OTHER))
enterprises = st.builds(Enterprise, owner=own, number=words, name=words, aliases=names)
persons = st.builds(Person, owner=own, number=words, name=words, workplace=words)
visits = st.builds(
    Visit,
    owner=own,
    unit=st.sampled_from(("", OTHER)),
    number=words,
    leaders=names,
    enterprise_name=words,
    enterprise=link("enterprise"),
    headcount=numbers,
    opinions=words,
    visited_on=days,
    level=code(codes.GROUP_LEVEL),
    led_by_chief=st.none() | st.booleans(),
    front_line=st.lists(code(codes.FOUR_FRONT).filter(bool), max_size=2, unique=True).map(tuple),
)
cases = st.builds(Case, owner=own, number=words, person=link("person"))
aids = st.builds(
    Aid,
    owner=own,
    number=words,
    case=link("case"),
    person=link("person"),
    given_on=days,
    money=money,
    type=code(codes.AID_TYPE),
)


def many(one: st.SearchStrategy[Any]) -> st.SearchStrategy[list[tuple[Any, bool]]]:
    return st.lists(st.tuples(one, st.integers(0, 3).map(lambda n: n == 0)), max_size=7)


@pytest.fixture(scope="module")
def office(grounds: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A county whose records are the generated ones."""
    folder = tmp_path_factory.mktemp("tables") / COUNTY
    opened = reopened(folder, new_clock(), copy_of=grounds / COUNTY)
    with opened.store.write() as connection:
        row = StoredRevision(
            revisions.next_n(connection), H, key("r", 1), "visit", (), "w-1", "2011", "op",
            "create", b"", "live",
        )  # fmt: skip
        revisions.append(connection, [row])
    yield opened
    opened.close()
    shutil.rmtree(folder.parent)


Kept = dict[type[Record], dict[str, tuple[Record, bool]]]


def keep(office: Office, *lists: Sequence[tuple[Record, bool]]) -> Kept:
    """The generated records, in the store instead of those before."""
    kept: Kept = {}
    with office.store.write() as connection:
        for kind in (Enterprise, Person, Visit, Case, Aid):
            states.remove(connection, kind, [key(kind.type_name, n) for n in range(16)])
        for found in filter(None, lists):
            type_ = type(found[0][0])
            here = {key(type_.type_name, n): one for n, one in enumerate(found)}
            states.put(connection, type_, [_state(id, *one) for id, one in here.items()])
            kept[type_] = here
    return kept


def _state(id: str, record: Record, void: bool) -> State[Record]:
    return State(id, H, "2011-07-21T09:00:00+08:00", "op", "w-1", void, record, {}, {})


def raw(record: Record, spec: FieldSpec) -> Any:
    value = value_of(record, spec.name)
    if spec.name == "unit":
        value = value or record.owner
    return None if value in ("", ()) else value


class Told:
    """What the records themselves say, without the store's help."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def name(self, spec: FieldSpec, key: str) -> str:
        with self.office.store.read() as connection:
            found = Wording(connection).name(TYPES[spec.field.links], key)
        return "" if found == key and spec.field.links == "unit" else found

    def meets(self, record: Record, chip: Chip) -> bool:
        spec = by_name(type(record))[chip.field]
        value = raw(record, spec)
        if chip.how is How.EMPTY:
            return value is None
        if chip.how is How.FILLED or value is None:
            return value is not None
        several = value if isinstance(value, tuple) else (value,)
        if chip.how is How.HAS:
            texts = [self.name(spec, one) if spec.field.links else one for one in several]
            return any(chip.values[0].lower() in text.lower() for text in texts)
        if chip.how is How.IS:
            return any(str(int(x) if isinstance(x, bool) else x) in chip.values for x in several)
        least, most = ((_number(spec, x) if x else None) for x in chip.values)
        here = _number(spec, str(value))
        return (least is None or here >= least) and (most is None or here <= most)

    def rank(self, record: Record, name: str) -> Any:
        """By what a record is put in order, None where it is empty."""
        spec = by_name(type(record))[name]
        value = raw(record, spec)
        if isinstance(value, tuple):
            value = value[0]
        if value is None:
            return None
        if spec.field.links:
            return order_key(self.name(spec, value)) or None
        if spec.field.codes is not None:
            known = [one.value for one in spec.field.codes]
            return known.index(value) if value in known else len(known)
        if spec.kind in (Kind.TEXT, Kind.PROSE, Kind.NAMES):
            return order_key(value)
        return _number(spec, str(value)) if spec.kind is Kind.MONEY else value

    def order(self, found: dict[str, Record], order: Order) -> list[str]:
        ids = sorted(found, reverse=True)
        for by in reversed(order):
            ranks = {id: self.rank(one, by.field) for id, one in found.items()}
            filled = [id for id in ids if ranks[id] is not None]
            filled.sort(key=ranks.__getitem__, reverse=by.falling)
            ids = filled + [id for id in ids if ranks[id] is None]
        return ids


def _number(spec: FieldSpec, text: str) -> Any:
    return dt.date.fromisoformat(text) if spec.kind is Kind.DATE else Decimal(text)


_CHIPS = {
    Visit: (
        Chip("number", How.HAS, ("a",)),
        Chip("leaders", How.HAS, ("曾",)),
        Chip("leaders", How.FILLED),
        Chip("enterprise_name", How.IS, ("乐",)),
        Chip("enterprise_name", How.EMPTY),
        Chip("enterprise", How.HAS, ("山",)),
        Chip("enterprise", How.IS, (key("enterprise", 0), key("enterprise", 3))),
        Chip("headcount", How.BETWEEN, ("2", "9")),
        Chip("headcount", How.BETWEEN, ("", "0")),
        Chip("visited_on", How.BETWEEN, ("2011-07-03", "")),
        Chip("visited_on", How.EMPTY),
        Chip("level", How.IS, ("county", "newer")),
        Chip("led_by_chief", How.IS, ("0",)),
        Chip("front_line", How.IS, ("help", "learn")),
        Chip("unit", How.IS, (OTHER,)),
    ),
    Aid: (
        Chip("money", How.BETWEEN, ("9.5", "10")),
        Chip("person", How.HAS, ("A",)),
        Chip("case", How.HAS, ("沙",)),
        Chip("case", How.FILLED),
        Chip("given_on", How.BETWEEN, ("2011-07-02", "2011-07-05")),
    ),
}
_ORDERS = {
    Visit: "number leaders enterprise_name enterprise headcount opinions visited_on level unit"
    " led_by_chief front_line",
    Aid: "number case person given_on money type",
}


lists = st.tuples(many(enterprises), many(persons), many(cases), many(visits), many(aids))


@given(lists, st.data())
@WHOLE
def test_the_store_and_the_records_agree(
    office: Office, found: Sequence[Any], data: st.DataObject
) -> None:
    kept, told = keep(office, *found), Told(office)
    for kind in (Visit, Aid):
        chips = data.draw(st.lists(st.sampled_from(_CHIPS[kind]), max_size=2, unique=True))
        some = st.builds(By, st.sampled_from(_ORDERS[kind].split()), st.booleans())
        order = data.draw(st.lists(some, max_size=2, unique_by=lambda by: by.field).map(tuple))
        here = {id: r for id, (r, void) in kept.get(kind, {}).items() if not void}
        meant = {id: r for id, r in here.items() if all(told.meets(r, c) for c in chips)}
        query = TableQuery(kind, tuple(columns_of(kind)), order, tuple(chips))
        listed = table_query.listed(office, query)
        assert list(listed.ids) == told.order(meant, order)
        assert listed.total == (len(here) if chips else len(meant))
        rows = table_query.rows(office, query, listed.ids)
        assert [row.id for row in rows] == list(listed.ids)
        assert rows == list(table_query.every_row(office, query, listed.ids))
        assert all(listed.ids.index_of(id) == n for n, id in enumerate(listed.ids))


@given(st.lists(visits, min_size=1, max_size=9), st.data())
@settings(WHOLE, max_examples=15)
def test_the_order_is_one_on_the_screen_in_copied_rows_and_on_paper(
    office: Office, found: Sequence[Visit], data: st.DataObject
) -> None:
    numbered = [msgspec.structs.replace(v, number=f"N{n}-") for n, v in enumerate(found)]
    keep(office, [(one, False) for one in numbered])
    fields = st.sampled_from("headcount leaders visited_on level enterprise_name".split())
    order = data.draw(st.lists(st.builds(By, fields, st.booleans()), max_size=2).map(tuple))
    chip = data.draw(st.sampled_from([(), (Chip("headcount", How.FILLED),)]))
    query = TableQuery(Visit, ("number", "headcount", "enterprise_name"), order, chip)
    ids = table_query.listed(office, query).ids
    seen = [row.cells[0].words for row in table_query.rows(office, query, ids)]
    copied = table_copy.copied(office, query, ids, cancel=Cancel())
    assert re.findall(r"^N\d-", copied.text, re.MULTILINE) == seen
    assert re.findall(r">(N\d-)<", copied.html) == seen
    if seen:
        target = Target()
        list_files.print_list_paper(office, target, query, ids)
        with closing(pypdfium2.PdfDocument(target.data)) as document:
            text = document[0].get_textpage().get_text_range()
        assert re.findall(r"N\d-", text) == seen


@EVERY_TYPE
def test_every_type_has_a_table_that_fits(record_type: type[Record]) -> None:
    columns, first = columns_of(record_type), usual(record_type, several=True)
    assert "unit" in first
    first = usual(record_type)
    assert len(first) >= 4
    assert sum(columns[name].width for name in first) <= ROOM
    assert set(record_type.facts.title) | {"number"} <= set(first)


@EVERY_TYPE
def test_every_column_orders_and_every_field_is_asked(
    office: Office, record_type: type[Record]
) -> None:
    """No field has an SQL that its engine does not take."""
    every = tuple(columns_of(record_type))
    for column in columns_of(record_type).values():
        table_query.listed(office, TableQuery(record_type, every, (By(column.name),)))
    values = {How.BETWEEN: ("1", "2"), How.EMPTY: (), How.FILLED: ()}
    for spec in narrowing.offered(record_type):
        for test in narrowing.ways_of(spec):
            given = values.get(test, ("1",))
            if test is How.BETWEEN and spec.kind in (Kind.DATE, Kind.TIME):
                given = ("2011-07-01", "2011-07-02")
            chip = Chip(spec.name, test, given, "甲")
            table_query.listed(office, TableQuery(record_type, every, chips=(chip,)))
            said = narrowing.said(record_type, chip)
            assert said.startswith(spec.label) or test is How.FAILS


def test_a_count_is_grouped_and_a_year_is_not(county: Office) -> None:
    given = {"name": "某厂", "headcount": 1250, "above_scale": True, "above_scale_year": 2010}
    saved = saving.save(county, Enterprise, given)
    query = TableQuery(Enterprise, ("headcount", "above_scale_year"))
    (row,) = table_query.rows(county, query, [saved.id])
    assert [cell.words for cell in row.cells] == ["1,250", "2010"]


def test_a_sensitive_number_is_masked_and_not_found_by_its_parts(county: Office) -> None:
    saving.save(county, Person, {"name": "试用人", "resident_id": "11010519491231002X"})
    query = TableQuery(Person, ("name", "resident_id"))
    (row,) = table_query.rows(county, query, table_query.listed(county, query).ids)
    assert [cell.words for cell in row.cells] == ["试用人", "110105**********2X"]
    assert not any(cell.value for cell in row.cells)
    part = TableQuery(Person, chips=(Chip("resident_id", How.HAS, ("1949",)),))
    assert part.narrowed_to
    assert How.HAS not in narrowing.ways_of(by_name(Person)["resident_id"])
    whole = TableQuery(Person, chips=(Chip("resident_id", How.IS, ("11010519491231002X",)),))
    assert len(table_query.listed(county, whole).ids) == 1


def test_what_is_found_by_a_word_is_put_in_order_too(county: Office, clock: SetClock) -> None:
    for name, count in (("乐山水泥厂", 9), ("沙湾水泥厂", 120), ("造纸厂", 3), ("曾氏水泥厂", 30)):
        clock.forward(minutes=1)
        save_visit(county, enterprise_name=name, headcount=str(count))
    query = TableQuery(Visit, order=(By("headcount", falling=True),), text="水泥")
    found = table_query.listed(county, query)
    rows = table_query.rows(county, TableQuery(Visit, ("enterprise_name", "headcount")), found.ids)
    told = [tuple(cell.words for cell in row.cells) for row in rows]
    assert told == [("沙湾水泥厂", "120"), ("曾氏水泥厂", "30"), ("乐山水泥厂", "9")]
    assert found.total == 4


def test_a_column_that_is_gone_is_left_out(county: Office) -> None:
    save_visit(county)
    query = TableQuery(Visit, ("number", "no_such"), (By("no_such"), By("number")))
    assert [column.name for column in query.shown] == ["number"]
    assert len(table_query.listed(county, query).ids) == len(listing.ids(county, Visit)) == 1


def test_asked_for_again_a_column_falls_and_then_counts_no_more() -> None:
    day, who = By("visited_on"), By("leaders")
    assert turned((), "visited_on") == (day,)
    assert turned((day,), "visited_on") == (By("visited_on", falling=True),)
    assert turned((By("visited_on", falling=True), who), "visited_on") == (who,)
    assert turned((day,), "leaders") == (who, day)


def test_put_in_order_by_where_they_stand(
    city: Office, county: Office, clock: SetClock, tmp_path: Path
) -> None:
    """In the store as record by record, what waits for somebody first."""
    saved = []
    for name in ("甲厂", "乙厂", "丙厂", "丁厂"):
        clock.forward(minutes=1)
        saved.append(save_visit(county, enterprise_name=name))
    deliver(county, city, tmp_path / "up")
    clock.forward(minutes=1)
    reviews.send_back(city, Visit, saved[1].id, {"headcount": "请核对职工人数。"})
    carry(county, answers.answer(city, COUNTY, tmp_path / "down").files)
    clock.forward(minutes=1)
    save_visit(county, enterprise_name="戊厂")
    voiding.void(county, Visit, saved[3].id, "录重了")
    query = TableQuery(Visit, ("standing", "enterprise_name"), (By("standing"),))
    rows = table_query.rows(county, query, table_query.listed(county, query).ids)
    told = [tuple(cell.words for cell in row.cells) for row in rows]
    assert told == [
        ("退回待改", "乙厂"),
        ("已填完", "戊厂"),
        ("上级已收", "丙厂"),
        ("上级已收", "甲厂"),
    ]
    falling = TableQuery(Visit, order=(By("standing", falling=True),))
    found = table_query.listed(county, falling)
    assert [row.standing for row in table_query.rows(county, falling, found.ids)] == [
        "received", "received", "done", "returned",
    ]  # fmt: skip


def test_a_new_table_of_hazards_has_the_four_times() -> None:
    """R23: 发现, 介入, 处置 and 报告, as far as they fit where several offices report."""
    times = ["found_at", "joined_at", "handled_at", "reported_at"]
    assert [name for name in usual(Hazard) if name in times] == times
    assert [name for name in usual(Hazard, several=True) if name in times] == times[:3]


def test_a_year_is_written_without_a_mark_between_its_digits() -> None:
    named = [
        spec
        for record_type in TYPES.values()
        for spec in fields_of(record_type)
        if spec.kind is Kind.INTEGER and spec.field.label.endswith(("年度", "年份"))
    ]
    assert len(named) >= 3
    assert all(map(is_year, named))
