"""二次录入: another operator keys a sample again, and the two are compared field by field."""

from __future__ import annotations

import pytest

from app.domain.kernel.errors import UserError
from app.domain.records import Person, Visit
from app.services.lists import record_history, record_sheet
from app.services.office.office import Office
from app.services.people import operators
from app.services.people.keying_agreement import differing_fields, keying_agreement
from app.services.records import (
    drafts,
    keying_samples,
    record_versions,
    reveals,
    saving,
    second_comparison,
    second_drafts,
    second_papers,
    voiding,
)
from app.services.records.second_comparison import Again
from tests.services.offices import CHEAP, PASSPHRASE, VISIT, save_visit

FIELDS = (
    "leaders",
    "enterprise_name",
    "headcount",
    "workers_met",
    "opinions",
    "visited_on",
    "filed_on",
)


@pytest.fixture
def other(county: Office) -> Office:
    """The same office with 王新 at work."""
    new = "blue whale sings"
    return county.as_operator(operators.add(county, PASSPHRASE, "王新", new, cost=CHEAP).id)


def drawn(office: Office, count: int = 4, every: int = 2) -> tuple[str, ...]:
    for number in range(count):
        save_visit(office, enterprise_name=f"第{number}砖厂", area="福禄镇")
    keying_samples.draw(office, Visit, every)
    return tuple(office_waits(office))


def office_waits(office: Office) -> tuple[str, ...]:
    return second_papers.waiting(office, Visit).mine


def keyed_again(office: Office, record: str, **typed: object) -> Again:
    """The same paper again, with what is named read differently."""
    paper = second_papers.paper(office, Visit, record)
    given = {**VISIT, "enterprise_name": paper.title, **typed}
    return Again(record, paper.h, FIELDS, given)


def code_of(told: pytest.ExceptionInfo[UserError]) -> str:
    return told.value.code


def test_one_in_three_from_a_random_start_that_is_written_down(
    county: Office, other: Office
) -> None:
    ids = [save_visit(county, enterprise_name=f"第{n}砖厂").id for n in range(7)]
    sample = keying_samples.draw(county, Visit, 3)
    assert (sample.every, sample.among) == (3, 7)
    assert sample.start in (1, 2, 3)
    assert set(office_waits(other)) == set(ids[sample.start - 1 :: 3])
    assert keying_samples.samples(county) == [sample]
    assert (sample.by, sample.label) == ("李经办", "走访登记")


def test_only_what_is_new_is_drawn_again(county: Office) -> None:
    drawn(county, 4)
    with pytest.raises(UserError) as told:
        keying_samples.draw(county, Visit, 2)
    assert code_of(told) == "TOO_FEW"
    for number in range(2):
        save_visit(county, enterprise_name=f"新{number}厂")
    assert keying_samples.draw(county, Visit, 2).among == 2
    with pytest.raises(UserError) as told:
        keying_samples.draw(county, Visit, 1)
    assert code_of(told) == "EVERY"


def test_nobody_keys_again_what_he_keyed_himself(county: Office, other: Office) -> None:
    drawn(county)
    mine, theirs = second_papers.waiting(county, Visit), second_papers.waiting(other, Visit)
    assert (len(mine.mine), mine.others) == (0, 2)
    assert (len(theirs.mine), theirs.others) == (2, 0)
    with pytest.raises(UserError) as told:
        second_papers.paper(county, Visit, theirs.mine[0])
    assert code_of(told) == "SAME_KEYER"


def test_what_is_equal_is_ticked(county: Office, other: Office) -> None:
    drawn(county)
    first, _ = office_waits(other)
    again = keyed_again(other, first, opinions="一是希望 加强技能培训。\n")
    found = second_comparison.compare(other, Visit, again)
    assert (found.compared, found.differing) == (6, ())
    second_comparison.settle(other, Visit, again)
    proof = record_sheet.opened(county, Visit, first).proof
    assert proof is not None
    assert proof.who == "王新"
    assert len(record_versions.history(county, Visit, first)) == 1
    assert first not in office_waits(other)


