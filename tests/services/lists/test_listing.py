"""The list beside a record: newest first, found by 编号, characters and initials."""

from __future__ import annotations

import pytest

from app.domain.records import Demand, Group, Visit
from app.services.lists import listing, record_sheet
from app.services.office.office import Office
from app.services.records import saving, voiding
from tests.services.offices import SetClock, record_of, save_visit


@pytest.fixture
def three(county: Office, clock: SetClock) -> list[str]:
    """Three visits, keyed one after the other."""
    saved = []
    for name in ("乐山无线电公司", "吉象人造林公司", "沐江堰管理处"):
        clock.forward(minutes=1)
        saved.append(save_visit(county, enterprise_name=name).id)
    return saved


def test_the_newest_stand_first_with_their_line(county: Office, three: list[str]) -> None:
    lines = listing.first_page(county, Visit)
    assert [line.id for line in lines] == three[::-1]
    assert listing.counts(county, Visit) == listing.Counts(all=3, returned=0, unread=3, void=0)
    first = lines[0]
    assert (first.title, first.who, first.standing) == ("沐江堰管理处", "李明书 等2人", "done")
    assert str(first.day) == "2011-07-20"


def test_found_by_characters_by_number_and_by_initials(county: Office, three: list[str]) -> None:
    radio, wood, weir = three
    assert list(listing.ids(county, Visit, text="无线")) == [radio]
    assert list(listing.ids(county, Visit, text="jxrz")) == [wood]
    assert list(listing.ids(county, Visit, text="fzy")) == [weir, wood, radio]
    number = saving.show(county, Visit, weir).record.number
    assert list(listing.ids(county, Visit, text=number)) == [weir]
    assert list(listing.ids(county, Visit, text="无此")) == []


def test_what_is_void_stands_apart(county: Office, three: list[str]) -> None:
    radio, wood, weir = three
    voiding.void(county, Visit, wood, "录重了")
    assert list(listing.ids(county, Visit)) == [weir, radio]
    assert list(listing.ids(county, Visit, view="void")) == [wood]
    (line,) = listing.lines(county, Visit, [wood])
    assert line.standing == "void"


def test_a_demand_is_called_by_its_enterprise(county: Office, three: list[str]) -> None:
    visit = record_of(county, "visit", three[0])
    typed = {"enterprise": visit.enterprise, "raised_on": "2011-07-20"}
    saved = saving.save(county, Demand, typed | {"category": "rights", "content": "希望提高工资。"})
    assert list(listing.ids(county, Demand, text="lswxd")) == [saved.id]
    (line,) = listing.lines(county, Demand, [saved.id])
    assert line.title == "乐山无线电公司"


def test_a_demand_of_no_enterprise_is_called_by_what_it_asks(county: Office) -> None:
    told = {"raised_on": "2011-07-05", "category": "生活", "content": "拖欠三个月工资\n共十二人"}
    saving.save(county, Demand, told)
    assert [line.title for line in listing.first_page(county, Demand)] == ["拖欠三个月工资"]


def test_a_few_changes_are_put_into_the_list_without_reading_it_again(
    county: Office, three: list[str], clock: SetClock
) -> None:
    before = record_sheet.contents(county, Visit).ids
    clock.forward(minutes=1)
    new = save_visit(county, enterprise_name="新来的公司").id
    voiding.void(county, Visit, three[1], "录重了")
    found = record_sheet.updated(county, Visit, before, [new, three[1], county.new_id()])
    assert found == record_sheet.contents(county, Visit)
    assert list(found.ids) == [new, three[2], three[0]]


def test_what_an_undone_import_took_back_is_no_longer_in_the_list(
    county: Office, three: list[str]
) -> None:
    before = record_sheet.contents(county, Visit).ids
    gone = county.new_id()
    found = record_sheet.updated(county, Visit, before.changed(here=[gone], gone=[]), [gone])
    assert found == record_sheet.contents(county, Visit)


def test_few_records_that_no_index_holds_are_found_in_their_list_too(
    county: Office, clock: SetClock
) -> None:
    typed = {"campaign": "2011-36", "level": "county", "leaders": ["李明书"]}
    north = saving.save(county, Group, typed | {"name": "城北组"}).id
    clock.forward(minutes=1)
    south = saving.save(county, Group, typed | {"name": "城南组"}).id
    assert set(listing.ids(county, Group, text="城")) == {south, north}
    assert list(listing.ids(county, Group, text="cb")) == [north]
    assert list(listing.ids(county, Group, text="无此")) == []


def test_groups_are_listed_in_roster_order_with_a_number(city: Office) -> None:
    """附件1: level, then 排列顺序; what came with the document has its place in the roster."""
    late = {"name": "临时组", "level": "市级", "leaders": "赵主任", "campaign": "2011-36"}
    saved = saving.save(city, Group, late)
    first = saving.save(city, Group, {**late, "name": "抢先组", "order": "0"})

    ids = listing.ids(city, Group)
    lines = listing.lines(city, Group, list(ids))

    roster = [f"市总工会第{n}工作组" for n in range(1, 7)]
    assert [line.title for line in lines] == ["抢先组", *roster, "临时组"]
    assert [line.number for line in lines[1:7]] == [f"名单第{n}号" for n in range(1, 7)]
    assert (lines[0].number, lines[-1].number) == (first.number, saved.number)
    assert [line.id for line in listing.first_page(city, Group)] == list(ids)
    again = record_sheet.updated(city, Group, ids, [saved.id])
    assert list(again.ids) == list(ids)
