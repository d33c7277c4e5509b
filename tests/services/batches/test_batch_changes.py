"""One thing done to many records: each has its own history, and one undo takes all of it back."""

from __future__ import annotations

import pytest

from app.domain.kernel.errors import Cancelled, UserError
from app.domain.kernel.progress import Cancel
from app.domain.records import Demand, Enterprise, Visit
from app.services.batches import batch_changes, span_undo
from app.services.lists import table_query
from app.services.lists.chips import Chip, How
from app.services.lists.table_query import TableQuery
from app.services.office.office import Office
from app.services.records import record_versions, saving, voiding
from app.services.records.state_from_log import rebuild
from tests.services.offices import SetClock, save_visit

DEMAND = {"raised_on": "2011-07-01", "category": "就业", "content": "招工难"}


def demands(county: Office, count: int = 3) -> list[str]:
    return [saving.save(county, Demand, {**DEMAND, "content": f"第{n}件"}).id for n in range(count)]


def states_of(county: Office, ids: list[str]) -> list[str]:
    return [saving.show(county, Demand, one).record.responsible for one in ids]


def test_a_field_is_set_in_all_and_each_keeps_its_history(county: Office) -> None:
    ids = demands(county)
    done = batch_changes.set_field(county, Demand, ids, "responsible", "付志勇")
    assert (done.changed, done.same, done.left) == (3, 0, ())
    assert states_of(county, ids) == ["付志勇"] * 3
    assert set(ids) <= done.changes.ids
    for one in ids:
        history = record_versions.history(county, Demand, one)
        assert [version.revision.op for version in history] == ["create", "edit"]
        assert history[-1].changed == ("responsible",)


def test_one_undo_takes_all_of_it_back(county: Office) -> None:
    ids = demands(county)
    done = batch_changes.set_field(county, Demand, ids, "responsible", "付志勇")
    back = batch_changes.take_back(county, done.batch)
    assert (back.gone, back.undone, back.staying) == (0, 3, ())
    assert states_of(county, ids) == [""] * 3
    with pytest.raises(UserError, match="已经撤销"):
        batch_changes.take_back(county, done.batch)
    (row,) = batch_changes.done_before(county, Demand)
    assert (row.what, row.count, row.undone_by) == ("改“责任人”", 3, county.operator)
    before = saving.show(county, Demand, ids[0]).h
    with county.store.write() as connection:
        rebuild(connection, county.standpoint)
    assert saving.show(county, Demand, ids[0]).h == before


def test_what_was_taken_back_is_done_again_within_the_same_second(county: Office) -> None:
    ids = demands(county)
    for _ in range(3):
        done = batch_changes.set_field(county, Demand, ids, "responsible", "付志勇")
        batch_changes.take_back(county, done.batch)
    again = batch_changes.set_field(county, Demand, ids, "responsible", "付志勇")
    assert again.changed == 3
    assert batch_changes.take_back(county, again.batch).undone == 3
    assert states_of(county, ids) == [""] * 3


def test_what_was_changed_since_stays(county: Office) -> None:
    ids = demands(county)
    done = batch_changes.set_field(county, Demand, ids, "responsible", "付志勇")
    saving.save(county, Demand, {"responsible": "谢昆"}, record=ids[0])
    back = batch_changes.take_back(county, done.batch)
    assert back.why == {span_undo.CHANGED: 1}
    assert states_of(county, ids) == ["谢昆", "", ""]


def test_what_a_check_refuses_is_left_and_named(county: Office) -> None:
    ids = demands(county, 2)
    voiding.void(county, Demand, ids[1], "录重了")
    done = batch_changes.set_field(county, Demand, ids, "responsible", "付志勇")
    assert done.changed == 1
    (left,) = done.left
    assert left.id == ids[1]
    assert left.number
    assert "作废" in left.why


def test_what_says_so_already_is_no_change(county: Office) -> None:
    ids = demands(county, 2)
    batch_changes.set_field(county, Demand, ids[:1], "responsible", "付志勇")
    done = batch_changes.set_field(county, Demand, ids, "responsible", "付志勇")
    assert (done.changed, done.same) == (1, 1)
    with pytest.raises(UserError, match="已经是这样"):
        batch_changes.set_field(county, Demand, ids, "responsible", "付志勇")


def test_all_are_void_for_one_reason_and_come_back_together(county: Office) -> None:
    ids = [save_visit(county, enterprise_name=name).id for name in ("甲厂", "乙厂")]
    with pytest.raises(UserError, match="原因"):
        batch_changes.void_many(county, Visit, ids, " ")
    done = batch_changes.void_many(county, Visit, ids, "录重了")
    assert all(saving.show(county, Visit, one).void for one in ids)
    batch_changes.take_back(county, done.batch)
    assert not any(saving.show(county, Visit, one).void for one in ids)


def test_stopped_it_has_changed_nothing(county: Office) -> None:
    ids = demands(county)
    stopped = Cancel()
    stopped.set()
    with pytest.raises(Cancelled):
        batch_changes.set_field(county, Demand, ids, "responsible", "谢昆", cancel=stopped)
    assert states_of(county, ids) == [""] * 3


def test_what_tells_records_apart_is_not_set_in_many(county: Office) -> None:
    names = {spec.name for spec in batch_changes.settable(Enterprise)}
    assert {"verification", "above_scale", "industry"} <= names
    assert names.isdisjoint({"name", "uscc", "number", "area"} - {"area"})
    with pytest.raises(UserError, match="不能成批"):
        batch_changes.set_field(county, Enterprise, ["x"], "name", "甲厂")


def test_a_list_narrowed_by_a_question_is_worked_off(county: Office, clock: SetClock) -> None:
    for n in range(2):
        late = {"due": "2011-07-01", "raised_on": "2011-06-01", "content": f"第{n}件"}
        saving.save(county, Demand, {**DEMAND, **late})
    clock.forward(days=3)
    query = TableQuery(Demand, chips=(Chip("?overdue", How.MEETS),))
    ids = list(table_query.listed(county, query).ids)
    assert len(ids) == 2
    batch_changes.set_field(county, Demand, ids, "closed_on", "2011-07-02")
    assert not table_query.listed(county, query).ids