def test_what_differs_is_decided_and_becomes_a_revision(county: Office, other: Office) -> None:
    drawn(county)
    first, _ = office_waits(other)
    again = keyed_again(other, first, headcount=1260, workers_met=36, opinions=None)
    found = second_comparison.compare(other, Visit, again)
    told = [(one.label, one.first, one.second) for one in found.differing]
    assert told == [
        ("走访企（事）业职工人数", "1250人", "1260人"),
        ("企（事）业单位、职工的建议与意见", "一是希望加强技能培训。", ""),
        ("走访职工人次", "35人次", "36人次"),
    ]
    done = second_comparison.settle(other, Visit, again, ("workers_met",))
    assert (done.compared, done.differing, done.mended) == (6, 3, 1)
    record = saving.show(county, Visit, first).record
    assert (record.headcount, record.workers_met) == (1250, 36)
    newest = record_history.told(county, Visit, first)[0]
    assert (newest.who, newest.why) == ("王新", "二次录入核对")
    assert record_sheet.opened(county, Visit, first).proof is not None


def test_the_rate_of_differing_fields_is_told_by_who_keyed_first(
    county: Office, other: Office
) -> None:
    drawn(county)
    first, second = office_waits(other)
    second_comparison.settle(other, Visit, keyed_again(other, first))
    wrong = keyed_again(other, second, headcount=1, workers_met=1, leaders="付志勇")
    second_comparison.settle(other, Visit, wrong, ("headcount",))
    (one,) = keying_agreement(county)
    assert (one.name, one.drawn, one.done) == ("李经办", 2, 2)
    assert (one.compared, one.differing, one.mended, one.rate) == (12, 3, 1, "25.0%")
    assert keying_samples.samples(county)[0].done == 2
    fields = [
        (one.label, one.compared, one.differing, one.mended) for one in differing_fields(county)
    ]
    assert fields == [
        ("参与走访领导", 2, 1, 0),
        ("走访企（事）业职工人数", 2, 1, 1),
        ("走访职工人次", 2, 1, 0),
    ]
    assert {one.type for one in differing_fields(county)} == {"走访登记"}


def test_what_was_changed_meanwhile_is_keyed_once_more(county: Office, other: Office) -> None:
    drawn(county)
    first, _ = office_waits(other)
    again = keyed_again(other, first)
    saving.save(county, Visit, {"headcount": 9}, record=first)
    with pytest.raises(UserError) as told:
        second_comparison.settle(other, Visit, again)
    assert code_of(told) == "STALE"


def test_what_is_void_or_done_waits_no_longer(county: Office, other: Office) -> None:
    drawn(county)
    first, second = office_waits(other)
    voiding.void(county, Visit, first, "录重了")
    assert office_waits(other) == (second,)
    again = keyed_again(other, second)
    second_comparison.settle(other, Visit, again)
    for call in (second_comparison.compare, second_comparison.settle):
        with pytest.raises(UserError) as told:
            call(other, Visit, again)
        assert code_of(told) == "NOT_DRAWN"


def test_a_sensitive_value_that_is_shown_is_logged(county: Office, other: Office) -> None:
    numbers = ("11010519491231002X", "511111196804120319")
    for number in numbers:
        saving.save(county, Person, {"name": "试用人", "resident_id": number})
    keying_samples.draw(county, Person, 2)
    (record,) = second_papers.waiting(other, Person).mine
    paper = second_papers.paper(other, Person, record)
    known = saving.show(county, Person, record).record.resident_id
    wrong = next(one for one in numbers if one != known)
    again = Again(
        record, paper.h, ("name", "resident_id"), {"name": "试用人", "resident_id": wrong}
    )
    (one,) = second_comparison.compare(other, Person, again).differing
    assert (one.first, one.second) == (known, wrong)
    assert [seen.fields for seen in reveals.revealed(county)] == [("resident_id",)]


UNCLEAR = {"field": "workers_met", "mark": "看不清"}


def test_what_the_paper_has_in_an_empty_field_is_compared_too(
    county: Office, other: Office
) -> None:
    given = {
        name: value for name, value in VISIT.items() if name not in ("workers_met", "opinions")
    }
    for name in ("甲厂", "乙厂"):
        blank = {"field": "opinions", "mark": "空白"}
        marked = {"enterprise_name": name, "area": "福禄镇", "paper_marks": [blank]}
        saving.save(county, Visit, {**given, **marked})
    keying_samples.draw(county, Visit, 2)
    (record,) = office_waits(other)
    empty: dict[str, object] = {"workers_met": None, "opinions": None}
    same = keyed_again(other, record, **empty)
    assert second_comparison.compare(other, Visit, same).differing == ()

    again = keyed_again(other, record, **empty, paper_marks=[UNCLEAR])
    (one,) = second_comparison.compare(other, Visit, again).differing
    assert (one.field, one.first, one.second) == ("workers_met", "", "（看不清）")
    second_comparison.settle(other, Visit, again, ("workers_met",))
    marks = saving.show(county, Visit, record).record.paper_marks
    assert {(row.id, row.mark) for row in marks} == {
        ("opinions", "blank"),
        ("workers_met", "illegible"),
    }


def test_a_value_for_a_mark_takes_its_place(county: Office, other: Office) -> None:
    given = {name: value for name, value in VISIT.items() if name != "workers_met"}
    for name in ("甲厂", "乙厂"):
        marked = {"enterprise_name": name, "area": "福禄镇", "paper_marks": [UNCLEAR]}
        saving.save(county, Visit, {**given, **marked})
    keying_samples.draw(county, Visit, 2)
    (record,) = office_waits(other)
    again = keyed_again(other, record, workers_met=31)
    (one,) = second_comparison.compare(other, Visit, again).differing
    assert (one.first, one.second) == ("（看不清）", "31人次")
    second_comparison.settle(other, Visit, again, ("workers_met",))
    found = saving.show(county, Visit, record).record
    assert (found.workers_met, found.paper_marks) == (31, ())


def test_a_paper_half_keyed_waits_for_who_began_it(county: Office, other: Office) -> None:
    drawn(county)
    first, _ = office_waits(other)
    third = county.as_operator(
        operators.add(county, PASSPHRASE, "赵三", "green whale sings", cost=CHEAP).id
    )
    second_drafts.keep(other, Visit, first, {"leaders": "李明书"})
    half = second_papers.paper(other, Visit, first).half
    assert half is not None
    assert half.typed == {"leaders": "李明书"}
    assert second_papers.paper(third, Visit, first).half is None
    assert drafts.every(county) == []
    assert record_sheet.opened(county, Visit, first).draft is None
    second_comparison.settle(other, Visit, keyed_again(other, first))
    assert second_drafts.half(other, first) is None


def test_rows_of_a_table_are_compared_without_their_ids(county: Office, other: Office) -> None:
    family = [{"name": "试用子", "relation": "子", "monthly_income": "800"}]
    given = {"name": "试用人", "resident_id": "11010519491231002X", "family": family}
    saving.save(county, Person, given)
    saving.save(county, Person, {"name": "另一人", "resident_id": "511111196804120319"})
    keying_samples.draw(county, Person, 2)
    (record,) = second_papers.waiting(other, Person).mine
    paper = second_papers.paper(other, Person, record)
    has_family = paper.title == "试用人"
    typed = {"name": paper.title, "family": family} if has_family else {"name": paper.title}
    same = Again(record, paper.h, ("name", "family"), typed)
    assert second_comparison.compare(other, Person, same).differing == ()
    rows = [{**family[0], "monthly_income": "900"}]
    wrong = Again(record, paper.h, ("name", "family"), {**typed, "family": rows})
    assert [one.field for one in second_comparison.compare(other, Person, wrong).differing] == [
        "family"
    ]
    second_comparison.settle(other, Person, wrong, ("family",))
    (row,) = saving.show(county, Person, record).record.family
    assert row.monthly_income == "900.00"
